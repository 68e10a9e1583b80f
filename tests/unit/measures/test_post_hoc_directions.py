"""Directions found after training, against means, covariances and the package of LEACE's authors."""

import dataclasses

import numpy as np
import pytest
import torch
import xarray as xr
from scipy.stats import kstest

from excolor.colors import hsv_cube, hues, rgb_cube
from excolor.conditions.labels import RED, Label
from excolor.edits import ablate, answering, erased
from excolor.measures import latents, leace, mean_difference, principal_component, random_direction
from excolor.measures.evaluation import MeasureError
from excolor.numerics.layers import Affine

CUBE = rgb_cube(*[np.linspace(0, 1, 5)] * 3)
UNEVEN = hsv_cube(hues(6), np.linspace(0, 1, 4), np.linspace(0, 1, 4))
"""Of colors of unequal weight."""
CUBES = pytest.mark.parametrize("cube", [CUBE, UNEVEN], ids=["rgb", "hsv"])
REDNESS = dataclasses.replace(RED, scale=1, power=1)


def samples(ensemble, cube, label=RED):
    """Latents `[S, N, K]`, the probability of the label and the weights `[N]`, in double precision."""
    z = latents(ensemble, cube).values.astype(float)
    p = label.probability(cube["color"].values).ravel()
    weights = cube["bias"].values.ravel()
    return z.reshape(len(z), -1, z.shape[-1]), p, weights / weights.sum()


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


class TestMeanDifference:
    def test_by_hand(self, seeing):
        """Latents that are the colors: black bears no label, and red the only one."""
        cube = rgb_cube([0, 1], [0], [0])
        sure = Label("red", scale=1, concept=RED.concept, power=1)
        found = mean_difference(seeing(), cube, sure)
        assert found.dims == ("seed", "dimension")
        assert found.values.tolist() == [[1, 0, 0]] * 2
        # At a scale of 1/2 red also counts by half among those without the label, beside black: a third of their mean.
        half = dataclasses.replace(sure, scale=0.5)
        assert mean_difference(seeing(), cube, half).values.tolist() == [pytest.approx([2 / 3, 0, 0])] * 2

    @CUBES
    def test_has_the_direction_of_the_covariance(self, ensemble, cube):
        z, p, weights = samples(ensemble, cube)
        covariance = np.einsum("snk,n->sk", z - np.average(z, 1, weights)[:, None], weights * p)
        np.testing.assert_allclose(unit(mean_difference(ensemble, cube, RED).values), unit(covariance), atol=1e-12)

    def test_of_a_cube_that_was_transposed(self, ensemble):
        found = mean_difference(ensemble, CUBE.transpose("channel", "b", "r", "g"), RED)
        assert found.equals(mean_difference(ensemble, CUBE, RED))


class TestPrincipalComponent:
    def test_by_hand(self, seeing):
        """The axis along which latents are stretched most."""
        models = seeing([((1, 0, 0), (0, 1, 0), (0, 0, 3)), ((1, 0, 0), (0, -2, 0), (0, 0, 1))])
        found = principal_component(models, CUBE).values
        np.testing.assert_allclose(found, [[0, 0, 1], [0, 1, 0]], atol=1e-12)

    @CUBES
    def test_no_direction_has_a_larger_variance(self, ensemble, cube):
        z, _, weights = samples(ensemble, cube)
        offset = z - np.average(z, 1, weights)[:, None]
        largest = np.einsum("snk,snj,n->skj", offset, offset, weights)
        found = principal_component(ensemble, cube).values
        variance = np.einsum("snk,sk->sn", offset, found) ** 2 @ weights
        np.testing.assert_allclose(variance, np.linalg.eigvalsh(largest)[:, -1], rtol=1e-12)
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, rtol=1e-12)


class TestRandomDirection:
    def test_has_unit_length_and_is_the_same_each_time(self, ensemble):
        found = random_direction(ensemble)
        np.testing.assert_allclose(np.linalg.norm(found.values, axis=1), 1, rtol=1e-12)
        assert found.equals(random_direction(ensemble))
        assert found.equals(random_direction(ablate(ensemble, 0)))

    def test_any_direction_is_as_likely(self, ensemble):
        """Of three dimensions each coordinate of a point of the sphere is uniform (Archimedes)."""
        seeds = tuple(range(2000))
        last, history = Affine(torch.zeros(2000, 3, 3), torch.zeros(2000, 3)), xr.DataArray(np.zeros(2000), dims="seed")
        many = dataclasses.replace(ensemble, encoder=(last,), decoder=(last,), seeds=seeds, history=history)
        for coordinate in random_direction(many).values.T:
            assert kstest(coordinate, "uniform", (-1, 2)).pvalue > 0.001


