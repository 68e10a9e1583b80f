"""Interventions on latents: geometry by hand, properties of any vector, and models that stay as they are."""

import math
import re

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import assume, given
from hypothesis import strategies as st

from excolor.colors import rgb_cube
from excolor.conditions.architecture import Architecture
from excolor.edits.deletion import DimensionError, ablate, answering, prune
from excolor.edits.falloffs import BezierMapper, BoundedFalloff, LinearMapper
from excolor.edits.interventions import (
    AxisAlignedSuppression,
    Intervention,
    InterventionError,
    Reflection,
    Repulsion,
    Suppression,
    intervene,
)
from excolor.ensemble import Ensemble, split
from excolor.measures import evaluation
from excolor.measures.errors import reconstruction_error
from excolor.measures.evaluation import reconstruct
from excolor.numerics.layers import Affine
from excolor.numerics.streams import stream

RED = (1.0, 0.0, 0.0, 0.0)
COS30 = math.sqrt(3) / 2
COLORS = rgb_cube(*[np.linspace(0, 1, 7)] * 3)["color"].values
SEEDS = (4, 0, 9)
REMOVAL = BoundedFalloff(0, 1, 0)
FALLOFFS = (REMOVAL, BoundedFalloff(0, 0.5, 2), BoundedFalloff(0.5, 1), BoundedFalloff(0.2, 0.7, 3))
MAPPERS = (
    LinearMapper(0, 0.5),
    BezierMapper(0, 0.5, end_slope=0.2),
    LinearMapper(0.5, COS30),
    BezierMapper(0.5, COS30),
)
ROUNDING = 1e-12
"""Some thousand roundings of a number near 1 in double precision."""


def latents(ensemble, colors):
    """Those that are measured, as a tensor."""
    return torch.from_numpy(evaluation.latents(ensemble, colors).values)


def untrained(seeds=SEEDS, architecture=None):
    """Models of random weights, that answer with grays and beyond."""
    architecture = architecture or Architecture(4, 1, 6)
    drawn = np.stack([stream(seed, "untrained").normal(0, 0.7, architecture.parameters) for seed in seeds])
    drawn[:, -3:] = 0.5
    history = xr.DataArray(drawn[:, :2], dims=("seed", "step"), coords={"seed": list(seeds)})
    return Ensemble(*split(torch.from_numpy(drawn).float(), architecture), tuple(seeds), history)


def bits(ensemble):
    layers = ensemble.encoder + ensemble.decoder
    return [tensor.numpy().tobytes() for layer in layers for tensor in (layer.weight, layer.bias)]


def edited(intervention, *x):
    return intervention(torch.tensor(x, dtype=torch.float64)).tolist()


def cosine(x, v):
    return float(np.dot(x, v) / np.linalg.norm(x) / np.linalg.norm(v))


@st.composite
def pairs(draw):
    """A vector x and a unit vector v of as many dimensions, neither parallel nor nearly so."""
    width = draw(st.integers(2, 5))
    coordinates = st.lists(st.floats(-1, 1), min_size=width, max_size=width)
    x, v = np.array(draw(coordinates)), np.array(draw(coordinates))
    assume(np.linalg.norm(x) > 0.1 and np.linalg.norm(v) > 0.1)
    v /= np.linalg.norm(v)
    assume(np.linalg.norm(x - (x @ v) * v) > 1e-3)
    return x, v


def normalized(pair):
    x, v = pair
    return x / np.linalg.norm(x), v


unit_pairs = pairs().map(normalized)
falloffs, mappers = st.sampled_from(FALLOFFS), st.sampled_from(MAPPERS)


