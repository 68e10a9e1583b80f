"""Every module that a training loads is among the sources, however it is imported."""

import subprocess
import sys
from pathlib import Path

import pytest

import excolor
from excolor.keeping import sources as module
from excolor.keeping.content import UnknownContentError
from excolor.keeping.sources import STARTS, sources

HOME = Path(excolor.__file__).parent

TRAINING = """
import sys, types

face = types.ModuleType("excolor")  # without what it gathers for readers
face.__path__ = [sys.argv[1]]
sys.modules["excolor"] = face

from pathlib import Path
from tempfile import TemporaryDirectory

from excolor.colors import training_cube
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Decoding, Drift, Experiment, Term
from excolor.conditions.labels import RED
from excolor.conditions.regularizers import *
from excolor.conditions.regularizers import Regularizer, Crowding
from excolor.keeping.folder import Folder
from excolor.keeping.key import Keys
from excolor.schedule.dopesheet import Dopesheet
from excolor.training import train_together

class Mine(Regularizer):
    def penalty(self, z):
        return z[..., 0].square()

terms = {
    "a": Unitarity(), "b": Anchor((1.0, 0.0, 0.0)), "c": AngularAnchor((1.0, 0.0, 0.0)),
    "d": AntiAnchor((1.0, 0.0, 0.0)), "e": Separate(power=9), "f": AxisAlignedSubspace((0,)), "g": Planarity(),
    "h": Crowding(), "i": Mine(),
}
columns, ones, blanks = ",".join(terms), ",1" * len(terms), "," * len(terms)
sheet = Dopesheet.parse(f"STEP,ACTION,lr,{columns},y,z,data\\n0,hold,0.01{ones},1,1,0\\n4,,{blanks},,,1")
regularized = [Term(name, each, RED if name == "b" else None) for name, each in terms.items()]
beside = Decoding("y", ((1.0, 0.0, 0.0),), (0.5, 0.5, 0.5)), Drift("z", ((1.0, 0.0, 0.0),), "hold")
every = Experiment(
    "every", training_cube, sheet, (*regularized, *beside), bottleneck=3, nonlinear=1,
    curriculum=Curriculum(("data",), lambda cube, values: 1.0),
)
keys = Keys(train_together)
drawn = every.replace(curriculum=None, dopesheet=sheet.drop("data"))
for each in (every, drawn, drawn.replace(batch="all")):
    (ensemble,) = train_together([each], [0, 1])
with TemporaryDirectory() as directory:
    folder = Folder(Path(directory))
    folder.keep(keys.of(each), each, ensemble)
    assert len(list(folder.found(keys.of(each), each))) == 1
print(*sorted(name for name in sys.modules if name.startswith("excolor.")))
"""


def test_every_module_that_is_loaded_to_train_and_to_keep_is_among_them():
    run = subprocess.run(
        [sys.executable, "-c", TRAINING, str(HOME)], capture_output=True, text=True, check=False, cwd=HOME.parent
    )
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split())
    assert {"excolor.training.loop", "excolor.numerics.simd", "excolor.keeping.block"} <= loaded
    assert loaded - set(sources()) == set()


def test_each_is_a_module_of_the_package():
    for name in sources():
        path = HOME.joinpath(*name.split(".")[1:])
        assert path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def test_what_only_measures_or_judges_is_not_among_them():
    """Else an edit of a measure would train everything anew."""
    rooms = {name.split(".")[1] for name in sources()}
    assert rooms == {
        "colors", "conditions", "determinism", "ensemble", "histories", "keeping", "numerics", "schedule", "training",
    }  # fmt: skip


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A package of some modules, by their text."""

    def written(**modules):
        for name, text in modules.items():
            path = tmp_path / "small" / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        module._path.cache_clear()
        (tmp_path / "small" / "__init__.py").touch()
        return sources(["small.start"])

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(module, "HOME", "small")
    for name in [name for name in sys.modules if name.partition(".")[0] == "small"]:
        monkeypatch.delitem(sys.modules, name)
    yield written
    for name in [name for name in sys.modules if name.partition(".")[0] == "small"]:
        del sys.modules[name]
    module._path.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "import small.other",
        "import small.other as another",
        "from small import other",
        "from small.other import something",
        "def later():\n    from small.other import something",
        "if False:\n    import math, small.other",
        "try:\n    import small.other\nexcept ImportError:\n    pass",
        "class Late:\n    def now(self):\n        import small.other",
    ],
)
def test_an_import_is_followed_wherever_it_stands(project, text):
    found = project(start=text, other="import small.third", third="", fourth="")
    assert list(found) == ["small.other", "small.start", "small.third"]


def test_those_that_import_each_other_are_there_once(project):
    assert list(project(start="import small.other", other="import small.start")) == ["small.other", "small.start"]


def test_an_import_by_dots_is_refused(project):
    with pytest.raises(UnknownContentError, match=r"small\.start imports by dots"):
        project(start="from . import other", other="")


def test_a_source_that_cannot_be_read_is_not_known(monkeypatch):
    def unreadable(path):
        raise OSError("no such file")

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    with pytest.raises(UnknownContentError, match=r"the source of .* cannot be read: no such file"):
        sources()


def test_it_begins_where_ensembles_are_made_told_apart_and_written():
    assert set(STARTS) <= set(sources())
