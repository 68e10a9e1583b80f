"""The option --figures: what it draws, where, and what it says of it."""

import errno
import subprocess
import sys
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from excolor import Dopesheet, Estimate, ablate, error_of, latents, reconstruct, reconstruction_error, typical_error
from excolor.colors import coarse_cube, rgb_training_cube, training_cube
from excolor.conditions.architecture import Form
from excolor.conditions.concepts import Concept, with_concepts
from excolor.conditions.experiment import Experiment, Term
from excolor.conditions.labels import RED
from excolor.conditions.regularizers import AngularAnchor
from excolor.experiments import EX_2_10
from excolor.plots import curve_cube
from excolor.plots.picture import draw
from excolor.training.loop import train
from excolor.verdicts.drawing import Condition, safe, seeds_in_words, verdicts
from excolor.verdicts.edited import Edited
from excolor.verdicts.figures import Figures
from excolor.verdicts.gallery import page
from excolor.verdicts.reading import Reading
from tests.unit.alt_texts import faults

WITHOUT_0 = Edited("deletion of dimension 0", (partial(ablate, dims=0),))
SHEET = "STEP,lr,reg-anchor,reg-unit,reg-separate,reg-anti-anchor\n0,.01,.1,.1,.1,.1\n30,.01,,,,\n"
THIRTY_STEPS = EX_2_10.replace(name="0.3 brief", dopesheet=Dopesheet.parse(SHEET))
BRIEF = f'''
"""Experiment 0.3: thirty steps."""

from excolor import Dopesheet, ablate, median, typical_error
from excolor.experiments import EX_2_10
from excolor.verdicts import disconfirmed

BRIEF = EX_2_10.replace(name="0.3 brief", dopesheet=Dopesheet.parse({SHEET!r}))


class TestBrief:
    """Thirty steps are enough."""

    @disconfirmed("they are not")
    def test_typical(self, trained, seeds):
        """The typical color is reconstructed."""
        assert median(typical_error(trained(BRIEF, seeds))) < 1e-6

    @disconfirmed("it is not")
    def test_edited(self, trained, seeds):
        """After deletion the typical color is reconstructed."""
        assert median(typical_error(ablate(trained(BRIEF, seeds), 0))) < 1e-6
'''
OF_THE_CONDITION = {
    "schedule",
    "loss-history",
    *(
        f"{figure}-{state}"
        for figure in ("color-slices", "error-curves", "error-vs-similarity", "latent-spheres")
        for state in ("intact", "after-deletion-of-dimension-0")
    ),
}


OF_THE_FILE = (
    "Experiment 0.3: thirty steps: 2 predictions, 2 disconfirmed. Not confirmed: The typical color is reconstructed "
    "(disconfirmed, "
)


@pytest.fixture
def brief(pytester):
    path = pytester.path / "hypotheses" / "test_brief.py"
    path.parent.mkdir()
    path.write_text(BRIEF.lstrip())
    return pytester


@pytest.fixture(scope="module")
def six():
    """The models of the file's condition, trained anew."""
    return train(THIRTY_STEPS, range(6))


@pytest.fixture(scope="module")
def alts(six):
    """What each figure of the condition says."""
    condition = Condition(THIRTY_STEPS, six)
    condition.edits = [WITHOUT_0]  # as the run's tests edit it; whose latents are drawn is chosen without
    return {figure: draw().alt for figure, draw in condition.drawings()}


def check(directory: Path, alts: dict[str, str]) -> None:
    """Every figure is there in both styles, which say in themselves what they show, and in the index likewise."""
    drawn = {path.relative_to(directory).as_posix(): path for path in directory.glob("*/*.png")}
    expected = {f"0.3-brief-seeds-0-to-5/{figure}" for figure in OF_THE_CONDITION} | {"test_brief/predictions"}
    assert drawn.keys() == {f"{figure}-{style}.png" for figure in expected for style in ("light", "dark")}
    index = unescape((directory / "index.html").read_text(encoding="utf-8"))
    for figure in expected:
        with Image.open(drawn[f"{figure}-light.png"]) as light, Image.open(drawn[f"{figure}-dark.png"]) as dark:
            alt = light.info["Description"]
            assert dark.info["Description"] == alt
            assert not faults(alt), alt
            assert (light.getpixel((0, 0)), dark.getpixel((0, 0))) == ((255, 255, 255, 255), (0x16, 0x18, 0x1D, 255))
        assert alt.startswith(alts.get(figure, OF_THE_FILE))
        assert (
            f'<picture><source srcset="{figure}-dark.png" media="(prefers-color-scheme: dark)">'
            f'<img src="{figure}-light.png" alt="{alt}"></picture>'
        ) in index


