"""When vibrant hues make a wheel in the plane of dimensions 0 and 1."""

IN_ORDER = 0.9
"""The hues are in hue order if their circular rank correlation is above this: 1 if exactly so, 0.03 at random.

A margin decided beforehand."""
