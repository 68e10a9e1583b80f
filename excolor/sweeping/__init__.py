"""Sweeps: a condition in many variants, over many seeds, on this machine or on a cluster of others."""

from excolor.sweeping.errors import SweepError
from excolor.sweeping.swept import sweep

__all__ = ["SweepError", "sweep"]
