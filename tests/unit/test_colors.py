"""Cubes, names and measures of colors, against closed forms, the published check values and `colorsys`."""

import colorsys
import re

import numpy as np
import pytest
import xarray as xr
from hypothesis import assume, given
from hypothesis import strategies as st

from excolor.colors import (
    FAR_FROM_RED,
    HUES,
    NEIGHBORS_OF_RED,
    PURE_RED,
    ColorError,
    aligned,
    check_colors,
    coarse_cube,
    desaturation,
    fine_cube,
    hsv_cube,
    hsv_similarity,
    hsv_to_rgb,
    hue_distance,
    hues,
    hues_outside,
    medium_cube,
    named_color,
    named_colors,
    nearness,
    over_channels,
    primary_secondary_focus,
    redness,
    rgb_cube,
    rgb_decimal_cube,
    rgb_fine_cube,
    rgb_to_hsv,
    rgb_training_cube,
    training_cube,
    validation_colors,
    vibrancy,
    vibrant_hues,
)

parts = st.floats(0, 1)
turns = st.floats(-3, 3)
rgbs = st.tuples(parts, parts, parts)
hsvs = st.tuples(turns, parts, parts)


class TestConversion:
    @given(rgbs)
    def test_agrees_with_colorsys_from_rgb(self, rgb):
        (h, *sv), (expected_h, *expected_sv) = rgb_to_hsv(rgb), colorsys.rgb_to_hsv(*rgb)
        assert hue_distance(h, expected_h) < 1e-12  # just below red, rounding may tip a hue over to 0
        assert sv == pytest.approx(expected_sv, abs=1e-12)
        assert 0 <= h < 1

    @given(hsvs)
    def test_agrees_with_colorsys_to_rgb(self, hsv):
        h, s, v = hsv
        assert hsv_to_rgb(hsv) == pytest.approx(colorsys.hsv_to_rgb(h % 1, s, v), abs=1e-12)

    @given(rgbs)
    def test_round_trip(self, rgb):
        assert hsv_to_rgb(rgb_to_hsv(rgb)) == pytest.approx(rgb, abs=1e-12)

    @given(hsvs, st.integers(-2, 2))
    def test_hue_is_cyclic(self, hsv, circles):
        h, s, v = hsv
        assert hsv_to_rgb((h + circles, s, v)) == pytest.approx(hsv_to_rgb(hsv), abs=1e-12)

    def test_keeps_leading_axes(self):
        rgb = np.random.Generator(np.random.PCG64(0)).random((2, 3, 4, 3))
        assert rgb_to_hsv(rgb).shape == (2, 3, 4, 3)
        np.testing.assert_array_equal(rgb_to_hsv(rgb)[1, 2, 3], rgb_to_hsv(rgb[1, 2, 3]))


class TestHues:
    @pytest.mark.parametrize("count", [1, 6, 12, 36, 240])
    def test_go_once_around_the_circle(self, count):
        steps = [hue_distance(a, b) for a, b in zip(hues(count), np.roll(hues(count), -1), strict=True)]
        assert len(hues(count)) == count
        assert steps == pytest.approx([min(1 / count, 1 - 1 / count)] * count)

    def test_names_are_every_thirty_degrees(self):
        np.testing.assert_allclose(list(HUES.values()), hues(12))

    @pytest.mark.parametrize("count", [0, -1, 2.5, 3.0, None, "12", [12], True, float("nan"), 10**9])
    def test_refuses_what_is_no_number_of_hues(self, count):
        message = (
            r"hues do not go around the circle: ask for a whole number from 1 to 10000000, for example hues\(12\)$"
        )
        with pytest.raises(ColorError, match=message):
            hues(count)


def degrees(h):
    """Whole degrees, for hues that are."""
    whole = np.rint(360 * np.asarray(h))
    np.testing.assert_allclose(360 * np.asarray(h), whole, atol=1e-9)
    return whole.astype(int).tolist()


