"""What the tests of a run edit, of each trained ensemble: noted as they do it, since their files list it nowhere.

A test edits what its own code does, and what its fixtures hand out edited. The pictures of a condition show its edits.
"""

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary, ref

import pytest

from excolor.verdicts.collection import READING

if TYPE_CHECKING:
    from excolor.edits.made import Made
    from excolor.ensemble import Ensemble

MOST = 3
"""The most edits of a condition that are drawn for a file."""
RANKS = ("primary", "beside", "control")


class Edited(NamedTuple):
    """An edit of a trained ensemble, or several one after the other."""

    words: str
    """Such as `deletion of dimension 0`."""
    steps: "tuple[Callable[[Ensemble], Ensemble], ...]"

    def of(self, ensemble: "Ensemble") -> "Ensemble":
        """Make the edit."""
        return reduce(lambda models, step: step(models), self.steps, ensemble)


class Edits:
    """A plugin that notes which edits are made of which ensemble, and by how many tests of which rank."""

    def __init__(self) -> None:
        self.ways: WeakKeyDictionary[Ensemble, tuple[ref[Ensemble], Edited]] = WeakKeyDictionary()
        """Of each edited ensemble the trained one that it was made of, which keeps it and is not kept here, and how."""
        self.used: WeakKeyDictionary[Ensemble, dict[str, dict[str, tuple[Edited, Counter[str]]]]] = WeakKeyDictionary()
        """Of each trained ensemble, by hypothesis, its edits by their words."""
        self.pairs: list[tuple[str, ref[Ensemble], ref[Ensemble], Edited]] = []
        """A hypothesis, two trained ensembles that a primary prediction of it edits alike, and how."""

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self) -> Generator[None, object, object]:
        from excolor.edits.made import edits_heard

        with edits_heard() as heard:
            try:
                return (yield)
            finally:
                self.learn(heard)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        from excolor.edits.made import edits_heard
        from excolor.ensemble import Ensemble

        reading = pyfuncitem.stash.get(READING, None)
        if reading is None:
            return (yield)
        with edits_heard() as heard:
            try:
                return (yield)
            finally:
                self.learn(heard)
                handed = [given for given in pyfuncitem.funcargs.values() if isinstance(given, Ensemble)]
                rank = "control" if reading.role == "control" else "primary" if reading.primary else "beside"
                self.count([*handed, *(made.gave for made in heard)], rank, reading.group)

    def learn(self, heard: "Sequence[Made]") -> None:
        """Note how each edited ensemble came from a trained one."""
        for made in heard:
            trained, before = self.ways.get(made.of, (ref(made.of), Edited("", ())))
            words = f"{before.words}, then {made.words}" if before.words else made.words
            self.ways[made.gave] = trained, Edited(words, (*before.steps, made.again))

    def count(self, ensembles: "Sequence[Ensemble]", rank: str, hypothesis: str) -> None:
        """Count the edits that a test of a hypothesis uses, each once."""
        known = (self.ways[each] for each in ensembles if each in self.ways)
        ways = [(trained, edited) for found, edited in known if (trained := found()) is not None]
        alike: dict[str, list[tuple[Ensemble, Edited]]] = {}
        for (trained, words), edited in {(trained, edited.words): edited for trained, edited in ways}.items():
            alike.setdefault(words, []).append((trained, edited))
            ways_of_it = self.used.setdefault(trained, {}).setdefault(hypothesis, {})
            _, counts = ways_of_it.setdefault(words, (edited, Counter()))
            counts[rank] += 1
        for of_words in alike.values():
            if rank == "primary" and len(of_words) == 2:
                (first, edited), (second, _) = of_words
                self.pairs.append((hypothesis, ref(first), ref(second), edited))

    def compared(self, where: str = "") -> "list[tuple[Ensemble, Ensemble, Edited]]":
        """List the pairs of trained ensembles, still remembered, that a primary prediction edits alike, each once.

        `where`: a hypothesis whose predictions alone are asked for.
        """
        found: dict[tuple[int, int, str], tuple[Ensemble, Ensemble, Edited]] = {}
        for hypothesis, one, other, edited in self.pairs:
            if where not in ("", hypothesis):
                continue
            first, second = one(), other()
            if first is not None and second is not None and first.seeds == second.seeds:
                low, high = sorted((id(first), id(second)))
                found.setdefault((low, high, edited.words), (first, second, edited))
        return list(found.values())

    def of(self, trained: "Ensemble", where: str = "", ranks: "Sequence[str]" = RANKS) -> list[Edited]:
        """List the edits of a trained ensemble that most tests use, of primary predictions if there are any, else of
        others, else of controls.

        `where`: the hypothesis or the file whose tests are asked for. Without one, what each file has is listed, so
        that processes which run different files list together what one would that runs them all. `ranks`: those of
        the tests that are asked for.
        """
        of_each = self.used.get(trained, {})
        if not where:
            files = sorted({hypothesis.partition("::")[0] for hypothesis in of_each})
            return list({edited.words: edited for file in files for edited in self.of(trained, file, ranks)}.values())
        known: dict[str, tuple[Edited, Counter[str]]] = {}
        for hypothesis, ways in of_each.items():
            if where in (hypothesis, hypothesis.partition("::")[0]):
                for words, (edited, counts) in ways.items():
                    known.setdefault(words, (edited, Counter()))[1].update(counts)
        for rank in ranks:
            ranked = sorted((way for way in known.values() if way[1][rank]), key=lambda way: -way[1][rank])
            if ranked:
                return [edited for edited, _ in ranked[:MOST]]
        return []


EDITS = Edits()
"""Those of this process."""
