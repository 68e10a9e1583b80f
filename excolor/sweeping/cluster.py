"""Pieces on a cluster: each is a task of Dask's, which goes to another worker if the first is lost.

Dask is imported here alone, and only if there is a cluster.
"""

import gc
import io
import pickle
import sys
from collections.abc import Callable, Generator, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from types import FunctionType, ModuleType
from typing import Any, TypeVar
from uuid import uuid4

from excolor.conditions.experiment import Experiment
from excolor.determinism import take_one_thread
from excolor.numerics.given import shown
from excolor.sweeping.content import KNOWN, UnknownContentError, content
from excolor.sweeping.errors import SweepError
from excolor.sweeping.pieces import Piece
from excolor.sweeping.sources import difference, sources

IN_FLIGHT = 1000
"""Tasks that the scheduler has at a time, if four for each thread are not more: it would hold a million as well, but
each with its experiment."""
FOR_EACH_THREAD = 4
INSTALL = "pip install -c constraints.txt -e '.[dask]'"
ANSWERS_WITHIN = 10.0
"""Seconds that a scheduler has for its first answer."""

Result = TypeVar("Result")
Compute = Callable[[Experiment, tuple[int, ...]], Result]
"""What is computed of a piece: a function that has a name in a module, or a partial of one."""

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


def connected(address: str) -> Any:
    """A client of the scheduler at an address, each of whose workers would compute what this process does.

    Raises:
        SweepError: there is no Dask, nobody answers within ten seconds, or a worker is of another version.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise SweepError(f"a cluster needs Dask: {INSTALL}") from error
    client, why = None, ""
    try:
        client = Client(address, timeout=ANSWERS_WITHIN)
    except (OSError, ValueError) as error:
        why = str(error)
    if client is None:
        gc.collect()  # closes the one that found nobody: while another one starts, Dask would wait for itself
        raise SweepError(
            f"nobody answers at {shown(address)} within {ANSWERS_WITHIN:g} seconds ({why}): give the address that "
            "`dask scheduler` prints when it starts, for example tcp://10.0.0.1:8786"
        )
    try:
        check_workers(client, sources())
    except SweepError:
        client.close()
        raise
    return client


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
    client: Any, pieces: Sequence[Piece], compute: Compute[Result], here: dict[str, str]
) -> Generator[tuple[Piece, Result]]:
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
                    future = _sent(client, piece, compute, here)
                    of[future] = piece
                    done.add(future)
            if not of:
                return
            future, result = next(done)
            piece = of[future]
            if future.status != "finished":
                _raise_what_went_wrong(future, piece)
            del of[future]
            yield piece, result
    finally:  # whatever stops this process, the cluster does not go on with it
        if client.status == "running":
            client.cancel(list(of))


def computed(packed: bytes, expected: dict[str, str], digest: str | None) -> Any:
    """Compute a piece, in a worker, if it computes there what it would where it comes from."""
    experiment, seeds, compute = checked(packed, expected, digest)
    take_one_thread()
    with _one_at_a_time:
        return compute(experiment, seeds)


def checked(
    packed: bytes, expected: dict[str, str], digest: str | None
) -> tuple[Experiment, tuple[int, ...], Compute[Any]]:
    """A piece as it has arrived in a worker, or a `SweepError` if it would be another there."""
    from distributed import get_worker

    address = get_worker().address
    _check_sources(address, sources(), expected)
    try:
        sent, seeds, compute = pickle.loads(packed)
    except ImportError as error:
        raise SweepError(
            f"the worker {address} has not all that is to be computed there ({error}): let each worker import the "
            "same modules, for example by client.upload_file('mine.py')"
        ) from error
    here = sent.replace()  # what its functions have captured is noted anew: it came by another way
    if digest is not None and _digest_if_any(here, compute) != digest:
        raise SweepError(
            f"the worker {address} has another version of what {here.name} or a measure of it reads: let each "
            "worker import the same modules, for example by client.upload_file('mine.py')"
        )
    return here, seeds, compute


def packed(experiment: Experiment, seeds: tuple[int, ...], compute: Compute[Any]) -> bytes:
    """A piece as bytes, from which a worker reads what it is to compute.

    Functions and classes of one's own, such as those of a hypothesis file, go along: a worker need not have the file.
    """
    from cloudpickle import Pickler, register_pickle_by_value

    class ByValue(Pickler):  # type: ignore[misc]  # Dask has no types
        def reducer_override(self, part: Any) -> Any:
            module = sys.modules.get(str(getattr(part, "__module__", None)))
            if isinstance(part, FunctionType | type) and module and _is_ones_own(module):
                register_pickle_by_value(module)
            return super().reducer_override(part)

    written = io.BytesIO()
    ByValue(written).dump((experiment, seeds, compute))
    return written.getvalue()


def _is_ones_own(module: ModuleType) -> bool:
    """Whether a module is neither excolor's nor Python's nor that of an installed package."""
    installed = {"site-packages", "dist-packages"} & set(Path(getattr(module, "__file__", None) or "").parts)
    return module.__name__.partition(".")[0] not in KNOWN and not installed


def _check_sources(address: str, there: dict[str, str], here: dict[str, str]) -> None:
    if found := difference(here, there):
        raise SweepError(
            f"the worker {address} would compute other bits: {found}; install the same there as here, {INSTALL}"
        )


def _sent(client: Any, piece: Piece, compute: Compute[Any], here: dict[str, str]) -> Any:
    """The future of a piece that the scheduler has been sent."""
    given = packed(piece.experiment, piece.seeds, compute), here, _digest_if_any(piece.experiment, compute)
    return client.submit(computed, *given, key=f"sweep-{uuid4().hex}", pure=False)


def _raise_what_went_wrong(future: Any, piece: Piece) -> None:
    from distributed import KilledWorker

    whose = f"{piece.experiment.name}, {len(piece.seeds)} seeds from {piece.seeds[0]}"
    if future.cancelled():
        raise SweepError(
            f"{whose}: the cluster was lost, or its tasks were cancelled; the same run goes on from there, a sweep "
            "with keep='directory'"
        )
    try:
        future.result()
    except KilledWorker as error:
        raise SweepError(
            f"{whose}: every worker that tried it was lost, {error.last_worker.address} at last: it may need more "
            "memory than a worker has; see the workers' logs"
        ) from error


def _digest_if_any(experiment: Experiment, compute: Compute[Any]) -> str | None:
    """The digest of what is computed; None where it cannot be told, and so not be compared."""
    experiment.check_unchanged()
    try:
        return content((experiment, compute))
    except UnknownContentError:
        return None


def _room(client: Any) -> int:
    """How many tasks the scheduler should have now, by the workers that there are now."""
    threads: int = sum(client.nthreads().values())
    return max(IN_FLIGHT, FOR_EACH_THREAD * threads)
