"""Seeds that are drawn from the claims that they judge."""

import json
import re
import sys
from types import ModuleType, SimpleNamespace

import pytest

from excolor.verdicts.fingerprint import fingerprint
from excolor.verdicts.freezing import DrawError, first_seed, freeze, spent

FILE = '''
SEEDS = 8
BOUND = 900_000_000

far = pytest.mark.parametrize("color", ["orange", "lime"])


@pytest.fixture
def measured(seeds):
    """What is measured of every seed."""
    return [float(seed % 7) for seed in seeds]


class TestSpared:
    """H1: other colors are spared. As was said."""

    @far
    def test_spared(self, color, measured):
        """The color is spared."""
        assert median(measured) < BOUND

    @control
    def test_red(self, seeds):
        """Red is not."""
        assert median([float(seed) for seed in seeds]) > -1
'''


@pytest.fixture
def frozen(write, run, pytester):
    """A frozen file; `changed(old, new)` runs it again with something else in it."""
    path = write(FILE)
    assert run("--freeze", "hypotheses").code == 0

    def changed(old="", new="", *options):
        assert path.read_text().count(old) == 1 or not old
        path.write_text(path.read_text().replace(old, new))
        return run(*options)

    changed.draws = path.parent / "record" / "draws.json"
    return changed


def draw(frozen):
    return json.loads(frozen.draws.read_text())


def test_the_seeds_follow_from_the_claims(frozen):
    (drawn,) = draw(frozen)
    assert list(drawn["claims"]) == ["test_small.py"]
    first = drawn["first_seed"]
    assert first == first_seed(drawn["claims"].values()) >= 10_000
    assert f"seeds {first}..{first + 7}" in frozen().words
    assert "exploring" not in frozen().words


def test_without_a_draw_they_are_for_exploring(write, run):
    write(FILE)
    assert "seeds 0..7, exploring" in run().words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("900_000_000", "800_000_000"),
        ("SEEDS = 8", "SEEDS = 9"),
        ("% 7", "% 6"),
        ("    @control\n", ""),
        ('"lime"', '"teal"'),
        ("    @far\n", '    @pytest.mark.parametrize("color", ["orange"])\n'),
        ("The color is spared.", "The color is spared by far."),
        ("H1: other colors are spared.", "H1: all colors are spared."),
        ("median(measured) <", "median(measured) <="),
        ("class TestSpared:", '@primary("test_spared")\nclass TestSpared:'),
    ],
)
def test_whoever_changes_a_claim_has_spent_them(frozen, old, new):
    spent = frozen(old, new)
    assert spent.code != 0
    assert "test_small.py claims something else than when its seeds were drawn, so they are spent." in spent.text
    assert "pytest --freeze hypotheses/test_small.py" in spent.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    @far\n", '    @disconfirmed("why")\n    @far\n'),
        ("    @far\n", '    @restated(was="< 1", why="a slip")\n    @far\n'),
        ('"lime"', 'pytest.param("lime", marks=undecided("why"))'),
        ('"lime"', 'pytest.param("lime", marks=[undecided("why")])'),
        ("As was said.", "Published verdict: confirmed."),
        ("What is measured of every seed.", "Anything."),
        ("BOUND = 900_000_000", "BOUND = 900_000_000  # a margin"),
        ("class TestSpared:", "UNUSED = 1\n\n\nclass TestSpared:"),
    ],
)
def test_whoever_records_or_explains_has_not(frozen, old, new):
    assert "spent" not in frozen(old, new).text


@pytest.mark.parametrize(
    "but",
    [
        '{"lime": disconfirmed("why")}',
        'dict.fromkeys(["lime", "teal"], disconfirmed("why"))',
        '{"orange": undecided("why"), **dict.fromkeys(["lime", "teal"], disconfirmed("why"))}',
        '{color: [disconfirmed("why")] for color in OTHERS}',
        '{color: (disconfirmed("why"),) for color in OTHERS}',
    ],
)
def test_records_of_several_cases_are_no_claim(write, but):
    bare = fingerprint(write(FILE.replace("    @far\n", '    @each("color", COLORS)\n')))
    assert fingerprint(write(FILE.replace("    @far\n", f'    @each("color", COLORS, but={but})\n'))) == bare


