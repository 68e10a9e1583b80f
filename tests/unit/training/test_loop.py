"""The stacked trainer against one plain torch model at a time; equal bits; losses that are no numbers.

Where the arithmetic of training changes on purpose, so does the fingerprint below. To print the new one:

    python tests/unit/training/test_loop.py
"""

import dataclasses
import hashlib
import math
import re
import subprocess
import sys
from itertools import combinations, islice

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import excolor
from excolor.colors import rgb_cube, training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.experiment import Decoding, Drift, Experiment, ExperimentError, Term
from excolor.conditions.labels import DESATURATED, RED
from excolor.conditions.regularizers import (
    Anchor,
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Crowding,
    Planarity,
    Regularizer,
    Separate,
    Unitarity,
)
from excolor.conditions.stacking import plan
from excolor.ensemble import split
from excolor.experiments import EX_1_6_SMOOTH, EX_2_2, EX_2_8, EX_2_9, EX_2_10
from excolor.measures.evaluation import latents, reconstruct
from excolor.numerics.streams import SeedError
from excolor.schedule.dopesheet import Dopesheet
from excolor.training import loop
from excolor.training.batches import batches
from excolor.training.history import History, TrainingError
from excolor.training.in_one_kernel import has_closed_forms
from excolor.training.initial_weights import initial_parameters
from excolor.training.loop import train, train_together
from excolor.training.optimizer import Adam

FINGERPRINT = "978ca5ce71f42ebf"
"""Of the weights and the history of two seeds, on Linux on x86-64 with AVX2."""
LOSSES = (0.00171, 0.00133)
"""Of the same two, their mean reconstruction loss over the last ten steps: alike on any machine."""

SHEET = """STEP,lr,reg-separate,reg-anchor,reg-planar-d,reg-anti-anchor,reg-unit
0,1e-8,0.01,0.02,0.001,0.002,0.01
10,0.01,,,,,
40,,0.01,,,,
80,0.03,0.01,0.05,0.01,0.01,0.1
110,,0,0,0,0,0
119,0.01,,,,,
"""
"""The published sheet of 2.9 in small: 120 steps, two epochs with their last batches of 16 rows and six steps more."""


def shortened(published):
    """A published experiment with its share of that sheet."""
    dopesheet = Dopesheet.parse(SHEET)
    for name in {"reg-planar-d"} - {term.name for term in published.terms}:
        dopesheet = dopesheet.drop(name)
    return published.replace(dopesheet=dopesheet)


SHORT = shortened(EX_2_9)


def constant(*terms, rate=0.0, steps=60, weight=1.0, **changes):
    """An experiment whose learning rate and weights stay as they are; at rate 0 the models do too."""
    names = [term.name for term in terms]
    rows = [
        ["STEP", "lr", *names],
        ["0", str(rate), *[str(weight)] * len(names)],
        [str(steps - 1), *[""] * (1 + len(names))],
    ]
    fields = {
        "name": "constant",
        "data": training_cube,
        "dopesheet": Dopesheet.parse("\n".join(map(",".join, rows))),
        "terms": terms,
        "bottleneck": 4,
        "nonlinear": 1,
    }
    return Experiment(**(fields | changes))


def weights(ensemble):
    return [tensor for layer in ensemble.encoder + ensemble.decoder for tensor in (layer.weight, layer.bias)]


def fingerprint(ensemble):
    digest = hashlib.sha256()
    for array in [*(tensor.numpy() for tensor in weights(ensemble)), ensemble.history.values]:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]


def same_bits(one, other, seeds):
    """Whether the seeds have the same weights and the same history in both ensembles."""
    at, there = [[ensemble.seeds.index(seed) for seed in seeds] for ensemble in (one, other)]
    return all(
        torch.equal(a[at], b[there]) for a, b in zip(weights(one), weights(other), strict=True)
    ) and np.array_equal(one.history.sel(seed=seeds), other.history.sel(seed=seeds), equal_nan=True)


@pytest.fixture(scope="module")
def four():
    return train(SHORT, range(4))


# One seed, by torch alone, in float64 ------------------------------------------------------------------------------


