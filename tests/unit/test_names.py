"""The names of the package: what each is, and that none is loaded before it is asked for."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module

import pytest

import excolor

SLOW = ("torch", "numba", "scipy", "xarray", "matplotlib")


def loaded_by(program):
    """Which of the slow packages a process of its own has loaded after the program."""
    program += f"; import sys; print(*[name for name in {SLOW} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


class TestNames:
    @pytest.mark.parametrize("name", excolor.__all__)
    def test_each_is_what_its_home_has(self, name):
        home = f"excolor.{excolor.HOMES.get(name, '')}".rstrip(".")
        assert getattr(excolor, name) in (getattr(import_module(home), name), sys.modules.get(f"excolor.{name}"))

    def test_who_reads_types_finds_the_same_ones(self):
        (for_types,) = [node for node in ast.parse(inspect.getsource(excolor)).body if isinstance(node, ast.If)]
        declared = {alias.name: node.module for node in for_types.body for alias in node.names}
        assert declared == {name: f"excolor.{home}" for name, home in excolor.HOMES.items()} | {
            "experiments": "excolor"
        }
        assert sorted(declared) == excolor.__all__

    def test_another_is_refused_as_python_does(self):
        with pytest.raises(AttributeError, match="module 'excolor' has no attribute 'tarin'"):
            _ = excolor.tarin

    def test_are_listed(self):
        assert set(excolor.__all__) <= set(dir(excolor))


class TestNothingIsLoadedUnasked:
    @pytest.mark.parametrize("module", ["excolor", "excolor.verdicts", "excolor.report.plugin"])
    def test_by_the_package_or_the_plugin(self, module):
        assert loaded_by(f"import {module}") == []

    def test_by_a_run_that_has_no_hypothesis(self, tmp_path):
        (tmp_path / "test_other.py").write_text(
            f"import sys\ndef test_other(): assert not {set(SLOW)} & set(sys.modules)"
        )
        run = [sys.executable, "-m", "pytest", "-q", "--rootdir", tmp_path, tmp_path]
        assert "1 passed" in subprocess.run(run, cwd=tmp_path, capture_output=True, text=True).stdout

    def test_no_torch_by_what_the_hypotheses_share(self):
        """The main process of a run, which hands out tests alone, loads that before its workers start."""
        shared = (
            "from excolor import ablate; from excolor.edits import suppressed; from excolor.experiments import EX_2_9"
        )
        assert "torch" not in loaded_by(shared)

    def test_no_torch_by_how_much_is_kept(self, tmp_path):
        look = "from pathlib import Path; from excolor.keeping.folder import Folder"
        assert "torch" not in loaded_by(f"{look}; Folder(Path({str(tmp_path)!r})).bytes_kept()")

    def test_all_of_it_by_training(self):
        assert {"torch", "numba", "xarray"} <= set(loaded_by("from excolor import train"))
