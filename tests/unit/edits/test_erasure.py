"""Erasure: the decoder reads latents from which a part is taken away, and the latents stay as they are."""

import dataclasses
import re

import numpy as np
import pytest
import torch
import xarray as xr

from excolor.colors import rgb_cube
from excolor.conditions.architecture import Architecture
from excolor.edits import AxisAlignedSuppression, DimensionError, DirectionError, Eraser, erased, intervene
from excolor.edits.made import edits_heard
from excolor.ensemble import Ensemble, split
from excolor.measures import latents, reconstruct
from excolor.numerics.streams import stream

COLORS = rgb_cube(*[np.linspace(0, 1, 4)] * 3)["color"].values
SEEDS = (4, 0, 9)
SINGLE = 1e-5
"""Some roundings of weights in single precision, through a few layers."""


def untrained(seeds=SEEDS):
    """Models of random weights, that answer with grays and beyond."""
    architecture = Architecture(4, 1, 6)
    drawn = np.stack([stream(seed, "untrained").normal(0, 0.7, architecture.parameters) for seed in seeds])
    drawn[:, -3:] = 0.5
    history = xr.DataArray(drawn[:, :2], dims=("seed", "step"), coords={"seed": list(seeds)})
    return Ensemble(*split(torch.from_numpy(drawn).float(), architecture), tuple(seeds), history)


def bits(ensemble):
    layers = ensemble.encoder + ensemble.decoder
    return [tensor.numpy().tobytes() for layer in layers for tensor in (layer.weight, layer.bias)]


def over_dimensions(ensemble, values):
    dims, coords = ("seed", "dimension"), {"seed": list(ensemble.seeds)}
    return xr.DataArray(np.broadcast_to(np.asarray(values, float), (len(ensemble.seeds), 4)), dims=dims, coords=coords)


def slanted(ensemble):
    """A projection of each seed's own, along one direction by what another reads."""
    a, b, m = np.stack([stream(seed, "eraser").normal(size=(3, 4)) for seed in ensemble.seeds], 1)
    b = b / (a * b).sum(1, keepdims=True)
    return Eraser(*(over_dimensions(ensemble, part) for part in (a, b, m)))


def first_dimension(ensemble):
    unit = over_dimensions(ensemble, (1, 0, 0, 0))
    return Eraser(unit, unit, 0 * unit)


def decoded(ensemble, z):
    """What the decoder makes of latents `[S, N, K]`."""
    first, last = ensemble.decoder
    hidden = torch.nn.functional.gelu(z @ first.weight.mT + first.bias[:, None])
    return (hidden @ last.weight.mT + last.bias[:, None]).clamp(0, 1)


class TestErased:
    def test_the_decoder_reads_what_is_left(self):
        models, eraser = untrained(), slanted(untrained())
        a, b, m = (part.values[:, np.newaxis] for part in (eraser.along, eraser.reading, eraser.center))
        z = latents(models, COLORS).values.reshape(3, -1, 4).astype(float)
        left = z - a * (b * (z - m)).sum(2, keepdims=True)
        expected = decoded(models, torch.from_numpy(left).float())
        torch.testing.assert_close(
            reconstruct(erased(models, slanted), COLORS).flatten(1, 3), expected, rtol=0, atol=SINGLE
        )

    def test_latents_stay(self):
        assert (latents(erased(untrained(), slanted), COLORS) == latents(untrained(), COLORS)).all()

    def test_of_a_dimension_is_its_suppression(self):
        suppressed = intervene(untrained(), AxisAlignedSuppression((0,)))
        gone = reconstruct(erased(untrained(), first_dimension), COLORS)
        torch.testing.assert_close(gone, reconstruct(suppressed, COLORS), rtol=0, atol=SINGLE)

    def test_twice_is_once(self):
        once = erased(untrained(), slanted)
        twice = reconstruct(erased(once, slanted), COLORS)
        torch.testing.assert_close(twice, reconstruct(once, COLORS), rtol=0, atol=10 * SINGLE)

    def test_a_seed_has_the_same_bits_alone_as_among_32(self):
        many, alone = (erased(untrained(seeds), slanted) for seeds in (range(32), (5,)))
        assert torch.equal(many.decoder[0].weight[5], alone.decoder[0].weight[0])
        assert torch.equal(many.decoder[0].bias[5], alone.decoder[0].bias[0])

    def test_leaves_the_model_alone(self):
        models = untrained()
        changed = erased(models, slanted)
        for layer in changed.encoder + changed.decoder:
            layer.weight.fill_(7)
            layer.bias.fill_(7)
        assert bits(models) == bits(untrained())

    def test_the_same_eraser_gives_the_same_ensemble(self):
        models = untrained()
        assert erased(models, slanted) is erased(models, lambda each: slanted(each))
        assert erased(models, slanted) is not erased(models, first_dimension)

    def test_is_told_of_and_made_again_of_others(self):
        with edits_heard() as heard:
            erased(untrained(), slanted)
            erased(untrained(), lambda each: slanted(each))
        assert [made.words for made in heard] == ["erasure by slanted", "erasure by what was found"]
        assert bits(heard[0].again(untrained((7, 1)))) == bits(erased(untrained((7, 1)), slanted))


class TestRefusals:
    @pytest.mark.parametrize("given", [None, 7, lambda models: None], ids=["None", "7", "a function of none"])
    def test_what_finds_no_eraser(self, given):
        message = "finds None: give a function that finds an Eraser, for example lambda models: leace(models, rgb"
        with pytest.raises(DirectionError, match=re.escape(message)):
            erased(untrained(), given)

    @pytest.mark.parametrize("name", ["along", "reading", "center"])
    def test_parts_that_are_none(self, name):
        message = f"an Eraser whose {name} is (1, 0): it must be over 'seed' and 'dimension', for example lambda models"
        with pytest.raises(DirectionError, match=re.escape(message)):
            dataclasses.replace(slanted(untrained()), **{name: (1, 0)})

    def test_of_other_seeds(self):
        message = (
            "vectors of an eraser of shape (3, 4), of the seeds [4, 9, 0], for Ensemble(3 seeds from 4, 3-6-4-6-3)"
        )
        with pytest.raises(DirectionError, match=re.escape(message)):
            erased(untrained(), lambda models: slanted(untrained((4, 9, 0))))

    def test_beneath_interventions(self):
        message = (
            "cannot erase beneath interventions, here AxisAlignedSuppression(dims=(0,)): erase first and intervene"
        )
        with pytest.raises(DimensionError, match=re.escape(message)):
            erased(intervene(untrained(), AxisAlignedSuppression((0,))), slanted)

    def test_no_ensemble(self):
        with pytest.raises(DimensionError, match="None is no Ensemble: give one, for example"):
            erased(None, slanted)