def plainly_trained(experiment, seed):
    """The ensemble of one."""
    # Here, since the program that prints the fingerprint has no path to it.
    from benchmarks.plain_loop import as_ensemble, own_batches, own_model, train_plainly

    model = own_model(experiment, seed, torch.float64)
    history = train_plainly(experiment, model, own_batches(experiment, seed, torch.float64))
    return as_ensemble(model, seed, history)


EVERY_KIND = constant(
    Term("unit", Unitarity(), layer="encoder", label=DESATURATED),
    Term("anchor", Anchor((1, 0, 0, 0)), label=RED, layer="encoder"),
    Term("angular", AngularAnchor((0, 1, 0, 0)), label=DESATURATED),
    Term("anti", AntiAnchor((0, 0, 1, 0), hemi=False), layer="encoder"),
    Term("inside", AxisAlignedSubspace((0, 1, 2)), label=RED),
    Term("clear", AxisAlignedSubspace((3,), invert=True), layer="encoder"),
    Term("plane", Planarity(), label=DESATURATED, layer="encoder"),
    Term("apart", Separate(2, shift=False), layer="encoder"),
    Term("gated apart", Separate(10), label=DESATURATED),
    rate=0.005,
    weight=0.02,
    steps=64,
)


FORMS = [
    Form(output="sigmoid"),
    Form(activation="relu"),
    Form(normalized=False),
    Form("relu", normalized=False, output="sigmoid"),
]


class TestAgainstOnePlainModel:
    """In float64, where the trainer works in float32: what they differ by is the trainer's rounding.

    The bits cannot be equal: sums are added up in another order too. Adam makes a step of nearly the learning rate
    whatever the size of a gradient, so that rounding is carried on where a gradient is about 0, and grows with the
    steps. A term too many or too few, or a wrong factor, moves the weights by more than 1e-2.
    """

    @pytest.mark.parametrize(
        "experiment",
        [SHORT, shortened(EX_2_8), shortened(EX_2_10).without("reg-unit"), SHORT.unregularized(), EVERY_KIND],
        ids=lambda experiment: experiment.name,
    )
    def test_same_weights_and_history(self, experiment):
        seeds = (0, 6)
        ensemble = train(experiment, seeds)
        for place, seed in enumerate(seeds):
            plain = plainly_trained(experiment, seed)
            mine, expected = (
                torch.cat([tensor[at].flatten() for tensor in weights(trained)])
                for trained, at in ((ensemble, place), (plain, 0))
            )
            torch.testing.assert_close(mine, expected, rtol=0, atol=5e-5)  # 6e-6 was met
            history, reference = (trained.history.sel(seed=seed) for trained in (ensemble, plain))
            np.testing.assert_allclose(history, reference, rtol=2e-4, atol=1e-6)

    @pytest.mark.parametrize("form", FORMS, ids=str)
    def test_in_every_form(self, form):
        """The decoder reads latents that are not normalized, while angular terms go by their directions."""
        experiment = EVERY_KIND.replace(form=form)
        ours, plain = train(experiment, (0,)), plainly_trained(experiment, 0)
        mine, expected = (torch.cat([tensor.flatten() for tensor in weights(trained)]) for trained in (ours, plain))
        torch.testing.assert_close(mine, expected, rtol=0, atol=5e-5)
        np.testing.assert_allclose(ours.history, plain.history, rtol=2e-4, atol=1e-6)
        # and is evaluated as it was trained: the first loss of a run that learns nothing
        still = constant(form=form, steps=2)
        model = train(still, (3,))
        (batch,) = islice(batches(plan([still]), (3,)), 1)
        answers = reconstruct(model, batch.colors[0].T.double())[0].T
        if form.output == "sigmoid":  # linear ones are clamped
            assert float(model.history[0, 0, 0]) == pytest.approx(float((answers - batch.colors[0]).square().mean()))

    def test_forms_differ(self):
        """The control: each is far outside these tolerances of each other."""
        every = [weights(train(EVERY_KIND.replace(form=form), (0,)))[0] for form in [Form(), *FORMS]]
        assert min(float((a - b).abs().max()) for a, b in combinations(every, 2)) > 1e-3

    def test_the_control(self):
        """One term less is far outside these tolerances."""
        ours, theirs = train(SHORT.without("reg-unit"), [0]), plainly_trained(SHORT, 0)
        assert (weights(ours)[0] - weights(theirs)[0]).abs().max() > 1e-2


