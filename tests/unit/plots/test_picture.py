"""Pictures of any kind: their styles, their files, their letters, and what they leave alone."""

import json
import re
import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.legend import Legend
from matplotlib.text import Text
from PIL import Image

from excolor.colors import hsv_cube, hues, rgb_cube
from excolor.judging.estimates import Estimate
from excolor.judging.predictions import Prediction
from excolor.measures.errors import reconstruction_error
from excolor.measures.evaluation import latents, reconstruct
from excolor.plots import (
    PlotError,
    Standing,
    all_hypotheses,
    color_slices,
    dose_response,
    error_curves,
    error_curves_compared,
    error_vs_similarity,
    hide_text,
    latent_spheres,
    loss_history,
    predictions,
    published_against_ours,
    schedule,
)
from excolor.plots.picture import draw
from excolor.schedule.dopesheet import Dopesheet

SHEET = Dopesheet.parse("STEP,PHASE,lr,reg-a,reg-b\n0,one,0.1,0.2,0\n10,two,,,0.4\n20,,0.01,0,0\n")
SMALL = hsv_cube(hues(4), [0, 1], [0.5, 1])
CHANNELS = rgb_cube([0, 1], [0, 1], [0, 1])


def history(seeds=3):
    steps = np.arange(1, 21)
    losses = np.stack([1 / steps, np.where(steps > 5, 0.1, np.nan)])[:, None, :] * np.ones((2, seeds, 1))
    return xr.DataArray(losses, dims=("term", "seed", "step"), coords={"term": ["reconstruction", "reg-a"]})


FIGURES = {
    "color_slices": lambda models, **kw: color_slices(SMALL, reconstruct(models, SMALL["color"].values), **kw),
    "error_curves": lambda models, **kw: error_curves(reconstruction_error(models, SMALL), **kw),
    "latent_spheres": lambda models, **kw: latent_spheres(
        latents(models, CHANNELS["color"].values)[0],
        CHANNELS["color"].values,
        reconstruct(models, CHANNELS["color"].values)[0],
        zone=((1, 0, 0, 0), 30),
        **kw,
    ),
    "schedule": lambda models, **kw: schedule(SHEET, **kw),
    "loss_history": lambda models, **kw: loss_history(history(), **kw),
    "error_vs_similarity": lambda models, **kw: error_vs_similarity(
        reconstruction_error(models, CHANNELS), CHANNELS, **kw
    ),
    "predictions": lambda models, **kw: predictions(
        [
            Prediction("red is lost", Estimate(0.3, 0.2, 0.4, 3, samples=(0.1, 0.3, 0.5)) > 0.1),
            Prediction("W" * 90 + " is lost", Estimate(0.3, 0.2, 0.4, 3, kind="ratio") > 0.1, published=0.3),
            Prediction("all else stays", error="ValueError: lost"),
        ],
        **kw,
    ),
    "dose_response": lambda models, **kw: dose_response(
        {"red is lost": {dose: Prediction("", Estimate(0.3, 0.2, 0.4, 32) > 0.1) for dose in (1, 2, 30)}},
        over="labels",
        **kw,
    ),
    "error_curves_compared": lambda models, **kw: error_curves_compared(
        {name: factor * reconstruction_error(models, SMALL) for name, factor in (("2.9", 1), ("2.10", 2))}, **kw
    ),
    "published_against_ours": lambda models, **kw: published_against_ours(
        [Prediction("red is lost", Estimate(0.3, 0.2, 0.4, 32) > 0.1, published=0.36)], **kw
    ),
    "all_hypotheses": lambda models, **kw: all_hypotheses(
        [Standing("2.10", "only red", "confirmed", [Prediction("red is lost", Estimate(0.3, 0.2, 0.4, 32) > 0.1)])],
        **kw,
    ),
}
any_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


def pixels(picture):
    """What a figure looks like, at a resolution that is soon drawn."""
    picture.figure.set_dpi(50)
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].copy()


@pytest.fixture(scope="module", params=list(FIGURES.values()), ids=list(FIGURES))
def pictures(request, gray_ensemble):
    """A figure in both styles, with a title of its own."""
    return [request.param(gray_ensemble, title="Mine", style=style) for style in ("light", "dark")]


def test_data_is_plain_json(pictures):
    data = pictures[0].data
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_a_style_changes_the_colors_and_nothing_that_is_said(pictures):
    light, dark = pictures
    assert (light.alt, light.data) == (dark.alt, dark.data)
    assert to_hex(light.figure.get_facecolor()) == "#ffffff"
    assert to_hex(dark.figure.get_facecolor()) == "#16181d"
    assert {to_hex(text.get_color()) for text in light.figure.findobj(Text)} == {"#1a1a1a"}
    assert {to_hex(text.get_color()) for text in dark.figure.findobj(Text)} == {"#ededed"}


def test_a_picture_in_another_style_is_as_drawn_in_it_of_the_same_numbers(pictures):
    light, dark = pictures
    redrawn = light.in_style("dark")
    assert (redrawn.data, redrawn.alt) == (light.data, light.alt)
    assert redrawn.data is light.data
    assert np.array_equal(pixels(redrawn), pixels(dark))
    assert light.in_style("light") is light


def test_a_title_of_ones_own_stands_on_it_and_begins_the_alt_text(pictures):
    picture, _ = pictures
    assert picture.figure.get_suptitle() == picture.data["title"] == "Mine"
    assert picture.alt.startswith("Mine")


