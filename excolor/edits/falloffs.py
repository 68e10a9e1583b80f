"""Falloffs of interventions with alignment: how much a suppression takes away, and how far a repulsion turns.

The alignment alpha of a latent with a concept's direction is their inner product clamped to [0, 1], the cosine of
their angle where the latent has unit length. All functions here act element by element, with the same bits whatever
else the tensor holds. Source: experiments 2.1 to 2.4, arXiv 2512.12469.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from excolor.numerics.alignment import interpolated
from excolor.numerics.arithmetic import whole_power
from excolor.numerics.fields import Fielded
from excolor.numerics.given import is_number, is_real_tensor, shown

if TYPE_CHECKING:
    from torch import Tensor

POINTS = (1 << 14) + 1
"""How many points of a Bezier curve are computed, at even steps of its parameter; it is straight between them."""


class FalloffError(ValueError):
    """A falloff or a mapper whose parameters do not make one."""


@dataclass(frozen=True)
class BoundedFalloff(Fielded):
    """g(alpha) = b ((alpha - a) / (1 - a))^p above a, else 0: the share of the aligned part that is taken away.

    It grows from 0 at a to b at full alignment; with p = 0 it is b at once.

    Args:
        start: a, from 0 to below 1: the alignment above which it acts, the cosine of an angle.
        strength: b, above 0 and up to 1: the share that full alignment loses.
        power: p, a whole number, 0 or above; 1 by default.
    """

    start: float
    strength: float
    power: int = 1

    def __post_init__(self) -> None:
        _check_numbers(self, "start", "strength")
        _check_start(self)
        if not 0 < self.strength <= 1:
            raise FalloffError(
                f"{self}: the strength must be above 0 and at most 1, for example 1, which takes all away"
            )
        if type(self.power) is not int or self.power < 0:
            raise FalloffError(f"{self}: the power must be a whole number, 0 or above, for example 2")

    def __call__(self, alignment: Tensor) -> Tensor:
        """The share that is taken away, of the shape of `alignment`, which holds numbers in [0, 1]."""
        import torch  # here, since it takes long to load

        _check_alignment(self, alignment)
        given = alignment.numpy()  # in which each of these operations takes a third of torch's time
        with np.errstate(all="ignore"):
            share = whole_power((given - self.start) / (1 - self.start), self.power) * self.strength
        return torch.from_numpy(np.where(given > self.start, share, 0))


@dataclass(frozen=True)
class Mapper(Fielded):
    """m(alpha): alpha itself up to a, then growing to b at full alignment. Subclasses give the growth as `bend`.

    Args:
        start: a, from 0: up to this alignment nothing is changed.
        limit: b, above a and below 1: the alignment that remains of full alignment, the cosine of the hole's angle.
    """

    start: float
    limit: float

    def __post_init__(self) -> None:
        _check_numbers(self, "start", "limit")
        _check_start(self)
        if not self.start < self.limit < 1:
            raise FalloffError(
                f"{self}: the limit must be above the start, {self.start:g}, and below 1, "
                f"for example {(1 + self.start) / 2:g}"
            )

    def __call__(self, alignment: Tensor) -> Tensor:
        """The new alignment, of the shape of `alignment`, which holds numbers in [0, 1]."""
        _check_alignment(self, alignment)
        return self.bend(alignment).where(alignment > self.start, alignment)

    def bend(self, alignment: Tensor) -> Tensor:
        raise NotImplementedError(f"{type(self).__name__} has no formula: define bend(self, alignment) -> [...]")


@dataclass(frozen=True)
class LinearMapper(Mapper):
    """m(alpha) = a + (b - a) (alpha - a) / (1 - a) above a: a straight line, with a kink at a.

    Args:
        start: a, from 0: up to this alignment nothing is changed.
        limit: b, above a and below 1: the alignment that remains of full alignment.
    """

    def bend(self, alignment: Tensor) -> Tensor:
        return (alignment - self.start) * ((self.limit - self.start) / (1 - self.start)) + self.start


@dataclass(frozen=True)
class BezierMapper(Mapper):
    """m(alpha) above a by a cubic Bezier curve from (a, a) to (1, b) with given slopes at its ends.

    The lines of these slopes through the ends cross at a point I. The inner control points are (a, a) and (1, b), each
    moved by the share d of its way toward I. The curve's height above alpha is interpolated linearly between
    16,385 of its points, within 1e-9 for the published curves; alpha never decreases along the curve. The published
    code takes ten steps of Newton's method or, in its fast version, a table of 1000 points, within 2e-7.

    Args:
        start: a, from 0: up to this alignment nothing is changed.
        limit: b, above a and below 1: the alignment that remains of full alignment.
        start_slope: the slope at (a, a); 1, the default, joins the part below a without a kink.
        end_slope: the slope at (1, b); 0 by default.
        control: d, from 0 to 1; sqrt(1/2) by default.
    """

    start_slope: float = 1.0
    end_slope: float = 0.0
    control: float = 1 / math.sqrt(2)

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_numbers(self, "start_slope", "end_slope", "control")
        chord = (self.limit - self.start) / (1 - self.start)
        low, high = sorted((self.start_slope, self.end_slope))
        if not 0 <= low < chord < high < math.inf:
            raise FalloffError(
                f"{self}: one slope must be below {chord:g}, that of the chord, but not below 0, and the other above "
                f"it, for their lines to cross on the way, for example start_slope={2 * chord:g}, end_slope=0"
            )
        if not 0 <= self.control <= 1:
            raise FalloffError(f"{self}: the control distance must be from 0 to 1, for example 0.7")

    def bend(self, alignment: Tensor) -> Tensor:
        import torch  # here, since it takes long to load

        x = alignment.double().numpy()
        return torch.from_numpy(interpolated(x.ravel(), *self._points).reshape(x.shape)).to(alignment.dtype)

    @cached_property
    def _points(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """Where the curve passes, its slopes from point to point, and what `interpolated` begins its search with."""
        t = np.linspace(0, 1, POINTS)
        x, y = (_bezier(p, t) for p in zip(*self.control_points, strict=True))
        with np.errstate(all="ignore"):  # where two points stand one above the other, no line is read
            slopes = np.diff(y) / np.diff(x)
        return x, y, slopes, np.searchsorted(x[1:], t, "right")

    @property
    def control_points(self) -> tuple[tuple[float, float], ...]:
        """The four control points (alpha, m) of the curve, its ends first and last."""
        a, b = self.start, self.limit
        across = (b - a + self.start_slope * a - self.end_slope) / (self.start_slope - self.end_slope)
        crossing = (across, a + self.start_slope * (across - a))
        return (a, a), _between((a, a), crossing, self.control), _between((1, b), crossing, self.control), (1, b)


def _bezier(p: tuple[float, ...], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """One coordinate of a cubic Bezier curve at the parameters t, from that of its control points."""
    s = 1 - t
    return s * s * s * p[0] + s * s * t * (3 * p[1]) + s * t * t * (3 * p[2]) + t * t * t * p[3]


def _between(p: tuple[float, float], q: tuple[float, float], share: float) -> tuple[float, float]:
    return p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])


def _check_numbers(acting: BoundedFalloff | Mapper, *names: str) -> None:
    for name in names:
        given = getattr(acting, name)
        if not is_number(given):
            # Infinite slopes and the like are numbers of their own, and refused with what they may be.
            if isinstance(given, float):
                continue
            raise FalloffError(
                f"{type(acting).__name__} has the {name.replace('_', ' ')} {given!r}: it must be a number, for example "
                "0.5"
            )


def _check_start(acting: BoundedFalloff | Mapper) -> None:
    if not 0 <= acting.start < 1:
        raise FalloffError(
            f"{acting}: the start must be from 0 to below 1, the cosine of the angle within which it acts, "
            "for example 0.5 for 60 degrees"
        )


def _check_alignment(acting: BoundedFalloff | Mapper, given: Tensor) -> None:
    if not is_real_tensor(given) or given.requires_grad:
        raise FalloffError(
            f"{type(acting).__name__} of {shown(given)}: it takes a tensor of floating point numbers without "
            "a gradient, for example torch.linspace(0, 1, 5)"
        )