@pytest.mark.parametrize("state", ["intact", "after-deletion-of-dimension-0"])
def test_a_figure_is_of_the_models_that_its_name_says(six, state):
    drawn = dict(Condition(THIRTY_STEPS, six, [WITHOUT_0]).drawings())
    models = {"intact": six, "after-deletion-of-dimension-0": ablate(six, 0)}[state]

    def data(figure):
        return drawn[f"0.3-brief-seeds-0-to-5/{figure}-{state}"]().data

    coarse, uniform = (cube()["color"].values for cube in (coarse_cube, rgb_training_cube))
    shown = np.concatenate([np.ravel(panel["shown"]) for panel in data("color-slices")["panels"]])
    assert np.sort(shown) == pytest.approx(np.sort(np.median(reconstruct(models, coarse), axis=0).ravel()))
    errors = np.square(reconstruct(models, uniform).numpy() - uniform).mean(-1)
    assert data("error-vs-similarity")["y"] == pytest.approx(np.median(errors, axis=0).ravel())
    brightest = data("error-curves")["panels"][0]["curves"][-1]  # over hue, from a twelfth before red
    assert brightest["median"][0] == pytest.approx(np.median(error_of(models, "pink")))
    ranks = np.argsort(typical_error(ablate(six, 0)).values)
    of_the_middle = [latents(models, coarse).values[place].reshape(-1, 5) for place in ranks[2:4]]
    assert any(np.allclose(data("latent-spheres")["latents"], z) for z in of_the_middle)


def test_draws_every_condition_and_file_and_changes_no_verdict(brief, alts):
    brief.runpytest_inprocess("--seeds=6", "--figures=figures").assert_outcomes(xfailed=2)
    check(brief.path / "figures", alts)


def test_workers_draw_too(brief, alts):
    (brief.path / "hypotheses" / "test_again.py").write_text(BRIEF.lstrip().replace("0.3: thirty", "0.4: again thirty"))
    result = brief.runpytest_inprocess("--seeds=6", "-n2", "--dist=loadfile", "--figures=figures")
    result.assert_outcomes(xfailed=4)
    for style in ("light", "dark"):
        (brief.path / "figures" / "test_again" / f"predictions-{style}.png").unlink()
    check(brief.path / "figures", alts)


def test_draws_nothing_unasked(brief):
    brief.runpytest_inprocess("--seeds=6")
    assert not list(brief.path.rglob("*.png"))


def test_a_file_is_no_directory(brief):
    (brief.path / "taken").write_text("mine")
    result = brief.runpytest_inprocess("--figures=taken")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*cannot write to 'taken' (File exists): give a directory*for example --figures fig*"])


def test_a_directory_that_cannot_be_made_is_refused(brief):
    (brief.path / "taken").write_text("mine")
    result = brief.runpytest_inprocess("--figures=taken/below")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*cannot write to 'taken/below' (Not a directory): give a directory*"])


def test_two_conditions_of_one_name_do_not_overwrite_each_other(pytester):
    figures = Figures(pytester.path, pytester.parseconfig())
    figures.write("2.10/schedule-light.png", lambda path: path.write_text("one"))
    figures.write("2.10/schedule-light.png", lambda path: path.write_text("one"))
    with pytest.raises(FileExistsError, match=r"two conditions of this run are called 2\.10: give each a name"):
        figures.write("2.10/schedule-light.png", lambda path: path.write_text("two"))
    assert [path.read_text() for path in (pytester.path / "2.10").iterdir()] == ["one"]


def test_the_plugin_loads_nothing_to_draw_with():
    listing = "import excolor.verdicts, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    assert "excolor.verdicts.figures" in loaded
    assert not {"matplotlib", "PIL", "excolor.plots", "excolor.verdicts.drawing"} & set(loaded)


def test_an_index_of_another_kind_is_not_lost(brief):
    (brief.path / "site").mkdir()
    (brief.path / "site" / "index.html").write_text("<p>mine</p>")
    result = brief.runpytest_inprocess("--figures=site")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*'site' has an index.html of another kind, which would be lost*"])
    assert (brief.path / "site" / "index.html").read_text() == "<p>mine</p>"


def test_a_figure_that_cannot_be_drawn_is_named_and_fails_the_run(brief, monkeypatch):
    def broken(*given, **words):
        raise RuntimeError("no ink")

    monkeypatch.setattr("excolor.verdicts.drawing.loss_history", broken)
    result = brief.runpytest_inprocess("--seeds=6", "--figures=figures")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(xfailed=2)
    result.stdout.fnmatch_lines(["could not be drawn: 0.3-brief-seeds-0-to-5/loss-history", "*no ink"])


