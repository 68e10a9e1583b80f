"""The two published runs of experiment 2.10 themselves: seed 0's own stream of weights, batches and labels.

That these give the published figures shows that the experiment, its terms, its deletion and its measurement here are
the published ones. It says nothing of the claims, which rest on other seeds and other streams in `tests/hypotheses`.
"""

import pytest
import torch
from published_stream import drawn

from benchmarks.plain_loop import Autoencoder, as_ensemble, train_plainly
from excolor import ablate, reconstruction_error
from excolor.colors import fine_cube
from excolor.conditions.labels import DESATURATED, RED, VIBRANT
from excolor.experiments import EX_2_10

CLOSE = 0.2
"""Fixed beforehand: the figures have two digits, and are of float32, where rounding counts for something. Ten runs of
each condition in float32, from weights moved by 1e-7 of themselves, scattered about the figures here by 10 %, at most
by 24 %. The streams of seeds 1, 2 and 3 miss six or seven of the eight, by up to a factor of twenty."""

PUBLISHED = {
    "with unitarity": {
        "intact worst": 0.00023,
        "intact typical": 1.5e-5,
        "deleted worst": 0.36,
        "deleted typical": 0.00043,
    },
    "without unitarity": {
        "intact worst": 0.00031,
        "intact typical": 2.5e-5,
        "deleted worst": 0.39,
        "deleted typical": 6.1e-5,
    },
}
CONDITIONS = {"with unitarity": EX_2_10, "without unitarity": EX_2_10.without("reg-unit")}
SEED = 0


def published_run(experiment):
    """The model that the published program trains, as an ensemble of one.

    In float64, where it had float32: the draws are the same, and the figures are the stream's and not the rounding's
    (weights moved by 1e-14 of themselves leave six digits of each). This was chosen after float32 had been tried, where
    two ways to write the separation term, alike but for rounding, gave one all eight figures and the other seven, the
    intact worst error with unitarity being 21 % low.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        model = Autoencoder(experiment.architecture).double()
        generator = torch.Generator()
        generator.set_state(torch.get_rng_state())
    cube = experiment.data()
    colors = cube["color"].values.reshape(-1, 3)
    probabilities = {
        label.name: torch.from_numpy(label.probability(colors)).float() for label in (RED, VIBRANT, DESATURATED)
    }
    bias = torch.from_numpy(cube["bias"].values.ravel())
    batches = (
        (torch.from_numpy(colors)[rows], {name: borne.double() for name, borne in labels.items()})
        for rows, labels in drawn(bias, probabilities, generator)
    )
    last = len(experiment.dopesheet) - 1
    # The published program never reaches the last row: its last step repeats the one before.
    history = train_plainly(experiment, model, batches, rows=[*range(last), last - 1])
    return as_ensemble(model, SEED, history)


def figures(ensemble, cube):
    """The largest and the median error over the cube, before and after deleting red's dimension."""
    found = {}
    for edit, model in {"intact": ensemble, "deleted": ablate(ensemble, 0)}.items():
        errors = reconstruction_error(model, cube)
        found |= {f"{edit} worst": float(errors.max()), f"{edit} typical": float(errors.median())}
    return found


@pytest.fixture(scope="module")
def measured():
    cube = fine_cube()
    return {name: figures(published_run(experiment), cube) for name, experiment in CONDITIONS.items()}


@pytest.mark.parametrize("condition", PUBLISHED)
@pytest.mark.parametrize("figure", PUBLISHED["with unitarity"])
def test_gives_the_published_figure(measured, condition, figure):
    assert measured[condition][figure] == pytest.approx(PUBLISHED[condition][figure], rel=CLOSE)
