"""2.1 The shapes of interventions, without a model."""

import math
from functools import cache

import numpy as np
import pytest
import torch
import xarray as xr
from without_model import ALWAYS

from excolor import fraction
from excolor.edits import BezierMapper, BoundedFalloff, LinearMapper, Repulsion, Suppression
from excolor.numerics.streams import stream
from excolor.verdicts import control

SEEDS = 96
"""Each draws a direction and vectors; nothing is trained."""

VECTORS = 1000
WIDTH = 4

TINY = 1e-6
"""What counts as nothing: some ten roundings of a number near 1 in single precision, in which latents are kept."""

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


@cache
def drawn(seed):
    """A direction `[1, K]` and vectors `[N, K]`, at random on the unit sphere."""
    points = stream(seed, "vectors").normal(size=(1 + VECTORS, WIDTH))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points[:1], points[1:].astype(np.float32).astype(np.float64)


class Lobe:
    """What becomes of vectors, measured in double precision and by numpy; `[S, N]` for every seed and vector.

    `intervention` makes the intervention of a direction.
    """

    def __init__(self, seeds, intervention):
        self.seeds = seeds
        self.v, self.before = map(np.stack, zip(*map(drawn, seeds), strict=True))
        made = [intervention(tuple(v[0])) for v in self.v]
        after = [edit(torch.from_numpy(x).float()) for edit, x in zip(made, self.before, strict=True)]
        self.after = torch.stack(after).double().numpy()
        self.change = np.abs(self.after - self.before).max(-1)
        self.alignment_before, self.alignment_after = self.along(self.before), self.along(self.after)
        self.across_before, self.across_after = self.across(self.before), self.across(self.after)
        self.within = self.alignment_before > math.cos(math.radians(made[0].zone))

    def along(self, x):
        return (x * self.v).sum(-1)

    def across(self, x):
        return x - self.along(x)[..., None] * self.v

    def length(self):
        return np.linalg.norm(self.after, axis=-1)

    def out_of_plane(self):
        """How far the vectors have left the plane of the direction and of what they were."""
        side = self.across_before / np.linalg.norm(self.across_before, axis=-1, keepdims=True)
        in_plane = (self.across_after * side).sum(-1)[..., None] * side
        return np.linalg.norm(self.across_after - in_plane, axis=-1)

    def over_seeds(self, holds):
        """Whether something holds for all vectors of a seed."""
        return xr.DataArray(holds.all(1), dims="seed", coords={"seed": list(self.seeds)})


def turned(direction):
    """Another direction: the same coordinates, in the places of others."""
    return direction[1:] + direction[:1]


