"""A sweep: an experiment in variants, over seeds, measured; on this machine, or on a cluster that there is.

    over x seeds -> pieces -> train -> measure -> a Dataset over the axes and seed
                                          |
                                     kept in files

What is kept of a sweep is found by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from excolor.conditions.experiment import Experiment, check_experiment
from excolor.numerics.streams import check_seeds
from excolor.sweeping.axes import Axis, axes_of, coordinate, points
from excolor.sweeping.bar import Bar
from excolor.sweeping.cluster import check_client, on_cluster
from excolor.sweeping.kept import Kept
from excolor.sweeping.measuring import Measure, Values, measured, named
from excolor.sweeping.pieces import Piece, cut
from excolor.sweeping.sources import sources

if TYPE_CHECKING:
    from distributed import Client

SEED = "seed"


def sweep(
    experiment: Experiment,
    over: Mapping[str, Any],
    seeds: Iterable[int],
    measure: Callable[..., xr.DataArray] | Mapping[str, Callable[..., xr.DataArray]],
    client: Client | None = None,
    keep: str | Path | None = None,
) -> xr.Dataset:
    """Train an experiment in every combination of values, with every seed, and measure each model.

        sweep(EX_2_10, over={"bottleneck": [2, 3, 4, 5], "without": [(), "reg-unit"]}, seeds=range(512),
              measure=typical_error)

    Args:
        experiment: the condition that is varied.
        over: for each axis its values: of a field of the experiment, as `replace` takes them, or of "without", names of
            terms to leave out. What is no number or string has a name: {"dopesheet": {"slow": SLOW, "fast": FAST}}.
        seeds: different whole numbers, 0 or above.
        measure: a function of an ensemble that gives one number for each seed, such as `typical_error`, or a mapping of
            names to such functions. A function's own name is the variable's.
        client: a `dask.distributed.Client`, whose workers then train, to the same bits; by default this process does.
        keep: a directory for the results of each piece, as soon as it is done. The same sweep finds them there, as does
            one with more values or seeds, unless anything has changed that could change a bit.

    Returns:
        A variable for each measure, over the axes and `seed`.

    Raises:
        SweepError: axes, values, measures, a client or a directory that cannot be; workers of another version.
        ExperimentError: a combination of values that is no experiment.
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
        TrainingError: a loss is no longer finite; what was done before is kept.
    """
    check_experiment(experiment)
    axes = axes_of(over)
    measures = named(measure, [*(axis.name for axis in axes), SEED])
    chosen = check_seeds(seeds)
    if client is not None:
        check_client(client)
    here = sources() if client is not None or keep is not None else {}
    pieces = cut(points(experiment, axes), chosen)
    kept = Kept(keep, measures, here) if keep is not None else None
    results = {piece.place: found for piece in pieces if kept and (found := kept.found(piece)) is not None}
    missing = [piece for piece in pieces if piece.place not in results]
    compute = partial(measured, measures=measures)
    computing = on_cluster(client, missing, compute, here) if client is not None else _here(missing, measures)
    with closing(Bar(pieces, [piece for piece in pieces if piece.place in results])) as bar, closing(computing):
        for piece, values in computing:
            if kept:
                kept.keep(piece, values)
            results[piece.place] = values
            bar.advance(piece)
    return _gathered(experiment, axes, chosen, [results[piece.place] for piece in pieces])


def _here(pieces: Sequence[Piece], measures: Mapping[str, Measure]) -> Generator[tuple[Piece, Values]]:
    """Compute pieces in this process, one after the other."""
    for piece in pieces:
        yield piece, measured(piece.experiment, piece.seeds, measures)


def _gathered(
    experiment: Experiment, axes: Sequence[Axis], seeds: tuple[int, ...], results: list[Values]
) -> xr.Dataset:
    """Put the results of all pieces, in their order, into one Dataset."""
    dims = [*(axis.name for axis in axes), SEED]
    coordinates: dict[str, Any] = {axis.name: coordinate(axis) for axis in axes} | {SEED: list(seeds)}
    shape = [len(coordinates[dim]) for dim in dims]
    variables = {name: (dims, np.concatenate([each[name] for each in results]).reshape(shape)) for name in results[0]}
    return xr.Dataset(variables, coordinates, {"experiment": experiment.name})
