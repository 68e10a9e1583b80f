"""The pictures of what a file has trained, drawn in the process that trained it: a few that its claims speak of.

All pictures of all conditions are for --figures.
"""

import io
from collections.abc import Iterable, Iterator
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
from excolor.verdicts.drawing import Condition

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
    module: ModuleType, file: str, trained: "Iterable[tuple[Experiment, Ensemble]]", folder: str
) -> Iterator[tuple[Shown, dict[str, bytes]]]:
    """Draw the pictures of a file, if what it is about was trained, each with its files by their places in a folder."""
    wanted = experiment_of(module)
    ensemble = next((ensemble for experiment, ensemble in trained if experiment == wanted), None)
    if wanted is None or ensemble is None:
        return
    drawings = dict(Condition(wanted, ensemble).drawings())
    for captions in CHOSEN:
        found = ((name, begin) for begin in captions for name in drawings if name.rpartition("/")[2].startswith(begin))
        name, begin = next(found, ("", ""))
        picture = drawings[name]() if name else None
        if isinstance(picture, Picture):
            place = f"{folder}/{Path(file).stem.removeprefix('test_')}.{name.rpartition('/')[2]}"
            images = {f"{place}-{style}.png": _image(picture, style) for style in STYLES}
            light, dark = images
            width, height = images[light].size
            shown = Shown(light, width, height, picture.alt, captions[begin], dark, file)
            yield shown, {place: _png(image) for place, image in images.items()}


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
    corner = 3 * int(few.getpixel((0, 0)))  # type: ignore[arg-type]
    palette[corner : corner + 3] = image.getpixel((0, 0))  # type: ignore[assignment]
    few.putpalette(palette)
    return few


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, format="png", compress_level=LEVEL)
    return written.getvalue()
