"""Experiments and the terms of their loss, as frozen descriptions that hash and compare by content."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import xarray as xr

from excolor.colors import check_colors
from excolor.conditions.architecture import AS_PUBLISHED, SIZES, Architecture, Form, is_size, wanted_size
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.identity import Captured, captured, check_seen, first_change
from excolor.conditions.labels import Label
from excolor.conditions.regularizers import LONGEST, Regularizer
from excolor.conditions.starts import After, Start
from excolor.numerics.fields import Fielded, check_named
from excolor.numerics.given import did_you_mean, is_number, is_word, shown
from excolor.schedule.dopesheet import LEARNING_RATE, Dopesheet, Weight

RECONSTRUCTION = "reconstruction"
"""The name of the loss that every run has beside its terms: the mean squared error over rows and channels."""

RESERVED = (RECONSTRUCTION, LEARNING_RATE)


class ExperimentError(ValueError):
    """An Experiment whose parts do not fit together, or experiments that cannot be trained together."""


@dataclass(frozen=True)
class Term(Fielded):
    """A regularizer in the loss: its weight over time times its mean over a batch.

    With a label, the mean is over the labeled rows alone, sum a_i l_i / (sum a_i + 1e-8), a_i being 1 for a labeled row
    and else 0, and l_i its loss. So the size of the gradient does not depend on how many rows of a batch happen to bear
    the label, and it is 0 where none does.

    Args:
        name: the dopesheet's column that holds its weight, such as "reg-anchor".
        regularizer: the loss of each row of latents, one of `excolor.conditions` or of your own.
        label: the rows that it acts on, as each draw labels them; None, the default, for all rows.
        layer: the latents that are regularized, "bottleneck", those on the unit sphere, by default, or "encoder", the
            encoder's output before normalization.
    """

    name: str
    regularizer: Regularizer
    label: Label | None = None
    layer: Literal["bottleneck", "encoder"] = "bottleneck"

    def __post_init__(self) -> None:
        _check_term_name(self.name)
        if not isinstance(self.regularizer, Regularizer):
            raise ExperimentError(
                f"the term {self.name!r} has the regularizer {self.regularizer!r}: it must be a Regularizer, for "
                "example Unitarity()"
            )
        if not (self.label is None or isinstance(self.label, Label)):
            raise ExperimentError(
                f"the term {self.name!r} has the label {self.label!r}: it must be a Label, or None for all rows, for "
                "example RED"
            )
        if not is_word(self.layer, ("bottleneck", "encoder")):
            raise ExperimentError(
                f"the term {self.name!r} measures on the layer {self.layer!r}"
                f"{did_you_mean(self.layer, ('bottleneck', 'encoder'))}: it must be 'bottleneck', the unit sphere, or "
                "'encoder', before normalization, for example Term('reg-unit', Unitarity(), layer='encoder')"
            )

    def check(self, experiment: Experiment) -> None:
        """Raise an error unless the regularizer fits the width of the experiment's latents."""
        self.regularizer.check(experiment.bottleneck)
        self.regularizer.check_acts(experiment.bottleneck)

    def resized(self, width: int) -> Self:
        """The same term for latents of another width."""
        return dataclasses.replace(self, regularizer=self.regularizer.resized(width))


@dataclass(frozen=True)
class Drift(Fielded):
    """The mean over colors and dimensions of (z - z_0)^2, a term in the loss that is no function of the batch.

    The z are the encoder's outputs, before normalization, for colors of the term's own. The z_0 are the same outputs as
    captured at an action of the dopesheet, before that step's update. Source: experiments 1.5 and 1.6.

    Args:
        name: the dopesheet's column that holds its weight.
        colors: the RGB of each color whose latents are held, from 0 to 1.
        action: the name in the dopesheet of the step at which the latents are captured.
    """

    name: str
    colors: tuple[tuple[float, float, float], ...]
    action: str
    label: None = field(default=None, init=False)
    """Always None: no label gates this term."""

    def __post_init__(self) -> None:
        _check_term_name(self.name)
        if not isinstance(self.colors, tuple) or not self.colors or not all(isinstance(x, tuple) for x in self.colors):
            raise ExperimentError(
                f"the term {self.name!r} holds the colors {self.colors!r}: they must be a tuple of tuples, at least "
                "one, for example ((1.0, 0.0, 0.0),), red"
            )
        check_colors(self.colors)
        if not isinstance(self.action, str) or not self.action:
            raise ExperimentError(
                f"the term {self.name!r} is captured at the action {self.action!r}: give its name in the dopesheet, "
                "for example 'anchor'"
            )

    def check(self, experiment: Experiment) -> None:
        """Raise an error unless the latents are captured at one step, and the weight is 0 before it."""
        captured = experiment.dopesheet.step_of(self.action)
        early = experiment.dopesheet.values(self.name)[:captured].nonzero()[0]
        if early.size:
            raise ExperimentError(
                f"{experiment.name}: the term {self.name!r} has a weight at step {early[0]}, but what it holds is "
                f"captured at step {captured}: let the weight be 0 until step {captured - 1}"
            )

    def resized(self, width: int) -> Self:
        """The same term: it holds colors, and fits any width."""
        return self


