"""The loss of a term on colors of one's choice, of trained models: what training would log of such a batch."""

from __future__ import annotations

import numpy as np
import xarray as xr

from excolor.colors import Colors
from excolor.conditions.regularizers import Regularizer
from excolor.ensemble import Ensemble
from excolor.measures.evaluation import MeasureError, latents, over_seeds
from excolor.numerics.elementwise import normalize
from excolor.numerics.given import shown
from excolor.training.gradients import add_gradient, is_angular


def regularizer_loss(ensemble: Ensemble, regularizer: Regularizer, colors: Colors) -> xr.DataArray:
    """The mean of a regularizer's loss over colors, taken as one batch, over `seed`.

    It acts on the latents that the decoder reads. Separation compares every color with every other of the batch.

    Args:
        colors: as `reconstruct` takes them.

    Raises:
        MeasureError: it is no Regularizer.
        RegularizerError: it does not fit the width of the latents.
    """
    if not isinstance(regularizer, Regularizer):
        raise MeasureError(
            f"the loss of {shown(regularizer)}: give a regularizer, for example Planarity() or Separate(power=100)"
        )
    z = latents(ensemble, colors).values
    batch = np.ascontiguousarray(z.reshape(len(z), -1, z.shape[-1]).swapaxes(1, 2))
    if is_angular(regularizer):
        normalize(batch.copy(), batch, np.empty((len(batch), batch.shape[2]), np.float32))
    seeds, _, rows = batch.shape
    share, no_weight = np.full((seeds, rows), 1 / rows, np.float32), np.zeros(seeds, np.float32)
    return over_seeds(ensemble, add_gradient(regularizer, batch, share, no_weight, np.zeros_like(batch)), "loss")
