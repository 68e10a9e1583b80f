"""The training loop: the models of all seeds are trained side by side, step by step, with their loss history.

`train` does so for one condition, `train_together` for several that differ in their terms alone.

    epoch of draws -> stretches of steps -> losses looked at

All steps of a stretch are taken in one kernel (excolor.training.in_one_kernel) if the terms allow it, and else step by
step (excolor.training.step_by_step), with the same bits. The gradients of the layers are written out by hand
(excolor.numerics.layers). At the latents each term adds its own gradient (excolor.training.gradients), so that a
regularizer is no more than its formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch

from excolor.conditions.experiment import Experiment
from excolor.conditions.stacking import plan
from excolor.determinism import flushed_denormals
from excolor.ensemble import Ensemble, split
from excolor.numerics.streams import check_seeds
from excolor.schedule.dopesheet import LEARNING_RATE
from excolor.training.batches import epochs
from excolor.training.history import History
from excolor.training.in_one_kernel import InOneKernel, has_closed_forms
from excolor.training.initial_weights import Train, starting_parameters
from excolor.training.optimizer import Adam
from excolor.training.step_by_step import StepByStep
from excolor.training.stretches import LOOK, stretches


def train(experiment: Experiment, seeds: Iterable[int], watch: Callable[[int, int], None] | None = None) -> Ensemble:
    """Train one model for each seed, side by side, each as if it were alone.

    A seed fixes the initial weights, if the experiment has no other start, and the stream of batches and labels. Both
    are the same in every experiment that shares architecture and data: conditions pair by seed. Step n takes the
    dopesheet's values of step n, to the last (the published runs repeat the last but one).

    Args:
        experiment: the condition.
        seeds: different whole numbers, 0 or above.
        watch: called after 50 to 113 steps each time, and at the end, with the steps done and how many there are.

    Returns:
        The trained models with their loss history.

    Raises:
        ExperimentError: the first argument is no Experiment.
        SeedError: no seeds, one twice, or one that is no whole number of 0 or above.
        TrainingError: a loss is no longer finite; the message names the term, the step and the seeds.
    """
    (ensemble,) = train_together([experiment], seeds, watch)
    return ensemble


def train_together(
    experiments: Sequence[Experiment],
    seeds: Iterable[int],
    watch: Callable[[int, int], None] | None = None,
    before: Train | None = None,
) -> list[Ensemble]:
    """Train conditions that differ in nothing but their terms and the terms' weights side by side, as one stack.

    Each ensemble has the same bits as from `train`, but eight seeds of thirty conditions take only the time of 240
    seeds of one. A term costs nothing for the conditions before the first and after the last that has it.

    Args, errors as for `train`, and:

    Args:
        before: how to train what these start after, such as a function that remembers; `train` by default.

    Raises:
        ExperimentError: no experiment, something that is none, or two that differ in more than their terms, or list
            these in another order.
    """
    planned = plan(experiments)
    if watch is not None and not callable(watch):
        raise TypeError(f"watch is {watch!r}: it must be a function of two numbers, for example print")
    if before is not None and not callable(before):
        raise TypeError(f"before is {before!r}: it must be a function of an experiment and seeds, for example train")
    shared, chosen = planned.shared, check_seeds(seeds)
    parameters = starting_parameters(shared, chosen, before or train).repeat(len(experiments), 1)
    gradient = torch.zeros_like(parameters)
    history, steps = History(planned, chosen), len(shared.dopesheet)
    models = (InOneKernel if has_closed_forms(planned) else StepByStep)(planned, parameters, gradient, history)
    # The history reports a diverging loss by the term's name; numpy's warnings would say less.
    with np.errstate(all="ignore"), flushed_denormals():
        optimizer = Adam(parameters, shared.dopesheet.values(LEARNING_RATE))
        for stretch in stretches(epochs(planned, chosen), steps):
            models.take(stretch, optimizer)
            done = stretch.steps.stop
            if done - history.checked >= LOOK or done == steps:
                history.check(done)
                if watch is not None:
                    watch(done, steps)
        history.check_parameters(parameters)
    return [
        Ensemble(*split(own, shared.architecture), chosen, history.labeled(at), shared.form)
        for at, own in enumerate(torch.split(parameters, len(chosen)))
    ]
