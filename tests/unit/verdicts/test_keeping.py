"""What one run has trained the next one finds, if pytest's cache may be used, and the end of a run says so."""

import re

import pytest

from excolor.verdicts.keeping import DEFAULT, SIZE, size_allowed
from excolor.verdicts.tally import Tally

TRAINING = '''
from excolor.experiments import EX_2_10
from excolor import Dopesheet

SHORT = EX_2_10.replace(
    name="{name}", dopesheet=Dopesheet.parse("STEP,lr,reg-unit\\n0,0.01,{weight}\\n4,,"), terms=EX_2_10.terms[-1:]
)


class TestSmall:
    """H1: the number is small."""

    def test_it(self, trained):
        """It is small."""
        check(len(trained(SHORT, range({seeds})).seeds), {seeds})
        check(len(trained(SHORT.unregularized(), range({seeds})).seeds), {seeds})
        assert half < 0.9
'''


UNTRAINED = '''
class TestSmall:
    """H1: the number is small."""

    def test_it(self):
        """It is small."""
        assert half < 0.9
'''


@pytest.fixture
def training(write):
    """Write a file that trains two small conditions."""

    def written(name="one", seeds=3, weight=0.1, measured=False):
        text = TRAINING.format(name=name, seeds=seeds, weight=weight)
        if measured:
            text = text.replace("import Dopesheet", "import Dopesheet, typical_error")
            text = text.replace(
                "        assert half",
                "        check(len(typical_error(trained(SHORT, range(3)))), 3)\n        assert half",
            )
        write(
            text.replace("EX_2_10.terms[-1:]", "tuple(t for t in EX_2_10.terms if t.name == 'reg-unit')"),
            f"test_{name}",
        )

    return written


def told(result):
    """What a run says of its ensembles; None if it says nothing."""
    assert result.code == 0, result.text
    found = re.search(r"^=+ ensembles =+\n(.*)\n=+ hypotheses =+$", result.text, re.MULTILINE)
    return found[1] if found else None


STORE = r"; the store has 0\.\d+ MB of at most 1 GB"


@pytest.mark.parametrize("options", [(), ("-n2",)], ids=["one process", "two workers"])
def test_the_next_run_finds_what_this_one_has_trained(training, run, options):
    training()
    assert re.fullmatch("2 trained, 0 found" + STORE, told(run(*options)))
    assert re.fullmatch("0 trained, 2 found" + STORE, told(run(*options)))


def test_so_it_does_of_what_an_edit_has_not_touched(training, run):
    training()
    assert re.fullmatch("2 trained, 0 found" + STORE, told(run()))
    training(seeds=2)
    assert re.fullmatch("0 trained, 2 found" + STORE, told(run()))
    training(seeds=4)
    assert re.fullmatch("2 trained, 0 found" + STORE, told(run()))
    training(weight=0.2, seeds=4)
    assert re.fullmatch("1 trained, 1 found" + STORE, told(run()))


def test_what_two_files_train_alike_counts_once(training, run):
    """The name of a condition is none of its content."""
    training()
    training("two")
    assert re.fullmatch("2 trained, 0 found" + STORE, told(run("-n2")))
    assert re.fullmatch("0 trained, 2 found" + STORE, told(run("-n0")))


@pytest.mark.parametrize("told", [[True, False], [False, True]])
def test_what_one_worker_trained_and_another_found_was_trained(told):
    tally = Tally(None)
    for trained in told:
        tally.add({"a": trained, "b": False})
    assert tally.has_trained == {"a": True, "b": False}


def test_the_cache_is_pytests_own(training, run, pytester):
    training()
    run()
    assert len(list(pytester.path.glob(".pytest_cache/d/excolor/*/*.ensemble"))) == 2
    assert re.fullmatch("2 trained, 0 found" + STORE, told(run("--cache-clear")))
    assert re.fullmatch("2 trained, 0 found" + STORE, told(run("-o", "cache_dir=elsewhere")))
    assert len(list(pytester.path.glob("elsewhere/d/excolor/*/*.ensemble"))) == 2


@pytest.fixture
def measured(pytester):
    """A function: the files of what was measured."""
    return lambda: sorted(pytester.path.glob(".pytest_cache/d/excolor/*/*.measured"))


