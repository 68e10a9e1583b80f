"""The summary as text: the answer at a glance, in full what changed, or everything, then what chance could have done.

Everything here is a pure function of the Readings and the width of the terminal.
"""

from collections.abc import Iterable

from excolor.judging.predictions import ERROR
from excolor.verdicts.counts import chance, closing, standing
from excolor.verdicts.glance import at_a_glance
from excolor.verdicts.grouping import grouped
from excolor.verdicts.in_full import WIDEST, in_full
from excolor.verdicts.layout import BOLD, Line, paragraph
from excolor.verdicts.reading import Reading
from excolor.verdicts.replicating import replicated, told_apart


def render(readings: Iterable[Reading], unread: int, width: int, verbose: bool = False) -> list[Line]:
    """Render the summary as lines: a line for each hypothesis, and in full what changed or is an error.

    Or every prediction, if it is to be verbose, or if they all stand in one file. There are no lines if all was left
    out on request, or the run was stopped before anything was read.
    `unread`: how many hypothesis files could not be collected.
    """
    experiments, absent = grouped(told_apart(readings))
    if not experiments:
        return []
    hypotheses = [hypothesis for experiment in experiments for hypothesis in experiment]
    ran = [reading for hypothesis in hypotheses for reading in hypothesis]
    if verbose or len(experiments) == 1:
        lines = list(in_full(experiments, width, verbose, lambda _: True))
    else:
        lines = list(at_a_glance(experiments, width))
        replication = replicated(ran)
        every_move = replication is not None and replication.fails
        if any(_is_news(reading, every_move) for reading in ran):
            lines += [[], *in_full(experiments, width, verbose, lambda reading: _is_news(reading, every_move))]
    by_chance = paragraph(chance(ran), 0, min(width, WIDEST))
    if by_chance:
        lines += [[], *by_chance]
    last = closing(ran, list(map(standing, hypotheses)), unread, absent)
    return [*lines, [], *paragraph(last, 0, min(width, WIDEST), BOLD)]


def _is_news(reading: Reading, every_move: bool) -> bool:
    """Whether it is to be told in full: an error, beyond chance, or a change, though not of what may move elsewhere."""
    return reading.verdict == ERROR or (reading.changed and (every_move or not reading.moved)) or bool(reading.apart)
