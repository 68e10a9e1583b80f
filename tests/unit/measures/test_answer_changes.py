"""How far answers move, of models whose decoders are linear, or in which a part of an edit does what is known."""

from dataclasses import replace

import numpy as np
import pytest

from excolor.edits import BoundedFalloff, Suppression, ablate, intervene
from excolor.ensemble import Edit
from excolor.measures.answer_changes import answer_change, off_half_way

ALONG = (1.0, 0.0, 0.0)
COLORS = [(0.8, 0.2, 0.4), (0.4, 0.6, 0.2)]


def without(models, share):
    return intervene(models, Suppression(ALONG, BoundedFalloff(0, share, 0)))


def moved_by(models, factor):
    """With z_0 made smaller by that times its square."""
    return replace(models, edits=(Edit("bottleneck", lambda z: z - factor * z[..., :1] ** 2 * z.new_tensor(ALONG)),))


def test_change_of_a_lost_channel(seeing):
    """In the first seed red is answered, in the second half of it; all of it is taken, or half."""
    models = seeing(answer=[np.eye(3), np.eye(3) / 2])
    mean_square = (0.8**2 + 0.4**2) / 6
    whole = answer_change(without(models, 1), models, COLORS)
    assert whole.dims == ("seed",)
    assert whole["seed"].values.tolist() == [7, 2]
    assert whole.values == pytest.approx(np.sqrt([mean_square, mean_square / 4]))
    assert answer_change(without(models, 0.5), models, COLORS).values == pytest.approx(whole.values / 2)
    assert answer_change(models, models, COLORS).values.tolist() == [0, 0]


def test_a_linear_decoder_goes_half_way(seeing):
    models = seeing(answer=np.eye(3))
    assert off_half_way(without(models, 0.5), without(models, 1), models, COLORS).values == pytest.approx(
        [0, 0], abs=1e-7
    )


def test_what_is_done_at_once_is_off_by_the_whole(seeing):
    """Half of the edit does nothing, or already all."""
    models = seeing(answer=np.eye(3))
    whole = without(models, 1)
    change = answer_change(whole, models, COLORS).values
    assert off_half_way(models, whole, models, COLORS).values == pytest.approx(change)
    assert off_half_way(whole, whole, models, COLORS).values == pytest.approx(change)


def test_a_square_is_off_by_half_of_the_whole(seeing):
    models = seeing(answer=np.eye(3))
    half, whole = moved_by(models, 1 / 4), moved_by(models, 1)
    change = answer_change(whole, models, COLORS).values
    assert off_half_way(half, whole, models, COLORS).values == pytest.approx(change / 2)


def test_another_edit_is_no_twice_as_much(ensemble):
    """Deletion normalizes again what is left."""
    half = intervene(ensemble, Suppression((1.0, 0, 0, 0, 0), BoundedFalloff(0, 0.5, 0)))
    deleted = ablate(ensemble, 0)
    assert (off_half_way(half, deleted, ensemble, COLORS) > answer_change(deleted, ensemble, COLORS) / 4).all()
