"""The option --dask: each process of a run that trains is a client of that Dask cluster, and lets it train.

Measuring and judging stay here. What cannot be is refused before anything is collected.
"""

from typing import Any

import pytest

CLIENT = pytest.StashKey[Any]()
"""The stash key of the client of a process, in pytest's configuration."""


def connect(config: pytest.Config, address: str) -> None:
    """Connect to the cluster until the end of the run, or refuse in words."""
    from excolor.sweeping.cluster import connected
    from excolor.sweeping.errors import SweepError

    try:
        client = connected(address)
    except SweepError as error:
        raise pytest.UsageError(f"--dask: {error}") from None
    config.add_cleanup(client.close)
    config.stash[CLIENT] = client
    config.pluginmanager.register(Told(address, client))


class Told:
    """A plugin that says at the head of a run where it trains."""

    def __init__(self, address: str, client: Any) -> None:
        self.address, self.client = address, client

    def pytest_report_header(self) -> str:
        workers = len(self.client.nthreads())
        return f"training on the Dask cluster at {self.address}, {workers} worker{'s' * (workers != 1)} by now"
