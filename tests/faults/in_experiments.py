"""Faults in what a published experiment is."""

from fault import Fault

TRANSCRIBED = "tests/unit/experiments/test_transcript.py::test_is_trained_as_published"

FAULTS = [
    Fault("excolor/experiments/ex_2_10_1.csv", "750,0.1,0.001,0.12,0.005", "750,0.1,0.001,0.144,0.005", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_10.csv", "2800,,0,0,0,0", "2700,,0,0,0,0", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_9.csv", "1000,0.1,0.01,0.05,", "1000,0.1,0.01,0.01,", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_7_1.py", "scale=0.008", "scale=0.016", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_7_1.py", "power=8", "power=10", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_10_1.py", "(0,), invert=True)", "(0,))", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_9_1.py", "(1500, 0.025)", "(1500, 0.05)", TRANSCRIBED),
    Fault("excolor/experiments/ex_2_9_1.py", "hidden=10", "hidden=16", TRANSCRIBED),
    Fault("excolor/experiments/constant_weights.py", 'highest", max)', 'highest", min)', TRANSCRIBED),
    Fault(
        "excolor/experiments/changed_courses.py",
        "course if course.name == LEARNING_RATE else change(course)",
        "change(course)",
        TRANSCRIBED,
    ),
    Fault(
        "excolor/experiments/changed_courses.py",
        'interpolation="step"',
        'interpolation="linear"',
        "tests/unit/experiments/test_changed_courses.py::TestStepped::test_holds_each_keyframe_until_the_next",
    ),
    Fault(
        "excolor/experiments/changed_courses.py",
        "factor * rate",
        "rate / factor",
        "tests/unit/experiments/test_changed_courses.py::TestRate::test_is_multiplied_at_every_step",
    ),
    Fault(
        "excolor/experiments/constant_weights.py",
        "above_0[-1]",
        "above_0[0]",
        "tests/unit/experiments/test_changed_courses.py::TestBeforeTheyFade::test_is_the_last_keyframe_above_0",
    ),
]