@any_figure
def test_a_title_of_many_lines_pushes_no_label_off_the_picture(figure, gray_ensemble):
    picture = figure(gray_ensemble, title="reg-anchor " * 23)
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    assert picture.figure.get_suptitle().count("\n") > 0  # two above the spheres, where it was off
    for axes in picture.figure.axes:
        assert axes.xaxis.label.get_window_extent(canvas.get_renderer()).y0 >= 0


@any_figure
def test_nothing_runs_off_the_page(figure, gray_ensemble):
    """Labels were clipped at the left."""
    shown = figure(gray_ensemble, title="2.10, seeds 7729000 to 7729095, after deletion of dimension 0").figure
    shown.draw_without_rendering()
    drawn, page = shown.get_tightbbox(), shown.get_size_inches()
    assert min(drawn.x0, drawn.y0) >= -0.01
    assert drawn.x1 <= page[0] + 0.01
    assert drawn.y1 <= page[1] + 0.01


def test_every_column_of_panels_says_what_it_goes_along(pictures):
    panels = pictures[0].figure.axes
    for axes in panels:
        left = axes.get_position().x0
        below = [other for other in panels if other.get_position().x0 == pytest.approx(left)]
        assert not axes.axison or any(other.get_xlabel() for other in below)


@any_figure
def test_a_new_style_is_refused(figure, gray_ensemble):
    with pytest.raises(PlotError, match=re.escape("no style is named 'sepia': the styles are 'light' and 'dark'")):
        figure(gray_ensemble, style="sepia")


@any_figure
def test_hidden_text_leaves_a_picture_that_no_letter_moves(figure, gray_ensemble):
    picture, retitled = figure(gray_ensemble), figure(gray_ensemble, title="M\nW\nI")
    for text in retitled.figure.findobj(Text):
        text.set_fontsize(30)
    for each in (picture, retitled):
        hide_text(each.figure)
    shown = pixels(picture)
    assert np.array_equal(shown, pixels(retitled))
    assert not any(legend.get_visible() for legend in picture.figure.findobj(Legend))
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 5, "the drawing is still there"


@any_figure
def test_dollars_are_no_mathematics(figure, gray_ensemble):
    """Nor an error, where what stands between them is none."""
    title = r"from $10 to $20^{, \\alpha"
    shown = figure(gray_ensemble, title=title).figure
    shown.draw_without_rendering()
    assert shown.get_suptitle() == title
    assert not any(text.get_parse_math() for text in shown.findobj(Text))


@pytest.mark.parametrize(
    "name", ["赤を消す", "删除红色", "붉은색", "\U0001f534 red", "tab\tbed", "Grün, Ωμέγα, красный"]
)
def test_a_name_in_any_letters_is_drawn_and_told(name):
    """A letter that no font has is a box; pytest makes the warning of one that is missing an error."""
    picture = predictions([Prediction(name, Estimate(0.3, 0.2, 0.4, 3) > 0.1)], title=name)
    picture.figure.draw_without_rendering()
    assert picture.data["title"] == name
    assert picture.alt.startswith(name)
    drawn = picture.figure.axes[0].texts[0].get_text()
    assert len(drawn) == len(name)
    assert drawn == name or "□" in drawn


def test_figures_leave_matplotlibs_settings_alone(gray_ensemble, tmp_path):
    with mpl.rc_context({"axes.facecolor": "pink", "font.size": 31}):
        before = dict(mpl.rcParams)
        FIGURES["schedule"](gray_ensemble, style="dark").save(tmp_path / "a.png")
        assert dict(mpl.rcParams) == before


def test_the_readers_settings_do_not_reach_a_figure(tmp_path):
    schedule(SHEET).save(tmp_path / "plain.png")
    with mpl.rc_context({"axes.facecolor": "pink", "font.size": 31, "savefig.dpi": 20, "savefig.transparent": True}):
        schedule(SHEET).save(tmp_path / "own.png")
    assert (tmp_path / "own.png").read_bytes() == (tmp_path / "plain.png").read_bytes()


def test_neither_pyplot_nor_without_need_matplotlib_is_imported(tmp_path):
    code = f"""
import sys, excolor
assert "matplotlib" not in sys.modules, "by import excolor"
from excolor.plots import schedule
schedule(excolor.experiments.EX_2_10.dopesheet, style="dark").save({str(tmp_path / "a.png")!r})
assert "matplotlib.pyplot" not in sys.modules, "by a figure"
"""
    subprocess.run([sys.executable, "-c", code], check=True)


class TestSaved:
    @pytest.mark.parametrize("alt", ["R² is 0.9 at 30°", "0 ≤ error < ⅓: 赤", "plain"])
    def test_the_alt_text_is_the_files_description(self, tmp_path, alt):
        draw({"title": ""}, alt, lambda figure, data: None, "light").save(tmp_path / "a.png")
        with Image.open(tmp_path / "a.png") as image:
            assert image.text == {"Description": alt}

    def test_a_picture_made_again_has_the_same_bytes(self, tmp_path):
        for name in ("a.png", "b.png"):
            color_slices(SMALL, style="dark").save(tmp_path / name)
        assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()

    def test_another_kind_of_file_is_refused(self, tmp_path):
        picture = draw({"title": ""}, "", lambda figure, data: None, "light")
        with pytest.raises(PlotError, match=re.escape("a picture is a PNG file, for example 'curves.png'")):
            picture.save(tmp_path / "a.jpg")
