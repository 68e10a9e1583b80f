"""The command `excolor report`: pages of stored runs, drawn anew."""

import pytest

from excolor.report.command import main
from excolor.report.directory import draw
from excolor.report.run import Run, Shown
from excolor.report.stored import as_text

HELD, FAILED = (0.4, 0.6), (0.1, 0.2)


@pytest.fixture
def stored(tmp_path):
    """Store a run in a directory of its own; returns its file."""

    def stored(run, name):
        path = tmp_path / name / "report.json"
        path.parent.mkdir()
        path.write_text(as_text(run), encoding="utf-8")
        return path

    return stored


def test_a_page_is_drawn_beside_its_run(stored, whole, tmp_path, capsys):
    path = stored(whole, "one")
    assert main(["report", str(path)]) == 0
    assert capsys.readouterr().out == f"see {path.parent / 'index.html'}\n"
    draw(whole, tmp_path)
    for name in ("index.html", "report.md"):
        assert (path.parent / name).read_bytes() == (tmp_path / name).read_bytes()


def test_of_several_the_latest_is_drawn_against_the_one_before(stored, hypothesis_of, early, late, tmp_path, capsys):
    before, after = (
        stored(Run.of(hypothesis_of(HELD), early), "one"),
        stored(Run.of(hypothesis_of(FAILED), late), "two"),
    )
    assert main(["report", str(after), str(before), "--to", str(tmp_path / "three")]) == 0
    assert capsys.readouterr().out == f"see {tmp_path / 'three' / 'history.html'}\n"
    assert "confirmed → disconfirmed" in (tmp_path / "three" / "report.md").read_text()
    assert "The history of 2 runs" in (tmp_path / "three" / "history.html").read_text()


def test_a_run_can_be_held_against_another(stored, hypothesis_of, early, late):
    before, after = (
        stored(Run.of(hypothesis_of(HELD), early), "one"),
        stored(Run.of(hypothesis_of(FAILED), late), "two"),
    )
    assert main(["report", str(after), "--against", str(before)]) == 0
    assert "confirmed → disconfirmed" in (after.parent / "report.md").read_text()


def test_what_is_no_run_is_refused(tmp_path, capsys):
    assert main(["report", str(tmp_path / "none.json")]) == 2
    assert "excolor report: cannot read" in capsys.readouterr().err


def test_what_cannot_be_written_is_told(stored, whole, tmp_path, capsys, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("excolor.report.directory._write", full)
    assert main(["report", str(stored(whole, "one")), "--to", str(tmp_path / "two")]) == 2
    assert capsys.readouterr().err == "excolor report: could not be written: [Errno 28] No space left on device\n"


def test_pictures_of_what_was_trained_go_with_the_page(stored, hypothesis_of, early, tmp_path):
    file = "tests/hypotheses/test_ex_2_9.py"
    there, gone = (
        Shown(f"figures/{name}.png", 4, 3, name, "", f"figures/{name}-dark.png", file) for name in ("a", "b")
    )
    path = stored(Run.of(hypothesis_of(HELD), early, [there, gone]), "one")
    (path.parent / "figures").mkdir()
    for place in there.places:
        (path.parent / place).write_bytes(place.encode())
    for directory in (tmp_path / "two", path.parent):
        assert main(["report", str(path), "--to", str(directory)]) == 0
        assert [(directory / place).read_bytes() for place in there.places] == [each.encode() for each in there.places]
        page = (directory / "index.html").read_text()
        assert (there.place in page, gone.place in page) == (True, False)
