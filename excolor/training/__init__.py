"""Training: an experiment and its seeds make an ensemble of trained models."""

from excolor.training.loop import train, train_together
from excolor.training.partway import partway

__all__ = ["partway", "train", "train_together"]