class TestSuppression:
    def test_by_hand(self):
        half = Suppression(RED, BoundedFalloff(0, 0.5, 2))
        assert edited(half, 1, 0, 0, 0) == [0.5, 0, 0, 0]
        assert edited(half, 0.5, 0.1, -0.7, 0.5) == [0.4375, 0.1, -0.7, 0.5]
        assert edited(half, -0.5, 0.1, -0.7, 0.5) == [-0.5, 0.1, -0.7, 0.5]

    @given(pairs())
    def test_removal_leaves_nothing_on_the_side_of_the_direction(self, pair):
        x, v = pair
        assert np.dot(edited(Suppression(tuple(v), REMOVAL), *x), v) <= ROUNDING

    @given(pairs(), falloffs)
    def test_the_part_across_is_untouched(self, pair, falloff):
        x, v = pair
        after = np.array(edited(Suppression(tuple(v), falloff), *x))
        np.testing.assert_allclose(after - (after @ v) * v, x - (x @ v) * v, atol=ROUNDING)

    @given(unit_pairs, falloffs)
    def test_vectors_outside_the_zone_are_untouched(self, pair, falloff):
        x, v = pair
        suppression = Suppression(tuple(v), falloff)
        changed = edited(suppression, *x) != x.tolist()
        angle = math.degrees(math.acos(np.clip(cosine(x, v), -1, 1)))
        assert not changed or angle < suppression.zone + 1e-6

    @given(pairs(), falloffs)
    def test_never_turns_a_vector_over_to_the_other_side(self, pair, falloff):
        x, v = pair
        after = np.dot(edited(Suppression(tuple(v), falloff), *x), v)
        assert min(np.dot(x, v), 0) - ROUNDING <= after <= np.dot(x, v) + ROUNDING

    @given(pairs())
    def test_removal_twice_is_removal_once(self, pair):
        x, v = pair
        removal = Suppression(tuple(v), REMOVAL)
        once = edited(removal, *x)
        np.testing.assert_allclose(edited(removal, *once), once, atol=ROUNDING)

    def test_half_a_removal_twice_is_more_than_once(self):
        half = Suppression(RED, BoundedFalloff(0, 0.5, 0))
        assert edited(half, *edited(half, *RED)) == [0.25, 0, 0, 0]


class TestRepulsion:
    def test_by_hand(self):
        """At 60 degrees, m(1/2) = 1/4: to the cosine of 1/4, on the same side."""
        repulsion = Repulsion(RED, LinearMapper(0, 0.5))
        after = edited(repulsion, 0.5, 0, -math.sqrt(0.75), 0)
        assert after == pytest.approx([0.25, 0, -math.sqrt(15) / 4, 0])

    @given(unit_pairs, mappers)
    def test_keeps_unit_length(self, pair, mapper):
        x, v = pair
        assert np.linalg.norm(edited(Repulsion(tuple(v), mapper), *x)) == pytest.approx(1, abs=ROUNDING)

    @given(pairs(), st.sampled_from(MAPPERS[:2]))
    def test_gives_unit_length_to_what_it_turns(self, pair, mapper):
        x, v = pair
        assume(x @ v > 1e-6)
        assert np.linalg.norm(edited(Repulsion(tuple(v), mapper), *x)) == pytest.approx(1, abs=ROUNDING)

    @given(unit_pairs, mappers)
    def test_stays_in_the_plane_and_on_the_side_of_the_vector(self, pair, mapper):
        x, v = pair
        after = np.array(edited(Repulsion(tuple(v), mapper), *x))
        u = x - (x @ v) * v
        u /= np.linalg.norm(u)
        # The roundings of x are blown up by as much as its part across v is short, 1000 at most.
        np.testing.assert_allclose(after, (after @ v) * v + (after @ u) * u, atol=1000 * ROUNDING)
        assert after @ u > 0

    @given(unit_pairs, mappers)
    def test_turns_away_and_leaves_a_hole(self, pair, mapper):
        x, v = pair
        repulsion = Repulsion(tuple(v), mapper)
        after = cosine(edited(repulsion, *x), v)
        assert after <= cosine(x, v) + 1e-8  # the height that a Bezier mapper leaves open
        assert after <= math.cos(math.radians(repulsion.hole)) + 1e-8

    @given(unit_pairs, mappers)
    def test_vectors_outside_the_zone_are_untouched(self, pair, mapper):
        x, v = pair
        repulsion = Repulsion(tuple(v), mapper)
        changed = edited(repulsion, *x) != x.tolist()
        angle = math.degrees(math.acos(np.clip(cosine(x, v), -1, 1)))
        assert not changed or angle < repulsion.zone + 1e-6

    @pytest.mark.parametrize(
        ("direction", "expected"),
        [
            (RED, [0.5, COS30, 0, 0]),
            ((0, 0, 1), [COS30, 0, 0.5]),
            ((0, -1), [COS30, -0.5]),
            ((3, 4), [0.3 + 0.8 * COS30, 0.4 - 0.6 * COS30]),
        ],
    )
    def test_a_parallel_vector_goes_to_the_least_axis(self, direction, expected):
        repulsion = Repulsion(direction, LinearMapper(0, 0.5))
        assert edited(repulsion, *repulsion.direction) == pytest.approx(expected, abs=ROUNDING)

    def test_a_nearly_parallel_vector_keeps_its_side(self):
        repulsion = Repulsion(RED, LinearMapper(0, 0.5))
        assert edited(repulsion, 1, 0, 0, -1e-7) == pytest.approx([0.5, 0, 0, -COS30], abs=1e-6)
        assert edited(repulsion, 1, 0, 0, -1e-9) == pytest.approx([0.5, COS30, 0, 0])

    def test_a_nearly_parallel_vector_of_single_precision_is_turned_as_well_as_any(self):
        """Its part across the direction has few digits, yet the result is a unit vector at the hole's edge."""
        v = np.array([0.6, -0.3, 0.7, 0.24])
        v /= np.linalg.norm(v)
        near = torch.from_numpy(v + stream(0, "near").normal(0, 1e-7, (200, 4))).float()
        after = Repulsion(tuple(v), LinearMapper(0, 0.5))(near).numpy().astype(np.float64)
        # Some roundings of a number near 1 in single precision.
        np.testing.assert_allclose(np.linalg.norm(after, axis=1), 1, atol=3e-7)
        np.testing.assert_allclose(after @ v, 0.5, atol=3e-7)

    def test_the_opposite_vector_is_untouched(self):
        assert edited(Repulsion(RED, LinearMapper(0, 0.5)), -1, 0, 0, 0) == [-1, 0, 0, 0]

    @given(unit_pairs)
    def test_out_of_the_zone_once_is_out_for_good(self, pair):
        """A mapper whose limit is next to its start turns everything out of the zone, and then leaves it alone."""
        x, v = pair
        repulsion = Repulsion(tuple(v), LinearMapper(0.5, 0.5 + 1e-9))
        once = edited(repulsion, *x)
        np.testing.assert_allclose(edited(repulsion, *once), once, atol=1e-8)


