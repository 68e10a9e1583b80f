"""Deletion of latent dimensions from the weights, on a copy: the original stays as it was.

The normalization lies between the two layers that are edited, so what remains of a latent is stretched to unit length
again. A color that lay almost entirely in the deleted dimension keeps a small and arbitrary rest, which is blown up.
That is why the error near the anchor can be higher than, or unlike, that of the anchor itself.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from excolor.colors import ColorError, check_colors
from excolor.edits.made import Made, made_once, of_dimensions, tell
from excolor.ensemble import Ensemble
from excolor.numerics.functions import log
from excolor.numerics.given import first_of, is_whole, shown
from excolor.numerics.layers import Affine


class DimensionError(ValueError):
    """Latent dimensions that cannot be deleted."""


def ablate(ensemble: Ensemble, dims: int | Iterable[int]) -> Ensemble:
    """Set latent dimensions to 0: rows and biases of the encoder's last layer, columns of the decoder's first.

    Args:
        ensemble: the models; left untouched.
        dims: latent dimensions, counted from 0; at least one must remain.

    Returns:
        The same Ensemble for the same dimensions, as long as `ensemble` lives: like every other it never changes.

    Raises:
        DimensionError: no dimension, one twice, one out of range, or all of them.
    """
    deleted = _check(ensemble, dims)

    def make() -> Ensemble:
        last, first = copied(ensemble.encoder[-1]), copied(ensemble.decoder[0])
        last.weight[:, deleted] = 0
        last.bias[:, deleted] = 0
        first.weight[:, :, deleted] = 0
        return _rejoined(ensemble, last, first)

    words = f"deletion of {of_dimensions(deleted)}"
    return tell(Made(ensemble, made_once(ensemble, words, make), words, partial(ablate, dims=deleted)))


def prune(ensemble: Ensemble, dims: int | Iterable[int]) -> Ensemble:
    """Remove latent dimensions: the same function of a color as `ablate` gives, with fewer latent dimensions.

    Args, errors and what is returned as for `ablate`, and one error more:

    Raises:
        DimensionError: the models carry interventions, which are made for latents of the present width.
    """
    check_ensemble(ensemble)
    if ensemble.edits:
        changes = ", ".join(str(edit.change) for edit in ensemble.edits)
        raise DimensionError(
            f"cannot prune beneath interventions, here {changes}: prune first and intervene then, "
            "for example intervene(prune(ensemble, 0), ...)"
        )
    deleted = _check(ensemble, dims)

    def make() -> Ensemble:
        kept = [dim for dim in range(ensemble.bottleneck) if dim not in deleted]
        last, first = ensemble.encoder[-1], ensemble.decoder[0]
        return _rejoined(
            ensemble,
            Affine(last.weight[:, kept], last.bias[:, kept]),
            Affine(first.weight[:, :, kept], first.bias.clone()),
        )

    words = f"removal of {of_dimensions(deleted)}"
    return tell(Made(ensemble, made_once(ensemble, words, make), words, partial(prune, dims=deleted)))


def answering(ensemble: Ensemble, rgb: ArrayLike) -> Ensemble:
    """Make a constant model of each seed, which answers one color whatever it is shown: a negative control.

    The decoder's last weights are 0, and its bias is the color, or the logit of it where the output is a sigmoid.
    """
    import torch  # here, since it takes long to load

    check_ensemble(ensemble)
    color = check_colors(rgb)
    if color.shape != (3,):
        raise ColorError(f"colors of shape {color.shape} to answer: give one color, for example (0.5, 0.5, 0.5), gray")
    last = copied(ensemble.decoder[-1])
    last.weight.zero_()
    last.bias.copy_(torch.from_numpy(_logit(color) if ensemble.form.output == "sigmoid" else color))
    encoder, decoder = map(copied, ensemble.encoder), map(copied, ensemble.decoder[:-1])
    return replace(ensemble, encoder=tuple(encoder), decoder=(*decoder, last))


def _logit(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(y / (1 - y)), which is infinite for 0 and for 1."""
    inside = (y > 0) & (y < 1)
    odds = np.where(inside, y, 0.5) / np.where(inside, 1 - y, 0.5)
    return np.where(inside, log(odds), np.where(y > 0, np.inf, -np.inf))


def copied(layer: Affine) -> Affine:
    """The same layer, in memory of its own."""
    return Affine(layer.weight.clone(), layer.bias.clone())


def _rejoined(ensemble: Ensemble, last: Affine, first: Affine) -> Ensemble:
    encoder, decoder = map(copied, ensemble.encoder[:-1]), map(copied, ensemble.decoder[1:])
    return replace(ensemble, encoder=(*encoder, last), decoder=(first, *decoder))


def check_ensemble(given: object) -> None:
    """Raise a `DimensionError` if it is none."""
    if not isinstance(given, Ensemble):
        raise DimensionError(
            f"{shown(given)} is no Ensemble: give one, for example ablate(train(EX_2_10, range(8)), 0)"
        )


def _check(ensemble: Ensemble, dims: int | Iterable[int]) -> list[int]:
    check_ensemble(ensemble)
    width = ensemble.bottleneck
    given = first_of(dims, width + 1)
    if not given:
        raise DimensionError(f"no dimension to delete: give one from 0 to {width - 1}, for example 0")
    for dim in given:
        if not is_whole(dim) or operator.index(dim) >= width:
            raise DimensionError(
                f"cannot delete dimension {dim!r}: the latents have the dimensions 0 to {width - 1}, for example 0"
            )
    deleted = [operator.index(dim) for dim in given]
    if len(set(deleted)) < len(deleted):
        raise DimensionError(f"the dimensions {deleted} name one twice: give each once, for example [0, 1]")
    if len(deleted) == width:
        raise DimensionError(
            f"the dimensions {sorted(deleted)} are all there are: at least one must remain, for example delete only 0"
        )
    return deleted
