"""A bar on the terminal that says how much of a sweep is done, and what is left."""

import sys
import time
from typing import TextIO

from excolor.sweeping.pieces import Piece

WIDTH = 24
"""Of the bar, in letters."""


class Bar:
    """A bar of all runs of a sweep; nothing where the output is no terminal."""

    def __init__(self, pieces: list[Piece], found: list[Piece], stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.shown = self.stream.isatty()
        self.runs, self.cost = _size(pieces)
        self.done, self.done_cost = _size(found)
        self.found, self.found_cost = self.done, self.done_cost
        self.began = time.monotonic()
        self._draw()

    def advance(self, piece: Piece) -> None:
        """Count a piece that is done."""
        self.done += len(piece.seeds)
        self.done_cost += piece.cost
        self._draw()

    def close(self) -> None:
        """Leave the line."""
        if self.shown:
            print(file=self.stream, flush=True)

    def line(self, seconds: float) -> str:
        """What is shown so many seconds after the beginning."""
        share = self.done_cost / self.cost
        bar = "#" * int(share * WIDTH)
        found = f", {self.found:,} of them kept before" if self.found else ""
        computed = self.done_cost - self.found_cost
        left = f", about {_in_words(seconds / computed * (self.cost - self.done_cost))} left" if computed else ""
        return f"[{bar:.<{WIDTH}}] {self.done:,} of {self.runs:,} runs{found}{'' if share == 1 else left}"

    def _draw(self) -> None:
        if self.shown:
            print(f"\r\x1b[K{self.line(time.monotonic() - self.began)}", end="", file=self.stream, flush=True)


def _size(pieces: list[Piece]) -> tuple[int, float]:
    return sum(len(piece.seeds) for piece in pieces), sum(piece.cost for piece in pieces)


def _in_words(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