@pytest.mark.parametrize("options", [(), ("-n2",)], ids=["one process", "two workers"])
def test_so_it_does_of_what_was_measured(training, run, measured, options):
    training(measured=True)
    told(run(*options))
    (kept,) = measured()
    told(run(*options))
    assert measured() == [kept]
    training(weight=0.2, measured=True)
    told(run(*options))
    assert len(measured()) == 2
    told(run("--cache-clear", *options))
    assert len(measured()) == 1


@pytest.mark.parametrize("options", [("-p", "no:cacheprovider"), ("-o", f"{SIZE}=0")], ids=["no cache", "no store"])
def test_nothing_is_kept_of_it_where_nothing_is_kept(training, run, measured, options):
    training(measured=True)
    told(run(*options))
    assert measured() == []


def test_in_ci_nothing_is_read_or_written(training, run, pytester, monkeypatch):
    training()
    told(run())
    before = sorted((path, path.stat().st_mtime_ns) for path in pytester.path.glob(".pytest_cache/d/excolor/*/*"))
    monkeypatch.setenv("CI", "true")
    assert told(run()) == "2 trained; none is kept for later runs, since CI is set"
    assert (
        sorted((path, path.stat().st_mtime_ns) for path in pytester.path.glob(".pytest_cache/d/excolor/*/*")) == before
    )


def test_without_a_cache_nothing_is_kept(training, run, pytester):
    training()
    for _ in range(2):
        result = told(run("-p", "no:cacheprovider"))
        assert result == "2 trained; none is kept for later runs, since pytest has no cache"
    assert not pytester.path.joinpath(".pytest_cache").exists()


def test_where_the_cache_cannot_be_written_nothing_is_kept(training, run, pytester):
    training()
    pytester.path.joinpath("occupied").touch()
    result = run("-o", "cache_dir=occupied", "-W", "ignore::pytest.PytestCacheWarning")
    assert told(result) == "2 trained; none is kept for later runs, since pytest's cache cannot be written"


def test_nor_where_there_is_to_be_no_store(training, run, pytester):
    training()
    assert told(run("-o", f"{SIZE}=0")) == "2 trained; none is kept for later runs, since excolor_store_size is 0"
    assert not pytester.path.joinpath(".pytest_cache/d/excolor").exists()


def test_no_more_is_kept_than_there_is_room_for(training, run, pytester):
    """Three seeds of a short run of 2.10 take some 10 KB."""
    training()
    for words in ("2 trained, 0 found", "1 trained, 1 found"):
        line = told(run("-o", f"{SIZE}=0.015 MB"))
        assert re.fullmatch(words + r"; the store has 0\.01\d+ MB of at most 0\.015 MB", line)
    assert len(list(pytester.path.glob(".pytest_cache/d/excolor/*/*"))) == 1


def test_a_run_that_trains_nothing_says_nothing_of_it(write, run):
    write(UNTRAINED)
    assert told(run()) is None


class Config:
    """As much of pytest's as has an option."""

    def __init__(self, given):
        self.given = given

    def getini(self, name):
        assert name == SIZE
        return self.given


@pytest.mark.parametrize(
    ("given", "size"),
    [(DEFAULT, 10**9), ("500 MB", 5 * 10**8), ("1.5GB", 15 * 10**8), (" 20 gb ", 2 * 10**10), ("0", 0), ("0 MB", 0)],
)
def test_sizes(given, size):
    assert size_allowed(Config(given)) == size


@pytest.mark.parametrize(
    "given", ["", "1", "many", "-1 GB", "1 TB", "1e9", "1 GB 2", "1,5 GB", "inf GB", "9" * 5000 + " MB"]
)
def test_a_size_that_is_none_is_refused_before_anything_is_trained(training, run, given):
    training()
    result = run("-o", f"{SIZE}={given}")
    assert result.code == pytest.ExitCode.USAGE_ERROR
    assert (
        f"excolor_store_size is {given!r}: it must be the most that the store of trained ensembles may have, in MB or "
        "GB, for example '500 MB', or 0 for none"
    ) in result.errors
    assert result.outcomes == {}


def test_the_option_is_explained(pytester, run):
    assert "excolor_store_size (string):" in run("--help").text
