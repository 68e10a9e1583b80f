"""Faults in plots."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/plots/error_curves.py",
        "axes.set_xlim(x[0], x[-1])",
        "axes.set_xlim(x[-1], x[0])",
        "tests/unit/plots/test_error_curves.py::test_axes_begin_on_the_left_and_name_what_they_show",
    ),
    Fault(
        "excolor/plots/error_curves.py",
        "[0.25, 0.5, 0.75], axis=0",
        "[0.05, 0.5, 0.95], axis=0",
        "tests/unit/plots/test_error_curves.py::test_lines_are_medians_and_shades_quartiles",
    ),
    Fault(
        "excolor/plots/error_curves.py",
        "(x[1:] + x[:-1]) / 2",
        "(1 - x[1:] + 1 - x[:-1]) / 2",
        "tests/unit/plots/test_error_curves.py::test_segments_have_the_color_halfway_between_their_ends",
    ),
    Fault(
        "excolor/plots/error_curves.py",
        'scale = 360 if panel["along"] == "h" else 1',
        "scale = 360",
        "tests/unit/plots/test_error_curves.py::test_segments_have_the_color_halfway_between_their_ends",
    ),
    Fault(
        "excolor/plots/error_curves.py",
        "points = np.column_stack([x, median])",
        "points = np.column_stack([x, high])",
        "tests/unit/plots/test_error_curves.py::test_segments_have_the_color_halfway_between_their_ends",
    ),
    Fault(
        "excolor/plots/color_slices.py",
        "[_value(axis, values[place]) for place in places]",
        "[_value(axis, values[-1 - place]) for place in places]",
        "tests/unit/plots/test_color_slices.py::test_ticks_name_the_places_that_they_stand_at",
    ),
    Fault(
        "excolor/plots/color_slices.py",
        'axes.imshow(content["shown"], interpolation="nearest")',
        'axes.imshow(content["true"], interpolation="nearest")',
        "tests/unit/plots/test_color_slices.py::test_a_square_is_the_reconstruction_and_its_middle_the_truth",
    ),
    Fault(
        "excolor/plots/color_slices.py",
        '.transpose(panel, down, across, "channel")',
        '.transpose(panel, across, down, "channel")',
        "tests/unit/plots/test_color_slices.py::test_a_square_is_the_reconstruction_and_its_middle_the_truth",
    ),
    Fault(
        "excolor/plots/color_slices.py",
        "(error < 0.001).sum()",
        "(error > 0.001).sum()",
        "tests/unit/plots/test_color_slices.py::test_alt_text_tells_where_a_gray_answer_fails",
    ),
    Fault(
        "excolor/plots/error_vs_similarity.py",
        "float(line.rvalue) ** 2",
        "float(line.rvalue)",
        "tests/unit/plots/test_error_vs_similarity.py::test_the_fit_is_scipys",
    ),
    Fault(
        "excolor/plots/error_vs_similarity.py",
        "hsv_similarity(rgb_to_hsv(rgb)) ** power",
        "hsv_similarity(rgb_to_hsv(rgb))",
        "tests/unit/plots/test_error_vs_similarity.py::test_the_points_are_similarity_to_a_power_and_error",
    ),
    Fault(
        "excolor/plots/latent_spheres.py",
        'np.argsort(z[:, k], kind="stable").tolist()',
        'np.argsort(-z[:, k], kind="stable").tolist()',
        "tests/unit/plots/test_latent_spheres.py::test_the_nearer_disc_is_on_top",
    ),
    Fault(
        "excolor/plots/latent_spheres.py",
        "c=true[order], edgecolors=shown[order]",
        "c=shown[order], edgecolors=true[order]",
        "tests/unit/plots/test_latent_spheres.py::test_faces_are_true_and_rims_reconstructed",
    ),
    Fault(
        "excolor/plots/latent_spheres.py",
        "np.degrees(np.arccos(np.clip(cosine, -1, 1))) <= zone.degrees",
        "np.degrees(np.arccos(np.abs(np.clip(cosine, -1, 1)))) <= zone.degrees",
        "tests/unit/plots/test_latent_spheres.py::TestZone::test_the_latents_in_it_are_counted",
    ),
    Fault(
        "excolor/plots/loss_history.py",
        "np.divide(sums, counts, out=np.full_like(sums, math.nan), where=counts > 0)",
        "np.where(counts > 0, sums / window, math.nan)",
        "tests/unit/plots/test_loss_history.py::test_steps_that_fill_no_last_window",
    ),
    Fault(
        "excolor/plots/loss_history.py",
        "(start + min(start + window, steps) - 1) / 2",
        "start + window / 2",
        "tests/unit/plots/test_loss_history.py::test_seeds_are_summarized_by_their_quartiles",
    ),
    Fault(
        "excolor/plots/loss_history.py",
        "positive.max() > DECADE * positive.min()",
        "positive.max() > DECADE",
        "tests/unit/plots/test_loss_history.py::test_the_axis_is_logarithmic_where_a_line_spans_more_than_a_decade",
    ),
    Fault(
        "excolor/plots/schedule.py",
        "if values[step] < top), len(values)) - 1",
        "if values[step] < top), len(values))",
        "tests/unit/plots/test_schedule.py::test_alt_text_tells_where_the_weights_peak",
    ),
    Fault(
        "excolor/plots/predictions.py",
        'zip(row["claim"], (axis["low"], axis["high"]), strict=True)',
        'zip(row["claim"], (axis["high"], axis["low"]), strict=True)',
        "tests/unit/plots/test_predictions.py::test_the_shade_ends_at_the_threshold",
    ),
    Fault(
        "excolor/plots/predictions.py",
        '"<": [place for place, sample in enumerate(samples) if sample < axis["low"]],',
        '"<": [place for place, sample in enumerate(samples) if sample > axis["high"]],',
        "tests/unit/plots/test_predictions.py::test_a_seed_far_from_all_the_rest_is_an_arrow_and_does_not_widen_the_axis",
    ),
    Fault(
        "excolor/plots/predictions.py",
        '"measured": comparison.reading,',
        '"measured": estimate.text(),',
        "tests/unit/plots/test_predictions.py::test_a_value_is_printed_to_as_many_digits_as_its_verdict_needs",
    ),
    Fault(
        "excolor/plots/predictions.py",
        'if row["verdict"] != Verdict.CONFIRMED]',
        'if row["verdict"] == Verdict.DISCONFIRMED]',
        "tests/unit/plots/test_predictions.py::test_alt_text_counts_the_verdicts_and_tells_what_is_not_confirmed",
    ),
    Fault(
        "excolor/plots/wording.py",
        "round(hue % 1 * 360, 1) % 360",
        "round(hue % 1 * 360, 1)",
        "tests/unit/plots/test_wording.py::test_hues_are_told_within_one_turn",
    ),
    Fault(
        "excolor/plots/wording.py",
        "key=lambda name: float(hue_distance(HUES[name], hue))",
        "key=lambda name: abs(HUES[name] - hue)",
        "tests/unit/plots/test_wording.py::test_hues_are_told_within_one_turn",
    ),
]
