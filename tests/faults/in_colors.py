"""Faults in colors: hues, cubes, weights, measures of a color, names."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/colors.py",
        "return np.arange(count) / count",
        "return np.linspace(0, 1, count)",
        "tests/unit/test_colors.py::TestHues::test_go_once_around_the_circle",
    ),
    Fault(
        "excolor/colors.py",
        "(h - lower + HUE_TOLERANCE) % 1 > width",
        "(h - lower) % 1 > width",
        "tests/unit/test_colors.py::TestHuesOutside::test_counts_whole_degrees_exactly",
    ),
    Fault(
        "excolor/colors.py",
        "width = (upper - lower + 2 * HUE_TOLERANCE) % 1",
        "width = upper - lower + 2 * HUE_TOLERANCE",
        "tests/unit/test_colors.py::TestHuesOutside::test_a_band_goes_around_through_red",
    ),
    Fault(
        "excolor/colors.py",
        "(1 - value) / (n_s * n_h)",
        "(1 - value) / n_h",
        "tests/unit/test_colors.py::TestHsvCube::test_bias_at_the_corners",
    ),
    Fault(
        "excolor/colors.py",
        "value * (1 - saturation) / n_h",
        "value * (1 - saturation)",
        "tests/unit/test_colors.py::TestHsvCube::test_bias_at_the_corners",
    ),
    Fault(
        "excolor/colors.py",
        "np.asarray(r * (1 - g / 2 - b / 2))",
        "np.asarray(r * (1 - g) * (1 - b))",
        "tests/unit/test_colors.py::TestPublishedCubes::test_probability_of_a_label_over_the_rgb_training_cube",
    ),
    Fault(
        "excolor/colors.py",
        "rgb.max(axis=-1) - rgb.min(axis=-1)",
        "1 - rgb.min(axis=-1)",
        "tests/unit/test_colors.py::TestMeasures::test_vibrancy_is_saturation_times_value",
    ),
    Fault(
        "excolor/colors.py",
        "return np.asarray(1 - vibrancy(rgb))",
        "return np.asarray(1 - rgb_to_hsv(rgb)[..., 1])",
        "tests/unit/test_colors.py::TestMeasures::test_vibrancy_is_saturation_times_value",
    ),
    Fault(
        "excolor/colors.py",
        "np.minimum(apart, 1 - apart)",
        "apart",
        "tests/unit/test_colors.py::TestHues::test_go_once_around_the_circle",
    ),
    Fault(
        "excolor/colors.py",
        "cos_of_turns(6 * _check_hues(hue))",
        "cos_of_turns(3 * _check_hues(hue))",
        "tests/unit/test_colors.py::TestPrimarySecondaryFocus::test_published",
    ),
    Fault(
        "excolor/colors.py",
        "np.maximum(0, 1 - 4 * hue_distance(h_a, h_b))",
        "np.maximum(0, 1 - 2 * hue_distance(h_a, h_b))",
        "tests/unit/test_colors.py::TestSimilarity::test_of_the_named_colors_to_red",
    ),
    Fault(
        "excolor/colors.py",
        "np.maximum(0, 1 - 4 * hue_distance(h_a, h_b))",
        "1 - 4 * hue_distance(h_a, h_b)",
        "tests/unit/test_colors.py::TestSimilarity::test_of_the_named_colors_to_red",
    ),
    Fault(
        "excolor/colors.py",
        "rho = (s_a * v_a + s_b * v_b) / 2",
        "rho = s_a * v_a * s_b * v_b",
        "tests/unit/test_colors.py::TestSimilarity::test_hue_counts_as_far_as_the_two_are_vibrant_in_the_mean",
    ),
    Fault(
        "excolor/colors.py",
        "inside = np.linspace(1 / 16, 15 / 16, 7)",
        "inside = np.linspace(0, 1, 7)",
        "tests/unit/test_colors.py::TestPublishedCubes::test_validation_colors",
    ),
    Fault(
        "excolor/colors.py",
        "hsv_cube(hues(12), np.linspace(0, 1, 4), np.linspace(0, 1, 5))",
        "hsv_cube(hues(12), np.linspace(0, 1, 5), np.linspace(0, 1, 4))",
        "tests/unit/test_colors.py::TestPublishedCubes::test_coarse_cube",
    ),
    Fault(
        "excolor/colors.py",
        "hsv_cube(hues(36), np.linspace(0, 1, 10), np.linspace(0, 1, 10))",
        "hsv_cube(hues(36), np.linspace(0, 1, 10), np.linspace(0.1, 1, 10))",
        "tests/unit/test_colors.py::TestHsvCube::test_bias_at_the_corners",
    ),
    Fault(
        "excolor/colors.py",
        '{"dim": 0.5, "dark": 0.25}',
        '{"dim": 0.25, "dark": 0.5}',
        "tests/unit/test_colors.py::TestNamedColor::test_hues_grays_and_shades",
    ),
    Fault(
        "excolor/colors.py",
        "hsv[..., 0] %= 1",
        "pass",
        "tests/unit/test_colors.py::TestConversion::test_agrees_with_colorsys_from_rgb",
    ),
    Fault(
        "excolor/colors.py",
        "return named if given == list(CHANNELS) else",
        "return named if set(given) == set(CHANNELS) else",
        "tests/unit/test_colors.py::TestAligned::test_channels_in_any_order",
    ),
    Fault(
        "excolor/colors.py",
        "bias=bias.transpose(*own)",
        "bias=bias",
        "tests/unit/test_colors.py::TestAligned::test_axes_in_any_order",
    ),
    Fault(
        "excolor/colors.py",
        "return hsv_to_rgb((HUES[hue], 1, SHADES.get(shade, 1)))",
        "return hsv_to_rgb((HUES[hue], SHADES.get(shade, 1), 1))",
        "tests/unit/test_colors.py::TestNamedColor::test_hues_grays_and_shades",
    ),
]
