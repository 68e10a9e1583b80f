"""Hypotheses and predictions say what they claim in sentences that stand alone, as the summary prints them.

A hypothesis also says what was published of it, so that the summary can set our verdict beside that.
"""

import ast
import re
from pathlib import Path

import pytest

from excolor.verdicts.wording import first_sentence

FILES = sorted((Path(__file__).parents[1] / "hypotheses").glob("*.py"))


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

OUTCOMES = (
    "confirmed",
    "looks confirmed",
    "largely confirmed",
    "partially confirmed",
    "disconfirmed",
    "wrong",
    "open",
    "none",
    "observed",
    "as designed",
    "works",
    "a small improvement",
    "a guess",
    "taken for granted",
)
"""With what the account of a published verdict begins."""

OURS = ("confirmed", "partially confirmed", "disconfirmed", "undecided")

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


def background_faults(docstring):
    """Why what follows a hypothesis gives no account of its published verdict, or of ours."""
    background = " ".join(docstring.partition("\n\n")[2].split())
    verdict, _, account = background.partition(": ")
    if not verdict.startswith("Published verdict, "):
        yield "begins with no published verdict"
    if not re.search(r"\b(seeds?|runs?|figure)\b", verdict):
        yield "does not say from how many seeds or runs, or from what figure"
    if not re.match(rf"({'|'.join(OUTCOMES)})\b", account):
        yield f"names no outcome, but {account[:30]!r}"
    if not all(re.match(rf"({'|'.join(OURS)})\b", ours) for ours in re.findall(r"\bOurs is (.*)", background)):
        yield "ours is no verdict"


@pytest.mark.parametrize("docstring", HYPOTHESES.values(), ids=HYPOTHESES)
def test_a_hypothesis_names_its_published_verdict_and_what_that_rests_on(docstring):
    assert list(background_faults(docstring)) == []


@pytest.mark.parametrize(
    "background",
    [
        "",
        "Published verdict: confirmed.",
        "Published verdict, from one seed.",
        "Published verdict, by the author: confirmed.",
        "Published verdict, from one seed: see there.",
        "Published verdict, from one seed: confirmed. Ours is better.",
    ],
)
def test_a_hypothesis_without_that_account_is_refused(background):
    assert list(background_faults(f"Red alone is deleted.\n\n{background}"))


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
    """One idiom: a file declares CONDITIONS, and its conftest trains them side by side."""
    assert [path.name for path in FILES if "trained_together" in path.read_text(encoding="utf-8")] == ["conftest.py"]
