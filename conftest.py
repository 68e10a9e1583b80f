"""How the property tests draw their examples: the same ones in every run, with no clock to fail by."""

from hypothesis import settings

# Tests of the plugin run pytest on small files of their own.
pytest_plugins = ["pytester"]

settings.register_profile("excolor", derandomize=True, deadline=None, database=None)
settings.load_profile("excolor")
