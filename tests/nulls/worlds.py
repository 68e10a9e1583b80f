"""Runs pytest several times in one process, which starts once and trains each seed of a condition once.

It reads the arguments of each run from its standard input, as a list of lists in JSON. A world is left at the end of
its run: what a null puts in place, it takes back.
"""

import json
import sys

import pytest


class OneStore:
    """A plugin that hands every run the same trained ensembles, of which a null makes others, or asks for others."""

    store = None

    def pytest_configure(self, config):
        from excolor.verdicts.store import STORE, Store  # which pytest has to import first, to show what it asserts

        fresh = Store()
        if self.store:  # but for what starts after an edit, which is another one in another world
            fresh._remembered = {key: each for key, each in self.store._remembered.items() if key[0].start is None}
        self.store = config.stash[STORE] = fresh


if __name__ == "__main__":
    one_store = OneStore()
    for arguments in json.load(sys.stdin):
        code = pytest.main(arguments, [one_store])
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            sys.exit(code)
