"""Points that decode to a color: against one model in a plain torch loop, where autograd finds the gradient."""

import re
from itertools import islice

import numpy as np
import pytest
import torch

from benchmarks.plain_loop import own_batches, own_model
from excolor.colors import training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Decoding, Experiment, ExperimentError, Term
from excolor.conditions.regularizers import Unitarity
from excolor.schedule import Dopesheet
from excolor.training.loop import train, train_together

POINTS, COLOR = ((-1.0, 0.0, 0.0, 0.0), (0.0, 0.6, 0.0, -0.8)), (0.5, 0.25, 0.75)
DECODING = Decoding("fall-back", POINTS, COLOR)
SHEET = "STEP,lr,unit,fall-back:linear:step\n0,0.01,0.1,0\n24,,,0.7\n60,0.01,0.1,"
SEED = 3


def experiment(sheet=SHEET, decoding=DECODING, **changes):
    fields = {
        "name": "small",
        "data": training_cube,
        "dopesheet": Dopesheet.parse(sheet, source="small.csv"),
        "terms": (Term("unit", Unitarity(), layer="encoder"), decoding),
        "bottleneck": 4,
        "nonlinear": 1,
        "batch": 32,
    }
    return Experiment(**(fields | changes))


FORMS = [Form(normalized=False, output="sigmoid"), Form(normalized=False, activation="relu"), Form()]


def answers(decoder, form):
    y = decoder(torch.tensor(POINTS, dtype=torch.float64))
    return y.sigmoid() if form.output == "sigmoid" else y


def plainly_trained(condition):
    """The weights at the end, and the term's loss by step, in float64."""
    model = own_model(condition, SEED, torch.float64)
    adam = torch.optim.Adam(model.parameters())
    color, losses = torch.tensor(COLOR, dtype=torch.float64), []
    weights = {name: condition.dopesheet.values(name) for name in ("lr", "unit", "fall-back")}
    batches = islice(own_batches(condition, SEED, torch.float64), len(condition.dopesheet))
    for step, (batch, _) in enumerate(batches):
        raw = model.encoder(batch)
        code = torch.nn.functional.normalize(raw, dim=-1) if condition.form.normalized else raw
        loss = (model.decoder(code) - batch).square().mean()
        loss = loss + weights["unit"][step] * (raw.norm(dim=-1) - 1).square().mean()
        losses.append(np.nan)
        if weights["fall-back"][step]:
            off = (model.decoder(torch.tensor(POINTS, dtype=torch.float64)) - color).square().mean()
            losses[-1] = off.item()
            loss = loss + weights["fall-back"][step] * off
        adam.param_groups[0]["lr"] = weights["lr"][step]
        adam.zero_grad()
        loss.backward()
        adam.step()
    return torch.cat([p.detach().flatten() for p in model.parameters()]), losses


def flat(ensemble, member=0):
    layers = ensemble.encoder + ensemble.decoder
    return torch.cat([tensor[member].flatten() for layer in layers for tensor in (layer.weight, layer.bias)])


class TestAgainstOnePlainModel:
    """In float64; what they differ by is rounding, carried on by Adam."""

    @pytest.mark.parametrize("form", FORMS, ids=str)
    def test_same_weights_and_losses(self, form):
        condition = experiment(form=form)
        ensemble = train(condition, (0, SEED))
        expected, losses = plainly_trained(condition)
        torch.testing.assert_close(flat(ensemble, 1).double(), expected, rtol=0, atol=5e-5)
        np.testing.assert_allclose(ensemble.history.sel(term="fall-back", seed=SEED), losses, rtol=1e-3, atol=1e-7)

    def test_the_control(self):
        """Without the term the weights are far outside these tolerances."""
        expected, _ = plainly_trained(experiment())
        assert (flat(train(experiment().without("fall-back"), [SEED])) - expected).abs().max() > 1e-3


def test_the_encoder_learns_nothing_of_it_in_one_step():
    """Of a single step: later ones differ, since the batch's error comes through another decoder."""
    once = experiment("STEP,lr,unit,fall-back\n0,0.01,0.1,0.7")
    without, with_it = (train(each, range(4)) for each in (once.without("fall-back"), once))
    for half, same in (("encoder", True), ("decoder", False)):
        both = [torch.cat([layer.bias for layer in getattr(each, half)], 1) for each in (without, with_it)]
        assert torch.equal(*both) is same


def test_points_decode_to_the_color_at_last():
    """Of both points, in any seed, where a model has a thousand steps and does little else."""
    history = train(experiment("STEP,lr,unit,fall-back\n0,0.01,0.1,1\n999,,,"), range(8)).history
    assert (history.sel(term="fall-back")[:, -1] < 1e-4).all()


class TestEqualBits:
    def test_alone_and_together(self):
        """With conditions that have no such term, in whose midst it stands, or another weight of it."""
        lighter = experiment(SHEET.replace("0.7", "0.1"))
        conditions = [experiment().without("fall-back"), experiment(), experiment().unregularized(), lighter]
        stack = train_together(conditions, (5, SEED))
        for condition, ensemble in zip(conditions, stack, strict=True):
            alone = train(condition, [SEED])
            assert torch.equal(flat(alone), flat(ensemble, 1))
            assert np.array_equal(alone.history[:, 0], ensemble.history[:, 1], equal_nan=True)


class TestRefusals:
    def test_of_a_point_of_another_width(self):
        message = (
            "small: the term 'fall-back' decodes a point of 3 coordinates, (1.0, 0.0, 0.0), but the latents have 4 "
            "dimensions: give one coordinate each, for example (-1.0, 0.0, 0.0, 0.0)"
        )
        with pytest.raises(ExperimentError, match=re.escape(message)):
            experiment(decoding=Decoding("fall-back", ((1.0, 0.0, 0.0),), COLOR))

    def test_of_a_width_that_loses_a_coordinate(self):
        message = (
            "the term 'fall-back' decodes the point (0.0, 0.6, 0.0, -0.8), which does not lie in the first 3 "
            "dimensions: only zeros can be dropped, for example from (-1.0, 0.0, 0.0, 0.0)"
        )
        with pytest.raises(ExperimentError, match=re.escape(message)):
            experiment().replace(bottleneck=3)


def test_points_follow_the_width():
    wider = experiment().replace(bottleneck=5).terms[1]
    assert wider.latents == ((-1.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.6, 0.0, -0.8, 0.0))
    assert Decoding("a", ((1.0, 0.0, 0.0),), COLOR).resized(1).latents == ((1.0,),)