@dataclass(frozen=True)
class Decoding(Fielded):
    """The mean over points and channels of (d(p) - c)^2, a term in the loss that is no function of the batch.

    The p are points of latent space, c is a color, and d the decoder, which alone is trained by this: it learns what to
    answer where no color may lie. Source: the author's follow-up, where the point opposite an anchor decodes to gray.

    Args:
        name: the dopesheet's column that holds its weight.
        latents: the points, as the decoder reads them: of unit length where latents are normalized.
        color: the RGB that each of them is decoded to, from 0 to 1.
    """

    name: str
    latents: tuple[tuple[float, ...], ...]
    color: tuple[float, float, float]
    label: None = field(default=None, init=False)
    """Always None: no label gates this term."""

    def __post_init__(self) -> None:
        _check_term_name(self.name)
        if not isinstance(self.latents, tuple) or not self.latents or not all(map(_is_point, self.latents)):
            raise ExperimentError(
                f"the term {self.name!r} decodes the latents {self.latents!r}: they must be a tuple of tuples of "
                f"numbers, at least one, none of the numbers beyond {LONGEST:g}, for example ((-1.0, 0.0, 0.0),)"
            )
        if not isinstance(self.color, tuple) or check_colors(self.color).ndim != 1:
            raise ExperimentError(
                f"the term {self.name!r} decodes to the color {self.color!r}: it must be one tuple, for example "
                "(0.5, 0.5, 0.5), gray"
            )

    def check(self, experiment: Experiment) -> None:
        """Raise an error unless the points have as many coordinates as the experiment's latents."""
        width = experiment.bottleneck
        for point in self.latents:
            if len(point) != width:
                raise ExperimentError(
                    f"{experiment.name}: the term {self.name!r} decodes a point of {len(point)} coordinates, {point}, "
                    f"but the latents have {width} dimensions: give one coordinate each, for example "
                    f"{(-1.0, *[0.0] * (width - 1))}"
                )

    def resized(self, width: int) -> Self:
        """The same term, each of its points with zeros appended or dropped."""
        _check_sizes(f"the term {self.name!r}", {"bottleneck": width})
        for point in self.latents:
            if any(point[width:]):
                raise ExperimentError(
                    f"the term {self.name!r} decodes the point {point}, which does not lie in the first {width} "
                    f"dimensions: only zeros can be dropped, for example from {(-1.0, *[0.0] * width)}"
                )
        resized = tuple((*point[:width], *[0.0] * (width - len(point))) for point in self.latents)
        return dataclasses.replace(self, latents=resized)


BesideTheBatch = Drift | Decoding
"""Terms that are no function of the batch."""


