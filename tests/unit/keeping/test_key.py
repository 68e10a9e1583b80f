"""The key of a kept ensemble changes with all that could change a bit of it."""

import importlib
import os
import pkgutil
import shutil
import subprocess
import sys
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import excolor.experiments
from excolor.colors import desaturation, redness, rgb_cube, training_cube, vibrancy
from excolor.conditions.architecture import Form
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Decoding, Drift, Experiment, Term
from excolor.conditions.labels import RED, SoftLabel
from excolor.conditions.regularizers import Anchor, Planarity, Regularizer, Separate, Unitarity
from excolor.keeping import sources as all_sources
from excolor.keeping import surroundings
from excolor.keeping.content import content
from excolor.keeping.key import Keys
from excolor.schedule.dopesheet import Dopesheet
from excolor.training import train_together

SHEET = "STEP,ACTION,lr,reg,other,data\n0,,0.01,1,0.5,0\n3,hold,0.02,,,\n9,,,2,,1"


def vivid_first(cube, values):
    return 1 + values["data"] * cube["s"].values[:, None]


def dark_first(cube, values):
    return 1 + values["data"] * (1 - cube["v"].values)


def all_alike(cube, values):
    return 1.0


SMALL = Experiment(
    name="small",
    data=training_cube,
    dopesheet=Dopesheet.parse(SHEET),
    terms=(
        Term("reg", Anchor((1.0, 0.0, 0.0)), RED),
        Term("other", Separate(power=10)),
    ),
    bottleneck=3,
    nonlinear=1,
    curriculum=Curriculum(("data",), all_alike),
)
ONE = SMALL.without("other")


def key(experiment):
    return Keys(train_together).of(experiment)


def published():
    for each in pkgutil.iter_modules(excolor.experiments.__path__):
        module = importlib.import_module(f"excolor.experiments.{each.name}")
        yield from (value for value in vars(module).values() if isinstance(value, Experiment))


def test_published_experiments_have_one_each():
    keys, experiments = Keys(train_together), set(published())
    assert len(experiments) > 20
    found = [keys.of(each) for each in experiments]
    assert None not in found
    assert len(set(found)) == len(experiments)


def test_the_name_does_not_matter():
    other = SMALL.replace(name="other", dopesheet=replace(SMALL.dopesheet, source="elsewhere.csv"))
    assert key(other) == key(SMALL) is not None


NUMBERS = st.floats(0.125, 0.875)
CHANNELS = st.integers(0, 2)


def term(number, **changes):
    """Change a term, counted from 0."""
    return lambda experiment: experiment.replace(
        terms=tuple(replace(each, **changes) if at == number else each for at, each in enumerate(experiment.terms))
    )


def sheet(text):
    return lambda experiment: experiment.replace(dopesheet=Dopesheet.parse(text))


def cell(at, value):
    """A cube of which one color has another weight in the draw."""

    def data():
        cube = training_cube()
        bias = cube["bias"].values.copy()
        bias.flat[at % bias.size] *= 1 + value
        return cube.assign(bias=(cube["bias"].dims, bias))

    return data


def shade(at, channel, value):
    """A cube of which one color has a little more, or less, in one channel."""

    def data():
        cube = training_cube()
        color = cube["color"].values.copy()
        of_channel = color.reshape(-1, 3)[:, channel]
        of_channel[at % len(of_channel)] = np.nextafter(of_channel[at % len(of_channel)], value)
        return cube.assign(color=(cube["color"].dims, color))

    return data


def label(**changes):
    return lambda experiment: term(0, label=replace(RED, **changes))(experiment)


