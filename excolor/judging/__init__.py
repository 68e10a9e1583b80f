"""How samples over seeds make an Estimate, how a Claim about it gets its verdict, and the thresholds of claims."""

from excolor.judging.claims import Claim, ThresholdError, Verdict
from excolor.judging.estimates import Comparison, Estimate, EstimateError
from excolor.judging.intervals import SampleError, fraction, median, ratio
from excolor.judging.predictions import Prediction
from excolor.judging.trials import Trial, TrialError, over

__all__ = [
    "Claim",
    "Comparison",
    "Estimate",
    "EstimateError",
    "Prediction",
    "SampleError",
    "ThresholdError",
    "Trial",
    "TrialError",
    "Verdict",
    "fraction",
    "median",
    "over",
    "ratio",
]
