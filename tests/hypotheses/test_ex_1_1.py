"""1.1 Cubes of colors and the hues left out of them, without a model."""

import colorsys

import numpy as np
import pytest
from without_model import ALWAYS, by_seed

from excolor import fraction, hsv_cube
from excolor.colors import hues, hues_outside
from excolor.numerics.streams import stream
from excolor.verdicts import control

SEEDS = 96
"""Each draws axes of cubes and bands of hues; nothing is trained."""

ROUNDING = 1e-9
"""What counts as nothing: far above the 1e-14 to which a hue some ten turns around the circle is known."""

KNOWN = np.array([(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)])
"""Red, yellow, green, cyan, blue and magenta: 60 degrees from one to the next."""


def distance_from_known(seed, s, v):
    """How far the six hues, on any turn of the circle and among hues, saturations and values at random, are from KNOWN.

    `s` and `v` are places on the axes: at the last each is full.
    """
    drawn = stream(seed, "axes")
    h = np.concatenate([np.arange(6) / 6 + drawn.integers(-10, 11, 6), drawn.uniform(-10, 10, 6)])
    partial = np.append(np.sort(drawn.uniform(0, 0.9, (2, 4))), np.ones((2, 1)), axis=1)
    places = drawn.permutation(len(h))
    cube = hsv_cube(h[places], *partial)
    return np.abs(cube["color"].values[np.argsort(places)[:6], s, v] - KNOWN).max(axis=1)


class TestKnownColors:
    """Axes of hue, saturation and value make the three primaries and the three secondaries.

    Published verdict, by looking at a figure: works.
    """

    def test_known_colors(self, seeds):
        """At full saturation and value the primary and secondary hues have their known colors."""
        assert fraction(by_seed(seeds, lambda seed: distance_from_known(seed, -1, -1).max() < ROUNDING)) > ALWAYS

    @control
    @pytest.mark.parametrize("place", [(0, -1), (-1, 0)], ids=["saturation", "value"])
    def test_other_colors(self, seeds, place):
        """At another saturation, or another value, no primary or secondary hue has its known color."""
        assert fraction(by_seed(seeds, lambda seed: distance_from_known(seed, *place).min() > ROUNDING)) > ALWAYS


# As published, of twelve hues: within 30 degrees of a primary or a secondary. Step, first and last in degrees.
PUBLISHED_BANDS = {
    "within the circle": [(30, hue - 30, hue + 30) for hue in (60, 120, 180, 240, 300)],
    "through red": [(30, 330, 30)],
}
kinds = pytest.mark.parametrize("kind", PUBLISHED_BANDS)

BANDS = 5
"""More of either kind for every seed."""

STEPS_OF_HUE = (1, 2, 3, 5, 6, 10, 15, 30)


def bands(seed, kind):
    """(step between hues, first, last), in whole degrees: those published, and others with ends that are hues."""
    drawn, chosen = stream(seed, f"bands {kind}"), list(PUBLISHED_BANDS[kind])
    for step in drawn.choice(STEPS_OF_HUE, BANDS).tolist():
        low = int(drawn.integers(1, 360 // step - 2))
        high = int(drawn.integers(low + 2, 360 // step))  # at least one hue lies between, and red beyond
        ends = (low, high) if kind == "within the circle" else (high, low)
        chosen.append((step, *(end * step for end in ends)))
    return chosen


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


def leaves_out(kind, left):
    """Whether none of a seed's bands has a color that is left in its cube."""
    return lambda seed: all(in_band(*band[1:]).isdisjoint(in_cube(left(*band))) for band in bands(seed, kind))


def loses_none(kind, left):
    """Whether every hue beside a band, for all of a seed's, is in the cube that is left."""
    return lambda seed: all(
        set(range(0, 360, band[0])) - in_band(*band[1:]) <= in_cube(left(*band)) for band in bands(seed, kind)
    )


class TestBandsLeftOut:
    """A cube can leave out a band of hues, also one through red, where the circle closes.

    Published verdict, by looking at a figure of six bands: works.
    """

    @kinds
    def test_band_is_left_out(self, seeds, kind):
        """No color of a band that is left out remains, none at its ends either."""
        assert fraction(by_seed(seeds, leaves_out(kind, around_the_circle))) > ALWAYS

    @kinds
    def test_all_others_remain(self, seeds, kind):
        """All hues outside of a band that is left out remain."""
        assert fraction(by_seed(seeds, loses_none(kind, around_the_circle))) > ALWAYS

    @control
    @kinds
    def test_whole_cube_has_the_band(self, seeds, kind):
        """The whole cube has colors of the band."""
        assert fraction(~by_seed(seeds, leaves_out(kind, everything))) > ALWAYS

    @control
    @kinds
    def test_open_band_remains_at_its_ends(self, seeds, kind):
        """Leaving out a band without its ends leaves colors of the band."""
        assert fraction(~by_seed(seeds, leaves_out(kind, open_ended))) > ALWAYS

    @control
    def test_line_loses_others(self, seeds):
        """Leaving out a band through red along a line, not around the circle, loses hues outside of the band."""
        assert fraction(~by_seed(seeds, loses_none("through red", along_a_line))) > ALWAYS
