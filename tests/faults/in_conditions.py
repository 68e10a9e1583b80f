"""Faults in conditions: formulas of regularizers, labels, curricula, what makes two conditions one."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/conditions/regularizers.py",
        "return (norm(z) - 1).square()",
        "return (z.square().sum(-1) - 1).square()",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_agree_with_a_loop",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "return 1 - self.cosine(z)",
        "return (1 - self.cosine(z)) / 2",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_agree_with_a_loop",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "hemi: bool = True",
        "hemi: bool = False",
        "tests/unit/test_defaults.py::test_defaults_are_the_published_ones",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "set(self.dims) if self.invert else",
        "set(self.dims) if not self.invert else",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_agree_with_a_loop",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "cosines.masked_fill(cosines > DUPLICATE, 0.0)",
        "cosines.masked_fill(cosines >= 1, 0.0)",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_float32_agrees_with_float64",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        ".pow(self.power).sum(-1)",
        ".pow(self.power).mean(-1)",
        "tests/unit/conditions/test_regularizers.py::TestClosedForms::test_separate_rows_at_60_degrees",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        ".masked_fill(itself, 0).mean(-1)",
        ".masked_fill(itself, 0).sum(-1)",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_agree_with_a_loop",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "DUPLICATE = 1 - 1.001e-5",
        "DUPLICATE = 1 - 1.001e-3",
        "tests/unit/conditions/test_regularizers.py::TestDuplicates::test_rows_are_duplicates_below_a_quarter_of_a_degree",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "SOFTENING = 1e-6",
        "SOFTENING = 1e-4",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_agree_with_a_loop",
    ),
    Fault(
        "excolor/conditions/regularizers.py",
        "u @ u.mT",
        "z @ z.mT",
        "tests/unit/conditions/test_regularizers.py::TestDefinitions::test_float32_agrees_with_float64",
    ),
    Fault(
        "excolor/conditions/curriculum.py",
        '(bias * _fitted(_by_name(weight, cube["bias"]), bias.shape)).ravel()',
        '_fitted(_by_name(weight, cube["bias"]), bias.shape).ravel()',
        "tests/unit/conditions/test_curriculum.py::TestDraws::test_are_as_many_as_bias_times_weight_says",
    ),
    Fault(
        "excolor/conditions/curriculum.py",
        "yield from repeat(sampler, steps)",
        "yield sampler",
        "tests/unit/conditions/test_curriculum.py::TestDraws::test_follow_the_dopesheet_to_the_step",
    ),
    Fault(
        "excolor/conditions/curriculum.py",
        "weight.transpose(*own).values",
        "weight.values",
        "tests/unit/conditions/test_curriculum.py::TestWeights::test_with_names_are_taken_by_them",
    ),
    Fault(
        "excolor/conditions/experiment.py",
        "curriculum: Curriculum | None = None",
        "curriculum: Curriculum | None = field(default=None, compare=False)",
        "tests/unit/verdicts/test_store.py::test_all_else_does",
    ),
    Fault(
        "excolor/conditions/experiment.py",
        'batch: int | Literal["all"] = 64',
        'batch: int | Literal["all"] = field(default=64, compare=False)',
        "tests/unit/conditions/test_experiment.py::TestIdentity::test_differ_in_any_field_but_the_name",
    ),
    Fault(
        "excolor/conditions/experiment.py",
        "form: Form = AS_PUBLISHED",
        "form: Form = field(default=AS_PUBLISHED, compare=False)",
        "tests/unit/conditions/test_experiment.py::TestTogether::test_differing_in_more",
    ),
    Fault(
        "excolor/conditions/experiment.py",
        "hidden: int = 16",
        "hidden: int = field(default=16, compare=False)",
        "tests/unit/conditions/test_experiment.py::TestIdentity::test_equal_and_hashed_by_content",
    ),
    Fault(
        "excolor/conditions/experiment.py",
        'layer: Literal["bottleneck", "encoder"] = "bottleneck"',
        'layer: Literal["bottleneck", "encoder"] = "encoder"',
        "tests/unit/test_defaults.py::test_defaults_are_the_published_ones",
    ),
    Fault(
        "excolor/conditions/experiment.py",
        "regularizer=self.regularizer.resized(width)",
        "regularizer=self.regularizer",
        "tests/unit/conditions/test_experiment.py::TestReplace::test_points_follow_the_bottleneck",
    ),
    Fault(
        "excolor/schedule/dopesheet.py",
        "actions: tuple[tuple[int, str], ...] = ()",
        "actions: tuple[tuple[int, str], ...] = field(default=(), compare=False)",
        "tests/unit/schedule/test_dopesheet.py::TestContent::test_different_by_anything_that_it_says",
    ),
    Fault(
        "excolor/conditions/stacking.py",
        "if other.unregularized() != first.unregularized():",
        "if other.architecture != first.architecture:",
        "tests/unit/conditions/test_experiment.py::TestTogether::test_differing_in_more",
    ),
    Fault(
        "excolor/conditions/stacking.py",
        "before[later].add(earlier)",
        "before[earlier].add(later)",
        "tests/unit/conditions/test_experiment.py::TestTogether::test_order_of_all_terms_is_that_of_each",
    ),
    Fault(
        "excolor/conditions/architecture.py",
        "normalized: bool = True",
        "normalized: bool = False",
        "tests/unit/conditions/test_experiment.py::TestIdentity::test_2_3_has_two_outputs",
    ),
]
