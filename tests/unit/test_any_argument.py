"""Whatever a public function is given, it returns something or says in an error of its own what was wrong.

Every name of every room's `__all__` that can be called, and every public method of what such a call makes, is called
with arguments that fit, each in turn replaced by something that may not. What comes out of it is a result or an error
that excolor raised. A traceback that ends within numpy, torch or xarray is a failure, and so is one that ends in
excolor where nothing was raised, such as a missing attribute: both tell their reader about the code, not about what was
given.

Some examples of each are tried by default; `--hypothesis-profile=thorough` tries ten thousand.
"""

import dis
import importlib
import inspect
import pkgutil
import re
import traceback
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
import xarray as xr
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import excolor
from excolor import colors as all_about_colors
from excolor import ensemble as all_about_ensembles
from excolor.conditions import (
    RED,
    After,
    Anchor,
    AngularAnchor,
    AntiAnchor,
    Architecture,
    AxisAlignedSubspace,
    Called,
    Concept,
    Crowding,
    Curriculum,
    Decoding,
    Drift,
    Experiment,
    Form,
    OtherWeights,
    Planarity,
    Separate,
    Term,
    Unitarity,
    plan,
)
from excolor.edits import (
    AxisAlignedSuppression,
    BezierMapper,
    BoundedFalloff,
    LinearMapper,
    Reflection,
    Repulsion,
    Suppression,
    ablate,
)
from excolor.ensemble import Edit, Ensemble
from excolor.judging import Claim, Prediction
from excolor.measures import latents, leace, random_direction, reconstruct, reconstruction_error, similarity_over
from excolor.numerics.given import shown
from excolor.numerics.streams import stream
from excolor.plots import Standing, Zone, loss_history
from excolor.schedule import Dopesheet, Transition

HOME = str(Path(excolor.__file__).parent)


FORMULAS = {
    "penalty",
    "edit",
    "bend",
    "along",
    "vector",
    "cosine",
    "fallback",
    "counted",
    "borne",
    "check",
    "check_acts",
}
"""Methods that others call once they have checked what is given."""


def rooms():
    """excolor and its packages, and two modules whose names no room gathers."""
    packages = [each.name for each in pkgutil.walk_packages(excolor.__path__, "excolor.") if each.ispkg]
    return [excolor, all_about_colors, all_about_ensembles, *map(importlib.import_module, packages)]


def public_names(room):
    if hasattr(room, "__all__"):
        return room.__all__
    return [name for name, value in vars(room).items() if getattr(value, "__module__", None) == room.__name__]


def is_called_by_people(thing):
    """Not what pytest calls, nor exceptions, enumerations and types, which are called by excolor or not at all."""
    name = getattr(thing, "__name__", "_")
    if isinstance(thing, type):
        return not issubclass(thing, (Exception, str)) and thing.__module__.startswith("excolor")
    return inspect.isfunction(thing) and not name.startswith(("_", "pytest_"))


def public_methods(of):
    """Methods that excolor defines for an object, bound to it."""
    for name, member in inspect.getmembers(type(of), callable):
        home = getattr(inspect.unwrap(member), "__module__", "") or ""
        if (not name.startswith("_") or name == "__call__") and home.startswith("excolor") and name not in FORMULAS:
            yield getattr(of, name)