class TestHuesOutside:
    def test_leaves_out_what_experiment_1_2_holds_out(self):
        kept = hues_outside(hues(360), 150 / 360, 240 / 360)
        assert degrees(kept) == [*range(150), *range(241, 360)]
        assert len(kept) == 269
        assert hsv_cube(kept, [1], [0.9, 1]).bias.size == 538

    def test_of_experiment_1_1(self):
        """Within 30 degrees of cyan: teal, cyan and azure."""
        names = dict(zip(HUES, hues(12), strict=True))
        kept = hues_outside(hues(12), names["cyan"] - 30 / 360, names["cyan"] + 30 / 360)
        assert set(kept) == {h for name, h in names.items() if name not in ("teal", "cyan", "azure")}

    @pytest.mark.parametrize(("lower", "upper"), [(11 / 12, 1 / 12), (-1 / 12, 1 / 12), (11 / 12, 13 / 12)])
    def test_a_band_goes_around_through_red(self, lower, upper):
        assert degrees(hues_outside(hues(12), lower, upper)) == list(range(60, 330, 30))

    @given(st.integers(0, 359), st.integers(0, 358), st.integers(-2, 2), st.integers(-2, 2))
    def test_counts_whole_degrees_exactly(self, first, width, turns_of_hues, turns_of_band):
        """Both ends belong to the band, whatever turn the hues and the band are on."""
        band = {(first + i) % 360 for i in range(width + 1)}
        lower, upper = first / 360 + turns_of_band, (first + width) / 360 + turns_of_band
        kept = hues_outside(hues(360) + turns_of_hues, lower, upper)
        assert [h % 360 for h in degrees(kept)] == sorted(set(range(360)) - band)

    @given(st.lists(turns, min_size=1, max_size=20), turns, st.floats(0.01, 0.98))
    def test_a_hue_is_either_in_a_band_or_in_the_rest_of_the_circle(self, h, lower, width):
        """It lies in the band if it is no farther from the band's middle than half its width."""
        far = hue_distance(h, lower + width / 2)
        assume((np.abs(far - width / 2) > 1e-6).all())
        kept = hues_outside(h, lower, lower + width)
        assert kept.tolist() == [hue for hue, distance in zip(h, far, strict=True) if distance > width / 2]
        without_the_rest = hues_outside(h, lower + width, lower)
        assert sorted([*kept, *without_the_rest]) == sorted(h)

    @pytest.mark.parametrize(("lower", "upper"), [(0.3, 0.3), (0.1 + 0.2, 0.3), (0.3, 0.1 + 0.2)])
    def test_a_band_of_no_width_is_one_hue(self, lower, upper):
        """Also where rounding has put its ends in the other order."""
        assert hues_outside(hues(10), lower, upper).tolist() == [h for h in hues(10) if h != 0.3]

    def test_bands_are_left_out_one_after_the_other(self):
        kept = hues_outside(hues_outside(hues(12), 11 / 12, 1 / 12), 5 / 12, 7 / 12)
        assert degrees(kept) == [60, 90, 120, 240, 270, 300]

    def test_nothing_may_remain(self):
        assert hues_outside([0.5, 0.25], 0.2, 0.6).tolist() == []

    @pytest.mark.parametrize(
        ("lower", "upper"),
        [
            (0, 1),
            (1, 0),
            (0.5, 2),
            (np.nan, 0.5),
            (0, np.inf),
            (1, 1e-17),
            (None, 0),
            (0, "1/2"),
            ([0], 0),
            (0, True),
            (np.uint8(200), 10**12),
            (np.uint8(200), 0),
        ],
    )
    def test_refuses_a_band_of_a_whole_turn(self, lower, upper):
        message = (
            f"the band of hues from {lower!r} to {upper!r}: its ends must be numbers less than one turn apart, "
            "for example from 11/12 to 1/12, or from -1/12 to 1/12"
        )
        with pytest.raises(ColorError, match=re.escape(message)):
            hues_outside(hues(12), lower, upper)

    def test_refuses_what_is_no_list_of_hues(self):
        with pytest.raises(ColorError, match=r"the axis h holds nan at position 1: .* for example hues\(12\)"):
            hues_outside([0, np.nan], 0.2, 0.6)


class TestHsvCube:
    def test_makes_the_primaries_and_secondaries(self):
        """Experiment 1.1: the six hues k/6 at full saturation and value."""
        cube = hsv_cube(hues(6), [1], [1])
        expected = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)]
        np.testing.assert_array_equal(cube.color.values[:, 0, 0], expected)

    def test_axes_are_labeled(self):
        cube = hsv_cube([0, 1 / 3], [0.5, 1], [0, 0.5, 1])
        assert cube.color.dims == ("h", "s", "v", "channel")
        assert cube.bias.dims == ("h", "s", "v")
        assert cube.color.dtype == cube.bias.dtype == np.float64
        assert cube.color.sel(h=1 / 3, s=1, v=0.5).values == pytest.approx([0, 0.5, 0])
        assert cube.color.sel(h=0, s=0.5, v=1, channel="g") == 0.5

    def test_the_coordinate_keeps_a_hue_outside_the_circle(self):
        cube = hsv_cube([-1 / 12, 11 / 12], [1], [1])
        assert cube.h.values.tolist() == [-1 / 12, 11 / 12]
        np.testing.assert_allclose(cube.color.values[0], cube.color.values[1], atol=1e-12)

    def test_bias_at_the_corners(self):
        bias = training_cube().bias
        np.testing.assert_allclose(bias.sel(s=1, v=1), 1)
        np.testing.assert_allclose(bias.sel(s=0, v=1), 1 / 36)
        np.testing.assert_allclose(bias.sel(v=0), 1 / 360)

    @given(st.integers(1, 20), st.integers(2, 8), st.integers(2, 8))
    def test_duplicates_together_weigh_as_one_color(self, n_h, n_s, n_v):
        """All the blacks, and all the whites, have the weight of one vibrant color, however fine the cube."""
        bias = hsv_cube(hues(n_h), np.linspace(0, 1, n_s), np.linspace(0, 1, n_v)).bias
        assert bias.sel(v=0).sum().item() == pytest.approx(1)
        assert bias.sel(s=0, v=1).sum().item() == pytest.approx(1)
        np.testing.assert_allclose(bias.sel(s=1, v=1), 1)

    def test_bias_does_not_depend_on_the_number_of_values(self):
        few, many = (hsv_cube(hues(6), [0, 0.5, 1], v).bias for v in ([0, 1], [0, 0.25, 0.5, 0.75, 1]))
        xr.testing.assert_equal(few, many.sel(v=[0, 1]))


