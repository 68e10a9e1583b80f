"""The commit of a run, and whether its tree was clean."""

import subprocess

import pytest

from excolor.report.provenance import of_this_run


@pytest.fixture
def repository(pytester):
    def git(*words):
        subprocess.run(["git", *words], cwd=pytester.path, check=True, capture_output=True)

    pytester.makeini("[pytest]")  # or a project around this one would be the root
    git("init")
    (pytester.path / "a.txt").write_text("a")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-m", "one")
    return pytester


def origin(pytester, *args):
    return of_this_run(pytester.parseconfig(*args), pytester.path / "report")


def test_a_commit_whose_files_are_as_committed(repository):
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository.path, capture_output=True, text=True).stdout
    told = origin(repository)
    assert (told.commit, told.clean) == (head.strip(), True)


def test_a_changed_file_is_told(repository):
    (repository.path / "a.txt").write_text("b")
    assert origin(repository).clean is False


def test_a_new_file_is_told_unless_it_is_of_the_report(repository):
    (repository.path / "report").mkdir()
    (repository.path / "report" / "index.html").write_text("an earlier one")
    assert origin(repository).clean is True
    (repository.path / "test_new.py").write_text("")
    assert origin(repository).clean is False


def test_there_may_be_no_repository(pytester):
    told = origin(pytester)
    assert (told.commit, told.clean) == ("", None)


@pytest.mark.parametrize(
    ("project", "is_this_one"),
    [
        ('[project]\nname = "excolor"\n', True),
        ('[project]\nname = "claims"\n', False),
        ("", False),
        ("[project", False),
    ],
)
def test_this_project_is_known_by_its_name(pytester, project, is_this_one):
    pytester.makepyprojecttoml("[tool.pytest]\n")
    config = pytester.parseconfig()
    pytester.makepyprojecttoml(project)
    assert of_this_run(config, pytester.path / "report").of_this_programme is is_this_one


def test_a_project_may_have_no_such_file(repository):
    assert origin(repository).of_this_programme is False


def test_there_may_be_no_git(pytester, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert origin(pytester).commit == ""


def test_the_command_can_be_typed_again(pytester):
    told = origin(pytester, "-k", "dark or gray", "--seeds", "8")
    assert told.command.startswith("pytest -k 'dark or gray' --seeds 8")
    assert told.replication == "--seeds 8"
