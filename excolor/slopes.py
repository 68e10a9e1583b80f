"""The slope of a term: how its mean over a batch changes with every latent.

By autograd for any regularizer that has a formula. For most published ones there is a closed form beside it, several
times as fast at these sizes, and held against autograd by the tests.

Latents and their slopes are `[S, K, B]`, as in excolor.layers. The rows' shares in the mean are `[S, B]` where a label
gates the term, else `[1, 1]`, 1 / B for all. What is angular, a function of directions alone, takes latents of unit
length here, and leaves it to the normalization to make its slope tangential.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from excolor.arithmetic import NORM_FLOOR
from excolor.kernels import Floats, lengths, powers
from excolor.regularizers import (
    DUPLICATE,
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Drift,
    Planarity,
    Regularizer,
    Separate,
    Unitarity,
)

Weight = float | NDArray[np.float64]
ClosedForm = Callable[[Any, Floats, Floats, Weight, Floats], Floats]


def add_slope(regularizer: Regularizer, z: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """Add weight d m / d z to `slope`, m `[S]` being the mean of the regularizer's losses by share; returns m.

    The weight is one for all, or one for each seed `[S, 1]`: rounded to single precision, where it is used, as late as
    a number would be, so that a seed's bits do not depend on which it is.
    """
    form = CLOSED_FORMS.get(type(regularizer), _by_autograd)
    return form(regularizer, z, share, weight, slope)


def is_angular(regularizer: Regularizer) -> bool:
    """Whether it has a closed form that takes latents of unit length, and is the same for all other lengths."""
    return type(regularizer) in ANGULAR


def _by_autograd(regularizer: Regularizer, z: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    latents = torch.from_numpy(z).mT.requires_grad_()
    mean = (regularizer(latents) * torch.from_numpy(share)).sum(-1)
    each = np.broadcast_to(z.dtype.type(weight), (len(z), 1))[:, 0]
    (pull,) = torch.autograd.grad(mean, latents, torch.from_numpy(each.copy()))
    slope += pull.mT.numpy()
    found: Floats = mean.detach().numpy()
    return found


def _unitarity(regularizer: Unitarity, z: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """2 (|z| - 1) z / |z|."""
    length = lengths(z)
    excess = length - 1
    pull = share * excess
    losses = pull * excess
    pull *= z.dtype.type(2 * weight)
    pull /= length
    slope += z * pull[:, None]
    return _sum(losses)


def _anchor(regularizer: Anchor, z: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """2 (z - p)."""
    offset = z - np.array(regularizer.point, z.dtype)[:, None]
    slope += offset * (z.dtype.type(2 * weight) * share)[:, None]
    return _sum(share * np.add.reduce(offset * offset, axis=1))


def _angular_anchor(regularizer: AngularAnchor, u: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """-p / |p|."""
    pull = u.dtype.type(weight) * share
    for dim, x in _direction(regularizer.point):
        slope[:, dim] -= x * pull
    return _sum(share * (1 - _cosines(u, regularizer.point)))


def _anti_anchor(regularizer: AntiAnchor, u: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """p / |p| where the cosine is above 0; half of it everywhere, if not `hemi`."""
    cosines = _cosines(u, regularizer.point)
    pull = share * (cosines > 0) if regularizer.hemi else 0.5 * share
    losses = share * np.maximum(cosines, 0) if regularizer.hemi else pull * (cosines + 1)
    for dim, x in _direction(regularizer.point):
        slope[:, dim] += u.dtype.type(weight * x) * pull
    return _sum(losses)


def _subspace(regularizer: AxisAlignedSubspace, z: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """2 z_i in every dimension that counts."""
    mean = np.zeros(len(z), z.dtype)
    for dim in regularizer.counted(z.shape[1]):
        shared = share * z[:, dim]
        slope[:, dim] += z.dtype.type(2 * weight) * shared
        mean += _sum(shared * z[:, dim])
    return mean


def _drift(regularizer: Drift, moved: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """2 (z - z_0) / K."""
    per_dim = share / moved.shape[1]
    slope += moved * (moved.dtype.type(2 * weight) * per_dim)[:, None]
    return _sum(per_dim * np.add.reduce(moved * moved, axis=1))


def _separate(regularizer: Separate, u: Floats, share: Floats, weight: Weight, slope: Floats) -> Floats:
    """p (g_i (D u)_i + (D (g u))_i), where C are the cosines or their shift, D = C^(p-1), and g = weight * share.

    Autograd would keep a dozen [B, B] matrices per seed; this keeps D alone. D is symmetric, so that the slope
    sum over j of (g_i + g_j) D_ij u_j is one product with u and g u side by side, and where g is the same for every row
    its second half is the first again.
    """
    # Of a copy, since numpy would take a matrix times itself for symmetric, and be half as fast at this size.
    cosines = np.matmul(u.swapaxes(1, 2), u.copy())
    sums = np.empty((u.shape[0], u.shape[2]), u.dtype)
    # Of an entry put to 0 the slope counts too, which a constant would not have. It pulls two rows along each
    # other, where the normalization lets nothing through but for those up to a quarter of a degree apart.
    powers(regularizer.power, regularizer.shift, DUPLICATE)(cosines, sums)
    power_slope = cosines  # as the kernel has left them
    g = (u.dtype.type(weight * regularizer.power * (0.5 if regularizer.shift else 1.0)) * share)[:, None]
    if g.shape[-1] == 1:
        slope += 2 * g * np.matmul(u, power_slope)
    else:
        straight, weighted = np.split(np.matmul(np.concatenate([u, u * g], axis=1), power_slope), 2, axis=1)
        slope += g * straight + weighted
    return _sum(share * sums)


def _sum(losses: Floats) -> Floats:
    total: Floats = np.add.reduce(losses, axis=-1)
    return total


def _cosines(u: Floats, point: tuple[float, ...]) -> Floats:
    """u . p / |p| `[S, B]`, over the coordinates of p that are not 0: of an axis, one is."""
    cosines = np.zeros((u.shape[0], u.shape[2]), u.dtype)
    for dim, x in _direction(point):
        cosines += x * u[:, dim]
    return cosines


def _direction(point: tuple[float, ...]) -> list[tuple[int, float]]:
    length = max(math.hypot(*point), NORM_FLOOR)
    return [(dim, x / length) for dim, x in enumerate(point) if x != 0]


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
    Drift: _drift,
}
