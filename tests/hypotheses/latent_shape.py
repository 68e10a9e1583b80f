"""The shape of latents that nothing normalizes, and how it is measured: what the penalties of 1.7 and 1.8 act on.

Colors count by the bias of their cube, as they do in training.
"""

import numpy as np
import xarray as xr
from hue_wheel import VIBRANT_HUES

from excolor import latents, named_color, rgb_training_cube, training_cube

HEMISPHERE = 4 / (3 * np.pi)
"""The length of the mean of directions that fill half of the sphere of four dimensions evenly; of all of it, 0."""

EVEN_BALL = 0.5 ** (1 / 4)
"""The median length of points that fill the ball of four dimensions evenly."""


def one_sidedness(ensemble):
    """The length of the mean unit latent: 1 if all colors lie in one direction."""
    z, weight = _latents(ensemble, rgb_training_cube())
    unit = z / np.linalg.norm(z, axis=-1, keepdims=True)
    return _over_seeds(ensemble, np.linalg.norm(np.average(unit, axis=1, weights=weight), axis=-1))


def off_sphere(ensemble):
    """The mean over all colors of (|z| - 1)^2."""
    return _off_sphere(ensemble, training_cube())


def vibrant_off_sphere(ensemble):
    """The mean over the vibrant hues of (|z| - 1)^2."""
    return _off_sphere(ensemble, VIBRANT_HUES)


def off_plane_share(ensemble):
    """Of the squared lengths of the vibrant hues the share off the plane of dimensions 0 and 1: 1/2 at random."""
    z, _ = _latents(ensemble, VIBRANT_HUES)
    squares = np.square(z).sum(1)
    return _over_seeds(ensemble, squares[:, 2:].sum(1) / squares.sum(1))


def red_off_anchor(ensemble):
    """The squared distance of red from (1, 0, ...): 2 at random on the sphere."""
    z = latents(ensemble, named_color("red")).numpy().astype(np.float64)
    return _over_seeds(ensemble, np.square(z - np.eye(z.shape[-1])[0]).sum(-1))


def radius(ensemble):
    """The median length of the latents."""
    z, _ = _latents(ensemble, rgb_training_cube())
    return _over_seeds(ensemble, np.median(np.linalg.norm(z, axis=-1), axis=1))


def bend(ensemble):
    """What of the latents' variance no affine map of the RGB cube explains: 0 if they are a cube, leaning or not."""
    z, _ = _latents(ensemble, rgb_training_cube())
    return _over_seeds(ensemble, np.array([unexplained(one) for one in z]))


def bend_of_a_sphere():
    """That of the cube with every color moved, straight from mid-gray, onto a sphere."""
    offset = rgb_training_cube()["color"].values.reshape(-1, 3) - 0.5
    return unexplained(offset / np.linalg.norm(offset, axis=-1, keepdims=True))


def unexplained(z):
    """1 - R^2 of the best affine map from RGB to the latents `[N, K]` of the training cube."""
    rgb = rgb_training_cube()["color"].values.reshape(-1, 3) - 0.5
    z = z - z.mean(0)
    fitted = rgb @ np.linalg.lstsq(rgb, z, rcond=None)[0]
    return np.square(z - fitted).sum() / np.square(z).sum()


def _off_sphere(ensemble, cube):
    z, weight = _latents(ensemble, cube)
    return _over_seeds(ensemble, np.average(np.square(np.linalg.norm(z, axis=-1) - 1), axis=1, weights=weight))


def _latents(ensemble, cube):
    """The latents `[S, N, K]` of a cube's colors, and what each counts `[N]`."""
    return latents(ensemble, cube["color"].values).numpy().astype(np.float64).reshape(
        len(ensemble.seeds), -1, ensemble.bottleneck
    ), cube["bias"].values.ravel()


def _over_seeds(ensemble, values):
    return xr.DataArray(values, dims="seed", coords={"seed": list(ensemble.seeds)})
