"""Kernels that run as they are written, of the package itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest
from llvmlite.binding import FeatureMap

import excolor
from excolor.numerics import compiling
from excolor.numerics.cache_key import cache_key
from excolor.numerics.compiling import UncompiledError, compiled, inlined

FORWARD = """
import numpy as np, torch
from excolor.numerics.layers import Affine, TrainedStack, joined
layers = [Affine(torch.ones(1, 2, 2), torch.zeros(1, 2)), Affine(torch.ones(1, 1, 2), torch.zeros(1, 1))]
parameters = joined(layers)
stack = TrainedStack(parameters, torch.zeros_like(parameters), [2, 2, 1], 1)
print(stack.forward(np.full((1, 2, 1), 50, np.float32)).item())
"""


def run(code, root, **environment):
    paths = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code], env=os.environ | paths | environment, cwd=root, capture_output=True, text=True
    )


def test_layers_change_with_the_kernels_that_they_call_from_another_file(tmp_path):
    """What is a hundred twice the GELU leaves as it is, and the next layer adds up."""
    shutil.copytree(Path(excolor.__file__).parent, tmp_path / "excolor", ignore=shutil.ignore_patterns("__pycache__"))
    kernels = tmp_path / "excolor" / "numerics" / "elementwise.py"
    text = kernels.read_text()
    changed = text.replace("y[i] = v * below\n", "y[i] = v * below * 2\n")
    assert changed != text
    found = []
    for version in (text, changed):
        kernels.write_text(version)
        found.append(run(FORWARD, tmp_path).stdout.strip())
    assert found == ["200.0", "400.0"]


class TestInlined:
    """What a single kernel calls is compiled as a part of it."""

    @pytest.mark.parametrize(("what", "answer"), [(lambda x: x + 1, 8), (lambda x: x - 1, 4)])
    def test_is_not_compiled_by_itself(self, what, answer):
        inner = inlined(what)
        outer = compiled(lambda x: 2 * inner(x))
        assert outer(3) == answer
        assert (len(outer.signatures), len(inner.signatures)) == (1, 0)
        assert 2 * inner(3) == answer
        assert len(inner.signatures) == 1

    def test_changes_the_kernel_that_calls_it(self):
        def around(inner):
            return compiled(lambda x: 2 * inner(x))

        one, other = (cache_key(around(inlined(inner))) for inner in (lambda x: x + 1, lambda x: x - 1))
        assert one != other


class TestWideRegisters:
    """Bits with them and without are held together by tests/unit/test_dispatch.py."""

    @pytest.fixture(autouse=True)
    def nothing_set(self, monkeypatch):
        monkeypatch.setattr(numba.config, "CPU_NAME", None)
        monkeypatch.setattr(numba.config, "CPU_FEATURES", None)

    def on(self, monkeypatch, **features):
        monkeypatch.setattr(compiling.llvmlite.binding, "get_host_cpu_features", lambda: FeatureMap(features))
        before, used = numba.config.CPU_FEATURES, compiling.use_wide_registers()
        assert used == (before != numba.config.CPU_FEATURES)
        return numba.config.CPU_FEATURES

    def test_are_used_where_the_processor_has_them(self, monkeypatch):
        assert self.on(monkeypatch, avx2=True, avx512vbmi2=True) == "+avx2,+avx512vbmi2,-prefer-256-bit"

    @pytest.mark.parametrize("features", [{"avx2": True}, {"avx512f": True, "avx512vbmi2": False}])
    def test_are_left_alone_where_it_has_none_or_slow_ones(self, monkeypatch, features):
        assert self.on(monkeypatch, **features) is None

    def test_are_left_alone_where_the_processor_cannot_be_asked(self, monkeypatch):
        def fails():
            raise RuntimeError("failed to get host cpu features")

        monkeypatch.setattr(compiling.llvmlite.binding, "get_host_cpu_features", fails)
        assert not compiling.use_wide_registers()
        assert numba.config.CPU_FEATURES is None

    @pytest.mark.parametrize("setting", ["CPU_NAME", "CPU_FEATURES"])
    def test_a_setting_of_the_users_own_comes_first(self, monkeypatch, setting):
        monkeypatch.setattr(numba.config, setting, "")
        assert self.on(monkeypatch, avx512vbmi2=True) in (None, "")


class TestWithoutCompiling:
    """As numba is told to do by a setting of its own."""

    def test_no_kernel_can_be_made(self, monkeypatch):
        monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
        with pytest.raises(
            UncompiledError, match=r"^NUMBA_DISABLE_JIT=1: .* for example `NUMBA_DISABLE_JIT=0 pytest`$"
        ):
            compiled(lambda x: x)

    def test_the_package_says_so_at_once(self):
        result = run("from excolor import train", Path(excolor.__file__).parents[1], NUMBA_DISABLE_JIT="1")
        assert "UncompiledError: NUMBA_DISABLE_JIT=1: " in result.stderr.splitlines()[-1]
