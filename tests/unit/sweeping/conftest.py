"""What tests of sweeps share."""

import pytest

from excolor.sweeping import pieces


@pytest.fixture
def two_seeds_each(monkeypatch):
    """Pieces of two seeds, so that small sweeps have several."""
    monkeypatch.setattr(pieces, "SIDE_BY_SIDE", 2)