class TestReflection:
    def test_by_hand(self):
        assert edited(Reflection(RED), *RED) == [-1, 0, 0, 0]
        assert edited(Reflection(RED), 0.5, 0.1, -0.7, 0.5) == [-0.5, 0.1, -0.7, 0.5]
        assert edited(Reflection(RED), -0.5, 0.1, -0.7, 0.5) == [-0.5, 0.1, -0.7, 0.5]
        assert edited(Reflection((3, 4)), 1, 0) == pytest.approx([0.28, -0.96])

    @given(pairs())
    def test_turns_alignment_over_and_nothing_else(self, pair):
        x, v = pair
        after = np.array(edited(Reflection(tuple(v)), *x))
        assert after @ v == pytest.approx(-abs(x @ v), abs=ROUNDING)
        assert np.linalg.norm(after) == pytest.approx(np.linalg.norm(x), abs=ROUNDING)
        np.testing.assert_allclose(after - (after @ v) * v, x - (x @ v) * v, atol=ROUNDING)


class TestAxisAlignedSuppression:
    @given(st.lists(st.floats(-1, 1), min_size=4, max_size=4))
    def test_zeroes_and_leaves_the_rest(self, x):
        assert edited(AxisAlignedSuppression((0, 2)), *x) == [0, x[1], 0, x[3]]

    def test_does_not_write_into_what_it_is_given(self):
        z = torch.ones(2, 3, 4, dtype=torch.float64)
        AxisAlignedSuppression((1,))(z)
        assert (z == 1).all()


