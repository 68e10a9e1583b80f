"""What is trained: an Experiment and its Terms, frozen descriptions that hash and compare by content."""

import dataclasses
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import xarray as xr

from excolor.dopesheet import LEARNING_RATE, Dopesheet
from excolor.labels import Label
from excolor.model import Architecture
from excolor.regularizers import Regularizer

RECONSTRUCTION = "reconstruction"
"""What every run minimizes beside its terms: the mean squared error of a batch, over rows and channels."""

RESERVED = (RECONSTRUCTION, LEARNING_RATE)


class ExperimentError(ValueError):
    """An Experiment whose parts do not fit together."""


@dataclass(frozen=True)
class Term:
    """A regularizer in the loss: its weight over time times its mean over a batch.

    With a label, the mean is over the labeled rows alone, sum a_i l_i / (sum a_i + 1e-8), so that the pull does not
    depend on how many rows of a batch happen to bear it, and is 0 where none does.
    """

    name: str
    """The dopesheet's column that holds its weight."""
    regularizer: Regularizer
    label: Label | None = None
    layer: Literal["bottleneck", "encoder"] = "bottleneck"
    """Where it measures: on the unit sphere, or on the encoder's output before normalization."""


@dataclass(frozen=True)
class Experiment:
    """A condition: what one training run is, but for its seed."""

    name: str = field(compare=False)
    """What the messages call it; conditions that differ in nothing else are one, and trained once."""
    data: Callable[[], xr.Dataset]
    """Makes the cube whose colors are drawn, with replacement, in proportion to its `bias`."""
    dopesheet: Dopesheet
    terms: tuple[Term, ...]
    bottleneck: int
    """The latent width K."""
    nonlinear: int
    """Hidden layers on each side of the bottleneck ..."""
    hidden: int = 16
    """... and the units in each."""
    batch: int = 64
    """Rows a step; an epoch has as many draws as the cube has colors, so its last batch may be smaller."""

    def __post_init__(self) -> None:
        _check_sizes(self.name, vars(self))
        names = [term.name for term in self.terms]
        for name in names:
            if names.count(name) > 1:
                raise ExperimentError(f"{self.name}: two terms are called {name!r}: give each a column of its own")
            if name in RESERVED:
                raise ExperimentError(
                    f"{self.name}: a term is called {name!r}, as what every run has: name it otherwise, "
                    "for example 'reg-unit'"
                )
        labels = {term.label for term in self.terms if term.label}
        if len({label.name for label in labels}) < len(labels):
            raise ExperimentError(
                f"{self.name}: two different labels share a name, among {', '.join(sorted(x.name for x in labels))}: "
                "a seed draws by the name, so give each its own, for example 'red' and 'redder'"
            )
        for term in self.terms:
            term.regularizer.check(self.bottleneck)
        self.dopesheet.check_properties(names)

    @property
    def architecture(self) -> Architecture:
        return Architecture(self.bottleneck, self.nonlinear, self.hidden)

    def without(self, *names: str) -> Self:
        """The same experiment without these terms and their columns."""
        known = [term.name for term in self.terms]
        dopesheet = self.dopesheet
        for name in names:
            if name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                raise ExperimentError(
                    f"{self.name} has no term {name!r}{hint}: its terms are {', '.join(known) or 'none'}, "
                    f"for example .without({(known or ['reg-unit'])[0]!r})"
                )
            dopesheet = dopesheet.drop(name)
        return dataclasses.replace(
            self,
            name=f"{self.name} without {', '.join(names)}",
            terms=tuple(term for term in self.terms if term.name not in names),
            dopesheet=dopesheet,
        )

    def unregularized(self) -> Self:
        """The same experiment without any term: reconstruction alone."""
        return self.without(*(term.name for term in self.terms))

    def replace(self, **changes: Any) -> Self:
        """The same experiment with some fields changed; the points of its terms follow the width of the bottleneck."""
        _check_sizes(self.name, changes)
        if "bottleneck" in changes and "terms" not in changes:
            changes["terms"] = tuple(
                dataclasses.replace(term, regularizer=term.regularizer.resized(changes["bottleneck"]))
                for term in self.terms
            )
        return dataclasses.replace(self, **changes)


LEAST = {"bottleneck": 1, "nonlinear": 0, "hidden": 1, "batch": 1}


def _check_sizes(name: str, fields: Mapping[str, object]) -> None:
    for size, given in fields.items():
        if size in LEAST and (type(given) is not int or given < LEAST[size]):
            raise ExperimentError(
                f"{name}: {size} is {given!r}: it must be a whole number, {LEAST[size]} or above, for example 5"
            )
