"""Sizes of the models, and their initial weights."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from excolor.conditions.architecture import Architecture
from excolor.ensemble import Edit, Ensemble, EnsembleError, gathered, split
from excolor.experiments import (
    EX_1_2,
    EX_1_7,
    EX_2_2,
    EX_2_4,
    EX_2_4_1,
    EX_2_5_1,
    EX_2_7_1,
    EX_2_8,
    EX_2_9,
    EX_2_9_1,
    EX_2_10,
    EX_2_10_1,
    EX_2_10_SECOND,
)
from excolor.numerics.layers import Affine, joined
from excolor.numerics.streams import SeedError
from excolor.training.initial_weights import initial_parameters

architectures = st.builds(Architecture, st.integers(1, 6), st.integers(0, 3), st.integers(1, 20))
PUBLISHED = Architecture(bottleneck=5, nonlinear=2, hidden=16)


def tensors(layers):
    return [tensor for layer in layers for tensor in (layer.weight, layer.bias)]


class TestArchitecture:
    @pytest.mark.parametrize(
        ("bottleneck", "nonlinear", "hidden", "parameters"), [(4, 1, 16, 263), (5, 2, 16, 840), (5, 2, 10, 408)]
    )
    def test_published_parameter_counts(self, bottleneck, nonlinear, hidden, parameters):
        assert Architecture(bottleneck, nonlinear, hidden).parameters == parameters

    def test_published_experiments_have_the_published_sizes(self):
        assert EX_1_2.architecture.parameters == 4 * 16 + 17 * 2 + 3 * 16 + 17 * 3
        assert EX_1_7.architecture.parameters == 263
        assert EX_2_2.architecture.parameters == 263
        assert EX_2_4.architecture.parameters == EX_2_8.architecture.parameters == 263
        assert EX_2_9.architecture.parameters == EX_2_10.architecture.parameters == 840
        assert {rerun.architecture.parameters for rerun in (EX_2_4_1, EX_2_5_1, EX_2_7_1)} == {263}
        assert {rerun.architecture.parameters for rerun in (EX_2_9_1, EX_2_10_1, EX_2_10_SECOND)} == {840}

    def test_layers(self):
        assert PUBLISHED.encoder == [(3, 16), (16, 16), (16, 5)]
        assert PUBLISHED.decoder == [(5, 16), (16, 16), (16, 3)]
        assert Architecture(4, 0, 16).encoder == [(3, 4)]

    @given(architectures)
    def test_counts_what_torch_counts(self, architecture):
        linears = [torch.nn.Linear(*sizes, device="meta") for sizes in architecture.encoder + architecture.decoder]
        assert architecture.parameters == sum(p.numel() for linear in linears for p in linear.parameters())


class TestInitialParameters:
    @given(architectures, st.sets(st.integers(0, 1000), min_size=1, max_size=3))
    def test_stay_within_the_bound_of_their_layer(self, architecture, seeds):
        parameters = initial_parameters(architecture, tuple(seeds))
        assert parameters.shape == (len(seeds), architecture.parameters)
        for layer in sum(split(parameters, architecture), ()):
            for tensor in (layer.weight, layer.bias):
                assert tensor.abs().max() <= np.float32(1 / math.sqrt(layer.inputs))

    def test_are_uniform(self):
        """All layers of 100 seeds, each divided by its bound."""
        layers = sum(split(initial_parameters(PUBLISHED, tuple(range(100))), PUBLISHED), ())
        scaled = torch.cat(
            [tensor.flatten() * math.sqrt(layer.inputs) for layer in layers for tensor in tensors([layer])]
        )
        assert len(scaled) == 84_000
        assert kstest(scaled.numpy(), "uniform", args=(-1, 2)).pvalue > 0.01

    def test_a_seed_has_its_own_wherever_it_stands(self):
        together = initial_parameters(PUBLISHED, (3, 11, 0))
        assert torch.equal(together[1:2], initial_parameters(PUBLISHED, (11,)))
        assert torch.equal(together, initial_parameters(PUBLISHED, (0, 3, 11))[[1, 2, 0]])

    def test_no_weight_is_shared(self):
        """Neither between seeds, place by place, nor within one, but for the chance meetings of 24-bit numbers."""
        parameters = initial_parameters(PUBLISHED, tuple(range(32)))
        assert not (parameters == parameters.roll(1, 0)).any()
        assert all(len(set(own)) > 830 for own in parameters.tolist())

    def test_are_single_precision(self):
        assert initial_parameters(PUBLISHED, (0,)).dtype == torch.float32


class TestFirst:
    def test_members_with_their_seeds_weights_and_history(self):
        seeds, architecture = (5, 1, 9), Architecture(4, 1, 6)
        history = xr.DataArray(np.arange(6.0).reshape(3, 2), dims=("seed", "step"), coords={"seed": list(seeds)})
        whole, two = (
            Ensemble(*split(initial_parameters(architecture, members), architecture), members, history[: len(members)])
            for members in (seeds, seeds[:2])
        )
        first = whole.first(2)
        assert first.seeds == (5, 1)
        for mine, alone in zip(first.encoder + first.decoder, two.encoder + two.decoder, strict=True):
            assert torch.equal(mine.weight, alone.weight)
            assert torch.equal(mine.bias, alone.bias)
        assert first.history.identical(two.history)
        assert whole.first(32).seeds == seeds


class TestInParts:
    @pytest.mark.parametrize(("size", "cut"), [(1, [1, 1, 1, 1, 1]), (2, [2, 2, 1]), (5, [5]), (64, [5])])
    def test_are_all_of_it_one_after_the_other(self, size, cut):
        seeds, architecture = (5, 1, 9, 2, 8), Architecture(4, 1, 6)
        history = xr.DataArray(np.arange(10.0).reshape(5, 2), dims=("seed", "step"), coords={"seed": list(seeds)})
        edits = (Edit("bottleneck", lambda z: -z),)
        layers = split(initial_parameters(architecture, seeds), architecture)
        whole = Ensemble(*layers, seeds, history, edits=edits)
        parts = list(whole.in_parts(size))
        assert [len(part.seeds) for part in parts] == cut
        assert {part.edits for part in parts} == {edits}
        again = gathered(parts, seeds)
        assert again.history.identical(history)
        for mine, alone in zip(tensors(again.encoder + again.decoder), tensors(layers[0] + layers[1]), strict=True):
            assert torch.equal(mine, alone)

    @pytest.mark.parametrize("size", [0, -1, 1.0, None])
    def test_of_no_members_there_are_none(self, size):
        with pytest.raises(EnsembleError, match="it must be 1 or more, for example 8"):
            Ensemble(**parts()).in_parts(size)


class TestGathered:
    def test_each_member_has_its_own_seeds_weights_and_history_in_the_order_asked_for(self):
        architecture, parts = Architecture(2, 1, 3), []
        for seeds in ((4, 9), (7,), (2, 5)):
            layers = split(torch.tensor(seeds).float()[:, None].repeat(1, architecture.parameters), architecture)
            history = xr.DataArray(10.0 * np.array([seeds]), dims=("term", "seed"), coords={"seed": list(seeds)})
            parts.append(Ensemble(*layers, seeds, history))
        asked = (5, 9, 7, 4)
        whole = gathered(parts, asked)
        assert whole.seeds == asked
        for tensor in tensors(whole.encoder + whole.decoder):
            assert tensor.flatten(1).T.tolist() == [list(asked)] * tensor[0].numel()
        assert whole.history["seed"].values.tolist() == list(asked)
        assert whole.history.values.tolist() == [[50, 90, 70, 40]]


class TestRepr:
    def test_says_what_they_are_and_no_weights(self):
        architecture, seeds = Architecture(5, 2, 16), (7, 8, 9)
        layers = split(initial_parameters(architecture, seeds), architecture)
        trained = Ensemble(*layers, seeds, xr.DataArray(np.zeros(3), dims="seed"))
        assert repr(trained) == "Ensemble(3 seeds from 7, 3-16-16-5-16-16-3)"
        edit = Edit("bottleneck", lambda z: -z)
        assert repr(replace(trained, edits=(edit,))).endswith("-3, 1 edit)")
        assert repr(replace(trained, edits=(edit, edit))).endswith("-3, 2 edits)")


class TestSplit:
    @given(architectures)
    def test_every_parameter_is_in_one_place(self, architecture):
        numbered = torch.arange(2.0 * architecture.parameters).view(2, -1)
        encoder, decoder = split(numbered, architecture)
        assert [(layer.inputs, layer.outputs) for layer in encoder] == architecture.encoder
        assert [(layer.inputs, layer.outputs) for layer in decoder] == architecture.decoder
        for seed in range(2):
            met = torch.cat([tensor[seed].flatten() for tensor in tensors(encoder + decoder)])
            assert torch.equal(met.sort().values, numbered[seed])

    def test_and_joined_again(self):
        architecture = Architecture(4, 1, 6)
        parameters = initial_parameters(architecture, (5, 1))
        assert torch.equal(joined(sum(split(parameters, architecture), ())), parameters)

    def test_layers_are_views(self):
        """The trainer moves all parameters at once; the layers must follow."""
        parameters = initial_parameters(PUBLISHED, (0, 1))
        encoder, decoder = split(parameters, PUBLISHED)
        parameters.fill_(7)
        assert all((tensor == 7).all() for tensor in tensors(encoder + decoder))


def parts():
    layer = Affine(torch.eye(3).repeat(2, 1, 1), torch.zeros(2, 3))
    history = xr.DataArray(np.zeros(2), dims="seed")
    return {"encoder": (layer,), "decoder": (layer,), "seeds": (4, 7), "history": history}


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"encoder": ()}, "the encoder (): it must be a tuple of layers, for example"),
            ({"decoder": [1]}, "the decoder [1]: it must be a tuple of layers"),
            (
                {"encoder": (Affine(torch.zeros(2, 4, 3), torch.zeros(2, 4)),)},
                "layers with weights (2, 4, 3), (2, 3, 3): the outputs of one are the inputs of the next",
            ),
            (
                {"decoder": (Affine(torch.zeros(2, 2, 3), torch.zeros(2, 2)),)},
                "layers with weights (2, 3, 3), (2, 2, 3): the outputs of one are the inputs of the next",
            ),
            ({"seeds": (4, 7, 9)}, "layers of 2 models for 3 seeds: there must be a model for each"),
            ({"history": None}, "the history None: it must be a DataArray over 'seed', with one for each of 2 seeds"),
            ({"history": xr.DataArray([0.0], dims="seed")}, "the history a DataArray of float64 over seed: it must"),
            ({"form": "sigmoid"}, "the form 'sigmoid': it must be a Form, for example"),
            ({"edits": (len,)}, "the edits (<built-in function len>,): they must be a tuple, for example (Edit("),
        ],
    )
    def test_parts_that_do_not_fit(self, change, message):
        Ensemble(**parts())
        with pytest.raises(EnsembleError, match=re.escape(message)):
            Ensemble(**(parts() | change))

    def test_seeds_that_are_none(self):
        with pytest.raises(SeedError, match="more than once among the seeds: 4"):
            Ensemble(**(parts() | {"seeds": (4, 4)}))

    @pytest.mark.parametrize("given", [("decoder", abs), ("encoder", None), (None, abs)])
    def test_edits(self, given):
        message = "it must be a function of latents on 'encoder' or 'bottleneck', for example Edit("
        with pytest.raises(EnsembleError, match=re.escape(message)):
            Edit(*given)

    @pytest.mark.parametrize("count", [0, -1, 1.0, None])
    def test_no_members(self, count):
        with pytest.raises(EnsembleError, match=f"the first {count} members: it must be 1 or more, for example 8"):
            Ensemble(**parts()).first(count)

    def test_seeds_that_nobody_has(self):
        with pytest.raises(EnsembleError, match="no ensemble has the seeds 5: take some of 4, 7, for example"):
            gathered([Ensemble(**parts())], (4, 5))
        with pytest.raises(EnsembleError, match=r"the ensembles \[None\]: give a list, for example"):
            gathered([None], (4,))

    def test_parameters_of_another_architecture(self):
        count = Architecture(3, 1, 4).parameters
        message = f"parameters that are a Tensor of torch.float32, of shape (2, 7): they must be a tensor [S, {count}]"
        with pytest.raises(EnsembleError, match=re.escape(message)):
            split(torch.zeros(2, 7), Architecture(3, 1, 4))
        with pytest.raises(EnsembleError, match=r"5 is no Architecture: give one, for example EX_2_10\.arch"):
            split(torch.zeros(2, 7), 5)
