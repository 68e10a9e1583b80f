"""Loss terms on activations: what shapes a latent space beside reconstruction.

Each is a pure function of latents z `[..., B, K]`, whatever the leading axes, with one value `[..., B]` per row;
how rows are gated by labels and averaged is the trainer's business. A new one is a class with a formula:
autograd finds its gradient.

A cosine divides by max(|z|, 1e-12), where the published code adds 1e-8 to the norm: at unit length the two are one
number in single precision.
"""

from dataclasses import dataclass, replace
from typing import Any, Self

import torch
from torch import Tensor

from excolor.arithmetic import multiply, norm, unit, whole_power


class RegularizerError(ValueError):
    """A regularizer that does not fit the latents it is asked to measure."""


@dataclass(frozen=True)
class Regularizer:
    """A loss per row of latents. Subclasses give the formula as `penalty`."""

    def __call__(self, z: Tensor) -> Tensor:
        """The loss `[..., B]` of each row of z `[..., B, K]`."""
        self.check(z.shape[-1])
        return self.penalty(z)

    def penalty(self, z: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} has no formula: define penalty(self, z) -> [..., B]")

    def check(self, width: int) -> None:
        """Raise a `RegularizerError` unless this can measure latents of that width."""

    def resized(self, width: int) -> Self:
        """The same regularizer for latents of another width."""
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
    """The point of latent space that is meant, one coordinate per dimension."""

    def check(self, width: int) -> None:
        if len(self.point) != width:
            raise RegularizerError(
                f"{type(self).__name__} has a point of {len(self.point)} coordinates, {self.point}, but the latents "
                f"have {width} dimensions: give one coordinate each, for example {axis(0, width)}"
            )

    def resized(self, width: int) -> Self:
        """The same point with zeros appended or dropped."""
        if any(self.point[width:]):
            raise RegularizerError(
                f"{type(self).__name__} has the point {self.point}, which does not lie in the first {width} "
                f"dimensions: only zeros can be dropped, for example from {axis(0, width + 1)}"
            )
        point = self.point[:width] + (0.0,) * (width - len(self.point))
        return replace(self, point=point)

    def cosine(self, z: Tensor) -> Tensor:
        point = torch.tensor(self.point, dtype=z.dtype, device=z.device)
        # Coordinate by coordinate, so that the gradient lies in memory as the latents do, to whose own it is added.
        return (unit(z).mT * unit(point).unsqueeze(-1)).sum(-2)


@dataclass(frozen=True)
class Anchor(_Pointed):
    """|z - p|^2: the latents of a concept at the point p."""

    def penalty(self, z: Tensor) -> Tensor:
        return (z - torch.tensor(self.point, dtype=z.dtype, device=z.device)).square().sum(-1)


@dataclass(frozen=True)
class AngularAnchor(_Pointed):
    """1 - cos(z, p): the latents of a concept in the direction of p."""

    def penalty(self, z: Tensor) -> Tensor:
        return 1 - self.cosine(z)


@dataclass(frozen=True)
class AntiAnchor(_Pointed):
    """max(cos(z, p), 0), or (cos(z, p) + 1) / 2 if not `hemi`: latents away from the direction of p.

    Point it at minus the anchor to keep the opposite side of a concept empty.
    """

    hemi: bool = True
    """Leave alone the hemisphere that faces away from p."""

    def penalty(self, z: Tensor) -> Tensor:
        cosine = self.cosine(z)
        return cosine.clamp_min(0) if self.hemi else (cosine + 1) / 2


@dataclass(frozen=True)
class AxisAlignedSubspace(Regularizer):
    """sum of z_i^2 over the dimensions not in `dims`: latents within the subspace that `dims` span.

    Inverted, the sum over those in `dims`: latents clear of it.
    """

    dims: tuple[int, ...]
    invert: bool = False

    def check(self, width: int) -> None:
        if not self.dims or len(set(self.dims)) < len(self.dims) or not set(self.dims) <= set(range(width)):
            raise RegularizerError(
                f"{type(self).__name__} has the dims {self.dims}: they must be different and from 0 to {width - 1}, "
                "for example (0, 1)"
            )

    def penalty(self, z: Tensor) -> Tensor:
        kept = set(self.dims) if self.invert else set(range(z.shape[-1])) - set(self.dims)
        return z[..., sorted(kept)].square().sum(-1)


@dataclass(frozen=True)
class Planarity(AxisAlignedSubspace):
    """sum of z_i^2 over i > 1: latents in the plane of the first two dimensions, the color wheel's."""

    dims: tuple[int, ...] = (0, 1)


@dataclass(frozen=True)
class Separate(Regularizer):
    """sum over j of C_ij^power, C being the cosines between the rows of a batch: no two colors in one place.

    Cosines within 1.001e-5 of 1 count as 0: a row's with itself, and with its duplicates. With `shift`, (C + 1) / 2
    stands for C: at power 100 the term is then felt only below about 20 degrees.
    """

    power: int
    shift: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.power, int) or self.power < 1:
            raise RegularizerError(
                f"Separate has the power {self.power!r}: it must be a whole number, 1 or above, for example 100"
            )

    def penalty(self, z: Tensor) -> Tensor:
        sums: Tensor = _PowerSums.apply(unit(z), self.power, self.shift)  # type: ignore[no-untyped-call]
        return sums


class _PowerSums(torch.autograd.Function):
    """sum over j of C_ij^p for unit rows u, C = u u^T, with the gradient in closed form.

    Autograd would keep a dozen [B, B] matrices per seed; this keeps one, D = dC^p/dC. Both are symmetric, so that
    du_i = sum over j of (g_i + g_j) D_ij u_j = g_i (D u)_i + (D (g u))_i: one product with u and g u side by side.
    """

    @staticmethod
    def forward(ctx: Any, u: Tensor, power: int, shift: bool) -> Tensor:
        opposed = multiply(-u, u.mT, out=u.new_empty(*u.shape[:-1], u.shape[-2]))
        # threshold keeps what is above a limit and puts 0 for the rest: hence minus the cosines.
        opposed = torch.nn.functional.threshold(opposed, -(1 - 1.001e-5), 0.0, inplace=True)
        base = torch.sub(u.new_tensor(0.5), opposed, alpha=0.5, out=opposed) if shift else opposed.neg_()
        # Of an entry put to 0 the slope counts too, which a constant would not have. It pulls two rows along each
        # other, where the normalization lets nothing through but for those up to a quarter of a degree apart.
        slope = whole_power(base, power - 1)
        sums = base.mul_(slope).sum(-1)
        ctx.save_for_backward(u, slope)
        ctx.scale = power * (0.5 if shift else 1.0)
        return sums

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        u, slope = ctx.saved_tensors
        g = grads[0].unsqueeze(-2) * ctx.scale
        columns = torch.cat([u.mT, u.mT * g], dim=-2)
        products = multiply(columns, slope, out=torch.empty_like(columns))
        straight, weighted = products.chunk(2, dim=-2)
        return torch.addcmul(weighted, straight, g).mT, None, None


def axis(dim: int, width: int) -> tuple[float, ...]:
    """The unit vector along one of `width` dimensions, for example axis(0, 3) = (1.0, 0.0, 0.0)."""
    return tuple(float(i == dim) for i in range(width))
