"""Between weights and verdicts stand only sums and functions whose bits are the same on every processor.

numpy, torch and xarray add up in as many partial sums as a processor's registers hold, and take exponentials,
logarithms and powers from libraries that choose by its maker. excolor.numerics has others: `total`, `mean`, `spread`,
`length` of reductions; `exp`, `log`, `power`, `sqrt`, `cos_of_turns`, `turns_of` of functions.

What is refused here is refused by its name, in the sources alone, and so this is no proof: it does not see a function
that adds up within (np.interp, np.convolve, scipy's), one that is reached under another name (getattr, a ufunc's
`reduce`), nor what other rooms do (excolor.judging, excolor.plots). Python's own `sum` adds up in order, and is let
pass. Sums of whole numbers or of booleans would do no harm, but are refused too, since no name tells them.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SUMS = {
    "sum", "nansum", "cumsum", "prod", "cumprod", "mean", "nanmean", "average", "std", "nanstd", "var", "nanvar",
    "norm", "vector_norm", "cov", "corr", "corrcoef", "dot", "vdot", "inner", "matmul", "mm", "bmm",
    "einsum", "tensordot", "trace", "lstsq", "solve", "inv", "pinv", "svd", "polyfit", "linregress", "pearsonr",
    "logsumexp", "softmax", "rolling", "weighted", "integrate", "trapezoid",
}  # fmt: skip
FUNCTIONS = {
    "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "power", "float_power", "sqrt", "cbrt", "hypot",
    "sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "asin", "acos", "atan", "atan2", "sinh", "cosh",
    "tanh", "sigmoid", "erf",
}  # fmt: skip

OWN = "excolor.numerics"
"""Whose functions of these names are the ones to take."""

WITHOUT_MODEL = {"test_ex_1_1.py", "test_ex_1_4.py", "test_ex_2_1.py"}
"""Claims of geometry: nothing is trained, and rounding counts as nothing."""

ALLOWED = {
    ("falloffs.py", "math.sqrt"): "a constant; Python's is rounded correctly, as IEEE 754 has it",
    ("falloffs.py", "self.power"): "the exponent of a falloff, for whole_power",
    ("interventions.py", "math.hypot"): "the length of a direction as it is given, exact for one along an axis",
    ("interventions.py", "math.acos"): "an angle in degrees for the reader, which no edit depends on",
    ("interventions.py", "math.prod"): "a number of latents, whole and exact",
    ("test_ex_1_8_left_out.py", "0.5 ** 1 / 4"): "a threshold, in Python's floats, which no measured value is near",
    ("drawn_labels.py", "(batch.shares[label] > 0).sum"): "a number of rows, whole and exact",
    ("test_ex_2_11.py", "math.sqrt"): "a bound; Python's is rounded correctly, as IEEE 754 has it",
    (
        "test_label_budget.py",
        "RED.probability(EX_2_10_1.data()['color']).mean",
    ): "no uniform draw lies within its rounding",
    ("test_label_budget.py", "RED.power"): "the power of a label, for whole_power",
    **{
        ("test_published_spreads.py", of_channels): "a mean of three numbers, which are added in their order"
        for of_channels in (
            "np.square(colors[:, np.newaxis] - colors).mean",
            "np.square(given[0::2] - given[1::2]).mean",
            "np.square(answers(ensemble) - named_colors()['color'].drop_vars('channel')).mean",
        )
    },
    ("test_what_red_becomes.py", "((answers(ensemble) - named) ** 2).sum"): "of three numbers, in their order",
    **dict.fromkeys(
        (
            ("test_weights_or_data.py", "np.log10"),
            ("test_width.py", "np.log"),
            ("test_width.py", "np.exp"),
            ("test_width.py", "np.log(xr.concat(factors, 'case')).mean"),
        ),
        "seeds are ordered by it, far from its rounding; records keep six digits",
    ),
}

SOURCES = [
    *sorted((ROOT / "excolor/measures").glob("*.py")),
    *sorted((ROOT / "excolor/edits").glob("*.py")),
    *(path for path in sorted((ROOT / "tests/hypotheses").rglob("*.py")) if path.name not in WITHOUT_MODEL),
    ROOT / "tests/snapshots/summary.py",
]


def refused(source):
    """What of a source has bits of a processor's own, as it is written there."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in SUMS | FUNCTIONS:
                yield ast.unparse(node)
            case ast.ImportFrom(module=module, names=names) if not str(module).startswith(OWN):
                yield from (f"{module}.{each.name}" for each in names if each.name in SUMS | FUNCTIONS)
            case ast.BinOp(op=ast.MatMult()) | ast.AugAssign(op=ast.MatMult()):
                yield ast.unparse(node)
            case ast.BinOp(op=ast.Pow(), right=exponent) if not is_two(exponent):
                yield ast.unparse(node).replace("(", "").replace(")", "")


def is_two(exponent):
    """Whether it is written out as 2: numpy, torch and xarray then multiply."""
    return isinstance(exponent, ast.Constant) and exponent.value == 2


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_source_has_none(path):
    found = set(refused(path.read_text(encoding="utf-8")))
    assert found <= {written for file, written in ALLOWED if file == path.name}


@pytest.mark.parametrize(
    "source",
    [
        "error.mean('name')",
        "z.pow(2).sum(-1)",
        "np.log(loss)",
        "error.reduce(np.mean, 'name')",
        "np.linalg.lstsq(x, y)",
        "rgb @ slopes",
        "z @= slopes",
        "square ** 0.5",
        "similarity ** power",
        "from numpy import exp",
        "from math import log as logarithm",
        "loss.rolling(step=10).construct('window')",
    ],
)
def test_is_seen(source):
    assert list(refused(source))


@pytest.mark.parametrize(
    "source",
    [
        "from excolor.numerics.reductions import mean\nerror.reduce(mean, 'name')",
        "from excolor.numerics.functions import exp, log\nexp(log(x))",
        "z ** 2 + x * x",
        "np.median(error), error.max('h'), error.clip(min=0)",
    ],
)
def test_is_let_pass(source):
    assert not list(refused(source))


def test_all_that_is_allowed_is_there():
    there = {(path.name, written) for path in SOURCES for written in refused(path.read_text(encoding="utf-8"))}
    assert set(ALLOWED) <= there
