"""Reorientation: models answer as before, and what lay along a direction lies along dimension 0."""

import math
import re

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from excolor.colors import rgb_cube
from excolor.conditions.architecture import Architecture, Form
from excolor.edits import (
    AxisAlignedSuppression,
    DimensionError,
    DirectionError,
    Suppression,
    ablate,
    intervene,
    reoriented,
    suppressed,
)
from excolor.edits.falloffs import BoundedFalloff
from excolor.edits.made import edits_heard
from excolor.ensemble import Ensemble, split
from excolor.measures import latents, reconstruct
from excolor.numerics.layers import Affine
from excolor.numerics.streams import stream

COLORS = rgb_cube(*[np.linspace(0, 1, 4)] * 3)["color"].values
SEEDS = (4, 0, 9)
SINGLE = 1e-5
"""Some roundings of weights in single precision, through a few layers."""


def untrained(seeds=SEEDS, width=4, form=None):
    """Models of random weights, that answer with grays and beyond."""
    architecture = Architecture(width, 1, 6)
    drawn = np.stack([stream(seed, "untrained").normal(0, 0.7, architecture.parameters) for seed in seeds])
    drawn[:, -3:] = 0.5
    history = xr.DataArray(drawn[:, :2], dims=("seed", "step"), coords={"seed": list(seeds)})
    layers = split(torch.from_numpy(drawn).float(), architecture)
    return Ensemble(*layers, tuple(seeds), history, form or Form())


def bits(ensemble):
    layers = ensemble.encoder + ensemble.decoder
    return [tensor.numpy().tobytes() for layer in layers for tensor in (layer.weight, layer.bias)]


def over_dimensions(ensemble, values):
    shape = (len(ensemble.seeds), ensemble.bottleneck)
    return xr.DataArray(
        np.broadcast_to(np.asarray(values, float), shape),
        dims=("seed", "dimension"),
        coords={"seed": list(ensemble.seeds)},
    )


def toward(*direction):
    """Finds one direction for all seeds."""
    return lambda ensemble: over_dimensions(ensemble, direction)


def own_of_each_seed(ensemble):
    return over_dimensions(
        ensemble, np.stack([stream(seed, "own").normal(size=ensemble.bottleneck) for seed in ensemble.seeds])
    )


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


directions = st.lists(st.floats(-1, 1), min_size=4, max_size=4).filter(lambda v: math.hypot(*v) > 1e-3)