LITERAL = '''
class TestSmall:
    """H1: the number is small."""

    def test_small(self):
        """It is small."""
        assert half < 0.9
'''


@pytest.fixture
def full(monkeypatch):
    """A disk on which nothing can be written once the run has begun."""

    def write(self, name, save):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Figures, "write", write)


def test_a_full_directory_is_named_and_no_index_promised(write, run, full):
    write(LITERAL)
    result = run("--figures=figures")
    assert result.code == pytest.ExitCode.TESTS_FAILED
    assert "1 hypothesis: 1 confirmed." in result.words
    for what in ("test_small/predictions", "index.html"):
        assert f"could not be drawn: {what}: [Errno 28] No space left on device" in result.text
    assert "see " not in result.text


def test_a_run_that_was_stopped_promises_no_index(write, run):
    write(LITERAL.replace("assert half", "pytest.exit('enough')\n        assert half"))
    result = run("--figures=figures")
    assert result.code == pytest.ExitCode.INTERRUPTED
    assert "see " not in result.text


def test_a_picture_that_is_none_is_left_out_of_the_index(write, run, pytester):
    write(LITERAL)
    (pytester.path / "figures" / "mine").mkdir(parents=True)
    (pytester.path / "figures" / "mine" / "photo-light.png").write_text("no picture")
    assert run("--figures=figures").code == 0
    index = (pytester.path / "figures" / "index.html").read_text(encoding="utf-8")
    assert "test_small/predictions-light.png" in index
    assert "mine" not in index


def test_an_index_that_cannot_be_read(brief):
    (brief.path / "site" / "index.html").mkdir(parents=True)
    result = brief.runpytest_inprocess("--figures=site")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*cannot write to 'site' (Is a directory): give a directory*"])


def test_both_styles_are_drawn_of_numbers_computed_once(pytester):
    computed = []

    def drawn():
        computed.append("once")
        return draw({"title": "counted"}, "one line", lambda figure, data: None, "light")

    Figures(pytester.path, pytester.parseconfig()).draw([("2.8/counted", drawn)])
    assert computed == ["once"]
    assert {path.name for path in pytester.path.glob("2.8/*")} == {"counted-light.png", "counted-dark.png"}


def test_a_figure_without_its_dark_style_is_shown_all_the_same(tmp_path):
    path = tmp_path / "2.8" / "schedule-light.png"
    path.parent.mkdir()
    draw({"title": "light alone"}, "one line", lambda figure, data: None, "light").save(path)
    assert '<picture><img src="2.8/schedule-light.png" alt="one line"></picture>' in page(tmp_path)


@pytest.mark.parametrize(("form", "width"), [(Form(normalized=False), 4), (Form(), 2), (Form(), 5)])
def test_latents_of_every_form_and_width_are_drawn(form, width):
    """Circles and latents that are not normalized had no picture."""
    sheet = Dopesheet.parse("STEP,lr\n0,.01\n3,")
    brief = EX_2_10.unregularized().replace(dopesheet=sheet, form=form, bottleneck=width)
    condition = Condition(brief, train(brief, [0]), [WITHOUT_0])
    drawn = {name.rpartition("/")[2]: draw for name, draw in condition.drawings() if "latent-spheres" in name}
    assert list(drawn) == ["latent-spheres-intact", "latent-spheres-after-deletion-of-dimension-0"]
    for picture in drawn.values():
        assert np.shape(picture().data["latents"])[1] == width


def test_the_member_is_the_one_nearest_to_the_median():
    sheet = Dopesheet.parse("STEP,lr,reg-anchor,reg-unit,reg-separate,reg-anti-anchor\n0,.01,.1,.1,.1,.1\n30,.01,,,,\n")
    experiment = EX_2_10.replace(name="brief", dopesheet=sheet)
    condition = Condition(experiment, train(experiment, range(7)), [WITHOUT_0])
    deleted = ablate(condition.intact, 0)
    errors, before = (typical_error(models).values for models in (deleted, condition.intact))
    assert errors[condition.member] == np.sort(errors)[3]
    assert before[condition.member] != np.sort(before)[3]
    assert (
        f"seed {condition.member}, whose typical error"
        in condition.latent_spheres(lambda: condition.intact, "intact").alt
    )


