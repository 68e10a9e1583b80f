"""A figure of the error of every color against its similarity to a concept, with the line of least squares."""

from functools import partial

import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import stats

from excolor.colors import in_order
from excolor.conditions.concepts import Concept, concept_or_red
from excolor.numerics.given import is_number, shown
from excolor.plots.margins import head_room, set_margins
from excolor.plots.picture import Data, Picture, PlotError, Style, draw, ink, titled
from excolor.plots.wording import color_words, number, over_seeds

Floats = NDArray[np.float64]

STEEPEST = 1000
"""The highest power of the similarity."""


def error_vs_similarity(
    error: xr.DataArray,
    cube: xr.Dataset,
    power: float = 3,
    *,
    concept: Concept | None = None,
    title: str = "",
    style: Style = "light",
) -> Picture:
    """Draw each color at x = similarity to a power and y = its error, in its own color, with a fitted line.

    The line is that of least squares. R^2 is the squared correlation of x and y over the colors, the score of
    experiment 2.4.1 and later. For several seeds the points are medians over seeds, and R^2 is that of the medians; the
    alt text also gives the median of the single seeds' R^2.

    Args:
        error: over the cube's axes, and over `seed` if there are several, such as
            `reconstruction_error(ensemble, cube)`.
        cube: the colors, such as an `rgb_cube` of eight values on each axis, the published one.
        power: 2 is published for suppression and repulsion, 3 for deletion.
        concept: what the similarity is to, such as `concept_of(experiment)`; red, by default.
        title: the title of the figure, in place of the default one.

    Raises:
        PlotError: the error is not one of the cube's colors or is not finite, or the power is not in (0, 1000].
        ConceptError: the concept is none.
    """
    chosen = concept_or_red(concept)
    data = _data(error, cube, power, chosen, title)
    return draw(data, _alt(data), partial(_drawing, concept=chosen.name), style)


def _data(error: xr.DataArray, cube: xr.Dataset, power: float, concept: Concept, title: str) -> Data:
    if not is_number(power) or not 0 < power <= STEEPEST:
        raise PlotError(
            f"a power of {shown(power)}: similarity is taken to one above 0 and at most {STEEPEST}, for example 3"
        )
    color = in_order(cube)
    sizes = dict(zip(color.dims[:-1], color.shape[:-1], strict=True))
    if not isinstance(error, xr.DataArray) or not error.size:
        raise PlotError(
            f"{shown(error)} is no error of each color: give, for example, reconstruction_error(ensemble, cube)"
        )
    if {dim: size for dim, size in error.sizes.items() if dim != "seed"} != sizes:
        raise PlotError(
            f"an error over {dict(error.sizes)} is not one of the cube's colors, {sizes}: give, for example, "
            "reconstruction_error(ensemble, cube)"
        )
    try:
        xr.align(error, color, join="exact", exclude={"seed", "channel"})
    except ValueError:
        raise PlotError(
            f"an error at other {', '.join(map(str, sizes))} than the cube's, or in another order: give, for example, "
            "reconstruction_error(ensemble, cube)"
        ) from None
    if error.dtype.kind != "f":
        raise PlotError(f"an error of {error.dtype}: it must be of floating point, for example 0.25")
    if not np.isfinite(error.values).all():
        raise PlotError("an error is not finite: every color needs one, for example 0.25 for half of full scale")
    by_seed = (error if "seed" in error.dims else error.expand_dims("seed")).transpose("seed", *sizes)
    samples = by_seed.values.astype(float).reshape(by_seed.sizes["seed"], -1)
    rgb = color.values.reshape(-1, 3)
    x = concept.likeness(rgb) ** power
    y = np.median(samples, axis=0)
    fit = _fit(x, y)
    single = [line["r_squared"] for line in (_fit(x, sample) for sample in samples) if line]
    name = f"similarity to {concept.name}{'' if power == 1 else f', to the power {power:g}'}"
    return {
        "title": titled(title, f"Error and {name}, {over_seeds(len(samples))}"),
        "seeds": len(samples),
        "power": power,
        "x": x.tolist(),
        "y": y.tolist(),
        "colors": rgb.tolist(),
        "fit": fit,
        "r_squared_of_single_seeds": float(np.median(single)) if single else None,
    }


def _fit(x: Floats, y: Floats) -> Data | None:
    """Fit the line of least squares; None unless both x and y vary, as a correlation needs."""
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    line = stats.linregress(x, y)
    return {"slope": float(line.slope), "intercept": float(line.intercept), "r_squared": float(line.rvalue) ** 2}


def _alt(data: Data) -> str:
    y, worst = data["y"], int(np.argmax(data["y"]))
    power = "" if data["power"] == 1 else f" to the power {data['power']:g}"
    points = f"{data['title']}: scatter of {len(y)} colors, similarity{power} across and mean squared error up."
    if data["fit"] is None:
        why = f"The error is {number(y[0])} for every color" if np.ptp(y) == 0 else "All are equally similar"
        return f"{points} {why}, so there is no fit."
    fit = data["fit"]
    singles = f"; R² of single seeds {data['r_squared_of_single_seeds']:.2f} in the median" if data["seeds"] > 1 else ""
    return (
        f"{points} The line of least squares has slope {number(fit['slope'])} and intercept "
        f"{number(fit['intercept'])}, R² {fit['r_squared']:.2f}{singles}. The highest error is {number(y[worst])}, "
        f"of {color_words(data['colors'][worst])}, at {data['x'][worst]:.2f}."
    )


def _drawing(figure: Figure, data: Data, concept: str) -> None:
    above = head_room(data["title"], 5.6) + 0.1
    figure.set_size_inches(5.6, 4.7 + above)
    axes = figure.subplots()
    set_margins(figure, left=0.85, right=0.15, below=0.5, above=above)
    axes.scatter(
        data["x"], data["y"], s=26, c=data["colors"], edgecolors=ink("axes.edgecolor"), linewidths=0.6, clip_on=False
    )
    if data["fit"]:
        fit = data["fit"]
        ends = np.array([0, max(data["x"])])
        line = fit["intercept"] + fit["slope"] * ends
        axes.plot(ends, line, color=ink("figure.facecolor"), linewidth=3.4)
        axes.plot(
            ends, line, color=ink("text.color"), linewidth=1.4, linestyle="--", label=f"R² = {fit['r_squared']:.2f}"
        )
        axes.legend(loc="upper center", fontsize="medium")  # most colors have no similarity and stand on the left
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=min(0, *data["y"]))  # where the line is below 0, no error is
    axes.set_xlabel(f"similarity to {concept}" + ("" if data["power"] == 1 else f" to the power {data['power']:g}"))
    axes.set_ylabel("mean squared error of a color")
