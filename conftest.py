"""How the property tests draw their examples: the same ones in every run, with no clock to fail by."""

import numpy as np
import pytest
from hypothesis import settings

from excolor.numerics.elementwise import relu_with_derivative

# Tests of the plugin run pytest on small files of their own.
pytest_plugins = ["pytester"]

settings.register_profile("excolor", derandomize=True, deadline=None, database=None)
settings.register_profile("thorough", settings.get_profile("excolor"), max_examples=10_000, derandomize=False)
settings.load_profile("excolor")


@pytest.fixture(scope="session", autouse=True)
def temporary(tmp_path_factory):
    """All temporary directories lie beneath this process's own, which is there before any test.

    Pytest makes it when it is first asked for: two threads of a test that ask at once each remove the other's. A run of
    pytest within a test keeps its own beneath it too, and so none of those that pytest keeps of the last runs goes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_DEBUG_TEMPROOT", str(tmp_path_factory.mktemp("within")))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiler():
    """Numba loads parts of itself when it first compiles, and cannot load them twice.

    A run of pytest within a test, should it be the first, would forget them at its end.
    """
    relu_with_derivative(np.zeros(1, np.float32), np.zeros(1, np.float32))
