"""Threads, tiny numbers, and that nothing else of a process has to be set or kept from being loaded."""

import json
import subprocess
import sys

import pytest
import torch

from excolor.determinism import flushed_denormals


def fresh(program):
    """What the program prints, as JSON, in a process of its own."""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def imported():
    return fresh("""
import json, os, sys, warnings
before = dict(os.environ)
with warnings.catch_warnings(record=True) as heard:
    warnings.simplefilter("always")
    import numpy, torch
    from excolor import Experiment, ablate, median, sweep, train, typical_error
print(json.dumps({
    "set": sorted(set(os.environ.items()) - set(before.items())),
    "warnings": [str(w.message) for w in heard if "excolor" in w.filename],
    "modules": list(sys.modules),
    "threads": torch.get_num_threads(),
}))
""")


class TestImport:
    def test_takes_one_thread(self, imported):
        assert imported["threads"] == 1

    def test_sets_no_switch_of_a_library(self, imported):
        assert not [name for name, _ in imported["set"] if name.startswith(("MKL", "ATEN", "OPENBLAS", "NPY", "NUMBA"))]

    def test_may_come_after_the_libraries_it_uses(self, imported):
        assert imported["warnings"] == []

    def test_loads_nothing_to_draw_or_to_report_with(self, imported):
        assert "torch" in imported["modules"]
        assert not {"matplotlib", "jinja2", "pytest", "excolor.verdicts"} & set(imported["modules"])

    def test_loads_no_statistics_before_there_is_something_to_judge(self, imported):
        """They take as long to load as all the rest but torch, and a run collects before it judges."""
        assert "scipy.stats" not in imported["modules"]


class TestFlushedDenormals:
    TINY = 1e-30

    def product(self):
        return (torch.full((8,), self.TINY) * torch.full((8,), 1e-10)).tolist()

    def test_are_0_within_the_block_alone(self):
        assert self.product()[0] > 0
        with flushed_denormals():
            assert self.product() == [0] * 8
        assert self.product()[0] > 0

    def test_come_back_after_an_error(self):
        with pytest.raises(KeyError), flushed_denormals():
            raise KeyError
        assert self.product()[0] > 0
