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


LONGEST = 20
"""Letters of a published verdict, which stands in a column."""
_PUBLISHED = re.compile(
    rf"Published verdict, (?:from|of|by looking at) ([^:,]+)[^:]*: ([A-Za-z][A-Za-z ]{{1,{LONGEST - 1}}})[.,;](?: |$)"
)


def published_verdict(docstring: str) -> tuple[str, str]:
    """The published verdict in a word or three, and what it rests on: `("disconfirmed", "one seed")`.

    They begin a paragraph of the docstring of a hypothesis, such as `Published verdict, from one seed: disconfirmed,
    the typical error falls.` Both are empty where no paragraph begins so.
    """
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", docstring))
    found = next(filter(None, map(_PUBLISHED.match, paragraphs)), None)
    return (found[2], found[1]) if found else ("", "")
