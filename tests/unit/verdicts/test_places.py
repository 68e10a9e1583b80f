"""Where hypotheses lie: in a directory of that name, or where the configuration says."""

from pathlib import Path

import pytest

from excolor.verdicts.places import called_so, top_of

CLAIM = '''
class TestSmall:
    """H1: the number is small."""

    def test_it(self):
        """It is small."""
        assert half < 0.9
'''


@pytest.mark.parametrize(
    ("path", "top"),
    [
        ("/home/me/project/hypotheses/test_a.py", "/home/me/project/hypotheses"),
        ("/home/me/project/tests/hypotheses/mine/test_a.py", "/home/me/project/tests/hypotheses"),
        ("/home/me/project/hypotheses/old/hypotheses/test_a.py", "/home/me/project/hypotheses/old/hypotheses"),
        ("/home/me/project/tests/unit/test_hypotheses.py", None),
        ("/home/me/project/hypotheses.py", None),
        ("/elsewhere/hypotheses/test_a.py", "/elsewhere/hypotheses"),
    ],
)
def test_below_a_directory_called_hypotheses(path, top):
    assert called_so(Path(path), Path("/home/me/project")) == (top and Path(top))


def test_above_the_root_directory_names_do_not_matter():
    assert called_so(Path("/hypotheses/project/test_a.py"), Path("/hypotheses/project")) is None
    assert called_so(Path("/project/hypotheses/test_a.py"), Path("/project/hypotheses")) == Path("/project/hypotheses")


CONFIGURATIONS = {
    "pyproject.toml": '[tool.pytest]\nexcolor_hypotheses = ["claims", "notes/test_red.py"]\n',
    "pytest.toml": '[pytest]\nexcolor_hypotheses = ["./claims/", "notes/test_red.py"]\n',
    "tox.ini": "[pytest]\nexcolor_hypotheses = claims notes/test_red.py\n",
}
IN_OLD_FORM = '[tool.pytest.ini_options]\nexcolor_hypotheses = ["claims", "notes/test_red.py"]\n'


@pytest.mark.parametrize(("name", "text"), [*CONFIGURATIONS.items(), ("pyproject.toml", IN_OLD_FORM)])
def test_those_of_the_configuration_and_no_others(pytester, write, run, name, text):
    pytester.path.joinpath(name).write_text(text)
    for file in ("claims/deep/test_a", "notes/test_red", "notes/test_b", "hypotheses/test_c"):
        write(CLAIM, file, ".")
    result = run()
    assert result.code == 0
    assert len(result.outcomes) == 1  # of the same name in each
    assert result.words.endswith("2 hypotheses: 2 confirmed. 2 predictions (2 confirmed), all as recorded.")


def test_the_root_directory_may_be_another_than_the_working_directory(pytester, write, run, monkeypatch):
    pytester.makeini("[pytest]\nexcolor_hypotheses = claims\n")
    write(CLAIM, directory="claims")
    monkeypatch.chdir(pytester.mkdir("elsewhere"))
    assert "1 hypothesis: 1 confirmed." in run("..").words


@pytest.mark.parametrize(
    ("path", "top"),
    [
        ("claims/test_a.py", "claims"),
        ("claims/further/test_a.py", "claims"),
        ("claims/deep/hypotheses/test_a.py", "claims/deep"),
        ("notes/test_red.py", "notes"),
        ("notes/test_b.py", None),
        ("hypotheses/test_a.py", None),
        ("claims.py", None),
    ],
)
def test_all_hypotheses_of_a_file_are_those_of_its_nearest_place(pytester, path, top):
    config = pytester.parseconfig("-o", "excolor_hypotheses=claims claims/deep notes/test_red.py")
    assert top_of(pytester.path / path, config) == (top and pytester.path / top)


@pytest.mark.parametrize(("given", "named"), [("claim", "claim"), ("claims ../none", "../none")])
def test_a_place_that_is_none_is_refused(pytester, write, run, given, named):
    write(CLAIM, directory="claims")
    result = run("-o", f"excolor_hypotheses={given}")
    assert result.code == pytest.ExitCode.USAGE_ERROR
    assert (
        f"excolor_hypotheses names {named}, and there is no such directory or file in {pytester.path}: name those of "
        'your hypotheses as seen from there, such as excolor_hypotheses = ["claims"]'
    ) in result.errors


def test_a_file_there_says_what_it_claims_as_in_any(write, run):
    write(CLAIM.replace('"""It is small."""', "pass"), directory="claims")
    result = run("-o", "excolor_hypotheses=claims")
    assert "claims/test_small.py::TestSmall::test_it needs a docstring that states the prediction" in result.text
    assert result.words.endswith("1 file could not be collected.") or result.code == pytest.ExitCode.INTERRUPTED


ABOVE = "BOUND = {bound}\n"
BENEATH = '''
from above import BOUND


class TestSmall:
    """H1: the number is small."""

    def test_it(self, seeds):
        """It is small."""
        assert median([float(seed % 7) for seed in seeds]) < BOUND
'''


def test_they_are_frozen_and_recorded_where_they_lie(pytester, write, run):
    """And what they use of the folders above, up to the place itself, is claimed as well."""
    pytester.makeini("[pytest]\nexcolor_hypotheses = claims\npythonpath = claims\n")
    write(ABOVE.format(bound=7.5), "above", "claims", head="")
    write(BENEATH, directory="claims/deep")
    assert run("--freeze", "claims").text.splitlines()[-1].startswith("deep: 1 frozen, to be judged on seeds from ")
    assert "1 recorded, 1 of them new" in run("--record").text
    assert {path.name for path in pytester.path.joinpath("claims/deep/record").iterdir()} == {
        "bits.json", "draws.json", "test_small.csv",
    }  # fmt: skip
    assert "all as recorded" in run().words
    few = run("--seeds", "8")
    assert few.code == 0
    assert "1 of 1 as recorded; 0 to 1 expected; none contradicted" in " ".join(few.text.split())
    write(ABOVE.format(bound=7.25), "above", "claims", head="")
    assert "test_small.py claims something else than when its seeds were drawn, so they are spent." in run().text
