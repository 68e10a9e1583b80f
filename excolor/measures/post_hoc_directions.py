"""Directions of a concept in the latents of trained models, anchored or not: what can be found after training.

All but a random one follow from the latents that the decoder reads of the colors of a cube, each color weighted by its
bias, as in training.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import aligned
from excolor.conditions.labels import Label
from excolor.edits.erasure import Eraser
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import MeasureError, check_ensemble, latents
from excolor.numerics.eigen import symmetric_eigen
from excolor.numerics.functions import cos_of_turns, log, sqrt
from excolor.numerics.given import shown
from excolor.numerics.reductions import length, total
from excolor.numerics.streams import stream

Floats = NDArray[np.float64]


def mean_difference(ensemble: Ensemble, cube: xr.Dataset, label: Label) -> xr.DataArray:
    """E[z | label] - E[z | no label]: from the mean latent of colors without the label to that of colors with it.

    A color counts as far as it bears the label: by its probability p for the first mean, by 1 - p for the second. The
    difference has the direction of the covariance of z with p.

    Returns:
        float64 over `seed` and `dimension`.

    Raises:
        MeasureError: all colors bear the label with one probability.
    """
    z, weights = _latents(ensemble, cube)
    p = _probability(cube, label)
    with_label, without = weights * p, weights * (1 - p)
    return _over_dimensions(ensemble, _mean(z, with_label) - _mean(z, without))


def principal_component(ensemble: Ensemble, cube: xr.Dataset) -> xr.DataArray:
    """The unit vector q for which the variance of z . q is largest: it knows of no concept.

    Returns:
        float64 over `seed` and `dimension`; the coordinate of the largest size is positive.
    """
    z, weights = _latents(ensemble, cube)
    _, vectors = symmetric_eigen(_covariance(z - _mean(z, weights)[:, np.newaxis], weights))
    return _over_dimensions(ensemble, vectors[:, :, 0])


def leace(ensemble: Ensemble, cube: xr.Dataset, label: Label) -> Eraser:
    """r(z) = z - c (u . (z - m)) / (u . c), m = E z, c = cov(z, p), cov(z) u = c: least-squares concept erasure.

    Of all affine maps that leave no covariance with the label's probability p, it changes the latents least in mean
    square. It is the general r(z) = z - W^+ P W (z - m), with W = cov(z)^(-1/2) and P the projection to W c, for a
    concept of one number. Where latents do not vary in all dimensions, u = cov(z)^+ c. Source: Belrose et al.,
    arXiv 2306.03819.

    Raises:
        MeasureError: all colors bear the label with one probability, or the latents do not go with it.
    """
    z, weights = _latents(ensemble, cube)
    p = _probability(cube, label)
    center = _mean(z, weights)
    offset = z - center[:, np.newaxis]
    shared = total(offset * (weights * p)[:, np.newaxis], 1)
    values, vectors = symmetric_eigen(_covariance(offset, weights))
    varies = values > values[:, :1] * values.shape[1] * np.finfo(np.float64).eps
    inverse = np.where(varies, 1 / np.where(varies, values, 1), 0)
    read = total(vectors * (total(vectors * shared[..., np.newaxis], 1) * inverse)[:, np.newaxis], 2)
    both = total(shared * read, 1)[:, np.newaxis]
    none = np.flatnonzero(~(both > 0))
    if none.size:
        raise MeasureError(
            f"the latents of seed {ensemble.seeds[none[0]]} do not go with the label {label.name!r}: there is nothing "
            "to erase; give models whose latents differ from color to color, for example train(EX_2_10, range(8))"
        )
    return Eraser(*(_over_dimensions(ensemble, part) for part in (shared, read / both, center)))


def random_direction(ensemble: Ensemble) -> xr.DataArray:
    """A unit vector, each direction as likely as any other, from a stream of each seed's own.

    Returns:
        float64 over `seed` and `dimension`.
    """
    check_ensemble(ensemble)
    drawn = np.stack([_normal(stream(seed, "direction"), ensemble.bottleneck) for seed in ensemble.seeds])
    return _over_dimensions(ensemble, drawn / length(drawn)[:, np.newaxis])


def _normal(rng: np.random.Generator, count: int) -> Floats:
    """Standard normal numbers by Box and Muller's transform, since numpy's own take a library's exponentials."""
    u, turns = rng.random((2, count))
    return sqrt(-2 * log(1 - u)) * cos_of_turns(turns)


def _latents(ensemble: Ensemble, cube: xr.Dataset) -> tuple[Floats, Floats]:
    """The latents `[S, N, K]` of a cube's colors, and their weights `[N]`, which add up to 1."""
    check_ensemble(ensemble)
    known = aligned(cube)
    z = latents(ensemble, known).values.astype(np.float64)
    bias = known["bias"].values.astype(np.float64).ravel()
    return z.reshape(len(z), -1, ensemble.bottleneck), bias / total(bias)


def _probability(cube: xr.Dataset, label: Label) -> Floats:
    if not isinstance(label, Label):
        raise MeasureError(f"{shown(label)} is no Label: give one, for example RED of excolor.conditions")
    p = label.probability(aligned(cube)["color"].values).ravel()
    if np.ptp(p) == 0:
        raise MeasureError(
            f"all {p.size} colors bear the label {label.name!r} with probability {p[0]:g}: give colors of which some "
            "bear it more than others, for example rgb_training_cube()"
        )
    return p


def _mean(z: Floats, weights: Floats) -> Floats:
    """The weighted mean `[S, K]` of latents."""
    return total(z * weights[:, np.newaxis], 1) / total(weights)


def _covariance(centered: Floats, weights: Floats) -> Floats:
    """sum of w z z^T `[S, K, K]` over colors."""
    columns = np.moveaxis(centered, 2, 0)
    return np.stack([np.stack([total(a * b * weights, 1) for b in columns], 1) for a in columns], 1)


def _over_dimensions(ensemble: Ensemble, values: Floats) -> xr.DataArray:
    return xr.DataArray(values, dims=("seed", "dimension"), coords={"seed": list(ensemble.seeds)})
