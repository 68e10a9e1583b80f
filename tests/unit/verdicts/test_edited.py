"""Which edits of a trained ensemble a run notes, and so draws."""

import gc
import weakref

import numpy as np
import pytest

from excolor import Dopesheet, ablate, intervene, reconstruct, reconstruction_error
from excolor.edits import AxisAlignedSuppression, BoundedFalloff, Reflection, Repulsion, Suppression, prune
from excolor.edits.falloffs import LinearMapper
from excolor.edits.made import edits_heard
from excolor.experiments import EX_2_10
from excolor.plots import curve_cube
from excolor.training.loop import train
from excolor.verdicts.drawing import Condition, comparisons
from excolor.verdicts.edited import MOST, Edits

BRIEF = EX_2_10.unregularized().replace(name="brief", dopesheet=Dopesheet.parse("STEP,lr\n0,.01\n3,\n"))
FALLOFF = BoundedFalloff(0, 1, 2)
HYPOTHESIS = "hypotheses/test_ex_0_3.py::TestEdits"


@pytest.fixture(scope="module")
def trained():
    return train(BRIEF, [0, 1])


def noted(*uses, of=HYPOTHESIS, by=None):
    """The edits that are noted if the tests that use them, of one hypothesis, have these ranks."""
    edits = by or Edits()
    for rank, edit in uses:
        with edits_heard() as heard:
            edit()
        edits.learn(heard)
        edits.count([made.gave for made in heard], rank, of)
    return edits


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda models: ablate(models, 0), "deletion of dimension 0"),
        (lambda models: ablate(models, (1, 0)), "deletion of dimensions 0 and 1"),
        (lambda models: prune(models, (2, 0, 1)), "removal of dimensions 0, 1 and 2"),
        (
            lambda models: intervene(models, Suppression((1, 0, 0, 0, 0), FALLOFF)),
            "suppression along dimension 0 by BoundedFalloff(0, 1, 2)",
        ),
        (
            lambda models: intervene(models, Repulsion((0, -1, 0, 0, 0), LinearMapper(0, 0.5)), layer="encoder"),
            "repulsion against dimension 1 by LinearMapper(0, 0.5) before normalization",
        ),
        (
            lambda models: intervene(
                models, AxisAlignedSuppression((0, 1)), Suppression((3, 4, 0, 0, 0), BoundedFalloff(0.5, 1, 1))
            ),
            "suppression of dimensions 0 and 1, then suppression along (0.6, 0.8, 0, 0, 0) by "
            "BoundedFalloff(0.5, 1, 1)",
        ),
        (lambda models: intervene(models, Reflection((0, 0, 1, 0, 0))), "reflection along dimension 2"),
        (
            lambda models: intervene(ablate(models, 0), AxisAlignedSuppression((1,))),
            "deletion of dimension 0, then suppression of dimension 1",
        ),
    ],
)
def test_an_edit_is_named_and_can_be_made_again(trained, edit, words):
    with edits_heard() as heard:
        gave = edit(trained)
    edits = Edits()
    edits.learn(heard)
    edits.count([gave], "primary", HYPOTHESIS)
    (edited,) = edits.of(trained)
    assert edited.words == words
    colors = np.random.default_rng(0).random((5, 3))
    np.testing.assert_array_equal(reconstruct(edited.of(trained), colors), reconstruct(gave, colors))


def test_primary_predictions_come_before_others_and_these_before_controls(trained):
    uses = [(rank, lambda dim=dim: ablate(trained, dim)) for dim, rank in enumerate(["control", "beside", "primary"])]
    for left, words in ((3, "dimension 2"), (2, "dimension 1"), (1, "dimension 0")):
        assert [edited.words for edited in noted(*uses[:left]).of(trained)] == [f"deletion of {words}"]


def test_those_that_most_tests_use_are_drawn_and_not_all(trained):
    uses = [("beside", lambda dim=dim: ablate(trained, dim)) for dim in range(5) for _ in range(dim + 1)]
    words = [edited.words for edited in noted(*uses).of(trained)]
    assert words == [f"deletion of dimension {dim}" for dim in (4, 3, 2)]
    assert len(words) == MOST


def test_one_condition_is_not_another(trained):
    other = train(BRIEF, [0, 1])
    edits = noted(("primary", lambda: ablate(trained, 0)))
    assert edits.of(other) == []


def both(one, other, dims=(0, 0)):
    return lambda: [ablate(models, dim) for models, dim in zip((one, other), dims, strict=True)]


def test_what_a_primary_prediction_edits_alike_is_a_pair_to_compare(trained):
    other, other_seeds = train(BRIEF, [0, 1]), train(BRIEF, [2, 3])
    edits = noted(
        ("primary", both(trained, other)),
        ("primary", both(other, trained)),  # the same pair once more
        ("beside", both(trained, other, (2, 2))),
        ("primary", both(trained, other, (0, 1))),
        ("primary", both(trained, other_seeds, (3, 3))),
    )
    ((first, second, edited),) = edits.compared()
    assert (first, second, edited.words) == (trained, other, "deletion of dimension 0")