@pytest.mark.parametrize("both", ['[{}, disconfirmed("why")]', '({}, undecided("why"))'])
def test_a_record_beside_a_published_figure_is_no_claim(write, both):
    figure = 'published(0.1, source="a table")'
    of_lime = [f'    @each("color", COLORS, but={{"lime": {marks}}})\n' for marks in (figure, both.format(figure))]
    assert len({fingerprint(write(FILE.replace("    @far\n", marks))) for marks in of_lime}) == 1


def test_published_figures_of_several_cases_are_claims(write):
    bare = fingerprint(write(FILE.replace("    @far\n", '    @each("color", COLORS)\n')))
    but = 'dict.fromkeys(["lime"], published(0.1, source="a table"))'
    assert fingerprint(write(FILE.replace("    @far\n", f'    @each("color", COLORS, but={but})\n'))) != bare


USED = """
import {module}
from {module} import FAR, far_off as off
from thresholds import limits

LIMIT = 1
{between}


@pytest.fixture
def fixed():
    return {fixed}


{unasked}
class TestUsed:
    \"\"\"H1: it is used.\"\"\"

    def test_it(self, request):
        \"\"\"It is.\"\"\"
        assert request.getfixturevalue("fixed") < LIMIT + {module}.NEAR + off() + FAR + limits.LOST
"""
BESIDE = """
FAR = 1
NEAR = 2


def far_off():
    return 3
"""
PLAIN = {"module": "beside", "between": "", "fixed": "7", "unasked": ""}


@pytest.fixture
def used(write, monkeypatch):
    """A function: the fingerprint of a file with something in it, or in what it uses of the file beside it."""

    def used(old="", new="", value=5, **given):
        monkeypatch.setitem(sys.modules, "thresholds", SimpleNamespace(limits=ModuleType("limits")))
        sys.modules["thresholds"].limits.LOST = value
        write(BESIDE.replace(old, new), name="beside")
        return fingerprint(write(USED.format(**PLAIN | given)))

    return used


@pytest.mark.parametrize(
    "changed",
    [
        {"between": "LIMIT = 2"},
        {"between": "LIMIT += 1"},
        {"between": "if True:\n    LIMIT = 2"},
        {"between": "for LIMIT in range(9):\n    pass"},
        {"old": "FAR = 1", "new": "FAR = 1\nFAR = 2"},
        {"old": "NEAR = 2", "new": "NEAR = 3"},
        {"old": "return 3", "new": "return 4"},
        {"value": 6},
        {"fixed": "8"},
        {"unasked": "pytestmark = pytest.mark.usefixtures('fixed')\n\n"},
        {"unasked": "@pytest.fixture(autouse=True)\ndef of_all():\n    pass\n\n"},
        {"unasked": "class TestUsed:\n    pass\n\n\n"},
        {"between": "if True:\n    class TestMore:\n        pass"},
    ],
    ids=str,
)
def test_what_is_used_in_a_roundabout_way_is_claimed_too(used, changed):
    assert used(**changed) != used()


@pytest.mark.parametrize(
    "unchanged",
    [
        {"between": "OTHER = 2"},
        {"between": "if True:\n    OTHER = 2"},
        {"old": "def far_off", "new": "UNUSED = 1\n\n\ndef far_off"},
    ],
    ids=str,
)
def test_what_is_not_used_is_not(used, unchanged):
    assert used(**unchanged) == used()


WITHIN = """
BOUND = {bound}


def {name}(x):
    return x < BOUND
"""
TWICE = '''
from far import far
from near import near


class TestBoth:
    """H1: both hold."""

    def test_it(self):
        """They do."""
        assert median([far(1), near(1)]) > 0
'''


def test_a_name_means_in_each_file_what_stands_there(write):
    def claimed(**bounds):
        for name, bound in bounds.items():
            write(WITHIN.format(name=name, bound=bound), name=name)
        return fingerprint(write(TWICE))

    assert len({claimed(far=1, near=2), claimed(far=10, near=2), claimed(far=1, near=20)}) == 3


