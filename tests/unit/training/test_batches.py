"""A seed's batches and labels: the published draws in number and frequency, and the same in every condition."""

import math
from collections import Counter
from itertools import islice

import numpy as np
import pytest
import torch
from scipy.stats import binom

from excolor.colors import ColorError, redness, rgb_cube, training_cube
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import DESATURATED, RED, VIBRANT, Label, SoftLabel, draw
from excolor.conditions.regularizers import Unitarity
from excolor.conditions.stacking import plan
from excolor.experiments import EX_2_8, EX_2_9, EX_2_10
from excolor.numerics.sampling import WeightedSampler
from excolor.numerics.streams import stream
from excolor.schedule.dopesheet import Dopesheet
from excolor.training import batches as of_batches
from excolor.training import initial_weights
from excolor.training.batches import batches, epochs

EPOCH = 57
SEEDS = tuple(range(32))
ALL_LABELS = Experiment(
    name="all labels",
    data=training_cube,
    dopesheet=Dopesheet.parse("STEP,lr,red,vibrant,desaturated\n0,0,0,0,0"),
    terms=tuple(Term(label.name, Unitarity(), label=label) for label in (RED, VIBRANT, DESATURATED)),
    bottleneck=3,
    nonlinear=1,
)


def epoch(experiment, seeds):
    """The colors `[S, 3600, 3]` of the first epoch, and the labels by name `[S, 3600]`."""
    first = list(islice(batches(plan([experiment]), seeds), EPOCH))
    return (
        torch.cat([batch.colors for batch in first], dim=-1).mT.numpy(),
        {name: torch.cat([batch.labels[name] for batch in first], dim=-1).numpy() for name in first[0].labels},
    )


def equal(one, other):
    """The same colors, and the same labels where both have them, bit for bit."""
    shared = one.labels.keys() & other.labels.keys()
    return torch.equal(one.colors, other.colors) and all(torch.equal(one.labels[k], other.labels[k]) for k in shared)


@pytest.fixture(scope="module")
def drawn():
    return epoch(ALL_LABELS, SEEDS)


def test_weights_rows_and_each_label_have_a_stream_of_their_own(monkeypatch):
    """Drawn from one stream, the weights of a seed would go with its batches, and one label with another."""
    begun = Counter()

    def noted(seed, purpose):
        begun[seed, purpose] += 1
        return stream(seed, purpose)

    for module in (initial_weights, of_batches):
        monkeypatch.setattr(module, "stream", noted)
    initial_weights.initial_parameters(ALL_LABELS.architecture, (3, 1))
    list(islice(batches(plan([ALL_LABELS]), (3, 1)), EPOCH + 1))
    purposes = ("weights", "rows", "label:red", "label:vibrant", "label:desaturated")
    assert begun == {(seed, purpose): 1 for seed in (3, 1) for purpose in purposes}


def test_repeated_for_conditions_each_has_all_seeds_in_their_order():
    (batch,) = islice(batches(plan([ALL_LABELS]), (3, 1)), 1)
    thrice = batch.repeated(3)
    for at in range(3):
        members = slice(2 * at, 2 * at + 2)
        assert all((share[members] == batch.shares[name]).all() for name, share in thrice.shares.items())
    assert torch.equal(thrice.colors, batch.colors)
    assert (batch.shares["desaturated"][0] != batch.shares["desaturated"][1]).any()


class TestEpochs:
    def test_are_57_batches_the_last_of_16_rows(self):
        sizes = [batch.colors.shape for batch in islice(batches(plan([EX_2_10]), (0, 1)), 2 * EPOCH + 1)]
        assert sizes == [*[(2, 3, 64)] * 56, (2, 3, 16)] * 2 + [(2, 3, 64)]

    def test_labels_have_one_number_for_each_row(self):
        for batch in islice(batches(plan([EX_2_9]), (0, 1)), EPOCH):
            for label in batch.labels.values():
                assert label.shape == (2, batch.colors.shape[-1])
                assert set(label.unique().tolist()) <= {0, 1}

    def test_differ_from_one_to_the_next(self):
        every = list(islice(batches(plan([EX_2_10]), (0,)), EPOCH + 1))
        assert not equal(every[0], every[1])
        assert not equal(every[0], every[EPOCH])

    def test_a_cube_that_is_a_whole_number_of_batches_has_no_rest(self):
        even = ALL_LABELS.replace(data=lambda: rgb_cube(*[np.linspace(0, 1, 4)] * 3), batch=32)
        assert {batch.colors.shape for batch in islice(batches(plan([even]), (0,)), 5)} == {(1, 3, 32)}

    def test_size_of_a_batch_only_moves_the_cuts(self):
        whole = next(batches(plan([EX_2_9.replace(batch=3600)]), (0, 5)))
        colors, labels = epoch(EX_2_9, (0, 5))
        assert np.array_equal(colors, whole.colors.mT)
        assert all(np.array_equal(labels[name], whole.labels[name]) for name in ("red", "desaturated"))


