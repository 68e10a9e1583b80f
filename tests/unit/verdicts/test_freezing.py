"""Seeds that are drawn from the claims that they judge."""

import json

import pytest

from excolor.verdicts.fingerprint import fingerprint
from excolor.verdicts.freezing import first_seed

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
    assert "pytest --freeze test_small.py" in spent.text


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
    ],
)
def test_records_of_several_cases_are_no_claim(write, but):
    bare = fingerprint(write(FILE.replace("    @far\n", '    @each("color", COLORS)\n')))
    assert fingerprint(write(FILE.replace("    @far\n", f'    @each("color", COLORS, but={but})\n'))) == bare


def test_published_figures_of_several_cases_are_claims(write):
    bare = fingerprint(write(FILE.replace("    @far\n", '    @each("color", COLORS)\n')))
    but = 'dict.fromkeys(["lime"], published(0.1, source="a table"))'
    assert fingerprint(write(FILE.replace("    @far\n", f'    @each("color", COLORS, but={but})\n'))) != bare


def test_changed_claims_are_tried_on_exploring_seeds(frozen):
    assert "seeds 0..7, exploring" in frozen("900_000_000", "800_000_000", "--first-seed", "0").words


def test_new_claims_have_new_seeds(frozen, run):
    (before,) = draw(frozen)
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses/test_small.py")
    (after,) = draw(frozen)
    assert after["first_seed"] != before["first_seed"]
    assert run().code == 0


def test_who_edits_the_draw_is_told(frozen):
    (drawn,) = draw(frozen)
    frozen.draws.write_text(json.dumps([drawn | {"first_seed": 17_000}]))
    assert "has the first seed 17000 for test_small.py, which its claims do not give" in frozen().text


def test_files_that_are_frozen_together_share_a_draw_that_outlives_one_of_them(write, run, frozen):
    write(FILE, name="test_other")
    run("--freeze", "hypotheses")
    (drawn,) = draw(frozen)
    assert list(drawn["claims"]) == ["test_other.py", "test_small.py"]
    frozen("900_000_000", "800_000_000", "--freeze", "hypotheses/test_small.py")
    shared, own = draw(frozen)
    assert shared == drawn
    assert list(own["claims"]) == ["test_small.py"]
    words = run().words
    assert f"seeds {shared['first_seed']}.." in words
    assert f"seeds {own['first_seed']}.." in words


@pytest.mark.parametrize(("given", "said"), [("nowhere.py", "got nowhere.py"), ("..", "got none")])
def test_only_files_are_frozen(run, pytester, given, said):
    (pytester.path / "empty").mkdir()
    refused = run("--freeze", given if given != ".." else "empty")
    assert refused.code == 4
    assert f"--freeze takes hypothesis files or their folder, such as pytest --freeze tests/hypotheses; {said}." in (
        refused.errors
    )
