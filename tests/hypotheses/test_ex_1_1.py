"""1.1 Cubes of colors and the hues left out of them, without a model."""

import colorsys

import numpy as np
import pytest
from hypothesis.strategies import composite, floats, integers, lists, sampled_from

from excolor import hsv_cube
from excolor.colors import hues, hues_outside
from excolor.judging import over
from excolor.verdicts import control, primary

ROUNDING = 1e-9
"""What counts as nothing: far above the 1e-14 to which a hue some ten turns around the circle is known."""

KNOWN = np.array([(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)])
"""Red, yellow, green, cyan, blue and magenta: 60 degrees from one to the next."""

TURNS = lists(integers(-10, 10), min_size=6, max_size=6)
"""On which turn of the circle each of the six hues is asked for."""
OTHER_HUES = lists(floats(-10, 10), max_size=6)
PARTIAL = floats(0, 0.9)
"""A saturation or a value that is not full."""


def distance_from_known(turns, other_hues, partial, s=1, v=1):
    """How far the six hues at a saturation and a value are from KNOWN, on any turn, in a cube that has others too."""
    cube = hsv_cube([*other_hues, *(np.arange(6) / 6 + turns)], [partial, s], [partial, v])
    return np.abs(cube["color"].values[-6:, -1, -1] - KNOWN).max(axis=1)


@primary("test_known_colors")
class TestKnownColors:
    """Axes of hue, saturation and value make the three primaries and the three secondaries.

    Published verdict, by looking at a figure: works.
    """

    def test_known_colors(self):
        """At full saturation and value the primary and secondary hues have their known colors."""
        assert over(TURNS, OTHER_HUES, PARTIAL).always(lambda *axes: distance_from_known(*axes).max() < ROUNDING)

    @control
    @pytest.mark.parametrize("axis", ["s", "v"], ids=["saturation", "value"])
    def test_other_colors(self, axis):
        """At another saturation, or another value, no primary or secondary hue has its known color."""
        assert over(TURNS, OTHER_HUES, PARTIAL, PARTIAL).always(
            lambda *axes: distance_from_known(*axes[:3], **{axis: axes[3]}).min() > ROUNDING
        )


# As published, of twelve hues: within 30 degrees of a primary or a secondary. Step, first and last in degrees.
PUBLISHED_BANDS = {
    "within the circle": [(30, hue - 30, hue + 30) for hue in (60, 120, 180, 240, 300)],
    "through red": [(30, 330, 30)],
}
kinds = pytest.mark.parametrize("kind", PUBLISHED_BANDS)

STEPS_OF_HUE = (1, 2, 3, 5, 6, 10, 15, 30)


@composite
def other_bands(draw, kind):
    """(step between hues, first, last), in whole degrees, of a band with ends that are hues."""
    step = draw(sampled_from(STEPS_OF_HUE))
    low = draw(integers(1, 360 // step - 3))
    high = draw(integers(low + 2, 360 // step - 1))  # at least one hue lies between, and red beyond
    return (step, low * step, high * step) if kind == "within the circle" else (step, high * step, low * step)


def bands(kind):
    """Those published, and others."""
    return sampled_from(PUBLISHED_BANDS[kind]) | other_bands(kind)


def in_band(first, last):
    """The whole degrees from the first up to the last, both included."""
    return {degree % 360 for degree in range(first, last + 1 if first <= last else last + 361)}


def in_cube(h):
    """The hues of a cube's colors, in whole degrees; measured from RGB, and by Python's own conversion."""
    color = hsv_cube(h, [1], [0.5, 1])["color"].values.reshape(-1, 3)
    return {round(360 * colorsys.rgb_to_hsv(*rgb)[0]) % 360 for rgb in color.tolist()}


def around_the_circle(step, first, last):
    return hues_outside(hues(360 // step), first / 360, last / 360)


def along_a_line(step, first, last):
    """As if the circle had an end at red."""
    h, (low, high) = hues(360 // step), sorted((first / 360, last / 360))
    return h[(h < low) | (h > high)]


def open_ended(step, first, last):
    """As if the ends did not belong to the band: it begins and ends half a degree within."""
    return hues_outside(hues(360 // step), (first + 0.5) / 360, (last - 0.5) / 360)


def everything(step, first, last):
    return hues(360 // step)


def leaves_out(left):
    """Whether a band has no color that is left in its cube."""
    return lambda band: in_band(*band[1:]).isdisjoint(in_cube(left(*band)))


def loses_none(left):
    """Whether every hue beside a band is in the cube that is left."""
    return lambda band: set(range(0, 360, band[0])) - in_band(*band[1:]) <= in_cube(left(*band))


@primary("test_band_is_left_out", "test_all_others_remain")
class TestBandsLeftOut:
    """A cube can leave out a band of hues, also one through red, where the circle closes.

    Published verdict, by looking at a figure of six bands: works.
    """

    @kinds
    def test_band_is_left_out(self, kind):
        """No color of a band that is left out remains, none at its ends either."""
        assert over(bands(kind)).always(leaves_out(around_the_circle))

    def test_all_others_remain(self):
        """All hues outside of a band that is left out remain."""
        assert over(bands("within the circle") | bands("through red")).always(loses_none(around_the_circle))

    @control
    @kinds
    def test_whole_cube_has_the_band(self, kind):
        """The whole cube has colors of a band."""
        assert over(bands(kind)).not_always(leaves_out(everything))

    @control
    @kinds
    def test_open_band_remains_at_its_ends(self, kind):
        """Leaving out a band without its ends leaves colors of the band."""
        assert over(bands(kind)).not_always(leaves_out(open_ended))

    @control
    def test_line_loses_others(self):
        """Leaving out a band through red along a line, not around the circle, loses hues outside of the band."""
        assert over(bands("through red")).not_always(loses_none(along_a_line))
