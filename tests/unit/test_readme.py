"""The README keeps its word: its example runs as printed, its commands are those of CI, its rooms exist."""

import ast
import re
from pathlib import Path

from excolor.verdicts.summary import render
from tests.unit.programme import programme

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(heading, language):
    """The fenced blocks of a language in the section below a heading."""
    _, _, rest = README.partition(f"\n## {heading}\n")
    section = rest.partition("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)


def words(summary):
    """The summary without layout and without measured figures, whose last digits may differ between machines."""
    return re.sub(r"\S+ \[\S+, \S+\]", "#", " ".join(summary.split()))


def test_the_example_prints_what_the_readme_shows(pytester, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    (example,) = blocks("Add a hypothesis", "python")
    (printed,) = blocks("Add a hypothesis", "text")
    pytester.mkdir("hypotheses").joinpath("test_mine.py").write_text(example, encoding="utf-8")

    # Where this run itself has excolor by the path of an installation, pytest warns that it cannot be rewritten again.
    options = ("-W", "error", "-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
    result = pytester.runpytest_inprocess(*options, "--import-mode=importlib", "hypotheses/test_mine.py")

    result.assert_outcomes(passed=2, xfailed=1)
    summary = re.search(r"^=+ hypotheses =+\n(.*?)^=", result.stdout.str(), flags=re.MULTILINE | re.DOTALL)[1]
    assert "PARTIALLY CONFIRMED 1/2" in summary
    assert words(summary) == words(printed)


def printed(**options):
    """What the main job prints at its end, from the record."""
    return ["".join(piece for piece, _ in line) for line in render(programme(), 0, **options)]


def test_the_sample_is_what_the_main_job_prints_of_the_record():
    sample, _ = blocks("What it prints", "text")
    whole = "\n".join(printed(width=100))
    # How many remain depends on the samples, which are not on record.
    sample, whole = (re.sub(r"\d+ (remain|if)", r"N \1", text) for text in (sample, whole))
    pieces = re.split(r"^\.\.\.$", sample, flags=re.MULTILINE)
    assert [piece for piece in pieces if piece.strip() not in whole] == []
    assert sum(map(len, pieces)) > 1500


def test_the_answers_to_questions_of_our_own_are_those_on_record():
    answers = README.partition("### What nobody had answered")[2].partition("\n## ")[0]
    figures = re.findall(r"[\d.]+ \[[\d.]+, [\d.]+\]", answers)
    recorded = (ROOT / "docs" / "beyond.md").read_text(encoding="utf-8")
    assert [figure for figure in figures if figure not in recorded] == []
    assert len(figures) > 20


def test_the_hypothesis_in_full_is_the_one_on_record():
    _, sample = blocks("What it prints", "text")
    whole = " ".join(" ".join(printed(width=80, verbose=True)).split())
    pieces = [" ".join(piece.split()) for piece in re.split(r"^ *\.\.\.$", sample, flags=re.MULTILINE)]
    # The place of the published figure depends on the samples, too.
    assert [piece for piece in pieces if re.sub(r", at \d+ % of ours", "", piece) not in whole] == []
    assert sum(map(len, pieces)) > 1000


def test_the_commands_differ_only_in_what_they_run():
    main_job, everything = blocks("Run it", "sh")
    assert main_job.strip().endswith(" && .venv/bin/pytest -n auto tests/hypotheses")
    assert everything.strip() == main_job.strip().removesuffix(" tests/hypotheses")


def test_ci_runs_the_command_for_all_tests():
    _, everything = blocks("Run it", "sh")
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").replace('"', "")
    for step in everything.strip().replace(".venv", "$venv").split(" && "):
        assert re.search(rf"{re.escape(step)}(?= |$)", script, flags=re.MULTILINE), step


def rooms():
    """The paths of the map, by their indentation."""
    (drawn,) = blocks("The rooms", "text")
    house = ""
    for line in drawn.splitlines():
        name = line.split()[0]
        if line[0] == " ":
            yield house + name
        else:
            house = name


def test_every_room_on_the_map_exists():
    on_map = list(rooms())
    assert "tests/hypotheses/" in on_map
    assert [room for room in on_map if not (ROOT / room).exists() or (ROOT / room).is_dir() != (room[-1] == "/")] == []


def test_every_room_is_on_the_map():
    modules = {f"excolor/{path.name}" for path in (ROOT / "excolor").glob("*.py")}
    packages = {f"excolor/{path.parent.name}/" for path in (ROOT / "excolor").glob("*/__init__.py")}
    assert modules | packages <= set(rooms())


FACE = "__init__"
"""Gathers names of the rooms, for those outside."""


def imported(path):
    """The rooms that a file imports from, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots"
            modules = [node.module]
        else:
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in modules:
            package, *rooms = module.split(".")
            if package == "excolor":
                yield rooms[0] if rooms else FACE


def test_a_room_imports_only_what_stands_above_it():
    order = [Path(room).stem for room in rooms() if room.startswith("excolor/")]
    assert order[0] == FACE
    for path in (ROOT / "excolor").glob("*/**/*.py"):
        room = path.relative_to(ROOT / "excolor").parts[0]
        below = {name for name in imported(path) if name == FACE or order.index(name) > order.index(room)}
        assert not below, f"{path.relative_to(ROOT)} imports from {below}, below it on the map, or the face of all"


def test_modules_beside_the_rooms_stand_in_the_same_order():
    order = [Path(room).stem for room in rooms() if room.startswith("excolor/")]
    for path in (ROOT / "excolor").glob("[!_]*.py"):
        below = {name for name in imported(path) if name == FACE or order.index(name) > order.index(path.stem)}
        assert not below, f"{path.name} imports from {below}, below it on the map, or the face of all"