class TestRgbCube:
    def test_every_point_is_its_own_color(self):
        cube = rgb_cube([0, 0.5], [0, 0.25, 1], [0.75])
        assert cube.color.shape == (2, 3, 1, 3)
        assert cube.color.sel(r=0.5, g=0.25, b=0.75).values.tolist() == [0.5, 0.25, 0.75]
        assert (cube.bias == 1).all()
        assert cube.bias.dims == ("r", "g", "b")


class TestAxesRefused:
    @pytest.mark.parametrize(
        ("axes", "message"),
        [
            (
                ([0], [0, 1.5], [1]),
                r"axis s holds 1.5 at position 1: .* in \[0, 1\], .* np.linspace\(0, 1, 5\)",
            ),
            (([0], [1], [-0.1]), r"axis v holds -0.1 at position 0: every value must be in \[0, 1\]"),
            (([0], [1], [np.nan]), r"axis v holds nan at position 0"),
            (
                ([0, np.inf], [1], [1]),
                r"axis h holds inf at position 1: .* a finite number of turns, up to a million, for example hues\(12\)",
            ),
            (([], [1], [1]), r"axis h has shape \(0,\): .* a list of at least one value, for example hues"),
            (([0], [[1]], [1]), r"axis s has shape \(1, 1\): it must be a list"),
            (([0], [1], 1), r"axis v has shape \(\): it must be a list"),
        ],
    )
    def test_hsv(self, axes, message):
        with pytest.raises(ColorError, match=message):
            hsv_cube(*axes)

    def test_rgb_is_not_cyclic(self):
        with pytest.raises(ColorError, match=r"axis g holds 2.0 at position 0: every value must be in \[0, 1\]"):
            rgb_cube([0], [2], [0])


class TestPublishedCubes:
    def test_training_cube(self):
        cube = training_cube()
        flat = cube.color.values.reshape(-1, 3)
        assert len(flat) == 3600
        assert len(np.unique(flat.round(9), axis=0)) == 2926
        assert cube.bias.sum().item() == pytest.approx(930)

    def test_share_of_the_draws(self):
        """How often one draw by weight is pure red, a pure hue, black, any gray."""
        cube = training_cube()
        share = cube.bias / cube.bias.sum()
        gray = xr.DataArray(np.ptp(cube.color.values, axis=-1) == 0, dims=("h", "s", "v"))
        assert share.sel(h=0, s=1, v=1).item() == pytest.approx(0.001075, abs=5e-7)
        assert share.sel(s=1, v=1).sum().item() == pytest.approx(0.0387, abs=5e-5)
        assert share.sel(v=0).sum().item() == pytest.approx(0.0011, abs=5e-5)
        assert share.where(gray).sum().item() == pytest.approx(0.0069, abs=5e-5)

    def test_fine_cube_repeats_no_hue(self):
        cube = fine_cube()
        assert cube.bias.shape == (240, 48, 48)
        assert cube.h.values[[0, 1, -1]] == pytest.approx([0, 1.5 / 360, 358.5 / 360])
        assert cube.s.values[[0, -1]].tolist() == cube.v.values[[0, -1]].tolist() == [0, 1]

    def test_coarse_cube(self):
        cube = coarse_cube()
        assert cube.bias.shape == (12, 4, 5)
        assert cube.s.values == pytest.approx([0, 1 / 3, 2 / 3, 1])

    def test_rgb_cubes(self):
        for cube, count in ((rgb_training_cube(), 8), (rgb_decimal_cube(), 10), (rgb_fine_cube(), 20)):
            assert cube.bias.shape == (count,) * 3
            assert cube.color.sel(r=1, g=0, b=0).values.tolist() == [1, 0, 0]

    def test_probability_of_a_label_over_the_rgb_training_cube(self):
        """Published for 2.4.1 to 2.10.1: .08 redness^8, about 86 of 96 064 rows."""
        labels = 96_064 * (0.08 * redness(rgb_training_cube().color.values) ** 8).mean()
        assert labels == pytest.approx(86.4, abs=0.05)

    def test_validation_colors(self):
        colors = validation_colors()
        assert colors.color.dims == ("point", "channel")
        assert colors.color.shape == (351, 3)
        assert colors.color.values[0].tolist() == [1 / 16] * 3
        assert colors.color.values[342].tolist() == [15 / 16] * 3
        assert sorted(map(tuple, colors.color.values[343:].tolist())) == list(np.ndindex(2, 2, 2))

    @pytest.mark.parametrize("held_out", [rgb_fine_cube, validation_colors])
    def test_only_the_corners_are_trained_on(self, held_out):
        trained, seen = (
            {tuple(color) for color in cube.color.values.reshape(-1, 3).round(9).tolist()}
            for cube in (rgb_training_cube(), held_out())
        )
        assert trained & seen == set(np.ndindex(2, 2, 2))


