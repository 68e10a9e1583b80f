"""A moving picture of latents over the steps of a training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.animation import PillowWriter
from matplotlib.figure import Figure
from numpy.typing import ArrayLike
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from excolor.numerics.given import is_whole, is_word, shown
from excolor.plots.latent_spheres import View, draw_spheres, place_discs, spheres_data
from excolor.plots.letters import drawable
from excolor.plots.margins import head
from excolor.plots.picture import Data, PlotError, Style, check_style, styled, titled
from excolor.plots.wording import as_fit, color_words, count, number

DPI = 72
A_SECOND = 8
"""Frames a second."""
HELD = 2000
"""Milliseconds for which the last frame stays."""


COARSE = 5
"""The steps of a channel of a movie, of 255: a fifth of the file's size for what no eye sees."""


@dataclass(frozen=True, eq=False)
class Movie:
    """A moving picture with its alternative text and the numbers that it draws."""

    alt: str
    data: Data
    """The steps, and for each of them the data of `latent_spheres`."""
    style: Style

    def in_style(self, style: Style) -> Movie:
        """The same numbers and words in another style."""
        return self if is_word(style, (self.style,)) else Movie(self.alt, self.data, check_style(style))

    def frame(self, place: int) -> Figure:
        """Draw one of the frames alone."""
        with styled(self.style):
            figure = Figure()
            draw_spheres(figure, {**self.data["frames"][0], "title": drawable(self.data["title"])}, below_title=1)
            self._show(figure, place)
        return figure

    def save(self, path: str | Path) -> None:
        """Write an animated PNG, which carries the alt text as its `Description`, or a GIF, where colors are fewer.

        Raises:
            PlotError: the path ends neither in `.png` nor in `.gif`.
        """
        suffix = Path(path).suffix.lower() if isinstance(path, str | Path) else ""
        if suffix not in (".png", ".gif"):
            raise PlotError(f"cannot save to {str(path)!r}: a movie is a PNG or a GIF file, for example 'training.png'")
        figure = self.frame(0)
        writer = _Writer(self.alt)
        with styled(self.style), writer.saving(figure, str(path), DPI):
            for place in range(len(self.data["steps"])):
                self._show(figure, place)
                writer.grab_frame()

    def _show(self, figure: Figure, place: int) -> None:
        place_discs(figure, self.data["frames"][place])
        steps = self.data["steps"]
        head(figure, drawable(self.data["title"]), f"after step {steps[place]} of {steps[-1]}")


def latents_in_training(
    latents: Sequence[ArrayLike],
    colors: ArrayLike,
    reconstructions: Sequence[ArrayLike],
    steps: Sequence[int],
    *,
    views: Sequence[View] | None = None,
    title: str = "Latents in training",
    style: Style = "light",
) -> Movie:
    """Draw each color as a disc where its latent is, as `latent_spheres` does, after some steps of a training in turn.

    Args:
        latents: for each of the steps `[..., K]`, of one seed, such as `latents(ensemble, rgb)[0]` of each ensemble of
            `partway(EX_2_10, [0], steps)`.
        colors: `[..., 3]`, the encoded colors.
        reconstructions: for each of the steps `[..., 3]`, the answers to them.
        steps: ascending numbers of steps.
        views: as for `latent_spheres`.
        title: the title of the figure.

    Raises:
        PlotError: not as many latents and reconstructions as steps, steps that do not ascend, or what `latent_spheres`
            would refuse.
        ColorError: a color outside [0, 1], or NaN.
    """
    parts = (latents, reconstructions, steps)
    if not all(isinstance(part, Sequence) for part in parts) or not 2 <= len(steps) == len(latents) == len(parts[1]):
        raise PlotError(
            f"latents {shown(latents)}, reconstructions {shown(reconstructions)}, steps {shown(steps)}: they must be "
            "lists, of one for each of two steps or more, for example of the steps [1, 500]"
        )
    if not all(map(is_whole, steps)) or list(steps) != sorted(set(steps)):
        raise PlotError(f"the steps {shown(steps)}: they must be ascending whole numbers, for example [1, 500]")
    frames = [
        spheres_data(z, colors, answer, views, None, title) for z, answer in zip(latents, reconstructions, strict=True)
    ]
    if len({np.shape(frame["latents"]) for frame in frames}) > 1:
        raise PlotError("the latents of different steps have different widths: take one model, at all steps")
    reach = max(frame["reach"] for frame in frames)
    data = {
        "title": titled(title, ""),
        "steps": list(map(int, steps)),
        "frames": [frame | {"reach": reach} for frame in frames],
    }
    return Movie(_alt(data), data, check_style(style))


def _alt(data: Data) -> str:
    first, last = data["frames"][0], data["frames"][-1]
    true = np.array(first["true"])
    before, after = (float(np.median(np.square(true - frame["shown"]).mean(axis=1))) for frame in (first, last))
    moved = np.linalg.norm(np.subtract(last["latents"], first["latents"]), axis=1)
    farthest = int(moved.argmax())
    z = np.array(last["latents"])
    ends = [
        f"dimension {dim} is largest at {color_words(true[place])}, {number(z[place, dim])}"
        for dim, place in enumerate(z.argmax(axis=0))
    ]
    steps = data["steps"]
    begin = (
        f"{data['title']}: moving picture of the latents of {count(len(true), 'color')}, from step "
        f"{steps[0]} to {steps[-1]} in {len(steps)} frames. They move by {number(np.median(moved))} in the median, "
        f"{color_words(true[farthest])} the farthest, by {number(moved[farthest])}; the typical error goes from "
        f"{number(before)} to {number(after)}."
    )
    return as_fit(begin, "At the end", ends)


class _Writer(PillowWriter):
    """matplotlib's, with the alternative text, and with coarser colors, which make a smaller file."""

    _frames: list[Image.Image]

    def __init__(self, alt: str) -> None:
        super().__init__(fps=A_SECOND)
        self.alt = alt

    def finish(self) -> None:
        info = PngInfo()
        info.add_itxt("Description", self.alt)
        first, *others = (
            Image.fromarray((np.round(np.asarray(frame) / COARSE) * COARSE).astype(np.uint8)) for frame in self._frames
        )
        durations = [1000 // A_SECOND] * len(others) + [HELD]
        first.save(
            self.outfile, save_all=True, append_images=others, duration=durations, loop=0, pnginfo=info,
            comment=self.alt.encode(),
        )  # fmt: skip
