"""The conditions and edits that most hypothesis files share, of the EXPERIMENT and the CONDITIONS that each declares.

What stays repeated on purpose: an experiment states in its own file what it claims beside figures or verdicts of its
own, though others claim alike (2.8 to 2.10, 2.3 and 2.4, the re-runs), and a file states apart what it claims of two
edits.
"""

from pathlib import Path

import pytest

from excolor import ablate
from excolor.edits import suppressed
from excolor.experiments import EX_2_9

# So that a failing control, or prediction, shows what it measured.
pytest.register_assert_rewrite(
    "deletion_controls",
    "deletion_predictions",
    "red_interventions",
    "rerun_controls",
    "rerun_predictions",
    "suppression_predictions",
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What nobody has published of runs only if it is named: the main job is what somebody has."""
    named = [Path(config.invocation_params.dir, arg.partition("::")[0]).resolve() for arg in config.args]
    beyond = Path(__file__).with_name("beyond")
    return (collection_path == beyond and not any(path.is_relative_to(beyond) for path in named)) or None


@pytest.fixture(scope="module", autouse=True)
def conditions(request):
    """Those that a file declares, before any is asked for alone: what differs in terms alone trains side by side."""
    if declared := getattr(request.module, "CONDITIONS", ()):
        request.getfixturevalue("trained_together")(declared, request.getfixturevalue("seeds"))


@pytest.fixture(scope="module")
def intact(request, trained, seeds):
    return trained(request.module.EXPERIMENT, seeds)


@pytest.fixture(scope="module")
def deleted(intact):
    """Without dimension 0, red's."""
    return ablate(intact, 0)


@pytest.fixture(scope="module")
def without_red(intact):
    """With red suppressed, as in the re-runs."""
    return suppressed(intact)


@pytest.fixture(scope="module")
def deleted_2_9(trained, seeds):
    """2.9 without dimension 0."""
    return ablate(trained(EX_2_9, seeds), 0)


ENOUGH = 32
"""Seeds for controls, which are no close calls, where a file has more."""


@pytest.fixture(scope="module")
def few(intact):
    """The first of the intact models, for controls."""
    return intact.first(ENOUGH)


@pytest.fixture(scope="module")
def unregularized(request, trained, seeds):
    """Twice as many: what proportion of them errs in some order by chance was left open by 32 of some seeds."""
    return trained(request.module.EXPERIMENT.unregularized(), seeds[: 2 * ENOUGH])
