"""The store of trained ensembles: what one test has trained, in whichever process or run, no other trains again.

Each process remembers its own ensembles. Processes share them through files (excolor.keeping), of this run or of
earlier ones: the first that needs a seed of a condition trains it. No process waits for another: two that need the same
seed at the same time both train it, and get the same bits.
"""

import math
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from excolor.verdicts.cluster import CLIENT
from excolor.verdicts.handing_back import hand_back, let_go, settle
from excolor.verdicts.keeping import folder_of, measures_kept
from excolor.verdicts.progress import is_watched, progress, show_on_terminal

if TYPE_CHECKING:
    from excolor.conditions.experiment import Experiment
    from excolor.ensemble import Ensemble
    from excolor.keeping.folder import Folder
    from excolor.keeping.key import Keys

Trained = Callable[["Experiment", Sequence[int]], "Ensemble"]
TrainedTogether = Callable[[Sequence["Experiment"], Sequence[int]], list["Ensemble"]]
Missing = Mapping["Experiment", tuple[int, ...]]
"""The seeds of each condition that are to be trained."""


SIDE_BY_SIDE = 512
"""About how many models are trained as one stack: a processor's cache holds too little of many more."""
LOSSES = 1 << 23
"""About how many losses a stack has: 4 bytes each, and up to twice as many until all are in their files."""


class HandOverError(RuntimeError):
    """An ensemble of another condition, or of other seeds, than were asked for."""


class Store:
    """A store that trains each seed of a condition once.

    Conditions that differ in nothing but their name are the same.
    """

    def __init__(self, files: "Folder | None" = None, watched: bool = False, client: Any = None) -> None:
        """Make an empty store.

        Args:
            files: the folder shared with other processes.
            watched: whether to print progress while training.
            client: of the Dask cluster that trains; None for this process.
        """
        self._files, self._watched, self._client = files, watched, client
        self._remembered: dict[tuple[Experiment, tuple[int, ...]], Ensemble] = {}
        self._nowhere_else: set[Experiment] = set()
        """The conditions of which this process has a seed that is in no file."""
        self._by: tuple[object, Keys] | None = None
        """What trains, and its keys."""
        self.has_trained: dict[str, bool] = {}
        """Whether this process has trained a seed of each condition that it was asked for, by its key or in words."""

    @property
    def conditions(self) -> "Iterator[tuple[Experiment, Ensemble]]":
        """Every condition that this process remembers, with its ensemble, in the order of the first requests."""
        yield from ((experiment, ensemble) for (experiment, _), ensemble in self._remembered.items())

    def trained(self, experiments: "Sequence[Experiment]", seeds: Sequence[int]) -> "list[Ensemble]":
        """Find or train the ensemble of each experiment, as `train` gives it.

        Experiments that differ in their terms alone are trained as one stack, which is faster.
        """
        return self._trained(experiments, seeds)

    def _trained(self, experiments: "Sequence[Experiment]", seeds: Sequence[int]) -> "list[Ensemble]":
        from excolor.conditions.experiment import check_experiment
        from excolor.ensemble import gathered
        from excolor.numerics.streams import check_seeds

        for each in experiments:
            check_experiment(each)
        chosen = check_seeds(seeds)
        new = list(dict.fromkeys(each for each in experiments if (each, chosen) not in self._remembered))
        keys = self._keys(new)
        parts = {each: list(self._found(each, key)) for each, key in keys.items()}
        for each, key in keys.items():
            self.has_trained.setdefault(key or repr(each), False)
        self.train_missing(parts, chosen, keys)
        for each, of_each in parts.items():
            whole = next((ensemble for ensemble in of_each if ensemble.seeds == chosen), None)
            self._remembered[each, chosen] = whole or gathered(of_each, chosen)
        return [_as_asked(self._remembered[each, chosen], each, chosen) for each in experiments]

    def _before(self, experiment: "Experiment", seeds: Sequence[int]) -> "Ensemble":
        """What others start after: as it was trained, whatever a null hands over in the place of `trained`."""
        (ensemble,) = self._trained([experiment], seeds)
        return ensemble

    def train_missing(
        self, parts: "dict[Experiment, list[Ensemble]]", chosen: tuple[int, ...], keys: "dict[Experiment, str | None]"
    ) -> None:
        """Train the seeds that no part of a condition has yet, and add them to its parts."""
        gaps = {}
        for each, found in parts.items():
            there = {seed for ensemble in found for seed in ensemble.seeds}
            gaps[each] = tuple(seed for seed in chosen if seed not in there)
        missing = {each: gap for each, gap in gaps.items() if gap}
        for ensembles, is_alike in self._here(missing) if self._client is None else self._on_cluster(missing):
            now = self._keys(list(ensembles))
            for each in [*ensembles]:
                self.has_trained[keys[each] or repr(each)] = True
                is_sure = is_alike and now[each] == keys[each]  # else it was changed while it was trained
                key = keys[each] if is_sure else None
                parts[each].append(self._share(each, ensembles.pop(each), key))  # no losses stay but in files
            hand_back()

    def _here(self, missing: "Missing") -> "Iterator[tuple[dict[Experiment, Ensemble], bool]]":
        """Train in this process, stack by stack."""
        from excolor.conditions.stacking import stacks
        from excolor.training import train_together

        by_gap: dict[tuple[int, ...], list[Experiment]] = {}
        for each, gap in missing.items():
            by_gap.setdefault(gap, []).append(each)
        for gap, conditions in by_gap.items():
            for stack in stacks(conditions):
                for seeds in _cut(gap, stack):
                    watch = progress(_in_words(stack), len(seeds), show_on_terminal) if self._watched else None
                    yield dict(zip(stack, train_together(stack, seeds, watch, self._before), strict=True)), True

    def _on_cluster(self, missing: "Missing") -> "Iterator[tuple[dict[Experiment, Ensemble], bool]]":
        """Train on the cluster, and say of each ensemble whether its worker's machine is alike."""
        if not missing:
            return
        from excolor.sweeping.trained import train_on

        for experiment, ensemble, is_alike in train_on(self._client, missing):
            yield {experiment: ensemble}, is_alike

    def share(self, experiment: "Experiment", ensemble: "Ensemble") -> None:
        """Write a trained ensemble into a file, for other processes."""
        self._share(experiment, ensemble, self._keys([experiment])[experiment])

    def found(self, experiment: "Experiment") -> "Iterator[Ensemble]":
        """Load the ensembles of an experiment that any process has written by now."""
        return self._found(experiment, self._keys([experiment])[experiment])

    def _share(self, experiment: "Experiment", ensemble: "Ensemble", key: str | None) -> "Ensemble":
        """Write a trained ensemble into a file, and return it with its losses left there."""
        kept = self._files.keep(key, experiment, ensemble) if self._files and key else ensemble
        if kept is ensemble:
            self._nowhere_else.add(experiment)
        return kept

    def forget(self) -> None:
        """Forget what files have, and with it all that was measured of it; who asks again is given it from there."""
        held = {both: each for both, each in self._remembered.items() if both[0] in self._nowhere_else}
        self._remembered = held

    def _found(self, experiment: "Experiment", key: str | None) -> "Iterator[Ensemble]":
        if self._files and key:
            yield from self._files.found(key, experiment)

    def _keys(self, experiments: "Sequence[Experiment]") -> "dict[Experiment, str | None]":
        """The key of each experiment in files, as things are now; None where there are no files, or it has no key."""
        if self._files is None or not experiments:
            return dict.fromkeys(experiments)
        from excolor.keeping.key import Keys
        from excolor.training import train_together

        if self._by is None or self._by[0] is not train_together:
            self._by = train_together, Keys(train_together)
        return {each: self._by[1].of(each) for each in experiments}