class TestSuppression:
    """Suppression takes away the part of a vector along a direction, and leaves the part across it untouched.

    Published verdict, by looking at a figure: as designed.
    """

    @falloffs
    def test_part_across_is_untouched(self, seeds, falloff):
        """Suppression leaves the part of a vector across the direction untouched."""
        lobe = Lobe(seeds, lambda v: Suppression(v, falloff))
        same = np.abs(lobe.across_after - lobe.across_before).max(-1) < TINY
        assert fraction(lobe.over_seeds(same)) > ALWAYS

    @falloffs
    def test_part_along_shrinks(self, seeds, falloff):
        """Within the zone suppression shrinks the part along the direction, and does not turn it over."""
        lobe = Lobe(seeds, lambda v: Suppression(v, falloff))
        less = (lobe.alignment_after > -TINY) & (lobe.alignment_after < lobe.alignment_before + TINY)
        assert fraction(lobe.over_seeds(less | ~lobe.within)) > ALWAYS

    @falloffs
    def test_outside_the_zone_nothing_changes(self, seeds, falloff):
        """Suppression leaves vectors outside the zone untouched."""
        lobe = Lobe(seeds, lambda v: Suppression(v, falloff))
        assert fraction(lobe.over_seeds((lobe.change < TINY) | lobe.within)) > ALWAYS

    @pytest.mark.parametrize(
        ("gentle", "plain"),
        [("half, squared", "half"), ("all, from 60 degrees, squared", "all, from 60 degrees")],
        ids=["half", "all, from 60 degrees"],
    )
    def test_squared_takes_less(self, seeds, gentle, plain):
        """Suppression with a squared falloff leaves more of every vector than with a plain one."""
        squared, straight = (Lobe(seeds, lambda v, name=n: Suppression(v, FALLOFFS[name])) for n in (gentle, plain))
        more = squared.alignment_after > straight.alignment_after - TINY
        assert fraction(squared.over_seeds(more)) > ALWAYS

    @control
    @falloffs
    def test_within_the_zone_vectors_change(self, seeds, falloff):
        """Suppression changes some vectors by a hundredth or more."""
        lobe = Lobe(seeds, lambda v: Suppression(v, falloff))
        assert fraction(~lobe.over_seeds(lobe.change < 0.01)) > ALWAYS

    @control
    @falloffs
    def test_other_direction_changes_the_part_across(self, seeds, falloff):
        """Suppression along another direction changes the part across the direction."""
        lobe = Lobe(seeds, lambda v: Suppression(turned(v), falloff))
        same = np.abs(lobe.across_after - lobe.across_before).max(-1) < TINY
        assert fraction(~lobe.over_seeds(same)) > ALWAYS

    @control
    @mappers
    def test_repulsion_changes_the_part_across(self, seeds, mapper):
        """Repulsion changes the part of a vector across the direction."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        same = np.abs(lobe.across_after - lobe.across_before).max(-1) < TINY
        assert fraction(~lobe.over_seeds(same)) > ALWAYS


class TestRepulsion:
    """Repulsion turns a vector away from a direction, in the plane of both and on the unit sphere.

    Published verdict, by looking at a figure: as designed.
    """

    @mappers
    def test_stays_on_the_sphere(self, seeds, mapper):
        """Repulsion leaves every vector at unit length."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        assert fraction(lobe.over_seeds(np.abs(lobe.length() - 1) < TINY)) > ALWAYS

    @mappers
    def test_stays_in_the_plane(self, seeds, mapper):
        """Repulsion leaves every vector in the plane of the direction and itself."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        assert fraction(lobe.over_seeds(lobe.out_of_plane() < TINY)) > ALWAYS

    @mappers
    def test_turns_away(self, seeds, mapper):
        """Within the zone repulsion turns every vector away from the direction, to the side where it was."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        away = lobe.alignment_after < lobe.alignment_before + TINY
        same_side = (lobe.across_after * lobe.across_before).sum(-1) > 0
        assert fraction(lobe.over_seeds((away & same_side) | ~lobe.within)) > ALWAYS

    @mappers
    def test_leaves_a_hole(self, seeds, mapper):
        """Repulsion leaves no vector nearer to the direction than the limit."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        assert fraction(lobe.over_seeds(lobe.alignment_after < mapper.limit + TINY)) > ALWAYS

    @mappers
    def test_keeps_the_order(self, seeds, mapper):
        """Repulsion keeps the order of vectors by their alignment with the direction."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        by_alignment = np.take_along_axis(lobe.alignment_after, np.argsort(lobe.alignment_before, axis=1), axis=1)
        assert fraction(lobe.over_seeds(np.diff(by_alignment, axis=1) > -TINY)) > ALWAYS

    @mappers
    def test_outside_the_zone_nothing_changes(self, seeds, mapper):
        """Repulsion leaves vectors outside the zone untouched."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        assert fraction(lobe.over_seeds((lobe.change < TINY) | lobe.within)) > ALWAYS

    @control
    @mappers
    def test_within_the_zone_vectors_change(self, seeds, mapper):
        """Repulsion changes some vectors by a hundredth or more."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        assert fraction(~lobe.over_seeds(lobe.change < 0.01)) > ALWAYS

    @control
    @mappers
    def test_hole_was_not_empty(self, seeds, mapper):
        """Some vectors are nearer to the direction than the limit before repulsion."""
        lobe = Lobe(seeds, lambda v: Repulsion(v, mapper))
        assert fraction(~lobe.over_seeds(lobe.alignment_before < mapper.limit)) > ALWAYS

    @control
    @mappers
    def test_other_direction_leaves_the_plane(self, seeds, mapper):
        """Repulsion from another direction leaves the plane of the direction and the vector."""
        lobe = Lobe(seeds, lambda v: Repulsion(turned(v), mapper))
        assert fraction(~lobe.over_seeds(lobe.out_of_plane() < TINY)) > ALWAYS

    @control
    @falloffs
    def test_suppression_leaves_the_sphere(self, seeds, falloff):
        """Suppression does not leave vectors at unit length."""
        lobe = Lobe(seeds, lambda v: Suppression(v, falloff))
        assert fraction(~lobe.over_seeds(np.abs(lobe.length() - 1) < TINY)) > ALWAYS

    @control
    def test_suppression_disturbs_the_order(self, seeds):
        """Suppression of all from 60 degrees does not keep the order of vectors by alignment."""
        lobe = Lobe(seeds, lambda v: Suppression(v, FALLOFFS["all, from 60 degrees"]))
        by_alignment = np.take_along_axis(lobe.alignment_after, np.argsort(lobe.alignment_before, axis=1), axis=1)
        assert fraction(~lobe.over_seeds(np.diff(by_alignment, axis=1) > -TINY)) > ALWAYS
