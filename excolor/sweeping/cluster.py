"""A sweep on a cluster: each piece is a task of Dask's, which goes to another worker if the first is lost.

Dask is imported here alone, and only if a client is given.
"""

from collections.abc import Generator, Mapping, Sequence
from itertools import islice
from threading import Lock
from typing import Any
from uuid import uuid4

from excolor.conditions.experiment import Experiment
from excolor.determinism import take_one_thread
from excolor.numerics.given import shown
from excolor.sweeping.content import UnknownContentError
from excolor.sweeping.errors import SweepError
from excolor.sweeping.kept import told_apart
from excolor.sweeping.measuring import Measure, Values, measured
from excolor.sweeping.pieces import Piece
from excolor.sweeping.sources import difference, sources

IN_FLIGHT = 1000
"""Tasks that the scheduler has at a time, if four for each thread are not more: it would hold a million as well, but
each with its experiment."""
FOR_EACH_THREAD = 4
INSTALL = "pip install -c constraints.txt -e '.[dask]'"

_one_at_a_time = Lock()
"""Trainings in threads of one process would share its memory of kernels and settings, and gain nothing."""


def check_client(client: object) -> None:
    """Raise a `SweepError` unless it is a client of Dask's that can be waited for."""
    try:
        from distributed import Client
    except ImportError as error:
        raise SweepError(f"client is {shown(client)}: a sweep on a cluster needs Dask: {INSTALL}") from error
    if not isinstance(client, Client) or client.asynchronous:
        raise SweepError(
            f"client is {shown(client)}: it must be a client of Dask's that is not asynchronous, for example "
            "dask.distributed.Client('tcp://10.0.0.1:8786')"
        )
    if client.status != "running":
        raise SweepError(f"client is {shown(client)}, which is {client.status}: give one that is connected")


def check_workers(client: Any, here: dict[str, str]) -> None:
    """Raise a `SweepError` if a worker would compute other bits, or none."""
    for address, there in client.run(sources, on_error="return").items():
        if isinstance(there, OSError):  # it was lost; what it leaves undone goes to others
            continue
        if not isinstance(there, dict):
            raise SweepError(
                f"the worker {address} cannot say what version of excolor it has: {type(there).__name__}, {there}; "
                f"install the same there as here, {INSTALL}"
            )
        _check_sources(str(address), there, here)


def on_cluster(
    client: Any, pieces: Sequence[Piece], measures: Mapping[str, Measure], here: dict[str, str]
) -> Generator[tuple[Piece, Values]]:
    """Compute pieces on the cluster's workers, the dearest first; each comes once, as soon as it is done."""
    from distributed import as_completed

    check_workers(client, here)
    waiting = iter(sorted(pieces, key=lambda piece: -piece.cost))
    of: dict[Any, Piece] = {}
    done = as_completed(with_results=True, raise_errors=False)
    room = 0
    try:
        while True:
            if len(of) <= room / 2:  # now and then: it asks the scheduler
                room = _room(client)
                for piece in islice(waiting, room - len(of)):
                    future = _sent(client, piece, measures, here)
                    of[future] = piece
                    done.add(future)
            if not of:
                return
            future, values = next(done)
            piece = of[future]
            if future.status != "finished":
                _raise_what_went_wrong(future, piece)
            del of[future]
            yield piece, values
    finally:  # whatever stops a sweep, the cluster does not go on with it
        if client.status == "running":
            client.cancel(list(of))


def computed(
    experiment: Experiment,
    seeds: Sequence[int],
    measures: Mapping[str, Measure],
    expected: dict[str, str],
    digest: str | None,
) -> Values:
    """Compute a piece, in a worker, if it computes there what it would where the sweep was asked for."""
    here = check_same(experiment, measures, expected, digest)
    take_one_thread()
    with _one_at_a_time:
        return measured(here, seeds, measures)


def check_same(
    experiment: Experiment, measures: Mapping[str, Measure], expected: dict[str, str], digest: str | None
) -> Experiment:
    """The experiment as it has arrived in a worker, or a `SweepError` if it would be another there."""
    from distributed import get_worker

    address = get_worker().address
    _check_sources(address, sources(), expected)
    here = experiment.replace()  # what its functions have captured is noted anew: it came by another way
    if digest is not None and _digest_if_any(here, measures) != digest:
        raise SweepError(
            f"the worker {address} has another version of what {experiment.name} or a measure of it reads: let each "
            "worker import the same modules, for example by client.upload_file('mine.py')"
        )
    return here


def _check_sources(address: str, there: dict[str, str], here: dict[str, str]) -> None:
    if found := difference(here, there):
        raise SweepError(
            f"the worker {address} would compute other bits: {found}; install the same there as here, {INSTALL}"
        )


def _sent(client: Any, piece: Piece, measures: Mapping[str, Measure], here: dict[str, str]) -> Any:
    """The future of a piece that the scheduler has been sent."""
    digest = _digest_if_any(piece.experiment, measures)
    given = piece.experiment, piece.seeds, measures, here, digest
    return client.submit(computed, *given, key=f"sweep-{uuid4().hex}", pure=False)


def _raise_what_went_wrong(future: Any, piece: Piece) -> None:
    from distributed import KilledWorker

    whose = f"{piece.experiment.name}, {len(piece.seeds)} seeds from {piece.seeds[0]}"
    if future.cancelled():
        raise SweepError(
            f"{whose}: the cluster was lost, or its tasks were cancelled; with keep='directory' the same sweep goes on "
            "from there"
        )
    try:
        future.result()
    except KilledWorker as error:
        raise SweepError(
            f"{whose}: every worker that tried it was lost, {error.last_worker.address} at last: it may need more "
            "memory than a worker has; see the workers' logs"
        ) from error


def _digest_if_any(experiment: Experiment, measures: Mapping[str, Measure]) -> str | None:
    """The digest of what is computed; None where it cannot be told, and so not be compared."""
    try:
        return told_apart(experiment, measures)
    except UnknownContentError:
        return None


def _room(client: Any) -> int:
    """How many tasks the scheduler should have now, by the workers that there are now."""
    threads: int = sum(client.nthreads().values())
    return max(IN_FLIGHT, FOR_EACH_THREAD * threads)
