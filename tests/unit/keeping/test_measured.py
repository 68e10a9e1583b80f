"""What was measured once is found by later processes, if it would be the same, and only then."""

import os
import resource
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from excolor import measures
from excolor.edits import Intervention, Suppression, ablate, intervene
from excolor.edits.falloffs import BoundedFalloff
from excolor.ensemble import Edit, Ensemble
from excolor.keeping import measured as module
from excolor.keeping.folder import Folder
from excolor.keeping.measured import Measured
from excolor.measures.memory import kept_by
from excolor.numerics.layers import Affine
from excolor.training.loop import train

FACTOR = 1.0


def first_weights(ensemble):
    return FACTOR * ensemble.encoder[0].weight[:, 0, 0].numpy()


@pytest.fixture(scope="module")
def models(small):
    return train(small, (0, 3))


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def files(folder):
    return sorted(path for path in folder.path.rglob("*") if path.is_file())


def is_new(folder, ensemble, measure=first_weights):
    """Whether a process that starts now keeps what it measures, and does so since it finds nothing."""
    before = files(folder)
    keeper = Measured(folder)
    keeper.of(measure, ensemble)
    keeper.write()
    return files(folder) != before


def again(ensemble, **changes):
    """The same models, as another object."""
    fields = ("encoder", "decoder", "seeds", "history", "form", "edits")
    return Ensemble(**{name: getattr(ensemble, name) for name in fields} | changes)


def test_what_one_process_has_measured_the_next_one_finds(folder, models):
    assert is_new(folder, models)
    assert not is_new(folder, again(models))
    assert len(files(folder)) == 1


