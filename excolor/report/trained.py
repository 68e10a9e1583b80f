"""The pictures of what a file has trained, drawn in the process that trained it: a few that its claims speak of.

Two stand above all hypotheses of the file, and with a hypothesis one of its own where it compares two conditions or
edits otherwise. All pictures of all conditions are for --figures.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from excolor.plots import Picture
from excolor.plots.picture import STYLES, Style
from excolor.report.run import Shown
from excolor.verdicts.drawing import Condition, comparisons
from excolor.verdicts.edited import EDITS

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble

CHOSEN = (
    {
        "error-curves-after": "Error along hue, saturation and value: the median over seeds, and quartiles.",
        "loss-history": "The loss of every term while it is trained: the median over seeds, and quartiles.",
    },
    {"latent-spheres-intact": "Latents before any edit, of the seed in the middle."},
)
"""What is drawn: of each, the first figure whose name begins so, and what is said below it. Where nothing is edited,
claims are about the training itself."""
OF_ITS_OWN = {"error-curves-after": CHOSEN[0]["error-curves-after"]}
"""What is drawn for a hypothesis whose primary predictions edit otherwise than most of its file."""
COMPARED = "Error over hue of the two conditions that are compared: the median over seeds, and quartiles."
DPI = 100
"""Dots per inch: as wide as the page, or twice as dense on a telephone."""
COLORS = 256
"""Of a picture, which is then a third as large."""

LEVEL = 6
"""Of compression: the highest takes eight times as long and saves a twentieth."""


def experiment_of(module: ModuleType) -> "Experiment | None":
    """The experiment that a hypothesis file is about: its EXPERIMENT, or the first of its CONDITIONS."""
    conditions = getattr(module, "CONDITIONS", ())
    return getattr(module, "EXPERIMENT", conditions[0] if conditions else None)


def drawn(
    module: ModuleType,
    file: str,
    hypotheses: Sequence[str],
    trained: "Iterable[tuple[Experiment, Ensemble]]",
    seeds: Sequence[int],
    folder: str,
) -> Iterator[tuple[Shown, dict[str, bytes]]]:
    """Draw the pictures of a file, if what it is about was trained, each with its files by their places in a folder.

    They follow from the file alone, and not from what else this process has run.

    Args:
        hypotheses: the node ids of those of the file.
        trained: every condition that this process has trained, for whichever file.
        seeds: those of the file.
    """
    conditions = [pair for pair in trained if set(pair[1].seeds) <= set(seeds)]
    begin = f"{folder}/{Path(file).stem.removeprefix('test_')}"
    wanted = experiment_of(module)
    starts = {each: f"{begin}.{each.rpartition('::')[2].removeprefix('Test')}" for each in hypotheses}
    ensemble = _most([ensemble for experiment, ensemble in conditions if experiment == wanted])
    if wanted is not None and ensemble is not None:
        edits = EDITS.of(ensemble, file)
        whole = Condition(wanted, ensemble, edits)
        for captions in CHOSEN:
            yield from _first_of(captions, whole, begin, file)
        for hypothesis, start in starts.items():
            own = EDITS.of(ensemble, hypothesis, ranks=["primary"])[:1]
            if own and own[0].words != edits[0].words:
                yield from _first_of(OF_ITS_OWN, Condition(wanted, ensemble, own), start, file, hypothesis)
    for hypothesis, start in starts.items():
        for name, draw in list(comparisons(conditions, hypothesis))[:1]:
            yield _shown(draw(), f"{start}.{_figure(name)}", COMPARED, file, hypothesis)


def _first_of(
    captions: Mapping[str, str], condition: Condition, start: str, file: str, hypothesis: str = ""
) -> Iterator[tuple[Shown, dict[str, bytes]]]:
    """Draw the first figure of a condition whose name begins as one of the captions has it."""
    drawings = dict(condition.drawings())
    found = ((name, begin) for begin in captions for name in drawings if _figure(name).startswith(begin))
    name, begin = next(found, ("", ""))
    picture = drawings[name]() if name else None
    if isinstance(picture, Picture):
        yield _shown(picture, f"{start}.{_figure(name)}", captions[begin], file, hypothesis)


def _most(ensembles: "Sequence[Ensemble]") -> "Ensemble | None":
    """The first of those of the most seeds: of the same seeds a process has but one."""
    return max(ensembles, key=lambda ensemble: len(ensemble.seeds), default=None)


def _figure(name: str) -> str:
    return name.rpartition("/")[2]


def _shown(
    picture: Picture, place: str, caption: str, file: str, hypothesis: str = ""
) -> tuple[Shown, dict[str, bytes]]:
    images = {f"{place}-{style}.png": _image(picture, style) for style in STYLES}
    light, dark = images
    width, height = images[light].size
    shown = Shown(light, width, height, picture.alt, caption, dark, file, hypothesis)
    return shown, {place: _png(image) for place, image in images.items()}


def _image(picture: Picture, style: Style) -> Image.Image:
    with matplotlib.style.context({}, after_reset=True):  # not with the user's own settings
        canvas = FigureCanvasAgg(picture.in_style(style).figure)
        canvas.figure.set_dpi(DPI)
        canvas.draw()  # type: ignore[no-untyped-call]  # not by savefig, which draws twice
        image = Image.fromarray(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]
    return _of_few_colors(image.convert("RGB"))


def _of_few_colors(image: Image.Image) -> Image.Image:
    """The image in colors that are near its own, and in exactly the one of its corner, which is that of the page.

    By an octree, which is both nearer and in a tenth of the time than the median cut that Pillow takes by itself.
    """
    few = image.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    corner = 3 * int(few.getpixel((0, 0)))  # type: ignore[arg-type]  # one number: a place in the palette
    palette[corner : corner + 3] = image.getpixel((0, 0))  # type: ignore[assignment]  # three, of RGB
    few.putpalette(palette)
    return few


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, format="png", compress_level=LEVEL)
    return written.getvalue()