class TestWholeCube:
    WHOLE = ALL_LABELS.replace(data=lambda: rgb_cube([0, 1], [0, 0.5, 1], [0.25]), batch="all")

    def test_every_step_has_every_color_once_in_its_order(self):
        expected = [[r, g, 0.25] for r in (0, 1) for g in (0, 0.5, 1)]
        for batch in islice(batches(plan([self.WHOLE]), (0, 7)), 3):
            assert batch.colors.mT.tolist() == [expected, expected]

    def test_labels_are_drawn_anew(self):
        label = Label("any", scale=0.5, concept=lambda rgb: np.ones(np.shape(rgb)[:-1]), power=1)
        labeled = self.WHOLE.replace(
            dopesheet=Dopesheet.parse("STEP,lr,any\n0,0,0"), terms=(Term("any", Unitarity(), label=label),)
        )
        borne = torch.stack([batch.labels["any"] for batch in islice(batches(plan([labeled]), (0, 1)), 200)])
        assert borne.mean() == pytest.approx(0.5, abs=4 * 0.5 / 2400**0.5)
        assert len({tuple(step) for step in borne[:, 0].tolist()}) > 1


class TestSideBySide:
    def test_labels_of_all_conditions_are_drawn_as_alone(self):
        both = [islice(batches(plan(conditions), (3,)), 3) for conditions in ([EX_2_9], [EX_2_10, EX_2_9])]
        for alone, together in zip(*both, strict=True):
            assert equal(alone, together)
            assert together.labels.keys() == {"red", "desaturated"}

    def test_repeated_for_each_condition(self):
        batch = next(batches(plan([EX_2_9]), (0, 1)))
        twice = batch.repeated(2)
        assert torch.equal(twice.labels["red"], torch.cat([batch.labels["red"]] * 2))


def first_batch(cube, **changes):
    return next(batches(plan([ALL_LABELS.replace(data=lambda: cube, **changes)]), (0, 1)))


class TestCubes:
    """Are read by name: however they are transposed, the same colors are drawn."""

    CUBE = rgb_cube(*[np.linspace(0, 1, 4)] * 3)

    @pytest.mark.parametrize("batch", [16, "all"])
    def test_in_any_order_are_one(self, batch):
        weighted = self.CUBE.assign(bias=self.CUBE["r"] + 2 * self.CUBE["g"] + 0 * self.CUBE["b"])
        expected = first_batch(weighted, batch=batch)
        for other in (
            weighted.transpose("channel", "r", "g", "b"),
            weighted.transpose("b", "g", "channel", "r"),
            weighted.assign(bias=weighted["bias"].transpose("g", "b", "r")),
            weighted.sel(channel=["b", "g", "r"]),
        ):
            assert equal(expected, first_batch(other, batch=batch))

    def test_of_any_size_are_drawn(self):
        """This one takes more numbers for a seed than are drawn at once for several."""
        large = rgb_cube(*[np.linspace(0, 1, 26)] * 3)
        assert large["bias"].size > of_batches.AT_ONCE
        assert first_batch(large, batch=20_000).colors.shape == (2, 3, 26**3)

    @pytest.mark.parametrize("batch", [16, "all"])
    def test_that_cannot_be_read_are_refused(self, batch):
        for cube in (self.CUBE[["color"]], self.CUBE["color"], self.CUBE.assign(color=self.CUBE["color"] * 255)):
            with pytest.raises(ColorError, match="for example"):
                first_batch(cube, batch=batch)


class TestRows:
    def test_are_colors_of_the_cube_as_its_bias_has_them(self, drawn):
        cube = training_cube()
        colors, sampler = cube["color"].values.reshape(-1, 3), WeightedSampler(cube["bias"].values.ravel())
        for seed in SEEDS:
            expected = colors[sampler.rows(stream(seed, "rows").random(3600))].astype(np.float32)
            np.testing.assert_array_equal(drawn[0][seed], expected)

    def test_frequencies_of_the_purest_colors(self, drawn):
        """Published: .0011 of the draws are black, .001075 pure red, .0387 vibrant."""
        colors = drawn[0].reshape(-1, 3)
        counts = {
            0.001075: (colors == (1, 0, 0)).all(1).sum(),
            0.0387: ((colors.max(1) == 1) & (colors.min(1) == 0)).sum(),
            1 / 930: (colors == 0).all(1).sum(),
        }
        for probability, count in counts.items():
            low, high = binom.interval(0.999, len(colors), probability)
            assert low <= count <= high