ALL = {
    "typical": measures.typical_error,
    "worst": measures.worst_error,
    "named": lambda ensemble: measures.error_of(ensemble, "red", "orange"),
    "opposed": measures.most_opposed,
    "off plane": measures.off_plane_share,
    "off sphere": measures.off_sphere,
    "vibrant": measures.vibrant_off_sphere,
    "one-sided": measures.one_sidedness,
}
EDITS = {
    "none": again,
    "deletion": lambda models: ablate(again(models), 0),
    "suppression": lambda models: intervene(again(models), Suppression((1.0, 0.0, 0.0), BoundedFalloff(0.1, 1, 2))),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("measure", ALL)
def test_what_is_found_is_what_would_be_measured(folder, models, monkeypatch, measure, edit):
    taken = ALL[measure](EDITS[edit](models))
    for _ in range(2):
        keeper = Measured(folder)
        with kept_by(keeper.of):
            given = ALL[measure](EDITS[edit](models))
        keeper.write()
        assert given.identical(taken)
        assert given.dtype == taken.dtype
        given[:] = 7  # which spoils nothing
    assert len(files(folder)) == 1


def flipped(layer):
    """A layer of which the last bit of one weight is another."""
    weight = layer.weight.clone()
    weight.view(torch.int32)[1, 0, 0] ^= 1
    return Affine(weight, layer.bias)


def moved(layer):
    return Affine(layer.weight, layer.bias + 1e-6)


OTHERS = {
    "a bit of a weight": lambda models: again(models, decoder=(*models.decoder[:-1], flipped(models.decoder[-1]))),
    "a bias": lambda models: again(models, encoder=(moved(models.encoder[0]), *models.encoder[1:])),
    "the seeds": lambda models: again(models, seeds=(0, 4)),
    "the form": lambda models: again(models, form=replace(models.form, normalized=not models.form.normalized)),
    "a deletion": EDITS["deletion"],
    "an edit": EDITS["suppression"],
    "another edit": lambda models: intervene(models, Suppression((1.0, 0.0, 0.0), BoundedFalloff(0.1, 1, 3))),
    "its layer": lambda models: intervene(
        models, Suppression((1.0, 0.0, 0.0), BoundedFalloff(0.1, 1, 2)), layer="encoder"
    ),
    "fewer": lambda models: models.first(1),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_would_be_otherwise_is_measured(folder, models, other):
    for known in {"none", "suppression"} - ({"suppression"} if other == "an edit" else set()):
        is_new(folder, EDITS[known](models))
    assert is_new(folder, OTHERS[other](models))


def test_losses_do_not_count(folder, models):
    """No measure that is kept reads them, and they take long to read."""
    assert is_new(folder, models)
    assert not is_new(folder, again(models, history=models.history * 2))


@dataclass(frozen=True)
class Mine(Intervention):
    """An intervention as a reader of the documentation may write it."""

    factor: float

    def edit(self, z):
        return SHRINKING * self.factor * z


@dataclass(frozen=True)
class Reading(Intervention):
    path: str

    def edit(self, z):
        return z * float(Path(self.path).read_text())


SHRINKING = 0.5


def test_so_is_an_intervention_of_ones_own(folder, models, monkeypatch):
    assert is_new(folder, intervene(models, Mine(0.5)))
    assert not is_new(folder, intervene(models, Mine(0.5)))
    assert is_new(folder, intervene(models, Mine(0.6)))
    monkeypatch.setattr(f"{__name__}.SHRINKING", 0.4)
    assert is_new(folder, intervene(models, Mine(0.5)))


def test_of_an_edit_that_cannot_be_told_nothing_is_kept(folder, models):
    unknown = again(models, edits=(Edit("bottleneck", lambda z: z * float(os.environ.get("FACTOR", 1))),))
    for each in (unknown, intervene(models, Reading("/dev/zero"))):
        assert not is_new(folder, each)
    assert files(folder) == []


def test_a_function_that_was_replaced_is_not_believed(folder, models, monkeypatch):
    """Nor is what it gave found once it is back, though it all happens in one process."""
    keeper = Measured(folder)
    right = keeper.of(first_weights, models)
    with monkeypatch.context() as patch:
        patch.setattr(f"{__name__}.FACTOR", 2.0)
        assert np.array_equal(keeper.of(first_weights, models), 2 * right)
    assert np.array_equal(keeper.of(first_weights, models), right)


def test_so_is_one_of_the_package(folder, models, monkeypatch):
    keeper = Measured(folder)
    with kept_by(keeper.of):
        right = measures.typical_error(again(models))
        with monkeypatch.context() as patch:
            patch.setattr("excolor.measures.errors._error", lambda models, colors: models.answer(colors)[:, :1] * 0)
            assert (measures.typical_error(again(models)) == 0).all()
        assert measures.typical_error(again(models)).identical(right)


def test_what_changes_while_it_is_measured_is_not_kept(folder, models, monkeypatch):
    def changing(ensemble):
        monkeypatch.setattr(f"{__name__}.FACTOR", 3.0)
        return first_weights(ensemble)

    assert not is_new(folder, models, changing)


def test_an_edited_source_is_another(folder, models, monkeypatch):
    assert is_new(folder, models)
    monkeypatch.setattr(module, "sources", lambda starts: {"excolor.measures.errors": "another"})
    assert is_new(folder, models)
    assert not is_new(folder, models)


def test_a_source_that_is_edited_meanwhile_leaves_nothing(folder, models, monkeypatch):
    keeper = Measured(folder)
    keeper.of(first_weights, models)
    monkeypatch.setattr(module, "sources", lambda starts: {"excolor.measures.errors": "another"})
    keeper.write()
    assert files(folder) == []


def test_a_measure_and_an_edit_are_among_the_sources():
    assert {"excolor.measures.errors", "excolor.edits.interventions", "excolor.numerics.layers"} <= set(
        module.sources(module.STARTS)
    )


def test_another_setting_is_another(folder, models, monkeypatch):
    assert is_new(folder, models)
    monkeypatch.setenv("MKL_CBWR", "2")
    assert is_new(folder, models)


def test_so_it_is_if_it_changes_while_the_program_runs(folder, models, monkeypatch):
    keeper = Measured(folder)
    keeper.of(first_weights, models)
    monkeypatch.setenv("MKL_CBWR", "2")
    keeper.of(first_weights, models)
    keeper.write()
    assert len(files(folder)) == 2


@pytest.mark.parametrize("spoilt", ["emptied", "cut", "flipped", "another's"])
def test_a_file_that_is_damaged_is_removed_and_measured_anew(folder, models, spoilt):
    is_new(folder, models)
    (path,) = files(folder)
    content = path.read_bytes()
    other = bytes([*content[:-40], content[-40] ^ 1, *content[-39:]])
    path.write_bytes({"emptied": b"", "cut": content[:-1], "flipped": other, "another's": b"PK" + content}[spoilt])
    assert is_new(folder, models)
    (new,) = files(folder)
    assert new.name != path.name
    assert not is_new(folder, models)


def test_a_file_of_another_key_is_none(folder, models, monkeypatch):
    """In the place of one that was measured with another setting."""
    is_new(folder, models)
    (path,) = files(folder)
    monkeypatch.setenv("MKL_CBWR", "2")
    is_new(folder, models)
    (other,) = set(files(folder)) - {path}
    other.write_bytes(path.read_bytes())
    assert is_new(folder, models)


def test_nothing_is_unpickled(folder, models):
    """Nor pickled: what is no array is not kept."""
    with pytest.raises(ValueError, match="Object arrays cannot be saved"):
        is_new(folder, models, lambda ensemble: np.array([{}, []], object))


def test_a_full_disk_keeps_nothing(folder, models):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        assert not is_new(folder, models)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(folder) == []


def test_where_there_is_no_room_nothing_is_kept(tmp_path, models):
    assert not is_new(Folder(tmp_path, most=100), models)
    assert is_new(Folder(tmp_path, most=2000), models)
