"""A plugin for pytest by which hypotheses run in seconds: models that were never trained, and tell who measures them.

What each file asks to be trained, what its fixtures hand out, and what its tests measure, in that order, is written as
JSON into the file that STAND_INS names in the environment. The verdicts mean nothing.
"""

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from description import described, differences
from transcript import TRANSCRIPT

import excolor.training
from excolor.conditions.experiment import Experiment
from excolor.ensemble import Ensemble, split
from excolor.experiments import EX_2_10
from excolor.training.history import labeled
from excolor.training.initial_weights import initial_parameters
from excolor.verdicts.options import declared_seeds
from excolor.verdicts.store import STORE

TOLD = ("encoder", "decoder", "history")
"""The fields that a measure reads."""
NO_MEASURES = ("dataclasses", "excolor.edits", "excolor.ensemble", __name__)
"""The modules that read them to make other models of these."""

asked_for: list[Experiment] = []
measured: list["StandIn"] = []
record: dict[str, Any] = {}


@dataclass(frozen=True, eq=False, repr=False)
class StandIn(Ensemble):
    """Untrained models of a condition, and what has been made of them."""

    condition: Experiment = EX_2_10
    part: str = ""

    def __getattribute__(self, name: str) -> Any:
        if name in TOLD and not sys._getframe(1).f_globals["__name__"].startswith(NO_MEASURES):
            measured.append(self)
        return object.__getattribute__(self, name)

    def __hash__(self) -> int:
        """What measures remember of an ensemble they look up by its hash."""
        measured.append(self)
        return object.__hash__(self)

    def first(self, count: int) -> "StandIn":
        return replace(super().first(count), part=f", the first {count}")

    def __str__(self) -> str:
        """The condition, what was deleted or changed, and which members these are."""
        entry = self.decoder[0].weight
        zero = [str(dim) for dim in range(entry.shape[-1]) if not entry[..., dim].any()]
        pruned = f", pruned to {entry.shape[-1]} dimensions" * (entry.shape[-1] < self.condition.bottleneck)
        constant = ", answering one color" * (not self.decoder[-1].weight.any())
        deleted = f", without {' and '.join(zero)}" * bool(zero)
        return (
            self.condition.name + pruned + constant + deleted + "".join(f", {x.change}" for x in self.edits) + self.part
        )


def stand_in(experiments, seeds, watch=None, before=None):
    """In the place of `train_together`."""
    asked_for.extend(experiments)
    for each in experiments:
        layers = split(initial_parameters(each.architecture, tuple(seeds)), each.architecture)
        losses = np.broadcast_to(np.float32(0.5), (1 + len(each.terms), len(seeds), len(each.dopesheet)))
        yield StandIn(*layers, tuple(seeds), labeled(each, tuple(seeds), losses), each.form, condition=each)


excolor.training.train_together = stand_in


def unlike_its_transcript(condition: Experiment) -> dict[str, Any]:
    """The transcript of the same experiment that a condition is most like, and what is otherwise in the condition."""
    found = described(condition)
    number = condition.name.split()[0].rstrip(",")
    apart = {
        name: differences(found, stated) for name, stated in TRANSCRIPT.items() if name.split()[0].rstrip(",") == number
    }
    closest = min(apart, key=lambda name: (len(apart[name]), name != condition.name))
    return {"as": closest} | {where: here for where, (here, _) in apart[closest].items()}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """A file's conditions are its own: none is remembered by the name that another file has for it."""
    if fixturedef.argname == "seeds":
        request.config.stash[STORE]._remembered.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    measured.clear()
    try:
        return (yield)
    finally:
        note(pyfuncitem)
        asked_for.clear()


def note(item):
    """Add to the record of a file what one of its tests has asked for and measured."""
    nothing = {"seeds": declared_seeds(item.module), "conditions": {}, "fixtures": {}, "tests": {}, "idle": []}
    of_file = record.setdefault(item.path.stem, nothing)
    of_file["conditions"] |= {each.name: unlike_its_transcript(each) for each in asked_for}
    test, _, case = item.nodeid.partition("::")[2].removesuffix("]").partition("[")
    of_file["tests"].setdefault(test.replace("::", "."), {})[case] = list(dict.fromkeys(map(str, measured)))
    for name, models in item.funcargs.items():
        if isinstance(models, StandIn):
            of_file["fixtures"][name] = sorted({*of_file["fixtures"].get(name, []), str(models)})
            if all(each.condition is not models.condition for each in measured):
                of_file["idle"].append(f"{test}: {name}")


def pytest_unconfigure():
    Path(os.environ["STAND_INS"]).write_text(json.dumps(record), encoding="utf-8")
