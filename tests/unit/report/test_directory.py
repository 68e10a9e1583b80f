"""The directory of a report: two that are written into it at the same time do not mix."""

import threading
from dataclasses import replace

from excolor.report.directory import put
from excolor.report.run import Run, Shown
from excolor.report.stored import read

FILE = "tests/hypotheses/test_ex_2_9.py"
PICTURE = Shown("figures/a-light.png", 4, 3, "a", "", "figures/a-dark.png", FILE)


def drawn(content):
    return dict.fromkeys(PICTURE.places, content)


def test_of_two_runs_at_the_same_time_each_is_written_as_a_whole(hypothesis_of, early, late, tmp_path, monkeypatch):
    """The one that comes second waits for the first, and takes in what that has written."""
    import excolor.report.directory as room

    within, leave, drawing = {early.day: threading.Event(), late.day: threading.Event()}, threading.Event(), room._draw

    def slow(run, *others):
        within[run.latest.day].set()
        leave.wait(20)
        return drawing(run, *others)

    monkeypatch.setattr(room, "_draw", slow)
    runs = [
        Run.of(
            hypothesis_of((0.4, 0.6), file=file), origin, [replace(PICTURE, file=f"tests/hypotheses/test_{file}.py")]
        )
        for file, origin in (("ex_2_9", early), ("ex_2_10", late))
    ]
    first, second = (threading.Thread(target=put, args=(run, tmp_path, drawn(run.latest.day.encode()))) for run in runs)
    first.start()
    assert within[early.day].wait(20)
    second.start()
    assert not within[late.day].wait(1)
    assert (tmp_path / PICTURE.place).read_bytes() == early.day.encode()
    leave.set()
    for each in (first, second):
        each.join(20)
    assert [each.provenance for each in read(tmp_path / "report.json").hypotheses] == [early, late]
    assert (tmp_path / "index.html").read_text().count("<article") == 2


def test_a_run_whose_hypothesis_is_not_taken_leaves_the_pictures_alone(hypothesis_of, early, late, tmp_path):
    put(Run.of(hypothesis_of((0.4, 0.6), (0.4, 0.6)), early, [PICTURE]), tmp_path, drawn(b"whole"))
    whole, left_out = hypothesis_of((0.4, 0.6), None, left_out="left out on request")
    part = Run.of([replace(whole, left_out=""), left_out], late, [PICTURE])
    put(part, tmp_path, drawn(b"part"))
    assert [each.provenance for each in read(tmp_path / "report.json").hypotheses] == [early]
    assert (tmp_path / PICTURE.place).read_bytes() == b"whole"
