"""What a term costs on colors, of latents that are known."""

import re

import numpy as np
import pytest

from excolor.colors import vibrant_hues
from excolor.conditions import AngularAnchor, AntiAnchor, AxisAlignedSubspace, Planarity, Separate, Unitarity
from excolor.conditions.regularizers import RegularizerError
from excolor.measures.evaluation import MeasureError
from excolor.measures.latent_shape import off_plane
from excolor.measures.term_losses import regularizer_loss

RED, GREEN, BLUE = np.eye(3)
CYAN = (0, 1, 1)


def test_of_squares(seeing):
    """Blue is in dimension 2, in the second seed twice as much."""
    models = seeing([np.eye(3), np.diag([1, 1, 2])])
    found = regularizer_loss(models, Planarity(), [RED, BLUE])
    assert found.dims == ("seed",)
    assert found["seed"].values.tolist() == [7, 2]
    assert found.values == pytest.approx([1 / 2, 2])
    along_red = AxisAlignedSubspace((0,), invert=True)
    assert regularizer_loss(models, along_red, [RED, CYAN]).values == pytest.approx([0.5] * 2)
    assert regularizer_loss(models, Unitarity(), BLUE).values == pytest.approx([0, 1])


def test_of_a_cube_is_what_another_measure_gives(seeing):
    models = seeing(normalized=True)
    assert regularizer_loss(models, Planarity(), vibrant_hues()).values == pytest.approx(off_plane(models).values)


def test_of_directions_has_nothing_to_do_with_length(seeing):
    """Cyan lies 45 degrees from green, and red at a right angle."""
    models = seeing([3 * np.eye(3), np.eye(3) / 5])
    cosine = 1 / np.sqrt(2)
    assert regularizer_loss(models, AngularAnchor((0, 1, 0)), [GREEN, CYAN]).values == pytest.approx(
        [(1 - cosine) / 2] * 2
    )
    assert regularizer_loss(models, AntiAnchor((0, 1, 0)), [RED, CYAN]).values == pytest.approx([cosine / 2] * 2)


def test_separation_compares_the_colors_with_each_other(seeing):
    """At right angles each pair counts (0 + 1) / 2, squared, and a row with itself too, whose cosine is set to 0."""
    models = seeing()
    assert regularizer_loss(models, Separate(2), [RED, GREEN, BLUE]).values == pytest.approx([3 / 4] * 2)
    assert regularizer_loss(models, Separate(1, shift=False), [RED, RED]).values == pytest.approx([0] * 2)
    assert regularizer_loss(models, Separate(2, shift=False), [GREEN, CYAN]).values == pytest.approx([1 / 2] * 2)


def test_neither_colors_nor_models_change(seeing):
    """The closed forms add to a gradient, and a direction is made of a latent: of copies."""
    models, colors = seeing(2 * np.eye(3)), np.array([GREEN, CYAN])
    before = colors.copy()
    first = regularizer_loss(models, AngularAnchor((0, 1, 0)), colors)
    np.testing.assert_array_equal(regularizer_loss(models, AngularAnchor((0, 1, 0)), colors), first)
    np.testing.assert_array_equal(colors, before)


def test_what_does_not_fit_is_refused(seeing):
    with pytest.raises(MeasureError, match=re.escape("the loss of 'planar': give a regularizer, for example Planar")):
        regularizer_loss(seeing(), "planar", RED)
    with pytest.raises(RegularizerError, match="the latents have 3 dimensions"):
        regularizer_loss(seeing(), AngularAnchor((1, 0)), RED)
