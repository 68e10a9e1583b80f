"""Deletion of latent dimensions: ablation and pruning are one function, and the original is as it was."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from excolor.colors import ColorError, named_color, rgb_cube
from excolor.conditions.architecture import Architecture, Form
from excolor.edits.deletion import DimensionError, ablate, answering, prune
from excolor.ensemble import Ensemble, split
from excolor.measures import evaluation
from excolor.measures.errors import error_of
from excolor.measures.evaluation import reconstruct
from excolor.numerics.streams import stream

COLORS = rgb_cube(*[np.linspace(0, 1, 4)] * 3)["color"].values
SEEDS = (4, 0, 9)


SMALL = Architecture(4, 1, 6)


def latents(ensemble, colors):
    """Those that are measured, as a tensor."""
    return torch.from_numpy(evaluation.latents(ensemble, colors).values)


def untrained(architecture=SMALL):
    """Models of random weights, that answer with grays and beyond."""
    drawn = stream(0, "untrained").normal(0, 0.7, (len(SEEDS), architecture.parameters))
    drawn[:, -3:] = 0.5
    history = xr.DataArray(drawn[:, :2], dims=("seed", "step"), coords={"seed": list(SEEDS)})
    return Ensemble(*split(torch.from_numpy(drawn).float(), architecture), SEEDS, history)


def tensors(ensemble):
    return [tensor for layer in ensemble.encoder + ensemble.decoder for tensor in (layer.weight, layer.bias)]


def bits(ensemble):
    return [tensor.numpy().tobytes() for tensor in tensors(ensemble)] + [ensemble.history.values.tobytes()]


@st.composite
def deletions(draw):
    """Some models, and some of their dimensions, in any order, but not all."""
    width = draw(st.integers(2, 6))
    ensemble = untrained(Architecture(width, draw(st.integers(0, 2)), draw(st.integers(1, 8))))
    dims = draw(st.lists(st.integers(0, width - 1), unique=True, min_size=1, max_size=width - 1))
    return ensemble, dims


edits = pytest.mark.parametrize("edit", [ablate, prune])


class TestOneFunction:
    @given(deletions())
    def test_ablated_and_pruned_models_answer_alike(self, deletion):
        ensemble, dims = deletion
        torch.testing.assert_close(
            reconstruct(ablate(ensemble, dims), COLORS), reconstruct(prune(ensemble, dims), COLORS), rtol=0, atol=1e-5
        )

    @given(deletions())
    def test_and_think_alike(self, deletion):
        ensemble, dims = deletion
        kept = [dim for dim in range(ensemble.bottleneck) if dim not in dims]
        ablated, pruned = latents(ablate(ensemble, dims), COLORS), latents(prune(ensemble, dims), COLORS)
        torch.testing.assert_close(ablated[..., kept], pruned, rtol=0, atol=1e-6)
        assert (ablated[..., dims] == 0).all()

    @given(deletions())
    def test_what_remains_is_stretched_to_unit_length(self, deletion):
        ensemble, dims = deletion
        rest = latents(ensemble, COLORS).clone()
        rest[..., dims] = 0
        expected = torch.nn.functional.normalize(rest, dim=-1)
        torch.testing.assert_close(latents(ablate(ensemble, dims), COLORS), expected, rtol=0, atol=1e-4)

    @given(deletions())
    def test_one_after_the_other_is_all_at_once(self, deletion):
        ensemble, dims = deletion
        one_by_one = ensemble
        for dim in dims:
            one_by_one = ablate(one_by_one, dim)
        assert bits(one_by_one) == bits(ablate(ensemble, dims))
        for dim in sorted(dims, reverse=True):  # the places of those that are left do not move
            ensemble = prune(ensemble, dim)
        assert bits(ensemble) == bits(prune(deletion[0], dims))

    def test_deleting_changes_the_answers(self):
        """The control: not every edit goes unnoticed."""
        intact = reconstruct(untrained(), COLORS)
        for dim in range(4):
            assert ((reconstruct(ablate(untrained(), dim), COLORS) - intact).abs().amax((1, 2, 3, 4)) > 0.01).all()

    def test_a_dimension_that_was_not_used_is_not_missed(self):
        ensemble = untrained()
        ensemble.encoder[-1].weight[:, 2] = 0
        ensemble.encoder[-1].bias[:, 2] = 0
        torch.testing.assert_close(reconstruct(prune(ensemble, 2), COLORS), reconstruct(ensemble, COLORS))


class TestEdits:
    def test_ablation_zeroes_rows_biases_and_columns(self):
        ensemble = untrained()
        ablated = ablate(ensemble, [0, 2])
        changed = {
            (place, tuple(index[1:]))
            for place, (now, was) in enumerate(zip(tensors(ablated), tensors(ensemble), strict=True))
            for index in (now != was).nonzero().tolist()
        }
        rows = {(2, (dim, unit)) for dim in (0, 2) for unit in range(6)} | {(3, (dim,)) for dim in (0, 2)}
        columns = {(4, (unit, dim)) for dim in (0, 2) for unit in range(6)}
        assert changed == rows | columns
        assert all(float(now[0][index]) == 0 for place, index in changed for now in [tensors(ablated)[place]])

    def test_pruning_narrows(self):
        pruned = prune(untrained(), [0, 2])
        assert pruned.bottleneck == 2
        assert pruned.encoder[-1].outputs == 2
        assert pruned.encoder[-1].bias.shape == (3, 2)
        assert ablate(untrained(), [0, 2]).bottleneck == 4

    @edits
    def test_keep_seeds_and_history(self, edit):
        edited = edit(untrained(), 1)
        assert edited.seeds == SEEDS
        xr.testing.assert_identical(edited.history, untrained().history)

    @given(deletions(), st.sampled_from([ablate, prune]))
    def test_leave_the_original_alone(self, deletion, edit):
        ensemble, dims = deletion
        before = bits(ensemble)
        edited = edit(ensemble, dims)
        for layer in (*edited.encoder, *edited.decoder):
            layer.weight.fill_(7)
            layer.bias.fill_(7)
        assert bits(ensemble) == before

    @edits
    @pytest.mark.parametrize("dims", [[1], (1,), {1}, range(1, 2), np.array([1]), np.int64(1)], ids=repr)
    def test_take_a_dimension_in_any_form(self, edit, dims):
        assert bits(edit(untrained(), dims)) == bits(edit(untrained(), 1))

    @edits
    def test_order_of_the_dimensions_is_nothing(self, edit):
        assert bits(edit(untrained(), [2, 0])) == bits(edit(untrained(), [0, 2]))

    def test_a_pruned_model_can_be_pruned_until_one_is_left(self):
        ensemble = prune(prune(untrained(), 3), [0, 1])
        assert ensemble.bottleneck == 1
        assert reconstruct(ensemble, COLORS).isfinite().all()
        with pytest.raises(DimensionError, match=re.escape("the dimensions [0] are all there are")):
            prune(ensemble, 0)

    def test_a_pruned_dimension_is_gone(self):
        with pytest.raises(DimensionError, match="cannot delete dimension 3: the latents have the dimensions 0 to 2"):
            prune(prune(untrained(), 3), 3)


class TestRefusals:
    @edits
    @pytest.mark.parametrize("dim", [4, -1, 100, True, 1.0, 1.5, "1", None], ids=repr)
    def test_what_is_no_dimension(self, edit, dim):
        message = f"cannot delete dimension {dim!r}: the latents have the dimensions 0 to 3, for example 0"
        for dims in (dim, [0, dim]):
            with pytest.raises(DimensionError, match=re.escape(message)):
                edit(untrained(), dims)

    @edits
    @pytest.mark.parametrize(
        ("dims", "message"),
        [
            ([], "no dimension to delete: give one from 0 to 3, for example 0"),
            ([1, 1], "the dimensions [1, 1] name one twice: give each once, for example [0, 1]"),
            (range(4), "the dimensions [0, 1, 2, 3] are all there are: at least one must remain, for example"),
        ],
        ids=["none", "twice", "all"],
    )
    def test_sets_that_cannot_be_deleted(self, edit, dims, message):
        with pytest.raises(DimensionError, match=re.escape(message)):
            edit(untrained(), dims)

    def test_are_value_errors(self):
        assert issubclass(DimensionError, ValueError)


class TestAnswering:
    def test_one_color_whatever_is_shown(self):
        answers = reconstruct(answering(untrained(), (0.25, 0.5, 1)), COLORS)
        assert torch.equal(answers, torch.tensor([0.25, 0.5, 1]).expand_as(answers))

    def test_through_a_sigmoid(self):
        """Whose logits of 0 and 1 are infinite."""
        answers = reconstruct(answering(replace(untrained(), form=Form(output="sigmoid")), (0, 0.25, 1)), COLORS)
        torch.testing.assert_close(answers, torch.tensor([0, 0.25, 1]).expand_as(answers))

    @pytest.mark.parametrize(
        "colors", [[(1, 0, 0), (0, 1, 0)], [(1, 0, 0)], np.zeros((0, 3))], ids=["two", "list", "none"]
    )
    def test_more_or_less_than_one_color(self, colors):
        """Two of them for two seeds would be one for each."""
        message = f"colors of shape {np.shape(colors)} to answer: give one color, for example (0.5, 0.5, 0.5), gray"
        with pytest.raises(ColorError, match=re.escape(message)):
            answering(untrained(), colors)

    def test_scores_of_mid_gray(self):
        gray = answering(untrained(), named_color("gray"))
        assert error_of(gray, "red").values == pytest.approx([0.25] * 3)
        assert error_of(gray, "gray").values.tolist() == [0, 0, 0]

    def test_the_best_gray_for_red_scores_two_ninths(self):
        assert error_of(answering(untrained(), (1 / 3, 1 / 3, 1 / 3)), "red").values == pytest.approx([2 / 9] * 3)

    def test_leaves_the_original_and_its_latents_alone(self):
        ensemble = untrained()
        gray = answering(ensemble, (0.5, 0.5, 0.5))
        assert bits(ensemble) == bits(untrained())
        assert torch.equal(latents(gray, COLORS), latents(ensemble, COLORS))
        assert gray.seeds == SEEDS

    def test_refuses_what_is_no_color(self):
        with pytest.raises(ColorError, match=re.escape("the color (0.0, 2.0, 0.0) has g = 2.0: it must be in [0, 1]")):
            answering(untrained(), (0, 2, 0))
