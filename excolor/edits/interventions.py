"""Interventions: edits of latents while a model is evaluated, which leave its weights as they are.

An ensemble that carries interventions is a copy. Its latents are those after the interventions, and its decoder reads
these; nothing is normalized again, so that a suppressed latent lies inside the unit sphere, where no training put any.

    color -> encoder -> interventions on "encoder" -> normalization -> interventions on "bottleneck" -> decoder

All arithmetic is in double precision, coordinate by coordinate. So the rest of a latent nearly parallel to a direction
is no rounding error, and a latent has the same bits alone and among others. Source: experiments 2.1 to 2.4
and 2.7.1, arXiv 2512.12469.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from excolor.conditions.architecture import SIZES
from excolor.conditions.identity import PLAIN, check_seen
from excolor.edits.deletion import copied
from excolor.edits.falloffs import BezierMapper, BoundedFalloff, LinearMapper, Mapper
from excolor.edits.made import Made, made_once, of_dimensions, tell
from excolor.ensemble import Edit, Ensemble, Layer
from excolor.numerics.alignment import inner_products, shorten, turn
from excolor.numerics.fields import Fielded
from excolor.numerics.given import did_you_mean, is_number, is_real_tensor, is_whole, is_word, shown

if TYPE_CHECKING:
    from torch import Tensor

PARALLEL = 1e-8
"""A latent counts as parallel to a direction if its part across it is shorter than this."""

NAMED = re.compile(r"\w+=")
"""The names of arguments in a `repr`, which a title has no room for."""

WIDEST = SIZES["bottleneck"][-1]

ATTRACTION = 1e-8
"""By so much a mapper may raise an alignment: what a Bezier curve's interpolation leaves open."""


class InterventionError(ValueError):
    """An intervention that has no direction, or does not fit the latents it is meant for."""


@dataclass(frozen=True)
class Intervention(Fielded):
    """A function of latents. Subclasses give the formula as `edit`.

    A subclass is a frozen dataclass, and its fields can be hashed, such as numbers, strings and tuples of these:

        @dataclass(frozen=True)
        class Shrunk(Intervention):
            factor: float
            def edit(self, z):
                return self.factor * z

    `edit` gets latents z `[..., K]` in double precision and gives new ones of the same shape, each row by itself: the
    models are shown colors in blocks, and a latent is the same alone and among others. It does the same to every seed.
    For a direction of each seed's own the latents are turned first, so that it lies on dimension 0 (`reoriented`):

        turned = reoriented(ensemble, lambda models: mean_difference(models, rgb_training_cube(), RED))
        intervene(turned, Suppression(axis(turned), BoundedFalloff(0, 1, 0)))

    What is only for latents of some widths defines `check`, and `words` is what titles of pictures call it.
    """

    def __call__(self, z: Tensor) -> Tensor:
        """Edit latents z `[..., K]`: a new tensor of the same shape and type."""
        if not is_real_tensor(z) or z.ndim < 1 or z.requires_grad:
            raise InterventionError(
                f"{type(self).__name__} of {shown(z)}: it takes latents [..., K], a tensor of floating point "
                "numbers without a gradient, for example torch.rand(64, 5)"
            )
        self.check(z.shape[-1])
        edited = self._edited(z)
        if not is_real_tensor(edited) or edited.shape != z.shape:
            raise InterventionError(
                f"{type(self).__name__} makes {shown(edited)} of latents of shape {tuple(z.shape)}: its edit must "
                "have the same shape, for example 0.5 * z"
            )
        return edited.to(z.dtype)

    def _edited(self, z: Tensor) -> Tensor:
        return self.edit(z.double())

    @property
    def words(self) -> str:
        """What it is called in the title of a picture."""
        return str(self)

    def edit(self, z: Tensor) -> Tensor:
        """The formula: new latents `[..., K]` from z `[..., K]`, in double precision."""
        raise NotImplementedError(f"{type(self).__name__} has no formula: define edit(self, z) -> [..., K]")

    def check(self, width: int) -> None:
        """Raise an `InterventionError` unless the intervention fits latents of that width."""


