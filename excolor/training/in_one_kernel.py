"""Training in one kernel: each model takes all steps of a stretch before the next model does.

So a model's parameters, moments and activations stay in the processor's nearest caches. Every term must be of the batch
and have a closed form; others are trained step by step (excolor.training.step_by_step).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from excolor.conditions.experiment import Term
from excolor.conditions.stacking import Plan
from excolor.numerics.compiling import in_place
from excolor.numerics.elementwise import Floats, adam_step, add_tangential, normalize
from excolor.numerics.layers import TrainedStack, backward, forward, learn, room
from excolor.training.gradients import (
    CLOSED_FORMS,
    ClosedForms,
    Spare,
    add_closed_form,
    closed_forms,
    is_on_sphere,
    spare_room,
)
from excolor.training.history import History
from excolor.training.optimizer import Adam
from excolor.training.stretches import Stretch


def has_closed_forms(plan: Plan) -> bool:
    """Whether every term of a plan is of the batch and has a closed form."""
    return all(isinstance(term, Term) and type(term.regularizer) in CLOSED_FORMS for term in plan.terms)


class Terms(NamedTuple):
    """The terms of all conditions."""

    forms: ClosedForms
    on_sphere: NDArray[np.bool_]
    """Whether each term is of latents of unit length `[T]`."""
    label: NDArray[np.int64]
    """The place of each term's label among those of an epoch `[T]`; -1 for none."""
    weight: Floats
    """`[steps, T, conditions]`."""
    is_active: NDArray[np.bool_]
    """Whether each weight is other than 0, as it is in double precision: a tiny one has its loss measured too."""


class Draws(NamedTuple):
    """What is drawn in an epoch; from `begin` on, the batches of a stretch."""

    by_channel: Floats
    rows: NDArray[np.int32]
    shares: Floats
    begin: int


class Memory(NamedTuple):
    """What a model's pass through a batch is written into, beside its layers' memory."""

    colors: Floats
    """`[3 * B]`, flat."""
    code: Floats
    """`[1, K, B]`."""
    length: Floats
    """`[1, B]`."""
    to_code: Floats
    to_raw: Floats
    equal_share: Floats
    """`[1, B]`."""
    no_gradient: Floats
    """None: the colors have no gradient."""
    spare: Spare


class InOneKernel:
    """The models of a plan, one for each condition and seed, with memory for batches of each size."""

    def __init__(self, plan: Plan, parameters: Tensor, gradient: Tensor, history: History) -> None:
        self.shared, self.models, self.losses = plan.shared, (parameters, gradient), history.losses.numpy()
        self.terms = _terms(plan, history)
        self.stacks: dict[int, tuple[TrainedStack, TrainedStack, Memory]] = {}

    def take(self, stretch: Stretch, rates: list[float], optimizer: Adam) -> None:
        """Take the steps of a stretch, and write their losses."""
        if stretch.rows not in self.stacks:
            self.stacks[stretch.rows] = self._stacks(stretch.rows)
        encoder, decoder, memory = self.stacks[stretch.rows]
        epoch, steps, form = stretch.epoch, stretch.steps, self.shared.form
        _take_steps(
            (encoder.layers, encoder.for_one),
            (decoder.layers, decoder.for_one),
            (form.normalized, form.output == "sigmoid", form.normalized or bool(self.terms.on_sphere.any())),
            memory,
            self.terms._replace(weight=self.terms.weight[steps], is_active=self.terms.is_active[steps]),
            Draws(epoch.by_channel, epoch.rows, epoch.shares, stretch.begin),
            (*(tensor.view(-1).numpy() for tensor in self.models), optimizer.mean, optimizer.square),
            np.array([optimizer.pace(rate) for rate in rates[steps]]),
            self.losses[steps],
        )

    def _stacks(self, rows: int) -> tuple[TrainedStack, TrainedStack, Memory]:
        sizes, activation = self.shared.architecture, self.shared.form.activation
        encoder = TrainedStack(*self.models, sizes.widths, rows, activation)
        decoder = TrainedStack(*self.models, sizes.widths[::-1], rows, activation, sizes.first_of_decoder)
        code, to_code, to_raw = (room(1, sizes.bottleneck, rows) for _ in range(3))
        share, spare = np.full((1, rows), 1 / rows, np.float32), spare_room(self.terms.forms, sizes.bottleneck, rows)
        memory = Memory(room(sizes.widths[0] * rows), code, room(1, rows), to_code, to_raw, share, room(0), spare)
        return encoder, decoder, memory


