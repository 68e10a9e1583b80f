"""How the property tests draw their examples: the same ones in every run, with no clock to fail by."""

from hypothesis import settings

settings.register_profile("excolor", derandomize=True, deadline=None, database=None)
settings.load_profile("excolor")
