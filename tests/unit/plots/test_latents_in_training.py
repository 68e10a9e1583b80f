"""Latents that move over the steps of a training."""

import re

import numpy as np
import pytest
from PIL import Image

from excolor.plots import PlotError, latents_in_training

COLORS = np.eye(3)[:2]
TURNS = np.radians([[0, 90], [45, 90], [90, 180]])
LATENTS = [np.column_stack([np.cos(turns), np.sin(turns)]) for turns in TURNS]
ANSWERS = [np.full((2, 3), 0.5), np.full((2, 3), 0.5), COLORS]


def movie(**options):
    return latents_in_training(LATENTS, COLORS, ANSWERS, [1, 50, 500], **options)


def test_every_frame_has_the_discs_where_the_latents_of_its_step_are():
    for place in range(3):
        figure = movie().frame(place)
        discs = figure.axes[0].collections[1]
        np.testing.assert_allclose(discs.get_offsets(), LATENTS[place][:, ::-1])
        np.testing.assert_allclose(discs.get_edgecolors()[:, :3], ANSWERS[place])
        assert figure.get_suptitle() == f"Latents in training\nafter step {[1, 50, 500][place]} of 500"


def test_no_frame_has_an_axis_of_its_own():
    longer = latents_in_training([LATENTS[0], 3 * LATENTS[1]], COLORS, ANSWERS[:2], [1, 2])
    limits = [longer.frame(place).axes[0].get_xlim() for place in (0, 1)]
    assert limits[0] == limits[1]
    assert limits[0][1] > 3


@pytest.mark.parametrize("suffix", ["png", "gif"])
@pytest.mark.parametrize("style", ["light", "dark"])
def test_a_file_moves_in_as_many_frames_as_steps_and_carries_the_alt_text(tmp_path, suffix, style):
    shown = movie(title="赤 $").in_style(style)
    paths = [tmp_path / f"{name}.{suffix}" for name in "ab"]
    for path in paths:
        shown.save(path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with Image.open(paths[0]) as image:
        assert image.n_frames == 3
        told = image.info.get("Description") or image.info["comment"].decode()
        frames = []
        for place in range(3):
            image.seek(place)
            frames.append(np.asarray(image.convert("RGB"), int))
    assert told == shown.alt
    assert all((frames[place] != frames[place + 1]).any() for place in (0, 1))
    page = (255, 255, 255) if style == "light" else (0x16, 0x18, 0x1D)
    assert all(np.abs(frame[0, 0] - page).max() <= 4 for frame in frames)


def test_alt_text_tells_how_far_latents_move_and_what_becomes_of_the_error():
    assert movie(title="1.2").alt == (
        "1.2: moving picture of the latents of 2 colors, from step 1 to 500 in 3 frames. They move by 1.41 in the "
        "median, red the farthest, by 1.41; the typical error goes from 0.25 to 0. "
        "At the end dimension 0 is largest at red, 6.12e-17; dimension 1 is largest at red, 1."
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((LATENTS, ANSWERS, [1, 2]), "lists, of one for each of two steps or more, for example of the steps [1, 500]"),
        ((LATENTS[:1], ANSWERS[:1], [1]), "lists, of one for each of two steps or more"),
        ((LATENTS, ANSWERS, [1, 3, 2]), "the steps [1, 3, 2]: they must be ascending whole numbers, for example [1, "),
        ((LATENTS, ANSWERS, [1, 2, 2.5]), "they must be ascending whole numbers"),
        (([LATENTS[0], np.eye(3)[:2]], ANSWERS[:2], [1, 2]), "the latents of different steps have different widths"),
    ],
)
def test_what_is_no_training_is_refused(given, message):
    latents, answers, steps = given
    with pytest.raises(PlotError, match=re.escape(message)):
        latents_in_training(latents, COLORS, answers, steps)


def test_another_kind_of_file_or_style_is_refused(tmp_path):
    with pytest.raises(PlotError, match=r"a movie is a PNG or a GIF file, for example 'training\.png'"):
        movie().save(tmp_path / "a.mp4")
    with pytest.raises(PlotError, match="no style is named 'sepia'"):
        movie().in_style("sepia")
