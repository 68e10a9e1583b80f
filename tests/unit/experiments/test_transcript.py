"""What is trained is what was published: every experiment, laid beside a transcript of its source.

The transcripts were written from the sources, before the code was looked at. Where the two part, they say so.
"""

import pytest
from description import described, differences
from transcript import TRANSCRIPT

import excolor.experiments
from excolor.conditions.experiment import Experiment
from excolor.experiments import EX_1_8
from excolor.experiments.single_changes import ADDED_TO_2_8, EX_2_9_WEIGHTED_AS_2_10, TAKEN_FROM_2_9

EXPERIMENTS = {
    experiment.name: experiment
    for experiment in (
        *(each for each in vars(excolor.experiments).values() if isinstance(each, Experiment)),
        *EX_1_8.values(),
        *ADDED_TO_2_8.values(),
        *TAKEN_FROM_2_9.values(),
        EX_2_9_WEIGHTED_AS_2_10,
    )
}


def test_every_experiment_has_a_transcript():
    assert EXPERIMENTS.keys() == TRANSCRIPT.keys()


@pytest.mark.parametrize("name", TRANSCRIPT)
def test_is_trained_as_published(name):
    assert differences(described(EXPERIMENTS[name]), TRANSCRIPT[name]) == {}


@pytest.mark.parametrize("name", TRANSCRIPT)
def test_is_equal_to_another_if_and_only_if_their_transcripts_are(name):
    """Whatever compares equal is trained once: one that hid a difference would be compared with itself."""
    alike = {other for other, stated in TRANSCRIPT.items() if stated == TRANSCRIPT[name]}
    assert {other for other, experiment in EXPERIMENTS.items() if experiment == EXPERIMENTS[name]} == alike
    assert len({hash(EXPERIMENTS[other]) for other in alike}) == 1