def test_without_an_edit_the_member_is_that_of_the_intact_models():
    experiment = EX_2_10.unregularized().replace(name="brief", dopesheet=Dopesheet.parse("STEP,lr\n0,.01\n9,\n"))
    condition = Condition(experiment, train(experiment, range(7)), [])
    errors = typical_error(condition.intact).values
    assert errors[condition.member] == np.sort(errors)[3]
    assert {name.rpartition("/")[2] for name, _ in condition.drawings()} == {
        "schedule", "loss-history", "color-slices-intact", "error-curves-intact", "error-vs-similarity-intact",
        "latent-spheres-intact",
    }  # fmt: skip


def test_similarity_is_that_to_the_concept_of_the_condition():
    green = with_concepts(THIRTY_STEPS, Concept.named("green"))
    for experiment, name, most in (
        (green, "green", (0, 1, 0)),
        (THIRTY_STEPS, "red", (1, 0, 0)),
        (green.unregularized(), "red", (1, 0, 0)),
    ):
        condition = Condition(experiment, train(experiment, [0]), [])
        picture = condition.error_vs_similarity(lambda made=condition: made.intact, "intact")
        assert f"median error and similarity to {name}, to the power 3" in picture.data["title"]
        assert tuple(picture.data["colors"][int(np.argmax(picture.data["x"]))]) == most


ANCHORED_ELSEWHERE = Experiment(
    name="anchored on dimension 2",
    data=training_cube,
    dopesheet=Dopesheet.parse("STEP,lr,reg-anchor\n0,.01,.1\n30,.01,\n"),
    terms=(Term("reg-anchor", AngularAnchor((0, 0, -1, 0)), label=RED),),
    bottleneck=4,
    nonlinear=1,
)


@pytest.mark.parametrize("state", ["intact", "after-deletion-of-dimension-2"])
def test_each_figure_is_of_the_models_that_its_name_says(state):
    """Every number that is drawn, computed once more of the models intact, or edited as the name says."""
    ensemble = train(ANCHORED_ELSEWHERE, range(3))
    without_2 = Edited("deletion of dimension 2", (partial(ablate, dims=2),))
    condition = Condition(ANCHORED_ELSEWHERE, ensemble, [without_2])
    deleted = ablate(ensemble, 2)
    models = ensemble if state == "intact" else deleted
    data = {place.rpartition("/")[2]: drawn for place, drawn in condition.drawings()}

    def numbers(figure):
        return data[f"{figure}-{state}"]().data

    cube, curves, rgb = coarse_cube(), curve_cube(), rgb_training_cube()
    shown = np.array([panel["shown"] for panel in numbers("color-slices")["panels"]])  # by s, v and h
    median = np.median(reconstruct(models, cube), axis=0).transpose(1, 2, 0, 3)
    np.testing.assert_array_equal(shown, median)
    along_hue = numbers("error-curves")["panels"][0]["curves"][-1]["median"]
    error = reconstruction_error(models, curves).sel(s=1, v=1).median("seed")
    np.testing.assert_array_equal(along_hue, error)
    np.testing.assert_array_equal(
        numbers("error-vs-similarity")["y"], reconstruction_error(models, rgb).median("seed").values.ravel()
    )
    errors = typical_error(deleted).values
    place = int(np.argsort(errors)[1])
    of_one_seed = latents(models, cube).values[place].reshape(-1, 4)
    np.testing.assert_array_equal(numbers("latent-spheres")["latents"], of_one_seed)
    assert (of_one_seed[:, 2] == 0).all() == (models is deleted)


def test_a_control_that_failed_is_drawn_with_the_predictions():
    judged = Reading(
        test="TestSmall::test_spared",
        experiment="Experiment 2.10: delete only red",
        hypothesis="H1: small",
        statement="Red is spared",
        role="prediction",
        recorded="confirmed",
        group="hypotheses/test_ex_2_10.py::TestSmall",
        predictions=1,
        position=0,
        comparison=Estimate(0.5, 0.4, 0.6, 32) < 0.9,
    )
    held = replace(judged, role="control", statement="Blue is spared", position=1)
    failed = replace(held, statement="Green is spared", position=2, error="a control must be confirmed")
    ((place, drawn),) = verdicts([failed, held, judged])
    assert place == "test_ex_2_10/predictions"
    (group,) = drawn().data["panels"][0]["groups"]
    assert [row["statement"] for row in group["rows"]] == ["Red is spared", "control: Green is spared"]


@pytest.mark.parametrize(
    ("seeds", "words"),
    [((7,), "seed 7"), ((0, 1, 2), "seeds 0 to 2"), ((4, 0, 9), "3 seeds from 0 to 9")],
)
def test_seeds_in_words(seeds, words):
    assert seeds_in_words(seeds) == words


def test_names_are_safe():
    assert safe("2.10 without reg-unit, /etc/.. ") == "2.10-without-reg-unit-etc"
