"""Falloffs and mappers of alignment, against published check values, closed forms, polylines and root finding."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from excolor.edits.falloffs import BezierMapper, BoundedFalloff, FalloffError, LinearMapper, Mapper

COS60, COS30 = 0.5, math.sqrt(3) / 2

starts = st.floats(0, 0.9)
parts = st.floats(0, 1)


def at(function, *alignments):
    return function(torch.tensor(alignments, dtype=torch.float64)).tolist()


@st.composite
def mappers(draw):
    """A mapper of either kind, with room between its start and its limit."""
    start = draw(starts)
    limit = start + draw(st.floats(0.05, 0.95)) * (1 - start)
    if draw(st.booleans()):
        return LinearMapper(start, limit)
    return draw(beziers(start, limit))


@st.composite
def beziers(draw, start=None, limit=None):
    start = draw(starts) if start is None else start
    limit = start + draw(st.floats(0.05, 0.95)) * (1 - start) if limit is None else limit
    chord = (limit - start) / (1 - start)
    above, below = chord * draw(st.floats(1.1, 5)), chord * draw(st.floats(0, 0.9))
    slopes = (above, below) if draw(st.booleans()) else (below, above)
    return BezierMapper(start, limit, *slopes, draw(parts))


def curve(mapper, t):
    """Points of the Bezier curve by de Casteljau's construction, from the mapper's definition in words."""
    a, b = mapper.start, mapper.limit
    start, end = np.array([a, a]), np.array([1, b])
    down = np.array([[1, -1], [mapper.start_slope, -mapper.end_slope]])  # start + x (1, s0) = end + y (1, s1)
    crossing = start + np.linalg.solve(down, end - start)[0] * np.array([1, mapper.start_slope])
    points = [start, start + mapper.control * (crossing - start), end + mapper.control * (crossing - end), end]
    points = [np.broadcast_to(point, (*np.shape(t), 2)) for point in points]
    t = np.asarray(t)[..., None]
    while len(points) > 1:
        points = [p + t * (q - p) for p, q in pairwise(points)]
    return points[0]


class TestBoundedFalloff:
    def test_published_values(self):
        assert at(BoundedFalloff(0, 0.5, 2), 1, 0.5) == [0.5, 0.125]

    def test_power_0_is_a_step(self):
        assert at(BoundedFalloff(0.5, 0.25, 0), 0, 0.5, 0.5 + 1e-12, 1) == [0, 0, 0.25, 0.25]

    @given(starts, st.floats(0.01, 1), st.integers(0, 8), parts, parts)
    def test_never_falls_and_keeps_its_bounds(self, start, strength, power, one, other):
        low, high = at(BoundedFalloff(start, strength, power), *sorted((one, other)))
        assert 0 <= low <= high <= strength

    @given(starts, st.floats(0.01, 1), st.integers(0, 8))
    def test_ends(self, start, strength, power):
        assert at(BoundedFalloff(start, strength, power), start, 1) == [0, strength]

    @given(starts, st.integers(1, 4))
    def test_halfway_a_higher_power_takes_half_as_much(self, start, power):
        (less,), (more,) = (at(BoundedFalloff(start, 1, p), (1 + start) / 2) for p in (power + 1, power))
        assert less == pytest.approx(more / 2)

    def test_power_1_is_the_default(self):
        assert at(BoundedFalloff(0.5, 1), 0.75) == [0.5]


class TestLinearMapper:
    def test_published_values(self):
        assert at(LinearMapper(0, 0.5), 1, 0.5) == [0.5, 0.25]
        assert at(LinearMapper(COS60, COS30), 0.75) == pytest.approx([0.683], abs=5e-4)

    @given(mappers().filter(lambda mapper: isinstance(mapper, LinearMapper)), parts)
    def test_is_straight(self, mapper, share):
        alignments = (mapper.start, mapper.start + share * (1 - mapper.start), 1)
        low, middle, high = at(mapper, *alignments)
        assert middle == pytest.approx(low + share * (high - low), abs=1e-12)


class TestMappers:
    @given(mappers())
    def test_ends(self, mapper):
        assert at(mapper, 0, mapper.start, 1) == pytest.approx([0, mapper.start, mapper.limit], abs=1e-8)

    @given(mappers(), parts)
    def test_nothing_is_changed_up_to_the_start(self, mapper, share):
        assert at(mapper, share * mapper.start) == [share * mapper.start]

    @given(mappers(), parts, parts)
    def test_keep_the_order(self, mapper, one, other):
        low, high = at(mapper, *sorted((one, other)))
        # Twice the height that bisection leaves open.
        assert low <= high + 1e-8
        assert high <= mapper.limit + 1e-8

    def test_have_no_formula_of_their_own(self):
        with pytest.raises(NotImplementedError, match=re.escape("Mapper has no formula: define bend(self, alignment)")):
            at(Mapper(0, 0.5), 0.25)


class TestBezierMapper:
    @given(beziers(), parts)
    def test_agrees_with_a_root_finder(self, mapper, share):
        alignment = mapper.start + share * (1 - mapper.start)
        assume(alignment > mapper.start)
        t = brentq(lambda t: curve(mapper, t)[0] - alignment, 0, 1, xtol=1e-15)
        # The height that bisection to 2^-31 leaves open, at 3 per unit of the parameter, the steepest.
        assert at(mapper, alignment) == pytest.approx([curve(mapper, t)[1]], abs=2e-9)

    @pytest.mark.parametrize(
        "mapper",
        [
            BezierMapper(0, COS60, end_slope=0.2),
            BezierMapper(COS60, COS30, end_slope=0.2),
            BezierMapper(0, COS60),
        ],
        ids=repr,
    )
    def test_published_curves_against_a_polyline(self, mapper):
        points = curve(mapper, np.linspace(0, 1, 20_001))
        alignments = np.linspace(mapper.start, 1, 501)[1:]
        # A chord of 1/20 000 of the parameter misses its curve by 1/8 of its square times the curvature, under 2e-9.
        expected = np.interp(alignments, *points.T)
        np.testing.assert_allclose(at(mapper, *alignments), expected, atol=4e-9, rtol=0)

    @pytest.mark.parametrize("mapper", [BezierMapper(0, COS60, end_slope=0.2), BezierMapper(COS60, COS30)], ids=repr)
    def test_slopes_at_the_ends(self, mapper):
        step = 1e-4
        low, at_low, at_high, high = at(mapper, mapper.start, mapper.start + step, 1 - step, 1)
        # The curve bends by a few units of slope per unit of alignment.
        assert (at_low - low) / step == pytest.approx(mapper.start_slope, abs=1e-3)
        assert (high - at_high) / step == pytest.approx(mapper.end_slope, abs=1e-3)

    def test_a_control_distance_of_0_is_the_chord(self):
        straight, linear = BezierMapper(0.2, 0.7, control=0), LinearMapper(0.2, 0.7)
        alignments = np.linspace(0, 1, 101)
        np.testing.assert_allclose(at(straight, *alignments), at(linear, *alignments), atol=2e-9)

    def test_points_may_stand_one_above_the_other(self):
        """Numbers near 1 are too few for all points of a curve that begins there."""
        start, limit = 1 - 1e-12, 1 - 5e-13
        below, within, end = at(BezierMapper(start, limit, start_slope=5), 0.5, (start + 1) / 2, 1)
        assert below == 0.5
        assert start < within <= limit
        assert end == limit

    @given(beziers())
    def test_control_points_lie_on_the_slopes(self, mapper):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = mapper.control_points
        assert y1 - y0 == pytest.approx(mapper.start_slope * (x1 - x0), abs=1e-12)
        assert y3 - y2 == pytest.approx(mapper.end_slope * (x3 - x2), abs=1e-12)

    def test_has_the_same_bits_in_any_company(self):
        mapper, alignments = BezierMapper(0, COS60), torch.linspace(0, 1, 1001, dtype=torch.float64)
        one_by_one = torch.stack([mapper(alignment) for alignment in alignments])
        assert torch.equal(mapper(alignments), one_by_one)
        assert torch.equal(mapper(alignments.expand(3, -1).mT), one_by_one.expand(3, -1).mT)


class TestRefusals:
    @pytest.mark.parametrize("start", [-0.1, 1, 1.5, math.nan])
    @pytest.mark.parametrize("kind", [BoundedFalloff, LinearMapper, BezierMapper])
    def test_start(self, kind, start):
        message = rf"{kind.__name__}\(start={start}, .*\): the start must be from 0 to below 1, .* 0.5 for 60 degrees"
        with pytest.raises(FalloffError, match=message):
            kind(start, 0.5)

    @pytest.mark.parametrize("strength", [0, -0.5, 1.1, math.nan])
    def test_strength(self, strength):
        with pytest.raises(FalloffError, match="the strength must be above 0 and at most 1, for example 1, which"):
            BoundedFalloff(0, strength)

    @pytest.mark.parametrize("power", [-1, 0.5, 1.0, True, "2"])
    def test_power(self, power):
        with pytest.raises(FalloffError, match="the power must be a whole number, 0 or above, for example 2"):
            BoundedFalloff(0, 1, power)

    @pytest.mark.parametrize("limit", [0.5, 0.4, 1, math.nan])
    @pytest.mark.parametrize("kind", [LinearMapper, BezierMapper])
    def test_limit(self, kind, limit):
        message = "the limit must be above the start, 0.5, and below 1, for example 0.75"
        with pytest.raises(FalloffError, match=message):
            kind(0.5, limit)

    @pytest.mark.parametrize("slopes", [(1, 0.6), (0.2, 0), (1, 1), (0.5, 0.5), (1, -0.1), (math.nan, 0), (1, 0.5)])
    def test_slopes(self, slopes):
        message = "one slope must be below 0.5, that of the chord, .* for example start_slope=1, end_slope=0"
        with pytest.raises(FalloffError, match=message):
            BezierMapper(0, 0.5, *slopes)

    @pytest.mark.parametrize("control", [-0.1, 1.1, math.nan])
    def test_control(self, control):
        with pytest.raises(FalloffError, match=r"the control distance must be from 0 to 1, for example 0\.7"):
            BezierMapper(0, 0.5, control=control)

    @pytest.mark.parametrize("given", ["0.5", None, True, [0.5], 1j, (), np.zeros(2)], ids=repr)
    def test_what_is_no_number(self, given):
        for name, make in {
            "start": lambda x: BoundedFalloff(x, 1),
            "strength": lambda x: BoundedFalloff(0, x),
            "limit": lambda x: LinearMapper(0, x),
            "start slope": lambda x: BezierMapper(0, 0.5, start_slope=x),
            "end slope": lambda x: BezierMapper(0, 0.5, end_slope=x),
            "control": lambda x: BezierMapper(0, 0.5, control=x),
        }.items():
            message = f"has the {name} {given!r}: it must be a number, for example 0.5"
            with pytest.raises(FalloffError, match=re.escape(message)):
                make(given)

    def test_are_value_errors(self):
        assert issubclass(FalloffError, ValueError)