class TestZone:
    @pytest.mark.parametrize(("start", "zone"), [(0, 90), (0.5, 60), (COS30, 30)])
    def test_is_the_angle_of_the_start(self, start, zone):
        assert Suppression(RED, BoundedFalloff(start, 1)).zone == pytest.approx(zone)
        assert Repulsion(RED, LinearMapper(start, 0.9)).zone == pytest.approx(zone)

    def test_hole_is_the_angle_of_the_limit(self):
        assert Repulsion(RED, BezierMapper(0, 0.5)).hole == pytest.approx(60)
        assert Repulsion(RED, LinearMapper(0, math.cos(math.radians(89)))).hole == pytest.approx(89)

    @pytest.mark.parametrize(
        "intervention", [Suppression(RED, f) for f in FALLOFFS] + [Repulsion(RED, m) for m in MAPPERS]
    )
    def test_is_where_a_turning_vector_begins_to_be_changed(self, intervention):
        angles = np.radians(np.arange(0.5, 180))
        turning = [(math.cos(angle), math.sin(angle), 0, 0) for angle in angles]
        changed = [edited(intervention, *x) != list(x) for x in turning]
        assert changed == [angle < math.radians(intervention.zone) for angle in angles]


class TestDescriptions:
    def test_directions_are_kept_as_unit_vectors(self):
        assert Suppression((3, 0, 4), REMOVAL).direction == (0.6, 0.0, 0.8)
        assert Suppression((2, 0), REMOVAL) == Suppression((1.0, 0.0), REMOVAL)

    def test_hash_by_content(self):
        assert len({Repulsion(RED, LinearMapper(0, 0.5)), Repulsion([2, 0, 0, 0], LinearMapper(0, 0.5))}) == 1
        assert Repulsion(RED, LinearMapper(0, 0.5)) != Repulsion(RED, BezierMapper(0, 0.5))

    def test_single_precision_in_is_single_precision_out(self):
        for intervention in (Suppression(RED, REMOVAL), Repulsion(RED, MAPPERS[0]), AxisAlignedSuppression((0,))):
            assert intervention(torch.ones(5, 4)).dtype == torch.float32

    def test_a_formula_of_ones_own_is_given_double_precision(self):
        class Kept(Intervention):
            def edit(self, z):
                assert z.dtype == torch.float64
                return z

        assert Kept()(torch.ones(5, 4)).dtype == torch.float32

    def test_without_a_formula(self):
        with pytest.raises(NotImplementedError, match=re.escape("Intervention has no formula: define edit(self, z)")):
            Intervention()(torch.ones(4))