def _terms(plan: Plan, history: History) -> Terms:
    width, labels = plan.shared.architecture.bottleneck, list(plan.labels)
    terms = [term for term in plan.terms if isinstance(term, Term)]
    return Terms(
        closed_forms([term.regularizer for term in terms], width),
        np.array([is_on_sphere(term, plan.shared.form) for term in terms], bool),
        np.array([labels.index(term.label.name) if term.label else -1 for term in terms], np.int64),
        history.weights.astype(np.float32),
        history.weights != 0,
    )


@in_place
def _take_steps(
    encoder: Any, decoder: Any, form: Any, memory: Any, terms: Any, draws: Any, models: Any, paces: Any, losses: Any
) -> None:
    """Take as many steps as there are losses `[steps, 1 + T, M]`; `paces` are the optimizer's of each `[steps, 2]`."""
    (into, in_encoder), (out_of, in_decoder), (normalized, squash, with_sphere) = encoder, decoder, form
    colors, code, length, to_code, to_raw, equal_share, no_gradient, spare = memory
    parameters, gradient, mean, square = models
    seeds, rows = draws.rows.shape[0], equal_share.shape[1]
    raw = in_encoder.outputs.reshape(code.shape)
    read, to_read = (code, to_code) if normalized else (raw, to_raw)
    for m in range(losses.shape[2]):
        s, condition, own = m % seeds, m // seeds, slice(m * into.each, (m + 1) * into.each)
        for step in range(losses.shape[0]):
            begin = draws.begin + step * rows
            for channel in range(draws.by_channel.shape[0]):
                for i in range(rows):
                    colors[channel * rows + i] = draws.by_channel[channel, draws.rows[s, begin + i]]
            forward(into, m, True, colors, in_encoder.hidden, in_encoder.outputs)
            if with_sphere:
                normalize(raw, code, length)
            losses[step, 0, m] = learn(out_of, m, read.reshape(-1), colors, squash, in_decoder, to_read.reshape(-1))
            if normalized:
                to_raw[:] = 0
            else:
                to_code[:] = 0
            for t in range(terms.weight.shape[1]):
                weight, of_term = terms.weight[step, t, condition : condition + 1], losses[step, 1 + t, m : m + 1]
                if terms.is_active[step, t, condition]:
                    share = equal_share
                    if terms.label[t] >= 0:
                        share = draws.shares[terms.label[t], s, begin : begin + rows].reshape(1, rows)
                    z, to_z = (code, to_code) if terms.on_sphere[t] else (raw, to_raw)
                    if _is_borne(share):
                        add_closed_form(terms.forms, t, z, share, weight, to_z, of_term, spare)
                    else:
                        of_term[0] = 0
            if with_sphere:
                # The normalization passes the tangential gradient back, the more of it the shorter a raw latent is.
                add_tangential(to_code, code, length, to_raw, spare.row)
            backward(into, m, colors, in_encoder.hidden, to_raw.reshape(-1), in_encoder.back, no_gradient)
            adam_step(parameters[own], gradient[own], mean[own], square[own], paces[step, 0], paces[step, 1])


@in_place
def _is_borne(share: Any) -> Any:
    """Whether any row `[1, B]` has a share: few batches have a row with a label that is rare."""
    borne = False
    for i in range(share.shape[1]):
        borne |= share[0, i] != 0
    return borne
