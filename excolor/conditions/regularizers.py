"""Regularizers: losses of latents, which shape the latent space beside the reconstruction loss.

Each is a pure function of latents z `[..., B, K]`, whatever the leading axes, with one value `[..., B]` per row;
the training gates rows by labels and averages them. A new regularizer is a class with a formula:
autograd finds its gradient (excolor.training.gradients).

A cosine divides by max(|z|, 1e-12), where the published code adds 1e-8 to the norm: at unit length the two are the same
number in single precision.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from excolor.conditions.architecture import SIZES, is_size, wanted_size
from excolor.numerics.arithmetic import norm, unit
from excolor.numerics.fields import Fielded
from excolor.numerics.given import is_number, is_real_tensor, is_tensor, is_whole, shown

if TYPE_CHECKING:
    from torch import Tensor

DUPLICATE = 1 - 1.001e-5
"""Rows whose cosine is above this, a quarter of a degree apart, count as duplicates; from the published code."""
SOFTENING = 1e-6
"""Added to a squared distance, so that its reciprocal stays finite; from the published code."""


SHORTEST, LONGEST = 1e-6, 1e6
"""How far from 0 a point may be: less is no direction, more has no square in single precision."""


class RegularizerError(ValueError):
    """A regularizer that does not fit the latents that it is given."""


@dataclass(frozen=True)
class Regularizer(Fielded):
    """A loss of each row of latents. Subclasses give the formula as `penalty`.

    A subclass is a frozen dataclass, and its fields can be hashed, such as numbers, strings and tuples of these:
    conditions are equal, and trained once, if their regularizers are, so that all that shapes a loss has to be seen by
    `==`.

        @dataclass(frozen=True)
        class Outside(Regularizer):
            edge: float
            def penalty(self, z):
                return (z[..., 0] - self.edge).clamp_min(0).square()

    `penalty` gets latents z `[..., B, K]`, B rows of K dimensions, and gives the loss `[..., B]` of each row. It is
    made by functions of torch, from z alone, so that autograd finds the gradient; it neither sums over rows nor looks
    at labels, which is the training's part. Whatever needs a width, such as a point, defines `check` and `resized`.
    """

    def __call__(self, z: Tensor) -> Tensor:
        """The loss `[..., B]` of each row of z `[..., B, K]`."""
        import torch  # here, since it takes long to load

        if not is_real_tensor(z) or z.ndim < 2:
            raise RegularizerError(
                f"{type(self).__name__} of {shown(z)}: it takes latents [..., B, K], a tensor of floating point "
                "numbers, for example torch.rand(64, 5)"
            )
        self.check(z.shape[-1])
        found = self.penalty(z)
        if not is_tensor(found) or found.shape != z.shape[:-1]:
            raise RegularizerError(
                f"{type(self).__name__} makes {shown(found)} of latents of shape {tuple(z.shape)}: its penalty "
                "must be one number for each row, [..., B], for example z.square().sum(-1)"
            )
        has_lost_gradient = torch.is_grad_enabled() and z.requires_grad and not found.requires_grad
        if has_lost_gradient or found.dtype != z.dtype:
            without = " without a gradient" if has_lost_gradient else ""
            raise RegularizerError(
                f"{type(self).__name__} makes a tensor of {found.dtype}{without} of latents of {z.dtype}: its penalty "
                "must be made of z by torch's own functions, or nothing could be trained by it, for example "
                "z.square().sum(-1)"
            )
        return found

    def penalty(self, z: Tensor) -> Tensor:
        """The formula: the loss `[..., B]` of each row of latents z `[..., B, K]`."""
        raise NotImplementedError(f"{type(self).__name__} has no formula: define penalty(self, z) -> [..., B]")

    def check(self, width: int) -> None:
        """Raise a `RegularizerError` unless the regularizer fits latents of that width."""

    def check_acts(self, width: int) -> None:
        """Raise a `RegularizerError` if on latents of that width it would do nothing, whatever they are."""

    def resized(self, width: int) -> Self:
        """The same regularizer for latents of another width."""
        _check_width(self, width)
        self.check(width)
        return self


@dataclass(frozen=True)
class Unitarity(Regularizer):
    """(|z| - 1)^2: latents on the unit sphere."""

    def penalty(self, z: Tensor) -> Tensor:
        return (norm(z) - 1).square()


@dataclass(frozen=True)
class _Pointed(Regularizer):
    point: tuple[float, ...]

    def __post_init__(self) -> None:
        name, example = type(self).__name__, "for example (1.0, 0.0, 0.0, 0.0)"
        if not isinstance(self.point, tuple) or not self.point or not all(map(is_number, self.point)):
            raise RegularizerError(f"{name} has the point {self.point!r}: it must be a tuple of numbers, {example}")
        length = math.hypot(*self.point)
        if not SHORTEST <= length <= LONGEST:
            raise RegularizerError(
                f"{name} has the point {self.point!r}, {length:g} from 0: it must be {SHORTEST:g} to {LONGEST:g} from "
                f"it, {example}"
            )

    def check(self, width: int) -> None:
        if len(self.point) != width:
            raise RegularizerError(
                f"{type(self).__name__} has a point of {len(self.point)} coordinates, {self.point}, but the latents "
                f"have {width} dimensions: give one coordinate each, for example {unit_vector(0, width)}"
            )

    def resized(self, width: int) -> Self:
        """The same regularizer, its point with zeros appended or dropped."""
        _check_width(self, width)
        if any(self.point[width:]):
            raise RegularizerError(
                f"{type(self).__name__} has the point {self.point}, which does not lie in the first {width} "
                f"dimensions: only zeros can be dropped, for example from {unit_vector(0, width + 1)}"
            )
        point = self.point[:width] + (0.0,) * (width - len(self.point))
        return replace(self, point=point)

    def cosine(self, z: Tensor) -> Tensor:
        point = z.new_tensor(self.point)
        return (unit(z) * unit(point)).sum(-1)


@dataclass(frozen=True)
class Anchor(_Pointed):
    """|z - p|^2: the latents of a concept at the point p.

    Args:
        point: the point p of latent space, one coordinate for each dimension, such as (1.0, 0.0, 0.0).
    """

    def penalty(self, z: Tensor) -> Tensor:
        return (z - z.new_tensor(self.point)).square().sum(-1)


@dataclass(frozen=True)
class AngularAnchor(_Pointed):
    """1 - cos(z, p): the latents of a concept in the direction of p.

    Args:
        point: the point p of latent space, one coordinate for each dimension, such as (1.0, 0.0, 0.0).
    """

    def penalty(self, z: Tensor) -> Tensor:
        return 1 - self.cosine(z)


@dataclass(frozen=True)
class AntiAnchor(_Pointed):
    """max(cos(z, p), 0), or (cos(z, p) + 1) / 2 if not `hemi`: latents away from the direction of p.

    Point it at minus the anchor to keep the opposite side of a concept empty.

    Args:
        point: the point p of latent space, one coordinate for each dimension, such as (1.0, 0.0, 0.0).
        hemi: whether the hemisphere that faces away from p has no loss; True by default.
    """

    hemi: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_flag(self, "hemi")

    def penalty(self, z: Tensor) -> Tensor:
        cosine = self.cosine(z)
        return cosine.clamp_min(0) if self.hemi else (cosine + 1) / 2


@dataclass(frozen=True)
class AxisAlignedSubspace(Regularizer):
    """sum of z_i^2 over the dimensions not in `dims`: latents within the subspace that `dims` span.

    Inverted, the sum is over the dimensions in `dims`: latents clear of that subspace.

    Args:
        dims: latent dimensions, counted from 0, a tuple such as (0, 1).
        invert: whether latents are kept out of what they span, rather than within; False by default.
    """

    dims: tuple[int, ...]
    invert: bool = False

    def __post_init__(self) -> None:
        _check_tuple(self, self.dims)
        _check_flag(self, "invert")

    def check(self, width: int) -> None:
        _check_dims(self, self.dims, width)

    def check_acts(self, width: int) -> None:
        """Raise a `RegularizerError` if it would be 0 whatever the latents are."""
        if not self.counted(width):
            raise RegularizerError(
                f"{type(self).__name__} has the dims {self.dims}, all that the latents have: every latent lies within "
                f"what they span, and the term would do nothing; leave one out, for example {tuple(range(width - 1))}"
            )

    def penalty(self, z: Tensor) -> Tensor:
        return z[..., self.counted(z.shape[-1])].square().sum(-1)

    def counted(self, width: int) -> list[int]:
        """List the dimensions whose squares are the loss, of latents of that width."""
        return sorted(set(self.dims) if self.invert else set(range(width)) - set(self.dims))


@dataclass(frozen=True)
class Planarity(AxisAlignedSubspace):
    """sum of z_i^2 over i > 1: latents in the plane of the first two dimensions, the color wheel's.

    Args:
        dims: the dimensions of the plane, (0, 1) by default.
        invert: as for `AxisAlignedSubspace`.
    """

    dims: tuple[int, ...] = (0, 1)


@dataclass(frozen=True)
class Separate(Regularizer):
    """sum over j of C_ij^power, C being the cosines between the rows of a batch: no two colors in one place.

    Cosines within 1.001e-5 of 1 count as 0: that of a row with itself, and with its duplicates. With `shift`,
    (C + 1) / 2 stands for C: at power 100 only rows less than about 20 degrees apart then have a noticeable loss.

    Args:
        power: a whole number, 1 or above, such as 100: the higher, the nearer rows may be to each other.
        shift: whether (C + 1) / 2 stands for C; True by default.
    """

    power: int
    shift: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.power, int) or not is_whole(self.power, 1):
            raise RegularizerError(
                f"Separate has the power {self.power!r}: it must be a whole number, 1 or above, for example 100"
            )
        _check_flag(self, "shift")

    def penalty(self, z: Tensor) -> Tensor:
        u = unit(z)
        cosines = u @ u.mT
        cosines = cosines.masked_fill(cosines > DUPLICATE, 0.0)
        return ((cosines + 1) / 2 if self.shift else cosines).pow(self.power).sum(-1)


@dataclass(frozen=True)
class Crowding(Regularizer):
    """mean over the B rows j of 1 / (|z_i - z_j|^2 + 1e-6), in the dimensions in `dims`: no two colors near each other.

    The term j = i counts as 0; the published code adds it, a constant 1e6 without a gradient. The term of a duplicate
    of row i has no gradient either. Source: experiments 1.5 and 1.6.

    Args:
        dims: the latent dimensions in which distances are measured, (0, 1) by default.
    """

    dims: tuple[int, ...] = (0, 1)

    def __post_init__(self) -> None:
        _check_tuple(self, self.dims)

    def check(self, width: int) -> None:
        _check_dims(self, self.dims, width)

    def penalty(self, z: Tensor) -> Tensor:
        import torch  # here, since it takes long to load

        shown = z[..., list(self.dims)]
        squares = (shown.unsqueeze(-2) - shown.unsqueeze(-3)).square().sum(-1)
        itself = torch.eye(z.shape[-2], dtype=torch.bool, device=z.device)
        return (squares + SOFTENING).reciprocal().masked_fill(itself, 0).mean(-1)


def _check_width(regularizer: Regularizer, width: object) -> None:
    if not is_size(width, SIZES["bottleneck"]):
        raise RegularizerError(
            f"{type(regularizer).__name__} for latents of width {shown(width)}: {wanted_size(SIZES['bottleneck'])}"
        )


def _check_flag(regularizer: Regularizer, name: str) -> None:
    if not isinstance(given := getattr(regularizer, name), bool):
        raise RegularizerError(
            f"{type(regularizer).__name__} has {name} {given!r}: it is True or False, for example {name}=True"
        )


def _check_tuple(regularizer: Regularizer, dims: object) -> None:
    if not isinstance(dims, tuple) or not dims or not all(map(is_whole, dims)) or len(set(dims)) < len(dims):
        raise RegularizerError(
            f"{type(regularizer).__name__} has the dims {dims!r}: they must be a tuple of different whole numbers, 0 "
            "or above, for example (0, 1), or (0,) for one"
        )


def _check_dims(regularizer: Regularizer, dims: tuple[int, ...], width: int) -> None:
    if not all(dim < width for dim in dims):
        raise RegularizerError(
            f"{type(regularizer).__name__} has the dims {dims}: they must be different and from 0 to {width - 1}, "
            "for example (0, 1)"
        )


def unit_vector(dim: int, width: int) -> tuple[float, ...]:
    """The unit vector along one of `width` dimensions, for example unit_vector(0, 3) = (1.0, 0.0, 0.0)."""
    if not is_whole(width, 1) or not is_whole(dim) or dim >= width:
        raise RegularizerError(
            f"there is no axis {dim!r} in {width!r} dimensions: they are counted from 0, for example unit_vector(0, 3)"
        )
    return tuple(float(i == dim) for i in range(width))
