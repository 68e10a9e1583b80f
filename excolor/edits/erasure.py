"""Erasure: what is linear in a concept taken out of the latents on their way into the decoder, which is so for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from excolor.edits.deletion import check_ensemble, copied
from excolor.edits.found import DirectionError, check_unedited, check_vectors, name_of
from excolor.edits.made import Made, made_once, tell
from excolor.ensemble import Ensemble
from excolor.numerics.fields import Fielded
from excolor.numerics.given import is_over, shown
from excolor.numerics.layers import Affine
from excolor.numerics.reductions import total

Floats = NDArray[np.float64]

EXAMPLE = "for example lambda models: leace(models, rgb_training_cube(), RED)"


@dataclass(frozen=True, eq=False)
class Eraser(Fielded):
    """r(z) = z - a (b . (z - m)) of each seed: what b reads of a latent, seen from m, is taken away along a.

    With a . b = 1 that is a projection, orthogonal only if a and b have one direction.

    Args:
        along: a, over `seed` and `dimension`.
        reading: b, over `seed` and `dimension`.
        center: m, over `seed` and `dimension`.
    """

    along: xr.DataArray
    reading: xr.DataArray
    center: xr.DataArray

    def __post_init__(self) -> None:
        for name in ("along", "reading", "center"):
            if not is_over(getattr(self, name), ("seed", "dimension")):
                raise DirectionError(
                    f"an Eraser whose {name} is {shown(getattr(self, name))}: it must be over 'seed' and 'dimension', "
                    f"{EXAMPLE}"
                )


def erased(ensemble: Ensemble, find: Callable[[Ensemble], Eraser]) -> Ensemble:
    """Let the decoder read r(z) in place of every latent z: its first layer z -> W z + c becomes W r(z) + c.

    Unlike `ablate`, which acts before the latents are normalized, it leaves the latents themselves as they are.

    Args:
        ensemble: the models; left untouched.
        find: gives the eraser of models, for example `lambda models: leace(models, rgb_training_cube(), RED)`. Titles
            of pictures take its name.

    Returns:
        The same Ensemble for the same eraser, as long as `ensemble` lives: like every other it never changes.

    Raises:
        DirectionError: what is found is no eraser of these models.
        DimensionError: the models carry interventions, of which the eraser knows nothing.
    """
    check_ensemble(ensemble)
    check_unedited(ensemble, "erase", "erased(ensemble, find)")
    eraser = find(ensemble) if callable(find) else None
    if not isinstance(eraser, Eraser):
        raise DirectionError(f"{shown(find)} finds {shown(eraser)}: give a function that finds an Eraser, {EXAMPLE}")
    a, b, m = (
        check_vectors(ensemble, part, "vectors of an eraser", EXAMPLE)
        for part in (eraser.along, eraser.reading, eraser.center)
    )

    def make() -> Ensemble:
        import torch  # here, since it takes long to load

        first = ensemble.decoder[0]
        weight, bias = first.weight.double().numpy(), first.bias.double().numpy()
        moved = total(weight * a[:, np.newaxis], 2)  # W a, by which the next layer is moved
        first = Affine(
            torch.from_numpy(weight - moved[..., np.newaxis] * b[:, np.newaxis]).to(first.weight.dtype),
            torch.from_numpy(bias + moved * total(b * m, 1)[:, np.newaxis]).to(first.bias.dtype),
        )
        return replace(
            ensemble,
            encoder=tuple(map(copied, ensemble.encoder)),
            decoder=(first, *map(copied, ensemble.decoder[1:])),
        )

    words = f"erasure by {name_of(find, 'what was found')}"
    how = f"erasure by {sha256(np.stack([a, b, m]).tobytes()).hexdigest()}"
    return tell(Made(ensemble, made_once(ensemble, how, make), words, partial(erased, find=find)))
