"""Training: an experiment and its seeds make an ensemble of trained models."""

from excolor.determinism import take_one_thread
from excolor.training.loop import train, train_together
from excolor.training.partway import partway

take_one_thread()  # here and in excolor.measures, since torch computes in these rooms

__all__ = ["partway", "train", "train_together"]