def test_a_run_draws_what_it_compares_once(trained):
    other = train(BRIEF, [0, 1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("excolor.verdicts.drawing.EDITS", noted(("primary", both(trained, other))))
        ((place, draw),) = comparisons([(BRIEF, trained), (BRIEF.replace(name="again"), other)])
    assert place == "brief-and-again/error-over-hue-after-deletion-of-dimension-0"
    picture = draw()
    assert (
        picture.data["title"] == "brief and again, after deletion of dimension 0: error over hue, median and quartiles"
    )
    error = reconstruction_error(ablate(other, 0), curve_cube()).sel(s=1, v=1).median("seed")
    np.testing.assert_allclose(picture.data["curves"][1]["median"], error)


def test_what_is_noted_keeps_no_ensemble():
    models = [train(BRIEF, [0])]
    edits = noted(("primary", lambda: ablate(models[0], 0)))
    seen = weakref.ref(models.pop())
    gc.collect()
    assert seen() is None
    assert not edits.ways
    assert not edits.used


def test_nobody_listens_by_default(trained):
    with edits_heard() as heard:
        pass
    ablate(trained, 0)
    assert heard == []


FILE = '''
"""Experiment 0.3: edits of four kinds."""

import pytest

from excolor import Dopesheet, ablate, error_of, intervene, median
from excolor.edits import AxisAlignedSuppression
from excolor.experiments import EX_2_10
from excolor.verdicts import control, primary

BRIEF = EX_2_10.unregularized().replace(name="0.3", dopesheet=Dopesheet.parse("STEP,lr\\n0,.01\\n3,\\n"))


@pytest.fixture(scope="module")
def intact(trained, seeds):
    return trained(BRIEF, seeds)


@pytest.fixture(scope="module")
def deleted(intact):
    return ablate(intact, (0, 1))


@primary("test_fixture", "test_body")
class TestEdits:
    """Edits are noted."""

    def test_fixture(self, deleted):
        """What a fixture edits is noted."""
        assert median(error_of(deleted, "red")) >= 0

    def test_body(self, intact):
        """What a test edits is noted."""
        assert median(error_of(intervene(intact, AxisAlignedSuppression((2,))), "red")) >= 0

    def test_beside(self, intact):
        """What a prediction beside edits is not drawn if another is."""
        assert median(error_of(ablate(intact, 3), "red")) >= 0

    @control
    def test_control(self, intact):
        """Nor is what a control edits."""
        assert median(error_of(ablate(intact, 4), "red")) >= 0
'''


def test_a_run_draws_what_its_primary_predictions_edit(pytester):
    (pytester.path / "hypotheses").mkdir()
    (pytester.path / "hypotheses" / "test_edits.py").write_text(FILE, encoding="utf-8")
    pytester.runpytest_inprocess("--seeds", "6", "--figures", "figures", "-p", "no:cacheprovider")
    drawn = {path.name for path in (pytester.path / "figures").glob("*/latent-spheres-*-light.png")}
    assert drawn == {
        "latent-spheres-intact-light.png",
        "latent-spheres-after-deletion-of-dimensions-0-and-1-light.png",
        "latent-spheres-after-suppression-of-dimension-2-light.png",
    }


def test_processes_that_run_different_files_list_together_what_one_does_that_runs_them_all(trained):
    files = {
        f"hypotheses/test_{name}.py::Test": [lambda dim=dim: ablate(trained, dim) for dim in dims]
        for name, dims in (("a", (0, 1)), ("b", (1, 1, 1, 2, 3, 4)), ("c", (3,)))
    }
    alone = [noted(*(("primary", use) for use in uses), of=hypothesis) for hypothesis, uses in files.items()]
    every = Edits()
    for hypothesis, uses in files.items():
        noted(*(("primary", use) for use in uses), of=hypothesis, by=every)
    together = {edited.words for each in alone for edited in each.of(trained)}
    assert {edited.words for edited in every.of(trained)} == together
    for each, hypothesis in zip(alone, files, strict=True):
        for where in (hypothesis, hypothesis.partition("::")[0]):
            assert [edited.words for edited in every.of(trained, where)] == [
                edited.words for edited in each.of(trained)
            ]


def test_a_condition_shows_the_latents_of_one_seed_whichever_edits_its_process_knows_of(trained):
    with pytest.MonkeyPatch.context() as patch:
        members = []
        for dim in range(5):
            patch.setattr("excolor.verdicts.drawing.EDITS", noted(("primary", lambda dim=dim: ablate(trained, dim))))
            condition = Condition(BRIEF, trained)
            assert [edited.words for edited in condition.edits] == [f"deletion of dimension {dim}"]
            members.append(condition.member)
        assert len(set(members)) == 1