EDITS = st.one_of(
    st.integers(1, 63).map(lambda size: lambda e: e.replace(batch=size)),
    st.just(lambda e: e.replace(batch="all", curriculum=None)),
    st.integers(1, 15).map(lambda size: lambda e: e.replace(hidden=size)),
    st.sampled_from([4, 5]).map(lambda size: lambda e: e.replace(bottleneck=size)),
    st.sampled_from([0, 2, 3]).map(lambda size: lambda e: e.replace(nonlinear=size)),
    st.sampled_from([Form(activation="relu"), Form(normalized=False), Form(output="sigmoid")]).map(
        lambda form: lambda e: e.replace(form=form)
    ),
    st.sampled_from(["reg", "other"]).map(lambda name: lambda e: e.without(name)),
    st.just(lambda e: e.replace(terms=e.terms[::-1])),
    NUMBERS.map(lambda x: term(0, regularizer=Anchor((1.0, 0.0, x)))),
    st.integers(11, 100).map(lambda power: term(1, regularizer=Separate(power=power))),
    st.sampled_from([Separate(power=10, shift=False), Unitarity(), Planarity()]).map(
        lambda regularizer: term(1, regularizer=regularizer)
    ),
    st.just(term(0, layer="encoder")),
    st.just(term(0, label=None)),
    NUMBERS.filter(lambda x: x != RED.scale).map(lambda x: label(scale=x)),
    st.integers(1, 9).map(lambda power: label(power=power)),
    st.sampled_from([vibrancy, desaturation, lambda rgb: redness(rgb) / 2]).map(lambda concept: label(concept=concept)),
    st.just(label(name="other")),
    st.just(term(0, label=SoftLabel("red", scale=0.5, concept=redness, power=10))),
    NUMBERS.map(lambda x: sheet(SHEET.replace("0.02", repr(x)))),
    NUMBERS.filter(lambda x: x != 0.5).map(lambda x: sheet(SHEET.replace("0.5", repr(x)))),
    st.integers(4, 8).map(lambda step: sheet(SHEET.replace("\n9,", f"\n{step},"))),
    st.sampled_from(["reg:linear:linear", "reg:log", "reg:linear:step"]).map(
        lambda column: sheet(SHEET.replace(",reg,", f",{column},"))
    ),
    st.just(sheet(SHEET.replace("hold", ""))),
    st.sampled_from([vivid_first, dark_first]).map(
        lambda rule: lambda e: e.replace(curriculum=Curriculum(("data",), rule))
    ),
    st.just(lambda e: e.replace(curriculum=None)),
    st.just(lambda e: e.replace(data=lambda: rgb_cube(*[np.linspace(0, 1, 5)] * 3), curriculum=None)),
    st.tuples(st.integers(0, 10**6), NUMBERS).map(lambda at: lambda e: e.replace(data=cell(*at))),
    st.tuples(st.integers(0, 10**6), CHANNELS, st.just(0.3)).map(lambda at: lambda e: e.replace(data=shade(*at))),
)  # fmt: skip
"""Ways in which one experiment can be made into another that is trained otherwise."""


@pytest.fixture(scope="module")
def keys():
    return Keys(train_together)


@settings(max_examples=200)
@given(edits=st.lists(EDITS, min_size=1, max_size=2))
def test_any_edit_of_an_experiment_gives_another(keys, edits):
    edited = SMALL
    for edit in edits:
        try:
            edited = edit(edited)
        except ValueError:  # of two edits the second may not fit the first
            break
    if edited != SMALL:
        assert None not in (keys.of(edited), keys.of(SMALL))
        assert keys.of(edited) != keys.of(SMALL)


class Mine(Regularizer):
    """A formula as a reader of the documentation may write it."""

    def penalty(self, z):
        return FACTOR * helping(z)


FACTOR = 1.0


def helping(z):
    return z.square().sum(-1)


@dataclass(frozen=True)
class Reading(Regularizer):
    path: str

    def penalty(self, z):
        return z[..., 0] * float(Path(self.path).read_text())


WITH_MINE = ONE.replace(terms=(Term("reg", Mine()),))


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("FACTOR", 2.0),
        ("helping", lambda z: z.abs().sum(-1)),
        ("Mine.penalty", lambda self, z: z[..., 0]),
        ("Mine.weight", 3.0),
    ],
)
def test_so_does_any_edit_of_a_formula(monkeypatch, where, value):
    before = key(WITH_MINE)
    monkeypatch.setattr(f"{__name__}.{where}", value, raising=False)
    assert before is not None
    assert key(WITH_MINE) != before


@pytest.mark.parametrize(
    "experiment",
    [
        ONE.replace(terms=(Term("reg", Reading("/dev/zero")),)),
        SMALL.replace(data=lambda: training_cube() * np.random.random()),
        SMALL.replace(data=lambda: 1 / 0),
        SMALL.replace(curriculum=Curriculum(("data",), lambda cube, values: np.load("weights.npy"))),
        SMALL.replace(terms=(Term("reg", Unitarity()), Term("other", Reading("/dev/zero")))),
    ],
    ids=["a file", "chance", "no cube", "weights from a file", "one of two terms"],
)  # fmt: skip
def test_what_cannot_be_told_has_none(experiment):
    assert key(experiment) is None


def test_nor_has_anything_that_is_trained_by_what_cannot_be_told():
    assert Keys(lambda experiments, seeds: np.load("trained.npz")).of(SMALL) is None


def test_what_trains_counts(monkeypatch):
    before = key(SMALL)
    monkeypatch.setattr("excolor.training.loop.LOOK", 7)
    assert key(SMALL) not in (before, None)
    assert Keys(lambda experiments, seeds: []).of(SMALL) not in (before, None)


def test_the_same_keys_see_what_was_replaced_and_put_back(monkeypatch):
    keys = Keys(train_together)
    before = keys.of(SMALL)
    with monkeypatch.context() as patch:
        patch.setattr("excolor.training.loop.LOOK", 7)
        assert keys.of(SMALL) not in (before, None)
    assert keys.of(SMALL) == before


class Cubes:
    """What makes a cube once and then remembers it."""

    @cached_property
    def cube(self):
        return training_cube()

    def make(self):
        return self.cube


def test_the_colors_count_by_themselves():
    """Where the function that makes them is the same, but has something else in mind."""
    one, other = Cubes(), Cubes()
    vars(other)["cube"] = shade(5, 0, 0.3)()
    assert content(one.make) == content(other.make)
    assert None is not key(SMALL.replace(data=one.make)) != key(SMALL.replace(data=other.make))


