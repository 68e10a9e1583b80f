"""Metrics of 2.10: without the subspace term."""

import pytest
from summary import cosines, errors, last_losses

from excolor.experiments import EX_2_10

EXPERIMENT = EX_2_10
pytestmark = pytest.mark.filterwarnings("default:metrics are compared with the recorded intervals")


def test_intact(intact, metrics):
    assert metrics == {**errors(intact), "cosine": cosines(intact)}


def test_deleted(deleted, metrics):
    assert metrics == errors(deleted)


def test_last_losses(intact, metrics):
    assert metrics == last_losses(intact)
