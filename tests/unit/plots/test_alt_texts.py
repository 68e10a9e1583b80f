"""Alternative texts of every kind of figure, of what is ordinary, empty, constant or far too much."""

import numpy as np
import pytest
import xarray as xr

from excolor import experiments
from excolor.colors import coarse_cube, hsv_cube, hues, rgb_cube
from excolor.conditions.experiment import Experiment
from excolor.judging.estimates import Estimate
from excolor.judging.predictions import Prediction
from excolor.plots import (
    Standing,
    all_hypotheses,
    color_slices,
    dose_response,
    error_curves,
    error_curves_compared,
    error_vs_similarity,
    latent_spheres,
    latents_in_training,
    loss_history,
    predictions,
    published_against_ours,
    schedule,
)
from excolor.plots.latent_spheres import VIEWS
from tests.unit.alt_texts import faults

CURVES = hsv_cube(hues(12), [0, 0.5, 1], [0, 0.5, 1])
CHANNELS = rgb_cube(*[[0, 0.5, 1]] * 3)
RNG = np.random.Generator(np.random.PCG64(16))
TITLES = ("2.10, seeds 0 to 31, after deletion of dimension 0", "without reg-anchor" + " and reg-anchor" * 50)


def over(cube, values):
    axes = [axis for axis in cube["color"].dims if axis != "channel"]
    sizes = [cube.sizes[axis] for axis in axes]
    coords = {axis: cube[axis] for axis in axes}
    return xr.DataArray(values * np.ones((3, *sizes)), dims=("seed", *axes), coords=coords)


def errors_of(cube):
    """None, a small and a large one of all, of one color, of white alone, of every color another."""
    some = over(cube, 0) + RNG.random([cube.sizes[axis] for axis in cube["color"].dims[:-1]])
    white = over(cube, 0) + (cube["color"].min("channel") == 1)
    one = over(cube, 0)
    one[:, 2, 1, 1] = 0.3
    return [over(cube, 0.0), over(cube, 1e-9), over(cube, 0.25), some, some * 1e-6, white, one, 1 - one]


def claims(many):
    return [
        Prediction(
            f"claim {i}: {'after deletion the typical color is spared, ' * (i % 4)}dark green",
            None if i % 7 == 3 else Estimate(x, x / 2, 2 * x, 32, kind=("error", "ratio", "R²")[i % 3]) < 0.5,
            f"H{i // 9}",
            error="lost" if i % 7 == 3 else "",
            published=float(x) if i % 2 else None,
        )
        for i, x in enumerate(RNG.lognormal(-1, 2, many))
    ]


def latents_of(width, length):
    rgb = coarse_cube()["color"].values
    z = RNG.normal(size=(*rgb.shape[:-1], width))
    z = length * z / np.linalg.norm(z, axis=-1, keepdims=True)
    z[..., 0] = 0
    return z, rgb, np.full_like(rgb, 0.5)


def every_text(title):
    yield from (error_curves(error, title=title) for error in errors_of(CURVES))
    yield error_curves(errors_of(CURVES)[3].isel(seed=[0]), title=title)
    for error in errors_of(CURVES):
        yield error_curves_compared({"with unitarity": error, "without": 2 * error}, title=title)
    yield from (error_vs_similarity(error, CHANNELS, title=title) for error in errors_of(CHANNELS))
    yield color_slices(coarse_cube(), title=title)
    yield color_slices(coarse_cube(), RNG.random((3, *coarse_cube()["color"].shape)), title=title)
    for width, length in ((2, 1), (3, 5), (4, 1), (5, 1)):
        yield latent_spheres(*latents_of(width, length), title=title)
    z, rgb, answer = latents_of(5, 1)
    yield latents_in_training([z, -z], rgb, [answer, rgb], [1, 50], views=VIEWS[5][:3], title=title)
    for experiment in vars(experiments).values():
        if isinstance(experiment, Experiment):
            yield schedule(experiment.dopesheet, title=title)
    for losses in (
        np.zeros((12, 3, 40)),
        RNG.lognormal(0, 3, (12, 1, 900)),
        np.full((2, 2, 2), np.nan),
        np.ones((1, 1, 1)),
    ):
        names = [f"reg-{place}" for place in range(len(losses))]
        yield loss_history(xr.DataArray(losses, dims=("term", "seed", "step"), coords={"term": names}), title=title)
    for many in (1, 2, 60):
        given = claims(many)
        yield predictions(given, title=title)
        yield all_hypotheses(
            [Standing("2.10 Delete", f"{title} {i}", "disconfirmed", given) for i in range(many)], title=title
        )
        told = {float(place): each for place, each in enumerate(given) if each.comparison is not None}
        if len(told) > 2:
            yield dose_response({each.statement: told for each in given[:4]}, over="labels", title=title)
        if many > 1:
            yield published_against_ours(given, title=title)


@pytest.mark.parametrize("title", TITLES, ids=["short", "long"])
def test_no_text_says_nonsense_or_goes_on_for_too_long(title):
    texts = [picture.alt for picture in every_text(title)]
    assert {text: faults(text) for text in texts if faults(text)} == {}
    assert len(texts) > 50


@pytest.mark.parametrize(
    "alt",
    [
        "dimension 0 from 0 at black to 0 at black.",
        "reg-a goes from 249 to 249.",
        "every line is below 0.001 nowhere.",
        "it peaks at saturation 0 on the line of red.",
        "below 0.001 from 120° (green) to 120° (green).",
        "1 predictions.",
        "Not confirmed: .",
        "the error is nan.",
        "no end",
        "word " * 200 + ".",
    ],
)
def test_what_is_nonsense_is_found(alt):
    assert faults(alt)


def test_what_is_sense_is_not():
    assert not faults("Dimension 0 goes from 0 at black to 0.5 at white; from 1 to 12 of 21 seeds, from -1 to 1.")
