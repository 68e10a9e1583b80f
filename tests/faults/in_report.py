"""Faults in the report."""

from fault import Fault

UNITS = "tests/unit/report"

FAULTS = [
    Fault(
        "excolor/report/run.py",
        "if earlier is None or each.is_whole or not earlier.is_whole or each.news:",
        "if earlier is None or each.ran:",
        f"{UNITS}/test_run.py::test_a_part_does_not_take_the_place_of_a_whole",
    ),
    Fault(
        "excolor/report/run.py",
        '(int(part), "") if part.isdigit() else (-1, part)',
        "(-1, part)",
        f"{UNITS}/test_run.py::test_files_stand_in_the_order_of_their_experiments",
    ),
    Fault(
        "excolor/report/run.py",
        "if (each.hypothesis or each.file, each.date) in dates",
        "if each.file in {of for of, _ in dates}",
        f"{UNITS}/test_run.py::test_a_picture_goes_with_the_run_that_drew_it",
    ),
    Fault(
        "excolor/report/trained.py",
        "edits = EDITS.of(ensemble, file)",
        "edits = EDITS.of(ensemble)",
        f"{UNITS}/test_trained.py::test_a_file_is_drawn_alike_whatever_else_its_process_has_run",
    ),
    Fault(
        "excolor/report/trained.py",
        "[pair for pair in trained if set(pair[1].seeds) <= set(seeds)]",
        "[*trained]",
        f"{UNITS}/test_trained.py::test_a_file_is_drawn_alike_whatever_else_its_process_has_run",
    ),
    Fault(
        "excolor/report/run.py",
        "(each.changed and not each.moved)",
        "each.changed",
        f"{UNITS}/test_run.py::test_what_moved_on_other_seeds_is_no_news_and_what_is_contradicted_is",
    ),
    Fault(
        "excolor/report/addresses.py",
        "while address in taken:",
        "if address in taken:",
        f"{UNITS}/test_run.py::test_addresses_differ_though_names_look_alike",
    ),
    Fault(
        "excolor/report/against.py",
        "interval = old.comparison.estimate",
        "interval = new.comparison.estimate",
        f"{UNITS}/test_against.py::test_verdicts_come_first_then_values_beyond_their_old_interval",
    ),
    Fault(
        "excolor/report/against.py",
        "if old is not None and old.verdict and new.verdict:",
        "if old is not None:",
        f"{UNITS}/test_against.py::test_what_did_not_run_in_one_of_both_has_not_changed",
    ),
    Fault(
        "excolor/report/stored.py",
        '"low": -math.inf if told["low"] is None else told["low"],',
        '"low": told["low"] or -math.inf,',
        f"{UNITS}/test_stored.py::test_a_bound_of_0_comes_back_as_it_was",
    ),
    Fault(
        "excolor/report/stored.py",
        'runs[each["run"]]',
        "runs[0]",
        f"{UNITS}/test_stored.py::test_each_hypothesis_keeps_the_run_that_it_is_from",
    ),
    Fault(
        "excolor/report/markdown.py",
        r"([\\`*_\[\]<>|#~])",
        r"([\\`*_\[\]<>#~])",
        f"{UNITS}/test_markdown.py::test_words_are_not_taken_for_markup",
    ),
    Fault(
        "excolor/report/templating.py",
        "autoescape=True,",
        "autoescape=False,",
        f"{UNITS}/test_page.py::test_a_statement_is_not_taken_for_a_script",
    ),
    Fault(
        "excolor/report/pictures.py",
        'return re.sub(r"(\\d\\.\\d)\\d+", r"\\1", tag[0])',
        'return re.sub(r"(\\d)\\.\\d+", r"\\1", tag[0])',
        f"{UNITS}/test_pictures.py::test_sizes_are_those_of_the_files",
    ),
    Fault(
        "excolor/report/pictures.py",
        "if len(x[0][1]) >= OF_A_FIGURE}",
        "if len(x[-1][1]) >= OF_A_FIGURE}",
        f"{UNITS}/test_pictures.py::test_what_is_claimed_at_two_doses_stands_beside_what_is_at_three_or_more",
    ),
    Fault(
        "excolor/report/pictures.py",
        "key=lambda course: -len(course[1]))",
        "key=lambda course: 0)",
        f"{UNITS}/test_pictures.py::test_of_more_lines_than_there_are_dashes_the_longest_are_drawn",
    ),
    Fault(
        "excolor/report/directory.py",
        "fcntl.flock(opened, fcntl.LOCK_EX)",
        "fcntl.flock(opened, fcntl.LOCK_SH)",
        f"{UNITS}/test_directory.py::test_of_two_runs_at_the_same_time_each_is_written_as_a_whole",
    ),
    Fault(
        "excolor/report/directory.py",
        "for picture in whole.pictures if picture.date == run.latest.date",
        "for picture in run.pictures",
        f"{UNITS}/test_directory.py::test_a_run_whose_hypothesis_is_not_taken_leaves_the_pictures_alone",
    ),
    Fault(
        "excolor/report/form.py",
        '(isinstance(told, bool) and name != "boolean")',
        "False",
        f"{UNITS}/test_stored.py::test_what_no_run_writes_is_refused",
    ),
    Fault(
        "excolor/report/provenance.py",
        'f":(exclude){os.path.relpath(apart, root)}"',
        'f":(exclude){root}"',
        f"{UNITS}/test_provenance.py::test_a_new_file_is_told_unless_it_is_of_the_report",
    ),
    Fault(
        "excolor/verdicts/assertions.py",
        "begin = definition.body[0].end_lineno if documented else definition.body[0].lineno - 1",
        "begin = definition.body[0].end_lineno",
        f"{UNITS}/test_bases.py::test_the_source_of_a_test_is_what_stands_below_its_docstring",
    ),
    Fault(
        "excolor/verdicts/bases.py",
        "return words",
        'return ""',
        f"{UNITS}/test_bases.py::test_a_threshold_is_told_with_its_words",
    ),
]
