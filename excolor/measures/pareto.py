"""The Pareto front of a sweep: the seeds that no other seed beats in all that they are chosen by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from excolor.numerics.given import is_numeric, shown


class FrontError(ValueError):
    """Scores by which no seeds can be compared."""


def on_pareto_front(minimized: Sequence[xr.DataArray], maximized: Sequence[xr.DataArray] = ()) -> xr.DataArray:
    """Whether a seed is dominated by none: none is as good in every score and better in one.

    A seed that alone has the best of one score is always on the front, and all are where all have the same scores. The
    more scores there are, the more seeds are on it. Source: the choice of a seed in 2.4.1 to 2.10.1.

    Args:
        minimized, maximized: scores over `seed`, the same seeds in each, at least one score in all.

    Returns:
        bool over `seed`; False where a score is NaN, and such a seed dominates none.

    Raises:
        FrontError: there is no score, or one is over other seeds than the first.
    """
    scores = [*_checked("minimized", minimized), *(-score for score in _checked("maximized", maximized))]
    if not scores:
        raise FrontError("no score to be minimized or maximized: give one or more, for example [worst_error(ensemble)]")
    first = scores[0]
    for score in scores:
        if not np.array_equal(score["seed"], first["seed"]):
            raise FrontError(
                f"scores of the seeds {shown(first['seed'].values.tolist())} and "
                f"{shown(score['seed'].values.tolist())}: they must be of the same models, for "
                "example [worst_error(ensemble), typical_error(ensemble)]"
            )
    each = np.stack([score.values for score in scores], axis=1)
    one, other = each[:, np.newaxis], each
    dominates = (one <= other).all(-1) & (one < other).any(-1)
    front = ~dominates.any(0) & ~np.isnan(each).any(1)
    return xr.DataArray(front, dims="seed", coords={"seed": first["seed"]}, name="on_front")


def _checked(name: str, scores: object) -> list[xr.DataArray]:
    if not isinstance(scores, Sequence) or not all(is_numeric(score) and score.dims == ("seed",) for score in scores):
        raise FrontError(
            f"the scores to be {name} are {shown(scores)}: give a list of DataArrays over 'seed', for example "
            "[worst_error(ensemble)]"
        )
    return [score.astype(np.float64) for score in scores]