STORE = pytest.StashKey[Store]()
"""The stash key of the store of a process, in pytest's configuration."""


@pytest.fixture(scope="session")
def trained(trained_together: TrainedTogether) -> Trained:
    """A function: `trained(experiment, seeds)` is the trained Ensemble, made once and then remembered."""
    return lambda experiment, seeds: trained_together([experiment], seeds)[0]


@pytest.fixture(scope="session")
def trained_together(pytestconfig: pytest.Config) -> Iterator[TrainedTogether]:
    """A function: `trained_together(experiments, seeds)` lists their trained Ensembles, trained side by side."""
    store = Store(folder_of(pytestconfig), is_watched(pytestconfig), pytestconfig.stash.get(CLIENT, None))
    settle()  # what is loaded by now stays
    with measures_kept(pytestconfig):
        yield pytestconfig.stash.setdefault(STORE, store).trained


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """After the last test of a file forget what it has asked for: most files have seeds of their own.

    But not if what was trained is to be drawn at the end of the run.
    """
    yield
    store, option = item.config.stash.get(STORE, None), item.config.option
    is_drawn = any(getattr(option, name, None) is not None for name in ("report", "figures"))
    if store and not is_drawn and (nextitem is None or nextitem.path != item.path):
        store.forget()
        let_go()


def _as_asked(ensemble: "Ensemble", experiment: "Experiment", seeds: tuple[int, ...]) -> "Ensemble":
    """The ensemble, once it was compared with what was asked for."""
    terms = ensemble.history["term"].values[1:].tolist()  # the first is the reconstruction's
    wanted = [term.name for term in experiment.terms]
    if (ensemble.seeds, ensemble.form, ensemble.bottleneck, terms) != (
        seeds, experiment.form, experiment.bottleneck, wanted,
    ):  # fmt: skip
        raise HandOverError(
            f"{experiment.name} was asked for with the seeds {', '.join(map(str, seeds))}, and what would have been "
            f"handed over is {ensemble}, of the terms {', '.join(terms) or 'none'}: no verdict may rest on it; this is "
            "a fault of excolor"
        )
    return ensemble


def _cut(seeds: tuple[int, ...], stack: "Sequence[Experiment]") -> "list[tuple[int, ...]]":
    """Cut seeds into parts of one size, of about as many models, and losses, as are trained as one stack."""
    models, losses = len(seeds) * len(stack), len(seeds) * _losses_of_a_seed(stack)
    parts = min(len(seeds), max(1, round(models / SIDE_BY_SIDE), round(losses / LOSSES)))
    size = math.ceil(len(seeds) / parts)
    return [seeds[start : start + size] for start in range(0, len(seeds), size)]


def _losses_of_a_seed(stack: "Sequence[Experiment]") -> int:
    """How many losses a stack's models of one seed have: at every step of each that of every term, and the error."""
    terms = {term for each in stack for term in each.terms}
    return len(stack) * len(stack[0].dopesheet) * (1 + len(terms))


def _in_words(experiments: Sequence["Experiment"]) -> str:
    """Name a stack of experiments, such as `2.10`, or `2.10 and 3 more`."""
    return experiments[0].name + f" and {len(experiments) - 1} more" * (len(experiments) > 1)