@pytest.mark.parametrize("asked", ["request.node.getfixturevalue", "(request or None).getfixturevalue"])
def test_a_fixture_is_asked_for_however_the_request_is_come_by(write, asked):
    def claimed(fixed):
        text = USED.format(**PLAIN | {"fixed": fixed}).replace("request.getfixturevalue", asked)
        write(BESIDE, name="beside")
        return fingerprint(write(text.replace("from thresholds import limits\n", "")))

    assert claimed(7) != claimed(80)


ABOVE = """
BOUND = 0.5


def small(x):
    return x < BOUND
"""
FIXTURE = """
import pytest


@pytest.fixture
def fixed():
    return {value}
"""
BENEATH = """
from above import small


class TestUsed:
    \"\"\"H1: it is used.\"\"\"

    def test_it(self, fixed):
        \"\"\"It is.\"\"\"
        assert small(fixed)
"""


@pytest.mark.parametrize("folder", ["hypotheses/beyond", "hypotheses/beyond/further"])
def test_what_is_used_of_the_folders_above_is_claimed_too(write, folder):
    def found(bound="0.5", value="7", outside="hypotheses/elsewhere"):
        write(ABOVE.replace("0.5", bound), name="above")
        write(FIXTURE.format(value=value), name="conftest")
        write(ABOVE.replace("0.5", "0.6"), name="above", directory=outside)
        return fingerprint(write(BENEATH, directory=folder))

    bare = found()
    assert found(bound="0.4") != bare
    assert found(value="8") != bare
    assert found(outside="hypotheses/another") == found() == bare
    assert found(outside=".") == bare  # it lies above all hypotheses
    assert found(outside=folder) != bare  # it is the nearest


@pytest.mark.parametrize("declared", ["SEEDS = N", "SEEDS = 2 * N", "SEEDS = 8\nSEEDS = N"])
def test_a_number_of_seeds_goes_by_its_value(write, declared):
    few, many = (fingerprint(write(FILE.replace("SEEDS = 8", f"N = {n}\n{declared}"))) for n in (8, 9))
    assert few != many


def test_changed_claims_are_tried_on_exploring_seeds(frozen):
    assert "seeds 0..7, exploring" in frozen("900_000_000", "800_000_000", "--first-seed", "0").words


def test_new_claims_have_new_seeds(frozen, run):
    (before,) = draw(frozen)
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses/test_small.py")
    _, after = draw(frozen)
    assert after["first_seed"] != before["first_seed"]
    assert run().code == 0


def test_files_that_are_frozen_together_share_a_draw_that_outlives_one_of_them(write, run, frozen):
    write(FILE, name="test_other")
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses")
    _, drawn = draw(frozen)
    assert list(drawn["claims"]) == ["test_other.py", "test_small.py"]
    frozen("800_000_000", "700_000_000", "--freeze", "hypotheses/test_small.py")
    _, shared, own = draw(frozen)
    assert shared == drawn
    assert list(own["claims"]) == ["test_small.py"]
    words = run().words
    assert f" {shared['first_seed']}.." in words
    assert f" {own['first_seed']}.." in words


def test_nothing_is_drawn_anew_for_the_same_claims(write, run, frozen):
    """Else one could choose, among the seeds that each set of files gives, those that one likes."""
    (first,) = draw(frozen)
    assert run("--freeze", "hypotheses").text.splitlines()[-1] == "hypotheses: 1 as frozen before"
    write(FILE, name="test_other")
    again = run("--freeze", "hypotheses")
    *before, own = draw(frozen)
    assert before == [first]
    assert list(own["claims"]) == ["test_other.py"]
    said = f"hypotheses: 1 frozen, to be judged on seeds from {own['first_seed']} on; 1 as frozen before"
    assert again.text.splitlines()[-1] == said


def test_every_draw_stays_on_record(frozen):
    (first,) = draw(frozen)
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses")
    assert draw(frozen)[0] == first
    assert len(draw(frozen)) == 2


