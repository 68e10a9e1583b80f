"""The stream in one process against torch's own loader, with the two processes that it is written after."""

import json
import subprocess
import sys
from itertools import islice

import torch
from published_stream import BATCH, WORKERS, drawn
from torch.utils.data import DataLoader, WeightedRandomSampler

EPOCHS = 3
WEIGHTS = torch.linspace(0, 1, 1000, dtype=torch.float64)
"""Of 1000 rows: 16 batches an epoch, the last of 40."""
PROBABILITIES = {name: torch.linspace(*ends, 1000) for name, ends in {"red": (0, 1), "vibrant": (1, 0)}.items()}


def labeled(rows):
    """What the loader's workers make of a batch."""
    rows = torch.tensor(rows)
    return rows, {name: torch.rand(len(rows)) < p[rows] for name, p in PROBABILITIES.items()}


def by_torch():
    """The batches of some epochs, of a program that has drawn a layer's weights before."""
    torch.manual_seed(0)
    torch.nn.Linear(3, 16)
    sampler = WeightedRandomSampler(WEIGHTS, len(WEIGHTS))
    loader = DataLoader(range(1000), BATCH, sampler=sampler, num_workers=WORKERS, collate_fn=labeled)
    return [batch for _ in range(EPOCHS) for batch in loader]


def plain(batches):
    return [[rows.tolist(), {name: borne.tolist() for name, borne in labels.items()}] for rows, labels in batches]


def in_one_process(layers_before=1):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for _ in range(layers_before):
            torch.nn.Linear(3, 16)
        generator = torch.Generator()
        generator.set_state(torch.get_rng_state())
    return plain(islice(drawn(WEIGHTS, PROBABILITIES, generator), EPOCHS * 16))


def test_is_that_of_torchs_loader():
    """The loader runs in a process of its own, which has no threads that a fork could trip over."""
    run = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
    theirs = json.loads(run.stdout)
    assert [len(rows) for rows, _ in theirs] == [*[64] * 15, 40] * EPOCHS
    assert theirs == in_one_process()


def test_depends_on_what_was_drawn_before():
    """The control: one layer's weights more."""
    assert in_one_process() != in_one_process(layers_before=2)


def test_moves_no_global_generator():
    before = torch.get_rng_state()
    in_one_process()
    assert torch.equal(torch.get_rng_state(), before)


if __name__ == "__main__":
    print(json.dumps(plain(by_torch())))