SHEETS = sorted(Path(HOME, "experiments").glob("*.csv"))
SHEET = Dopesheet.parse("STEP,PHASE,ACTION,lr,reg-unit,reg-red\n0,start,,0.01,0.1,0\n2,,anchor,,,0.1\n5,,,0.1,,")
EXPERIMENT = Experiment(
    name="small",
    data=lambda: all_about_colors.rgb_cube([0, 0.5, 1], [0, 1], [0, 1]),
    dopesheet=SHEET,
    terms=(Term("reg-unit", Unitarity()), Term("reg-red", AngularAnchor((1.0, 0.0, 0.0)), label=RED)),
    bottleneck=3,
    nonlinear=1,
    hidden=4,
    batch=8,
)
SEEDS = (0, 1, 2, 3, 4, 5, 6)
ENSEMBLE = excolor.train(EXPERIMENT, SEEDS)
CUBE = all_about_colors.hsv_cube(all_about_colors.hues(6), [0, 1], [0, 0.5, 1])
ERRORS = reconstruction_error(ENSEMBLE, CUBE)
SIMILARITY = similarity_over(CUBE)
MEDIAN = excolor.median(excolor.typical_error(ENSEMBLE))
LONG = xr.DataArray(
    stream(0, "losses").random((2, 3, 400)) + 0.5,
    dims=("term", "seed", "step"),
    coords={"term": ["reconstruction", "reg"], "seed": [0, 1, 2]},
)
PARAMETERS = torch.from_numpy(stream(0, "weights").normal(size=(2, Architecture(3, 1, 4).parameters))).float()
FALLOFF, LINEAR, BEZIER = BoundedFalloff(0, 1), LinearMapper(0, 0.5), BezierMapper(0, 0.5)
REGULARIZERS = (
    Unitarity(),
    Anchor((1.0, 0.0, 0.0)),
    AngularAnchor((1.0, 0.0, 0.0)),
    AntiAnchor((1.0, 0.0, 0.0)),
    AxisAlignedSubspace((0, 1)),
    Planarity(),
    Separate(3),
    Crowding(),
)
INTERVENTIONS = (
    Suppression((1.0, 0.0, 0.0), FALLOFF),
    Repulsion((1.0, 0.0, 0.0), LINEAR),
    Reflection((1.0, 0.0, 0.0)),
    AxisAlignedSuppression((0,)),
)
CYAN = Concept.named("cyan")
CURRICULUM = Curriculum(("reg-red",), lambda cube, values: 1 + cube["bias"] * values["reg-red"])
STANDING = Standing("2.10 Delete only red", "Red is lost.", "confirmed", [Prediction("Red is lost.", MEDIAN < 0.5)])
OBJECTS = (
    SHEET, EXPERIMENT, ENSEMBLE, MEDIAN, FALLOFF, LINEAR, BEZIER, *REGULARIZERS, *INTERVENTIONS, CURRICULUM, RED,
    Architecture(3, 1, 4), Form(), *EXPERIMENT.terms, Drift("drift", ((1.0, 0.0, 0.0),), "anchor"), plan([EXPERIMENT]),
    Decoding("fall-back", ((-1.0, 0.0, 0.0),), (0.5, 0.5, 0.5)),
    MEDIAN < 0.5, Claim(high=0.5), Prediction("red is lost", MEDIAN < 0.5), STANDING, SHEET.timelines[0],
    Transition(0.1, 0.5, 50), ENSEMBLE.encoder[0], Edit("bottleneck", INTERVENTIONS[0]), loss_history(ENSEMBLE.history),
    OtherWeights(1), CYAN, CYAN.likeness, Called("red"),
)  # fmt: skip
"""One or more of each class that can be made."""

