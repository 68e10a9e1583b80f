"""The collection of predictions from hypothesis files, and the check that each is stated in words.

Every test in a hypothesis file (excolor.verdicts.places) is a prediction, or a control if it is marked as one. Its
module is an experiment, its class a hypothesis, and their docstrings are the statements that the summary prints. A file
that leaves one out is refused.
"""

import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain, count

import pytest

from excolor.verdicts.assertions import code_of, faults, source_of
from excolor.verdicts.bases import basis
from excolor.verdicts.freezing import EXPLORING, spent
from excolor.verdicts.marks import (
    MOST_PRIMARY,
    OF_CLASSES,
    holding_under_nulls,
    is_control,
    is_primary,
    is_record,
    primaries,
    published_figure,
    record_cases,
    recorded,
    restatement,
)
from excolor.verdicts.options import chosen_seeds, declared_seeds, replication
from excolor.verdicts.places import is_hypothesis_file, top_of
from excolor.verdicts.reading import Reading
from excolor.verdicts.record import RecordError, lost, unwritable
from excolor.verdicts.wording import background, first_line, first_sentence, published_verdict

READING = pytest.StashKey[Reading]()
"""The stash key of a test's Reading, which a test has exactly if it is a prediction or a control."""

_MODULE = ("names the experiment", "Experiment 2.10: delete only red.")
_CLASS = ("states the hypothesis", "H2: unitarity is still needed.")

CLAIMED = pytest.StashKey[list[tuple[pytest.Function, Reading]]]()
"""The stash key of every test of every hypothesis of which any was asked for, and what it claims."""

_TESTS = pytest.StashKey[list[pytest.Function]]()
"""The stash key of the predictions and controls of a class, whether or not they are run."""

_CONTROLS = pytest.StashKey[int]()
"""The stash key of how many of them are controls: counted once, not by each of them."""

_PLACES = pytest.StashKey[Iterator[int]]()
_PLACE = pytest.StashKey[int]()
"""Kept with a test: its place among all, in the order of the files, whatever the order in which they are run."""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if not isinstance(collector, pytest.Module | pytest.Class) or report.failed:
        return report
    if not is_hypothesis_file(collector.path, collector.config):
        return report
    if report.skipped:
        return pytest.CollectReport(report.nodeid, "failed", _skips_itself(report), [])
    tests = [node for node in report.result if isinstance(node, pytest.Function)]
    collector.stash[_TESTS] = tests
    places = collector.config.stash.setdefault(_PLACES, count())
    for test in tests:
        test.stash[_PLACE] = next(places)
    against = (
        record_cases(tests),
        _faults(collector, tests),
        _passed_by(collector, report),
        _lost(collector, report.result),
    )
    found = list(dict.fromkeys(chain(*against)))
    if not found:
        return report
    return pytest.CollectReport(report.nodeid, "failed", "\n".join(found), [])


def _skips_itself(report: pytest.CollectReport) -> str:
    *_, why = report.longrepr if isinstance(report.longrepr, tuple) else (str(report.longrepr),)
    return (
        f"{report.nodeid} skips itself, and its hypotheses would be missed by nobody ({why}): "
        f"leave it out by an option of the run, such as --ignore={report.nodeid}."
    )


def _faults(collector: pytest.Module | pytest.Class, tests: Iterable[pytest.Function]) -> Iterator[str]:
    if sys.flags.optimize > 1:
        yield (
            f"{collector.nodeid} has lost its docstrings, which state what is claimed, since python -OO drops them: "
            "run it without -OO, for example by python -m pytest."
        )
        return
    if not _has_docstring(collector.obj):
        what, example = _MODULE if isinstance(collector, pytest.Module) else _CLASS
        yield f'{collector.nodeid} needs a docstring that {what}, such as """{example}""".'
    if isinstance(collector, pytest.Module):
        try:
            declared_seeds(collector.obj)
        except ValueError as error:
            yield f"{collector.nodeid}: {error}"
        if collector.config.option.first_seed is None and (
            why := spent(collector.path, top_of(collector.path, collector.config))
        ):
            yield why
    if tests and isinstance(collector, pytest.Class):
        yield from _primary_faults(collector, list(tests))
    for test in tests:
        name = test.nodeid.partition("[")[0]
        if test.cls is None:
            yield f"{name} belongs to no hypothesis: make it a method of a class, or move it elsewhere."
        elif not _has_docstring(test.obj):
            yield f'{name} needs a docstring that states the prediction, such as """Dark green is spared.""".'
        yield from (f"{name} {fault}" for fault in faults(code_of(test.obj)))
        records = list(test.iter_markers("xfail"))
        if not all(is_record(mark) for mark in records):
            yield f'{name} has an xfail mark: record a verdict, such as @disconfirmed("moves with red").'
        if len(records) > 1:
            yield f"{name} has more than one verdict on record: mark its cases one by one."
        if len(list(test.iter_markers("published"))) > 1:
            yield f"{name} has more than one published figure: mark its cases one by one."
        for mark in sorted(OF_CLASSES & {mark.name for mark in test.own_markers}):
            yield f"{name} is marked @{mark}, which says something of a hypothesis: set it above its class."
        if len(list(test.iter_markers("restated"))) > 1:
            yield f"{name} is restated more than once: say all in one, or mark its cases one by one."
        if records and is_control(test):
            yield f"{name} is a control with a verdict on record: a control is confirmed or else an error."


