"""What was collected: every prediction and control of a run, whether or not it comes to run.

What is printed at the end has to account for each. Workers of xdist collect for the process that reports, and may die:
each leaves its list in a file before it runs anything. Where it cannot, those that live to the end tell.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from excolor.verdicts.collection import CLAIMED
from excolor.verdicts.reading import ON_REQUEST, Reading
from excolor.verdicts.shelf import shared_directory

Inventory = dict[str, Reading]
"""By node id; those that are not going to run say so."""

_COLLECTED = pytest.StashKey[Inventory]()
_FILE = "inventory-{process}.json"
_TOLD = "excolor.inventory"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note down what is left once options, marks and other plugins have made their choice."""
    running = set(map(id, session.items))
    inventory = {
        test.nodeid: claimed if id(test) in running else claimed.without_verdict(ON_REQUEST)
        for test, claimed in session.config.stash.get(CLAIMED, [])
    }
    session.config.stash[_COLLECTED] = inventory
    if hasattr(session.config, "workeroutput"):
        text = json.dumps({test: claimed.as_plain() for test, claimed in inventory.items()})
        if not _is_written(text, shared_directory(session.config)):
            session.config.workeroutput[_TOLD] = text


def _is_written(text: str, directory: Path | None) -> bool:
    """Write the list of this process into the directory, if there is one and it takes it."""
    if directory is None:
        return False
    path = directory / _FILE.format(process=os.getpid())
    half_written = path.with_suffix(".part")
    try:
        half_written.write_text(text)
        os.replace(half_written, path)
    except OSError:
        return False
    return True


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash.setdefault(_COLLECTED, {}).update(_read(getattr(node, "workeroutput", {}).get(_TOLD, "{}")))


def collected(config: pytest.Config) -> Inventory:
    """What this process has collected, or the workers for it."""
    own: Inventory = config.stash.get(_COLLECTED, {})
    inventory = dict(own)
    directory = shared_directory(config)
    for path in sorted(directory.glob(_FILE.format(process="*"))) if directory else ():
        inventory |= _read(path.read_text())
    return inventory


def _read(text: str) -> Inventory:
    return {test: Reading.from_plain(plain) for test, plain in json.loads(text).items()}
