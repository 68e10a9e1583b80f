"""What can be wrong with an alternative text, whatever it tells."""

import re

from excolor.plots.wording import LONGEST

FORMS = {
    "from a value to itself": r"from (-?[\d.e-]+°?)(?: at [\w ]+)? to \1(?!\d|\.\d)",
    "from a place to itself": r"from (\S+ \([\w ]+\)) to \1",
    "nowhere, in place of where it is": r"\bnowhere\b",
    "a color named by its line, though it looks otherwise": r"saturation 0 on the line",
    "no number": r"\b(nan|inf|None)\b",
    "an empty list": r": ?[.;]|\(\)|; ?[.;]",
    "a space too many": r"  | [.,;:]",
    "a singular or plural that is wrong": r"(?<![\d.,-])1 (seeds|colors|predictions|panels|views|hypotheses|frames)\b",
    "a sentence without an end": r"[^.…]$",
    "an end too many": r"\.\.",
}


def faults(alt):
    """List what is wrong with it."""
    found = [what for what, form in FORMS.items() if re.search(form, alt)]
    return found + [f"{len(alt)} letters"] * (len(alt) > LONGEST)