class TestLabels:
    @pytest.mark.parametrize(
        ("label", "frequency"), [("red", 0.002424), ("vibrant", 0.01936), ("desaturated", 0.03047)]
    )
    def test_frequencies(self, drawn, label, frequency):
        labels = drawn[1][label]
        low, high = binom.interval(0.999, labels.size, frequency)
        assert low <= labels.sum() <= high

    def test_most_batches_have_no_red(self):
        """Published: 85.6 % of them."""
        ten_epochs = islice(batches(plan([EX_2_10]), SEEDS), 10 * EPOCH)
        full = [batch.labels["red"] for batch in ten_epochs if batch.colors.shape[-1] == 64]
        none = torch.stack(full).amax(-1) == 0
        low, high = binom.interval(0.999, none.numel(), 0.856)
        assert low <= none.sum() <= high

    def test_pure_red_bears_its_label_every_second_time(self, drawn):
        red = (drawn[0] == (1, 0, 0)).all(-1)
        low, high = binom.interval(0.999, red.sum(), 0.5)
        assert low <= drawn[1]["red"][red].sum() <= high

    def test_belong_to_the_rows_they_stand_at(self, drawn):
        """What bears a label is likely to; after a mix-up of rows it would be as likely as any."""
        colors, labels = drawn
        for label in (RED, VIBRANT, DESATURATED):
            likely = label.probability(colors)
            assert likely[labels[label.name] == 1].mean() > 5 * likely.mean()

    def test_soft_share_is_that_of_a_row_in_a_mean_by_probability(self):
        red = SoftLabel("soft red", scale=0.5, concept=redness, power=10)
        soft = ALL_LABELS.replace(
            terms=(Term("red", Unitarity(), label=red),), dopesheet=Dopesheet.parse("STEP,lr,red\n0,0,0")
        )
        batch = next(batches(plan([soft]), (0,)))
        borne = red.probability(batch.colors[0].T.numpy().astype(np.float64))
        share = np.array(batch.shares["soft red"][0], np.float64)
        assert share == pytest.approx(borne / (math.fsum(borne) + 1e-8), rel=1e-4)

    @pytest.mark.parametrize("size", [64, 7, 5000, "all"])
    def test_of_a_class_of_its_own_has_the_same_shares(self, size):
        """For seven seeds, more than are drawn for at a time; of several epochs."""

        class Own(Label):
            def borne(self, probability, uniforms):
                return draw(probability, uniforms)

        drawn, asked = (
            ALL_LABELS.replace(
                terms=tuple(
                    Term(each.name, Unitarity(), label=kind(each.name, scale=0.5, concept=each.concept, power=10))
                    for each in (RED, VIBRANT, DESATURATED)
                ),
                batch=size,
            )
            for kind in (Label, Own)
        )
        both = zip(*(epochs(plan([condition]), tuple(range(7))) for condition in (drawn, asked)), strict=True)
        for one, other in islice(both, 3):
            assert np.array_equal(one.shares, other.shares)
            assert np.array_equal(one.borne, other.borne)
            assert np.array_equal(one.borne[:, :, 0], (one.shares[:, :, : one.size] != 0).any(2))

    @pytest.mark.parametrize("size", [64, 7, 3600, 5000, "all"])
    def test_share_in_a_mean_is_one_of_as_many_as_bear_them(self, size):
        """None in a batch without them; in the rest at an epoch's end of its own, fewer rows."""
        met = set()
        for batch in islice(batches(plan([ALL_LABELS.replace(batch=size)]), (0, 1)), 515):
            for shares in batch.shares.values():
                for row in shares:
                    bearers = np.count_nonzero(row)
                    assert set(row[row > 0].tolist()) <= {np.float32(1) / np.float32(max(bearers, 1))}
                    met.add(bearers)
        assert len(met) > 2

    def test_of_one_row_are_independent(self, drawn):
        """Pure red is both red and vibrant every fourth time; drawn by the same numbers, it would be every second."""
        red, vibrant = drawn[1]["red"] == 1, drawn[1]["vibrant"] == 1
        pure = (drawn[0] == (1, 0, 0)).all(-1)
        both = (red & vibrant)[pure].sum()
        low, high = binom.interval(0.999, pure.sum(), 0.25)
        assert low <= both <= high


class TestPairing:
    @pytest.mark.parametrize(
        "condition",
        [
            EX_2_8,
            EX_2_9,
            EX_2_10.without("reg-unit"),
            EX_2_10.without("reg-anchor"),
            EX_2_10.unregularized(),
            EX_2_10.replace(bottleneck=4, hidden=10),
            ALL_LABELS,
        ],
        ids=lambda condition: condition.name,
    )
    def test_a_seed_draws_the_same_in_every_condition(self, condition):
        pairs = zip(batches(plan([condition]), (3, 8)), batches(plan([EX_2_10]), (3, 8)), strict=True)
        assert all(equal(one, other) for one, other in islice(pairs, EPOCH + 2))

    def test_labels_that_are_asked_for(self):
        assert next(batches(plan([EX_2_9]), (0,))).labels.keys() == {"red", "desaturated"}
        assert next(batches(plan([EX_2_10]), (0,))).labels.keys() == {"red"}
        assert next(batches(plan([EX_2_10.without("reg-anchor")]), (0,))).labels == {}

    def test_seeds_differ(self, drawn):
        colors, labels = drawn
        for other in SEEDS[1:]:
            assert (colors[0] == colors[other]).all(-1).mean() < 0.02
            assert not np.array_equal(labels["desaturated"][0], labels["desaturated"][other])

    def test_a_seed_draws_the_same_among_others(self, drawn):
        colors, labels = drawn
        for chosen in [(5,), (9, 0, 31)]:
            alone_colors, alone_labels = epoch(ALL_LABELS, chosen)
            assert np.array_equal(alone_colors, colors[list(chosen)])
            assert all(np.array_equal(alone_labels[name], labels[name][list(chosen)]) for name in labels)
