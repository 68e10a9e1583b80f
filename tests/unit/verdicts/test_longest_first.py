"""Workers begin with the files that train most."""

import pytest

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