class TestAdam:
    def test_agrees_with_torchs_own(self):
        """Over 50 steps, with gradients from 1e-8 to 1e4, some of them 0, at rates that change."""
        rng = np.random.Generator(np.random.PCG64(0))
        start = torch.from_numpy(rng.normal(size=(3, 20)))
        reference = torch.nn.Parameter(start.clone())
        theirs, parameters = torch.optim.Adam([reference]), start.float()
        rates = [0.01 * (1 + step % 5) for step in range(50)]
        ours = Adam(parameters, rates)
        for step, rate in enumerate(rates):
            gradient = rng.normal(size=(3, 20)) * 10.0 ** rng.integers(-8, 4, (3, 20)) * (rng.random((3, 20)) > 0.1)
            ours.step(parameters, torch.from_numpy(gradient).float(), step)
            reference.grad = torch.from_numpy(gradient).float().double()
            theirs.param_groups[0]["lr"] = rate
            theirs.step()
        torch.testing.assert_close(parameters.double(), reference.detach(), rtol=0, atol=2e-6)

    def test_the_first_step_is_as_long_as_the_rate(self):
        parameters = torch.zeros(1, 3)
        Adam(parameters, [0.1]).step(parameters, torch.tensor([[5.0, -1e-3, 0.0]]), 0)
        assert parameters.tolist()[0] == pytest.approx([-0.1, 0.1, 0], abs=2e-6)


class TestTraining:
    def test_learns(self, four):
        reconstruction = four.history.sel(term="reconstruction")
        assert (reconstruction.isel(step=slice(-10, None)).mean("step") < reconstruction.isel(step=0) / 20).all()

    def test_the_ensemble(self, four):
        assert four.seeds == (0, 1, 2, 3)
        assert four.bottleneck == 5
        assert [layer.weight.shape for layer in four.encoder] == [(4, 16, 3), (4, 16, 16), (4, 5, 16)]
        assert [layer.bias.shape for layer in four.decoder] == [(4, 16), (4, 16), (4, 3)]
        assert all(tensor.isfinite().all() for tensor in weights(four))

    def test_starts_from_the_initial_weights_and_stays_there_without_a_rate(self):
        frozen = train(constant(Term("unit", Unitarity())), (5, 1))
        start = split(initial_parameters(frozen_architecture := constant().architecture, (5, 1)), frozen_architecture)
        expected = [tensor for layer in start[0] + start[1] for tensor in (layer.weight, layer.bias)]
        assert all(map(torch.equal, weights(frozen), expected))

    @pytest.mark.parametrize("seeds", [[3], {3}, range(3, 4), np.array([3]), iter([3])], ids=lambda s: type(s).__name__)
    def test_takes_seeds_in_any_form(self, seeds):
        (seed,) = train(constant(steps=2), seeds).seeds
        assert (seed, type(seed)) == (3, int)

    def test_on_any_cube(self):
        """Ten colors of equal weight, in batches of 4, 4 and 2."""
        few = constant(rate=0.01, steps=7, data=lambda: rgb_cube(np.linspace(0, 1, 10), [0], [1]), batch=4)
        assert train(few, [0]).history.notnull().all()


