"""Faults in what a hypothesis file claims, or what it compares."""

from fault import Fault

FROZEN = "tests/unit/test_frozen_claims.py::test_claims_are_as_frozen"
HERE = "tests/hypotheses/"

FAULTS = [
    Fault(f"{HERE}test_ex_2_10.py", "median(worst_error(intact)) < 2 *", "median(worst_error(intact)) < 20 *", FROZEN),
    Fault(f"{HERE}test_ex_2_10.py", "typical_error(deleted_2_9)).between", "typical_error(deleted)).between", FROZEN),
    Fault(f"{HERE}test_ex_2_10.py", "EXPERIMENT = EX_2_10", "EXPERIMENT = EX_2_9", FROZEN),
    Fault(f"{HERE}test_ex_2_9.py", "SEEDS = 128", "SEEDS = 64", FROZEN),
    Fault(
        f"{HERE}deletion_predictions.py",
        "median(alignment_of_red(intact)) > ANCHORED",
        "median(alignment_of_red(intact)) > 0",
        FROZEN,
    ),
    Fault(f"{HERE}conftest.py", "    return ablate(intact, 0)", "    return ablate(intact, 1)", FROZEN),
    Fault(
        f"{HERE}cases.py",
        'neighbors = each("color", NEIGHBORS_OF_RED)',
        'neighbors = each("color", NEIGHBORS_OF_RED[:2])',
        FROZEN,
    ),
    Fault("excolor/judging/thresholds.py", "SPARED = 0.001", "SPARED = 0.002", FROZEN),
]