FITTING = {
    "a": [ERRORS[:, 0, 0, 0], (0.0, 1.0, 1.0)],
    "acceleration": [0.0],
    "action": ["anchor"],
    "actions": [((2, "anchor"),)],
    "activation": ["gelu"],
    "alignment": [torch.tensor([0.0, 0.5, 1.0])],
    "alt": ["A curve."],
    "angle": [excolor.measures.latent_angle(ENSEMBLE, CUBE)],
    "architecture": [Architecture(3, 1, 4)],
    "b": [ERRORS[:, 0, 0, 0] + 1, (0.5, 1.0, 1.0), [0, 1]],
    "batch": [8, "all"],
    "bottleneck": [3],
    "change": [INTERVENTIONS[0]],
    "changes": [{}, {"bottleneck": 4}],
    "claim": [Claim(high=0.5)],
    "client": [None],
    "color": [(1.0, 0.0, 0.0)],
    "colors": [CUBE, CUBE["color"], [(1.0, 0.0, 0.0)], ((1.0, 0.0, 0.0),)],
    "comparison": [MEDIAN < 0.5],
    "concept": [SIMILARITY],
    "concepts": [CYAN],
    "conditions": [(EXPERIMENT,)],
    "control": [0.7],
    "count": [2],
    "cube": [CUBE],
    "curriculum": [CURRICULUM, None],
    "data": [EXPERIMENT.data],
    "decoder": [ENSEMBLE.decoder],
    "degrees": [45.0],
    "digits": [3],
    "dim": [1],
    "dims": [(0, 1), (0,)],
    "direction": [(1.0, 0.0, 0.0)],
    "dopesheet": [SHEET],
    "drawing": [lambda figure, data: None],
    "duration": [50],
    "edited": [excolor.ablate(ENSEMBLE, 0)],
    "edits": [()],
    "encoder": [ENSEMBLE.encoder],
    "end_slope": [0.0],
    "ensemble": [ENSEMBLE],
    "ensembles": [[ENSEMBLE]],
    "error": [ERRORS],
    "errors": [{"2.9": ERRORS, "2.10": 2 * ERRORS}],
    "estimate": [MEDIAN],
    "experiment": [EXPERIMENT],
    "experiments": [[EXPERIMENT, EXPERIMENT.unregularized()]],
    "exponent": [2],
    "falloff": [FALLOFF],
    "figure": [0.5],
    "form": [Form()],
    "g": [[0, 1]],
    "half": [excolor.ablate(ENSEMBLE, 0)],
    "given": [[Prediction("Red is lost.", MEDIAN < 0.5)]],
    "h": [[0, 0.5]],
    "hemi": [True],
    "hidden": [4],
    "high": [0.7],
    "high_is_strict": [True],
    "history": [LONG],
    "hsv": [(0.0, 1.0, 1.0)],
    "hue": [CUBE["h"], 0.5],
    "hues": [(0.0, 0.5)],
    "hypothesis": ["Red is lost"],
    "intact": [ENSEMBLE],
    "interpolation": ["linear"],
    "interventions": INTERVENTIONS,
    "invert": [True],
    "keyframes": [((0, 0.1), (5, 0.2))],
    "keep": [None, "kept"],
    "kind": ["error"],
    "label": [RED],
    "latents": [latents(ENSEMBLE, CUBE)[0] * 0.99],
    "layer": ["bottleneck", "encoder"],
    "length": [6],
    "likeness": [RED.concept],
    "limit": [0.5],
    "low": [0.2],
    "low_is_strict": [True],
    "lower": [0.1],
    "mapper": [LINEAR, BEZIER],
    "measure": [excolor.typical_error, {"red": excolor.worst_error}],
    "maximized": [[ERRORS[:, 0, 0, 0]], ()],
    "minimized": [[excolor.typical_error(ENSEMBLE)]],
    "mask": [excolor.typical_error(ENSEMBLE) > 0],
    "n": [7],
    "name": ["lr"],
    "names": ["red", "orange"],
    "neighborhood": [5],
    "nonlinear": [1],
    "normalized": [True],
    "order": ["shv"],
    "output": ["linear"],
    "over": [{"bottleneck": [2, 3], "without": [(), "reg-unit"]}, {}],
    "parameters": [PARAMETERS],
    "path": ["lr.csv"],
    "phases": [((0, "start"),)],
    "point": [(1.0, 0.0, 0.0)],
    "power": [2],
    "predictions": [STANDING.predictions],
    "primary": [True],
    "properties": [("reg-red",)],
    "published": [0.36, None],
    "published_verdict": ["confirmed", ""],
    "r": [[0, 1]],
    "reason": ["it moves with red"],
    "reconstruction": [reconstruct(ENSEMBLE, CUBE), None],
    "reconstructions": [[reconstruct(ENSEMBLE, CUBE)[0].numpy()] * 2],
    "regularizer": [Unitarity()],
    "rgb": [(1.0, 0.0, 0.0)],
    "rows": [[STANDING]],
    "s": [[0, 1]],
    "samples": [excolor.typical_error(ENSEMBLE), ()],
    "scale": [0.5],
    "further": [1],
    "seed": [0],
    "seeds": [SEEDS],
    "shift": [True],
    "sign": [-1],
    "source": ["Ex 2.10"],
    "space": ["linear", "log"],
    "span": [10],
    "start": [0.1],
    "start_slope": [1.0],
    "statement": ["Red is lost."],
    "steps": [slice(0, 200), [0, 1, 5]],
    "strength": [1.0],
    "style": ["light", "dark"],
    "t": [0.5],
    "target": [0.5],
    "term": ["reg"],
    "terms": [EXPERIMENT.terms],
    "text": ["STEP,lr\n0,0.1\n5,0.2\n"],
    "timelines": [SHEET.timelines],
    "times": [0.5],
    "title": ["A title"],
    "u": [0.5],
    "upper": [0.4],
    "used": [("reg-unit", "reg-red")],
    "v": [[0, 1]],
    "value": [0.5],
    "values": [(0.0, 1.0)],
    "velocity": [0.0],
    "verdict": ["confirmed"],
    "views": [None],
    "was": ["> 1"],
    "watch": [None],
    "weight": [torch.zeros(2, 3, 4), CURRICULUM.weight],
    "whole": [excolor.ablate(ENSEMBLE, 0)],
    "why": ["no margin"],
    "width": [3],
    "within": [50],
    "word": ["red"],
    "x": [0.5],
    "z": [torch.rand(5, 3)],
    "zone": [None, Zone((1.0, 0.0, 0.0), 30)],
}
"""What fits a parameter of that name."""


