"""Training: an experiment and its seeds make an ensemble of trained models."""

from excolor.training.loop import train, train_together

__all__ = ["train", "train_together"]