class TestVibrantHues:
    def test_are_the_most_vibrant_of_the_training_cube(self):
        hues_alone, cube = vibrant_hues(), training_cube()
        assert hues_alone["color"].dims == ("h", "s", "v", "channel")
        np.testing.assert_array_equal(hues_alone["color"][:, 0, 0], cube["color"].sel(s=1, v=1))
        assert (vibrancy(hues_alone["color"]) == 1).all()
        assert (hues_alone["bias"] == 1).all()


class TestNamedColors:
    def test_hues_then_grays_from_black_up(self):
        names = named_colors().name.values.tolist()
        assert names[:3] == ["red", "orange", "yellow"]
        assert names[11:] == ["pink", "black", "dark gray", "gray", "light gray", "white"]
        assert len(set(names)) == 17

    def test_colors(self):
        color = named_colors().color
        assert color.sel(name="azure").values == pytest.approx([0, 0.5, 1])
        assert color.sel(name="lime").values == pytest.approx([0.5, 1, 0])
        assert color.sel(name="light gray").values.tolist() == [0.75, 0.75, 0.75]

    def test_coordinates_are_those_of_the_color(self):
        named = named_colors()
        hsv = np.stack([named[axis].values for axis in "hsv"], axis=-1)
        np.testing.assert_allclose(rgb_to_hsv(named.color.values), hsv, atol=1e-12)


class TestMeasures:
    @pytest.mark.parametrize(
        ("rgb", "expected"),
        [((1, 0, 0), 1), ((1, 1, 1), 0), ((0, 1, 0), 0), ((1, 0.5, 0), 0.75), ((0.5, 0, 0), 0.5)],
    )
    def test_redness(self, rgb, expected):
        assert redness(rgb) == expected

    @given(rgbs)
    def test_nothing_is_redder_than_its_red_channel(self, rgb):
        assert 0 <= redness(rgb) <= rgb[0]

    @given(rgbs)
    def test_vibrancy_is_saturation_times_value(self, rgb):
        _, s, v = colorsys.rgb_to_hsv(*rgb)
        assert vibrancy(rgb) == pytest.approx(s * v, abs=1e-12)
        assert desaturation(rgb) == pytest.approx(1 - s * v, abs=1e-12)

    def test_keep_leading_axes(self):
        color = coarse_cube().color.values
        for measure in (redness, vibrancy, desaturation):
            assert measure(color).shape == (12, 4, 5)
            assert measure(color)[3, 2, 1] == measure(color[3, 2, 1])


class TestHueDistance:
    @given(parts, parts)
    def test_is_the_shortest_of_all_ways_around(self, a, b):
        assert hue_distance(a, b) == pytest.approx(min(abs(a - b + turn) for turn in (-1, 0, 1)), abs=1e-12)

    @pytest.mark.parametrize("place", [0, 1])
    def test_refuses_what_is_no_hue(self, place):
        def distance(h):
            return hue_distance(*(h, 0) if place == 0 else (0, h))

        with pytest.raises(
            ColorError, match=r"the hue nan: it must be a finite number of turns, up to a million, for e"
        ):
            distance([0, np.nan])
        with pytest.raises(ColorError, match=r"hues 'red': give numbers of floating point, for example hues\(12\)"):
            distance("red")

    def test_refuses_pairs_of_other_numbers(self):
        message = (
            r"\(12,\) and \(5,\) colors cannot be compared one by one: give as many of both, or a single one of ei"
        )
        with pytest.raises(ColorError, match=message):
            hue_distance(hues(12), hues(5))
        with pytest.raises(ColorError, match=message):
            hsv_similarity(np.zeros((12, 3)), np.zeros((5, 3)))

    @given(turns, turns)
    def test_is_symmetric_and_at_most_half_a_turn(self, a, b):
        assert hue_distance(a, b) == hue_distance(b, a)
        assert 0 <= hue_distance(a, b) <= 0.5