OF_ITS_OWN = {
    "Dopesheet.with_column.name": ["reg-new"],
    "Dopesheet.with_column.values": [0.1, {0: 0.1, 5: 0.2}, (0.1,) * 6],
    "Experiment.with_term.term": [Term("reg-new", Unitarity())],
    "Experiment.with_term.weight": [0.1, {0: 0.1, 5: 0.2}, (0.1,) * 6],
    "verdicts.marks.disconfirmed.case": ["", "dark green"],
    "verdicts.marks.undecided.case": ["", "dark green"],
    "verdicts.marks.fails_under.nulls": ["gray"],
    "verdicts.marks.fails_under.but": [None, {"test_red": "so it is in any model"}],
    "Timeline.at.steps": [[0, 1, 5]],
    "judging.trials.Trial.counterexample": ["1.0"],
    "judging.trials.Trial.expected": [True],
    "judging.trials.Trial.tried": [200],
    "judging.trials.over.strategies": [st.floats(0, 1)],
    "colors.hsv_similarity.a": [(0.0, 1.0, 1.0)],
    "colors.hsv_similarity.b": [(0.5, 1.0, 1.0)],
    "colors.named_color.name": ["green"],
    "measures.anchoring.falls_with_hue_distance.hue": ["green"],
    "measures.anchoring.worst_hue_is_near.hue": ["green"],
    "measures.concept_scores.collateral_of_similarity.concept": [CYAN, None],
    "measures.concept_scores.concept_collateral.colors": [CUBE, None],
    "measures.concept_scores.concept_collateral.concept": [CYAN, None],
    "measures.concept_scores.similarity_fit.concept": [CYAN, None],
    "measures.scores.similarity_over.concept": [CYAN, None],
    "plots.error_vs_similarity.error_vs_similarity.concept": [None, CYAN],
    "colors.rgb_cube.b": [[0, 1]],
    "conditions.concepts.Concept.named.name": ["green"],
    "conditions.curriculum.Curriculum.weight": [CURRICULUM.weight],
    "conditions.experiment.Experiment.start": [None, OtherWeights(1), After(EXPERIMENT)],
    "conditions.starts.After.edit": [None, ablate],
    "training.loop.train_together.before": [None],
    "conditions.experiment.Decoding.latents": [((-1.0, 0.0, 0.0),)],
    "conditions.experiment.Drift.colors": [((1.0, 0.0, 0.0),)],
    "judging.estimates.Estimate.samples": [()],
    "judging.predictions.Prediction.error": ["it diverged"],
    "plots.all_hypotheses.Standing.experiment": ["2.10 Delete only red"],
    "plots.latents_in_training.latents_in_training.latents": [[latents(ENSEMBLE, CUBE)[0].values] * 2],
    "plots.latents_in_training.latents_in_training.colors": [CUBE["color"].values],
    "plots.latents_in_training.latents_in_training.steps": [[1, 2]],
    "training.partway.partway.steps": [[1, 2]],
    "Movie.save.path": ["movie.png", "movie.gif"],
    "Movie.frame.place": [0, 1],
    "plots.published_against_ours.published_against_ours.given": [
        [Prediction("Red is lost.", MEDIAN < 0.5, published=0.4)]
    ],
    "plots.dose_response.dose_response.given": [
        {"red is lost": {dose: Prediction("red is lost", MEDIAN < 0.5) for dose in (5, 22, 43)}}
    ],
    "plots.dose_response.dose_response.over": ["labels"],
    "plots.schedule.schedule.curriculum": [("reg-red",)],
    "Ensemble.in_parts.size": [2],
    "Experiment.without.names": ["reg-unit"],
    "Picture.save.path": ["picture.png"],
    "conditions.labels.Label.concept": [RED.concept],
    "edits.erasure.Eraser.along": [random_direction(ENSEMBLE)],
    "edits.erasure.Eraser.center": [random_direction(ENSEMBLE)],
    "edits.erasure.Eraser.reading": [random_direction(ENSEMBLE)],
    "edits.erasure.erased.find": [lambda models: leace(models, CUBE, RED)],
    "edits.reorientation.reoriented.find": [random_direction],
    "ensemble.Ensemble.history": [ENSEMBLE.history],
    "measures.color_answers.answered_likeness.concept": [CYAN],
    "measures.errors.error_growth.names": ["red"],
    "measures.losses.largest_jump.start": [100],
    "measures.value_axis.length_by_value.dims": [1],
    "plots.latent_spheres.latent_spheres.colors": [CUBE["color"]],
    "plots.latent_spheres.latent_spheres.reconstruction": [reconstruct(ENSEMBLE, CUBE)[0]],
    "plots.textless.hide_text.figure": [loss_history(ENSEMBLE.history).figure],
    "schedule.dopesheet.Dopesheet.from_csv.path": [str(SHEETS[0])],
}
"""What fits one parameter alone, where another of the same name takes something else."""


