"""The figures of a run: those of every trained condition, and the verdicts of every hypothesis file.

Each figure comes as its place and the function that draws it, so that one that cannot be drawn does not affect others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import groupby

import numpy as np

from excolor.colors import coarse_cube, rgb_training_cube
from excolor.conditions.experiment import Experiment
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
from excolor.verdicts.edited import EDITS, Edited
from excolor.verdicts.reading import Reading

Drawing = tuple[str, Callable[[], Picture]]
"""The place of a figure, such as `2.8-seeds-0-to-31/schedule`, and the function that draws it."""

LONGEST = 120
"""The most letters of a condition's name in the name of its directory: file systems allow 255, with the seeds."""


class Condition:
    """A trained condition, intact and edited as the tests of the run edit it, and its figures.

    Where none of them edits it, it is drawn intact alone. Latents are drawn of a single seed, the same in every state:
    the one whose typical error after the first of the edits, or without any, is nearest to the median of all seeds.
    """

    def __init__(self, experiment: Experiment, ensemble: Ensemble, edits: Sequence[Edited] | None = None) -> None:
        """`edits`: those that are drawn; by default those that the run's tests make of the ensemble."""
        self.experiment, self.intact = experiment, ensemble
        self.edits = EDITS.of(ensemble) if edits is None else list(edits)
        self.seeds = seeds_in_words(ensemble.seeds)
        self.title = f"{experiment.name}, {self.seeds}"
        self.directory = f"{safe(experiment.name)[:LONGEST]}-{safe(self.seeds)}"

    @cached_property
    def member(self) -> int:
        """The place of the seed whose typical error is nearest to the median; the first of several."""
        judged = self.edits[0].of(self.intact) if self.edits else self.intact
        error = typical_error(judged).values
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
        yield from self._of_state("intact", lambda: self.intact)
        for edited in self.edits:
            models = cache(partial(edited.of, self.intact))  # made once, for all of its figures, and when it is drawn
            yield from self._of_state(f"after {edited.words}", models)

    def _of_state(self, state: str, models: Callable[[], Ensemble]) -> Iterator[Drawing]:
        for figure, draw in (
            ("color-slices", self.color_slices),
            ("error-curves", self.error_curves),
            ("error-vs-similarity", self.error_vs_similarity),
            *[("latent-spheres", self.latent_spheres)] * (models().bottleneck in VIEWS),
        ):
            yield self._at(f"{figure}-{safe(state)}"), partial(draw, models, state)

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
            after = f" after {self.edits[0].words}" if self.edits else ""
            which += f", whose typical error{after} is nearest to the median of {self.seeds}"
        title = f"{self.experiment.name}, {state}: latents of {which}; face the true color, rim the reconstruction"
        z = latents(models(), rgb).values[self.member]
        return latent_spheres(z, rgb, reconstruct(models(), rgb)[self.member], title=title)

    def _at(self, figure: str) -> str:
        return f"{self.directory}/{figure}"


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
