"""A plain torch loop that trains one model: modules, autograd and torch's own Adam, with the experiment's own terms.

The stacked training is compared with it, in speed and in weights.
"""

import math
from collections.abc import Iterable, Iterator, Mapping

import torch
import xarray as xr
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import vector_to_parameters

import excolor
from excolor.conditions.architecture import Architecture
from excolor.conditions.experiment import RECONSTRUCTION
from excolor.conditions.stacking import plan
from excolor.numerics.layers import Affine
from excolor.schedule.dopesheet import LEARNING_RATE
from excolor.training.batches import batches as stacked_batches
from excolor.training.initial_weights import initial_parameters

LabeledColors = tuple[Tensor, Mapping[str, Tensor]]
"""A batch: colors `[B, 3]`, and for each label 1 for the rows that bear it and 0 for the others `[B]`."""


class Autoencoder(nn.Module):
    """One model of an architecture, with torch's default initialization, drawn from its global generator."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.form = architecture.form
        activation = {"gelu": nn.GELU, "relu": nn.ReLU}[self.form.activation]
        self.encoder = _chain(architecture.encoder, activation)
        self.decoder = _chain(architecture.decoder, activation)
        if self.form.output == "sigmoid":
            self.decoder.append(nn.Sigmoid())


def _chain(sizes: Iterable[tuple[int, int]], activation: type[nn.Module]) -> nn.Sequential:
    modules = [module for size in sizes for module in (nn.Linear(*size), activation())]
    return nn.Sequential(*modules[:-1])


def train_plainly(
    experiment: excolor.Experiment,
    model: Autoencoder,
    batches: Iterable[LabeledColors],
    rows: Iterable[int] | None = None,
) -> xr.DataArray:
    """Train the model, in place and in its own precision.

    Args:
        experiment: gives the terms and the dopesheet; its data are not used.
        model: of the experiment's architecture.
        batches: one for each step, in the model's precision; more are left unused.
        rows: the step of the dopesheet whose values each step takes; if not given, its own.

    Returns:
        The loss over `term` and `step`, NaN where a term's weight was 0.
    """
    steps = range(len(experiment.dopesheet)) if rows is None else rows
    sheet = {name: experiment.dopesheet.values(name) for name in experiment.dopesheet.properties}
    # A fused Adam takes a third of the time: a fair comparison needs the fastest plain loop.
    adam = torch.optim.Adam(model.parameters(), fused=True)
    names = [RECONSTRUCTION, *(term.name for term in experiment.terms)]
    history = []
    for row, (colors, labels) in zip(steps, batches, strict=False):
        raw = model.encoder(colors)
        code = functional.normalize(raw, dim=-1) if model.form.normalized else raw
        loss = functional.mse_loss(model.decoder(code), colors)
        measured = {RECONSTRUCTION: loss.item()}
        for term in experiment.terms:
            weight = sheet[term.name][row]
            if weight == 0:
                continue
            each = term.regularizer(raw if term.layer == "encoder" else code)
            if term.label:
                borne = labels[term.label.name]
                mean = (borne * each).sum() / (borne.sum() + 1e-8)
            else:
                mean = each.mean()
            measured[term.name] = mean.item()
            loss = loss + weight * mean
        history.append([measured.get(name, math.nan) for name in names])
        adam.param_groups[0]["lr"] = sheet[LEARNING_RATE][row]
        adam.zero_grad()
        loss.backward()
        adam.step()
    return xr.DataArray(history, dims=("step", "term"), coords={"term": names}).transpose("term", "step")


def own_model(experiment: excolor.Experiment, seed: int, dtype: torch.dtype) -> Autoencoder:
    """Make the model with the initial weights that excolor draws for a seed."""
    with torch.random.fork_rng(devices=[]):
        model = Autoencoder(experiment.architecture).to(dtype)
    vector_to_parameters(initial_parameters(experiment.architecture, (seed,))[0].to(dtype), model.parameters())
    return model


def own_batches(experiment: excolor.Experiment, seed: int, dtype: torch.dtype) -> Iterator[LabeledColors]:
    """Draw the batches that excolor draws for a seed."""
    for batch in stacked_batches(plan([experiment]), (seed,)):
        yield batch.colors[0].T.to(dtype), {name: borne[0].to(dtype) for name, borne in batch.labels.items()}


def as_ensemble(model: Autoencoder, seed: int, history: xr.DataArray) -> excolor.Ensemble:
    """Convert a model to an ensemble of one seed, in float32."""

    def layers(chain: nn.Sequential) -> tuple[Affine, ...]:
        linears = [module for module in chain if isinstance(module, nn.Linear)]
        return tuple(Affine(*(p.detach().float().unsqueeze(0) for p in (x.weight, x.bias))) for x in linears)

    with_seed = history.expand_dims(seed=[seed], axis=1)
    return excolor.Ensemble(layers(model.encoder), layers(model.decoder), (seed,), with_seed, model.form)
