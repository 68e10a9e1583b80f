"""The pins of the numerics: set on import, before torch, and heard of where that is too late."""

import json
import os
import subprocess
import sys

import pytest

from excolor.determinism import PINS, UnpinnedNumericsWarning, flushed_denormals, pin

import torch  # isort: skip  (after excolor, which pins its numerics)


SWITCHES = {name: value for switches in PINS.values() for name, value in switches.items()}


def fresh(program):
    """What the program prints, as JSON, in a process that knows nothing of the pins."""
    environment = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def imported():
    return fresh("""
import json, os, sys, warnings
with warnings.catch_warnings(record=True) as heard:
    warnings.simplefilter("always")
    import excolor
import numpy, torch
print(json.dumps({
    "environment": dict(os.environ),
    "warnings": [w.category.__name__ for w in heard],
    "modules": list(sys.modules),
    "threads": torch.get_num_threads(),
    "capability": torch.backends.cpu.get_cpu_capability(),
}))
""")


class TestImport:
    def test_sets_every_pin(self, imported):
        assert imported["environment"].items() >= SWITCHES.items()

    def test_takes_one_thread(self, imported):
        assert imported["threads"] == 1

    def test_is_silent(self, imported):
        assert "UnpinnedNumericsWarning" not in imported["warnings"]

    def test_is_heeded_by_torch(self, imported):
        """At most AVX2, whatever this processor has beyond."""
        assert "AVX512" not in imported["capability"]

    def test_loads_nothing_to_draw_or_to_report_with(self, imported):
        assert "torch" in imported["modules"]
        assert not {"matplotlib", "jinja2", "pytest", "excolor.verdicts"} & set(imported["modules"])

    def test_loads_no_statistics_before_there_is_something_to_judge(self, imported):
        """They take as long to load as all the rest but torch, and a run collects before it judges."""
        assert "scipy.stats" not in imported["modules"]


class TestTooLate:
    @pytest.mark.parametrize("package", ["numpy", "torch"])
    def test_warns_of_what_can_no_longer_be_set(self, package):
        heard = fresh(f"""
import json, warnings
import {package}
with warnings.catch_warnings(record=True) as heard:
    warnings.simplefilter("always")
    import excolor
print(json.dumps([[w.category.__name__, str(w.message)] for w in heard]))
""")
        switches = {
            "numpy": "OPENBLAS_CORETYPE, OPENBLAS_NUM_THREADS",
            "torch": "ATEN_CPU_CAPABILITY, MKL_CBWR",
        }
        assert [
            "UnpinnedNumericsWarning",
            f"{package} was imported before excolor, so {switches[package]} can no longer be set and the bits of "
            "trained weights may differ from machine to machine; import excolor first",
        ] in heard

    def test_names_only_what_differs(self, monkeypatch):
        monkeypatch.setenv("MKL_CBWR", "AVX512")
        with pytest.warns(UnpinnedNumericsWarning, match=r"so MKL_CBWR can no longer be set"):
            pin()

    def test_is_silent_if_all_were_set(self):
        """As in a worker that inherits them; a warning would be an error here."""
        pin()


class TestThisProcess:
    def test_is_pinned(self):
        assert os.environ.items() >= SWITCHES.items()
        assert torch.get_num_threads() == 1


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
