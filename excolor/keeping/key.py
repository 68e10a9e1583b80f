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
        self._train = train
        self._training = Content()
        self._rests_on: tuple[object, ...] = ()

    def of(self, experiment: Experiment) -> str | None:
        try:
            return self._as_things_are().with_all(self._described(experiment)).digest()
        except Exception:  # of any kind: whatever cannot be told, in whichever way, is trained anew
            return None

    def _as_things_are(self) -> Content:
        """What trains, which is looked into anew only if something was replaced that it reads."""
        rests_on = sources(), surroundings()
        if self._rests_on != rests_on or not self._training.stands():
            self._training, self._rests_on = Content().with_all(self._train, *rests_on), rests_on
        return self._training

    def _described(self, experiment: Experiment) -> dict[str, object]:
        """All that an experiment has but its name, and the colors and values that its data and its dopesheet make.

        The function that makes the colors goes by these, whatever it reads.
        """
        of_content = [each.name for each in fields(experiment) if each.init and each.name != "name"]
        sheet = experiment.dopesheet
        return {name: getattr(experiment, name) for name in of_content} | {
            "kind": type(experiment),
            "colors": content(experiment.data()),
            "dopesheet": replace(sheet, source=""),
            "values": {name: sheet.values(name) for name in sheet.properties},
        }
