"""How the property tests draw their examples: the same ones in every run, with no clock to fail by."""

import pytest
from hypothesis import settings

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
def loaded_once():
    """All that a run of pytest within a test might be the first to use: it would forget it at its end.

    Torch and numba cannot be loaded twice. Numba and xarray load parts, of themselves and of Dask, at their first use.
    """
    import numba
    import xarray as xr  # here, and not above: the process that only hands out tests needs none of them

    import excolor.experiments
    import excolor.measures
    import excolor.sweeping
    import excolor.verdicts.edited  # noqa: F401

    numba.njit(lambda x: x)(1.0)  # no kernel of excolor's: such a one may be there from an earlier run
    xr.DataArray([1.0])
