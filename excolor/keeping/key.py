"""The key of a kept ensemble: a digest of all that could change a bit of it, but its seeds, which stand in its file."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from excolor.conditions.experiment import Experiment
from excolor.keeping.content import Content, content
from excolor.keeping.sources import sources
from excolor.keeping.surroundings import surroundings


class Keys:
    """The keys of what a function would train as things are now: they change where anything does that could matter.

    A key is the same in every process in which each seed is sure to be trained to the same bits. There is none where
    that cannot be told.
    """

    def __init__(self, train: Callable[..., Any]) -> None:
        self._cubes: dict[Any, str] = {}
        try:
            self._training: Content | None = Content().with_all(train, sources(), surroundings())
        except Exception:  # of any kind: whatever cannot be told, in whichever way, is trained anew
            self._training = None

    def of(self, experiment: Experiment) -> str | None:
        if self._training is None:
            return None
        try:
            return self._training.with_all(self._described(experiment)).digest()
        except Exception:  # likewise
            return None

    def _described(self, experiment: Experiment) -> dict[str, object]:
        """All that an experiment has but its name, and the colors and values that its data and its dopesheet make.

        The function that makes the colors goes by these, whatever it reads.
        """
        of_content = [each.name for each in fields(experiment) if each.init and each.name != "name"]
        data, sheet = experiment.data, experiment.dopesheet
        if data not in self._cubes:
            self._cubes[data] = content(data())
        return {name: getattr(experiment, name) for name in of_content} | {
            "kind": type(experiment),
            "colors": self._cubes[data],
            "dopesheet": replace(sheet, source=""),
            "values": {name: sheet.values(name) for name in sheet.properties},
        }
