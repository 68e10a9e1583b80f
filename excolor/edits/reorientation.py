"""Reorientation: the latents turned so that a direction found after training lies where anchoring puts a concept.

What can be done to an anchored model along dimension 0, such as `ablate` or `suppressed`, can so be done to any model
along a direction of each seed's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.edits.deletion import check_ensemble, copied
from excolor.edits.found import DirectionError, check_unedited, check_vectors, name_of
from excolor.edits.made import Made, made_once, tell
from excolor.ensemble import Ensemble
from excolor.numerics.given import shown
from excolor.numerics.layers import Affine
from excolor.numerics.reductions import length, total

if TYPE_CHECKING:
    from torch import Tensor

Floats = NDArray[np.float64]

SAME = 1e-15
"""A direction this near to dimension 0 is that dimension: nothing is turned."""

EXAMPLE = "lambda models: mean_difference(models, rgb_training_cube(), RED)"


def reoriented(ensemble: Ensemble, find: Callable[[Ensemble], xr.DataArray]) -> Ensemble:
    """Reflect the latents of each seed so that its direction v comes to lie on dimension 0.

    H = I - 2 u u^T / |u|^2 with u = v - e_0 is the Householder reflection that swaps v and e_0, and I where v is e_0.
    The encoder's last layer x -> W x + b becomes H W x + H b, and the weights W of the decoder's first layer W H. As
    |H z| = |z| and H H = I, the models answer as before, but for the rounding of their weights.

    Args:
        ensemble: the models; left untouched.
        find: gives the directions of models, over `seed` and `dimension`, of any length; for example
            `lambda models: mean_difference(models, rgb_training_cube(), RED)`. Titles of pictures take its name.

    Returns:
        The same Ensemble for the same directions, as long as `ensemble` lives: like every other it never changes.

    Raises:
        DirectionError: what is found is not one direction for each seed.
        DimensionError: the models carry interventions, which are made for latents as they lie at present.
    """
    check_ensemble(ensemble)
    check_unedited(ensemble, "reorient", "reoriented(ensemble, find)")
    if not callable(find):
        raise DirectionError(f"{shown(find)} finds no direction: give a function of models, for example {EXAMPLE}")
    v = _directions(ensemble, find(ensemble))

    def make() -> Ensemble:
        u, scale = _mirror(v)
        last, first = ensemble.encoder[-1], ensemble.decoder[0]
        return replace(
            ensemble,
            encoder=(
                *map(copied, ensemble.encoder[:-1]),
                Affine(_reflected(last.weight, u, scale), _reflected(last.bias, u, scale)),
            ),
            decoder=(
                Affine(_reflected(first.weight.mT, u, scale).mT.contiguous(), first.bias.clone()),
                *map(copied, ensemble.decoder[1:]),
            ),
        )

    words = f"reorientation to the {name_of(find, 'direction found')}"
    how = f"reorientation to {sha256(v.tobytes()).hexdigest()}"
    return tell(Made(ensemble, made_once(ensemble, how, make), words, partial(reoriented, find=find)))


def _directions(ensemble: Ensemble, given: object) -> Floats:
    """The unit vectors `[S, K]` along what was found."""
    found = check_vectors(ensemble, given, "directions", f"as by, for example, {EXAMPLE}")
    # First to a largest coordinate of 1, since squares could be too large or too small.
    largest = np.abs(found).max(1, keepdims=True)
    none = np.flatnonzero(largest == 0)
    if none.size:
        raise DirectionError(
            f"the direction of seed {ensemble.seeds[none[0]]} has no length: some coordinate must not be 0, as by, "
            f"for example, {EXAMPLE}"
        )
    scaled = found / largest
    unit: Floats = scaled / length(scaled)[:, np.newaxis]
    return unit


def _mirror(v: Floats) -> tuple[Floats, Floats]:
    """u = v - e_0 `[S, K]` and 2 / |u|^2 `[S]`, which is 0 where u is: then nothing is reflected."""
    u = v - np.eye(v.shape[1])[0]
    square = total(u * u, 1)
    is_turned = square > SAME**2
    return u, np.where(is_turned, 2 / np.where(is_turned, square, 1), 0)


def _reflected(rows: Tensor, u: Floats, scale: Floats) -> Tensor:
    """H of the vectors along the second axis of `[S, K, ...]`, rounded once."""
    import torch  # here, since it takes long to load

    x = rows.double().numpy()
    across = u.reshape(*u.shape, *[1] * (x.ndim - 2))
    share = np.expand_dims(total(across * x, 1), 1) * scale.reshape(-1, *[1] * (x.ndim - 1))
    return torch.from_numpy(x - share * across).to(rows.dtype)