def arrays():
    """Arrays of odd shapes and kinds, of numpy, torch and xarray."""
    yield from (np.array(0.5), np.zeros(0), np.zeros(3), np.ones((2, 3)), np.zeros((0, 3)), np.full((2, 2, 3), 0.5))
    yield from (np.full(7, np.nan), np.array([1.0, np.inf, 0.5]), np.linspace(0, 1, 7), np.ones(7, bool))
    yield from (np.arange(3, dtype=np.uint8), np.arange(3), np.zeros(3, ">f4"), np.zeros(3, np.float16))
    yield from (np.zeros(3, complex), np.array(["r", "g", "b"]), np.array([None, 1, "x"]), np.zeros(3, "M8[s]"))
    yield from (np.ma.masked_array([0.1, 0.2, 0.3], [True, False, False]), np.zeros(3, [("a", float)]))
    yield from (torch.tensor(0.5), torch.zeros(0), torch.zeros(3), torch.rand(4, 3), torch.zeros(3, dtype=torch.int64))
    yield from (torch.zeros(2, 3, requires_grad=True), torch.ones(3, dtype=torch.bool), torch.zeros(3).to_sparse())
    yield from (torch.zeros(2, 3, device="meta"), torch.zeros(3, dtype=torch.complex64), torch.full((2, 3), torch.nan))
    yield from (torch.zeros(3, dtype=torch.bfloat16), torch.zeros(3, 0))
    yield from (xr.DataArray(), xr.DataArray(1.0), xr.DataArray(np.zeros(3), dims="seed"), xr.DataArray(["a", "b"]))
    yield from (xr.Dataset(), CUBE.rename(h="hue"), CUBE.drop_vars("bias"), CUBE.transpose("channel", ...), CUBE["h"])
    yield from (CUBE.isel(h=[]), CUBE.isel(h=0), CUBE.assign(color=CUBE["color"].astype(str)), CUBE[["bias"]])
    yield from (ERRORS.rename(seed="model"), ERRORS.isel(seed=[]), ERRORS.isel(seed=0), ERRORS.astype(bool))
    yield from (ERRORS * np.nan, ERRORS.drop_vars("seed"), ERRORS.astype(object), SIMILARITY, SIMILARITY * 0)
    yield from (LONG.isel(term=[0]), LONG.isel(step=[]), LONG * 0, LONG.rename(term="loss"), LONG.drop_vars("term"))