@dataclass(frozen=True)
class Experiment(Fielded):
    """A condition: all that defines a training run except its seed.

    Experiments that differ in nothing but their names are equal, and trained once. Most come from a published one, by
    `replace`, `without` or `with_term`.

    Args:
        name: the condition's name in messages and titles, such as "2.10 without unitarity".
        data: a function that makes the cube whose colors are drawn, with replacement, in proportion to its `bias`, such
            as `excolor.colors.training_cube`: the function, not what it gives.
        dopesheet: the learning rate and the weight of every term at each step, and so the number of steps.
        terms: the terms of the loss beside the reconstruction's, a tuple; each has a column of the dopesheet by its
            name.
        bottleneck: the latent width K, the number of dimensions, from 1 to 1000; the published ones have 2 to 5.
        nonlinear: the number of hidden layers on each side of the bottleneck, from 0 to 100.
        hidden: the number of units in each hidden layer, the width of encoder and decoder, from 1 to 10000; 16 by
            default.
        form: the activation, the normalization of latents and the output; by default those of experiments 2.3 and
            later, `Form()`.
        batch: the number of rows per step, the batch size, 64 by default; an epoch has as many draws as the cube has
            colors, so its last batch may be smaller. With "all" each step has every color of the cube once, whatever
            its bias.
        curriculum: how the weights of colors in the draw change as training goes on; None, the default, if they do not.
        start: where training starts from, `After` another experiment or from `OtherWeights`; None, the default, for
            initial weights that each seed draws.
    """

    name: str = field(compare=False)
    data: Callable[[], xr.Dataset]
    dopesheet: Dopesheet
    terms: tuple[Term | BesideTheBatch, ...]
    bottleneck: int
    nonlinear: int
    hidden: int = 16
    form: Form = AS_PUBLISHED
    batch: int | Literal["all"] = 64
    curriculum: Curriculum | None = None
    start: Start | None = None
    captured: Captured = field(init=False, repr=False, default=())
    """What the functions of the experiment had captured when it was made (excolor.conditions.identity)."""

    def __post_init__(self) -> None:
        _check_kinds(self)
        _check_sizes(self.name, vars(self))
        for part in (self.data, self.terms, self.form, self.curriculum, getattr(self.start, "edit", None)):
            check_seen(self.name, part, ExperimentError)
        object.__setattr__(self, "captured", self._captured())
        names = [term.name for term in self.terms]
        for name in names:
            if names.count(name) > 1:
                raise ExperimentError(f"{self.name}: two terms are called {name!r}: give each a column of its own")
            if name in RESERVED:
                raise ExperimentError(
                    f"{self.name}: a term is called {name!r}, as what every run has: name it otherwise, "
                    "for example 'reg-unit'"
                )
        check_labels(self.name, {term.label for term in self.terms if term.label})
        if self.curriculum and self.batch == ALL:
            raise ExperimentError(
                f"{self.name}: a curriculum weights a draw, and a batch of {ALL!r} is none: give its rows, "
                "for example 64"
            )
        self.dopesheet.check_properties([*names, *(self.curriculum.properties if self.curriculum else ())])
        for term in self.terms:
            term.check(self)

    @property
    def architecture(self) -> Architecture:
        return Architecture(self.bottleneck, self.nonlinear, self.hidden, self.form)

    def _captured(self) -> Captured:
        parts = {"data": self.data, "terms": self.terms, "curriculum": self.curriculum}
        before: Captured = ()
        if isinstance(self.start, After):
            parts["the edit before"] = self.start.edit
            first = self.start.experiment
            before = tuple((f"{where} of {first.name}", content) for where, content in first._captured())
        return (*before, *(found for name, part in parts.items() for found in captured(name, part)))

    def check_unchanged(self) -> None:
        """Raise an `ExperimentError` if its functions would no longer do what they did when it was made."""
        if changed := first_change(self.captured, self._captured()):
            raise ExperimentError(
                f"{self.name}: {changed} is not what it was when the experiment was made: it would be trained as "
                "another condition, perhaps as one that it is compared with; give each a function that holds its own "
                "values, for example data=functools.partial(cube_of, 8)"
            )

    def without(self, *names: str) -> Self:
        """The same experiment without these terms and their columns."""
        known = [term.name for term in self.terms]
        dopesheet = self.dopesheet
        for name in names:
            if not is_word(name, known):
                raise ExperimentError(
                    f"{self.name} has no term {name!r}{did_you_mean(name, known)}: its terms are "
                    f"{', '.join(known) or 'none'}, for example .without({(known or ['reg-unit'])[0]!r})"
                )
            dopesheet = dopesheet.drop(name)
        return dataclasses.replace(
            self,
            name=f"{self.name} without {', '.join(names)}",
            terms=tuple(term for term in self.terms if term.name not in names),
            dopesheet=dopesheet,
        )

    def with_term(self, term: Term | BesideTheBatch, weight: Weight) -> Self:
        """The same experiment with one term more, and a column of its weight.

        Args:
            term: the term, the last in the loss, such as `Term("reg-mine", Mine(scale=2.0))`.
            weight: its weight at every step, as `Dopesheet.with_column` takes it: a number for a constant one,
                keyframes such as `{0: 0.1, 500: 0.2}`, or one number for each step.
        """
        if not isinstance(term, Term | BesideTheBatch):
            raise ExperimentError(
                f"{self.name} with {shown(term)}: give a Term and its weight, for example "
                ".with_term(Term('reg-unit', Unitarity()), 0.1)"
            )
        return dataclasses.replace(
            self,
            name=f"{self.name} with {term.name}",
            terms=(*self.terms, term),
            dopesheet=self.dopesheet.with_column(term.name, weight),
        )

    def unregularized(self) -> Self:
        """The same experiment without any term, which minimizes the reconstruction loss alone."""
        return self.without(*(term.name for term in self.terms))

    def replace(self, **changes: Any) -> Self:
        """The same experiment with some fields changed; the points of its terms follow the width of the bottleneck."""
        check_named(type(self), changes)
        _check_sizes(self.name, changes)
        if "bottleneck" in changes and "terms" not in changes:
            changes["terms"] = tuple(term.resized(changes["bottleneck"]) for term in self.terms)
        return dataclasses.replace(self, **changes)


