"""2.1 The shapes of interventions, without a model."""

import math

import numpy as np
import pytest
import torch
from hypothesis.strategies import builds, floats, sampled_from, tuples

from excolor.edits import BezierMapper, BoundedFalloff, LinearMapper, Repulsion, Suppression
from excolor.judging import over
from excolor.verdicts import control, primary

WIDTH = 4

TINY = 1e-6
"""What counts as nothing: some ten roundings of a number near 1 in single precision, in which latents are kept."""

PARALLEL = 1e-8
"""A vector whose part across a direction is shorter than this is parallel to it, and lies in any plane with it."""

COS60, COS30 = 1 / 2, math.sqrt(3) / 2

# The cases of the published figure.
FALLOFFS = {
    "half": BoundedFalloff(0, 0.5),
    "half, squared": BoundedFalloff(0, 0.5, 2),
    "all, from 60 degrees": BoundedFalloff(COS60, 1),
    "all, from 60 degrees, squared": BoundedFalloff(COS60, 1, 2),
}
MAPPERS = {
    "straight, to 60 degrees": LinearMapper(0, COS60),
    "curved, to 60 degrees": BezierMapper(0, COS60, end_slope=0.2),
    "straight, from 60 to 30 degrees": LinearMapper(COS60, COS30),
    "curved, from 60 to 30 degrees": BezierMapper(COS60, COS30, end_slope=0.2),
}
falloffs = pytest.mark.parametrize("falloff", FALLOFFS.values(), ids=FALLOFFS)
mappers = pytest.mark.parametrize("mapper", MAPPERS.values(), ids=MAPPERS)

ANY_FALLOFF = sampled_from([*FALLOFFS.values()])
ANY_MAPPER = sampled_from([*MAPPERS.values()])


def apart_from_0(point):
    return math.hypot(*point) > 0.1


def pulled(direction, side, pull):
    """A direction, and a point that lies the nearer to it, or to its opposite, the stronger the pull is."""
    return direction, tuple(x + pull * v for x, v in zip(side, direction, strict=True))


POINTS = tuples(*[floats(-1, 1)] * WIDTH).filter(apart_from_0)
PAIRS = builds(pulled, POINTS, POINTS, floats(-100, 100)).filter(lambda pair: apart_from_0(pair[1]))
"""A direction and a vector, each in any length."""


class Lobe:
    """What becomes of a vector of unit length, measured in double precision and by numpy.

    `intervention` makes the intervention of a direction.
    """

    def __init__(self, pair, intervention):
        self.v, before = (np.array(point) / np.linalg.norm(point) for point in pair)
        self.before = before.astype(np.float32).astype(np.float64)
        edit = intervention(tuple(self.v.tolist()))
        self.after = edit(torch.from_numpy(self.before).float()).double().numpy()
        self.change = np.abs(self.after - self.before).max()
        self.alignment_before, self.alignment_after = self.along(self.before), self.along(self.after)
        self.across_before, self.across_after = self.across(self.before), self.across(self.after)
        self.within = self.alignment_before > math.cos(math.radians(edit.zone))
        self.parallel = np.linalg.norm(self.across_before) < PARALLEL

    def along(self, x):
        return x @ self.v

    def across(self, x):
        return x - self.along(x) * self.v

    def same_across(self):
        return np.abs(self.across_after - self.across_before).max() < TINY

    def same_side(self):
        return self.parallel or self.across_after @ self.across_before > 0

    def on_sphere(self):
        return abs(np.linalg.norm(self.after) - 1) < TINY

    def in_plane(self):
        """Whether the vector is still in the plane of the direction and of what it was."""
        if self.parallel:
            return True
        side = self.across_before / np.linalg.norm(self.across_before)
        return np.linalg.norm(self.across_after - (self.across_after @ side) * side) < TINY


def suppressed(pair, falloff):
    return Lobe(pair, lambda v: Suppression(v, falloff))


def repelled(pair, mapper):
    return Lobe(pair, lambda v: Repulsion(v, mapper))


def turned(direction):
    """Another direction: the same coordinates, in the places of others."""
    return direction[1:] + direction[:1]


def in_order(*lobes):
    """Whether vectors have the order of their alignment with the direction that they had before."""
    first, second = sorted(lobes, key=lambda lobe: lobe.alignment_before)
    return first.alignment_after < second.alignment_after + TINY


