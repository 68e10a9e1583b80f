"""The gradients of terms: how the mean of a regularizer over a batch changes with every latent.

Autograd finds the gradient of any regularizer that has a formula. Most published ones also have a closed form, compiled
and ten times as fast at these sizes; the tests compare it with autograd.

Latents and their gradients are `[S, K, B]`, as in excolor.numerics.layers. An angular regularizer, a function of
directions alone, takes latents of unit length here; its gradient becomes tangential in the gradient of the
normalization.
"""

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy import float32

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
from excolor.numerics.compiling import compiled
from excolor.numerics.elementwise import HALF, ONE, TWO, ZERO, Floats, lengths, summed
from excolor.numerics.matmul import product

ONE_PLACE = float32(DUPLICATE)
ClosedForm = Callable[[Any, Floats, Floats, Floats, Floats, Floats], None]
"""A function of (regularizer, z, share `[S, B]`, weight `[S]`, gradient, losses `[S]`) that adds to the gradient and
writes the losses."""


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
    CLOSED_FORMS.get(type(regularizer), _by_autograd)(regularizer, z, share, weight, gradient, losses)
    return losses


def is_angular(regularizer: Regularizer) -> bool:
    """Whether a regularizer has a closed form for latents of unit length, and depends on no length."""
    return type(regularizer) in ANGULAR


def _by_autograd(
    regularizer: Regularizer, z: Floats, share: Floats, weight: Floats, gradient: Floats, losses: Floats
) -> None:
    latents = torch.from_numpy(z).mT.requires_grad_()
    mean = (regularizer(latents) * torch.from_numpy(share)).sum(-1)
    (pull,) = torch.autograd.grad(mean, latents, torch.from_numpy(weight))
    gradient += pull.mT.numpy()
    losses[:] = mean.detach().numpy()


def _unitarity(regularizer: Unitarity, z: Floats, *rest: Floats) -> None:
    _to_unit_length(z, *rest)


def _angular_anchor(regularizer: AngularAnchor, u: Floats, *rest: Floats) -> None:
    """1 - cos as a ramp, max(1 - cos, 0): below 0 only by rounding, and at 0 its tangential gradient is 0."""
    _ramp(_direction(regularizer.point, u.dtype), u.dtype.type(1), u.dtype.type(-1), u, *rest)


def _anti_anchor(regularizer: AntiAnchor, u: Floats, *rest: Floats) -> None:
    start, pace = (0, 1) if regularizer.hemi else (0.5, 0.5)
    _ramp(_direction(regularizer.point, u.dtype), u.dtype.type(start), u.dtype.type(pace), u, *rest)


def _anchor(regularizer: Anchor, z: Floats, *rest: Floats) -> None:
    add_squares(np.array(regularizer.point, z.dtype), np.ones(z.shape[1], z.dtype), z, *rest)


def _subspace(regularizer: AxisAlignedSubspace, z: Floats, *rest: Floats) -> None:
    factor = np.zeros(z.shape[1], z.dtype)
    factor[regularizer.counted(z.shape[1])] = 1
    add_squares(np.zeros_like(factor), factor, z, *rest)


def _separate(regularizer: Separate, u: Floats, *rest: Floats) -> None:
    _separation(regularizer.power, regularizer.shift)(u, *rest)


def _crowding(regularizer: Crowding, z: Floats, *rest: Floats) -> None:
    _reciprocals(np.array(regularizer.dims), z.dtype.type(SOFTENING), z, *rest)


def _direction(point: tuple[float, ...], kind: np.dtype[np.float32]) -> Floats:
    """p / max(|p|, 1e-12)."""
    length = max(math.hypot(*point), NORM_FLOOR)
    return np.array([x / length for x in point], kind)


