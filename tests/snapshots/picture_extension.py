"""Pictures without text: the same within what antialiasing may do, tile by tile."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from documents import REMEDY
from numpy.typing import NDArray
from PIL import Image
from syrupy.extensions.image import PNGImageSnapshotExtension

TILE = 16
"""Pixels a side: in a whole picture a single changed patch would drown."""
TOLERANCE = 2.0
"""Of 255, the root mean square over a tile's pixels and channels. The same versions draw the same bytes; others may
round a color by a level, which makes 1 at most, and the rim of a shape by a few, which are few pixels of a tile."""


class PictureExtension(PNGImageSnapshotExtension):
    """PNG files, compared by the largest RMS of the difference within any tile; another size never matches."""

    def matches(self, *, serialized_data: Any, snapshot_data: Any) -> bool:
        recorded, drawn = pixels(snapshot_data), pixels(serialized_data)
        return recorded.shape == drawn.shape and rms(recorded, drawn).max() <= TOLERANCE

    def diff_lines(self, serialized_data: Any, snapshot_data: Any) -> Iterator[str]:
        folder = Path(tempfile.mkdtemp(prefix="excolor-picture-"))
        drawn = pixels(serialized_data)
        images = {"drawn": drawn}
        if snapshot_data:
            recorded = images["recorded"] = pixels(snapshot_data)
            if recorded.shape == drawn.shape:
                by_tile = rms(recorded, drawn)
                row, column = (TILE * int(place) for place in np.unravel_index(by_tile.argmax(), by_tile.shape))
                yield (
                    f"RMS {by_tile.max():.2f} of 255 in the tile at x {column}, y {row}, where {TOLERANCE} is allowed; "
                    f"{(by_tile > TOLERANCE).sum()} of {by_tile.size} tiles differ"
                )
                images["difference"] = np.abs(recorded - drawn)
            else:
                yield f"recorded {_size(recorded)}, drawn {_size(drawn)}"
        for name, image in images.items():
            path = folder / f"{name}.png"
            Image.fromarray(image.astype(np.uint8)).save(path)
            yield f"{name}: {path}"
        yield REMEDY


def pixels(png: bytes) -> NDArray[np.float64]:
    """`[height, width, 3]` in 0..255."""
    with Image.open(BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"), np.float64)


def rms(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The root mean square of the difference within each tile `[rows, columns]`; the last ones may be smaller."""
    square = np.square(one - other).mean(axis=-1)
    counts = np.ones_like(square)
    for axis in (0, 1):
        starts = np.arange(0, square.shape[axis], TILE)
        square, counts = (np.add.reduceat(array, starts, axis=axis) for array in (square, counts))
    root: NDArray[np.float64] = np.sqrt(square / counts)
    return root


def _size(image: NDArray[np.float64]) -> str:
    return f"{image.shape[1]} x {image.shape[0]} pixels"
