"""Faults in edits: deletion, suppression, repulsion, falloffs, ensembles."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/edits/deletion.py",
        "last.weight[:, deleted] = 0",
        "last.weight[:, :, deleted] = 0",
        "tests/unit/edits/test_deletion.py::TestOneFunction::test_ablated_and_pruned_models_answer_alike",
    ),
    Fault(
        "excolor/edits/deletion.py",
        "last.bias[:, deleted] = 0",
        "last.bias[deleted] = 0",
        "tests/unit/edits/test_deletion.py::TestEdits::test_ablation_zeroes_rows_biases_and_columns",
    ),
    Fault(
        "excolor/edits/deletion.py",
        "first.weight[:, :, deleted] = 0",
        "pass",
        "tests/unit/edits/test_deletion.py::TestEdits::test_ablation_zeroes_rows_biases_and_columns",
    ),
    Fault(
        "excolor/edits/deletion.py",
        "first.weight[:, :, deleted] = 0",
        "first.weight[:, deleted] = 0",
        "tests/unit/edits/test_deletion.py::TestOneFunction::test_ablated_and_pruned_models_answer_alike",
    ),
    Fault(
        "excolor/edits/deletion.py",
        "copied(ensemble.encoder[-1]), copied(ensemble.decoder[0])",
        "ensemble.encoder[-1], ensemble.decoder[0]",
        "tests/unit/edits/test_deletion.py::TestEdits::test_ablation_zeroes_rows_biases_and_columns",
    ),
    Fault(
        "excolor/edits/deletion.py",
        "last.bias[:, kept]",
        "last.bias[:, : len(kept)]",
        "tests/unit/edits/test_deletion.py::TestOneFunction::test_ablated_and_pruned_models_answer_alike",
    ),
    Fault(
        "excolor/edits/deletion.py",
        '_logit(color) if ensemble.form.output == "sigmoid" else color',
        "color",
        "tests/unit/edits/test_deletion.py::TestAnswering::test_through_a_sigmoid",
    ),
    Fault(
        "excolor/edits/deletion.py",
        "np.where(y > 0, np.inf, -np.inf)",
        "np.where(y < 1, np.inf, -np.inf)",
        "tests/unit/edits/test_deletion.py::TestAnswering::test_through_a_sigmoid",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "z - self.falloff(along.clamp(0, 1)) * along * self.vector(z)",
        "z - self.falloff(along.abs().clamp(0, 1)) * along * self.vector(z)",
        "tests/unit/edits/test_interventions.py::TestSuppression::test_by_hand",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "z - self.falloff(along.clamp(0, 1)) * along * self.vector(z)",
        "z - self.falloff(along.clamp(0, 1)) * self.vector(z)",
        "tests/unit/edits/test_interventions.py::TestSuppression::test_by_hand",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "turned = m * v + _sqrt(1 - m * m) * u",
        "turned = m * v + _sqrt(1 - along * along) * u",
        "tests/unit/edits/test_interventions.py::TestRepulsion::test_by_hand",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "torch.where(length < PARALLEL, self.fallback(z), across / length)",
        "across / length.clamp_min(PARALLEL)",
        "tests/unit/edits/test_interventions.py::TestRepulsion::test_a_parallel_vector_goes_to_the_least_axis",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "torch.where(along > self.mapper.start, turned, z)",
        "torch.where(along > 0, turned, z)",
        "tests/unit/edits/test_interventions.py::TestRepulsion::test_vectors_outside_the_zone_are_untouched",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "key=lambda i: abs(v[i])",
        "key=lambda i: v[i]",
        "tests/unit/edits/test_interventions.py::TestRepulsion::test_a_parallel_vector_goes_to_the_least_axis",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "(*ensemble.edits, *(Edit(layer, intervention) for intervention in interventions))",
        "tuple(Edit(layer, intervention) for intervention in interventions)",
        "tests/unit/edits/test_interventions.py::TestIntervene::test_one_after_the_other",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "edited = z.clone()",
        "edited = z",
        "tests/unit/edits/test_interventions.py::TestAxisAlignedSuppression::test_does_not_write_into_what_it_is_given",
    ),
    Fault(
        "excolor/edits/interventions.py",
        "tuple(float(v / length) for v in self.direction)",
        "tuple(float(v) for v in self.direction)",
        "tests/unit/edits/test_interventions.py::TestRepulsion::test_a_parallel_vector_goes_to_the_least_axis",
    ),
    Fault(
        "excolor/edits/falloffs.py",
        "above = (alignment - self.start) / (1 - self.start)",
        "above = alignment - self.start",
        "tests/unit/edits/test_falloffs.py::TestBoundedFalloff::test_ends",
    ),
    Fault(
        "excolor/edits/falloffs.py",
        "torch.where(alignment > self.start, share, 0)",
        "torch.where(alignment >= self.start, share, 0)",
        "tests/unit/edits/test_falloffs.py::TestBoundedFalloff::test_power_0_is_a_step",
    ),
    Fault(
        "excolor/edits/falloffs.py",
        "((self.limit - self.start) / (1 - self.start)) + self.start",
        "(self.limit / (1 - self.start)) + self.start",
        "tests/unit/edits/test_falloffs.py::TestLinearMapper::test_published_values",
    ),
    Fault(
        "excolor/edits/falloffs.py",
        "_between((1, b), crossing, self.control)",
        "_between((1, b), crossing, 1 - self.control)",
        "tests/unit/edits/test_falloffs.py::TestBezierMapper::test_agrees_with_a_root_finder",
    ),
    Fault(
        "excolor/edits/falloffs.py",
        "control: float = 1 / math.sqrt(2)",
        "control: float = 0.5",
        "tests/unit/edits/test_falloffs.py::TestBezierMapper::test_slopes_at_the_ends",
    ),
    Fault(
        "excolor/edits/falloffs.py",
        "s * s * t * (3 * p[1]) + s * t * t * (3 * p[2])",
        "s * t * t * (3 * p[1]) + s * s * t * (3 * p[2])",
        "tests/unit/edits/test_falloffs.py::TestBezierMapper::test_agrees_with_a_root_finder",
    ),
    Fault(
        "excolor/edits/directions.py",
        "for dim in range(1, ensemble.bottleneck)",
        "for dim in range(ensemble.bottleneck)",
        "tests/unit/edits/test_directions.py::test_other_directions",
    ),
    Fault(
        "excolor/edits/directions.py",
        "BoundedFalloff(0, 1, 0)",
        "BoundedFalloff(0, 1)",
        "tests/unit/edits/test_directions.py::test_suppressed",
    ),
    Fault(
        "excolor/ensemble.py",
        "rows = [have.index(seed) for seed in seeds]",
        "rows = sorted(have.index(seed) for seed in seeds)",
        "tests/unit/test_ensemble.py::TestGathered::test_each_member_has_its_own_seeds_weights_and_history_in_the_order_asked_for",
    ),
    Fault(
        "excolor/ensemble.py",
        "isel(seed=rows)",
        "isel(seed=range(len(rows)))",
        "tests/unit/test_ensemble.py::TestGathered::test_each_member_has_its_own_seeds_weights_and_history_in_the_order_asked_for",
    ),
    Fault(
        "excolor/ensemble.py",
        "seeds=self.seeds[:count], history=history",
        "seeds=tuple(range(count)), history=history",
        "tests/unit/test_ensemble.py::TestFirst::test_members_with_their_seeds_weights_and_history",
    ),
]
