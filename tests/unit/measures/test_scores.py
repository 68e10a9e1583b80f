"""R^2 and collateral damage, against scipy, closed forms, and oracles of deletions that are known to be good or bad."""

import re

import numpy as np
import pytest
import xarray as xr
from scipy.stats import pearsonr

from excolor.colors import (
    hsv_similarity,
    named_colors,
    redness,
    rgb_cube,
    rgb_fine_cube,
    rgb_to_hsv,
    rgb_training_cube,
    validation_colors,
)
from excolor.conditions import Concept, ConceptError
from excolor.measures.scores import ScoreError, collateral, r_squared, similarity_over, to_power, vibrancy_over
from excolor.numerics.streams import stream

GRIDS = (rgb_training_cube, rgb_fine_cube, validation_colors)


def over(colors, *errors):
    """Errors of one seed after the other, each given over the colors or as one number."""
    similarity = similarity_over(colors)
    values = np.stack([np.broadcast_to(error, similarity.shape) for error in errors])
    coords = {"seed": list(range(3, 3 + len(errors))), **similarity.coords}
    return xr.DataArray(values, dims=("seed", *similarity.dims), coords=coords)


def oracles(colors):
    """The error that a model would have if it lost what the name says, and was perfect else."""
    rgb = colors["color"].values
    channels_lost = rgb * [1, 0, 0]
    return {
        "red channel": (channels_lost**2).mean(-1),
        "redness cubed": redness(rgb) ** 3 / 3,
        "similarity squared": hsv_similarity(rgb_to_hsv(rgb)) ** 2 / 3,
        "similarity cubed": hsv_similarity(rgb_to_hsv(rgb)) ** 3 / 3,
        "all but a gray": ((rgb - 0.5) ** 2).mean(-1),
        "nothing but a little everywhere": np.full(rgb.shape[:-1], 0.001),
    }


def scored(score, grid, oracle):
    colors = grid()
    power = 2 if score is r_squared else 1
    return float(score(over(colors, oracles(colors)[oracle]), similarity_over(colors) ** power)[0])


class TestConcepts:
    def test_likeness_to_another_than_red(self):
        """By its nearness: a full channel counts 2/3."""
        names = ["green", "lime", "cyan", "white", "red"]
        similarity = similarity_over(named_colors(), Concept.named("green")).sel(name=names)
        assert similarity.values == pytest.approx([1, 2 / 3, 1 / 3, 0, 0])

    def test_what_is_no_concept(self):
        with pytest.raises(ConceptError, match="'green' is no Concept: give one, for example Concept"):
            similarity_over(named_colors(), "green")

    def test_over_named_colors(self):
        similarity, vibrancy = similarity_over(named_colors()), vibrancy_over(named_colors())
        assert similarity.dims == vibrancy.dims == ("name",)
        assert similarity.sel(name=["red", "orange", "yellow", "cyan", "white"]).values == pytest.approx(
            [1, 2 / 3, 1 / 3, 0, 0]
        )
        assert vibrancy.sel(name=["red", "cyan", "gray"]).values.tolist() == [1, 1, 0]

    def test_over_a_cube_in_any_order(self):
        cube = rgb_cube([0, 1], [0, 0.5, 1], [0.25])
        for measure in (similarity_over, vibrancy_over):
            xr.testing.assert_allclose(measure(cube.transpose("channel", "b", "g", "r")), measure(cube).transpose())
        assert vibrancy_over(cube).sel(r=1, g=0.5, b=0.25).item() == 0.75

    def test_of_single_colors(self):
        assert similarity_over((1, 0.5, 0)).item() == pytest.approx(2 / 3)
        assert vibrancy_over([(1, 0.5, 0), (0.5, 0.5, 0.5)]).values.tolist() == [1, 0]


class TestToPower:
    @pytest.mark.parametrize(("exponent", "expected"), [(1, 0.25), (2, 1 / 16), (3, 1 / 64), (0.5, 0.5), (2.5, 1 / 32)])
    def test_by_hand(self, exponent, expected):
        concept = xr.DataArray([0, 0.25, 1], dims="name", coords={"name": ["a", "b", "c"]})
        raised = to_power(concept, exponent)
        assert raised.values == pytest.approx([0, expected, 1])
        assert raised["name"].equals(concept["name"])
        assert concept.values.tolist() == [0, 0.25, 1]

    @pytest.mark.parametrize("exponent", [0, -1, np.nan, 1001, "2", None])
    def test_refuses_what_is_none(self, exponent):
        with pytest.raises(ScoreError, match=f"the exponent {exponent!r}: it must be above 0 and at most 1000, for"):
            to_power(similarity_over(named_colors()), exponent)