class TestPrimarySecondaryFocus:
    def test_published(self):
        """(cos(pi d / 30) + 1) / 2, d being the degrees to the nearest multiple of 60."""
        degrees = np.arange(-90, 460, 7.5)
        d = np.array([min(abs(x - 60 * k) for k in range(-3, 10)) for x in degrees])
        published = (np.cos(np.pi * d / 30) + 1) / 2
        np.testing.assert_allclose(primary_secondary_focus(degrees / 360), published, atol=1e-12)

    @pytest.mark.parametrize("hue", [None, "0.5", np.nan, [0, np.inf], np.ma.masked_array([0.5]), 1j])
    def test_refuses_what_is_no_hue(self, hue):
        with pytest.raises(ColorError, match=r"^(the hue|hues) "):
            primary_secondary_focus(hue)

    def test_of_the_training_hues(self):
        """In steps of 10 degrees."""
        assert primary_secondary_focus(hues(36))[:7] == pytest.approx([1, 0.75, 0.25, 0, 0.25, 0.75, 1])


class TestNearness:
    @pytest.mark.parametrize(
        ("color", "near"),
        [((1, 0, 0), 1), ((1, 0.375, 0), 0.75), ((0.625, 0, 0.375), 0.5), ((0.5, 0.5, 0.5), 0), ((0, 0, 0), 1 / 3)],
    )
    def test_to_red(self, color, near):
        assert nearness(color, (1, 0, 0)) == pytest.approx(near, rel=1e-15)

    def test_to_gray(self):
        """Every corner of the cube is half of the way across it from there."""
        corners = [(r, g, b) for r in (0, 1) for g in (0, 1) for b in (0, 1)]
        assert nearness([*corners, (0.5, 0.5, 0.875)], (0.5, 0.5, 0.5)).tolist() == [*[0] * 8, 0.75]

    def test_of_pure_hues_to_red_is_their_similarity(self):
        hsv = [(h, 1, 1) for h in hues(360)]
        assert nearness(hsv_to_rgb(hsv), (1, 0, 0)) == pytest.approx(hsv_similarity(hsv), abs=1e-12)

    def test_slopes_add_up_to_those_of_redness(self):
        step = 1e-6 * np.eye(3)
        colors = np.clip((1, 0, 0) + step * (-1, 1, 1), 0, 1)
        assert (1 - nearness(colors, (1, 0, 0))).sum() == pytest.approx((1 - redness(colors)).sum(), rel=1e-5)

    def test_to_two_colors_at_once(self):
        with pytest.raises(ColorError, match=r"colors of shape \(2, 3\): give one color, for example .* orange"):
            nearness((1, 0, 0), np.zeros((2, 3)))


class TestSimilarity:
    def test_of_the_named_colors_to_red(self):
        """Source: the published table of 2.4.1; powers 2 and 3 are the ones scored there."""
        named = named_colors()
        similar = dict(zip(named.name.values.tolist(), hsv_similarity(rgb_to_hsv(named.color.values)), strict=True))
        expected = dict.fromkeys(similar, 0.0) | {
            "red": 1,
            "orange": 0.667,
            "pink": 0.667,
            "yellow": 0.333,
            "magenta": 0.333,
        }
        assert similar == pytest.approx(expected, abs=5e-4)
        assert similar["orange"] ** 2 == pytest.approx(0.444, abs=5e-4)
        assert similar["yellow"] ** 3 == pytest.approx(0.037, abs=5e-4)

    def test_of_a_dark_or_pale_red_falls_with_its_distance(self):
        assert hsv_similarity((0, 1, 0.5)) == pytest.approx(0.5)
        assert hsv_similarity((0, 0.25, 1)) == pytest.approx(0.25)

    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ((1 / 12, 0.5, 1), PURE_RED, (3 / 4 * 2 / 3 + 1 / 4) * 1 / 2),
            ((1 / 12, 1, 0.25), PURE_RED, (5 / 8 * 2 / 3 + 3 / 8) * 1 / 4),
            ((1 / 2, 0.5, 0.5), PURE_RED, (1 - 5 / 8) * 1 / 2 * 1 / 2),
            ((0, 0.5, 0.5), (1 / 4, 0.5, 0.5), 3 / 4),
            ((1 / 6, 0.5, 1), (1 / 12, 1, 1), (3 / 4 * 2 / 3 + 1 / 4) * 1 / 2),
        ],
    )
    def test_hue_counts_as_far_as_the_two_are_vibrant_in_the_mean(self, a, b, expected):
        """By hand: orange to red has 2/3 of hue, opposite hues none, and two of half of both a vibrancy of 1/4."""
        assert hsv_similarity(a, b) == pytest.approx(expected)

    def test_of_two_dark_colors_ignores_their_hue(self):
        assert hsv_similarity((0, 1, 0), (0.5, 1, 0)) == 1

    @given(hsvs, hsvs)
    def test_is_symmetric_and_a_fraction(self, a, b):
        assert hsv_similarity(a, b) == pytest.approx(hsv_similarity(b, a), abs=1e-12)
        assert 0 <= hsv_similarity(a, b) <= 1

    @given(hsvs)
    def test_of_a_color_to_itself_is_one(self, color):
        assert hsv_similarity(color, color) == pytest.approx(1, abs=1e-12)

    @given(hsvs, st.integers(-2, 2))
    def test_is_cyclic_in_hue(self, color, circles):
        h, s, v = color
        assert hsv_similarity((h + circles, s, v)) == pytest.approx(hsv_similarity(color), abs=1e-12)

    def test_broadcasts_over_leading_axes(self):
        colors = np.stack(np.meshgrid(hues(12), [0, 1], [0, 0.5, 1], indexing="ij"), axis=-1)
        assert hsv_similarity(colors).shape == (12, 2, 3)
        assert hsv_similarity(colors)[0, 1, 2] == hsv_similarity(PURE_RED)
        assert hsv_similarity(colors[:, None, 0, 0], colors[0, 0]).shape == (12, 3)