class TestIntervene:
    """On models whose latents are known: before an intervention, and by hand after it."""

    suppression = Suppression((1, 1, 0, 0), BoundedFalloff(0, 1))
    repulsion = Repulsion(RED, LinearMapper(0, 0.5))

    def test_latents_are_those_after_the_intervention(self):
        before, after = latents(untrained(), COLORS), latents(intervene(untrained(), self.repulsion), COLORS)
        assert torch.equal(after, self.repulsion(before))
        assert not torch.equal(after, before)

    def test_the_decoder_reads_them(self):
        """As when the colors are encoded by hand, edited, and decoded by a model that is all decoder."""
        ensemble = untrained()
        edited = latents(intervene(ensemble, self.suppression), COLORS)
        hidden = torch.nn.functional.gelu(
            edited.flatten(1, 3) @ ensemble.decoder[0].weight.mT + ensemble.decoder[0].bias.unsqueeze(1)
        )
        expected = hidden @ ensemble.decoder[1].weight.mT + ensemble.decoder[1].bias.unsqueeze(1)
        rebuilt = reconstruct(intervene(ensemble, self.suppression), COLORS).flatten(1, 3)
        torch.testing.assert_close(rebuilt, expected.clamp(0, 1), rtol=0, atol=1e-5)

    def test_on_the_encoder_acts_before_normalization(self):
        raw = torch.stack([self.raw(layer) for layer in range(len(SEEDS))])
        expected = torch.nn.functional.normalize(self.suppression(raw), dim=-1)
        after = latents(intervene(untrained(), self.suppression, layer="encoder"), COLORS)
        torch.testing.assert_close(after, expected, rtol=0, atol=1e-5)

    @staticmethod
    def raw(seed):
        (first, last), x = untrained().encoder, torch.from_numpy(COLORS).float()
        hidden = torch.nn.functional.gelu(x @ first.weight[seed].mT + first.bias[seed])
        return hidden @ last.weight[seed].mT + last.bias[seed]

    def test_one_after_the_other(self):
        before = latents(untrained(), COLORS)
        both = intervene(untrained(), self.suppression, self.repulsion)
        in_turn = intervene(intervene(untrained(), self.suppression), self.repulsion)
        turned = intervene(untrained(), self.repulsion, self.suppression)
        expected = self.repulsion(self.suppression(before))
        assert torch.equal(latents(both, COLORS), expected)
        assert torch.equal(latents(in_turn, COLORS), expected)
        assert not torch.equal(latents(turned, COLORS), expected)

    def test_those_on_the_encoder_come_first(self):
        late = intervene(intervene(untrained(), self.repulsion), self.suppression, layer="encoder")
        early = intervene(intervene(untrained(), self.suppression, layer="encoder"), self.repulsion)
        assert torch.equal(latents(late, COLORS), latents(early, COLORS))
        assert torch.equal(reconstruct(late, COLORS), reconstruct(early, COLORS))

    @pytest.mark.parametrize("layer", ["encoder", "bottleneck"])
    def test_leaves_the_model_alone(self, layer):
        ensemble = untrained()
        before = bits(ensemble), reconstruct(ensemble, COLORS)
        carrying = intervene(ensemble, self.suppression, self.repulsion, layer=layer)
        reconstruct(carrying, COLORS)
        assert (bits(ensemble), ensemble.edits) == (before[0], ())
        for affine in carrying.encoder + carrying.decoder:
            affine.weight.fill_(7)
            affine.bias.fill_(7)
        assert bits(ensemble) == before[0]
        assert torch.equal(reconstruct(ensemble, COLORS), before[1])

    def test_changes_no_weight_of_the_copy(self):
        assert bits(intervene(untrained(), self.repulsion)) == bits(untrained())

    def test_an_intervention_that_never_acts_changes_no_bit(self):
        """Opposite to where all latents lie."""
        ensemble = untrained()
        ensemble.encoder[-1].weight.zero_()
        ensemble.encoder[-1].bias.copy_(torch.tensor([-1.0, 0.25, 0.5, 0]))
        for idle in (Suppression(RED, REMOVAL), self.repulsion, Reflection(RED), AxisAlignedSuppression((3,))):
            assert torch.equal(latents(intervene(ensemble, idle), COLORS), latents(ensemble, COLORS))
            assert torch.equal(reconstruct(intervene(ensemble, idle), COLORS), reconstruct(ensemble, COLORS))

    def test_errors_are_measured_under_it(self):
        cube = rgb_cube([0, 1], [0, 1], [0, 1])
        plain, carrying = (
            reconstruction_error(e, cube) for e in (untrained(), intervene(untrained(), self.suppression))
        )
        assert carrying.dims == plain.dims
        assert (carrying != plain).any()

    @pytest.mark.parametrize("layer", ["encoder", "bottleneck"])
    @pytest.mark.parametrize(
        "intervention",
        [
            Suppression((1, -2, 3, 0.5), BoundedFalloff(0, 0.9, 3)),
            Repulsion((1, -2, 3, 0.5), BezierMapper(0.1, 0.5)),
            Reflection((1, -2, 3, 0.5)),
            AxisAlignedSuppression((0, 2)),
        ],
        ids=lambda intervention: type(intervention).__name__,
    )
    def test_a_seed_has_the_same_bits_alone_as_among_32(self, intervention, layer):
        many = intervene(untrained(range(32)), intervention, layer=layer)
        alone = intervene(untrained((5,)), intervention, layer=layer)
        for evaluate in (reconstruct, latents):
            assert torch.equal(evaluate(many, COLORS)[5], evaluate(alone, COLORS)[0])


