"""When vibrant hues make a wheel in the plane of dimensions 0 and 1."""

IN_ORDER = 0.9
"""The hues have the order of a wheel if their circular rank correlation is above this: 1 if exactly so, 0.03 at random.

A margin decided beforehand."""