@compiled
def _to_unit_length(z: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """(|z| - 1)^2, with the gradient 2 (|z| - 1) z / |z|."""
    length, pull, loss = lengths(z), np.empty_like(z[0, 0]), np.empty_like(z[0, 0])
    for s in range(z.shape[0]):
        for i in range(z.shape[2]):
            excess = length[s, i] - ONE
            loss[i] = share[s, i] * excess * excess
            pull[i] = TWO * weight[s] * share[s, i] * excess / length[s, i]
        losses[s] = summed(loss)
        for k in range(z.shape[1]):
            for i in range(z.shape[2]):
                gradient[s, k, i] += pull[i] * z[s, k, i]


@compiled
def _ramp(direction: Any, start: Any, pace: Any, u: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """max(start + pace cos, 0), cos = u . direction; the gradient is pace * direction where this is above 0, else 0."""
    heights, pull = np.empty_like(u[0, 0]), np.empty_like(u[0, 0])
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


@compiled
def add_squares(point: Any, factor: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """The sum over k of factor_k (z_k - point_k)^2, with the gradient 2 factor_k (z_k - point_k)."""
    loss = np.empty_like(z[0, 0])
    for s in range(z.shape[0]):
        loss[:] = 0
        for k in range(z.shape[1]):
            pull = TWO * weight[s] * factor[k]
            for i in range(z.shape[2]):
                offset = z[s, k, i] - point[k]
                loss[i] += factor[k] * share[s, i] * offset * offset
                gradient[s, k, i] += pull * share[s, i] * offset
        losses[s] = summed(loss)


@compiled
def _reciprocals(dims: Any, softening: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """The mean over the B rows j of f_ij = 1 / (d_ij^2 + softening), d_ij being a distance in the dimensions `dims`.

    The gradient at z_i is the sum over j of -2 (share_i + share_j) f_ij^2 (z_i - z_j) / B: each pair counts twice.
    """
    rows = z.shape[2]
    of_each = losses.dtype.type(1) / losses.dtype.type(rows)
    for s in range(z.shape[0]):
        loss = losses.dtype.type(0)
        for i in range(rows):
            for j in range(i):
                square = softening
                for k in dims:
                    offset = z[s, k, i] - z[s, k, j]
                    square += offset * offset
                both, near = of_each * (share[s, i] + share[s, j]), ONE / square
                loss += both * near
                pull = TWO * weight[s] * both * near * near
                for k in dims:
                    step = pull * (z[s, k, i] - z[s, k, j])
                    gradient[s, k, i] -= step
                    gradient[s, k, j] += step
        losses[s] = loss


@cache
def _separation(power: int, shift: bool) -> Callable[..., None]:
    """Make the kernel of Separate: sum over j of C_ij^p, C being the cosines, or (C + 1) / 2 with `shift`.

    With D = C^(p-1), which is symmetric, and g = weight * share, the gradient is p (g_i (D u)_i + (D (g u))_i). So one
    product is enough, of D with u and share * u side by side.
    """
    scale, offset, less = (HALF if shift else ONE), (HALF if shift else ZERO), power - 1
    inner = float32(power) * scale  # the derivative of the power, times that of the shift

    @compiled
    def kernel(u: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
        seeds, width, rows = u.shape
        nothing, sums = np.zeros(max(rows, 2 * width), np.float32), np.empty(rows, np.float32)
        cosines, given = np.empty((rows, rows), np.float32), np.empty((2 * width, rows), np.float32)
        found = np.empty((2 * width, rows), np.float32)
        for s in range(seeds):
            z = u[s].reshape(-1)
            product((rows, width, rows), z, 0, (1, rows), nothing, 0, z, 0, cosines.reshape(-1), 0)
            sums[:] = 0
            for j in range(rows):
                for i in range(rows):
                    x = cosines[j, i]
                    # An entry that is set to 0 should have no gradient, but has one here. It points along the rows
                    # themselves, and the normalization passes none of it back, or a little if the rows are not equal
                    # but up to a quarter of a degree apart.
                    base = (ZERO if x >= ONE_PLACE else x) * scale + offset
                    power_less = base**less  # compiled to products, since `less` is a constant
                    cosines[j, i] = power_less
                    sums[i] += base * power_less
            gated = False  # without a label D (g u) = g (D u)
            for i in range(rows):
                gated |= share[s, i] != share[s, 0]
            sides = width + width * gated
            for k in range(width):
                for i in range(rows):
                    given[k, i], given[width + k, i] = u[s, k, i], share[s, i] * u[s, k, i]
            shape = (sides, rows, rows)
            product(shape, given.reshape(-1), 0, (rows, 1), nothing, 0, cosines.reshape(-1), 0, found.reshape(-1), 0)
            if not gated:
                for k in range(width):
                    for i in range(rows):
                        found[width + k, i] = share[s, i] * found[k, i]
            pull = inner * weight[s]
            for k in range(width):
                for i in range(rows):
                    gradient[s, k, i] += pull * (share[s, i] * found[k, i] + found[width + k, i])
            for i in range(rows):
                sums[i] *= share[s, i]
            losses[s] = summed(sums)

    return kernel


ANGULAR: Mapping[type[Regularizer], ClosedForm] = {
    AngularAnchor: _angular_anchor,
    AntiAnchor: _anti_anchor,
    Separate: _separate,
}
CLOSED_FORMS: Mapping[type[Regularizer], ClosedForm] = {
    **ANGULAR,
    Unitarity: _unitarity,
    Anchor: _anchor,
    AxisAlignedSubspace: _subspace,
    Planarity: _subspace,
    Crowding: _crowding,
}
