"""The option --report: what stands in its directory after a run, however the run went."""

import json
import os
import re

import pytest
from PIL import Image

from excolor.report import directory as writing  # here, or each run within a test would load one of its own
from excolor.report.stored import read

FILE = '''
"""0.1 Literal numbers."""

import pytest

from excolor import Estimate
from excolor.verdicts import control, disconfirmed, primary, published

half = Estimate(0.5, 0.4, 0.6, 32, (0.25, 0.75) * 16)


@primary("test_first")
class TestSmall:
    """H1: the number is small.

    Published verdict, from one seed: disconfirmed, as it is large.
    """

    @published(0.3, source="Ex 0.1, table")
    def test_first(self):
        """It is below nine tenths."""
        assert half < 0.9

    @disconfirmed("it is larger")
    def test_second(self):
        """It is below a tenth."""
        assert half < 0.1

    @pytest.mark.parametrize("case", ["a", "b", "c"])
    def test_third(self, case):
        """It is above a tenth."""
        assert half > 0.1

    @control
    def test_control(self):
        """It is not above one."""
        assert half < 1


class TestOther:
    """H2: the number is large."""

    def test_large(self):
        """It is above a tenth."""
        assert half > 0.1
'''


@pytest.fixture
def ran(pytester, monkeypatch):
    """Run pytest on the file with --report: `ran("-k", "first")`; returns what was printed."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    path = pytester.path / "hypotheses" / "test_small.py"
    path.parent.mkdir()
    path.write_text(FILE.lstrip())
    return lambda *args: pytester.runpytest_inprocess("--report", "report", *args)


@pytest.fixture
def directory(pytester):
    return pytester.path / "report"


def outcomes(directory):
    return {
        each.group.rpartition("::")[2]: (each.verdict, each.held, len(each.predictions), each.ran)
        for each in read(directory / "report.json").hypotheses
    }


def same(directory):
    """The page without what differs from run to run: its date, its duration and its command."""
    page = (directory / "index.html").read_text(encoding="utf-8")
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC, .*? process(es)?|pytest .*?</code>", "", page)


WHOLE = {"TestSmall": ("confirmed", 4, 5, 6), "TestOther": ("confirmed", 1, 1, 1)}


def test_a_run_writes_a_page_a_text_json_and_figures(ran, directory):
    result = ran()
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*= report =*", f"see {directory / 'index.html'}"])
    assert outcomes(directory) == WHOLE
    places = {path.relative_to(directory).as_posix() for path in directory.rglob("*.*")}
    figures = {"all-hypotheses", "published-against-ours", "small.Small", "small.Other"}
    assert places == {"index.html", "report.md", "report.json"} | {f"figures/{name}.svg" for name in figures}
    told = {each.test.rpartition("::")[2]: each for each in read(directory / "report.json").hypotheses[0].readings}
    first = told["test_first"]
    assert (first.assertion, first.published, first.source) == ("assert half < 0.9", 0.3, "Ex 0.1, table")
    assert first.comparison.estimate.samples == (0.25, 0.75) * 16


def test_several_processes_write_the_same(ran, directory, pytester):
    ran()
    alone = same(directory)
    directory.rename(pytester.path / "alone")
    assert ran("-n", "2").ret == 0
    assert same(directory) == alone
    assert read(directory / "report.json").latest.processes == 2


def test_a_part_says_what_is_missing(ran, directory):
    ran("-k", "first or large")
    assert outcomes(directory) == {"TestSmall": ("not judged", 1, 5, 1), "TestOther": ("confirmed", 1, 1, 1)}
    said = "5 predictions and controls left out on request."
    assert said in (directory / "report.md").read_text()
    assert said in (directory / "index.html").read_text()


def test_five_predictions_do_not_become_one(ran, directory):
    ran()
    ran("-k", "first or large")
    assert outcomes(directory) == WHOLE
    small, other = read(directory / "report.json").hypotheses
    assert small.provenance.command != other.provenance.command
    assert "1 hypothesis is from earlier runs: " in (directory / "report.md").read_text()


def test_a_run_that_fails_writes_all_the_same(ran, directory, pytester):
    path = pytester.path / "hypotheses" / "test_small.py"
    path.write_text(path.read_text().replace("half > 0.1", "half > 0.45").replace("half < 1", "half < 0.2"))
    result = ran()
    assert result.ret == 1
    assert outcomes(directory)["TestSmall"] == ("error", 1, 5, 6)
    assert "### Not as recorded" in (directory / "report.md").read_text()


def test_a_run_that_is_stopped_says_so(ran, directory, pytester):
    path = pytester.path / "hypotheses" / "test_small.py"
    path.write_text(path.read_text().replace("assert half < 0.1", "raise KeyboardInterrupt"))
    result = pytester.runpytest_subprocess("--report", "report")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    text = (directory / "report.md").read_text()
    assert "The run was stopped before its end. 6 predictions and controls not reached, as the run was stopped." in text
    assert read(directory / "report.json").latest.stopped


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["elsewhere"], "none of the tests of this run lies below a directory called hypotheses"),
        (
            ["elsewhere", "-oexcolor_hypotheses="],
            "none of the tests of this run lies in a place that excolor_hypotheses",
        ),
        (["--collect-only"], "this run was asked for no test, by --collect-only or --setup-only"),
        (["hypotheses/test_broken.py"], "1 hypothesis file could not be collected"),
    ],
)
def test_where_nothing_is_judged_it_says_why_nothing_is_written(ran, directory, pytester, args, why):
    path = pytester.path / "elsewhere" / "test_it.py"
    path.parent.mkdir()
    path.write_text("def test_it():\n    pass\n")
    (pytester.path / "hypotheses" / "test_broken.py").write_text("import nowhere")
    ran(*args).stdout.fnmatch_lines(f"nothing is written, since nothing was judged: {why}*")
    assert not (directory / "index.html").exists()


def test_so_it_does_of_a_run_that_is_stopped_before_it_begins(ran, pytester):
    (pytester.path / "hypotheses" / "test_stopped.py").write_text("raise KeyboardInterrupt")
    result = pytester.runpytest_subprocess("--report", "report")
    result.stdout.fnmatch_lines("nothing is written, since nothing was judged: the run was stopped before any test")


def test_a_file_that_cannot_be_read_is_named(ran, directory, pytester):
    (pytester.path / "hypotheses" / "test_broken.py").write_text("def")
    ran("--continue-on-collection-errors")
    text = (directory / "report.md").read_text()
    assert r"1 file could not be collected: hypotheses/test\_broken.py." in text


def test_a_job_on_github_shows_the_text(ran, directory, pytester, monkeypatch):
    summary = pytester.path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ran()
    assert summary.read_text() == "before\n" + (directory / "report.md").read_text()


def test_it_says_what_has_changed_since(ran, directory, pytester):
    ran()
    earlier = directory.rename(pytester.path / "earlier")
    path = pytester.path / "hypotheses" / "test_small.py"
    path.write_text(path.read_text().replace("half < 0.9", "half < 0.3"))
    ran("--against", str(earlier / "report.json"))
    text = (directory / "report.md").read_text()
    assert "- **H1: the number is small**: confirmed → disconfirmed\n- It is below nine tenths (0.1 Literal" in text


def test_without_the_option_nothing_is_written(ran, pytester):
    result = pytester.runpytest_inprocess()
    assert "= report =" not in result.stdout.str()
    assert {path.name for path in pytester.path.iterdir()} <= {"hypotheses", ".pytest_cache", "basetemp"}


def test_it_goes_with_the_plugin(ran, pytester):
    result = pytester.runpytest_subprocess("-p", "no:excolor.verdicts", "--report", "report")
    result.stderr.fnmatch_lines(["*unrecognized arguments: --report*"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--against", "none.json"), r"--against: cannot read 'none.json' \(No such file or directory\): give the rep"),
        (
            ("--figures", "report"),
            r"--report and --figures each have a page of their own: two directories, for example",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_runs(ran, directory, args, said):
    result = ran(*args)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert re.search(said, result.stderr.str())


def test_against_needs_a_report(pytester):
    result = pytester.runpytest_inprocess("--against", "report.json")
    assert (
        "--against is told in a report: say where that is to stand, for example --report report" in result.stderr.str()
    )


def test_a_page_of_another_kind_is_not_lost(ran, directory):
    directory.mkdir()
    (directory / "index.html").write_text("mine")
    assert "'report' has an index.html of another kind, which would be lost" in ran().stderr.str()
    assert (directory / "index.html").read_text() == "mine"


@pytest.mark.parametrize("name", ["report.md", "history.html", "figures/mine.png"])
def test_what_is_of_no_report_is_not_lost(ran, directory, name):
    path = directory / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert f"'report' has a {name.partition('/')[0]} of another kind, which would be lost: give" in ran().stderr.str()
    assert path.read_text() == "mine"


def test_what_is_no_part_of_a_report_may_stand_beside_it(ran, directory):
    directory.mkdir()
    (directory / "mine.txt").write_text("mine")
    assert (ran().ret, ran().ret) == (0, 0)
    assert (directory / "mine.txt").read_text() == "mine"


def test_a_stored_run_of_another_version_is_not_lost(ran, directory):
    ran()
    told = json.loads((directory / "report.json").read_text())
    (directory / "report.json").write_text(json.dumps(told | {"version": 0}))
    assert "is a stored run of version 0, and this excolor reads version 1" in ran().stderr.str()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_that_cannot_be_written_to_is_refused(ran, directory):
    directory.mkdir(mode=0o500)
    assert "--report: cannot write to 'report' (Permission denied): give a directory" in ran().stderr.str()


def test_what_cannot_be_written_at_the_end_fails_the_run(ran, directory, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write", full)
    result = ran()
    assert result.ret == 1
    result.stdout.fnmatch_lines(["could not be written: [[]Errno 28[]] No space left on device"])


TRAINED = '''
"""0.3 Thirty steps."""

from excolor import Dopesheet, ablate, median, typical_error
from excolor.experiments import EX_2_10

SHEET = "STEP,lr,reg-anchor,reg-unit,reg-separate,reg-anti-anchor\\n0,.01,.1,.1,.1,.1\\n30,.01,,,,\\n"
EXPERIMENT = EX_2_10.replace(name="0.3 brief", dopesheet=Dopesheet.parse(SHEET))


class TestBrief:
    """Thirty steps are not enough."""

    def test_typical(self, trained, seeds):
        """Without dimension 0 the typical color is damaged."""
        assert median(typical_error(ablate(trained(EXPERIMENT, seeds), 0))) > 1e-6
'''


@pytest.mark.parametrize("processes", [(), ("-n", "1")], ids=["alone", "in a worker"])
def test_of_what_was_trained_two_pictures_are_shown(ran, directory, pytester, processes):
    (pytester.path / "hypotheses" / "test_small.py").write_text(TRAINED.lstrip())
    assert ran("--seeds", "6", *processes).ret == 0
    curves, spheres = read(directory / "report.json").pictures
    assert (curves.place, spheres.place) == (
        "figures/small.error-curves-after-deletion-of-dimension-0-light.png",
        "figures/small.latent-spheres-intact-light.png",
    )
    page = (directory / "index.html").read_text(encoding="utf-8")
    for picture in (curves, spheres):
        assert picture.file == "hypotheses/test_small.py"
        assert picture.date == read(directory / "report.json").latest.date
        for place in picture.places:
            assert place in page
            with Image.open(directory / place) as image:
                assert image.size == (picture.width, picture.height)


def test_where_nothing_is_edited_the_training_is_shown(ran, directory, pytester):
    intact = TRAINED.replace("ablate(trained(EXPERIMENT, seeds), 0)", "trained(EXPERIMENT, seeds)")
    (pytester.path / "hypotheses" / "test_small.py").write_text(intact.lstrip())
    assert ran("--seeds", "6").ret == 0
    shown = [each.place.rpartition("/")[2] for each in read(directory / "report.json").pictures]
    assert shown == ["small.latent-spheres-intact-light.png", "small.loss-history-light.png"]
    assert "The loss of every term while it is trained" in (directory / "index.html").read_text(encoding="utf-8")