@dataclass(frozen=True)
class _Directed(Intervention):
    direction: tuple[float, ...]

    def __post_init__(self) -> None:
        name, example = type(self).__name__, "for example (1.0, 0.0, 0.0, 0.0)"
        coordinates: object = self.direction
        if not isinstance(coordinates, Sequence) or isinstance(coordinates, str) or len(coordinates) > WIDEST:
            raise InterventionError(f"{name} has the direction {coordinates!r}: give its coordinates, {example}")
        if not all(is_number(v) or isinstance(v, float) for v in self.direction):
            raise InterventionError(
                f"{name} has the direction {self.direction!r}: its coordinates must be numbers, {example}"
            )
        length = math.hypot(*self.direction)
        if not 0 < length < math.inf:
            raise InterventionError(
                f"{name} has the direction {self.direction}, of length {length:g}: its coordinates must be finite "
                f"and not all 0, {example}"
            )
        object.__setattr__(self, "direction", tuple(float(v / length) for v in self.direction))

    def check(self, width: int) -> None:
        if len(self.direction) != width:
            example = tuple(float(i == 0) for i in range(width))
            raise InterventionError(
                f"{type(self).__name__} has a direction of {len(self.direction)} coordinates, {self.direction}, but "
                f"the latents have {width} dimensions: give one coordinate each, for example {example}"
            )

    @property
    def words(self) -> str:
        return f"{type(self).__name__.lower()} {self.toward} by {re.sub(NAMED, '', repr(self.shape))}"

    @property
    def toward(self) -> str:
        """The direction in words, such as `along dimension 0`."""
        axes = [i for i, v in enumerate(self.direction) if v]
        if len(axes) > 1:
            return f"along ({', '.join(f'{v:.2g}' for v in self.direction)})"
        return f"{'along' if self.direction[axes[0]] > 0 else 'against'} dimension {axes[0]}"

    @property
    def shape(self) -> object:
        """The function that says how much is changed."""
        raise NotImplementedError(f"{type(self).__name__} has no shape: define it, for example BoundedFalloff(0, 1)")

    @property
    def vector(self) -> NDArray[np.float64]:
        return np.array(self.direction)

    def _edited(self, z: Tensor) -> Tensor:
        return self.edit(z)  # whose kernels turn each number into double precision as they read it

    def edit(self, z: Tensor) -> Tensor:
        import torch  # here, since it takes long to load

        latents = np.array(z.numpy(), ndmin=2, copy=None)
        rows = latents.reshape(math.prod(latents.shape[:-2]), *latents.shape[-2:])
        edited = self._by_column(np.ascontiguousarray(rows.swapaxes(1, 2)))
        return torch.from_numpy(edited.swapaxes(1, 2).reshape(z.shape))

    def _by_column(self, z: NDArray[Any]) -> NDArray[Any]:
        """The latents `[S, K, B]` that it makes of others, of the same type."""
        raise NotImplementedError(f"{type(self).__name__} has no formula: define edit(self, z) -> [..., K]")


@dataclass(frozen=True)
class Suppression(_Directed):
    """x - g(alpha) (x . v) v, alpha = x . v clamped to [0, 1]: the positive part of x along v is taken away.

    The part across v stays, so that the latent becomes shorter. g = BoundedFalloff(0, 1, 0) takes all of it away.

    Args:
        direction: the concept's direction v, one coordinate for each latent dimension, such as (1.0, 0.0, 0.0): given
            in any length, stored as a unit vector.
        falloff: g, the share that is taken away.
    """

    falloff: BoundedFalloff

    @property
    def shape(self) -> BoundedFalloff:
        return self.falloff

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.falloff, BoundedFalloff):
            raise InterventionError(
                f"Suppression has the falloff {self.falloff!r}: it must be a BoundedFalloff, the share that is taken "
                "away, for example BoundedFalloff(0, 1); a Mapper belongs to Repulsion"
            )

    @property
    def zone(self) -> float:
        """The angle from v, in degrees, within which latents of unit length are changed: 90 for a falloff from 0."""
        return _degrees(self.falloff.start)

    def _by_column(self, z: NDArray[Any]) -> NDArray[Any]:
        along = inner_products(z, self.vector)
        return shorten(z, self.vector, along, _of_alignment(self.falloff, along))


