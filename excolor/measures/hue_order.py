"""Measures of colors around a circle of latents: the order of their hues, and the largest gap in the circle.

Angles are fractions of the circle, as hues are. No measure but `latent_angle` depends on how the circle is rotated
or mirrored.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.colors import Colors, vibrant_hues
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import is_axis, latents
from excolor.numerics.functions import cos_of_turns, turns_of
from excolor.numerics.given import is_numeric, shown
from excolor.numerics.reductions import mean


class CircleError(ValueError):
    """Angles that are too few, or not of the same colors as the hues."""


def latent_angle(ensemble: Ensemble, colors: Colors, dims: tuple[int, int] = (0, 1)) -> xr.DataArray:
    """The angle of every color's latent in the plane of two dimensions, from the first toward the second.

    Args:
        colors: a cube, or others as `latents` takes them.

    Returns:
        float64 in [0, 1), over `seed` and the axes of the colors; NaN where a latent is 0 in the plane.
    """
    z = latents(ensemble, colors)
    if not isinstance(dims, tuple) or len(dims) != 2 or not all(is_axis(z, dim) for dim in dims) or dims[0] == dims[1]:
        raise CircleError(
            f"the plane of the dimensions {shown(dims)}: it must be a tuple of two different ones from 0 to "
            f"{z.sizes['dimension'] - 1}, for example (0, 1)"
        )
    x, y = (z.isel(dimension=dim) for dim in dims)
    return x.copy(data=turns_of(y, x)).rename("angle")


def hue_order(ensemble: Ensemble, colors: xr.Dataset | None = None) -> xr.DataArray:
    """The circular rank correlation of hues with their angles in the plane of dimensions 0 and 1, over `seed`.

    Args:
        colors: an HSV cube that has each hue once; the vibrant hues, if none is given.
    """
    angle = latent_angle(ensemble, vibrant_hues() if colors is None else colors)
    if "h" not in angle.coords:
        raise CircleError(
            f"colors over {angle.dims[1:]}: they must have a hue h, for example those of hsv_cube(hues(12), [1], [1])"
        )
    return circular_rank_correlation(angle, angle["h"])


def circular_rank_correlation(angle: xr.DataArray, hue: xr.DataArray) -> xr.DataArray:
    """The circular rank correlation of angles and hues: how nearly the two have one cyclic order, either way around,

        max over both signs of |sum_k exp(2 pi i (r_k +- q_k) / n)|^2 / n^2

    with the ranks r of the angles and q of the hues among n colors: 1 for the same cyclic order, about 1/n at
    random. Source: Mardia (1975), Statistics of directional data.

    Args:
        angle: over `seed` and the axes of the colors.
        hue: over some of these axes, such as `angle["h"]`. Equal hues share their mean rank, which lowers the result:
            take each hue once.

    Returns:
        float64 over `seed`; NaN where an angle is.

    Raises:
        CircleError: fewer than three colors, which have only one cyclic order, or hues of other colors.
    """
    angles, hues = _paired(angle, hue)
    by_angle, by_hue = (_mean_ranks(each) / len(hues) for each in (angles, hues[np.newaxis]))
    return _over_seeds(angle, np.maximum(_alignment(by_angle - by_hue), _alignment(by_angle + by_hue)))


def _mean_ranks(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of each number in its row, from 1 on; equal ones share their mean rank, and beside NaN all are NaN."""
    order = numbers.argsort(axis=1)
    ascending = np.take_along_axis(numbers, order, 1)
    steps = ascending[:, 1:] != ascending[:, :-1]
    place = np.arange(numbers.shape[1])
    first, last = np.zeros_like(order), np.full_like(order, place[-1])  # places of those that are equal to it
    np.maximum.accumulate(np.where(steps, place[1:], 0), axis=1, out=first[:, 1:])
    np.minimum.accumulate(np.where(steps, place[:-1], place[-1])[:, ::-1], axis=1, out=last[:, -2::-1])
    ranks = np.empty(numbers.shape)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, 1)
    ranks[np.isnan(numbers).any(1)] = np.nan
    return ranks


def _alignment(turns: NDArray[np.float64]) -> NDArray[np.float64]:
    """|mean over k of exp(2 pi i t_k)|^2 `[S]` of angles in turns `[S, n]`."""
    x, y = (mean(cos_of_turns(turns - quarter), 1) for quarter in (0, 1 / 4))
    return x * x + y * y


def largest_gap(angle: xr.DataArray) -> xr.DataArray:
    """The largest arc without a latent, over `seed`, as a fraction of the circle; NaN where an angle is."""
    _check_angle(angle)
    angles, _ = _paired(angle, xr.zeros_like(angle.isel(seed=0, drop=True)))
    return _over_seeds(angle, _gaps(angles).max(1))


def hues_at_largest_gap(angle: xr.DataArray, hue: xr.DataArray) -> xr.DataArray:
    """The hues of the two colors on either side of the largest arc without a latent.

    Args, errors as for `circular_rank_correlation`.

    Returns:
        float64 over (`seed`, `side`): the way up the hues is the shorter one from "from" to "to". NaN where an angle
        is.
    """
    angles, hues = _paired(angle, hue)
    order = np.argsort(angles, axis=1, kind="stable")  # so that equal angles have the same order on every processor
    before = _gaps(angles).argmax(1)
    rows = np.arange(len(angles))
    sides = np.stack([hues[order[rows, before]], hues[order[rows, (before + 1) % len(hues)]]], axis=1)
    down = (sides[:, 1] - sides[:, 0]) % 1 > 1 / 2
    sides[down] = sides[down, ::-1]
    sides[np.isnan(angles).any(1)] = np.nan
    return xr.DataArray(sides, dims=("seed", "side"), coords={"seed": angle["seed"], "side": ["from", "to"]})


def _gaps(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    """The arc `[S, N]` from each angle, in ascending order, to the next around the circle."""
    ascending = np.sort(angles, axis=1)
    return np.diff(ascending, axis=1, append=ascending[:, :1] + 1)


def _paired(angle: xr.DataArray, hue: xr.DataArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Arrange angles `[S, N]` and hues `[N]` in the same order of colors."""
    _check_angle(angle)
    axes = [dim for dim in angle.dims if dim != "seed"]
    if not is_numeric(hue):
        raise CircleError(f'hues that are {shown(hue)}: give a DataArray of numbers, for example angle["h"]')
    if not set(hue.dims) <= set(axes) or any(hue.sizes[dim] != angle.sizes[dim] for dim in hue.dims):
        raise CircleError(
            f"hues over {dict(hue.sizes)} and angles over {dict(angle.sizes)}: the hues must be of the same colors, "
            'for example angle["h"]'
        )
    hues = hue.broadcast_like(angle.isel(seed=0, drop=True)).transpose(*axes).values.astype(np.float64).ravel()
    if len(hues) < 3:
        raise CircleError(f"{len(hues)} colors have no order around a circle: give 3 or more, for example of 12 hues")
    angles = angle.transpose("seed", *axes).values.astype(np.float64)
    return angles.reshape(len(angles), -1), hues


def _check_angle(angle: xr.DataArray) -> None:
    if not is_numeric(angle) or not angle.sizes.get("seed"):
        raise CircleError(
            f"angles that are {shown(angle)}: they must be a DataArray over 'seed' and the axes of the colors, for "
            "example latent_angle(ensemble, vibrant_hues())"
        )


def _over_seeds(angle: xr.DataArray, values: NDArray[np.float64]) -> xr.DataArray:
    return xr.DataArray(values, dims="seed", coords={"seed": angle["seed"]})
