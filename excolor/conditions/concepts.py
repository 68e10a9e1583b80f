"""Concepts other than red: what an experiment anchors, as a value that its labels and its measures follow."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from excolor.colors import aligned, named_color, nearness, one_color, redness, similarity_to_red
from excolor.conditions.experiment import BesideTheBatch, Experiment, Term, check_experiment
from excolor.conditions.labels import PROBES, Label, measured
from excolor.conditions.regularizers import Anchor, AngularAnchor, AntiAnchor, AxisAlignedSubspace
from excolor.numerics.fields import Fielded
from excolor.numerics.given import is_number, shown
from excolor.numerics.reductions import total
from excolor.schedule.dopesheet import Dopesheet

Floats = NDArray[np.float64]
Anchoring = Anchor | AngularAnchor
"""Regularizers that draw what bears a label to a point."""
Pointed = Anchor | AngularAnchor | AntiAnchor
"""Regularizers that a concept's own dimension is the point of."""


class ConceptError(ValueError):
    """A concept that is none, or one that an experiment has no place for."""


@dataclass(frozen=True)
class Near(Fielded):
    """The likeness to a color that no formula is published of: `nearness`.

    Args:
        color: the color's RGB, from 0 to 1.
    """

    color: tuple[float, float, float]

    def __call__(self, rgb: ArrayLike) -> Floats:
        return nearness(rgb, self.color)


@dataclass(frozen=True)
class Concept(Fielded):
    """A concept: how far each color bears it, and the color that bears it most.

    Args:
        name: its name, such as "green".
        color: RGB of the color that stands for it, from 0 to 1: what is lost if the concept is.
        likeness: how far a color bears it: a function of RGB `[..., 3]` that gives `[...]` in [0, 1], such as
            `Near((0.0, 1.0, 0.0))`.
    """

    name: str
    color: tuple[float, float, float]
    likeness: Callable[[ArrayLike], Floats]

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            raise ConceptError(f"a concept with the name {self.name!r}: it must be a string, for example 'cyan'")
        if not isinstance(self.color, tuple):
            raise ConceptError(
                f"the concept {self.name!r} has the color {shown(self.color)}: it must be a tuple, for example "
                "(0.0, 1.0, 1.0)"
            )
        one_color(self.color)
        if not callable(self.likeness):
            raise ConceptError(
                f"the concept {self.name!r} has the likeness {shown(self.likeness)}: it must be a function of colors, "
                "for example colors.redness"
            )
        measured(self.likeness, PROBES, f"the concept {self.name!r}: its likeness", ConceptError)

    @classmethod
    def named(cls, name: str) -> Self:
        """The concept of a named color, such as "cyan" or "light gray": colors bear it by their nearness."""
        return cls.of(name, named_color(name))

    @classmethod
    def of(cls, name: str, color: ArrayLike) -> Self:
        """The concept of any color: colors bear it by their nearness."""
        r, g, b = one_color(color).tolist()
        return cls(name, (r, g, b), Near((r, g, b)))


@cache
def red_as_scored() -> Concept:
    """Red as the published scores measure it, by `similarity_to_red`; labels go by `redness`, another formula."""
    return Concept("red", (1.0, 0.0, 0.0), similarity_to_red)


def concept_of(experiment: Experiment) -> Concept | None:
    """The concept that an experiment anchors, as the label of its first anchor has it; None if it anchors none.

    Red by its published label is measured by `similarity_to_red`, as the published scores are. Of any other concept the
    likeness is that of its label, and the color the one that bears it most of those that the experiment trains on.
    """
    check_experiment(experiment)
    anchors = (term for term in experiment.terms if isinstance(term, Term) and isinstance(term.regularizer, Anchoring))
    label = next((term.label for term in anchors if term.label), None)
    if label is None:
        return None
    if label.concept is redness:
        return red_as_scored()
    if isinstance(label.concept, Near):
        return Concept(label.name, label.concept.color, label.concept)
    colors = aligned(experiment.data())["color"].values.reshape(-1, 3)
    r, g, b = colors[np.argmax(label.concept(colors))].tolist()
    return Concept(label.name, (r, g, b), label.concept)


def concept_or_red(given: Concept | None) -> Concept:
    """A Concept as it is given, and for None red by its published similarity."""
    if given is not None:
        check_concept(given)
    return given or red_as_scored()


def labeled_share(label: Label, cube: xr.Dataset) -> float:
    """The share of the rows drawn from a cube that bear a label, in the mean: sum b_i p_i / sum b_i, b the bias."""
    if not isinstance(label, Label):
        raise ConceptError(f"the share of {shown(label)}: give a Label, for example RED")
    cube = aligned(cube)
    bias = cube["bias"].values.astype(np.float64)
    return float(total(bias * label.probability(cube["color"].values)) / total(bias))


