"""The pictures of what a file has trained: those of its own edits and seeds, whatever else its process has run."""

from types import SimpleNamespace

import pytest

from excolor import Dopesheet, ablate
from excolor.edits.made import edits_heard
from excolor.experiments import EX_2_10
from excolor.report import trained
from excolor.training.loop import train
from excolor.verdicts.edited import Edits

BRIEF = EX_2_10.unregularized().replace(name="brief", dopesheet=Dopesheet.parse("STEP,lr\n0,.01\n3,\n"))
OTHER = BRIEF.replace(name="other", bottleneck=4)
FILE = "hypotheses/test_ex_0_3.py"
ONE, TWO = f"{FILE}::TestOne", f"{FILE}::TestTwo"


@pytest.fixture(scope="module")
def models():
    return train(BRIEF, range(6))


@pytest.fixture
def edits(monkeypatch):
    """A function: `edits(hypothesis, ensembles, dim)` notes that a primary prediction deletes a dimension of each."""
    known = Edits()
    for room in ("excolor.report.trained", "excolor.verdicts.drawing"):
        monkeypatch.setattr(f"{room}.EDITS", known)

    def note(hypothesis, ensembles, dim):
        with edits_heard() as heard:
            gave = [ablate(each, dim) for each in ensembles]
        known.learn(heard)
        known.count(gave, "primary", hypothesis)

    return note


def drawn(conditions, hypotheses=(ONE,), seeds=range(6)):
    module = SimpleNamespace(EXPERIMENT=BRIEF)
    return dict(trained.drawn(module, FILE, hypotheses, conditions, seeds, "figures"))


def files_of(pictures):
    return {place: content for files in pictures.values() for place, content in files.items()}


def test_a_file_is_drawn_alike_whatever_else_its_process_has_run(models, edits):
    edits(ONE, [models], 0)
    alone = files_of(drawn([(BRIEF, models)]))
    for _ in range(3):
        edits("hypotheses/test_ex_0_2.py::TestOne", [models], 1)
    strangers = [(BRIEF, train(BRIEF, range(20, 28))), (BRIEF, train(BRIEF, range(4)))]
    assert files_of(drawn([*strangers, (BRIEF, models)])) == alone
    assert {place.partition("-light")[0] for place in alone if "light" in place} == {
        "figures/ex_0_3.error-curves-after-deletion-of-dimension-0",
        "figures/ex_0_3.latent-spheres-intact",
    }


def test_a_hypothesis_that_edits_otherwise_has_a_picture_of_its_own(models, edits):
    edits(ONE, [models], 0)
    edits(ONE, [models], 0)
    edits(TWO, [models], 1)
    shown = [(each.hypothesis, each.place) for each in drawn([(BRIEF, models)], (ONE, TWO))]
    assert shown[2:] == [(TWO, "figures/ex_0_3.Two.error-curves-after-deletion-of-dimension-1-light.png")]
    assert [hypothesis for hypothesis, _ in shown[:2]] == ["", ""]


def test_two_conditions_that_a_hypothesis_compares_are_drawn_in_one_panel(models, edits):
    other = train(OTHER, range(6))
    edits(ONE, [models, other], 0)
    edits(TWO, [models], 0)
    *_, last = drawn([(BRIEF, models), (OTHER, other)], (ONE, TWO))
    assert (last.hypothesis, last.file) == (ONE, FILE)
    assert last.place == "figures/ex_0_3.One.error-over-hue-after-deletion-of-dimension-0-light.png"
    assert last.alt.startswith("brief and other, after deletion of dimension 0: error over hue")


def test_where_nothing_is_edited_the_loss_in_training_is_shown(models, edits):
    assert [each.place for each in drawn([(BRIEF, models)])] == [
        "figures/ex_0_3.loss-history-light.png",
        "figures/ex_0_3.latent-spheres-intact-light.png",
    ]


def test_what_was_not_trained_is_not_drawn(models, edits):
    assert drawn([(OTHER, models)]) == {}
    assert drawn([(BRIEF, models)], seeds=range(3)) == {}
