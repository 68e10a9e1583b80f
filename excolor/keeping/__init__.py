"""Trained ensembles that are kept in files: what identifies one, how it is written, and for how long it stays."""
