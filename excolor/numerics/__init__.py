"""Arithmetic with fixed bits: compiled kernels, random streams, draws in proportion to weights."""