def test_claims_that_were_given_up_are_not_drawn_for_again(frozen):
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses")
    before = draw(frozen)
    refused = frozen("800_000_000", "900_000_000", "--freeze", "hypotheses")
    assert refused.code == 4
    assert (
        "--freeze: test_small.py was given seeds for these claims before, and changed since: nothing is drawn for "
        "twice. Who takes a change of claims back takes its draw back with it, as git revert does."
    ) in refused.errors
    assert draw(frozen) == before


def as_drawn(**claims):
    """An entry of the record as the claims of these files give it."""
    named = {f"{name}.py": claimed for name, claimed in claims.items()}
    return {"first_seed": first_seed(named.values()), "claims": named}


ZEROS = "0" * 16
NO_FILE = "record/draws.json has seeds for {}, and there is no such hypothesis file. What was frozen stays: restore it"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (lambda drawn: [drawn | {"first_seed": 17_000}], "has the first seed 17000 for test_small.py, which what is"),
        (lambda drawn: [{**as_drawn(test_small=ZEROS), "first_seed": 17_000}, drawn], "has the first seed 17000 for"),
        # With claims of another file, which nobody holds against it, any seeds could be had.
        (lambda drawn: [as_drawn(test_small=claimed(drawn), test_none=ZEROS)], NO_FILE.format("test_none.py")),
        (lambda drawn: [as_drawn(test_small=claimed(drawn), cases=ZEROS)], NO_FILE.format("cases.py")),
        (
            lambda drawn: [as_drawn(**{"test_small": claimed(drawn), "test_/../test_small": ZEROS})],
            NO_FILE.format("test_/../test_small.py"),
        ),
        (
            lambda drawn: [drawn, as_drawn(test_small=claimed(drawn), test_other=ZEROS)],
            "test_small.py was given seeds for these claims before",
        ),
        (
            lambda drawn: [as_drawn(test_small=claimed(drawn), test_other=ZEROS)],
            "test_other.py claims something else than when its seeds were drawn",
        ),
    ],
    ids=["seed", "earlier seed", "no file", "no hypothesis file", "a path", "a second draw", "claims of another file"],
)
def test_who_chooses_seeds_is_told(write, run, frozen, chosen, said):
    write("", name="cases")
    write(FILE, name="test_other")
    (drawn,) = draw(frozen)
    frozen.draws.write_text(json.dumps(chosen(drawn)))
    told = run()
    assert told.code != 0
    assert said in told.text


def claimed(drawn):
    return drawn["claims"]["test_small.py"]


def test_a_file_that_is_withdrawn_leaves_its_reason(write, run, frozen):
    other = write(FILE, name="test_other")
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses")
    other.unlink()
    assert NO_FILE.format("test_other.py") in run().text
    other.write_text('"""Withdrawn: it was that of another experiment."""\n')
    run("--freeze", "hypotheses")
    assert run().code == 0


@pytest.fixture
def moved(pytester, frozen):
    """The frozen file, in a folder below its own."""
    below = pytester.path / "hypotheses" / "beyond"
    below.mkdir()
    return (pytester.path / "hypotheses" / "test_small.py").rename(below / "test_small.py")


def test_a_file_keeps_its_seeds_in_a_folder_below(run, frozen, moved):
    """Else whoever does not like them could have others by moving it."""
    (drawn,) = draw(frozen)
    assert spent(moved) == ""
    assert f" {drawn['first_seed']}.." in run().words
    assert run("--freeze", "hypotheses").text.splitlines()[-1] == "beyond: 1 as frozen before"
    assert not (moved.parent / "record").exists()


def test_a_moved_file_that_claims_something_else_is_drawn_for_where_it_is(run, frozen, moved):
    (before,) = draw(frozen)
    as_before = moved.read_text()
    moved.write_text(as_before.replace("900_000_000", "800_000_000"))
    assert "test_small.py claims something else than when its seeds were drawn" in run().text
    run("--freeze", "hypotheses")
    assert draw(frozen) == [before]
    (own,) = json.loads((moved.parent / "record" / "draws.json").read_text())
    assert f" {own['first_seed']}.." in run().words
    moved.write_text(as_before)
    assert "test_small.py was given seeds for these claims before" in run("--freeze", "hypotheses").errors


