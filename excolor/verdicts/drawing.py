"""The figures of a run: those of every trained condition, and the verdicts of every hypothesis file.

Each figure comes as its place and the function that draws it, so that one that cannot be drawn does not affect others.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import groupby

import numpy as np

from excolor.colors import coarse_cube, rgb_training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.regularizers import Anchor, AngularAnchor
from excolor.edits.deletion import ablate
from excolor.ensemble import Ensemble
from excolor.judging.claims import Verdict
from excolor.measures.errors import reconstruction_error, typical_error
from excolor.measures.evaluation import latents, reconstruct
from excolor.plots import (
    Picture,
    color_slices,
    curve_cube,
    error_curves,
    error_vs_similarity,
    latent_spheres,
    loss_history,
    predictions,
    schedule,
)
from excolor.plots.latent_spheres import VIEWS
from excolor.verdicts.collection import DIRECTORY
from excolor.verdicts.reading import Reading

Drawing = tuple[str, Callable[[], Picture]]
"""The place of a figure, such as `2.8-seeds-0-to-31/schedule`, and the function that draws it."""

LONGEST = 120
"""The most letters of a condition's name in the name of its directory: file systems allow 255, with the seeds."""


class Condition:
    """A trained condition, intact and with one dimension deleted, and its figures.

    The dimension is the one that an anchor of the experiment lies on. If no anchor lies on one, as without
    regularizers, it is dimension 0, which the controls delete. Latents are drawn of a single seed, the same in both
    states: the one whose typical error after the deletion is nearest to the median of all seeds. They are drawn if they
    lie on a sphere and have three to five dimensions, for which there are views.
    """

    def __init__(self, experiment: Experiment, ensemble: Ensemble) -> None:
        self.experiment, self.intact = experiment, ensemble
        self.dim = next(_anchored(experiment), 0)
        self.deletion = f"deletion of dimension {self.dim}"
        self.seeds = seeds_in_words(ensemble.seeds)
        self.title = f"{experiment.name}, {self.seeds}"
        self.directory = f"{safe(experiment.name)[:LONGEST]}-{safe(self.seeds)}"

    @cached_property
    def deleted(self) -> Ensemble:
        return ablate(self.intact, self.dim)

    @cached_property
    def member(self) -> int:
        """The place of the seed whose typical error after deletion is nearest to the median; the first of several."""
        error = typical_error(self.deleted).values
        return int(np.abs(error - np.median(error)).argmin())

    def drawings(self) -> Iterator[Drawing]:
        yield (
            self._at("schedule"),
            self.schedule,
        )
        yield (
            self._at("loss-history"),
            lambda: loss_history(self.intact.history, title=f"{self.title}: loss of every term, median and quartiles"),
        )
        on_a_sphere = self.intact.form.normalized and self.intact.bottleneck in VIEWS
        for figure, draw in (
            ("color-slices", self.color_slices),
            ("error-curves", self.error_curves),
            ("error-vs-similarity", self.error_vs_similarity),
            *[("latent-spheres", self.latent_spheres)] * on_a_sphere,
        ):
            yield self._at(f"{figure}-intact"), partial(draw, lambda: self.intact, "intact")
            if self.intact.bottleneck > 1:
                deleted = self._at(f"{figure}-after-{safe(self.deletion)}")
                yield deleted, partial(draw, lambda: self.deleted, f"after {self.deletion}")

    def schedule(self) -> Picture:
        curriculum = self.experiment.curriculum.properties if self.experiment.curriculum else ()
        return schedule(self.experiment.dopesheet, curriculum=curriculum, title=f"{self.experiment.name}: schedule")

    def color_slices(self, models: Callable[[], Ensemble], state: str) -> Picture:
        cube = coarse_cube()
        title = f"{self.title}, {state}: median reconstructions around the true colors"
        return color_slices(cube, reconstruct(models(), cube["color"].values), title=title)

    def error_curves(self, models: Callable[[], Ensemble], state: str) -> Picture:
        title = f"{self.title}, {state}: error along hue, saturation and value, median and quartiles"
        return error_curves(reconstruction_error(models(), curve_cube()), title=title)

    def error_vs_similarity(self, models: Callable[[], Ensemble], state: str) -> Picture:
        cube = rgb_training_cube()
        title = f"{self.title}, {state}: median error and similarity to red, to the power 3"
        return error_vs_similarity(reconstruction_error(models(), cube), cube, 3, title=title)

    def latent_spheres(self, models: Callable[[], Ensemble], state: str) -> Picture:
        rgb = coarse_cube()["color"].values
        which = f"seed {self.intact.seeds[self.member]}"
        if len(self.intact.seeds) > 1:
            which += f", whose typical error after {self.deletion} is nearest to the median of {self.seeds}"
        title = f"{self.experiment.name}, {state}: latents of {which}; face the true color, rim the reconstruction"
        z = latents(models(), rgb).values[self.member]
        return latent_spheres(z, rgb, reconstruct(models(), rgb)[self.member], title=title)

    def _at(self, figure: str) -> str:
        return f"{self.directory}/{figure}"


def _anchored(experiment: Experiment) -> Iterator[int]:
    """Find the dimensions that the anchors of an experiment lie on."""
    for term in experiment.terms:
        if isinstance(term, Term) and isinstance(term.regularizer, Anchor | AngularAnchor):
            dims = [dim for dim, x in enumerate(term.regularizer.point) if x]
            if len(dims) == 1:
                yield dims[0]


def verdicts(readings: Iterable[Reading]) -> Iterator[Drawing]:
    """List a figure for each hypothesis file: its predictions and, as in the summary, the controls not confirmed."""
    ordered = sorted(readings, key=lambda reading: reading.position)
    for path, of_file in groupby(ordered, key=lambda reading: reading.group.partition("::")[0]):
        listed = [reading for reading in of_file if reading.role != "control" or reading.verdict != Verdict.CONFIRMED]
        if listed:
            inner = path.removesuffix(".py").rpartition(f"{DIRECTORY}/")[2]
            yield f"{safe(inner)}/predictions", partial(predictions, listed, title=listed[0].experiment)


def seeds_in_words(seeds: tuple[int, ...]) -> str:
    """Write seeds as `seed 7`, `seeds 0 to 31`, or `12 seeds from 0 to 40` where some between are left out."""
    if len(seeds) == 1:
        return f"seed {seeds[0]}"
    least, most = min(seeds), max(seeds)
    return f"{'seeds' if most - least == len(seeds) - 1 else f'{len(seeds)} seeds from'} {least} to {most}"


def safe(name: str) -> str:
    """Make a file name for any file system: ASCII letters, digits, `.` and `_` stay, anything else becomes `-`."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-.")
