"""The figures of a run: those of every trained condition, and the verdicts of every hypothesis file.

Each figure comes as its place and the function that draws it, so that one that cannot be drawn does not affect others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import groupby

import numpy as np
import xarray as xr

from excolor.colors import coarse_cube, rgb_training_cube, vibrant_hues
from excolor.conditions.concepts import concept_of, red_as_scored
from excolor.conditions.experiment import Experiment
from excolor.ensemble import Ensemble
from excolor.experiments import EX_1_2, EX_2_10
from excolor.judging.claims import Verdict
from excolor.measures.errors import reconstruction_error, typical_error
from excolor.measures.evaluation import latents, reconstruct
from excolor.plots import (
    Movie,
    Picture,
    color_slices,
    curve_cube,
    error_curves,
    error_curves_compared,
    error_vs_similarity,
    latent_spheres,
    latents_in_training,
    loss_history,
    predictions,
    schedule,
)
from excolor.plots.latent_spheres import VIEWS
from excolor.training.partway import partway
from excolor.verdicts.edited import EDITS, Edited
from excolor.verdicts.places import FOLDER
from excolor.verdicts.reading import Reading

Drawing = tuple[str, Callable[[], Picture | Movie]]
"""The place of a figure, such as `2.8-seeds-0-to-31/schedule`, and the function that draws it."""

MOVING = (EX_1_2, EX_2_10)
"""The conditions whose training is shown as a moving picture: the first circle, and the last sphere."""
FRAMES = 36

LONGEST = 120
"""The most letters of a condition's name in the name of its directory: file systems allow 255, with the seeds."""


class Condition:
    """A trained condition, intact and edited as the tests of the run edit it, and its figures.

    Where none of them edits it, it is drawn intact alone. Latents are drawn of a single seed, the same in every state:
    the one whose typical error, after the first of the edits if they are given, is nearest to the median of all seeds.
    """

    def __init__(self, experiment: Experiment, ensemble: Ensemble, edits: Sequence[Edited] | None = None) -> None:
        """`edits`: those that are drawn; by default those that tests make of the ensemble in this process, of which
        another may know others: so the seed whose latents are drawn is then chosen without any."""
        self.experiment, self.intact = experiment, ensemble
        self.edits = EDITS.of(ensemble) if edits is None else list(edits)
        self.judged = edits[0] if edits else None
        self.seeds = seeds_in_words(ensemble.seeds)
        self.title = f"{experiment.name}, {self.seeds}"
        self.directory = f"{safe(experiment.name)[:LONGEST]}-{safe(self.seeds)}"

    @cached_property
    def member(self) -> int:
        """The place of the seed whose typical error is nearest to the median; the first of several."""
        error = typical_error(self.judged.of(self.intact) if self.judged else self.intact).values
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
        if self.experiment in MOVING:
            yield self._at("latents-in-training"), self.latents_in_training
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
        return error_curves(error_for_curves(models()), title=title)

    def error_vs_similarity(self, models: Callable[[], Ensemble], state: str) -> Picture:
        cube = rgb_training_cube()
        concept = concept_of(self.experiment) or red_as_scored()
        title = f"{self.title}, {state}: median error and similarity to {concept.name}, to the power 3"
        return error_vs_similarity(reconstruction_error(models(), cube), cube, 3, concept=concept, title=title)

    def latent_spheres(self, models: Callable[[], Ensemble], state: str) -> Picture:
        rgb = coarse_cube()["color"].values
        which = f"seed {self.intact.seeds[self.member]}"
        if len(self.intact.seeds) > 1:
            after = f" after {self.judged.words}" if self.judged else ""
            which += f", whose typical error{after} is nearest to the median of {self.seeds}"
        title = f"{self.experiment.name}, {state}: latents of {which}; face the true color, rim the reconstruction"
        z = latents(models(), rgb).values[self.member]
        return latent_spheres(z, rgb, reconstruct(models(), rgb)[self.member], title=title)

    def latents_in_training(self) -> Movie:
        """The latents of one seed, trained anew until each of some steps."""
        seed, width = self.intact.seeds[self.member], self.intact.bottleneck
        cube = vibrant_hues() if width == 2 else coarse_cube()  # a circle was shown no others
        rgb = cube["color"].values
        steps = sorted({round(step) for step in np.linspace(1, len(self.experiment.dopesheet), FRAMES)})
        models = partway(self.experiment, [seed], steps)
        return latents_in_training(
            [latents(each, rgb).values[0] for each in models],
            rgb,
            [reconstruct(each, rgb)[0] for each in models],
            steps,
            views=VIEWS[width][:3],
            title=f"{self.experiment.name}, seed {seed}: latents in training",
        )

    def _at(self, figure: str) -> str:
        return f"{self.directory}/{figure}"


def error_for_curves(models: Ensemble) -> xr.DataArray:
    """The error over the cube of curves where s or v is 1, which is all that they go along, a tenth of it; else NaN."""
    cube = curve_cube()
    face, other = (reconstruction_error(models, cube.isel({axis: [-1]})) for axis in "sv")
    return face.combine_first(other)


def comparisons(
    conditions: Iterable[tuple[Experiment, Ensemble]], hypothesis: str = ""
) -> Iterator[tuple[str, Callable[[], Picture]]]:
    """List a figure for each pair of trained conditions whose edited models a primary prediction compares.

    `hypothesis`: the one whose predictions alone are asked for.
    """
    names = {id(ensemble): experiment.name for experiment, ensemble in conditions}
    for first, second, edited in EDITS.compared(hypothesis):
        pair = [(names[id(each)], each) for each in (first, second) if id(each) in names]
        if len(pair) == 2:
            (one, _), (other, _) = pair
            place = f"{safe(one)[:LONGEST]}-and-{safe(other)[: LONGEST // 2]}"
            yield f"{place}/error-over-hue-after-{safe(edited.words)}", partial(compared, pair, edited)


def compared(pair: Sequence[tuple[str, Ensemble]], edited: Edited) -> Picture:
    """Draw the error over hue of two conditions after the same edit."""
    errors = {name: error_for_curves(edited.of(ensemble)) for name, ensemble in pair}
    title = f"{' and '.join(errors)}, after {edited.words}: error over hue, median and quartiles"
    return error_curves_compared(errors, title=title)


def verdicts(readings: Iterable[Reading]) -> Iterator[Drawing]:
    """List a figure for each hypothesis file: its predictions and, as in the summary, the controls not confirmed."""
    ordered = sorted(readings, key=lambda reading: reading.position)
    for path, of_file in groupby(ordered, key=lambda reading: reading.group.partition("::")[0]):
        listed = [reading for reading in of_file if reading.role != "control" or reading.verdict != Verdict.CONFIRMED]
        if listed:
            inner = path.removesuffix(".py").rpartition(f"{FOLDER}/")[2]
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
