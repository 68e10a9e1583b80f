"""Faults in the schedule: steps, ways from keyframe to keyframe, transitions."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/schedule/timeline.py",
        "u * u * u * (10 + u * (6 * u - 15))",
        "u * u * (3 - 2 * u)",
        "tests/unit/schedule/test_timeline.py::TestMinimumJerk::test_is_the_quintic_that_starts_and_ends_at_rest",
    ),
    Fault(
        "excolor/schedule/timeline.py",
        "LOG_FLOOR = 1e-10",
        "LOG_FLOOR = 1e-8",
        "tests/unit/schedule/test_timeline.py::TestTimeline::test_log_space_has_a_floor_instead_of_zero",
    ),
    Fault(
        "excolor/schedule/timeline.py",
        "values[before] * power(values[after] / values[before], eased)",
        "values[before] + (values[after] - values[before]) * eased",
        "tests/unit/schedule/test_timeline.py::TestTimeline::test_log_space_passes_the_geometric_mean",
    ),
    Fault(
        "excolor/schedule/timeline.py",
        'before = np.clip(np.searchsorted(keys, now, side="right") - 1, 0, None)',
        'before = np.searchsorted(keys, now, side="right") - 1',
        "tests/unit/schedule/test_timeline.py::TestTimeline::test_holds_the_first_value_before_and_the_last_one_after",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "round(Fraction(amount) * (after - before))",
        "int(Fraction(amount) * (after - before))",
        "tests/unit/schedule/test_dopesheet.py::TestPublishedPoints::test_experiment_2_9_1",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        '["linear", "minjerk"][len(parts) - 1 :]',
        '["linear", "linear"][len(parts) - 1 :]',
        "tests/unit/schedule/test_dopesheet.py::TestPublishedPoints::test_learning_rate",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "(step, action.strip())",
        "(step, action)",
        "tests/unit/schedule/test_dopesheet.py::TestColumns::test_phases_and_actions",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "else after - distance",
        "else after - before - distance",
        "tests/unit/schedule/test_dopesheet.py::TestPublishedPoints::test_experiment_2_9_1",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "(step for other, step in absolute.items() if other < row)",
        "(step for other, step in absolute.items() if step < row)",
        "tests/unit/schedule/test_dopesheet.py::TestPublishedPoints::test_experiment_2_9_1",
    ),
    Fault(
        "excolor/schedule/transition.py",
        "p2 = 6 * p0 + 3 * per_duration + squared / 2",
        "p2 = 6 * p0 + 3 * per_duration + squared",
        "tests/unit/schedule/test_transition.py::TestTransition::test_is_scipys_polynomial_from_derivatives_at_both_ends",
    ),
    Fault(
        "excolor/schedule/transition.py",
        "Transition(value, target, duration, velocity, acceleration)",
        "Transition(value, target, duration, velocity)",
        "tests/unit/schedule/test_transition.py::TestRetarget::test_goes_on_in_the_same_motion",
    ),
    Fault(
        "excolor/schedule/transition.py",
        "duration * self.velocity, duration * duration * self.acceleration",
        "self.velocity, self.acceleration",
        "tests/unit/schedule/test_transition.py::TestTransition::test_is_scipys_polynomial_from_derivatives_at_both_ends",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "not is_whole(step) or step >= self.length",
        "not is_whole(step) or step > self.length",
        "tests/unit/schedule/test_dopesheet.py::TestOneColumnMore::test_keyframes_of_no_step",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "return tuple(enumerate(numbers.tolist()))",
        "return tuple(enumerate(numbers.tolist(), 1))",
        "tests/unit/schedule/test_dopesheet.py::TestOneColumnMore::test_a_number_for_each_step",
    ),
]
