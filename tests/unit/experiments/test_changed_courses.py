"""Other courses of weights and of learning rates: the changed one in closed form, and all others as they were."""

import numpy as np
import pytest

from excolor.conditions.stacking import stacks
from excolor.experiments import EX_2_9, EX_2_10, EX_2_10_1
from excolor.experiments.changed_courses import at_times_the_rate, stepped, with_weights
from excolor.experiments.constant_weights import before_they_fade
from excolor.schedule.timeline import Timeline


class TestStepped:
    def test_holds_each_keyframe_until_the_next(self):
        anchor = stepped(EX_2_10_1).dopesheet.values("reg-anchor")
        assert len(anchor) == 1501
        for value, first, end in [(0, 0, 248), (0.1, 248, 750), (0.12, 750, 1425), (0, 1425, 1501)]:
            assert set(anchor[first:end]) == {value}

    def test_leaves_the_learning_rate(self):
        assert np.array_equal(stepped(EX_2_10_1).dopesheet.values("lr"), EX_2_10_1.dopesheet.values("lr"))

    def test_has_a_name_of_its_own(self):
        assert stepped(EX_2_10_1).name == "2.10.1 with stepped weights"


class TestBeforeTheyFade:
    @pytest.mark.parametrize(
        ("experiment", "weights"),
        [
            (EX_2_9, {"unit": 0.1, "anchor": 0.05, "separate": 0.01, "anti-anchor": 0.01, "planar-d": 0.01}),
            (EX_2_10, {"unit": 0.1, "anchor": 0.01, "separate": 0.015, "anti-anchor": 0.01}),
            (EX_2_10_1, {"anchor": 0.12, "separate": 0.001, "anti-subspace": 0.005}),
        ],
        ids=["2.9", "2.10", "2.10.1"],
    )
    def test_is_the_last_keyframe_above_0(self, experiment, weights):
        sheet = before_they_fade(experiment).dopesheet
        assert {term.name for term in experiment.terms} == {f"reg-{name}" for name in weights}
        for name, weight in weights.items():
            assert set(sheet.values(f"reg-{name}")) == {weight}

    def test_of_a_weight_that_is_always_0_is_0(self):
        never = with_weights(EX_2_10_1, "of 0", lambda course: Timeline(course.name, ((0, 0.0), (750, 0.0))))
        assert set(before_they_fade(never).dopesheet.values("reg-anchor")) == {0}


class TestRate:
    def test_is_multiplied_at_every_step(self):
        slow = at_times_the_rate(EX_2_10, 0.25)
        assert slow.dopesheet.values("lr") == pytest.approx(EX_2_10.dopesheet.values("lr") / 4, rel=1e-12)
        assert slow.dopesheet.values("lr").max() == 0.025

    def test_leaves_the_weights(self):
        slow = at_times_the_rate(EX_2_10, 0.25)
        for term in EX_2_10.terms:
            assert np.array_equal(slow.dopesheet.values(term.name), EX_2_10.dopesheet.values(term.name))

    def test_of_once_is_the_experiment(self):
        assert at_times_the_rate(EX_2_10, 1) == EX_2_10

    def test_has_a_name_of_its_own(self):
        assert at_times_the_rate(EX_2_10, 0.25).name == "2.10 at 0.25 times its rate"


def test_other_weights_train_in_one_stack_and_another_rate_does_not():
    weights = [EX_2_10, stepped(EX_2_10), before_they_fade(EX_2_10)]
    assert stacks([*weights, at_times_the_rate(EX_2_10, 0.5)]) == [weights, [at_times_the_rate(EX_2_10, 0.5)]]
