"""The wheel and the source distribution have all that they should, and work where nothing else of the project is.

A default run does not collect this file, whose name does not begin with `test_`: it installs everything anew, from a
package index. It is asked for by

    pytest tests/packages/built_and_tried.py
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from packaging.metadata import Metadata

ROOT = Path(__file__).parents[2]
CLAIM = Path(__file__).with_name("claim.py")

OF_A_USED_CHECKOUT = (
    ".hypothesis/examples",
    "dist/excolor-0.0.0.tar.gz",
    "docs/_build/html/index.html",
    "docs/interface/colors.md",
    "excolor/numerics/__pycache__/kernels/dense.bin",
    "excolor/numerics/__pycache__/layers.cpython-311.pyc",
    "junit.xml",
    "tests/unit/__pycache__/programme.cpython-311.pyc",
)
"""Files as they lie in a checkout that was worked in, and that nobody should get."""

OF_EVERY_SOURCE_DISTRIBUTION = {"PKG-INFO", "setup.cfg"}
"""Written by setuptools, beside what it notes in `excolor.egg-info`."""


def run(*command, where):
    """What a command prints in a directory, where nothing tells it of this run; it must succeed."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=where,
        env={name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST_"))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def tracked():
    """The paths of the repository's files, new ones included."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", where=ROOT).split("\0")
    return {path for path in listed if (ROOT / path).is_file()}


@pytest.fixture(scope="session")
def checkout(tracked, tmp_path_factory):
    """A copy of the repository, so that building leaves nothing behind; it has been worked in."""
    copy = tmp_path_factory.mktemp("checkout")
    for path in (*tracked, *OF_A_USED_CHECKOUT):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
    for path in tracked:
        shutil.copy2(ROOT / path, copy / path)
    for path in OF_A_USED_CHECKOUT:
        (copy / path).write_text("of an earlier run", encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def packages(checkout, tmp_path_factory):
    """The source distribution, and the wheel that is made from it."""
    built = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "build", "--outdir", built, checkout, where=built)
    (source,), (wheel,) = built.glob("*.tar.gz"), built.glob("*.whl")
    return {"source distribution": source, "wheel": wheel}


def contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_source_distribution_is_the_repository(packages, tracked):
    """So that the wheel can be built from it, and every test be run in it."""
    with tarfile.open(packages["source distribution"]) as archive:
        names = {Path(*Path(file.name).parts[1:]).as_posix() for file in archive if file.isfile()}
    noted = {name for name in names if name.startswith("excolor.egg-info/")}
    assert names - noted == tracked | OF_EVERY_SOURCE_DISTRIBUTION


def test_the_wheel_is_the_package(packages, tracked):
    """Its modules and its data (dopesheets, styles, templates, schema, `py.typed`), and nothing else."""
    names = {name for name in contents(packages["wheel"]) if ".dist-info/" not in name}
    assert names == {path for path in tracked if path.startswith("excolor/")}


def test_the_wheel_is_the_same_without_a_source_distribution(packages, checkout, tmp_path):
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, checkout, where=tmp_path)
    (direct,) = tmp_path.glob("*.whl")
    assert contents(direct) == contents(packages["wheel"])


@pytest.fixture(scope="session")
def metadata(packages):
    (text,) = (text for name, text in contents(packages["wheel"]).items() if name.endswith(".dist-info/METADATA"))
    return text


def test_the_metadata_are_valid(metadata):
    """Every field is one of its version of the standard, and well formed."""
    told = Metadata.from_email(metadata, validate=True)
    assert (told.license_expression, told.license_files) == ("MIT", ["LICENSE"])
    assert told.description_content_type == "text/markdown"
    assert told.description.strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()


def test_invalid_metadata_are_refused(metadata):
    """The control."""
    with pytest.raises(ExceptionGroup, match="invalid or unparsed metadata"):
        Metadata.from_email(metadata.replace(b"License-Expression: MIT", b"License-Expression: free"), validate=True)


@pytest.fixture(scope="session")
def commands():
    """The directory of the commands of an environment that has nothing yet; what it will have takes a gigabyte."""
    with TemporaryDirectory(prefix="excolor-environment-") as place:
        run(sys.executable, "-m", "venv", place, where=place)
        yield Path(place, "bin")


@pytest.fixture(params=["wheel", "source distribution"])
def installed(request, commands, packages):
    """The directory of the commands of an environment with one of the packages, and what that asks for."""
    pip = (commands / "python", "-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "uninstall", "--yes", "excolor", where=commands)
    # Compiled is only what is imported, and only then: of torch and sympy that is a small part.
    constraints = ROOT / "constraints.txt"
    run(*pip, "install", "--no-compile", "-c", constraints, packages[request.param], where=commands)
    run(*pip, "check", where=commands)
    return commands


def test_a_project_elsewhere_judges_and_reports_a_claim(installed, tmp_path):
    (tmp_path / "hypotheses").mkdir()
    shutil.copy2(CLAIM, tmp_path / "hypotheses" / "test_claim.py")
    imported = run(installed / "python", "-c", "import excolor; print(excolor.__file__)", where=tmp_path)
    assert Path(imported).is_relative_to(installed.parent)

    printed = run(installed / "pytest", "--report", "report", where=tmp_path)
    assert "2 passed, 1 xfailed" in printed
    assert "PARTIALLY CONFIRMED 1/2" in printed

    assert "Tell what runs of hypotheses have found." in run(installed / "excolor", "--help", where=tmp_path)
    run(installed / "excolor", "report", "report/report.json", "--to", "drawn", where=tmp_path)
    for directory in ("report", "drawn"):
        page = (tmp_path / directory / "index.html").read_text(encoding="utf-8")
        assert "Red can be deleted from a model that reconstructs every color" in page