@dataclass(frozen=True)
class Repulsion(_Directed):
    """m v + sqrt(1 - m^2) u, with m = m(alpha): x turned away from v, in the plane of both, on the unit sphere.

    u is the unit vector along the part of x across v. Where x is parallel to v, that part being shorter than 1e-8, u
    is the axis along which v has its least coordinate (the first of equals), made orthogonal to v: for v along one
    axis the first of the others. The published code takes a random one; here answers must be the same
    each time.

    Latents of any length are changed exactly where x . v exceeds the mapper's start, and come out with length 1. (The
    published code recomputes those between 0 and the start too, which changes none of unit length.)

    Args:
        direction: the concept's direction v, one coordinate for each latent dimension, such as (1.0, 0.0, 0.0): given
            in any length, stored as a unit vector.
        mapper: m, the alignment that x is given.
    """

    mapper: Mapper

    @property
    def shape(self) -> Mapper:
        return self.mapper

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.mapper, Mapper):
            raise InterventionError(
                f"Repulsion has the mapper {self.mapper!r}: it must be a Mapper, the alignment that is left, for "
                "example LinearMapper(0, 0.5); a BoundedFalloff belongs to Suppression"
            )
        import torch  # here, since it takes long to load

        alignment = torch.linspace(0, 1, 101, dtype=torch.float64)
        toward = alignment[~(self.mapper(alignment) <= alignment + ATTRACTION)]
        if len(toward):
            raise InterventionError(
                f"Repulsion has the mapper {self.mapper!r}, which makes of an alignment of {toward[0]:g} a larger one "
                f"({float(self.mapper(toward[:1])):g}): it would attract; no alignment may grow, for example "
                "LinearMapper(0, 0.5)"
            )

    @property
    def zone(self) -> float:
        """The angle from v, in degrees, within which latents of unit length are changed: 90 for a mapper from 0."""
        return _degrees(self.mapper.start)

    @property
    def hole(self) -> float:
        """The angle from v, in degrees, within which no latent of unit length remains: 60 for a limit of 1/2."""
        return _degrees(self.mapper.limit)

    def _by_column(self, z: NDArray[Any]) -> NDArray[Any]:
        along = inner_products(z, self.vector)
        m = _of_alignment(self.mapper.bend, along)  # which is read only where the alignment is above the start
        return turn(z, self.vector, along, float(self.mapper.start), m, PARALLEL, self.fallback)

    @property
    def fallback(self) -> NDArray[np.float64]:
        """The unit vector orthogonal to v that takes the place of u where x is parallel to v."""
        v = self.direction
        least = min(range(len(v)), key=lambda i: abs(v[i]))
        across = [float(i == least) - v[least] * v[i] for i in range(len(v))]
        return np.array(across) / math.hypot(*across)

    def check(self, width: int) -> None:
        super().check(width)
        if width < 2:
            raise InterventionError("Repulsion turns latents in a plane: they need 2 dimensions or more, not 1")


@dataclass(frozen=True)
class Reflection(_Directed):
    """x - 2 max(x . v, 0) v: what lies on the side of v is mirrored to the other side, so that v itself becomes -v.

    No latent changes its length. Source: the author's follow-up, which so redirects a concept to its opposite.

    Args:
        direction: the concept's direction v, one coordinate for each latent dimension, such as (1.0, 0.0, 0.0): given
            in any length, stored as a unit vector.
    """

    @property
    def words(self) -> str:
        return f"reflection {self.toward}"

    def _by_column(self, z: NDArray[Any]) -> NDArray[Any]:
        along = inner_products(z, self.vector)
        return shorten(z, self.vector, along, np.where(along > 0, 2.0, 0.0))