def test_a_file_has_no_seeds_of_another_of_its_name(pytester, frozen):
    """Where both are there, neither was moved."""
    below = pytester.path / "hypotheses" / "beyond"
    below.mkdir()
    text = (pytester.path / "hypotheses" / "test_small.py").read_text()
    other = below / "test_small.py"
    other.write_text(text.replace("900_000_000", "800_000_000"))
    assert spent(other) == ""
    (told,) = freeze([other])
    assert told.startswith("beyond: 1 frozen, to be judged on seeds from ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[{",
        "{}",
        "7",
        "[7]",
        "[{}]",
        '[{"first_seed": "10000", "claims": {}}]',
        '[{"first_seed": 10000, "claims": {}}]',
        '[{"first_seed": 10000, "claims": ["test_small.py"]}]',
        '[{"first_seed": 10000, "claims": {"test_small.py": 7}}]',
        '[{"first_seed": 10000, "claims": {"test_small.py": "whatever gives a seed that I like"}}]',
        "\udcff",
    ],
)
def test_a_record_that_is_none_is_refused_in_words(write, text):
    path = write(FILE)
    record = path.parent / "record" / "draws.json"
    record.parent.mkdir()
    record.write_text(text, errors="surrogateescape")
    said = spent(path)
    assert said.startswith("record/draws.json ")
    assert said.endswith("Only --freeze writes there: restore it as it was committed.")
    with pytest.raises(DrawError, match=f"^{re.escape(said)}$"):
        list(freeze([path]))


def test_who_is_refused_a_record_is_told_by_run_and_freeze_alike(frozen, run):
    frozen.draws.write_text("[{")
    for refused in (run().text, run("--freeze", "hypotheses").errors):
        assert "record/draws.json cannot be read: Expecting property name" in refused
        assert "Traceback" not in refused
    assert run("--first-seed", "0").code == 0


NO_HYPOTHESES = "--freeze takes hypothesis files or their folder, such as pytest --freeze tests/hypotheses; got {}."


@pytest.mark.parametrize(
    "given",
    [
        "nowhere.py",
        "empty",
        "other/test_it.py",
        "other",
        "hypotheses/cases.py",
        "hypotheses/notes.txt",
        "hypotheses/test_small.py::TestSpared",
    ],
)
def test_only_hypothesis_files_are_frozen(write, run, pytester, given):
    (pytester.path / "empty").mkdir()
    write(FILE)
    write(FILE, name="cases")
    write(FILE, name="test_it", directory="other")
    (pytester.path / "hypotheses" / "notes.txt").write_text("not Python")
    refused = run("--freeze", "hypotheses", given)
    assert refused.code == 4
    assert NO_HYPOTHESES.format(given) in refused.errors
    assert list(pytester.path.rglob("draws.json")) == []


def test_whoever_freezes_says_what(write, run):
    write(FILE)
    refused = run("--freeze")
    assert refused.code == 4
    assert NO_HYPOTHESES.format("none") in refused.errors


def test_of_a_folder_the_hypothesis_files_are_frozen(write, run, pytester):
    write(FILE, directory="tests/hypotheses")
    write(FILE, name="test_it", directory="tests/unit")
    assert run("--freeze", "tests").code == 0
    (path,) = pytester.path.rglob("draws.json")
    assert path.parent.parent.name == "hypotheses"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("class TestSmall(:", "--freeze: invalid syntax"),
        ("from nowhere import THRESHOLD\n\n\nclass TestSmall:\n    limit = THRESHOLD", "--freeze: No module named"),
        ("\udcff", "--freeze: 'utf-8' codec"),
    ],
    ids=["no Python", "no package", "no text"],
)
def test_a_file_that_cannot_be_read_is_not_frozen(write, run, text, said):
    write(FILE).write_text(text, errors="surrogateescape")
    refused = run("--freeze", "hypotheses")
    assert refused.code == 4
    assert said in refused.errors


def test_a_record_that_cannot_be_written_is_no_draw(write, run):
    write(FILE).with_name("record").touch()
    refused = run("--freeze", "hypotheses")
    assert refused.code == 4
    assert "--freeze: " in refused.errors
    assert "File exists" in refused.errors