class TestHistory:
    def test_over_term_seed_and_step(self, four):
        assert four.history.dims == ("term", "seed", "step")
        assert four.history.sizes["step"] == 120
        assert four.history["seed"].values.tolist() == [0, 1, 2, 3]
        names = ["reconstruction", "reg-unit", "reg-anchor", "reg-separate", "reg-anti-anchor", "reg-planar-d"]
        assert four.history["term"].values.tolist() == names

    def test_is_measured_where_the_weight_is_not_0(self, four):
        measured = four.history.notnull()
        assert measured.sel(term="reconstruction").all()
        for term in SHORT.terms:
            counts = SHORT.dopesheet.values(term.name) != 0
            assert 0 < counts.sum() < 120
            assert (measured.sel(term=term.name) == counts).all()

    def test_holds_the_loss_before_the_step_and_without_its_weight(self):
        """At rate 0 the latents are the untrained models', in every batch: means over rows, all or labeled, by loop."""
        seeds = (2, 7)
        sides = constant(
            Term("all", AxisAlignedSubspace((0,), invert=True)),
            Term("red", AxisAlignedSubspace((1,), invert=True), label=RED),
            Term("gray", AxisAlignedSubspace((0,), invert=True), label=DESATURATED),
            weight=0.25,
        )
        ensemble = train(sides, seeds)
        unlabeled = 0
        for step, batch in enumerate(islice(batches(plan([sides]), seeds), 60)):
            for place, seed in enumerate(seeds):
                z = latents(ensemble, batch.colors[place].T.double()).values[place].tolist()
                squares = [[x**2 for x in row] for row in z]
                red, gray = (batch.labels[name][place].tolist() for name in ("red", "desaturated"))
                expected = {
                    "all": sum(row[0] for row in squares) / len(squares),
                    "red": sum(row[1] for row, a in zip(squares, red, strict=True) if a) / max(sum(red), 1),
                    "gray": sum(row[0] for row, a in zip(squares, gray, strict=True) if a) / max(sum(gray), 1),
                }
                unlabeled += not any(red)
                for term, loss in expected.items():
                    measured = float(ensemble.history.sel(term=term, seed=seed, step=step))
                    assert measured == pytest.approx(loss, rel=1e-5, abs=1e-7)
        assert 0 < unlabeled < 120

    def test_a_term_without_weight_is_not_even_measured(self):
        class Untouchable(Regularizer):
            def penalty(self, z):
                raise AssertionError("measured")

        idle = train(constant(Term("idle", Untouchable()), rate=0.01, weight=0.0), [0, 1])
        bare = train(constant(rate=0.01), [0, 1])
        assert all(map(torch.equal, weights(idle), weights(bare)))
        assert idle.history.sel(term="idle").isnull().all()


class TestPairing:
    def test_conditions_begin_alike(self, four):
        """The first loss of a seed is that of its initial weights on its first batch: the same without the terms."""
        for condition in (SHORT.unregularized(), SHORT.without("reg-anchor"), shortened(EX_2_10)):
            first = train(condition, range(4)).history.sel(term="reconstruction", step=0)
            assert first.values.tolist() == four.history.sel(term="reconstruction", step=0).values.tolist()

    def test_and_part(self, four):
        other = train(SHORT.without("reg-unit"), range(4))
        assert (np.abs(other.history - four.history).sel(term="reconstruction", step=119) > 0).all()

    def test_seeds_differ(self, four):
        assert len(set(four.history.sel(term="reconstruction", step=0).values.tolist())) == 4


COMING_AND_GOING = (
    Term("unit", Unitarity(), layer="encoder"),
    Term("gray", AngularAnchor((1, 0, 0, 0)), label=DESATURATED),
    Term("apart", Separate(10)),
)
FIVE_STEPS = st.lists(st.sampled_from([0.0, 0.0, 0.5, 2.0]), min_size=5, max_size=5)
WEIGHTS_OF_EACH = st.lists(st.tuples(*[FIVE_STEPS] * len(COMING_AND_GOING)).map(list), min_size=2, max_size=5)
"""Of conditions, the weight of each of these terms at each of five steps."""


def with_weights(weights):
    rows = [(step, 0.01, *of_terms) for step, of_terms in enumerate(zip(*weights, strict=True))]
    header = ["STEP", "lr", *(f"{term.name}:linear:step" for term in COMING_AND_GOING)]
    sheet = Dopesheet.parse("\n".join(",".join(map(str, row)) for row in [header, *rows]))
    return constant(*COMING_AND_GOING, dopesheet=sheet)