class TestLeace:
    @CUBES
    @pytest.mark.parametrize("label", [RED, REDNESS], ids=["RED", "redness"])
    def test_leaves_no_covariance_with_the_label(self, ensemble, cube, label):
        """And no linear reading of the latents, such as the decoder's, has any; before, it has."""
        z, p, weights = samples(ensemble, cube, label)
        covariances = [
            np.abs(np.einsum("skn,n->sk", read(models, z), weights * (p - p @ weights))).max() / p.max()
            for models in (ensemble, erased(ensemble, lambda models: leace(models, cube, label)))
        ]
        assert covariances[0] > 1e-3
        assert covariances[1] < 1e-6  # of weights in single precision

    @CUBES
    def test_keeps_the_mean(self, ensemble, cube):
        z, _, weights = samples(ensemble, cube)
        before, after = (
            read(models, z) @ weights
            for models in (ensemble, erased(ensemble, lambda models: leace(models, cube, RED)))
        )
        np.testing.assert_allclose(after, before, atol=1e-5)

    @CUBES
    def test_is_a_projection_along_the_covariance(self, ensemble, cube):
        z, p, weights = samples(ensemble, cube)
        center = np.average(z, 1, weights)
        eraser = leace(ensemble, cube, RED)
        np.testing.assert_allclose((eraser.along * eraser.reading).sum("dimension"), 1, rtol=1e-12)
        np.testing.assert_allclose(eraser.along, np.einsum("snk,n->sk", z - center[:, None], weights * p), atol=1e-15)
        np.testing.assert_allclose(eraser.center, center, atol=1e-12)

    def test_changes_no_more_than_any_other_that_leaves_none(self, ensemble):
        """Such as the orthogonal projection along the mean difference."""
        z, _, weights = samples(ensemble, CUBE)
        eraser = leace(ensemble, CUBE, RED)
        a, b, m = (part.values for part in (eraser.along, eraser.reading, eraser.center))
        offset, v = z - m[:, None], unit(a)
        changed = np.einsum("snk,sk->sn", offset, b) ** 2 @ weights * (a**2).sum(1)
        orthogonally = np.einsum("snk,sk->sn", offset, v) ** 2 @ weights
        assert (changed <= orthogonally * (1 + 1e-12)).all()

    def test_is_that_of_its_authors(self, ensemble):
        """Without the three deviations that their package has by default: shrinkage of the covariance to a sphere, a
        variance that must not grow, and no erasure of what correlates little, as a rare label's probability does.
        """
        published = pytest.importorskip("concept_erasure", reason="the extra `leace` is not installed")
        z, p, _ = samples(ensemble, CUBE)
        eraser = leace(ensemble, CUBE, RED)
        for seed in range(len(z)):
            x = torch.from_numpy(z[seed])
            theirs = published.LeaceFitter(
                x.shape[1], 1, dtype=torch.float64, shrinkage=False, constrain_cov_trace=False, svd_tol=1e-12
            )
            theirs.update(x, torch.from_numpy(p))
            a, b, m = (part.values[seed] for part in (eraser.along, eraser.reading, eraser.center))
            ours = z[seed] - np.outer((z[seed] - m) @ b, a)
            np.testing.assert_allclose(ours, theirs.eraser(x).numpy(), atol=1e-10)

    def test_of_latents_that_do_not_vary_in_all_dimensions(self, ensemble):
        """Where the covariance has no inverse: as of the same latents with one dimension fewer."""
        eraser = leace(ablate(ensemble, 2), CUBE, RED)
        assert (eraser.along.values[:, 2] == 0).all()
        np.testing.assert_allclose((eraser.along * eraser.reading).sum("dimension"), 1, rtol=1e-9)

    def test_nothing_to_erase(self, seeing):
        flat = seeing(((0, 0, 0),) * 3)
        with pytest.raises(
            MeasureError, match="the latents of seed 7 do not go with the label 'red': there is nothing"
        ):
            leace(flat, CUBE, RED)


def read(models, z):
    """What the decoder's first layer reads of latents `[S, N, K]`: `[S, H, N]`."""
    first = models.decoder[0]
    return first.weight.double().numpy() @ z.swapaxes(1, 2) + first.bias.double().numpy()[..., None]


FINDERS = {
    "mean difference": lambda models: mean_difference(models, CUBE, RED).values,
    "principal component": lambda models: principal_component(models, CUBE).values,
    "random direction": lambda models: random_direction(models).values,
    "leace": lambda models: leace(models, CUBE, RED).reading.values,
}


@pytest.mark.parametrize("find", FINDERS.values(), ids=FINDERS)
def test_a_seed_has_the_same_bits_alone_as_among_others(ensemble, find):
    alone = dataclasses.replace(
        ensemble,
        encoder=tuple(Affine(layer.weight[1:], layer.bias[1:]) for layer in ensemble.encoder),
        decoder=tuple(Affine(layer.weight[1:], layer.bias[1:]) for layer in ensemble.decoder),
        seeds=ensemble.seeds[1:],
        history=ensemble.history[1:],
    )
    assert find(ensemble)[1].tobytes() == find(alone)[0].tobytes()


class TestRefusals:
    def test_no_label(self, ensemble):
        for find in (mean_difference, leace):
            with pytest.raises(MeasureError, match="'red' is no Label: give one, for example RED of excolor"):
                find(ensemble, CUBE, "red")

    def test_colors_that_are_labeled_alike(self, ensemble):
        message = "all 3 colors bear the label 'red' with probability 0: give colors of which some bear it more than"
        for find in (mean_difference, leace):
            with pytest.raises(MeasureError, match=message):
                find(ensemble, rgb_cube([0], [0], [0, 0.5, 1]), RED)

    def test_no_ensemble(self):
        for find in (lambda models: mean_difference(models, CUBE, RED), random_direction):
            with pytest.raises(MeasureError, match="a NoneType cannot be measured: give one ensemble"):
                find(None)

    def test_a_gray_answer_has_directions(self, ensemble):
        """Its latents are as they were."""
        gray = answering(ensemble, (0.5, 0.5, 0.5))
        assert mean_difference(gray, CUBE, RED).equals(mean_difference(ensemble, CUBE, RED))