class TestReflection:
    @given(directions)
    def test_models_answer_as_before(self, direction):
        answers = (reconstruct(each, COLORS) for each in (untrained(), reoriented(untrained(), toward(*direction))))
        torch.testing.assert_close(*answers, rtol=0, atol=SINGLE)

    @given(directions)
    def test_dimension_0_is_the_part_along_the_direction(self, direction):
        before, after = latents(untrained(), COLORS), latents(reoriented(untrained(), toward(*direction)), COLORS)
        np.testing.assert_allclose(after[..., 0], before.values @ unit(np.array(direction)), atol=SINGLE)
        np.testing.assert_allclose(np.linalg.norm(after, axis=-1), 1, atol=SINGLE)

    def test_each_seed_has_its_own(self):
        before, after = latents(untrained(), COLORS), latents(reoriented(untrained(), own_of_each_seed), COLORS)
        along = np.einsum("s...k,sk->s...", before.values, unit(own_of_each_seed(untrained()).values))
        np.testing.assert_allclose(after[..., 0], along, atol=SINGLE)

    def test_by_hand(self):
        """The direction of dimension 1 swaps it with dimension 0."""
        before, after = untrained(), reoriented(untrained(), toward(0, 7, 0, 0))
        for old, new in ((before.encoder[-1].weight, after.encoder[-1].weight),
                         (before.encoder[-1].bias, after.encoder[-1].bias),
                         (before.decoder[0].weight.mT, after.decoder[0].weight.mT)):  # fmt: skip
            torch.testing.assert_close(new, old[:, [1, 0, 2, 3]], rtol=0, atol=1e-6)
        assert torch.equal(after.decoder[0].bias, before.decoder[0].bias)

    def test_its_opposite_turns_dimension_0_over(self):
        before, after = latents(untrained(), COLORS), latents(reoriented(untrained(), toward(-1, 0, 0, 0)), COLORS)
        assert (after[..., 0] == -before[..., 0]).all()
        assert (after[..., 1:] == before[..., 1:]).all()

    @pytest.mark.parametrize("length", [1e-200, 1, 1e200])
    def test_dimension_0_itself_changes_no_bit(self, length):
        assert bits(reoriented(untrained(), toward(length, 0, 0, 0))) == bits(untrained())

    @pytest.mark.parametrize("slant", [1e-300, 1e-16, 1e-12, 1e-8, 1e-5])
    def test_nearly_dimension_0_loses_no_digit(self, slant):
        answers = (reconstruct(each, COLORS) for each in (untrained(), reoriented(untrained(), toward(1, slant, 0, 0))))
        torch.testing.assert_close(*answers, rtol=0, atol=SINGLE)

    def test_lengths_do_not_matter(self):
        made = [bits(reoriented(untrained(), toward(*np.multiply((3, 0, -4, 0), 2.0**n)))) for n in (-500, 0, 500)]
        assert made[0] == made[1] == made[2]

    def test_latents_of_any_length(self):
        """Without normalization too."""
        models = untrained(form=Form(normalized=False))
        answers = (reconstruct(each, COLORS) for each in (models, reoriented(models, toward(1, 2, 3, 4))))
        torch.testing.assert_close(*answers, rtol=0, atol=SINGLE)

    def test_a_seed_has_the_same_bits_alone_as_among_32(self):
        many, alone = (reoriented(untrained(seeds), own_of_each_seed) for seeds in (range(32), (5,)))
        for layers in zip(many.encoder + many.decoder, alone.encoder + alone.decoder, strict=True):
            for among, one in zip(*([layer.weight, layer.bias] for layer in layers), strict=True):
                assert torch.equal(among[5], one[0])

    def test_leaves_the_model_alone(self):
        models = untrained()
        turned = reoriented(models, own_of_each_seed)
        for layer in turned.encoder + turned.decoder:
            layer.weight.fill_(7)
            layer.bias.fill_(7)
        assert bits(models) == bits(untrained())


class TestEditsAlongADirection:
    def test_deletion_along_dimension_0_is_ablation(self):
        assert bits(ablate(reoriented(untrained(), toward(1, 0, 0, 0)), 0)) == bits(ablate(untrained(), 0))

    @given(directions)
    def test_deletion_projects_the_direction_out(self, direction):
        """As an orthogonal projection of the encoder's outputs would, before they are normalized."""
        v = torch.tensor(unit(np.array(direction)), dtype=torch.float32)
        projection = torch.eye(4) - torch.outer(v, v)
        models = untrained()
        last = models.encoder[-1]
        projected = Ensemble(
            (*models.encoder[:-1], Affine(projection @ last.weight, last.bias @ projection)),
            models.decoder, models.seeds, models.history,
        )  # fmt: skip
        expected = reconstruct(projected, COLORS)
        deleted = reconstruct(ablate(reoriented(models, toward(*direction)), 0), COLORS)
        torch.testing.assert_close(deleted, expected, rtol=0, atol=1e-3)  # a short rest is stretched, and its rounding

    @given(directions)
    def test_suppression_is_that_along_the_direction(self, direction):
        expected = intervene(untrained(), Suppression(tuple(direction), BoundedFalloff(0, 1, 0)))
        along = suppressed(reoriented(untrained(), toward(*direction)))
        torch.testing.assert_close(reconstruct(along, COLORS), reconstruct(expected, COLORS), rtol=0, atol=SINGLE)

    def test_deletion_twice_is_deletion_once(self):
        once = ablate(reoriented(untrained(), own_of_each_seed), 0)
        assert bits(ablate(reoriented(once, toward(1, 0, 0, 0)), 0)) == bits(once)


