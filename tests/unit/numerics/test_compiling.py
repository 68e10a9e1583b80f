"""Kernels where nothing can be kept."""

from excolor.numerics.compiling import compiled


def test_needs_no_directory_to_keep_what_is_compiled(monkeypatch):
    """As of an installation, and a home, that can only be read."""
    monkeypatch.setattr("numba.core.caching.CompileResultCacheImpl._locator_classes", [])
    assert compiled(lambda x: x + 1)(2) == 3
