"""Faults in sweeping: axes, pieces, what is kept, what workers must have in common."""

from fault import Fault

SWEEP = "tests/unit/sweeping/test_sweep.py"
CONTENT = "tests/unit/sweeping/test_content.py::test_what_computes_otherwise_has_another_digest"
CLUSTER = "tests/unit/sweeping/test_cluster.py"
OPTION = "tests/unit/verdicts/test_cluster.py"

FAULTS = [
    Fault(
        "excolor/sweeping/axes.py",
        "if point in known:",
        "if described in known.values():",
        f"{SWEEP}::test_two_forms_of_one_value_are_the_same_condition",
    ),
    Fault(
        "excolor/sweeping/axes.py",
        "point = point.without(*left_out) if left_out else point",
        "point = point.without(left_out[0]) if left_out else point",
        f"{SWEEP}::TestResult::test_is_what_training_one_by_one_gives",
    ),
    Fault(
        "excolor/sweeping/pieces.py",
        "part = seeds[start : start + size]",
        "part = tuple(range(len(seeds)))[start : start + size]",
        f"{SWEEP}::TestPieces::test_have_every_point_and_seed_once_in_order",
    ),
    Fault(
        "excolor/sweeping/pieces.py",
        "size = min(SIDE_BY_SIDE, max(1, round(COST / cost)))",
        "size = min(SIDE_BY_SIDE, round(COST / cost))",
        f"{SWEEP}::TestPieces::test_of_more_than_a_piece_has_one_seed",
    ),
    Fault(
        "excolor/sweeping/pieces.py",
        "pieces.append(Piece(len(pieces), experiment, part, cost * len(part)))",
        "pieces.append(Piece(len(pieces), experiment, part, cost))",
        f"{SWEEP}::TestPieces::test_cost_about_the_same_whatever_is_trained",
    ),
    Fault(
        "excolor/sweeping/measuring.py",
        "if labels == seeds and is_one_a_seed(given.values, seeds):",
        "if is_one_a_seed(given.values, seeds):",
        f"{SWEEP}::test_what_cannot_be_swept_is_refused_in_words",
    ),
    Fault(
        "excolor/sweeping/kept.py",
        "repr((what, tuple(seeds), sorted(sources.items())))",
        "repr((what, sorted(seeds), sorted(sources.items())))",
        f"{SWEEP}::TestKept::test_what_could_change_a_bit_is_computed_anew",
    ),
    Fault(
        "excolor/sweeping/kept.py",
        "return content((experiment, list(measures.items())))",
        "return content((experiment, list(measures.values())))",
        f"{SWEEP}::TestKept::test_what_could_change_a_bit_is_computed_anew",
    ),
    Fault(
        "excolor/sweeping/kept.py",
        "return sha256(key.encode() + line).hexdigest().encode()",
        "return sha256(line).hexdigest().encode()",
        f"{SWEEP}::TestKept::test_damaged_files_are_computed_anew",
    ),
    Fault(
        "excolor/sweeping/kept.py",
        '"numbers": each.tolist()}',
        '"numbers": each.round(6).tolist()}',
        f"{SWEEP}::TestResult::test_has_the_kind_of_number_that_is_measured",
    ),
    Fault(
        "excolor/sweeping/sources.py",
        'CODE = ("*.py", "*.csv")',
        'CODE = ("*.py",)',
        f"{SWEEP}::TestSources::test_every_source_and_sheet_counts",
    ),
    Fault(
        "excolor/sweeping/bar.py",
        "computed = self.done_cost - self.found_cost",
        "computed = self.done_cost",
        f"{SWEEP}::TestBar::test_does_not_take_what_was_kept_for_what_was_computed",
    ),
    Fault("excolor/sweeping/content.py", "return kind.__name__, repr(value)", "return kind.__name__", CONTENT),
    Fault("excolor/sweeping/content.py", "if found is value else None", "if found else None", CONTENT),
    Fault(
        "excolor/sweeping/content.py",
        "given = inside, function.__defaults__, function.__kwdefaults__",
        "given = inside, function.__kwdefaults__",
        CONTENT,
    ),
    Fault(
        "excolor/sweeping/cluster.py",
        "gc.collect()  # closes",
        "pass  # closes",
        f"{OPTION}::TestRefused::test_no_client_that_found_nobody_is_left_to_be_closed_while_another_starts",
    ),
    Fault(
        "excolor/sweeping/cluster.py",
        "if digest is not None and _digest_if_any(here, compute) != digest:",
        "if digest is not None and _digest_if_any(here, compute) is None:",
        f"{CLUSTER}::test_a_function_that_a_worker_has_otherwise_is_refused",
    ),
    Fault(
        "excolor/sweeping/cluster.py",
        "if not of:",
        "if len(of) < 2:",
        f"{CLUSTER}::test_a_few_tasks_at_a_time_give_the_same",
    ),
    Fault(
        "excolor/sweeping/trained.py",
        "yield piece.experiment, ensemble, where == surroundings()",
        "yield piece.experiment, ensemble, True",
        f"{OPTION}::test_what_was_trained_on_another_kind_of_machine_is_not_kept_for_this_one",
    ),
    Fault(
        "excolor/sweeping/trained.py",
        "for experiment, seeds in wanted.items() for piece",
        "for experiment, seeds in list(wanted.items())[:1] for piece",
        f"{OPTION}::test_what_a_cluster_trains_has_the_bits_of_this_process",
    ),
]
