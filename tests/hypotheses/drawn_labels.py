"""How many rows of a run bear a label: labels are drawn with the rows, whatever is trained on them."""

from dataclasses import replace

import xarray as xr

from excolor.conditions.stacking import plan
from excolor.training.batches import batches


def labeled_rows(experiment, seeds, name):
    """The number of rows that bear the label of a term, drawn while that term has a weight, over `seed`.

    The published counts leave out the steps without one.
    """
    (label,) = (term.label.name for term in experiment.terms if term.name == name)
    steps = zip(experiment.dopesheet.values(name) > 0, batches(plan([experiment]), seeds), strict=False)
    rows = sum((batch.shares[label] > 0).sum(1) for has_weight, batch in steps if has_weight)
    return xr.DataArray(rows, {"seed": list(seeds)}, "seed")


def with_label(experiment, name, label):
    """The experiment with another label for a term."""
    terms = (replace(term, label=label) if term.name == name else term for term in experiment.terms)
    return experiment.replace(terms=tuple(terms))
