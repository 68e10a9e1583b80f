"""A run as JSON, `report.json`: everything that its page shows, from which it can be drawn anew.

Its form is described by `report.schema.json` beside this file, and in docs/report.md. A number that is infinite, such
as the bound that a claim has not, is written as null. A change of the form has another version.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from excolor.judging.chance import percentile
from excolor.judging.claims import Claim
from excolor.judging.estimates import Comparison, Estimate, Judged
from excolor.judging.trials import Trial
from excolor.report.form import fault
from excolor.report.provenance import Provenance
from excolor.report.run import Hypothesis, Run, Shown
from excolor.verdicts.reading import Reading

Plain = dict[str, Any]

NAME = "report.json"
FORMAT = "excolor report"
VERSION = 1
SCHEMA = Path(__file__).with_name("report.schema.json")
_EXAMPLE = "give the report.json of a run, such as that of pytest --report report"

_WORDS = ("recorded", "reason", "left_out", "error", "beside", "differs", "replication", "seeds", "assertion", "basis")
"""What is told of a prediction in words, empty where there is nothing to say."""


class StoredError(ValueError):
    """A file that is no stored run."""


def as_text(run: Run) -> str:
    """Write a run as JSON, each list of samples on one line."""
    text = json.dumps(as_plain(run), indent=1, ensure_ascii=False, allow_nan=False)
    return re.sub(r'"samples": \[[^\]]*\]', lambda samples: " ".join(samples[0].split()), text) + "\n"


def read(path: str | Path) -> Run:
    """Read a stored run.

    Raises:
        StoredError: there is no such file, or it is of another kind or version.
    """
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise StoredError(f"cannot read {str(path)!r} ({error.strerror}): {_EXAMPLE}") from None
    except (ValueError, RecursionError):
        raise StoredError(f"{str(path)!r} is no JSON: {_EXAMPLE}") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise StoredError(f"{str(path)!r} is JSON, but no stored run: {_EXAMPLE}")
    if told.get("version") != VERSION:
        raise StoredError(
            f"{str(path)!r} is a stored run of version {told.get('version')!r}, and this excolor reads version "
            f"{VERSION}: run pytest --report again"
        )
    if amiss := fault(told, json.loads(SCHEMA.read_text(encoding="utf-8"))):
        raise StoredError(f"{str(path)!r} is not as report.schema.json has it ({amiss}): run pytest --report again")
    try:
        return from_plain(told)
    except ValueError as error:  # of the right form, but such as no estimate, or no claim
        raise StoredError(f"{str(path)!r} has what no run measures ({error}): {_EXAMPLE}") from None


def as_plain(run: Run) -> Plain:
    """A run in plain types, as JSON takes them."""
    runs = [run.latest, *run.others]
    return {
        "format": FORMAT,
        "version": VERSION,
        "runs": [_plain_provenance(each) for each in runs],
        "hypotheses": [_plain_hypothesis(each, runs.index(each.provenance)) for each in run.hypotheses],
        "pictures": [asdict(each) for each in run.pictures],
    }


def from_plain(told: Mapping[str, Any]) -> Run:
    runs = [_provenance(each) for each in told["runs"]]
    if not all(each["run"] < len(runs) for each in told["hypotheses"]):
        raise ValueError(f"a hypothesis is from a run that is none of the {len(runs)}")
    hypotheses = tuple(_hypothesis(each, runs[each["run"]]) for each in told["hypotheses"])
    return Run(hypotheses, runs[0], tuple(Shown(**each) for each in told["pictures"]))


def _plain_provenance(provenance: Provenance) -> Plain:
    return asdict(provenance) | {"uncollected": list(provenance.uncollected)}


def _provenance(told: Mapping[str, Any]) -> Provenance:
    known = {each.name: told[each.name] for each in fields(Provenance) if each.name in told}
    return Provenance(**known | {"uncollected": tuple(told["uncollected"])})


def _plain_hypothesis(hypothesis: Hypothesis, run: int) -> Plain:
    word, resting_on = hypothesis.published
    return {
        "id": hypothesis.group,
        "run": run,
        "experiment": hypothesis.experiment,
        "statement": hypothesis.statement,
        "background": hypothesis.background,
        "published_verdict": word,
        "published_from": resting_on,
        "verdict": hypothesis.verdict,
        "predictions": [_plain_reading(reading) for reading in hypothesis.readings],
    }


def _hypothesis(told: Mapping[str, Any], provenance: Provenance) -> Hypothesis:
    roles = [each["role"] for each in told["predictions"]]
    shared = {
        "experiment": told["experiment"],
        "hypothesis": told["statement"],
        "background": told["background"],
        "published_verdict": told["published_verdict"],
        "published_seeds": told["published_from"],
        "group": told["id"],
        "predictions": roles.count("prediction"),
        "controls": roles.count("control"),
    }
    return Hypothesis(tuple(_reading(each, shared) for each in told["predictions"]), provenance)


def _plain_reading(reading: Reading) -> Plain:
    compared = reading.comparison
    return {
        "id": f"{reading.group.partition('::')[0]}::{reading.test}",
        "position": reading.position,
        "role": reading.role,
        "primary": reading.role == "prediction" and reading.primary,
        "statement": reading.statement,
        "verdict": reading.verdict,
        **{name: getattr(reading, name) for name in _WORDS},
        "new": reading.new,
        "estimate": _plain_estimate(compared),
        "trial": asdict(compared) if isinstance(compared, Trial) else None,
        "claim": _plain_claim(compared),
        "published": None if reading.published is None else _plain_published(reading),
        "restated": {"was": reading.restated, "why": reading.restated_why} if reading.restated else None,
        "again": reading.again,
    }


def _plain_estimate(compared: Judged | None) -> Plain | None:
    if not isinstance(compared, Comparison):
        return None
    estimate = compared.estimate
    ends = {"low": _finite(estimate.low), "high": _finite(estimate.high)}
    return asdict(estimate) | ends | {"samples": list(estimate.samples)}


def _plain_claim(compared: Judged | None) -> Plain | None:
    if not isinstance(compared, Comparison):
        return None
    claim = compared.claim
    return asdict(claim) | {"low": _finite(claim.low), "high": _finite(claim.high)}


def _plain_published(reading: Reading) -> Plain:
    compared = reading.comparison
    samples: Sequence[float] = compared.estimate.samples if isinstance(compared, Comparison) else ()
    return {
        "figure": reading.published,
        "source": reading.source,
        "percentile": percentile(samples, reading.published) if samples and reading.published is not None else None,
    }


def _reading(told: Mapping[str, Any], shared: Mapping[str, Any]) -> Reading:
    published, restated = told["published"] or {}, told["restated"] or {}
    return Reading(
        **shared,
        **{name: told[name] for name in _WORDS},
        new=told.get("new", False),
        test=told["id"].partition("::")[2],
        position=told["position"],
        role=told["role"],
        primary=told["primary"],
        statement=told["statement"],
        comparison=_compared(told),
        published=published.get("figure"),
        source=published.get("source", ""),
        restated=restated.get("was", ""),
        restated_why=restated.get("why", ""),
        again=told["again"],
    )


def _compared(told: Mapping[str, Any]) -> Judged | None:
    if told["trial"]:
        return Trial(**told["trial"])
    if not told["estimate"]:
        return None
    estimate, claim = told["estimate"], told["claim"]
    if not claim:
        raise ValueError(f"the estimate of {told['id']} is held against no claim")
    ends = _ends(estimate) | {"samples": tuple(estimate["samples"])}
    return Comparison(Estimate(**estimate | ends), Claim(**claim | _ends(claim)))


def _ends(told: Mapping[str, Any]) -> dict[str, Any]:
    """The two ends of an interval, infinite where there is none."""
    return {
        "low": -math.inf if told["low"] is None else told["low"],
        "high": math.inf if told["high"] is None else told["high"],
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