class TestEqualBits:
    @pytest.mark.parametrize("seed", [0, 3])
    def test_a_seed_alone(self, four, seed):
        assert same_bits(train(SHORT, [seed]), four, [seed])

    def test_among_32(self, four):
        assert same_bits(train(SHORT, range(32)), four, range(4))

    def test_in_another_order(self, four):
        assert same_bits(train(SHORT, [9, 3, 1, 0, 2]), four, range(4))

    def test_from_time_to_time(self, four):
        assert same_bits(train(SHORT, range(4)), four, range(4))

    def test_with_two_threads(self):
        """With 32 seeds, so that torch finds its tensors large enough to share out. It is ten times as slow."""
        few_steps = constant(*SHORT.terms, rate=0.01, weight=0.02, steps=8, bottleneck=5, nonlinear=2)
        with_one = train(few_steps, range(32))
        torch.set_num_threads(2)
        try:
            assert torch.get_num_threads() == 2
            assert same_bits(train(few_steps, range(32)), with_one, range(32))
        finally:
            torch.set_num_threads(1)

    def test_for_every_kind_of_term(self):
        together = train(EVERY_KIND, range(5))
        assert same_bits(train(EVERY_KIND, [4]), together, [4])

    def test_together_with_other_conditions(self):
        """With every kind of term, each in some of them; a label that only the others have; another schedule."""
        conditions = [
            EVERY_KIND.without("angular", "apart"),
            EVERY_KIND.unregularized(),
            EVERY_KIND,
            EVERY_KIND.without("unit", "inside", "plane", "gated apart"),
            EVERY_KIND.without(*(term.name for term in EVERY_KIND.terms if term.name != "gated apart")),
        ]
        heavier = constant(*EVERY_KIND.terms, rate=0.005, weight=0.04, steps=64)
        for condition, ensemble in zip(
            [*conditions, heavier], train_together([*conditions, heavier], (6, 1)), strict=True
        ):
            assert same_bits(train(condition, (6, 1)), ensemble, [6, 1])

    @settings(max_examples=25)
    @given(weights_of_each=WEIGHTS_OF_EACH)
    def test_together_where_weights_come_and_go(self, weights_of_each):
        """Each term is 0 at some steps in some conditions; what is measured of it is where it is not."""
        conditions = [with_weights(weights) for weights in weights_of_each]
        for weights, condition, ensemble in zip(
            weights_of_each, conditions, train_together(conditions, (4, 1)), strict=True
        ):
            assert same_bits(train(condition, (4, 1)), ensemble, [4, 1])
            measured = ensemble.history.notnull().values[1:]
            assert (measured == (np.array(weights) != 0)[:, np.newaxis]).all()

    def test_together_where_the_slope_has_no_closed_form(self):
        terms = [Term(name, Cliff(math.inf), layer="encoder") for name in ("a", "b")]
        both = constant(*terms, rate=0.01, steps=5)
        for condition, ensemble in zip(
            [both, both.without("a")], train_together([both, both.without("a")], range(2)), strict=True
        ):
            assert same_bits(train(condition, range(2)), ensemble, range(2))

    def test_can_be_told_from_unequal(self, four):
        """The control: one unit in the last place of one weight."""
        other = train(SHORT, range(4))
        weight = other.decoder[0].weight[2, 0, 0]
        weight.copy_(torch.nextafter(weight, torch.tensor(9.0)))
        assert not same_bits(other, four, range(4))
        assert same_bits(other, four, [0, 1, 3])
        assert fingerprint(other) != fingerprint(four)

    def test_from_run_to_run_and_as_recorded(self):
        """A process of its own prints what this one has; where the bits are promised, they are those on record.

        Elsewhere, with other kernels or versions, the bits may be others, and the losses on record must do.
        """
        from promise import departures  # here, since this file runs as a script too

        ensemble = train(SHORT, (0, 1))
        run = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
        assert run.stdout.splitlines() == recorded(ensemble)
        assert last_losses(ensemble) == pytest.approx(LOSSES, rel=0.05)
        if not departures():
            assert fingerprint(ensemble) == FINGERPRINT


def last_losses(ensemble):
    return ensemble.history.sel(term="reconstruction").isel(step=slice(-10, None)).mean("step").values.tolist()


def recorded(ensemble):
    losses = ", ".join(f"{loss:.3g}" for loss in last_losses(ensemble))
    return [f'FINGERPRINT = "{fingerprint(ensemble)}"', f"LOSSES = ({losses})"]


HOLD = Drift("hold", ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.2, 0.4, 0.9)), action="capture")
FALL_BACK = Decoding("fall-back", ((-1.0, 0.0, 0.0, 0.0), (0.0, 0.6, 0.0, -0.8)), (0.5, 0.25, 0.75))

