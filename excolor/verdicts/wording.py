"""The words of a docstring that are printed: the title of an experiment, a statement, and what stands behind it."""

import re
from inspect import cleandoc


def first_line(docstring: str) -> str:
    """The first line of a docstring without its full stop: the title of an experiment."""
    return docstring.strip().splitlines()[0].removesuffix(".")


def first_sentence(docstring: str) -> str:
    """The first sentence of a docstring without its full stop: the statement of a hypothesis or a prediction."""
    paragraph = " ".join(re.split(r"\n\s*\n", docstring.strip())[0].split())
    # A full stop inside a number ends no sentence, nor does the one in "e.g. the grays".
    return re.split(r"\.\s+(?=[A-Z])", paragraph, maxsplit=1)[0].removesuffix(".")


def background(docstring: str) -> str:
    """All but the first paragraph of a docstring, on one line: the background of a hypothesis."""
    return " ".join(cleandoc(docstring).partition("\n\n")[2].split())
