"""Training in one kernel: each model takes all steps of a stretch before the next model does.

So a model's parameters, moments and activations stay in the processor's nearest caches. Every term of the batch must
have a closed form, and of each kind of term beside the batch there may be one; others are trained step by step
(excolor.training.step_by_step).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from excolor.conditions.architecture import CHANNELS
from excolor.conditions.experiment import BesideTheBatch, Decoding, Drift, Term
from excolor.conditions.stacking import Plan
from excolor.numerics.compiling import in_place
from excolor.numerics.elementwise import Floats, adam_step, add_tangential, normalize
from excolor.numerics.layers import GOES_BACK, TrainedStack, backward, forward, learn, room
from excolor.training.decoding_gradient import Answered, add_decoding, answered
from excolor.training.drift_gradient import Held, add_drift, capture, held
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
    """Whether every term of the batch has a closed form, and there is at most one of each kind of term beside it."""
    closed = [type(term.regularizer) in CLOSED_FORMS for term in plan.terms if isinstance(term, Term)]
    beside = [type(term) for term in plan.terms if isinstance(term, BesideTheBatch)]
    return all(closed) and len(set(beside)) == len(beside)


class Terms(NamedTuple):
    """The terms of all conditions that are of the batch, and the weights of these and all others."""

    place: NDArray[np.int64]
    """The place of each term of the batch among all `[T]`."""
    forms: ClosedForms
    on_sphere: NDArray[np.bool_]
    """Whether each term is of latents of unit length `[T]`."""
    label: NDArray[np.int64]
    """The place of each term's label among those of an epoch `[T]`; -1 for none."""
    weight: Floats
    """`[steps, all terms, conditions]`."""
    is_active: NDArray[np.bool_]
    """Whether each weight is other than 0, as it is in double precision: a tiny one has its loss measured too."""


class Beside(NamedTuple):
    """The terms beside the batch, and the place of each among all; -1 of what stands in for a missing one."""

    held: Held
    drift: int
    answered: Answered
    decoding: int


class Draws(NamedTuple):
    """What is drawn in an epoch; from `begin` on, the batches of a stretch."""

    colors: Floats
    rows: NDArray[np.uint32]
    """Without a sign, as a row that could be negative would take two instructions more to look up."""
    shares: Floats
    borne: NDArray[np.bool_]
    begin: int
    place: int
    """That of the first batch in the epoch."""


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
        self.terms, self.beside = _terms(plan, history), _beside(plan, parameters)
        self.stacks: dict[int, tuple[TrainedStack, TrainedStack, Memory]] = {}

    def take(self, stretch: Stretch, optimizer: Adam) -> None:
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
            self.beside,
            Draws(epoch.colors, epoch.rows.view(np.uint32), epoch.shares, epoch.borne, stretch.begin, stretch.place),
            steps.start,
            (*(tensor.view(-1).numpy() for tensor in self.models), optimizer.mean, optimizer.square),
            optimizer.paces[steps],
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
        np.array([plan.terms.index(term) for term in terms], np.int64),
        closed_forms([term.regularizer for term in terms], width),
        np.array([is_on_sphere(term, plan.shared.form) for term in terms], bool),
        np.array([labels.index(term.label.name) if term.label else -1 for term in terms], np.int64),
        history.weights.astype(np.float32),
        history.weights != 0,
    )


def _beside(plan: Plan, parameters: Tensor) -> Beside:
    drift = next((term for term in plan.terms if isinstance(term, Drift)), None)
    decoding = next((term for term in plan.terms if isinstance(term, Decoding)), None)
    at_drift, at_decoding = (plan.terms.index(term) if term else -1 for term in (drift, decoding))
    of_drift, of_decoding = held(drift, plan.shared, parameters), answered(decoding, plan.shared, parameters)
    return Beside(of_drift, at_drift, of_decoding, at_decoding)


@in_place
def _take_steps(
    encoder: Any,
    decoder: Any,
    form: Any,
    memory: Any,
    terms: Any,
    beside: Any,
    draws: Any,
    first: Any,
    models: Any,
    paces: Any,
    losses: Any,
) -> None:
    """Take as many steps, from number `first` on, as there are losses `[steps, 1 + all terms, M]`.

    `paces` are the optimizer's of each step `[steps, 2]`.
    """
    (into, in_encoder), (out_of, in_decoder), (normalized, squash, with_sphere) = encoder, decoder, form
    colors, code, length, to_code, to_raw, equal_share, no_gradient, spare = memory
    held, drift, answered, decoding = beside
    parameters, gradient, mean, square = models
    seeds, rows = draws.rows.shape[0], equal_share.shape[1]
    raw = in_encoder.outputs.reshape(code.shape)
    read, to_read = (code, to_code) if normalized else (raw, to_raw)
    for m in range(losses.shape[2]):
        s, condition, own = m % seeds, m // seeds, slice(m * into.each, (m + 1) * into.each)
        mine, here = slice(condition, condition + 1), slice(m, m + 1)
        for step in range(losses.shape[0]):
            begin = draws.begin + step * rows
            for i in range(rows):
                row = draws.rows[s, begin + i]
                for channel in range(CHANNELS):
                    colors[channel * rows + i] = draws.colors[row, channel]
            forward(into, m, GOES_BACK, colors, in_encoder.hidden, in_encoder.outputs)
            if with_sphere:
                normalize(raw, code, length)
            losses[step, 0, m] = learn(out_of, m, read.reshape(-1), colors, squash, in_decoder, to_read.reshape(-1))
            if normalized:
                to_raw[:] = 0
            else:
                to_code[:] = 0
            active, weights, of_terms = terms.is_active[step], terms.weight[step], losses[step, 1:]
            for t in range(terms.place.size):
                place = terms.place[t]
                if active[place, condition]:
                    share, label = equal_share, terms.label[t]
                    if label >= 0:
                        if not draws.borne[label, s, draws.place + step]:
                            of_terms[place, m] = 0
                            continue
                        share = draws.shares[label, s, begin : begin + rows].reshape(1, rows)
                    z, to_z = (code, to_code) if terms.on_sphere[t] else (raw, to_raw)
                    add_closed_form(terms.forms, t, z, share, weights[place, mine], to_z, of_terms[place, here], spare)
            if with_sphere:
                # The normalization passes the tangential gradient back, the more of it the shorter a raw latent is.
                add_tangential(to_code, code, length, to_raw, spare.row)
            backward(into, m, colors, in_encoder.hidden, to_raw.reshape(-1), in_encoder.back, no_gradient)
            if first + step == held.captured_at:
                capture(held, m, m + 1)
            if drift >= 0 and active[drift, condition]:
                add_drift(held, m, weights[drift, mine], of_terms[drift, here], gradient)
            if decoding >= 0 and active[decoding, condition]:
                add_decoding(answered, m, weights[decoding, mine], of_terms[decoding, here], gradient)
            adam_step(parameters[own], gradient[own], mean[own], square[own], paces[step, 0], paces[step, 1])