class TestCheckColors:
    def test_hands_back_float64(self):
        checked = check_colors([[0, 1, 0], [1, 0, 0]])
        assert checked.dtype == np.float64
        assert checked.tolist() == [[0, 1, 0], [1, 0, 0]]

    def test_of_nothing_is_nothing(self):
        assert check_colors(np.empty((0, 3))).shape == (0, 3)

    @pytest.mark.parametrize(
        ("rgb", "message"),
        [
            (
                (0.5, 1.25, 0),
                r"the color \(0.5, 1.25, 0.0\) has g = 1.25: .* in \[0, 1\], for example .* orange",
            ),
            ([(0, 0, 0), (0, 0, -1)], r"the color \(0.0, 0.0, -1.0\) at position \(1,\) has b = -1.0"),
            (
                [[(0, 0, 0)], [(np.nan, 0, 0)]],
                r"the color \(nan, 0.0, 0.0\) at position \(1, 0\) has r = nan",
            ),
            (
                [0, 0],
                r"colors of shape \(2,\): the last axis must hold the three channels r, g, b, for example",
            ),
            (0.5, r"colors of shape \(\): the last axis"),
        ],
    )
    def test_names_the_first_that_is_not_a_color(self, rgb, message):
        with pytest.raises(ColorError, match=message):
            check_colors(rgb)

    @pytest.mark.parametrize("measure", [redness, vibrancy, desaturation, rgb_to_hsv])
    def test_guards_whatever_takes_colors(self, measure):
        with pytest.raises(ColorError, match=r"has r = 2.0"):
            measure([[2, 0, 0]])
        with pytest.raises(ColorError, match=r"colors over \('r', 'g', 'b'\): one axis must be 'channel'"):
            measure(CUBE["bias"])

    @pytest.mark.parametrize("measure", [redness, vibrancy, desaturation, rgb_to_hsv, hsv_to_rgb, hsv_similarity])
    def test_of_no_colors_is_nothing(self, measure):
        assert len(measure(np.empty((0, 3)))) == 0

    @pytest.mark.parametrize("measure", [hsv_to_rgb, hsv_similarity])
    def test_guards_whatever_takes_hsv(self, measure):
        with pytest.raises(ColorError, match=r"the color \(7.0, 1.0, 2.0\) has v = 2.0: .* for example .* red"):
            measure((7, 1, 2))
        for h in (np.inf, np.nan, -1e7):
            with pytest.raises(
                ColorError, match=f"has h = {h}: it must be a finite number of turns, up to a million, "
            ):
                measure((h, 1, 1))
        with pytest.raises(
            ColorError, match=r"'channel'\), whose channels are r, g and b: convert them to h, s and v, "
        ):
            measure(CUBE["color"])


class TestOverChannels:
    def test_of_a_cube_keeps_axes_and_coordinates(self):
        cube = rgb_cube([0, 1], [0, 0.5, 1], [0.25])
        rgb = over_channels(cube.transpose("channel", "b", "g", "r"))
        assert rgb.dims == ("b", "g", "r", "channel")
        assert rgb.equals(cube["color"].transpose("b", "g", "r", "channel"))
        assert over_channels(cube["color"]).equals(cube["color"])

    @pytest.mark.parametrize(
        ("leading", "axes"),
        [
            ((), ()),
            ((4,), ("color",)),
            ((2, 1), ("color_0", "color_1")),
            ((1, 2, 3), ("color_0", "color_1", "color_2")),
        ],
    )
    def test_of_an_array_names_its_axes(self, leading, axes):
        rgb = over_channels(np.full((*leading, 3), 0.25))
        assert rgb.dims == (*axes, "channel")
        assert rgb.dtype == np.float64
        assert (rgb == 0.25).all()

    def test_refuses_what_is_no_color(self):
        with pytest.raises(ColorError, match=r"the color \(2.0, 0.0, 0.0\) at position \(0,\) has r = 2.0"):
            over_channels([(2, 0, 0)])
        with pytest.raises(ColorError, match=r"the last axis must hold the three channels r, g, b"):
            over_channels(xr.DataArray([0, 1], dims="channel"))

    def test_refuses_what_has_no_colors(self):
        with pytest.raises(ColorError, match=r"a Dataset of \['bias'\]: its colors must be called 'color', as in rgb_"):
            over_channels(rgb_training_cube()[["bias"]])
        with pytest.raises(
            ColorError, match=r"colors over \('r', 'g', 'b'\): one axis must be 'channel', as of rgb_cube"
        ):
            over_channels(rgb_training_cube()["bias"])