def with_concepts(experiment: Experiment, *concepts: Concept, times: float = 1.0) -> Experiment:
    """The same experiment with other concepts in place of the one that it anchors, each on a dimension of its own.

    The first takes dimension 0, the next one dimension 1, and so on. Each label has the power of the one that it
    replaces, and a scale by which it is borne as often. A term with a point, the anchor or one that repels from its
    opposite, is there once for each concept, with the same weight over time; what is kept out of dimension 0 is kept
    out of all of theirs.

    Args:
        times: how many times as often the labels are borne as the one that they replace.

    Raises:
        ConceptError: no concept, one twice, one that too few colors bear, more than leave a dimension for others, or
            the experiment has not exactly one label.
    """
    own = _only_label(experiment)
    _check(concepts, times, experiment.bottleneck)
    cube = experiment.data()
    labels = [_as_often(own, concept, times, cube) for concept in concepts]
    terms: list[Term | BesideTheBatch] = []
    sheet = experiment.dopesheet
    for term in experiment.terms:
        if isinstance(term, Term) and isinstance(term.regularizer, Pointed):
            copies = [_copy(term, term.regularizer, dim, label) for dim, label in enumerate(labels)]
            sheet = _with_columns(sheet, term.name, [each.name for each in copies[1:]])
            terms += copies
        elif isinstance(term, Term) and term.regularizer == AxisAlignedSubspace((0,), invert=True):
            wider = AxisAlignedSubspace(tuple(range(len(concepts))), invert=True)
            terms.append(dataclasses.replace(term, regularizer=wider))
        else:
            terms.append(term)
    names = " and ".join(label.name for label in labels)
    return experiment.replace(name=f"{experiment.name} with {names} anchored", terms=tuple(terms), dopesheet=sheet)


def check_concept(given: object) -> None:
    """Raise a `ConceptError` unless an object is a Concept."""
    if not isinstance(given, Concept):
        raise ConceptError(f"{shown(given)} is no Concept: give one, for example Concept.named('cyan')")


def _only_label(experiment: Experiment) -> Label:
    check_experiment(experiment)
    labels = {term.label for term in experiment.terms if term.label}
    if len(labels) != 1:
        found = ", ".join(sorted(label.name for label in labels)) or "none"
        raise ConceptError(
            f"{experiment.name} has the labels {found}: only what anchors one concept can anchor others in its place, "
            "for example EX_2_10_1"
        )
    return labels.pop()


def _check(concepts: tuple[Concept, ...], times: float, width: int) -> None:
    for concept in concepts:
        check_concept(concept)
    if not concepts or len({concept.name for concept in concepts}) < len(concepts):
        raise ConceptError(
            f"the concepts {', '.join(x.name for x in concepts) or 'none'}: give at least one, and each once, for "
            "example Concept.named('cyan')"
        )
    if len(concepts) >= width:
        raise ConceptError(
            f"{len(concepts)} concepts in {width} dimensions: at least one must remain for other colors, for example "
            f".replace(bottleneck={len(concepts) + 3})"
        )
    if not is_number(times) or times <= 0:
        raise ConceptError(f"labels {shown(times)} times as often: it must be a number above 0, for example 4")


def _as_often(own: Label, concept: Concept, times: float, cube: xr.Dataset) -> Label:
    other = dataclasses.replace(own, concept=concept.likeness, scale=1.0)
    borne = labeled_share(other, cube)
    if borne == 0:
        raise ConceptError(f"no color that is drawn bears the concept {concept.name!r}: give one that some color bears")
    name = concept.name if times == 1 else f"{concept.name}, {times:g} times as often"
    scale = own.scale * times * (labeled_share(dataclasses.replace(own, scale=1.0), cube) / borne)
    if scale > 1:
        raise ConceptError(
            f"{concept.name!r}, {times:g} times as often as {own.name!r}: few colors bear it, and its purest one would "
            f"have to bear the label with a probability of {scale:.3g}: ask for less, for example "
            f"times={times / scale:.2g}"
        )
    return dataclasses.replace(other, name=name, scale=scale)


def _copy(term: Term, pointed: Pointed, dim: int, label: Label) -> Term:
    """The term for the concept on a dimension: its point, which is on dimension 0, goes there."""
    point = pointed.point[-dim:] + pointed.point[:-dim] if dim else pointed.point
    return dataclasses.replace(
        term,
        name=f"{term.name} of {label.name}" if dim else term.name,
        regularizer=dataclasses.replace(pointed, point=point),
        label=label if term.label else None,
    )


def _with_columns(sheet: Dopesheet, name: str, copies: list[str]) -> Dopesheet:
    (course,) = (timeline for timeline in sheet.timelines if timeline.name == name)
    return dataclasses.replace(
        sheet, timelines=(*sheet.timelines, *(dataclasses.replace(course, name=copy) for copy in copies))
    )