class TestRSquared:
    @pytest.mark.parametrize("grid", GRIDS)
    def test_agrees_with_scipy(self, grid):
        colors = grid()
        concept = similarity_over(colors) ** 2
        errors = over(colors, *stream(0, "errors").exponential(size=(4, *concept.shape)) * (0.1 + concept.values))
        expected = [pearsonr(error.ravel(), concept.values.ravel()).statistic ** 2 for error in errors.values]
        np.testing.assert_allclose(r_squared(errors, concept), expected, rtol=1e-9)

    def test_is_the_same_for_the_opposite(self):
        """An error that falls where the concept rises is explained by it as well."""
        colors = rgb_training_cube()
        concept = similarity_over(colors)
        errors = over(colors, *stream(0, "errors").exponential(size=(3, *concept.shape)) + concept.values)
        straight = r_squared(errors, concept)
        assert (straight > 0.01).all()
        np.testing.assert_allclose(r_squared(1 - errors, concept), straight, rtol=1e-9)
        np.testing.assert_allclose(r_squared(errors, 1 - concept), straight, rtol=1e-9)

    def test_does_not_mind_the_order_of_the_axes(self):
        cube = rgb_training_cube()
        errors = over(cube, oracles(cube)["redness cubed"])
        concept = similarity_over(cube)
        np.testing.assert_allclose(
            r_squared(errors.transpose("b", "seed", "r", "g"), concept), r_squared(errors, concept)
        )

    @pytest.mark.parametrize(
        ("oracle", "grid", "power", "expected"),
        [
            ("similarity cubed", rgb_training_cube, 2, 0.944),
            ("redness cubed", rgb_training_cube, 2, 0.965),
            ("redness cubed", rgb_training_cube, 3, 0.962),
            ("red channel", rgb_fine_cube, 2, 0.37),
            ("red channel", rgb_fine_cube, 3, 0.26),
            ("all but a gray", rgb_fine_cube, 2, 0.05),
        ],
    )
    def test_is_weak_evidence(self, oracle, grid, power, expected):
        """What the oracles score, computed beforehand elsewhere, to its printed digits."""
        colors = grid()
        measured = r_squared(over(colors, oracles(colors)[oracle]), similarity_over(colors) ** power)
        assert measured.item() == pytest.approx(expected, abs=0.005 if expected < 0.9 else 0.0005)

    def test_does_not_know_how_much_is_deleted(self):
        colors = validation_colors()
        concept = similarity_over(colors)
        little = over(colors, 1e-6 * concept, 0.2 + 0.1 * concept)
        assert r_squared(little, concept).values == pytest.approx([1, 1])

    def test_keeps_the_seeds_and_answers_in_double_precision(self):
        colors = validation_colors()
        errors = over(colors, similarity_over(colors), 1 - similarity_over(colors)).astype(np.float32)
        score = r_squared(errors, similarity_over(colors))
        assert score.dims == ("seed",)
        assert score["seed"].values.tolist() == [3, 4]
        assert score.dtype == np.float64

    @pytest.mark.parametrize("value", [0.1, 1 / 3, 0])
    def test_of_a_constant_error_is_none(self, value):
        colors = validation_colors()
        score = r_squared(over(colors, value, similarity_over(colors)), similarity_over(colors))
        assert np.isnan(score[0])
        assert score[1] == pytest.approx(1)


class TestCollateral:
    def test_by_hand(self):
        colors = rgb_cube([1], [0, 0.5, 1], [0])  # red, orange, yellow: similarity 1, 2/3, 1/3
        errors = over(colors, np.reshape([0.5, 0.2, 0.1], (1, 3, 1)))
        # (1/3 * 0.2 + 2/3 * 0.1) / (1/3 + 2/3) / 0.5
        assert collateral(errors, similarity_over(colors)).values == pytest.approx([(0.2 / 3 + 0.2 / 3) / 0.5])

    @pytest.mark.parametrize("grid", GRIDS)
    def test_of_equal_damage_is_1(self, grid):
        assert scored(collateral, grid, "nothing but a little everywhere") == pytest.approx(1)

    @pytest.mark.parametrize("grid", GRIDS)
    def test_tells_a_lost_channel_from_a_lost_concept(self, grid):
        """By a factor of six at least, where the R^2 of the two differ by less than three."""
        good = [scored(collateral, grid, f"similarity {power}") for power in ("squared", "cubed")]
        good.append(scored(collateral, grid, "redness cubed"))
        bad = [scored(collateral, grid, oracle) for oracle in ("red channel", "all but a gray")]
        assert max(good) < 0.05
        assert min(bad) > 6 * max(good)

    @pytest.mark.parametrize(
        ("oracle", "expected"),
        [("similarity squared", 0.04), ("similarity cubed", 0.02), ("red channel", 0.29), ("all but a gray", 0.35)],
    )
    def test_of_the_oracles_is_as_documented(self, oracle, expected):
        assert scored(collateral, validation_colors, oracle) == pytest.approx(expected, abs=0.005)

    def test_of_a_lost_channel_approaches_a_third(self):
        """Unweighted, r^2 is 1/3 on average over a cube; red colors, which count less, have more of it."""
        colors = rgb_fine_cube()
        plain = over(colors, oracles(colors)["red channel"])
        assert float((plain.mean() / plain.max()).item()) == pytest.approx(1 / 3, abs=0.03)
        assert 0.25 < scored(collateral, rgb_fine_cube, "red channel") < 1 / 3

    def test_does_not_know_how_much_is_deleted_either(self):
        colors = validation_colors()
        similarity = similarity_over(colors)
        little, much = collateral(over(colors, 1e-5 * similarity, similarity), similarity)
        assert little == pytest.approx(much.item())

    def test_of_colors_of_several_full_similarities(self):
        colors = rgb_cube([0, 1], [0, 1], [0, 1])
        vibrancy = vibrancy_over(colors)
        errors = over(colors, vibrancy * 0.4 + (1 - vibrancy) * 0.1)
        assert collateral(errors, vibrancy).values == pytest.approx([0.25])

    def test_where_the_concept_does_not_suffer_counts_half_a_step(self):
        """All others being off by one step of 256 in every channel, their error is four times what counts of red's."""
        colors = validation_colors()
        similarity = similarity_over(colors)
        assert collateral(over(colors, (similarity < 1) / 255**2), similarity).values == pytest.approx([4])

    def test_of_a_nan_is_nan(self):
        colors = validation_colors()
        errors = over(colors, 0.1, 0.2)
        errors[1, 7] = np.nan
        for score in (collateral, r_squared):
            assert np.isnan(score(errors, similarity_over(colors))[1])
        assert collateral(errors, similarity_over(colors))[0] == pytest.approx(1)