def check_experiment(given: object) -> None:
    """Raise an `ExperimentError` unless an object is an Experiment."""
    if not isinstance(given, Experiment):
        raise ExperimentError(
            f"{shown(given)} is no Experiment: give one and its seeds, for example EX_2_10, range(32)"
        )


def check_labels(name: str, labels: Collection[Label]) -> None:
    """Raise an `ExperimentError` if two different labels share a name; `name` is for the message."""
    if len({label.name for label in labels}) < len(labels):
        raise ExperimentError(
            f"{name}: two different labels share a name, among {', '.join(sorted(x.name for x in labels))}: "
            "a seed draws by the name, so give each its own, for example 'red' and 'redder'"
        )


def _check_term_name(name: object) -> None:
    if not isinstance(name, str) or not name:
        raise ExperimentError(
            f"a term is called {name!r}: it must have the name of a column of the dopesheet, for example 'reg-unit'"
        )


def _is_point(given: object) -> bool:
    return isinstance(given, tuple) and bool(given) and all(is_number(x) and abs(x) <= LONGEST for x in given)


def _check_kinds(given: Experiment) -> None:
    """Each part of an experiment is what its type says, and can be hashed."""
    for name, good, wanted in (
        ("name", isinstance(given.name, str), "a string, for example '2.10'"),
        ("data", callable(given.data), "a function that makes the cube, for example training_cube, not its result"),
        ("dopesheet", isinstance(given.dopesheet, Dopesheet), "a Dopesheet, for example Dopesheet.from_csv('my.csv')"),
        (
            "terms",
            isinstance(given.terms, tuple) and all(isinstance(term, Term | BesideTheBatch) for term in given.terms),
            "a tuple of terms, for example (Term('reg-unit', Unitarity()),)",
        ),
        (
            "curriculum",
            given.curriculum is None or isinstance(given.curriculum, Curriculum),
            "a Curriculum or None, for example Curriculum(('data-phase',), weight)",
        ),
        (
            "start",
            given.start is None or isinstance(given.start, Start),
            "OtherWeights, After an experiment, or None, for example OtherWeights(1000)",
        ),
    ):
        if not good:
            raise ExperimentError(f"{given.name}: {name} is {getattr(given, name)!r}: it must be {wanted}")


ALL = "all"
LARGEST_BATCH = 1_000_000


def _check_sizes(name: str, fields: Mapping[str, object]) -> None:
    for size, given in fields.items():
        if size == "batch" and isinstance(given, str) and given == ALL:
            continue
        allowed = range(1, LARGEST_BATCH + 1) if size == "batch" else SIZES.get(size)
        if allowed is not None and not is_size(given, allowed):
            instead = f"; or {ALL!r}" if size == "batch" else ""
            raise ExperimentError(f"{name}: {size} is {given!r}: {wanted_size(allowed)}{instead}")
        if size == "form" and not isinstance(given, Form):
            raise ExperimentError(f"{name}: form is {given!r}: it must be a Form, for example Form(output='sigmoid')")
