"""The gradient of a term: how its mean over a batch changes with every latent.

By autograd for any regularizer that has a formula. For most published ones there is a closed form beside it, compiled,
ten times as fast at these sizes, and held against autograd by the tests.

Latents and their gradients are `[S, K, B]`, as in excolor.numerics.layers. What is angular, a function of directions
alone, takes latents of unit length here, and leaves it to the normalization to make its gradient tangential.
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
from excolor.numerics.elementwise import HALF, ONE, TWO, ZERO, Floats, lengths
from excolor.numerics.matmul import product

ONE_PLACE = float32(DUPLICATE)
ClosedForm = Callable[[Any, Floats, Floats, Floats, Floats, Floats], None]
"""(regularizer, z, share `[S, B]`, weight `[S]`, gradient, losses `[S]`): adds to gradient, and writes the losses."""


def add_gradient(regularizer: Regularizer, z: Floats, share: Floats, weight: Floats, gradient: Floats) -> Floats:
    """Add weight d m / d z to `gradient`, m `[S]` being the mean of the regularizer's losses by share; returns m.

    Shares are `[S, B]`, weights `[S]`.
    """
    losses = np.empty_like(weight)
    CLOSED_FORMS.get(type(regularizer), _by_autograd)(regularizer, z, share, weight, gradient, losses)
    return losses


def is_angular(regularizer: Regularizer) -> bool:
    """Whether it has a closed form that takes latents of unit length, and is the same for all other lengths."""
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
    """1 - cos >= 0 but for rounding, and at 0 nothing of its gradient is tangential."""
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
    """p / |p|."""
    length = max(math.hypot(*point), NORM_FLOOR)
    return np.array([x / length for x in point], kind)


@compiled
def _to_unit_length(z: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """(|z| - 1)^2, whose gradient is 2 (|z| - 1) z / |z|."""
    length, pull = lengths(z), np.empty_like(z[0, 0])
    for s in range(z.shape[0]):
        loss = losses.dtype.type(0)
        for i in range(z.shape[2]):
            excess = length[s, i] - ONE
            loss += share[s, i] * excess * excess
            pull[i] = TWO * weight[s] * share[s, i] * excess / length[s, i]
        losses[s] = loss
        for k in range(z.shape[1]):
            for i in range(z.shape[2]):
                gradient[s, k, i] += pull[i] * z[s, k, i]


@compiled
def _ramp(direction: Any, start: Any, pace: Any, u: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """max(start + pace cos, 0), cos being u . direction; the gradient is pace * direction, but where it is 0."""
    heights, pull = np.empty_like(u[0, 0]), np.empty_like(u[0, 0])
    for s in range(u.shape[0]):
        heights[:] = start
        for k in range(u.shape[1]):
            for i in range(u.shape[2]):
                heights[i] += pace * direction[k] * u[s, k, i]
        loss = losses.dtype.type(0)
        for i in range(u.shape[2]):
            loss += share[s, i] * max(heights[i], ZERO)
            pull[i] = weight[s] * pace * share[s, i] if heights[i] > 0 else ZERO
        losses[s] = loss
        for k in range(u.shape[1]):
            for i in range(u.shape[2]):
                gradient[s, k, i] += direction[k] * pull[i]


@compiled
def add_squares(point: Any, factor: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """The sum over k of factor_k (z_k - point_k)^2, whose gradient is 2 factor_k (z_k - point_k)."""
    for s in range(z.shape[0]):
        loss = losses.dtype.type(0)
        for k in range(z.shape[1]):
            pull = TWO * weight[s] * factor[k]
            for i in range(z.shape[2]):
                offset = z[s, k, i] - point[k]
                loss += factor[k] * share[s, i] * offset * offset
                gradient[s, k, i] += pull * share[s, i] * offset
        losses[s] = loss


@compiled
def _reciprocals(dims: Any, softening: Any, z: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
    """The mean over the B rows j of f_ij = 1 / (d_ij^2 + softening), in some dimensions.

    Rows i and j pull on each other: the gradient at z_i has -2 (share_i + share_j) f_ij^2 (z_i - z_j) / B of each j.
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
    """The kernel of Separate: sums over j of C_ij^p, C being the cosines or their shift, and p (D u), D = C^(p-1).

    With g = weight * share the gradient is p (g_i (D u)_i + (D (g u))_i), D being symmetric: one product with u and
    share * u side by side.
    """
    scale, offset, less = (HALF if shift else ONE), (HALF if shift else ZERO), power - 1
    inner = float32(power) * scale  # the gradient of the power, and of the shift

    @compiled
    def kernel(u: Any, share: Any, weight: Any, gradient: Any, losses: Any) -> None:
        seeds, width, rows = u.shape
        nothing, sums = np.zeros(max(rows, 2 * width), np.float32), np.empty(rows, np.float32)
        cosines, given = np.empty((rows, rows), np.float32), np.empty((2 * width, rows), np.float32)
        found = np.empty((2 * width, rows), np.float32)
        for s in range(seeds):
            product(u[s].T, nothing, u[s].reshape(-1), cosines.reshape(-1))
            sums[:] = 0
            for j in range(rows):
                for i in range(rows):
                    x = cosines[j, i]
                    # Of an entry put to 0 the gradient counts too, which a constant would not have. It pulls two rows
                    # along each other, where the normalization lets nothing through but for those up to a quarter of
                    # a degree apart.
                    base = (ZERO if x >= ONE_PLACE else x) * scale + offset
                    power_less = base**less  # products, since `less` is a constant to the compiler
                    cosines[j, i] = power_less
                    sums[i] += base * power_less
            gated = False  # else D (g u) is g (D u)
            for i in range(rows):
                gated |= share[s, i] != share[s, 0]
            sides = width + width * gated
            for k in range(width):
                for i in range(rows):
                    given[k, i], given[width + k, i] = u[s, k, i], share[s, i] * u[s, k, i]
            product(given[:sides], nothing, cosines.reshape(-1), found[:sides].reshape(-1))
            if not gated:
                for k in range(width):
                    for i in range(rows):
                        found[width + k, i] = share[s, i] * found[k, i]
            pull, loss = inner * weight[s], ZERO
            for k in range(width):
                for i in range(rows):
                    gradient[s, k, i] += pull * (share[s, i] * found[k, i] + found[width + k, i])
            for i in range(rows):
                loss += share[s, i] * sums[i]
            losses[s] = loss

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
