"""One picture of each kind, of the stored models and small cubes, and how it is kept."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import matplotlib.style
import numpy as np
from data_extension import DIGITS

from excolor import Dopesheet, ablate, error_of, hsv_cube, latents, reconstruct, reconstruction_error, rgb_cube
from excolor.colors import hues
from excolor.ensemble import Ensemble
from excolor.judging.estimates import Estimate
from excolor.judging.predictions import Prediction
from excolor.plots import (
    Picture,
    Standing,
    Zone,
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

DPI = 50
CURVES = hsv_cube(np.linspace(-1 / 12, 13 / 12, 29), np.linspace(0, 1, 6), np.linspace(0, 1, 6))
SLICES = hsv_cube(hues(12), [0, 0.5, 1], [0.25, 0.5, 0.75, 1])
CHANNELS = rgb_cube(*[np.linspace(0, 1, 4)] * 3)
SHEET = Dopesheet.parse("""STEP,PHASE,ACTION,lr,reg-unit,reg-anchor
0,Draw,,1e-8,0.01,0.02
2,,,0.01,,
30,,save,,0.05,0
60,Settle,,0.1,,0.03
90,,,,0.01,
100,,,0.02,,0
""")

Draw = Callable[..., Picture]


def _color_slices(models: Ensemble, **style: Any) -> Picture:
    return color_slices(SLICES, reconstruct(ablate(models, 0), SLICES["color"].values), **style)


def _error_curves(models: Ensemble, **style: Any) -> Picture:
    return error_curves(
        reconstruction_error(ablate(models, 0), CURVES), values=(0.4, 1), hues=(0, 1 / 3, 2 / 3), **style
    )


def _error_curves_compared(models: Ensemble, **style: Any) -> Picture:
    errors = {name: reconstruction_error(each, CURVES) for name, each in (("2.9", models), ("2.10", ablate(models, 0)))}
    return error_curves_compared(errors, **style)


def _dose_response(models: Ensemble, **style: Any) -> Picture:
    """Red gets worse as the steps go on, in one, and better in another; the intervals are invented."""
    values = (0.001, 0.1, 0.3, 0.6)
    worse, better = (
        {
            float(10**place): Prediction("", Estimate(value, value / 2, 2 * value, 32, kind=kind) < 0.25)
            for place, value in enumerate(course)
        }
        for kind, course in (("error", values), ("ratio", values[::-1]))
    )
    courses = {"red stays": worse, "red comes back": better, "so it does again": better}
    return dose_response(courses, over="steps", **style)


def _latent_spheres(models: Ensemble, **style: Any) -> Picture:
    rgb = CHANNELS["color"].values
    return latent_spheres(
        latents(models, rgb)[0],
        rgb,
        reconstruct(ablate(models, 0), rgb)[0],
        views=((1, 0, 2), (3, 2, 4)),
        zone=Zone((1, 0, 0, 0, 0), 60),
        **style,
    )


def _loss_history(models: Ensemble, **style: Any) -> Picture:
    return loss_history(models.history, **style)


def _error_vs_similarity(models: Ensemble, **style: Any) -> Picture:
    return error_vs_similarity(reconstruction_error(ablate(models, 0), CHANNELS), CHANNELS, **style)


def _schedule(models: Ensemble, **style: Any) -> Picture:
    return schedule(SHEET, **style)


def _predictions(models: Ensemble, **style: Any) -> Picture:
    return predictions(_of_every_verdict(models), **style)


def _published_against_ours(models: Ensemble, **style: Any) -> Picture:
    return published_against_ours(_of_every_verdict(models), **style)


def _all_hypotheses(models: Ensemble, **style: Any) -> Picture:
    first, second = ([each for each in _of_every_verdict(models) if each.hypothesis == name] for name in ("H1", "H2"))
    return all_hypotheses(
        [
            Standing("2.9 With one more dimension", "H1: red alone is lost", "partially confirmed", first, "confirmed"),
            Standing("2.9 With one more dimension", "H2: grays are spared", "error", second),
            Standing("2.10 Delete only red", "H3: nothing has run", "not judged", []),
            Standing("2.10 Delete only red", "H4: lime is lost", "disconfirmed", first[1:]),
        ],
        **style,
    )


def _of_every_verdict(models: Ensemble) -> list[Prediction]:
    """Of every verdict a prediction; the intervals are invented, since those of four seeds are infinite."""
    deleted = ablate(models, 0)
    red, lime, gray = (tuple(error_of(deleted, color).values) for color in ("red", "lime", "gray"))
    return [
        Prediction("red is lost", Estimate(0.3, 0.2, 0.4, 4, red, "error") >= 0.2, "H1", published=0.36),
        Prediction("lime is lost", Estimate(0.01, 0.001, 0.1, 4, lime, "error") > 0.2, "H1"),
        Prediction("so in most seeds", Estimate(0.9, 0.6, 1, 4, kind="proportion") > 0.5, "H1", primary=False),
        Prediction("gray is spared", Estimate(0.001, 0.0002, 0.004, 4, gray, "error") < 0.001, "H2"),
        Prediction(
            "gray is spared as blue is", Estimate(1.1, 0.9, 1.2, 4, kind="ratio") < 1, "H2", primary=False, published=2
        ),
        Prediction("black is spared", error="lost", hypothesis="H2"),
    ]


FIGURES: dict[str, Draw] = {
    "all_hypotheses": _all_hypotheses,
    "color_slices": _color_slices,
    "dose_response": _dose_response,
    "error_curves": _error_curves,
    "error_curves_compared": _error_curves_compared,
    "error_vs_similarity": _error_vs_similarity,
    "latent_spheres": _latent_spheres,
    "loss_history": _loss_history,
    "predictions": _predictions,
    "published_against_ours": _published_against_ours,
    "schedule": _schedule,
}


def said(picture: Picture) -> dict[str, Any]:
    """What a picture says, in words and in numbers."""
    return {"alt": picture.alt, "data": _rounded(picture.data)}


def png(picture: Picture) -> bytes:
    """What it looks like, without its text."""
    hide_text(picture.figure)
    buffer = BytesIO()
    with matplotlib.style.context({}, after_reset=True):
        picture.figure.savefig(
            buffer, format="png", dpi=DPI, metadata={"Software": None}, pil_kwargs={"optimize": True}
        )
    return buffer.getvalue()


def _rounded(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _rounded(part) for key, part in data.items()}
    if isinstance(data, list):
        return [_rounded(part) for part in data]
    return float(f"{data:.{DIGITS}g}") if isinstance(data, float) else data
