"""Small runs, made by hand."""

from dataclasses import replace

import pytest

from excolor.judging import Comparison, Estimate
from excolor.judging.claims import Claim
from excolor.report.provenance import Provenance
from excolor.report.run import Run
from excolor.verdicts.reading import Reading

EARLY = Provenance(
    date="2026-11-01T08:00:00+00:00",
    seconds=61.4,
    command="pytest tests/hypotheses --report report",
    commit="1234567890abcdef",
    clean=True,
    processor="a processor",
    system="Linux x86_64",
    processes=2,
    versions={"excolor": "0.1.0", "numpy": "2.4.6"},
    pins={"numpy": "2.4.6"},
    of_this_programme=True,
)
LATE = replace(EARLY, date="2026-11-02T08:00:00+00:00", commit="", clean=None)

CONFIRMED, DISCONFIRMED, OPEN, TIED = (0.4, 0.6), (0.1, 0.2), (0.1, 0.9), (0.28, 0.32)
"""Intervals that make these of a claim of more than 0.3."""


@pytest.fixture(scope="session")
def early():
    return EARLY


@pytest.fixture(scope="session")
def late():
    return LATE


@pytest.fixture(scope="session")
def reading():
    """Make a Reading: `reading("spared", interval, ...)`, of which nothing is known without an interval."""

    def make(name="spared", interval=None, group="tests/hypotheses/test_ex_2_9.py::TestRed", position=0, **known):
        comparison = None
        if interval is not None:
            low, high = interval
            value = (low + high) / 2
            comparison = Comparison(
                Estimate(value, low, high, 3, (low, value, high)), Claim(low=0.3, low_is_strict=True)
            )
        told = {
            "experiment": f"{group.partition('.py')[0].rpartition('ex_')[2].replace('_', '.')} Delete red",
            "hypothesis": "Red alone is deleted",
            "statement": f"It is {name}",
            "role": "prediction",
            "recorded": "confirmed",
            "predictions": 1,
            "comparison": comparison,
            "published_verdict": "confirmed",
            "published_seeds": "one seed",
        }
        return Reading(test=f"{group.partition('::')[2]}::test_{name}", group=group, position=position, **told | known)

    return make


@pytest.fixture(scope="session")
def hypothesis_of(reading):
    """Make the Readings of a hypothesis with a primary prediction for each of these intervals."""

    def make(*intervals, file="ex_2_9", name="Red", **known):
        group = f"tests/hypotheses/test_{file}.py::Test{name}"
        return [
            reading(f"number_{place}", interval, group=group, position=place, predictions=len(intervals), **known)
            for place, interval in enumerate(intervals)
        ]

    return make


@pytest.fixture(scope="session")
def every_kind(hypothesis_of, reading):
    """Readings of every kind: of each verdict, a control, a trial, one that failed and one that did not run."""
    from excolor.judging.trials import Trial

    group = "tests/hypotheses/test_ex_2_10.py::TestAll"
    readings = [
        *hypothesis_of(CONFIRMED, DISCONFIRMED, OPEN, TIED),
        reading(
            "infinite", group=group, comparison=Comparison(Estimate(0.5, float("-inf"), float("inf"), 2), Claim(0.3))
        ),
        reading("held", group=group, position=1, comparison=Trial(200), primary=False),
        reading("failing", group=group, position=2, comparison=Trial(7, "0.0, 'a'"), primary=False),
        reading("broken", group=group, position=3, error="ValueError: no gray\nin <sight>", primary=False),
        reading("left_out[a b]", group=group, position=4, left_out="left out on request", primary=False),
        reading("new", DISCONFIRMED, group=group, position=7, new=True, primary=False),
        reading("control", CONFIRMED, group=group, position=5, role="control", primary=False),
        reading(
            "published",
            CONFIRMED,
            group=group,
            position=6,
            primary=False,
            published=0.5,
            source="Ex 2.10 | table",
            restated="< 1",
            restated_why="a wrong *exponent*",
            assertion="# twice\nassert median(x) > LIMIT & 1",
            basis="LIMIT = 0.3: a margin",
            reason="it <b>holds</b>",
            again=0.98,
        ),
    ]
    return readings


@pytest.fixture(scope="session")
def whole(every_kind, early):
    return Run.of(every_kind, early)
