"""What was collected: every prediction and control of a run, whether or not it comes to run.

What is printed at the end has to account for each. Workers of xdist collect for the process that reports, and may die:
each leaves its list in a file before it runs anything.
"""

import json
import os
from pathlib import Path

import pytest

from excolor.verdicts.collection import CLAIMED
from excolor.verdicts.reading import ON_REQUEST, Reading
from excolor.verdicts.store import shared_directory

Inventory = dict[str, Reading]
"""By node id; those that are not going to run say so."""

_COLLECTED = pytest.StashKey[Inventory]()
_FILE = "inventory-{process}.json"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note down what is left once options, marks and other plugins have made their choice."""
    running = set(map(id, session.items))
    inventory = {
        test.nodeid: claimed if id(test) in running else claimed.without_verdict(ON_REQUEST)
        for test, claimed in session.config.stash.get(CLAIMED, [])
    }
    session.config.stash[_COLLECTED] = inventory
    directory = shared_directory(session.config)
    if directory is not None and hasattr(session.config, "workerinput"):
        _write(inventory, directory)


def _write(inventory: Inventory, directory: Path) -> None:
    path = directory / _FILE.format(process=os.getpid())
    half_written = path.with_suffix(".part")
    half_written.write_text(json.dumps({test: claimed.as_plain() for test, claimed in inventory.items()}))
    os.replace(half_written, path)


def collected(config: pytest.Config) -> Inventory:
    """What this process has collected, or the workers for it."""
    own = config.stash.get(_COLLECTED, None)
    inventory = dict(own or {})
    directory = shared_directory(config)
    for path in sorted(directory.glob(_FILE.format(process="*"))) if directory else ():
        told = json.loads(path.read_text())
        inventory |= {test: Reading.from_plain(plain) for test, plain in told.items()}
    return inventory
