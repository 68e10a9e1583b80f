"""Latents as discs on a sphere: which is on top, what is face and rim, and the shadow of a zone."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excolor.measures.evaluation import latents, reconstruct
from excolor.plots import PlotError, latent_spheres
from excolor.plots.latent_spheres import VIEWS, shadow

RED, GREEN, BLUE = np.eye(3)
DEPTH = math.sqrt(1 - 0.5**2)


def spheres(z, colors=None, **options):
    colors = np.tile(RED, (len(z), 1)) if colors is None else colors
    return latent_spheres(z, colors, options.pop("reconstruction", colors), **options)


def scatters(picture):
    return [axes.collections[-1] for axes in picture.figure.axes]


@pytest.mark.parametrize("nearer", [0, 1])
def test_the_nearer_disc_is_on_top(pixel, nearer):
    """Two latents that differ in the dimension seen along alone, in either order."""
    z = np.array([[0, 0.5, DEPTH], [0, 0.5, -DEPTH]])[:: 1 if nearer == 0 else -1]
    picture = spheres(z, np.stack([GREEN, BLUE]), views=[(0, 1, 2)])
    assert pixel(picture, picture.figure.axes[0], 0, 0.5) == [(0, 255, 0), (0, 0, 255)][nearer]


def test_each_view_is_drawn_from_the_farthest_to_the_nearest():
    z = np.eye(4)[[2, 0, 3, 1]] * [1, -1, 1, -1]
    for view, drawn in zip(VIEWS[4], scatters(spheres(z)), strict=True):
        i, j, k = view
        order = np.argsort(z[:, k], kind="stable")
        np.testing.assert_array_equal(drawn.get_offsets(), z[order][:, [i, j]])


def test_faces_are_true_and_rims_reconstructed(pixel):
    picture = spheres(np.array([[1.0, 0, 0]]), RED[None], reconstruction=BLUE[None], views=[(0, 1, 2)])
    (disc,) = scatters(picture)
    np.testing.assert_array_equal(disc.get_facecolor()[0, :3], RED)
    np.testing.assert_array_equal(disc.get_edgecolor()[0, :3], BLUE)
    assert pixel(picture, picture.figure.axes[0], 1, 0) == (255, 0, 0)


@pytest.mark.parametrize(
    ("width", "views"),
    [
        (4, [[1, 0, 2], [1, 2, 0], [1, 3, 0]]),
        (5, [[1, 0, 2], [2, 0, 1], [3, 0, 1], [4, 1, 2], [3, 2, 4], [4, 3, 0]]),
    ],
)
def test_the_published_views(width, views):
    assert [view["dims"] for view in spheres(np.eye(width)[:1]).data["views"]] == views


def test_latents_of_a_cube_of_any_shape(gray_ensemble):
    rgb = np.random.default_rng(0).random((2, 3, 4, 3))
    picture = latent_spheres(latents(gray_ensemble, rgb)[0], rgb, reconstruct(gray_ensemble, rgb)[0])
    assert np.shape(picture.data["latents"]) == (24, 4)
    np.testing.assert_allclose(picture.data["shown"], 0.5)


class TestZone:
    def test_seen_along_its_direction_it_is_a_disc_with_the_sine_for_a_radius(self):
        for width in (3, 5):
            outline = shadow(np.eye(width)[2], 30, 0, 1)
            np.testing.assert_allclose(np.hypot(*outline.T), 0.5)

    def test_seen_from_the_side_it_is_what_a_chord_cuts_off(self):
        outline = shadow([1, 0, 0, 0], 60, 1, 0)  # upward
        assert outline[:, 1].min() == pytest.approx(0.5)
        assert outline[:, 1].max() == pytest.approx(1, abs=1e-3)  # an arc of 61 points
        assert np.abs(outline[:, 0]).max() == pytest.approx(math.sqrt(3) / 2)

    @given(
        st.integers(3, 6).flatmap(
            lambda width: st.lists(st.integers(-5, 5), min_size=width, max_size=width).filter(any)
        ),
        st.floats(1, 90),
        st.floats(0, 2 * math.pi),
    )
    def test_it_reaches_as_far_as_the_zone_itself_does(self, direction, degrees, turn):
        """A cap reaches toward a unit vector by 1 if that lies in it, else by the cosine of what is left."""
        toward = np.zeros(len(direction))
        toward[[2, 0]] = math.cos(turn), math.sin(turn)
        apart = math.acos(np.clip(toward @ direction / np.linalg.norm(direction), -1, 1))
        if len(direction) == 3:  # without a fourth dimension the far side is seen as the near one
            mirrored = np.array(direction) * [1, -1, 1]
            np.testing.assert_allclose(shadow(direction, degrees, 2, 0), shadow(mirrored, degrees, 2, 0))
        reach = (shadow(direction, degrees, 2, 0) @ toward[[2, 0]]).max()
        # The outline has 121 points on the curve: chords within 1 - cos(1.5 degrees) of it.
        assert reach == pytest.approx(math.cos(max(apart - math.radians(degrees), 0)), abs=1e-3)

    def test_the_latents_in_it_are_counted(self):
        turns = np.radians([0, 10, 19, 21, 180])
        z = np.column_stack([np.cos(turns), 0 * turns, np.sin(turns)])
        picture = spheres(z, zone=((2, 0, 0), 20))
        assert picture.data["zone"] == {"direction": [1, 0, 0], "degrees": 20, "inside": 3}
        assert "The zone within 20° of (1, 0, 0) is outlined; 3 of 5 colors lie in it." in picture.alt


def test_alt_text_tells_how_far_the_latents_reach():
    z = np.array([[1, 0, 0], [0, 1, 0], [-0.6, 0, 0.8]])
    picture = spheres(z, np.stack([RED, GREEN, BLUE]), reconstruction=np.stack([RED, GREEN, GREEN]), views=[(1, 0, 2)])
    assert picture.alt == (
        "Latents of 3 colors: face the true color, rim the reconstruction, in 1 view. "
        "The rim is farthest from the face at blue, a mean squared difference of 0.667. "
        "Reach: dimension 0 goes from -0.6 at blue to 1 at red; dimension 1 goes from 0 at red to 1 at green; "
        "dimension 2 goes from 0 at red to 0.8 at blue."
    )


def test_alt_text_of_a_dimension_that_was_deleted_says_that_it_stays():
    alt = spheres(np.array([[0, 1, 0], [0, 0, 1]])).alt
    assert "Reach: dimension 0 is 0 throughout; dimension 1 goes from" in alt


def test_latents_off_the_sphere_are_drawn_where_they_are():
    picture = spheres(np.array([[0, 3, 0, 4.0], [0.5, 0, 0, 0]]))
    left, right = picture.figure.axes[0].get_xlim()
    assert left < -4 < 4 < right
    assert "Lengths go from 0.5 to 5." in picture.alt


def test_a_circle_is_seen_as_its_plane():
    turns = np.radians([0, 90, 200])
    z = np.column_stack([np.cos(turns), np.sin(turns)])
    (axes,) = spheres(z).figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("dimension 1", "dimension 0")
    np.testing.assert_allclose(axes.collections[-1].get_offsets(), z[:, ::-1])


def test_a_white_disc_does_not_vanish_into_a_white_page(pixel):
    white = np.ones((1, 3))
    picture = spheres(np.array([[0.0, 0, 1]]), white, views=[(0, 1, 2)])
    (axes,) = picture.figure.axes
    shown = {pixel(picture, axes, x, 0) for x in np.linspace(0, 0.3, 60)}
    assert any(max(color) < 130 for color in shown), "its edge"


@pytest.mark.parametrize(
    ("width", "options", "complaint"),
    [
        (1, {}, "no views of latents of 1 dimension: give some, for example views=[(1, 0, 2)]"),
        (3, {"views": [(0, 1, 1)]}, "the view (0, 1, 1) is not two or three different dimensions from 0 to 2"),
        (3, {"views": [(0, 1, 3)]}, "the view (0, 1, 3) is not two or three different dimensions from 0 to 2"),
        (3, {"views": [(0,)]}, "the view (0,) is not two or three different dimensions from 0 to 2"),
        (
            3,
            {"zone": ((1, 0), 30)},
            "the zone's direction (1, 0) is none in 3 dimensions: give, for example, (1, 0, 0)",
        ),
        (3, {"zone": ((0, 0, 0), 30)}, "the zone's direction (0, 0, 0) is none in 3 dimensions"),
        (3, {"zone": ((1, 0, 0), 120)}, "a zone of 120 degrees: its half-angle is above 0 and at most 90"),
        (3, {"reconstruction": np.zeros((2, 3))}, "shapes (1, 3), (1, 3) and (2, 3): they must be [..., K], [..., 3]"),
    ],
)
def test_what_cannot_be_drawn_is_refused(width, options, complaint):
    with pytest.raises(PlotError, match=re.escape(complaint)):
        spheres(np.eye(width)[:1], **options)


def test_a_latent_that_is_no_number_is_refused():
    with pytest.raises(PlotError, match="a latent is not finite"):
        spheres(np.eye(3)[:1] * math.nan)


def test_a_zone_off_the_sphere_is_refused():
    with pytest.raises(PlotError, match="a zone and a latent of length 2: a zone is that of the unit sphere"):
        spheres(np.eye(3)[:1] * 2, zone=((1, 0, 0), 20))