@dataclass(frozen=True)
class AxisAlignedSuppression(Intervention):
    """x with the coordinates `dims` set to 0: both signs alike, and not normalized again, unlike after `ablate`.

    Args:
        dims: latent dimensions, counted from 0, a tuple such as (0, 1), or (0,) for one.
    """

    dims: tuple[int, ...]

    def __post_init__(self) -> None:
        dims: object = self.dims
        if not isinstance(dims, tuple) or not dims or not all(map(is_whole, dims)) or len(set(dims)) < len(dims):
            raise InterventionError(
                f"{type(self).__name__} has the dims {dims!r}: they must be a tuple of different whole numbers, 0 or "
                "above, for example (0, 1), or (0,) for one"
            )

    @property
    def words(self) -> str:
        return f"suppression of {of_dimensions(list(self.dims))}"

    def check(self, width: int) -> None:
        if not all(dim < width for dim in self.dims):
            raise InterventionError(
                f"{type(self).__name__} has the dims {self.dims}: they must be different and from 0 to {width - 1}, "
                "for example (0, 1)"
            )

    def edit(self, z: Tensor) -> Tensor:
        edited = z.clone()
        edited[..., list(self.dims)] = 0
        return edited


TELLING = (Suppression, Repulsion, Reflection, AxisAlignedSuppression, BoundedFalloff, LinearMapper, BezierMapper)
"""The classes whose formulas are known, so that their numbers tell all."""


def intervene(ensemble: Ensemble, *interventions: Intervention, layer: Layer = "bottleneck") -> Ensemble:
    """Add interventions to the models on a layer, one after the other, after those that they already carry there.

    Args:
        ensemble: the models; left untouched. Delete dimensions first: `prune` refuses an ensemble with interventions.
        interventions: at least one, in the order they act in.
        layer: "bottleneck", the latents of unit length that the decoder reads, or "encoder", before normalization.

    Returns:
        The same Ensemble for the same interventions of this package, as long as `ensemble` lives: like every other it
        never changes. Of interventions of your own classes it is a new one each time.

    Raises:
        InterventionError: no intervention, one that does not fit the latents, or an unknown layer.
    """
    if not isinstance(ensemble, Ensemble):
        raise InterventionError(
            f"{shown(ensemble)} is no Ensemble: give one and what is done to it, for example "
            "intervene(ensemble, AxisAlignedSuppression((0,)))"
        )
    if not is_word(layer, get_args(Layer)):
        raise InterventionError(
            f"there is no layer {layer!r}{did_you_mean(layer, get_args(Layer))}: intervene on 'bottleneck' or on "
            "'encoder', for example layer='encoder'"
        )
    if not interventions:
        raise InterventionError("no intervention: give at least one, for example AxisAlignedSuppression((0,))")
    for intervention in interventions:
        if not isinstance(intervention, Intervention):
            raise InterventionError(
                f"{intervention!r} is no intervention: give one, for example AxisAlignedSuppression((0,))"
            )
        check_seen("intervene", intervention, InterventionError)
        intervention.check(ensemble.bottleneck)

    def make() -> Ensemble:
        return replace(
            ensemble,
            encoder=tuple(map(copied, ensemble.encoder)),
            decoder=tuple(map(copied, ensemble.decoder)),
            edits=(*ensemble.edits, *(Edit(layer, intervention) for intervention in interventions)),
        )

    # 1, 1.0 and True are equal, as are 0.0 and -0.0, but they are written differently.
    edited = made_once(ensemble, f"{interventions!r} on {layer}", make) if _is_told(interventions) else make()
    words = ", then ".join(intervention.words for intervention in interventions)
    words += " before normalization" * (layer == "encoder")
    return tell(Made(ensemble, edited, words, lambda models: intervene(models, *interventions, layer=layer)))


def _is_told(part: object) -> bool:
    """Whether its `repr` tells all of it."""
    if type(part) is tuple:
        return all(map(_is_told, part))
    if type(part) in TELLING:
        return all(_is_told(getattr(part, field.name)) for field in fields(part))  # type: ignore[arg-type]
    return type(part) in PLAIN


def _of_alignment(shape: Callable[[Tensor], Tensor], along: NDArray[np.float64]) -> NDArray[np.float64]:
    import torch  # here, since it takes long to load

    return shape(torch.from_numpy(along).clamp(0, 1)).double().numpy()


def _degrees(cosine: float) -> float:
    return math.degrees(math.acos(cosine))