class Wider(Experiment):
    """One that has more hidden units than it says."""

    @property
    def architecture(self):
        return replace(super().architecture, hidden=2 * self.hidden)


def test_another_kind_of_experiment_is_another():
    wider = Wider(**{field.name: getattr(SMALL, field.name) for field in fields(SMALL) if field.init})
    assert None is not key(wider) != key(SMALL)


def test_of_a_term_that_holds_colors_these_count():
    sheet = Dopesheet.parse("STEP,ACTION,lr,reg\n0,hold,0.01,0\n4,,,1")
    plain = ONE.replace(curriculum=None, dopesheet=sheet)
    red, blue = (
        key(plain.replace(terms=(Drift("reg", (color,), "hold"),))) for color in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    )
    assert None not in (red, blue)
    assert red != blue


def test_of_a_term_that_decodes_points_these_and_the_color_count():
    plain = ONE.replace(curriculum=None, dopesheet=Dopesheet.parse("STEP,lr,reg\n0,0.01,1\n4,,"))
    keys = {
        key(plain.replace(terms=(Decoding("reg", ((x, 0.0, 0.0),), (0.5, 0.5, gray)),)))
        for x, gray in ((1.0, 0.5), (-1.0, 0.5), (-1.0, 0.25))
    }
    assert None not in keys
    assert len(keys) == 3


MODULES = sorted(all_sources.sources())


@settings(max_examples=40, phases=[Phase.generate])  # a smaller edit would say no more
@given(name=st.sampled_from(MODULES), at=st.integers(0, 10**6), digit=st.integers(1, 255))
def test_any_edit_of_a_source_gives_another(keys, name, at, digit):
    before = keys.of(SMALL)
    source = all_sources._source

    def edited(asked):
        content = source(asked)
        if asked != name:
            return content
        place = at % (len(content) + 1)
        return content[:place] + b"#" + content[place:] if place == len(content) else _flipped(content, place, digit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(all_sources, "_source", edited)
        patch.setattr(all_sources, "_imported", lambda content, module: IMPORTED[module])
        assert key(SMALL) not in (before, None)


def _flipped(content, place, digit):
    return content[:place] + bytes([content[place] ^ digit]) + content[place + 1 :]


IMPORTED = {name: all_sources._imported(all_sources._source(name), name) for name in MODULES}

PROCESS = """
from excolor.experiments import EX_2_10, EX_1_6_SMOOTH
from excolor.keeping.key import Keys
from excolor.training import train_together

keys = Keys(train_together)
print(keys.of(EX_2_10), keys.of(EX_1_6_SMOOTH))
"""


def keys_of_a_copy(root):
    run = subprocess.run(
        [sys.executable, "-c", PROCESS], env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True,
        check=True, cwd=root,
    )  # fmt: skip
    return run.stdout.split()


def test_an_edited_kernel_gives_another_and_its_undoing_the_same_again(tmp_path):
    home = Path(excolor.__file__).parent
    shutil.copytree(home, tmp_path / "excolor", ignore=shutil.ignore_patterns("__pycache__"))
    kernel = tmp_path / "excolor" / "numerics" / "elementwise.py"
    source = kernel.read_text()
    here = keys_of_a_copy(tmp_path)
    kernel.write_text(source + "\n\nANOTHER = 1\n")
    edited = keys_of_a_copy(tmp_path)
    kernel.write_text(source)
    assert "None" not in {*here, *edited}
    assert len({*here, *edited}) == 4
    assert keys_of_a_copy(tmp_path) == here


@pytest.mark.parametrize("package", sorted(surroundings.versions()))
def test_another_version_gives_another(monkeypatch, package):
    before = key(SMALL)
    versions = surroundings.versions()
    if package == "python":
        monkeypatch.setattr(sys, "version", f"{sys.version}+")
    elif hasattr(sys.modules.get(package), "__version__"):
        monkeypatch.setattr(sys.modules[package], "__version__", f"{versions[package]}.post1")
    else:
        monkeypatch.setattr(surroundings, "_installed", lambda name: "0" if name == package else versions[name])
    assert surroundings.versions()[package] != versions[package]
    assert key(SMALL) not in (before, None)


@pytest.mark.parametrize("part", [*surroundings.machine()])
def test_another_machine_gives_another(monkeypatch, part):
    before, machine = key(SMALL), surroundings.machine()
    monkeypatch.setattr(surroundings, "machine", lambda: machine | {part: "another"})
    assert key(SMALL) not in (before, None)


@pytest.mark.parametrize("name", ["NUMBA_OPT", "MKL_CBWR", "ATEN_CPU_CAPABILITY", "OMP_NUM_THREADS", "LD_PRELOAD"])
def test_another_environment_gives_another(monkeypatch, name):
    before = key(SMALL)
    monkeypatch.setenv(name, "2")
    assert key(SMALL) != before


def threads():
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(1)


def numbers():
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("setting", [threads, numbers])
def test_another_setting_of_torch_gives_another(setting):
    before = key(SMALL)
    turned = setting()
    next(turned)
    try:
        assert key(SMALL) not in (before, None)
    finally:
        next(turned, None)
    assert key(SMALL) == before
