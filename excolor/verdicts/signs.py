"""The sign and the color that each verdict has in a terminal, all in ASCII."""

from excolor.judging.claims import Verdict
from excolor.judging.predictions import ERROR
from excolor.verdicts.layout import Markup
from excolor.verdicts.rollup import NOT_JUDGED, PARTIALLY_CONFIRMED

CONFIRMED, DISCONFIRMED, AT_THRESHOLD, OPEN = Verdict
SYMBOLS: dict[str, str] = {CONFIRMED: "+", DISCONFIRMED: "x", AT_THRESHOLD: "~", OPEN: "?", ERROR: "!"}
SIGNS: dict[str, str] = SYMBOLS | {PARTIALLY_CONFIRMED: "+x", NOT_JUDGED: "-"}
MARKUP: dict[str, Markup] = {
    CONFIRMED: {"green": True},
    PARTIALLY_CONFIRMED: {"yellow": True},
    DISCONFIRMED: {"red": True},
    AT_THRESHOLD: {"yellow": True},
    OPEN: {"yellow": True},
    ERROR: {"red": True, "bold": True},
    NOT_JUDGED: {"yellow": True},
}