CUBE = rgb_cube([0, 0.5, 1], [0, 1, 0.25], [0.5, 1, 0])


class TestAligned:
    """A cube is read by the names of its axes and channels, in whatever order these are."""

    def test_a_cube_as_it_is_made_stays(self):
        for cube in (CUBE, training_cube(), validation_colors()):
            assert aligned(cube).identical(cube)

    @pytest.mark.parametrize(
        "axes", [("channel", "r", "g", "b"), ("b", "channel", "g", "r"), ("g", "b", "r", "channel")]
    )
    def test_axes_in_any_order(self, axes):
        assert aligned(CUBE.transpose(*axes)).identical(CUBE)

    def test_a_bias_of_its_own_order(self):
        weighted = CUBE.assign(bias=CUBE["bias"] * CUBE["r"] + CUBE["b"])
        turned = weighted.assign(bias=weighted["bias"].transpose("b", "g", "r"))
        assert aligned(turned).identical(weighted)

    def test_hsv_too(self):
        cube = hsv_cube(hues(3), [0, 1, 0.5], [1, 0.5])
        assert aligned(cube.transpose("v", "channel", "s", "h")).identical(cube)

    @pytest.mark.parametrize("order", ["bgr", "grb"])
    def test_channels_in_any_order(self, order):
        assert aligned(CUBE.sel(channel=list(order))).identical(CUBE)
        assert over_channels(CUBE["color"].sel(channel=list(order))).identical(CUBE["color"])
        np.testing.assert_array_equal(redness(CUBE["color"].sel(channel=list(order))), redness(CUBE["color"]))

    def test_channels_without_names_are_r_g_b(self):
        assert aligned(CUBE.drop_vars("channel"))["color"].equals(CUBE["color"].drop_vars("channel"))

    @pytest.mark.parametrize(
        ("cube", "message"),
        [
            (CUBE["color"], "a DataArray is no cube: give a Dataset, for example rgb_cube(np.linspace(0, 1, 8),"),
            (None, "a NoneType is no cube"),
            (CUBE[["color"]], "a cube of color: its weights must be called 'bias', as in, for example, rgb_cube(np."),
            (CUBE[["bias"]], "a cube of bias: its colors must be called 'color', as in, for example, rgb_cube("),
            (CUBE[[]], "a cube of nothing: its colors must"),
            (
                CUBE.assign(color=(CUBE["color"] * 255).astype(np.uint8)),
                "colors of uint8: they must be of floating point, from 0 to 1, for example cube.assign(color=cube['co",
            ),
            (CUBE.assign(color=CUBE["color"].round().astype(int)), "colors of int64: they must be of floating point"),
            (CUBE.assign(color=CUBE["color"] * 255), "has b = 127.5: it must be in [0, 1]"),
            (CUBE.assign(color=-CUBE["color"]), "it must be in [0, 1]"),
            (CUBE.assign(color=CUBE["color"] * np.nan), "has r = nan: it must be in [0, 1]"),
            (
                CUBE.assign_coords(channel=["r", "r", "b"]),
                "colors with the channels r, r, b: they must be r, g and b, each once, for example color.assign_coords",
            ),
            (CUBE.assign_coords(channel=["R", "G", "B"]), "colors with the channels R, G, B: they must be r, g and b"),
            (CUBE.isel(channel=[0, 1]), "colors with the channels r, g: they must be r, g and b"),
            (CUBE.rename(channel="c"), "one axis must be 'channel'"),
            (
                CUBE.assign_coords(g=[0, 1, 0]),
                "a cube whose axis g has 0 more than once: each place may be there once, for example cube.drop_dupl",
            ),
            (
                CUBE.assign(bias=CUBE["bias"].isel(r=0)),
                "a cube whose color is over ('r', 'g', 'b', 'channel') and its bias over ('g', 'b'): the bias must be "
                "over the axes ('r', 'g', 'b'), one number for each color, as in, for example, rgb_cube(",
            ),
            (CUBE.assign(bias=CUBE["bias"].expand_dims(time=2)), "and its bias over ('time', 'r', 'g', 'b'): the bias"),
            (
                CUBE.assign(color=CUBE["color"].expand_dims(time=2)),
                "the bias must be over the axes ('time', 'r', 'g', ",
            ),
            (CUBE.assign(bias=CUBE["bias"].astype(str)), "a cube whose bias is of <U"),
            (CUBE.isel(r=[]), "it holds no color; give, for example, rgb_cube("),
            (
                CUBE.assign(bias=CUBE["r"] + CUBE["g"] - CUBE["b"]),
                "a cube whose bias is from -1 to 2: its weights must be finite, 0 or above, and not all 0, as in,",
            ),
            (CUBE.assign(bias=CUBE["bias"] * 0), "a cube whose bias is from 0 to 0: its weights must"),
            (CUBE.assign(bias=CUBE["bias"] * np.nan), "a cube whose bias is from nan to nan: its weights must"),
            (CUBE.assign(bias=CUBE["bias"] * np.inf), "a cube whose bias is from inf to inf: its weights must"),
        ],
    )
    def test_refuses_what_cannot_be_read_so(self, cube, message):
        with pytest.raises(ColorError, match=re.escape(message)):
            aligned(cube)