LABELS = {
    "the same": lambda concept: concept,
    "others": lambda concept: concept.assign_coords(r=concept["r"] + 1),
    "others, of the axis that changes fastest": lambda concept: concept.assign_coords(b=concept["b"] + 1),
    "in another order": lambda concept: concept.isel(g=slice(None, None, -1)),
    "other axes first": lambda concept: concept.transpose("b", "g", "r"),
    "one less": lambda concept: concept.isel(b=slice(1, None)),
    "none": lambda concept: concept.drop_vars(["r", "g", "b"]),
    "none, and one less": lambda concept: concept.drop_vars(["r", "g", "b"]).isel(b=slice(1, None)),
    "none of one axis": lambda concept: concept.drop_vars("g"),
    "whole numbers": lambda concept: concept.assign_coords(r=range(concept.sizes["r"])),
    "of two levels": lambda concept: concept.stack(rg=["r", "g"]),
    "of two levels, one another": lambda concept: concept.assign_coords(r=concept["r"] + 1).stack(rg=["r", "g"]),
    "beside the axes": lambda concept: concept.assign_coords(name=("r", list(map(str, range(concept.sizes["r"]))))),
}


@pytest.mark.parametrize("of_errors", LABELS)
@pytest.mark.parametrize("of_concept", LABELS)
def test_labels_are_the_same_if_xarray_aligns_them_as_they_are(of_errors, of_concept):
    """It is asked of what is not plain alone."""
    plain = similarity_over(rgb_cube([0, 1], [0, 0.5, 1], [0, 1]))
    concept, errors = LABELS[of_concept](plain), LABELS[of_errors](plain).expand_dims(seed=[3, 4]) ** 2
    if set(errors.dims) - {"seed"} != set(concept.dims):
        return  # refused before
    try:
        xr.align(errors, concept, join="exact")
    except ValueError:
        with pytest.raises(ScoreError, match="errors and concept are of different colors"):
            r_squared(errors, concept)
    else:
        assert np.isfinite(r_squared(errors, concept)).all()


class TestRefusals:
    @pytest.mark.parametrize("score", [r_squared, collateral])
    def test_errors_of_other_colors(self, score):
        fine = rgb_fine_cube()
        message = "errors and concept are of different colors, .*: take both of the same cube, for example"
        with pytest.raises(ScoreError, match=message):
            score(over(fine, 0.1), similarity_over(rgb_training_cube()))
        message = re.escape(
            "errors that are a DataArray of float64 over seed, r, g, b and a concept that is a DataArray of float64 "
            "over point: both must be over the axes of the same colors"
        )
        with pytest.raises(ScoreError, match=message):
            score(over(fine, 0.1), similarity_over(validation_colors()))

    def test_a_concept_without_itself(self):
        colors = rgb_cube([0.5], [0, 1], [1])
        message = "the concept goes from .* to .*: collateral needs colors of 1, the concept itself, and others"
        with pytest.raises(ScoreError, match=message):
            collateral(over(colors, 0.1), similarity_over(colors))

    def test_nothing_but_the_concept(self):
        colors = rgb_cube([1], [0], [0])
        with pytest.raises(ScoreError, match="the concept goes from 1 to 1: collateral needs"):
            collateral(over(colors, 0.1), similarity_over(colors))
        with pytest.raises(ScoreError, match="all 1 colors have a concept of 1: nothing can go with it, give a cube"):
            r_squared(over(colors, 0.1), similarity_over(colors))

    def test_are_value_errors(self):
        assert issubclass(ScoreError, ValueError)
