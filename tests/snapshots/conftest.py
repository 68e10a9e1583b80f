"""What is compared with what is on record: `metrics`, `plotted`, `picture`; and the condition that a file trains."""

import warnings

import pytest
from data_extension import DataExtension
from metrics_extension import MetricsExtension, notice
from picture_extension import PictureExtension
from promise import departures

from excolor import ablate

SEEDS = tuple(range(32))


@pytest.fixture(scope="module")
def intact(request, trained):
    return trained(request.module.EXPERIMENT, SEEDS)


@pytest.fixture(scope="module")
def deleted(intact):
    """Without dimension 0, red's."""
    return ablate(intact, 0)


@pytest.fixture
def metrics(snapshot):
    """Says so where the bits may be others than on record."""
    if elsewhere := departures():
        warnings.warn(notice(elsewhere), stacklevel=1)
    return snapshot.use_extension(MetricsExtension)


@pytest.fixture
def plotted(snapshot):
    return snapshot.use_extension(DataExtension)


@pytest.fixture
def picture(snapshot):
    return snapshot.use_extension(PictureExtension)