LATE_KINK = Dopesheet.parse("STEP,lr,kink:linear:step\n0,0.01,0\n59,,1")


@dataclasses.dataclass(frozen=True)
class Cliff(Regularizer):
    """0, but infinite beyond a limit of the first coordinate."""

    limit: float
    value: float = math.inf

    def penalty(self, z):
        return torch.where(z[..., 0] > self.limit, self.value, 0 * z[..., 0])


def both_ways(conditions, seeds):
    """The ensembles of conditions, trained in one kernel and step by step."""
    in_one = train_together(conditions, seeds)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(loop, "has_closed_forms", lambda plan: False)
        return zip(in_one, train_together(conditions, seeds), strict=True)


class TestInOneKernel:
    """It has the bits of step by step, whatever the terms, the form and the batches."""

    @pytest.mark.parametrize("form", [Form(), *FORMS], ids=str)
    def test_in_every_form(self, form):
        changed = EVERY_KIND.replace(form=form)
        for in_one, by_step in both_ways([changed], (4, 0)):
            assert same_bits(in_one, by_step, [4, 0])

    def test_over_epochs_with_smaller_last_batches(self):
        for in_one, by_step in both_ways([SHORT], range(3)):
            assert same_bits(in_one, by_step, range(3))

    @settings(max_examples=15)
    @given(
        rows=st.sampled_from([1, 7, 16, 48, 64, 85, 200]),
        steps=st.integers(2, 70),
        names=st.sets(st.sampled_from([term.name for term in EVERY_KIND.terms])),
    )
    def test_in_batches_of_any_size(self, rows, steps, names):
        """Of terms chosen at random in one condition, and all of them in the other."""
        whole = constant(*EVERY_KIND.terms, rate=0.01, weight=0.02, steps=steps, batch=rows)
        for in_one, by_step in both_ways([whole.without(*sorted(names)), whole], (2, 5)):
            assert same_bits(in_one, by_step, [2, 5])

    def test_with_a_curriculum(self):
        sheet = "STEP,lr,reg-separate,reg-planar,reg-unit,data-hues,data-vibrancies\n0,0.01,.1,.1,.1,0,1\n70,,,,,1,0"
        moving = EX_1_6_SMOOTH.without("reg-anchor").replace(dopesheet=Dopesheet.parse(sheet))
        for in_one, by_step in both_ways([moving], range(2)):
            assert same_bits(in_one, by_step, range(2))

    @settings(max_examples=15)
    @given(
        rows=st.sampled_from([16, 85, 200]),
        captured=st.integers(0, 68),
        more=st.integers(1, 60),
        without=st.sets(st.sampled_from(["hold", "fall-back"])),
        form=st.sampled_from([Form(), *FORMS]),
    )
    def test_with_terms_beside_the_batch(self, rows, captured, more, without, form):
        """In one condition, and chosen at random in the others; each has weights at some steps."""
        sheet = Dopesheet.parse(
            "STEP,ACTION,lr,unit,hold:linear:step,fall-back:linear:step\n"
            f"0,,0.01,0.1,0,0.3\n{captured + 1},capture,,,0.7,0\n{captured + 1 + more},,0.01,0.1,0.2,0.2"
        )
        terms = (HOLD, Term("unit", Unitarity(), layer="encoder"), FALL_BACK)
        whole = constant(*terms, dopesheet=sheet, batch=rows, form=form)
        for in_one, by_step in both_ways([whole.without(*sorted(without)), whole, whole.unregularized()], (2, 5)):
            assert same_bits(in_one, by_step, [2, 5])

    def test_where_the_condition_between_two_others_lacks_a_term(self):
        weights_of_each = [[[weight] * 5] * len(COMING_AND_GOING) for weight in (0.5, 0.0, 2.0)]
        for in_one, by_step in both_ways([with_weights(weights) for weights in weights_of_each], (4, 1)):
            assert same_bits(in_one, by_step, [4, 1])

    def test_with_crowding(self):
        crowded = constant(Term("crowd", Crowding((2, 0))), Term("red", Crowding(), RED), rate=0.01, weight=0.1)
        for in_one, by_step in both_ways([crowded], range(2)):
            assert same_bits(in_one, by_step, range(2))

    @pytest.mark.parametrize("weight", [1e-60, 1e-40])
    def test_with_a_weight_too_small_to_move_anything(self, weight):
        """In single precision it is 0, or counts as 0; the loss is measured all the same."""
        tiny = constant(Term("unit", Unitarity(), layer="encoder"), rate=0.01, weight=weight)
        for in_one, by_step in both_ways([tiny], range(2)):
            assert (in_one.history.sel(term="unit") > 0).all()
            assert same_bits(in_one, by_step, range(2))

    def test_a_weight_changes_them(self):
        """The control: of a term that only one condition has."""
        heavier, lighter = (constant(Term("unit", Unitarity(), layer="encoder"), rate=0.01, weight=w) for w in (1, 2))
        ((one, _),) = both_ways([heavier], range(2))
        ((other, _),) = both_ways([lighter], range(2))
        assert not any(torch.equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))

    @pytest.mark.parametrize("published", [EX_2_10, EX_2_2, EX_1_6_SMOOTH], ids=lambda experiment: experiment.name)
    def test_published_terms_have_closed_forms(self, published):
        assert has_closed_forms(plan([published]))

    def test_a_formula_alone_has_none(self):
        assert not has_closed_forms(plan([constant(Term("cliff", Cliff(1.0)))]))

    @pytest.mark.parametrize("other", [dataclasses.replace(HOLD, name="b"), dataclasses.replace(FALL_BACK, name="b")])
    def test_two_terms_of_a_kind_beside_the_batch_are_taken_step_by_step(self, other):
        dopesheet = Dopesheet.parse("STEP,ACTION,lr,hold,fall-back,b\n0,capture,0.01,0.5,0.5,0.5\n9,,,,,")
        two = constant(HOLD, FALL_BACK, other, dopesheet=dopesheet)
        assert not has_closed_forms(plan([two]))
        assert has_closed_forms(plan([two.without("b")]))
        assert (train(two, [0]).history.sel(term="b", step=9) > 0).all()

    def test_a_label_that_no_row_bears_costs_nothing_and_its_loss_is_0(self):
        """As step by step, where every number of the term is a product with 0."""
        rare = shortened(EX_2_10)
        for in_one, by_step in both_ways([rare], (0,)):
            anchored = in_one.history.sel(term="reg-anchor").values
            assert (anchored == 0).any()
            assert np.array_equal(anchored, by_step.history.sel(term="reg-anchor").values, equal_nan=True)


