"""Kernels that run as they are written, of the package itself."""

import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

import excolor
from excolor.compiling import UncompiledError, compiled

def run(code, root, **environment):
    paths = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code], env=os.environ | paths | environment, cwd=root, capture_output=True, text=True
    )


def test_needs_no_directory_to_keep_what_is_compiled(monkeypatch):
    """As of an installation, and a home, that can only be read."""
    monkeypatch.setattr("numba.core.caching.CompileResultCacheImpl._locator_classes", [])
    assert compiled(lambda x: x + 1)(2) == 3


class TestWithoutCompiling:
    """As numba is told to do by a setting of its own."""

    def test_no_kernel_can_be_made(self, monkeypatch):
        monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
        with pytest.raises(
            UncompiledError, match=r"^NUMBA_DISABLE_JIT=1: .* for example `NUMBA_DISABLE_JIT=0 pytest`$"
        ):
            compiled(lambda x: x)

    def test_the_package_says_so_at_once(self):
        result = run("import excolor", Path(excolor.__file__).parents[1], NUMBA_DISABLE_JIT="1")
        assert "UncompiledError: NUMBA_DISABLE_JIT=1: " in result.stderr.splitlines()[-1]