class TestWithSurgery:
    suppression = Suppression((0.6, 0, 0, 0.8), BoundedFalloff(0, 1))

    def test_ablation_before_and_after_are_one(self):
        one = intervene(ablate(untrained(), 1), self.suppression)
        other = ablate(intervene(untrained(), self.suppression), 1)
        assert bits(one) == bits(other)
        assert one.edits == other.edits
        assert torch.equal(reconstruct(one, COLORS), reconstruct(other, COLORS))

    def test_on_a_pruned_model(self):
        """As on the ablated one, where the direction has no part in what was deleted."""
        pruned = intervene(prune(untrained(), 1), Suppression((0.6, 0, 0.8), BoundedFalloff(0, 1)))
        ablated = intervene(ablate(untrained(), 1), self.suppression)
        torch.testing.assert_close(reconstruct(pruned, COLORS), reconstruct(ablated, COLORS), rtol=0, atol=1e-5)

    def test_pruning_beneath_is_refused(self):
        message = "cannot prune beneath interventions, here AxisAlignedSuppression(dims=(0,)): prune first"
        with pytest.raises(DimensionError, match=re.escape(message)):
            prune(intervene(untrained(), AxisAlignedSuppression((0,))), 1)

    def test_axis_aligned_is_ablation_without_the_stretching(self):
        suppressed = latents(intervene(untrained(), AxisAlignedSuppression((0, 2))), COLORS)
        ablated = latents(ablate(untrained(), [0, 2]), COLORS)
        torch.testing.assert_close(torch.nn.functional.normalize(suppressed, dim=-1), ablated, rtol=0, atol=1e-5)

    def test_a_gray_answer_is_gray_under_an_intervention(self):
        gray = intervene(answering(untrained(), (0.5, 0.5, 0.5)), self.suppression)
        assert (reconstruct(gray, COLORS) == 0.5).all()


