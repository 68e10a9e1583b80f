"""Arithmetic with the same bits on every processor: compiled kernels, random streams, weighted sampling."""
