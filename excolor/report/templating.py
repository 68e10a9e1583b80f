"""The templates of pages, and what they can ask: nothing in them is taken as HTML that was not written as such."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from excolor.judging.chance import percentile
from excolor.judging.estimates import Comparison
from excolor.report import wording
from excolor.report.provenance import Provenance
from excolor.report.run import Run
from excolor.verdicts.reading import Reading

TEMPLATES = Path(__file__).with_name("templates")


def rendered(template: str, **given: object) -> str:
    """Fill a template."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"symbols": wording.SYMBOLS, "style": included("style.css")}
    environment.filters |= {
        "capitalized": lambda words: words[:1].upper() + words[1:],
        "commit": wording.commit,
        "figure": figure,
        "in_short": in_short,
        "in_words": wording.in_words,
        "minute": lambda date: f"{date[:16].replace('T', ' ')} UTC",
        "number_of_seeds": wording.number_of_seeds,
        "outcomes": outcomes,
        "place_among_ours": place_among_ours,
        "seeds_from": seeds_from,
        "source_of_claim": source_of_claim,
    }
    return environment.get_template(template).render(**given)


def included(name: str) -> Markup:
    """A file of styles or scripts as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8").strip())


def figure(number: float) -> str:
    """A published figure to two digits, the least that a measured value has."""
    return np.format_float_positional(number, 2, fractional=False, trim="-")


def in_short(reading: Reading) -> str:
    """What was measured and what it takes to confirm the claim, in a few words."""
    if reading.error or not reading.verdict:
        return "error" if reading.error else "did not run"
    measured, compared = reading.measured, reading.comparison
    if isinstance(compared, Comparison) and compared.estimate.kind == "proportion":
        measured = measured.replace("(", "of ").removesuffix(")")
    return f"{measured}, needed {reading.claim}"


def place_among_ours(reading: Reading) -> str:
    """Where the published figure lies among our seeds, such as `, at 43 % of ours`."""
    compared = reading.comparison
    if reading.published is None or not isinstance(compared, Comparison) or not compared.estimate.samples:
        return ""
    return f", at {percentile(compared.estimate.samples, reading.published):.0f} % of ours"


def source_of_claim(reading: Reading) -> str:
    """Where the figure stands that a threshold is derived from; empty without one."""
    return reading.comparison.claim.source if isinstance(reading.comparison, Comparison) else ""


def seeds_from(run: Run, origin: Provenance) -> list[str]:
    """The seeds that the hypotheses of one of a report's runs were trained on."""
    return sorted({each.seeds for each in run.hypotheses if each.provenance == origin and each.seeds})


def outcomes(readings: Sequence[Reading]) -> str:
    """How many have which outcome, such as `14 confirmed, 2 disconfirmed`."""
    found = Counter(reading.verdict or "did not run" for reading in readings)
    return ", ".join(f"{many} {word}" for word, many in found.most_common())
