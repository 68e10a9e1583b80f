"""What a sweep refuses."""


class SweepError(ValueError):
    """A sweep over something that cannot be swept, or with workers that would compute something else."""