NUMBERS = (
    0, 1, -1, 2, 3, 7, 10**12, 2**70, -(10**12), True, False, 0.0, 0.5, -1.5, 1e-300, 1e300, float("nan"),
    float("inf"), -float("inf"), 1j, Decimal("0.5"), Fraction(1, 3), np.float64(0.5), np.int64(1), np.bool_(True),
    np.float32("nan"), np.uint8(200),
)  # fmt: skip
TEXTS = ("", "red", "1", "lr", "\x00", "gélu", "encoder", b"red", "STEP,lr\n0,1", Path("nowhere.csv"))
GATHERED: tuple[object, ...] = (
    None, [], [1], [0.1, 0.2, 0.3], [[1], [2, 3]], ["a"], [None], (), (1,), (0, 1), (1, 1), (1.0, 0.0, 0.0),
    ("1", 0, 0), (0.0, 0.0, 0.0), (float("nan"), 0.0, 0.0), (10**400, 0, 0), [(1.0, 0.0, 0.0)] * 2, {}, {"a": 1},
    {0: 1}, {"bottleneck": -1}, set(), {1}, frozenset({0}), range(0), range(3), range(10**12), slice(None),
    slice(0, None, 2), slice("a"), [SHEET], (ENSEMBLE, ENSEMBLE), (EXPERIMENT, EXPERIMENT), (None,), [[]], ((),),
    ((1, 2, 3),), (Unitarity(),),
)  # fmt: skip
CODE = (lambda *_, **__: None, lambda x, *_: x, lambda *_: float("nan"), lambda *_: "red", str, object(), Ensemble, np)
ANYTHING = (*NUMBERS, *TEXTS, *GATHERED, *CODE, *arrays(), *OBJECTS)


def name_of(subject):
    owner = getattr(subject, "__self__", None)
    if owner is not None and not isinstance(owner, type):
        return f"{type(owner).__name__}.{subject.__name__}"
    return f"{subject.__module__.removeprefix('excolor.')}.{subject.__qualname__}"


def subjects():
    """Everything that is called, by a name for messages."""
    of_rooms = [getattr(room, name) for room in rooms() for name in public_names(room)]
    called = [thing for thing in of_rooms if is_called_by_people(thing)]
    classes = {thing for thing in called if isinstance(thing, type)}
    called += [method for kind in classes for name, method in vars(kind).items() if isinstance(method, classmethod)
               for method in [getattr(kind, name)] if not name.startswith("_")]  # fmt: skip
    called += [method for each in OBJECTS for method in public_methods(each)]
    return dict(sorted((name_of(thing), thing) for thing in {name_of(thing): thing for thing in called}.values()))


SUBJECTS = subjects()


def parameters_of(subject):
    return list(inspect.signature(subject).parameters.values())


def fitting(subject):
    """For each parameter of a subject, what fits it."""
    names = [parameter.name for parameter in parameters_of(subject)]
    return {name: OF_ITS_OWN.get(f"{name_of(subject)}.{name}", FITTING.get(name)) for name in names}


