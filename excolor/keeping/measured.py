"""What was measured of ensembles: taken once, and found by later runs, as long as it would be the same to a bit.

A result stands under a digest of the measure with all that it reads and calls, of the models with their edits, and,
as the folder of its file, of the sources of all that measures and edits, and of what these rest on. A process writes
what it has measured at its end, into one file: it is many small arrays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np

from excolor.ensemble import Ensemble
from excolor.keeping.content import HOME, Content, content
from excolor.keeping.folder import Folder
from excolor.keeping.reads import state_of
from excolor.keeping.results import Result, Results, in_a_file, read
from excolor.keeping.sources import sources
from excolor.keeping.surroundings import surroundings
from excolor.numerics.layers import joined

STARTS = (f"{HOME}.measures", f"{HOME}.edits", f"{HOME}.keeping.measured")
"""What measures and edits, and what tells one result from another, writes it and reads it."""
ENDING = ".measured"
Place = tuple[str, str]
"""The key of the file of a result, and its own."""
Kept = TypeVar("Kept", bound=Result)


class Measured:
    """Takes measures, or finds what earlier runs have taken in a folder; `write` adds what is new."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._sources = _told_sources()
        self._contents: dict[tuple[Any, ...], Content] = {}
        self._rest_on: tuple[object, str] = (None, "")
        self._known: dict[str, list[Results]] = {}
        """What files had at the first look, by their keys."""
        self._new: defaultdict[str, dict[str, Result]] = defaultdict(dict)

    def of(self, measure: Callable[[Ensemble], Kept], ensemble: Ensemble) -> Kept:
        """What a measure gives of an ensemble: found if it is sure to be the same, else taken."""
        place = self._place(measure, ensemble)
        found = self._found(*place) if place else None
        if found is not None:
            return found  # type: ignore[return-value]
        result = measure(ensemble)
        if place and place == self._place(measure, ensemble):  # else something was changed while it was measured
            self._new[place[0]][place[1]] = result
        return result

    def write(self) -> None:
        """Keep what was measured, unless a source was edited since."""
        if self._sources != _told_sources():
            return
        for key, results in self._new.items():
            self._folder.keep_bytes(key, ENDING, in_a_file(key, results))
        self._new.clear()

    def _place(self, measure: Callable[..., Any], ensemble: Ensemble) -> Place | None:
        """Where a result stands as things are now; None if that cannot be told."""
        if self._sources is None:
            return None
        try:
            return self._file(), self._looked_into(measure, *_kinds(ensemble)).with_all(_described(ensemble)).digest()
        except Exception:  # of any kind: what cannot be told, in whichever way, is measured anew
            return None

    def _looked_into(self, *measuring: Any) -> Content:
        """The content of a measure and the classes of edits, anew only if something was replaced that they read."""
        known = self._contents.get(measuring)
        if known is None or not known.stands():
            known = self._contents[measuring] = Content().with_all(*measuring)
        return known

    def _file(self) -> str:
        """The key of the file: what all measures rest on."""
        now = surroundings()
        if self._rest_on[0] != now:
            self._rest_on = now, content(self._sources, now)
        return self._rest_on[1]

    def _found(self, file: str, key: str) -> Result | None:
        if file not in self._known:
            self._known[file] = list(self._folder.read(file, ENDING, lambda path: read(path, file)))
        if key in self._new.get(file, ()):
            return self._new[file][key]
        return next((result for each in self._known[file] if (result := each.get(key)) is not None), None)


def _kinds(ensemble: Ensemble) -> Iterable[type]:
    """The classes of the edits of models, and of the parts that these have."""
    changes = [edit.change for edit in ensemble.edits]
    return dict.fromkeys(type(each) for change in changes for each in (change, *state_of(change).values()))


def _described(ensemble: Ensemble) -> dict[str, object]:
    """All that a measure of the models may ask for: not their losses, which take long to read."""
    layers = (*ensemble.encoder, *ensemble.decoder)
    return {
        "kind": type(ensemble),
        "widths": [(layer.inputs, layer.outputs) for layer in layers],
        "depth": len(ensemble.encoder),
        "parameters": joined(layers),
        "seeds": np.array(ensemble.seeds),
        "form": ensemble.form,
        "edits": ensemble.edits,
    }


def _told_sources() -> dict[str, str] | None:
    with suppress(Exception):  # of any kind: without sources nothing is kept
        return sources(STARTS)
    return None
