"""Prints, as JSON, a digest of the bits of each number that stands between an experiment and its verdict.

On small ensembles of a hundred steps. A program of its own, since a process chooses its kernels once:

    python tests/unit/measured_bits.py
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch
import xarray as xr

import excolor
from excolor import colors, edits, measures
from excolor.conditions import RED, After, Concept
from excolor.conditions.architecture import Form
from excolor.experiments import EX_1_6_SMOOTH
from excolor.judging.thresholds import share_of_red
from excolor.schedule.dopesheet import Dopesheet

sys.path.append(str(Path(__file__).parent / "training"))

from test_loop import EVERY_KIND, SHORT, weights

SEEDS = range(6)
"""Fewer give no interval of a median."""

CURRICULUM_SHEET = """STEP,ACTION,lr:log,reg-separate:log,reg-planar,reg-unit,reg-anchor,data-hues,data-vibrancies
0,,1e-8,1e-3,0,0.01,0,0,0
10,,0.01,,,,,,
39,,,,,,0,,
40,anchor,,0.2,0.2,0.25,0.25,0,
60,,,,,,,1,0
90,,0.02,,,,,,1
119,,0.001,,,,,,
"""
"""The published sheet of 1.6 in small, with two columns in log space."""

CURRICULUM = EX_1_6_SMOOTH.replace(dopesheet=Dopesheet.parse(CURRICULUM_SHEET))

CUBE = excolor.rgb_cube(*[np.linspace(0, 1, 8)] * 3)
AXIS, SLANTED = (1.0, 0.0, 0.0, 0.0, 0.0), (0.8, -0.3, 0.5, 0.1, 0.2)


def digest(measured):
    """Of numbers, or of several."""
    if isinstance(measured, xr.Dataset):
        measured = [measured[name] for name in sorted(measured.variables)]
    if isinstance(measured, excolor.Estimate):
        measured = [measured.value, measured.low, measured.high]
    if isinstance(measured, list | tuple):
        return hashlib.sha256(" ".join(map(digest, measured)).encode()).hexdigest()[:16]
    array = np.ascontiguousarray(measured.numpy() if isinstance(measured, torch.Tensor) else measured)
    content = repr(array.tolist()).encode() if array.dtype.kind in "UO" else array.tobytes()
    return hashlib.sha256(content).hexdigest()[:16]


def of_colors():
    """What comes before any training."""
    cubes = {
        "hsv cube": colors.medium_cube(),
        "validation colors": colors.validation_colors(),
        "named colors": colors.named_colors(),
    }
    yield from cubes.items()
    similarity = measures.similarity_over(colors.rgb_fine_cube())
    yield "similarity", similarity
    yield "similarity cubed", measures.to_power(similarity, 3)
    yield "vibrancy to 2.3", measures.to_power(measures.vibrancy_over(colors.rgb_fine_cube()), 2.3)
    for name in CURRICULUM.dopesheet.properties:
        yield f"schedule of {name}", CURRICULUM.dopesheet.values(name)
    cube = colors.training_cube()
    for term in SHORT.terms:
        if term.label:
            yield f"probability of {term.label.name}", term.label.probability(cube["color"].values)
    values = {"data-hues": 0.3, "data-vibrancies": 0.6}
    yield "curriculum's weight", CURRICULUM.curriculum.weight(cube, values)
    yield "thresholds", [np.float64(share_of_red(name)) for name in ("orange", "pink", "dim green")]


def of_training(ensemble):
    yield "weights", weights(ensemble)
    yield "history", ensemble.history


def of_evaluation(ensemble):
    yield "reconstructions", excolor.reconstruct(ensemble, CUBE["color"].values)
    yield "latents", excolor.latents(ensemble, CUBE["color"].values)
    yield "errors", excolor.reconstruction_error(ensemble, CUBE)
    yield "error of a color", excolor.error_of(ensemble, "orange")
    yield "error of several colors", excolor.error_of(ensemble, "red", "dim green", "gray", "pink", "teal")


def of_circle(ensemble):
    angle = measures.latent_angle(ensemble, colors.vibrant_hues())
    yield "angles", angle
    yield "hue order", measures.circular_rank_correlation(angle, angle["h"])
    yield "largest gap", measures.largest_gap(angle)
    yield "hues at the gap", measures.hues_at_largest_gap(angle, angle["h"])


def of_scores(ensemble):
    error, similarity = excolor.reconstruction_error(ensemble, CUBE), measures.similarity_over(CUBE)
    yield "R^2", measures.r_squared(error, measures.to_power(similarity, 2))
    yield "collateral", measures.collateral(error, similarity)


SHADES = excolor.hsv_cube(colors.hues(12), [1], np.linspace(0.2, 1, 5))
CYAN = Concept.named("cyan")
WITH_ARGUMENTS = {
    "alignment": ((0.0, 1.0, 1.0), 1),
    "answered_brightness": (SHADES,),
    "answered_likeness": (CYAN,),
    "answered_vibrancy": (SHADES,),
    "explained_by_value": (SHADES, 2),
    "length_by_value": (SHADES, 0, 1),
    "mean_error": (CUBE,),
    "similarity_fit": (3,),
    "typical_error_of_others": (CYAN,),
    "vibrancy_fit": (2.3,),
}
"""What a measure takes beside the ensemble, where it takes something."""
OF_ONE_ENSEMBLE = (
    *("alignment", "alignment_of_red", "answered_brightness", "answered_likeness", "answered_vibrancy", "bend"),
    *("explained_by_value", "typical_error_of_others"),
    *("falls_with_hue_distance", "hue_order", "length_by_value", "mean_error", "most_opposed", "off_plane"),
    *("off_plane_share", "off_sphere", "one_sidedness", "radius", "red_collateral", "red_off_anchor"),
    *("similarity_fit", "typical_error", "vibrancy_collateral", "vibrancy_fit", "vibrant_off_sphere", "worst_error"),
)


def of_models(ensemble):
    for name in OF_ONE_ENSEMBLE:
        yield name, getattr(measures, name)(ensemble, *WITH_ARGUMENTS.get(name, ()))


def of_history(history):
    yield "mean loss", measures.mean_loss(history, "reconstruction", slice(-100, None))
    yield "root mean loss", measures.root_mean_loss(history, "reg-anchor", slice(60, None))
    yield "noise", measures.loss_noise(history, slice(20, 100), 11)
    yield "jump", measures.largest_jump(history, 20, 80, 10)


def of_estimates(intact, edited):
    errors = [excolor.error_of(ensemble, "red", "pink") for ensemble in (intact, edited)]
    yield "median", excolor.median(errors[0])
    yield "ratio", excolor.ratio(errors[1], errors[0])
    for limit in (0.0, 0.03, 1.0):
        yield f"fraction below {limit}", excolor.fraction(errors[0] < limit)


def interventions():
    """By name: at angles to the axes, so that no product is with 0 or 1."""
    yield "suppression", edits.Suppression(SLANTED, edits.BoundedFalloff(0, 1, 2))
    yield "total suppression", edits.Suppression(SLANTED, edits.BoundedFalloff(0.1, 0.9, 0))
    yield "linear repulsion", edits.Repulsion(SLANTED, edits.LinearMapper(0, 0.01745))
    yield "curved repulsion", edits.Repulsion(SLANTED, edits.BezierMapper(0, 1 / 2))
    yield "repulsion from an axis", edits.Repulsion(AXIS, edits.BezierMapper(0.2, 1 / 2))
    yield "reflection", edits.Reflection(SLANTED)
    yield "suppression of axes", edits.AxisAlignedSuppression((0, 1))


def found(ensemble):
    """By name: models that were edited along what was found in them."""
    finding = {
        "mean difference": lambda models: measures.mean_difference(models, CUBE, RED),
        "principal component": lambda models: measures.principal_component(models, CUBE),
        "random direction": measures.random_direction,
    }
    for name, find in finding.items():
        yield name, excolor.ablate(edits.reoriented(ensemble, find), 0)
    yield "LEACE", edits.erased(ensemble, lambda models: measures.leace(models, CUBE, RED))


def measured():
    """(name, numbers)."""
    yield from named("", of_colors())
    anchored = excolor.train(SHORT, SEEDS)
    free = excolor.train(CURRICULUM, SEEDS)
    every = excolor.train(EVERY_KIND.replace(form=Form("relu", normalized=False, output="sigmoid")), SEEDS[:2])
    models = {"anchored": anchored, "free": free, "every kind of term": every}
    for name, ensemble in models.items():
        yield from named(name, of_training(ensemble))
        yield from named(name, of_evaluation(ensemble))
    for name, ensemble in [("anchored", anchored), ("free", free)]:
        yield from named(name, of_circle(ensemble))
        yield from named(name, of_scores(ensemble))
        yield from named(name, of_models(ensemble))
    yield from named("free", of_history(free.history))
    deleted = {"without red": excolor.ablate(anchored, 0), "pruned": excolor.prune(anchored, 0)}
    for name, ensemble in deleted.items():
        yield from named(name, of_evaluation(ensemble))
        yield from named(name, of_scores(ensemble))
    for name, intervention in interventions():
        for layer in ("bottleneck", "encoder"):
            edited = excolor.intervene(anchored, intervention, layer=layer)
            yield from named(f"{name}, {layer}", of_evaluation(edited))
            yield from named(f"{name}, {layer}", of_scores(edited))
    for name, edited in found(anchored):
        yield from named(name, of_evaluation(edited))
    goes_on = SHORT.replace(start=After(SHORT, lambda models: excolor.ablate(models, 0)))
    yield from named("trained on", of_training(excolor.train(goes_on, SEEDS[:2])))
    yield from named("estimates", of_estimates(anchored, deleted["without red"]))
    yield "answers of one color", weights(excolor.answering(free, (0.3, 0.5, 0.9)))
    yield from named("library", of_libraries())


def of_libraries():
    """The control: what libraries compute by other kernels on other processors, and no verdict may rest on."""
    numbers = np.random.Generator(np.random.PCG64(0)).random((100, 100))
    single = torch.from_numpy(numbers).float()
    yield "numpy's cosine", np.cos(numbers.astype(np.float32))
    yield "numpy's product", numbers @ numbers[0]
    yield "torch's sigmoid", single.sigmoid()
    yield "torch's square root", single.sqrt()


def named(whose, measurements):
    return ((f"{whose}: {what}" if whose else what, numbers) for what, numbers in measurements)


if __name__ == "__main__":
    print(json.dumps({name: digest(numbers) for name, numbers in measured()}))
