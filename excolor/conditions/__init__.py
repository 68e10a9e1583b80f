"""Frozen descriptions of what is trained: architectures, labels, regularizers, curricula and experiments."""
