"""The file of one ensemble: a digest, and then its seeds, weights and losses as plain numbers, one after the other.

    32 bytes             SHA-256 of the key and of all that follows
    int64    [S]         seeds
    float32  [S, P]      parameters of the layers
    float32  [T, N, S]   losses: terms, steps, seeds, in the order in which training writes them

All sizes but S follow from the experiment, and S from the size of the file. So nothing is interpreted before the digest
is known to be right. Nothing is left out and nothing is rounded. Losses take most of it, and are nearly all there is of
a long training; packing them by zlib would save a fifth of it, and as much time as reading takes.
"""

import hashlib
import math
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from excolor.conditions.experiment import Experiment
from excolor.ensemble import Ensemble, split
from excolor.numerics.elementwise import Floats
from excolor.numerics.layers import joined
from excolor.training.history import labeled

DIGEST = hashlib.sha256().digest_size
SEED, NUMBER = np.dtype("<i8"), np.dtype("<f4")
PART = 1 << 20
"""The bytes of a file that are looked at at a time, to find its digest."""


def write(path: Path, key: str, ensemble: Ensemble) -> None:
    parameters, losses = taken_apart(ensemble)
    digest = _of_key(key)
    with path.open("wb") as file:
        file.write(bytes(DIGEST))  # room for it
        for each in (np.array(ensemble.seeds, SEED), parameters, *losses):  # each term is copied into this order first
            numbers: Any = np.ascontiguousarray(each, each.dtype.newbyteorder("<")).view(np.uint8).data
            digest.update(numbers)
            file.write(numbers)  # not by tofile, which says nothing of a full disk
        file.seek(0)
        file.write(digest.digest())


def read(path: Path, key: str, experiment: Experiment) -> Ensemble | None:
    """Load the ensemble of a file; None unless all of it is as it was written by this key.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        count = (size - DIGEST) // (size_of(experiment, 1) - DIGEST)
        if count < 1 or size != size_of(experiment, count):
            return None
        digest, found = file.read(DIGEST), _of_key(key)
        while part := file.read(PART):
            found.update(part)
        if digest != found.digest():
            return None
        file.seek(DIGEST)
        seeds, parameters = (
            np.fromfile(file, kind, math.prod(shape)).reshape(shape) for kind, shape in _shapes(experiment, count)[:2]
        )
    return put_together(experiment, tuple(seeds.tolist()), parameters, _losses_in(path, experiment, count))


def with_losses_in(path: Path, experiment: Experiment, ensemble: Ensemble) -> Ensemble:
    """The ensemble that was written into a file, with its losses left there.

    Raises:
        OSError: the file cannot be read.
    """
    losses = _losses_in(path, experiment, len(ensemble.seeds)).transpose(0, 2, 1)
    return replace(ensemble, history=labeled(experiment, ensemble.seeds, losses))


def _losses_in(path: Path, experiment: Experiment, seeds: int) -> Floats:
    """The losses `[T, N, S]` in a file. They take memory once they are looked at, which few tests do."""
    shape = _shapes(experiment, seeds)[-1][1]
    try:  # by torch, since numpy keeps each such file open
        numbers = torch.from_file(str(path), shared=False, size=size_of(experiment, seeds) // NUMBER.itemsize)
    except RuntimeError as error:
        raise OSError(f"{path} cannot be read: {error}") from None
    losses: Floats = numbers[-math.prod(shape) :].view(shape).numpy()
    return losses


def taken_apart(ensemble: Ensemble) -> tuple[Floats, Floats]:
    """The parameters `[S, P]` and losses `[T, N, S]` of an ensemble: all that its experiment and seeds do not say."""
    parameters = joined((*ensemble.encoder, *ensemble.decoder)).numpy()
    return parameters, ensemble.history.transpose("term", "step", "seed").values


def put_together(experiment: Experiment, seeds: tuple[int, ...], parameters: Floats, losses: Floats) -> Ensemble:
    """The ensemble of an experiment that was taken apart."""
    layers = split(torch.from_numpy(parameters), experiment.architecture)
    return Ensemble(*layers, seeds, labeled(experiment, seeds, losses.transpose(0, 2, 1)), experiment.form)


def size_of(experiment: Experiment, seeds: int) -> int:
    """The bytes of a file of so many seeds."""
    return DIGEST + sum(kind.itemsize * math.prod(shape) for kind, shape in _shapes(experiment, seeds))


def _shapes(experiment: Experiment, seeds: int) -> list[tuple[np.dtype[Any], tuple[int, ...]]]:
    steps, terms = len(experiment.dopesheet), 1 + len(experiment.terms)
    return [(SEED, (seeds,)), (NUMBER, (seeds, experiment.architecture.parameters)), (NUMBER, (terms, steps, seeds))]


def _of_key(key: str) -> Any:
    """The digest of a file of that key, before all that follows in it."""
    return hashlib.sha256(key.encode())
