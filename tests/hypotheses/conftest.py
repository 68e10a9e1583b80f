"""The conditions that most hypothesis files share, of the EXPERIMENT that each declares."""

import pytest

from excolor import ablate

# So that a failing control shows what it measured.
pytest.register_assert_rewrite("deletion_controls", "red_interventions", "rerun_controls")


@pytest.fixture(scope="module")
def intact(request, trained, seeds):
    return trained(request.module.EXPERIMENT, seeds)


@pytest.fixture(scope="module")
def deleted(intact):
    """Without dimension 0, red's."""
    return ablate(intact, 0)


ENOUGH = 32
"""Seeds for controls, which are no close calls, where a file has more."""


@pytest.fixture(scope="module")
def few(intact):
    """The first of the intact models, for controls."""
    return intact.first(ENOUGH)


@pytest.fixture(scope="module")
def unregularized(request, trained, seeds):
    """Twice as many: what share of them errs in some order by chance was left open by 32 of some seeds."""
    return trained(request.module.EXPERIMENT.unregularized(), seeds[: 2 * ENOUGH])
