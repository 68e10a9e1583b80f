"""Workers begin with the files that train most, and not at once with two that train the same."""

from types import ModuleType

import pytest

from excolor.experiments import EX_1_8, EX_2_2, EX_2_3, EX_2_10
from excolor.verdicts.longest_first import Training, in_order, named

BODY = '''
"""Experiment {name}."""

from excolor import Estimate
from excolor.experiments import EX_2_2, EX_2_10

SEEDS = {seeds}
CONDITIONS = {conditions}


class TestHalf:
    """H1: it is half."""

    def test_half(self):
        """It is more than nothing."""
        assert Estimate(0.5, 0.4, 0.6, 32) > 0
'''
FILES = {
    "test_a": (8, "(EX_2_10,)"),
    "test_b": (96, "{'one': [EX_2_10, EX_2_10.without('reg-unit')]}"),
    "test_c": (8, "()"),
    "test_d": (96, "(EX_2_10,)"),
}
"""The second names 2.10 twice, which counts once; what all of them import counts too."""


@pytest.fixture
def ran(pytester):
    """A function: the files of a run in the order in which their tests ran."""
    folder = pytester.mkdir("hypotheses")
    for name, (seeds, conditions) in FILES.items():
        body = BODY.format(name=name, seeds=seeds, conditions=conditions)
        folder.joinpath(f"{name}.py").write_text(body, encoding="utf-8")
    pytester.path.joinpath("test_other.py").write_text("def test_other():\n    pass\n", encoding="utf-8")

    def ran(*options):
        result = pytester.runpytest("-v", "-p", "no:cacheprovider", *options)
        passed = [line for line in result.outlines if "PASSED" in line]
        return [name for line in passed for name in (*FILES, "test_other") if f"{name}.py" in line]

    return ran


def test_in_a_worker_the_longest_are_first(ran):
    assert ran("-n1") == ["test_b", "test_d", "test_a", "test_c", "test_other"]


def test_in_one_process_files_keep_their_order(ran):
    assert ran("-n0") == ["test_a", "test_b", "test_c", "test_d", "test_other"]


class TestFilesThatShare:
    """Of two files the second finds what the first has trained, if it does not begin with it."""

    MOST = Training(frozenset([EX_2_2, EX_2_10]), frozenset(range(96)))
    OTHER = Training(frozenset([EX_2_3]), frozenset(range(32)))

    @pytest.mark.parametrize(
        ("experiment", "seeds", "shares"),
        [
            (EX_2_10, range(64), True),
            (EX_2_10, range(95, 159), True),
            (EX_2_10, range(96, 160), False),
            (EX_2_10.replace(name="a name of its own"), range(64), True),
            (EX_2_10.without("reg-unit"), range(64), False),
        ],
    )
    def test_do_not_begin_at_the_same_time(self, experiment, seeds, shares):
        training = {"most": self.MOST, "less": Training(frozenset([experiment]), frozenset(seeds)), "least": self.OTHER}
        assert in_order(training, 1) == ["most", "less", "least"]
        assert in_order(training, 2) == (["most", "least", "less"] if shares else ["most", "less", "least"])

    @pytest.mark.parametrize("workers", [2, 3, 8])
    def test_do_where_there_is_no_other(self, workers):
        training = {"most": self.MOST, "less": self.MOST._replace(experiments=frozenset([EX_2_10]))}
        assert in_order(training, workers) == ["most", "less"]

    def test_are_apart_by_as_many_as_there_are_other_workers(self):
        others = {str(i): self.OTHER._replace(seeds=frozenset([i])) for i in range(3)}
        training = {"most": self.MOST, "less": self.MOST._replace(experiments=frozenset([EX_2_10])), **others}
        assert in_order(training, 3) == ["most", "0", "1", "less", "2"]


def test_of_a_published_mapping_counts_what_a_file_picks():
    file = ModuleType("file")
    file.EX_1_8, file.WEIGHTS = EX_1_8, {"one": EX_2_10}
    file.EXPERIMENT = EX_1_8[frozenset()]
    assert named(file) == {EX_1_8[frozenset()], EX_2_10}
