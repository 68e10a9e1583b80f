"""What is told of an assertion: its source, and what stands behind the thresholds that it names."""

from excolor.judging.thresholds import SPARED, share_of_red
from excolor.verdicts.assertions import code_of, source_of
from excolor.verdicts.bases import basis

FEW = 3
"""A few, since
more would not do."""

PLAIN = 2 / 3
"no word stands below FEW_MORE"
FEW_MORE = 4


def with_docstring(x):
    """Of two lines,

    and more."""
    # Why it is so.
    assert x < 2 * SPARED

    assert x < FEW  # at the most


def without_docstring(x):
    assert share_of_red("pink") < x < FEW_MORE


def test_the_source_of_a_test_is_what_stands_below_its_docstring():
    assert source_of(code_of(with_docstring)) == (
        "# Why it is so.\nassert x < 2 * SPARED\n\nassert x < FEW  # at the most"
    )
    assert source_of(code_of(without_docstring)) == 'assert share_of_red("pink") < x < FEW_MORE'


def test_there_may_be_no_source():
    made = {}
    exec("def test(x): assert x < 1", made)
    assert source_of(code_of(made["test"])) == basis(made["test"]) == ""
    assert basis(len) == ""


def test_a_threshold_is_told_with_its_words():
    spared, few = basis(with_docstring).splitlines()
    assert spared.startswith("SPARED = 0.001: A color is spared by a deletion if its error stays below this: about 3 %")
    assert few == "FEW = 3: A few, since more would not do."


def test_a_function_of_the_thresholds_is_told_and_a_number_without_words_is_there():
    share, more = basis(without_docstring).splitlines()
    assert share.startswith("share_of_red: The error that a deletion may give a color, as a share of red's error")
    assert more == "FEW_MORE = 4"
