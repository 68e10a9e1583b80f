"""The gradients of terms: how the mean of a regularizer over a batch changes with every latent.

Autograd finds the gradient of any regularizer that has a formula. Most published ones also have a closed form, compiled
and ten times as fast at these sizes; the tests compare it with autograd.

Latents and their gradients are `[S, K, B]`, as in excolor.numerics.layers. An angular regularizer, a function of
directions alone, takes latents of unit length here; its gradient becomes tangential in the gradient of the
normalization.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy import float32
from numpy.typing import NDArray

from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Term
from excolor.conditions.regularizers import (
    DUPLICATE,
    SOFTENING,
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Crowding,
    Planarity,
    Regularizer,
    Separate,
    Unitarity,
)
from excolor.numerics.arithmetic import NORM_FLOOR
from excolor.numerics.compiling import in_place, inlined
from excolor.numerics.elementwise import ONE, TWO, ZERO, Floats, summed, write_lengths
from excolor.numerics.layers import room
from excolor.numerics.matmul import BEGINNING, NEXT, product
from excolor.numerics.powers import raise_and_add

ONE_PLACE = float32(DUPLICATE)

UNIT_LENGTH, RAMP, SQUARES, SEPARATION, CROWDING = range(5)


class ClosedForm(NamedTuple):
    """A regularizer as kernels read it: which of the kernels below it takes, and the numbers in it."""

    kernel: int
    point: Sequence[float]
    factor: Sequence[float]
    start: float = 0
    pace: float = 1
    power: int = 1


class ClosedForms(NamedTuple):
    """Closed forms field by field: `[T]`, points and factors `[T, K]`."""

    kernel: NDArray[np.int64]
    point: Floats
    factor: Floats
    start: Floats
    pace: Floats
    power: NDArray[np.int64]


def add_gradient(regularizer: Regularizer, z: Floats, share: Floats, weight: Floats, gradient: Floats) -> Floats:
    """Add weight dm/dz to `gradient`, where m `[S]` is the sum over rows of share * loss; return m.

    Shares are `[S, B]`, weights `[S]`.
    """
    if not (z.ndim == 3 and share.shape == z.shape[::2] and weight.shape == z.shape[:1] and gradient.shape == z.shape):
        raise ValueError(
            f"latents {z.shape}, shares {share.shape}, weights {weight.shape} and a gradient {gradient.shape}: they "
            "must be [S, K, B], [S, B], [S] and [S, K, B], for example (8, 5, 64), (8, 64), (8,) and (8, 5, 64)"
        )
    regularizer.check(z.shape[1])
    losses = np.empty_like(weight)
    if type(regularizer) in CLOSED_FORMS:
        forms = closed_forms([regularizer], z.shape[1], z.dtype.type)
        spare = spare_room(forms, *z.shape[1:])
        KERNELS[int(forms.kernel[0])](forms, 0, z, share, weight, gradient, losses, spare)
    else:
        _by_autograd(regularizer, z, share, weight, gradient, losses)
    return losses


def is_angular(regularizer: Regularizer) -> bool:
    """Whether a regularizer has a closed form for latents of unit length, and depends on no length."""
    return type(regularizer) in ANGULAR


def is_on_sphere(term: Term, form: Form) -> bool:
    """Whether a term takes the latents at unit length, rather than as the encoder gives them."""
    return is_angular(term.regularizer) or (form.normalized and term.layer == "bottleneck")


def closed_forms(regularizers: Sequence[Regularizer], width: int, kind: type = float32) -> ClosedForms:
    """The closed forms of regularizers that have one, for latents of that width, with numbers of that kind."""
    forms = [CLOSED_FORMS[type(regularizer)](regularizer, width) for regularizer in regularizers]
    return ClosedForms(
        np.array([form.kernel for form in forms], np.int64),
        np.array([form.point for form in forms], kind).reshape(-1, width),
        np.array([form.factor for form in forms], kind).reshape(-1, width),
        np.array([form.start for form in forms], kind),
        np.array([form.pace for form in forms], kind),
        np.array([form.power for form in forms], np.int64),
    )


def _by_autograd(
    regularizer: Regularizer, z: Floats, share: Floats, weight: Floats, gradient: Floats, losses: Floats
) -> None:
    latents = torch.from_numpy(z).mT.requires_grad_()
    mean = (regularizer(latents) * torch.from_numpy(share)).sum(-1)
    (pull,) = torch.autograd.grad(mean, latents, torch.from_numpy(weight))
    gradient += pull.mT.numpy()
    losses[:] = mean.detach().numpy()


def _unitarity(regularizer: Unitarity, width: int) -> ClosedForm:
    return ClosedForm(UNIT_LENGTH, [0] * width, [1] * width)


def _angular_anchor(regularizer: AngularAnchor, width: int) -> ClosedForm:
    """1 - cos as a ramp, max(1 - cos, 0): below 0 only by rounding, and at 0 its tangential gradient is 0."""
    return ClosedForm(RAMP, _direction(regularizer.point), [1] * width, 1, -1)


def _anti_anchor(regularizer: AntiAnchor, width: int) -> ClosedForm:
    start, pace = (0, 1) if regularizer.hemi else (0.5, 0.5)
    return ClosedForm(RAMP, _direction(regularizer.point), [1] * width, start, pace)


def _anchor(regularizer: Anchor, width: int) -> ClosedForm:
    return ClosedForm(SQUARES, regularizer.point, [1] * width)


def _subspace(regularizer: AxisAlignedSubspace, width: int) -> ClosedForm:
    return ClosedForm(SQUARES, [0] * width, _chosen(regularizer.counted(width), width))


def _separate(regularizer: Separate, width: int) -> ClosedForm:
    start, pace = (0.5, 0.5) if regularizer.shift else (0, 1)
    return ClosedForm(SEPARATION, [0] * width, [1] * width, start, pace, regularizer.power)


def _crowding(regularizer: Crowding, width: int) -> ClosedForm:
    return ClosedForm(CROWDING, [0] * width, _chosen(regularizer.dims, width), SOFTENING)


def _direction(point: tuple[float, ...]) -> list[float]:
    """p / max(|p|, 1e-12)."""
    length = max(math.hypot(*point), NORM_FLOOR)
    return [x / length for x in point]


def _chosen(dims: Sequence[int], width: int) -> list[float]:
    return [float(k in dims) for k in range(width)]


class Spare(NamedTuple):
    """Memory that a closed form may write into."""

    row: Floats
    """`[B]`."""
    other: Floats
    square: Floats
    """`[B * B]`, flat, if the form is a separation; given, found and nothing are then its too."""
    given: Floats
    """`[2 K, B]`."""
    found: Floats
    nothing: Floats
    """Zeros, as many as there are rows, or sides of `given`."""


def spare_room(forms: ClosedForms, width: int, rows: int) -> Spare:
    """Memory for any of these forms."""
    kind = forms.point.dtype.type
    compared = rows if (forms.kernel == SEPARATION).any() else 0
    (row, other), (given, found) = room(2, rows, kind=kind), room(2, 2 * width, compared, kind=kind)
    return Spare(row, other, room(compared**2, kind=kind), given, found, np.zeros(max(compared, 2 * width), kind))


@in_place
def _to_unit_length(
    forms: Any, t: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any, spare: Any
) -> None:
    """(|z| - 1)^2, with the gradient 2 (|z| - 1) z / |z|."""
    loss, pull = spare.row, spare.other
    for s in range(z.shape[0]):
        write_lengths(z, s, pull)
        for i in range(z.shape[2]):
            excess = pull[i] - ONE
            loss[i] = share[s, i] * excess * excess
            pull[i] = TWO * weight[s] * share[s, i] * excess / pull[i]
        losses[s] = summed(loss)
        for k in range(z.shape[1]):
            for i in range(z.shape[2]):
                gradient[s, k, i] += pull[i] * z[s, k, i]


@in_place
def _ramp(forms: Any, t: Any, u: Any, share: Any, weight: Any, gradient: Any, losses: Any, spare: Any) -> None:
    """max(start + pace cos, 0), cos = u . point; the gradient is pace * point where this is above 0, else 0."""
    direction, start, pace = forms.point[t], forms.start[t], forms.pace[t]
    heights, pull = spare.row, spare.other
    for s in range(u.shape[0]):
        heights[:] = start
        for k in range(u.shape[1]):
            for i in range(u.shape[2]):
                heights[i] += pace * direction[k] * u[s, k, i]
        for i in range(u.shape[2]):
            pull[i] = weight[s] * pace * share[s, i] if heights[i] > 0 else ZERO
            heights[i] = share[s, i] * max(heights[i], ZERO)
        losses[s] = summed(heights)
        for k in range(u.shape[1]):
            for i in range(u.shape[2]):
                gradient[s, k, i] += direction[k] * pull[i]


@in_place
def add_squares(
    point: Any, factor: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any, loss: Any
) -> None:
    """The sum over k of factor_k (z_k - point_k)^2, with the gradient 2 factor_k (z_k - point_k)."""
    for s in range(z.shape[0]):
        loss[:] = 0
        for k in range(z.shape[1]):
            pull = TWO * weight[s] * factor[k]
            for i in range(z.shape[2]):
                offset = z[s, k, i] - point[k]
                loss[i] += factor[k] * share[s, i] * offset * offset
                gradient[s, k, i] += pull * share[s, i] * offset
        losses[s] = summed(loss)


@in_place
def _squares(forms: Any, t: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any, spare: Any) -> None:
    add_squares(forms.point[t], forms.factor[t], z, share, weight, gradient, losses, spare.row)


@in_place
def _reciprocals(forms: Any, t: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any, spare: Any) -> None:
    """The mean over the B rows j of f_ij = 1 / (d_ij^2 + start), d_ij being a distance in the dimensions with a factor.

    The gradient at z_i is the sum over j of -2 (share_i + share_j) f_ij^2 (z_i - z_j) / B: each pair counts twice.
    """
    rows, factor, softening = z.shape[2], forms.factor[t], forms.start[t]
    near, pull = spare.row, spare.other
    of_each = losses.dtype.type(1) / losses.dtype.type(rows)
    for s in range(z.shape[0]):
        loss = losses.dtype.type(0)
        for i in range(rows):
            near[:i] = softening
            for k in range(factor.size):
                if factor[k] != 0:
                    for j in range(i):
                        offset = z[s, k, i] - z[s, k, j]
                        near[j] += offset * offset
            for j in range(i):
                both, one = of_each * (share[s, i] + share[s, j]), ONE / near[j]
                near[j] = both * one
                pull[j] = TWO * weight[s] * both * one * one
            for j in range(i):
                loss += near[j]
            for k in range(factor.size):
                if factor[k] != 0:
                    own = gradient[s, k, i]
                    for j in range(i):
                        step = pull[j] * (z[s, k, i] - z[s, k, j])
                        own -= step
                        gradient[s, k, j] += step
                    gradient[s, k, i] = own
        losses[s] = loss


@in_place
def _separation(forms: Any, t: Any, u: Any, share: Any, weight: Any, gradient: Any, losses: Any, spare: Any) -> None:
    """The sum over j of C_ij^power, C being start + pace times the cosines.

    With p = power, D = C^(p-1), which is symmetric, and g = weight * share, the gradient is p (g_i (D u)_i +
    (D (g u))_i). So one product is enough, of D with u and share * u side by side.
    """
    start, pace, power = forms.start[t], forms.pace[t], forms.power[t]
    inner = float32(power) * pace  # the derivative of the power, times that of its base
    seeds, width, rows = u.shape
    nothing, sums, cosines, given, found = spare.nothing, spare.row, spare.square, spare.given, spare.found
    for s in range(seeds):
        z, at = u.reshape(-1), s * width * rows
        product((rows, width, rows), z, at, NEXT, rows, nothing, BEGINNING, z, at, cosines, BEGINNING)
        # A cosine that counts as 0 should have no gradient, but has one here. It points along the rows themselves, and
        # the normalization passes none of it back, or a little if the rows are not equal but up to a quarter of a
        # degree apart.
        raise_and_add(cosines, ONE_PLACE, pace, start, power - 1, sums)
        is_equal, sides, of, of_at = _is_equal(share[s]), width, z, at
        if not is_equal:  # else D (g u) = g (D u)
            sides, of, of_at = 2 * width, given.reshape(-1), BEGINNING
            for k in range(width):
                for i in range(rows):
                    given[k, i] = u[s, k, i]
                    given[width + k, i] = share[s, i] * u[s, k, i]
        shape, answers = (sides, rows, rows), found.reshape(-1)
        product(shape, of, of_at, rows, NEXT, nothing, BEGINNING, cosines, BEGINNING, answers, BEGINNING)
        pull = inner * weight[s]
        for k in range(width):
            for i in range(rows):
                once = share[s, i] * found[k, i]
                gradient[s, k, i] += pull * (once + (once if is_equal else found[width + k, i]))
        for i in range(rows):
            sums[i] *= share[s, i]
        losses[s] = summed(sums)


@in_place
def _is_equal(numbers: Any) -> Any:
    """Whether all numbers `[B]` are the same."""
    differ = False
    for i in range(numbers.size):
        differ |= numbers[i] != numbers[0]
    return not differ


ANGULAR: Mapping[type[Regularizer], Callable[[Any, int], ClosedForm]] = {
    AngularAnchor: _angular_anchor,
    AntiAnchor: _anti_anchor,
    Separate: _separate,
}
CLOSED_FORMS: Mapping[type[Regularizer], Callable[[Any, int], ClosedForm]] = {
    **ANGULAR,
    Unitarity: _unitarity,
    Anchor: _anchor,
    AxisAlignedSubspace: _subspace,
    Planarity: _subspace,
    Crowding: _crowding,
}
KERNELS: Mapping[int, Callable[..., None]] = {
    UNIT_LENGTH: _to_unit_length,
    RAMP: _ramp,
    SQUARES: _squares,
    SEPARATION: _separation,
    CROWDING: _reciprocals,
}
"""Functions of (forms, the place t of one, z, share `[S, B]`, weight `[S]`, gradient, losses `[S]`, spare), which add
to the gradient and write the losses."""


@inlined
def add_closed_form(
    forms: Any, t: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any, spare: Any
) -> None:
    """The kernel of a closed form, for other kernels, which cannot look it up."""
    if forms.kernel[t] == UNIT_LENGTH:
        _to_unit_length(forms, t, z, share, weight, gradient, losses, spare)
    elif forms.kernel[t] == RAMP:
        _ramp(forms, t, z, share, weight, gradient, losses, spare)
    elif forms.kernel[t] == SQUARES:
        _squares(forms, t, z, share, weight, gradient, losses, spare)
    elif forms.kernel[t] == SEPARATION:
        _separation(forms, t, z, share, weight, gradient, losses, spare)
    else:
        _reciprocals(forms, t, z, share, weight, gradient, losses, spare)
