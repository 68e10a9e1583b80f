"""What differences of color can be told apart."""

from excolor import collateral


def at_least_a_step(error):
    """The error, or that of half of one step in 256 if it is less: an answer can be right to the last digit."""
    return error.clip(min=(0.5 / 255) ** 2)


def spilled(error, likeness):
    """The collateral damage of errors, finite though the concept itself be answered to the last digit."""
    itself = likeness > 1 - 1e-9
    return collateral(error.where(~itself, at_least_a_step(error)), likeness)