@primary("test_part_across_is_untouched", "test_part_along_shrinks")
class TestSuppression:
    """Suppression takes away the part of a vector along a direction, and leaves the part across it untouched.

    Published verdict, by looking at a figure: as designed.
    """

    def test_part_across_is_untouched(self):
        """Suppression leaves the part of a vector across the direction untouched."""
        assert over(PAIRS, ANY_FALLOFF).always(lambda pair, falloff: suppressed(pair, falloff).same_across())

    def test_part_along_shrinks(self):
        """Within the zone suppression shrinks the part along the direction, and does not turn it over."""

        def shrinks(pair, falloff):
            lobe = suppressed(pair, falloff)
            return not lobe.within or -TINY < lobe.alignment_after < lobe.alignment_before + TINY

        assert over(PAIRS, ANY_FALLOFF).always(shrinks)

    def test_outside_the_zone_nothing_changes(self):
        """Suppression leaves vectors outside the zone untouched."""

        def untouched(pair, falloff):
            lobe = suppressed(pair, falloff)
            return lobe.within or lobe.change < TINY

        assert over(PAIRS, ANY_FALLOFF).always(untouched)

    @pytest.mark.parametrize(
        ("gentle", "plain"),
        [("half, squared", "half"), ("all, from 60 degrees, squared", "all, from 60 degrees")],
        ids=["half", "all, from 60 degrees"],
    )
    def test_squared_takes_less(self, gentle, plain):
        """Suppression with a squared falloff leaves more of every vector than with a plain one."""

        def leaves_more(pair):
            squared, straight = (suppressed(pair, FALLOFFS[name]).alignment_after for name in (gentle, plain))
            return squared > straight - TINY

        assert over(PAIRS).always(leaves_more)

    @control
    @falloffs
    def test_within_the_zone_vectors_change(self, falloff):
        """Suppression changes some vectors by a hundredth or more."""
        assert over(PAIRS).not_always(lambda pair: suppressed(pair, falloff).change < 0.01)

    @control
    @falloffs
    def test_other_direction_changes_the_part_across(self, falloff):
        """Suppression along another direction changes the part across the direction."""
        assert over(PAIRS).not_always(lambda pair: Lobe(pair, lambda v: Suppression(turned(v), falloff)).same_across())

    @control
    @mappers
    def test_repulsion_changes_the_part_across(self, mapper):
        """Repulsion changes the part of a vector across the direction."""
        assert over(PAIRS).not_always(lambda pair: repelled(pair, mapper).same_across())


@primary("test_turns_away", "test_stays_in_the_plane", "test_stays_on_the_sphere")
class TestRepulsion:
    """Repulsion turns a vector away from a direction, in the plane of both and on the unit sphere.

    Published verdict, by looking at a figure: as designed.
    """

    def test_stays_on_the_sphere(self):
        """Repulsion leaves every vector at unit length."""
        assert over(PAIRS, ANY_MAPPER).always(lambda pair, mapper: repelled(pair, mapper).on_sphere())

    def test_stays_in_the_plane(self):
        """Repulsion leaves every vector in the plane of the direction and itself."""
        assert over(PAIRS, ANY_MAPPER).always(lambda pair, mapper: repelled(pair, mapper).in_plane())

    def test_turns_away(self):
        """Within the zone repulsion turns every vector away from the direction, to the side where it was."""

        def turns_away(pair, mapper):
            lobe = repelled(pair, mapper)
            away = lobe.alignment_after < lobe.alignment_before + TINY
            return not lobe.within or (away and lobe.same_side())

        assert over(PAIRS, ANY_MAPPER).always(turns_away)

    def test_leaves_a_hole(self):
        """Repulsion leaves no vector nearer to the direction than the limit."""
        assert over(PAIRS, ANY_MAPPER).always(
            lambda pair, mapper: repelled(pair, mapper).alignment_after < mapper.limit + TINY
        )

    def test_keeps_the_order(self):
        """Repulsion keeps the order of vectors by their alignment with the direction."""
        assert over(PAIRS, POINTS, ANY_MAPPER).always(
            lambda pair, other, mapper: in_order(repelled(pair, mapper), repelled((pair[0], other), mapper))
        )

    def test_outside_the_zone_nothing_changes(self):
        """Repulsion leaves vectors outside the zone untouched."""

        def untouched(pair, mapper):
            lobe = repelled(pair, mapper)
            return lobe.within or lobe.change < TINY

        assert over(PAIRS, ANY_MAPPER).always(untouched)

    @control
    @mappers
    def test_within_the_zone_vectors_change(self, mapper):
        """Repulsion changes some vectors by a hundredth or more."""
        assert over(PAIRS).not_always(lambda pair: repelled(pair, mapper).change < 0.01)

    @control
    @mappers
    def test_hole_was_not_empty(self, mapper):
        """Some vectors are nearer to the direction than the limit before repulsion."""
        assert over(PAIRS).not_always(lambda pair: repelled(pair, mapper).alignment_before < mapper.limit)

    @control
    @mappers
    def test_other_direction_leaves_the_plane(self, mapper):
        """Repulsion from another direction leaves the plane of the direction and the vector."""
        assert over(PAIRS).not_always(lambda pair: Lobe(pair, lambda v: Repulsion(turned(v), mapper)).in_plane())

    @control
    @falloffs
    def test_suppression_leaves_the_sphere(self, falloff):
        """Suppression does not leave vectors at unit length."""
        assert over(PAIRS).not_always(lambda pair: suppressed(pair, falloff).on_sphere())

    @control
    def test_suppression_disturbs_the_order(self):
        """Suppression of all from 60 degrees does not keep the order of vectors by alignment."""
        falloff = FALLOFFS["all, from 60 degrees"]
        assert over(PAIRS, POINTS).not_always(
            lambda pair, other: in_order(suppressed(pair, falloff), suppressed((pair[0], other), falloff))
        )