class TestRefusals:
    @pytest.mark.parametrize(
        ("direction", "message"),
        [
            ((0, 0, 0), "Suppression has the direction (0, 0, 0), of length 0: its coordinates must be finite and not"),
            ((1, math.inf), "the direction (1, inf), of length inf: its coordinates must be finite"),
            ((1, math.nan), "the direction (1, nan), of length nan: its coordinates must be finite"),
            ((), "the direction (), of length 0: its coordinates must be finite"),
            (0, "Suppression has the direction 0: give its coordinates, for example (1.0, 0.0, 0.0, 0.0)"),
            ("red", "Suppression has the direction 'red': give its coordinates"),
        ],
        ids=repr,
    )
    def test_direction(self, direction, message):
        with pytest.raises(InterventionError, match=re.escape(message)):
            Suppression(direction, REMOVAL)

    @pytest.mark.parametrize(
        "direction", [("1", 0, 0), (None, 0), (True, 0), [(1, 0), (0, 1)], (1j, 0), (10**400, 0)], ids=repr
    )
    def test_coordinates_that_are_no_numbers(self, direction):
        message = (
            f"Suppression has the direction {direction!r}: its coordinates must be numbers, for example (1.0, 0.0,"
        )
        with pytest.raises(InterventionError, match=re.escape(message)):
            Suppression(direction, REMOVAL)

    @pytest.mark.parametrize("falloff", [BezierMapper(0, 0.5), LinearMapper(0, 0.5), None, 1.0, abs], ids=repr)
    def test_falloff(self, falloff):
        message = (
            f"Suppression has the falloff {falloff!r}: it must be a BoundedFalloff, the share that is taken away, for "
            "example BoundedFalloff(0, 1); a Mapper belongs to Repulsion"
        )
        with pytest.raises(InterventionError, match=re.escape(message)):
            Suppression(RED, falloff)

    @pytest.mark.parametrize("mapper", [BoundedFalloff(0, 0.5), None, 0.5, abs], ids=repr)
    def test_mapper(self, mapper):
        message = (
            f"Repulsion has the mapper {mapper!r}: it must be a Mapper, the alignment that is left, for example "
            "LinearMapper(0, 0.5); a BoundedFalloff belongs to Suppression"
        )
        with pytest.raises(InterventionError, match=re.escape(message)):
            Repulsion(RED, mapper)

    def test_a_mapper_that_attracts(self):
        steep = BezierMapper(0, 0.9, start_slope=8, end_slope=0)
        message = "which makes of an alignment of 0.01 a larger one (0.0"
        with pytest.raises(InterventionError, match=re.escape(message) + r".*\): it would attract; no alignment may"):
            Repulsion(RED, steep)

    @pytest.mark.parametrize("dims", [(), (1, 1), (-1,), 1, [0], "01", (1.0,), None], ids=repr)
    def test_dims_that_are_none(self, dims):
        message = (
            f"AxisAlignedSuppression has the dims {dims!r}: they must be a tuple of different whole numbers, 0 or "
            "above, for example (0, 1), or (0,) for one"
        )
        with pytest.raises(InterventionError, match=re.escape(message)):
            AxisAlignedSuppression(dims)

    @pytest.mark.parametrize("given", [None, [], 7])
    def test_what_is_no_ensemble(self, given):
        message = f"{given!r} is no Ensemble: give one and what is done to it, for example intervene(ensemble, Axis"
        with pytest.raises(InterventionError, match=re.escape(message)):
            intervene(given, AxisAlignedSuppression((0,)))
        for edit in (ablate, prune, answering):
            with pytest.raises(DimensionError, match=re.escape(f"{given!r} is no Ensemble: give one, for example abl")):
                edit(given, 0)

    @pytest.mark.parametrize(
        "intervention", [Suppression((1, 0, 0), REMOVAL), Repulsion((1, 0, 0), MAPPERS[0]), Reflection((1, 0, 0))]
    )
    def test_width(self, intervention):
        message = (
            f"{type(intervention).__name__} has a direction of 3 coordinates, (1.0, 0.0, 0.0), but the latents have "
            "4 dimensions: give one coordinate each, for example (1.0, 0.0, 0.0, 0.0)"
        )
        with pytest.raises(InterventionError, match=re.escape(message)):
            intervene(untrained(), intervention)
        with pytest.raises(InterventionError, match=re.escape(message)):
            intervention(torch.ones(2, 4))

    @pytest.mark.parametrize("dims", [(4,), (0, 7)])
    def test_dims(self, dims):
        message = f"AxisAlignedSuppression has the dims {dims}: they must be different and from 0 to 3, for example"
        with pytest.raises(InterventionError, match=re.escape(message)):
            intervene(untrained(), AxisAlignedSuppression(dims))

    def test_a_plane_in_one_dimension(self):
        with pytest.raises(InterventionError, match="they need 2 dimensions or more, not 1"):
            intervene(prune(untrained(), [1, 2, 3]), Repulsion((1,), MAPPERS[0]))

    def test_layer(self):
        message = (
            "there is no layer 'decoder' (did you mean 'encoder'?): intervene on 'bottleneck' or on 'encoder', for"
        )
        with pytest.raises(InterventionError, match=re.escape(message)):
            intervene(untrained(), AxisAlignedSuppression((0,)), layer="decoder")

    @pytest.mark.parametrize("given", [(), (BoundedFalloff(0, 1),), ((1, 0, 0, 0),)], ids=["none", "falloff", "tuple"])
    def test_what_is_no_intervention(self, given):
        message = "no intervention.*: give (at least )?one, for example"
        with pytest.raises(InterventionError, match=message):
            intervene(untrained(), *given)

    def test_are_value_errors(self):
        assert issubclass(InterventionError, ValueError)


def test_red_is_removed_where_latents_are_colors():
    """Colors seen from mid-gray, where red has a direction known beforehand."""
    eye = Affine(torch.eye(3).unsqueeze(0), torch.full((1, 3), -0.5))
    back = Affine(torch.eye(3).unsqueeze(0) * math.sqrt(0.75), torch.full((1, 3), 0.5))
    seeing = Ensemble((eye,), (back,), (0,), xr.DataArray(np.zeros(1), dims="seed"))
    removed = intervene(seeing, Suppression((1, -1, -1), REMOVAL))
    # Red is the direction itself and falls to mid-gray; cyan is its opposite and stays; magenta, whose cosine with it
    # is 1/3, becomes (1, -1, 1) - (1, -1, -1) / 3 seen from there, times 1/2, and is clamped.
    rebuilt = reconstruct(removed, [(1, 0, 0), (0, 1, 1), (1, 0, 1)])[0]
    torch.testing.assert_close(
        rebuilt, torch.tensor([[0.5, 0.5, 0.5], [0, 1, 1], [1 - 1 / 6, 1 / 6, 1]]), rtol=0, atol=1e-6
    )