def called(subject, arguments):
    """Call a subject with arguments by the name of its parameters; those of *args and **kwargs are gathered."""
    positional, named = [], {}
    for parameter in parameters_of(subject):
        value = arguments[parameter.name]
        if parameter.kind is parameter.VAR_POSITIONAL:
            positional.append(value)
        elif parameter.kind is parameter.VAR_KEYWORD:
            named |= value if isinstance(value, dict) and all(isinstance(key, str) for key in value) else {"a": value}
        elif parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            positional.append(value)
    return subject(*positional, **named)


def bare(error):
    """Where a traceback ends that nobody raised who knew what was given; None if it ends in an error of excolor's."""
    innermost, line = list(traceback.walk_tb(error.__traceback__))[-1]
    code, at = innermost.f_code, error.__traceback__
    while at.tb_next:
        at = at.tb_next
    # A function that was given failed, or was called with more arguments than it takes.
    if code.co_filename == __file__ or re.search(r"\(\) (takes|missing|got an unexpected)", str(error)):
        return None
    raised = next(step for step in dis.get_instructions(code) if step.offset == at.tb_lasti).opname == "RAISE_VARARGS"
    if code.co_filename.startswith(HOME) and raised and not isinstance(error, AssertionError):
        return None
    return f"{code.co_filename}:{line}"


EXAMPLES = 6 if settings.get_current_profile_name() == "excolor" else settings().max_examples


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory):
    """Pictures are saved somewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        yield


def test_nothing_is_forgotten():
    """A parameter with a new name needs an entry in FITTING."""
    unknown = {f"{name}.{each}" for name, subject in SUBJECTS.items() for each, fits in fitting(subject).items()
               if fits is None}  # fmt: skip
    assert not unknown
    assert len(SUBJECTS) > 150


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_fits_is_taken(name):
    """Else nothing behind the first check would be tried."""
    called(SUBJECTS[name], {each: fits[0] for each, fits in fitting(SUBJECTS[name]).items()})


@pytest.mark.parametrize("name", [name for name, subject in SUBJECTS.items() if parameters_of(subject)])
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_does_not_fit_is_refused_in_words(name, data):
    fits = fitting(SUBJECTS[name])
    odd = data.draw(st.sets(st.sampled_from(sorted(fits)), min_size=1, max_size=2))
    arguments = {each: data.draw(st.sampled_from(ANYTHING if each in odd else fits[each])) for each in fits}
    try:
        called(SUBJECTS[name], arguments)
    except Exception as error:
        event("refused")
        if place := bare(error):
            said = ", ".join(f"{each}={shown(value)}" for each, value in arguments.items())
            raise AssertionError(f"{name}({said}): {type(error).__name__} at {place}, {error}") from error


BOMBS = {
    "a cube of 10^9 colors": lambda: excolor.rgb_cube(*[np.linspace(0, 1, 1000)] * 3),
    "an axis of 10^12 values": lambda: excolor.hsv_cube(range(10**12), [1], [1]),
    "10^9 hues": lambda: all_about_colors.hues(10**9),
    "10^12 seeds": lambda: excolor.train(EXPERIMENT, range(10**12)),
    "10^12 dimensions": lambda: Anchor((1.0,)).resized(10**12),
    "an encoder of 10^12 units": lambda: EXPERIMENT.replace(hidden=10**12),
    "10^12 dimensions to delete": lambda: excolor.ablate(ENSEMBLE, range(10**12)),
    "10^12 variants": lambda: excolor.sweep(EXPERIMENT, {"hidden": range(10**12)}, SEEDS, excolor.typical_error),
    "10^12 samples": lambda: excolor.median(range(10**12)),
    "a direction of 10^12 coordinates": lambda: excolor.edits.suppressed(ENSEMBLE, range(10**12)),  # type: ignore[arg-type]
    "a batch of 10^12": lambda: EXPERIMENT.replace(batch=10**12),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_no_machine_has_memory_for_is_refused_at_once(bomb):
    with pytest.raises(ValueError, match=r"for example|such as"):
        BOMBS[bomb]()
