"""Hypotheses and predictions say what they claim in sentences that stand alone, as the summary prints them.

A hypothesis also says what was published of it, so that the summary can set our verdict beside that.
"""

import ast
import re
from pathlib import Path

import pytest

from excolor.verdicts.wording import first_sentence, published_verdict

HERE = Path(__file__).parents[1] / "hypotheses"
FILES = sorted(HERE.rglob("*.py"))


def documented(tree, name):
    """(qualified name, docstring) of every class and function below a node."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield f"{name}.{node.name}", ast.get_docstring(node) or ""
            yield from documented(node, f"{name}.{node.name}")


def whose_name_begins(prefix):
    """Of all files, those of mixins too: what pytest takes for a class of tests, or for a test."""
    found = [pair for path in FILES for pair in documented(ast.parse(path.read_text(encoding="utf-8")), path.stem)]
    return {name: docstring for name, docstring in found if name.rpartition(".")[2].startswith(prefix)}


HYPOTHESES = whose_name_begins("Test")
PREDICTIONS = whose_name_begins("test_")

PUBLISHED = {
    "test_ex_1_1.TestKnownColors": ("a figure", "works"),
    "test_ex_1_1.TestBandsLeftOut": ("a figure", "works"),
    "test_ex_1_2.TestHuesGoAroundTheCircle": ("one run", "confirmed"),
    "test_ex_1_2.TestHeldOutBandLeavesAGap": ("one run", "confirmed"),
    "test_ex_1_3.TestWheelAndDome": ("one seed", "looks confirmed"),
    "test_ex_1_4.TestReachesTheTarget": ("a figure", "as designed"),
    "test_ex_1_4.TestRetargeting": ("a figure", "as designed"),
    "test_ex_1_4.TestOvershoot": ("a figure", "confirmed"),
    "test_ex_1_5.TestStablePlanarWheel": ("one run", "a success"),
    "test_ex_1_5.TestLessSensitive": ("one run", "a success"),
    "test_ex_1_5.TestEarlierCurriculaTangle": ("several runs", "observed, about a quarter were tangled"),
    "test_ex_1_6.TestSmallerSpikes": ("one seed", "wrong"),
    "test_ex_1_6.TestSpikesDoNoHarm": ("one seed", "confirmed"),
    "test_ex_1_6.TestCalmerEvolution": ("one seed", "wrong"),
    "test_ex_1_7.TestNoCurriculumIsNeeded": ("one run", "confirmed"),
    "test_ex_1_7.TestBinaryLabelsAreEnough": ("several runs", "confirmed"),
    "test_ex_1_7.TestTanglesVanish": ("several runs", "confirmed"),
    "test_ex_1_7_constant.TestWeightsMustMove": ("a few runs", "open"),
    "test_ex_1_8.TestEachPenaltyHasItsOwnEffect": ("one seed", "confirmed"),
    "test_ex_1_8_left_out.TestWhatIsMissingWithoutEach": ("one seed", "observed"),
    "test_ex_1_8_left_out.TestOneUnitarityTermMakesACube": ("one seed", "confirmed"),
    "test_ex_1_8_left_out.TestBothUnitarityTermsAreNeeded": ("one seed", "open"),
    "test_ex_2_1.TestSuppression": ("a figure", "as designed"),
    "test_ex_2_1.TestRepulsion": ("a figure", "as designed"),
    "test_ex_2_2.TestAsPublished": ("one seed", "largely confirmed"),
    "test_as_meant.TestAsMeant": ("one seed", "largely confirmed"),
    "test_ex_2_2.TestNormalizationHelps": ("one seed", "confirmed"),
    "test_ex_2_3.TestLinearOutput": ("one seed", "confirmed"),
    "test_ex_2_3.TestBothOutputsReconstruct": ("one seed", "confirmed"),
    "test_ex_2_3.TestInterventionsHitRed": ("one seed", "confirmed"),
    "test_ex_2_4.TestPenaltiesAfterNormalization": ("one seed", "a small improvement"),
    "test_ex_2_4.TestInterventionsHitRed": ("one seed", "a small improvement"),
    "test_ex_2_4_losses.TestLossesAreSlightlyHigher": ("one seed", "observed"),
    "test_ex_2_5.TestPlanarityIsNotNeeded": ("one seed", "partially confirmed"),
    "test_ex_2_6_2_7.TestWarmCoolAxisIsDeleted": ("one seed", "confirmed"),
    "test_ex_2_6_2_7.TestPlaneOfHuesIsDeleted": ("one seed", "confirmed"),
    "test_ex_2_8.TestRedAloneIsDeleted": ("one seed", "disconfirmed"),
    "test_ex_2_8_to_2_9.TestArchitectureIsTheCause": ("one seed each", "a guess"),
    "test_ex_2_8_to_2_9.TestConstraintsAreTheCause": ("one seed", "none"),
    "test_ex_2_9.TestRedAloneIsDeleted": ("one seed", "confirmed"),
    "test_ex_2_9_to_2_10.TestSubspaceTermCanBeDropped": ("one seed", "partially confirmed"),
    "test_ex_2_9_to_2_10.TestWeightsMakeNoDifference": ("one seed", "taken for granted"),
    "test_ex_2_10.TestSubspaceTermIsNotNeeded": ("one seed", "partially confirmed"),
    "test_ex_2_10_unitarity.TestIsolationFailsWithoutUnitarity": ("one seed", "disconfirmed"),
    "test_ex_2_10_second.TestRepellingEverythingIsEnough": ("one seed", "confirmed"),
    "test_ex_2_4_1.TestSuppressionGoesWithSimilarity": ("60 seeds", "confirmed, R^2 is 0.95 +- 0.02"),
    "test_ex_2_4_1.TestSquareHasAReason": ("no seeds", "taken for granted"),
    "test_ex_2_4_1_derivation.TestDecoderIsLocallyLinear": ("no seeds", "taken for granted"),
    "test_ex_2_4_1_derivation.TestRemovedIsAboutSimilarity": ("no seeds", "taken for granted"),
    "test_ex_2_4_1.TestRepulsionGoesWithSimilarity": ("the best of 60 seeds", "confirmed, with an R^2 of 0.98"),
    "test_ex_2_4_1.TestAblationIsNoSubstitute": ("the best of 60 seeds", "confirmed, with an R^2 of 0.37"),
    "test_ex_2_4_1.TestEverySeedHasTheGeometry": ("all 60 seeds", "confirmed"),
    "test_ex_2_4_1_to_2_10_1.TestWeightsMustMove": ("no seeds", "taken for granted"),
    "test_ex_2_5_1.TestSuppressionGoesWithSimilarity": ("60 seeds", "confirmed, R^2 is 0.92 +- 0.03"),
    "test_ex_2_5_1.TestWheelIsNotNeeded": ("60 seeds of each", "confirmed, R^2 is 0.92 where it was 0.95"),
    "test_ex_2_5_1.TestAblationIsNoSubstitute": ("the best of 60 seeds", "confirmed, with an R^2 of 0.47"),
    "test_ex_2_7_1.TestDeletionTakesHueAlone": (
        "60 seeds",
        "confirmed, R^2 with vibrancy to the power of 2.3 is 0.82 +- 0.05",
    ),
    "test_ex_2_7_1.TestSuppressionDoesTheSame": ("the best of 60 seeds", "confirmed, with an R^2 of 0.89"),
    "test_ex_2_7_1.TestEverySeedHasTheGeometry": ("all 60 seeds", "confirmed"),
    "test_ex_2_7_1_colors.TestHuesTurnDarkOrBright": ("the best of 60 seeds", "observed"),
    "test_ex_2_9_1.TestDeletionGoesWithSimilarity": ("60 seeds", "confirmed, R^2 is 0.86 +- 0.15"),
    "test_ex_2_9_1.TestSuppressionGoesWithSimilarity": ("the best of 60 seeds", "confirmed, with an R^2 of 0.98"),
    "test_ex_2_9_1.TestEverySeedHasTheGeometry": ("all 60 seeds", "confirmed"),
    "test_ex_2_9_1.TestNoneFailsAtHalfRate": ("32 seeds", "confirmed"),
    "test_ex_2_9_1.TestTenUnitsDoNotFail": ("100 seeds", "observed, R^2 of deletion is 0.87 +- 0.06"),
    "test_ex_2_9_1_front.TestFewAreOnTheFront": ("60 seeds of each", "counted, 4 and 22"),
    "test_ex_2_10_1.TestDeletionGoesWithSimilarity": ("60 seeds", "confirmed, R^2 is 0.85 +- 0.14"),
    "test_ex_2_10_1.TestSuppressionGoesWithSimilarity": ("the best of 60 seeds", "confirmed, with an R^2 of 0.97"),
    "test_ex_2_10_1.TestEverySeedHasTheGeometry": ("all 60 seeds", "confirmed"),
    "test_ex_2_10_1.TestAntiAnchorIsNotNeeded": ("60 seeds of each", "confirmed, R^2 is 0.85 where it was 0.86"),
    "test_follow_up.TestFallBackPinsRedirectedRed": ("32 seeds", "confirmed"),
    "test_follow_up.TestFailuresBreakOnThePlateau": ("16 initial weights times 8 streams of data", "confirmed"),
    "test_follow_up.TestNoAnnealingCostsReconstruction": ("32 seeds", "confirmed"),
    "test_follow_up.TestFallBackPreventsCatastrophes": ("448 runs", "confirmed"),
    "test_what_red_becomes.TestTheBestConstantRestoresAPart": ("the author's follow-up", "confirmed"),
    "test_published_spreads.TestAblationVariesMore": (
        "60 seeds",
        "confirmed, R^2 is 0.95 +- 0.02 for suppression and 0.86 +- 0.15 for ablation",
    ),
    "test_published_spreads.TestSuppressedRedIsDarkGray": ("the best of 60 seeds", "observed"),
    "test_published_spreads.TestAblatedRedIsAnyColor": ("no seeds", "taken for granted"),
    "test_schedule.TestWeightsMustMove": ("no seeds", "taken for granted"),
    "test_ex_2_9_1_besides.TestBystandersAreSparedUnderSuppression": ("the best of 60 seeds", "confirmed"),
    "test_ex_2_9_1_besides.TestFewRowsAreLabeled": ("60 seeds", "counted, 83 +- 8"),
    "test_ex_2_9_1_besides.TestPrunedEqualsAblated": ("the best of 60 seeds", "confirmed"),
    "test_ex_2_10_middle.TestOnlyRedSuffersAndLittle": ("one seed", "too sharp"),
    "test_ex_2_10_middle.TestClearingFirstDeletesMore": ("one seed of each", "confirmed"),
    "test_ex_2_11.TestFewLabelsSuffice": ("one seed", "open"),
    "test_ex_2_11.TestLabelsAreAsRare": ("one seed", "counted"),
    "test_weights_or_data.TestFateFollowsTheData": ("16 initial weights times 8 streams of data", "confirmed"),
}
"""What each verdict was published from, and the verdict, as the sources have them; of the re-runs with their scores."""
UNPUBLISHED = {name for name, said in HYPOTHESES.items() if "Published verdict: none." in " ".join(said.split())}
"""Hypotheses of our own, which say so."""

POINTERS = {"they", "it", "its", "so", "that", "this", "these", "those", "such", "then", "here", "none", "another"}
"""A sentence that begins with one of these speaks of the one before it, as does one with "the same"."""

REFERENCES = ("that plane", "that sphere", "that many", "as above", "as before", "the others", "the other two", "do so")
"""What speaks of a sentence before it, wherever it stands."""

FEWEST_WORDS = 4


def leans_on(sentence):
    """What of a sentence needs one before it to be understood."""
    words = sentence.lower().replace(",", " ").split()
    first = POINTERS.intersection(words[:1])
    same = {"the same"} if words[:2] == ["the", "same"] else set()
    return sorted(first | same | {each for each in REFERENCES if f" {each} " in f" {' '.join(words).rstrip('.')} "})


def faults(docstring):
    """Why a docstring is no sentence that can be printed alone."""
    sentence, ended = first_sentence(docstring), docstring.strip().partition("\n\n")[0].endswith(".")
    words = sentence.split()
    if not ended or (not sentence[:1].isupper() and not sentence[:1].isdigit()):
        yield "not written as a sentence, from a capital to a full stop"
    if len(words) < FEWEST_WORDS:
        yield f"{len(words)} words are too few to say of what something is claimed"
    for reference in leans_on(sentence):
        yield f'"{reference}" speaks of another sentence'


def test_there_are_hypotheses_and_predictions():
    assert "test_ex_2_8.TestRedAloneIsDeleted" in HYPOTHESES
    assert "deletion_controls.DeletionControls.test_intact_model_rebuilds_red" in PREDICTIONS


def background_faults(name, docstring):
    """Why what follows a hypothesis gives no account of its published verdict, or of ours."""
    background = " ".join(docstring.partition("\n\n")[2].split())
    verdict, _, account = background.partition(": ")
    source, outcome = PUBLISHED[name]
    if not all(published_verdict(docstring)):
        yield (
            "begins no paragraph that can be read, such as Published verdict, from one seed: disconfirmed, as all is "
            "damaged. The verdict has up to 20 letters"
        )
    if not re.match(rf"Published verdict, (from|of|by looking at) {source}\b", verdict):
        yield f"is not said to be published from {source}"
    if not re.match(rf"{re.escape(outcome)}(?![-+.]?\w)", account):
        yield f"was published as {outcome!r}, not as {account[:30]!r}"
    if re.search(r"\bOurs is\b", background):
        yield "tells of ours, which the record has"


def test_every_hypothesis_has_its_published_verdict_on_record():
    assert HYPOTHESES.keys() - UNPUBLISHED == PUBLISHED.keys()


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_hypothesis_names_its_published_verdict_and_what_that_rests_on(name):
    assert list(background_faults(name, HYPOTHESES[name])) == []


@pytest.mark.parametrize(
    "background",
    [
        "",
        "Published verdict: disconfirmed.",
        "Published verdict, from one seed.",
        "Published verdict, by the author: disconfirmed.",
        "Published verdict, from one seed: see there.",
        "Published verdict, from one seed: confirmed.",
        "Published verdict, from 60 seeds: disconfirmed.",
        "Published verdict, from one seed: disconfirmed. Ours is better.",
        "Published verdict, from one seed: disconfirmed (all is damaged).",
        "See the source. Published verdict, from one seed: disconfirmed.",
    ],
)
def test_a_hypothesis_without_that_account_is_refused(background):
    assert list(background_faults("test_ex_2_8.TestRedAloneIsDeleted", f"Red alone is deleted.\n\n{background}"))


@pytest.mark.parametrize("docstring", [*HYPOTHESES.values(), *PREDICTIONS.values()], ids=[*HYPOTHESES, *PREDICTIONS])
def test_a_statement_can_be_printed_alone(docstring):
    assert list(faults(docstring)) == []


@pytest.mark.parametrize(
    "docstring",
    [
        "They do so in most seeds.",
        "It is wider than the largest gap that training on all hues leaves.",
        "That of all colors lies farther off the sphere.",
        "The same deletion leaves red to be reconstructed.",
        "The vibrant hues lie near that plane.",
        "Deleting the other two leaves more than a fifth of the vibrancy.",
        "Red as above.",
        "Red is spared",
        "in most seeds red lies at the anchor.",
        "",
    ],
)
def test_what_needs_a_neighbor_is_refused(docstring):
    assert list(faults(docstring))


def test_files_leave_training_together_to_their_conditions():
    """One idiom: a file declares CONDITIONS, and `conditions`, the conftest's or its own, trains them side by side."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert {each.name for each in functions if "trained_together" in ast.unparse(each)} == {"conditions"}


def without_a_null(path):
    """The hypotheses of a file that trains models, and name no world (`--null`) in which their predictions fail."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    if not any(isinstance(each, ast.ImportFrom) and each.module == "excolor.experiments" for each in body):
        return []
    classes = [each for each in body if isinstance(each, ast.ClassDef) and each.name.startswith("Test")]
    return [each.name for each in classes if "fails_under(" not in " ".join(map(ast.unparse, each.decorator_list))]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_hypothesis_about_models_names_a_world_that_refutes_it(path):
    """Where nothing is trained, in 1.1, 1.4 and 2.1, controls with another formula do so."""
    assert without_a_null(path) == []


def test_a_hypothesis_that_names_none_is_found(tmp_path):
    path = tmp_path / "test_small.py"
    path.write_text("from excolor.experiments import EX_2_8\n\nclass TestSmall:\n    pass\n")
    assert without_a_null(path) == ["TestSmall"]