class TestWatch:
    @pytest.mark.parametrize("batch", [64, 32, 3, "all"])
    def test_is_told_of_50_to_113_steps_each_time_and_of_the_end(self, batch):
        told = []
        train(constant(steps=400, batch=batch), [0], lambda done, steps: told.append((done, steps)))
        done = np.array([0, *(done for done, _ in told)])
        between = np.diff(done)
        assert {steps for _, steps in told} == {400} == {done[-1]}
        assert between.min(initial=50, where=done[1:] < 400) >= 50
        assert between.max() <= 113


class TestLossesThatAreNoNumbers:
    @pytest.mark.parametrize("value", [math.inf, math.nan])
    def test_name_the_term_the_step_and_the_seed(self, value):
        """Between the two seeds that go farthest, so that only one falls, at a step that can be foreseen."""
        seeds = (0, 4, 11)
        safe = constant(Term("cliff", Cliff(math.inf)), name="walk", steps=120)
        models = train(safe, seeds)
        farthest = np.array(
            [
                [latents(models, batch.colors[place].T.double()).values[place, :, 0].max() for place in range(3)]
                for batch in islice(batches(plan([safe]), seeds), 120)
            ]
        )
        second, first = np.argsort(farthest.max(0))[-2:]
        limit = float(farthest[:, [second, first]].max(0).mean())
        step = int(np.argmax(farthest[:, first] > limit))
        message = f"walk: the loss of the term 'cliff' is {value} at step {step} for the seeds {seeds[first]}: training"
        with pytest.raises(TrainingError, match=re.escape(message)):
            train(safe.replace(terms=(Term("cliff", Cliff(limit, value)),)), seeds)

    @pytest.mark.parametrize("weight", [0.0, 1.0])
    def test_are_told_from_large_ones_and_from_those_without_weight(self, weight):
        """The sum of these large losses is beyond all numbers, as that of the others is."""
        history = History(plan([constant(Term("cliff", Cliff(math.inf)), weight=weight, steps=60)]), (0, 1))
        history.losses[:, 0] = 3e38
        history.check(50)
        history.losses[55, 1, 1] = math.nan
        if weight == 0:
            history.check(60)
        else:
            with pytest.raises(TrainingError, match="'cliff' is nan at step 55 for the seeds 1:"):
                history.check(60)

    def test_name_the_condition(self):
        """Of two, whose third and fourth members are its seeds."""
        term = Term("cliff", Cliff(-2.0))
        bad = constant(term, name="bad", steps=3)
        with pytest.raises(
            TrainingError, match="bad: the loss of the term 'cliff' is inf at step 0 for the seeds 5, 0"
        ):
            train_together([bad.without("cliff"), bad], (5, 0))

    def test_name_every_seed(self):
        with pytest.raises(TrainingError, match="'cliff' is inf at step 0 for the seeds 5, 0, 2: training went astray"):
            train(constant(Term("cliff", Cliff(-2.0)), steps=3), (5, 0, 2))

    def test_stop_a_run_long_before_its_end(self):
        """A million steps would take minutes."""
        with pytest.raises(TrainingError, match="at step 0 for"):
            train(constant(Term("cliff", Cliff(-2.0)), steps=1_000_000), [0])

    def test_of_a_learning_rate_that_is_too_high(self):
        message = (
            r"the loss of the term 'reconstruction' is (inf|nan) at step 1 for the seeds 0, 1: training went astray, "
        )
        with pytest.raises(TrainingError, match=message + "and no verdict can rest on it; a lower lr, for example"):
            train(constant(rate=1e30, steps=5), (0, 1))

    def test_of_the_last_step_whose_outcome_no_loss_shows(self):
        class Kink(Regularizer):
            def penalty(self, z):
                return (0 * z[..., 0]).sqrt()  # 0, with a slope that is no number

        with pytest.raises(
            TrainingError, match="constant: the weights are not finite after step 59 for the seeds 0, 1"
        ):
            train(constant(Term("kink", Kink()), dopesheet=LATE_KINK), (0, 1))

    def test_do_not_matter_where_the_weight_is_0(self):
        term = Term("cliff", Cliff(-2.0))
        assert train(constant(term, weight=0.0, steps=3), [0]).history.sel(term="cliff").isnull().all()

    def test_are_no_bad_input(self):
        """A ValueError is the caller's fault; this is the run's."""
        assert not issubclass(TrainingError, ValueError)

    def test_leave_the_next_run_as_it_would_have_been(self, four):
        with pytest.raises(TrainingError):
            train(constant(rate=1e30, steps=5), [0])
        assert same_bits(train(SHORT, [2]), four, [2])