class TestNumbers:
    """What numpy would take for numbers, and is none."""

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            (("1", 0, 0), "colors of <U21: give numbers of floating point, for example (1.0, 0.5, 0.0), orange"),
            ((None, 0, 0), "colors (None, 0, 0): give numbers of floating point"),
            ([[1, 0], [1]], "colors [[1, 0], [1]]: give numbers of floating point"),
            (np.zeros(3, np.uint8), "colors of uint8: give numbers of floating point"),
            (np.zeros(3, bool), "colors of bool: give numbers of floating point"),
            ((1j, 0, 0), "colors of complex128: give numbers"),
            (np.ma.masked_equal([0.0, 0.5, 1], 0.5), "colors in a masked array: what it hides would count; give an ar"),
            (
                "red",
                "colors 'red': give numbers of floating point, for example (1.0, 0.5, 0.0), orange, or a name to nam",
            ),
        ],
    )
    def test_colors(self, given, message):
        with pytest.raises(ColorError, match=re.escape(message)):
            check_colors(given)

    @pytest.mark.parametrize("given", ["01", ["0", "1"], [None], [[0], [0, 1]], np.ma.masked_array([0.0, 1.0])])
    def test_axes(self, given):
        with pytest.raises(ColorError, match=r"^the axis h .*for example hues\(12\)$"):
            hsv_cube(given, [1], [1])


class TestNamedColor:
    @pytest.mark.parametrize(
        ("name", "rgb"),
        [
            ("red", (1, 0, 0)),
            ("orange", (1, 0.5, 0)),
            ("pink", (1, 0, 0.5)),
            ("light gray", (0.75, 0.75, 0.75)),
            ("dark gray", (0.25, 0.25, 0.25)),
            ("dim green", (0, 0.5, 0)),
            ("dark cyan", (0, 0.25, 0.25)),
        ],
    )
    def test_hues_grays_and_shades(self, name, rgb):
        assert named_color(name) == pytest.approx(rgb)

    def test_agrees_with_the_table(self):
        for name, color in named_colors()["color"].groupby("name"):
            assert np.array_equal(named_color(str(name)), color.squeeze())

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("rde", "red"),
            ("Red", "red"),
            ("light grey", "light gray"),
            ("dimgreen", "dim green"),
            ("dark  cyan", "dark cyan"),
            ("turquoise", None),
            ("", None),
        ],
    )
    def test_other_names_are_refused(self, name, meant):
        hint = f" (did you mean '{meant}'?)" if meant else ""
        message = re.escape(f"no color is named '{name}'{hint}: the names are red, orange, ")
        with pytest.raises(ColorError, match=f"{message}.*'dark green'"):
            named_color(name)

    def test_rgb_is_no_name(self):
        with pytest.raises(ColorError, match=r"\(1, 0, 0\) is no name of a color: give one, for example 'green'"):
            named_color((1, 0, 0))


class TestGroups:
    def test_neighbors_are_the_hues_with_some_similarity_to_red(self):
        similarity = {name: float(hsv_similarity((h, 1, 1))) for name, h in HUES.items()}
        assert {name for name in HUES if 0 < similarity[name] < 1} == set(NEIGHBORS_OF_RED)
        assert {name for name in HUES if similarity[name] == 0} == set(FAR_FROM_RED)

    def test_the_medium_cube_is_half_the_fine_one_along_each_axis(self):
        fine, medium = fine_cube(), medium_cube()
        assert [2 * size for size in medium["bias"].shape] == list(fine["bias"].shape)
        assert set(medium["h"].values) <= set(fine["h"].values)