class TestMaking:
    def test_the_same_directions_give_the_same_ensemble(self):
        models = untrained()
        assert reoriented(models, toward(1, 2, 3, 4)) is reoriented(models, toward(1, 2, 3, 4))
        assert reoriented(models, toward(1, 2, 3, 4)) is not reoriented(models, toward(1, 2, 3, 5))

    def test_is_told_of_by_the_name_of_what_finds_it(self):
        with edits_heard() as heard:
            reoriented(untrained(), own_of_each_seed)
            reoriented(untrained(), toward(1, 2, 3, 4))
        assert [made.words for made in heard] == [
            "reorientation to the own of each seed",
            "reorientation to the direction found",
        ]

    def test_is_made_again_of_other_models_by_what_is_found_there(self):
        with edits_heard() as heard:
            reoriented(untrained(), own_of_each_seed)
        others = untrained((7, 1), width=3)
        assert bits(heard[0].again(others)) == bits(reoriented(others, own_of_each_seed))


class TestRefusals:
    @pytest.mark.parametrize("given", [None, 7, (1.0, 0.0, 0.0, 0.0)], ids=repr)
    def test_what_finds_nothing(self, given):
        message = f"{given!r} finds no direction: give a function of models, for example lambda models: mean_difference"
        with pytest.raises(DirectionError, match=re.escape(message)):
            reoriented(untrained(), given)

    @pytest.mark.parametrize("found", [None, (1, 0, 0, 0), np.ones((3, 4)), xr.DataArray(np.ones(4), dims="dimension")])
    def test_what_is_no_direction_of_each_seed(self, found):
        with pytest.raises(DirectionError, match=r"they must be over 'seed' and 'dimension', as by, for example"):
            reoriented(untrained(), lambda models: found)

    def test_of_other_seeds_or_another_width(self):
        message = (
            "directions of shape (3, 3), of the seeds [4, 0, 9], for Ensemble(3 seeds from 4, 3-6-4-6-3): there must "
            "be 4 coordinates for each seed of the models, as by, for example"
        )
        with pytest.raises(DirectionError, match=re.escape(message)):
            reoriented(untrained(), lambda models: own_of_each_seed(untrained(width=3)))
        with pytest.raises(DirectionError, match=re.escape("of the seeds [4, 9, 0], for")):
            reoriented(untrained(), lambda models: own_of_each_seed(untrained((4, 9, 0))))
        with pytest.raises(DirectionError, match=re.escape("of the seeds None, for")):
            reoriented(untrained(), lambda models: own_of_each_seed(models).drop_vars("seed"))

    @pytest.mark.parametrize("number", [math.nan, math.inf])
    def test_not_finite(self, number):
        values = np.ones((3, 4))
        values[1, 2] = number
        with pytest.raises(DirectionError, match="directions that are not finite for seed 0: give numbers, as by"):
            reoriented(untrained(), lambda models: over_dimensions(models, values))

    def test_of_no_length(self):
        values = np.ones((3, 4))
        values[2] = 0
        with pytest.raises(DirectionError, match="the direction of seed 9 has no length: some coordinate must not be"):
            reoriented(untrained(), lambda models: over_dimensions(models, values))

    def test_beneath_interventions(self):
        message = (
            "cannot reorient beneath interventions, here AxisAlignedSuppression(dims=(0,)): reorient first and "
            "intervene then, for example intervene(reoriented(ensemble, find), ...)"
        )
        with pytest.raises(DimensionError, match=re.escape(message)):
            reoriented(intervene(untrained(), AxisAlignedSuppression((0,))), own_of_each_seed)

    def test_no_ensemble(self):
        with pytest.raises(DimensionError, match="None is no Ensemble: give one, for example"):
            reoriented(None, own_of_each_seed)

    def test_are_value_errors(self):
        assert issubclass(DirectionError, ValueError)