def _passed_by(collector: pytest.Module | pytest.Class, report: pytest.CollectReport) -> Iterator[str]:
    """What there is to say of classes with predictions that pytest does not collect, though nothing inherits them."""
    collected = [node.obj for node in report.result if isinstance(node, pytest.Class)]
    for name in _own_classes(collector) if isinstance(collector, pytest.Module) else ():
        each = getattr(collector.obj, name)
        has_predictions = any(map(collector.funcnamefilter, vars(each))) and getattr(each, "__test__", True)
        if has_predictions and not any(issubclass(one, each) for one in collected):
            yield (
                f"{collector.nodeid}::{name} has predictions and is no hypothesis, since pytest passes it by: call it "
                f"Test{name}. If it is for hypotheses of other files to inherit, move it to a file that has none."
            )


def _own_classes(module: pytest.Module) -> Iterator[str]:
    for name, each in vars(module.obj).items():
        if isinstance(each, type) and each.__module__ == module.obj.__name__:
            yield name


def _primary_faults(hypothesis: pytest.Class, tests: list[pytest.Function]) -> Iterator[str]:
    """What there is to say against the primary predictions that a class names."""
    names = primaries(tests[0])
    predictions = {test.originalname for test in tests if not is_control(test)}
    for name in names:
        if name not in predictions:
            yield f"{hypothesis.nodeid} names {name} as primary: it has no prediction of that name."
    if not names and tests[0].get_closest_marker("fails_under"):
        yield (
            f"{hypothesis.nodeid} names worlds in which its primary predictions fail, and none that is primary: "
            'name them, such as @primary("test_red_is_lost").'
        )
    for name in holding_under_nulls(tests[0]):
        if name not in (names or predictions):
            yield (
                f"{hypothesis.nodeid} says under @fails_under that {name} holds there too: it has no primary "
                "prediction of that name."
            )
    carrying = sum(is_primary(test) for test in tests)
    if names and carrying > MOST_PRIMARY:
        yield (
            f"{hypothesis.nodeid} has {carrying} primary predictions, since cases count each: it may have one to "
            "three, such as one on all cases at once."
        )


def _lost(collector: pytest.Module | pytest.Class, nodes: Iterable[pytest.Item | pytest.Collector]) -> Iterator[str]:
    """What the record has of a file, or of a class in it, and they have not any more; or what is wrong with it."""
    within = collector.name if isinstance(collector, pytest.Class) else ""
    if collector.config.option.record:
        yield from filter(None, [unwritable(collector.path)])
        return
    try:
        yield from lost(collector.path, [node.nodeid.partition("::")[2] for node in nodes], within)
    except RecordError as why:
        yield str(why)


def _has_docstring(obj: object) -> bool:
    return bool((obj.__doc__ or "").strip())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Note what each prediction claims, before other plugins leave some out."""
    claimed = {}
    for item in items:
        if isinstance(item, pytest.Function) and is_hypothesis_file(item.path, config):
            item.stash[READING] = _claimed(item)
            claimed[item.nodeid] = (item, item.stash[READING])
    for item, _ in list(claimed.values()):
        for test in _hypothesis(item).stash[_TESTS]:
            if test.nodeid not in claimed:  # left out by a node id on the command line
                claimed[test.nodeid] = (test, _claimed(test))
    config.stash[CLAIMED] = list(claimed.values())
    return (yield)


def _in_words(seeds: Sequence[int]) -> str:
    """Such as `481000..481095`, or `0..31, exploring`; empty for none."""
    if not seeds:
        return ""
    exploring = ", exploring" if min(seeds) < EXPLORING else ""
    return (f"{seeds[0]}..{seeds[-1]}" if len(seeds) > 1 else f"{seeds[0]}") + exploring


def _hypothesis(item: pytest.Function) -> pytest.Class:
    hypothesis = item.getparent(pytest.Class)
    assert hypothesis is not None  # or the file would have been refused
    return hypothesis


def _controls(hypothesis: pytest.Class) -> int:
    if _CONTROLS not in hypothesis.stash:
        hypothesis.stash[_CONTROLS] = sum(is_control(test) for test in hypothesis.stash[_TESTS])
    return hypothesis.stash[_CONTROLS]


def _claimed(item: pytest.Function) -> Reading:
    hypothesis = _hypothesis(item)
    tests, controls = hypothesis.stash[_TESTS], _controls(hypothesis)
    case = f": {item.callspec.id}" if hasattr(item, "callspec") else ""
    verdict, reason = recorded(item)
    figure, source = published_figure(item)
    published, published_seeds = published_verdict(hypothesis.obj.__doc__)
    was, why = restatement(item)
    seeds = chosen_seeds(item.config, item.module) if "seeds" in item.fixturenames else ()
    return Reading(
        experiment=first_line(item.module.__doc__),
        test=item.nodeid.partition("::")[2],
        hypothesis=first_sentence(hypothesis.obj.__doc__),
        background=background(hypothesis.obj.__doc__),
        statement=first_sentence(item.obj.__doc__) + case,
        role="control" if is_control(item) else "prediction",
        primary=is_primary(item),
        recorded=verdict,
        reason=reason,
        published_verdict=published,
        published_seeds=published_seeds,
        published=figure,
        source=source,
        restated=was,
        restated_why=why,
        assertion=source_of(code_of(item.obj)),
        basis=basis(item.obj),
        seeds=_in_words(seeds),
        replication=replication(item.config),
        group=hypothesis.nodeid,
        predictions=len(tests) - controls,
        controls=controls,
        position=item.stash[_PLACE],
    )