class TestSeeds:
    @pytest.mark.parametrize(
        ("seeds", "message"),
        [
            ([], "no seeds to train: give at least one whole number, for example range(32)"),
            (32, "the seeds 32: give all of them, for example range(32)"),
            ([0, 1, 1, 2, 0], "more than once among the seeds: 0, 1; a seed is one model, for example range(32)"),
            ([0, -1], "the seed -1: every seed must be a whole number, 0 or above, for example range(32)"),
            ([1.0], "the seed 1.0: every seed must be a whole number"),
            ([True], "the seed True: every seed must be a whole number"),
            (["0"], "the seed '0': every seed must be a whole number"),
            ([None], "the seed None: every seed must be a whole number"),
        ],
        ids=["none", "a number", "twice", "negative", "float", "bool", "text", "nothing"],
    )
    def test_that_are_none(self, seeds, message):
        with pytest.raises(SeedError, match=re.escape(message)):
            train(SHORT, seeds)
        assert issubclass(SeedError, ValueError)

    def test_in_place_of_the_experiment(self):
        with pytest.raises(ExperimentError, match=r"range\(0, 4\) is no Experiment: give one and its seeds"):
            train(range(4), SHORT)


if __name__ == "__main__":
    print(*recorded(excolor.train(SHORT, (0, 1))), sep="\n")
