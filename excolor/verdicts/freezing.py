"""Seeds of record: drawn once, from the very claims that they are to judge.

Seeds below 10,000 are for exploring: thresholds and the number of seeds may be found on them. `--freeze` takes the
fingerprint of what hypothesis files claim, derives a first seed from it that nobody has chosen, and writes both into
`record/draws.json` beside them. Whoever changes a claim afterwards has another fingerprint, and has to draw again: so
nothing can be fitted to the seeds that judge it. Files that are frozen together share a draw, and what they train.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from excolor.verdicts.fingerprint import fingerprint
from excolor.verdicts.record import DIRECTORY

EXPLORING = 10_000
"""Seeds below are for exploring."""
APART = 1_000
"""How far apart two draws are at the least: more than any file has seeds, so that none overlap in part."""
PLACES = 9_990
"""The number of places where a draw can begin."""
DRAWS = "draws.json"


@dataclass(frozen=True)
class Draw:
    """One drawing of seeds, for the files that were frozen together."""

    first_seed: int
    claims: Mapping[str, str]
    """The fingerprint of each file, by its name."""


def first_seed(fingerprints: Iterable[str]) -> int:
    """The first seed that these claims are judged on: from 10,000 in steps of 1,000, as their digest has it."""
    digest = sha256("\n".join(sorted(fingerprints)).encode()).digest()
    return EXPLORING + APART * (int.from_bytes(digest[:8], "big") % PLACES)


def drawn_for(file: Path) -> Draw | None:
    """The newest draw for a hypothesis file; None if it was never frozen."""
    return next((draw for draw in _draws(file.parent)[::-1] if file.name in draw.claims), None)


def spent(file: Path) -> str:
    """Why the seeds of a file are not to be judged by any more, in words; empty if they are, or it was never frozen."""
    draw = drawn_for(file)
    if draw is None:
        return ""
    if draw.first_seed != first_seed(draw.claims.values()):
        return (
            f"{DIRECTORY}/{DRAWS} has the first seed {draw.first_seed} for {file.name}, which its claims do not give."
        )
    if draw.claims[file.name] == fingerprint(file):
        return ""
    return (
        f"{file.name} claims something else than when its seeds were drawn, so they are spent. Try it out on exploring "
        f"seeds, --first-seed 0, and once it says what it should, draw others: pytest --freeze {file.name}"
    )


def freeze(files: Iterable[Path]) -> Iterator[str]:
    """Draw seeds for hypothesis files, those of a folder together, and say in a line what came of each folder."""
    for folder in sorted({file.parent for file in files}):
        claims = {file.name: fingerprint(file) for file in sorted(files) if file.parent == folder}
        draw = Draw(first_seed(claims.values()), claims)
        earlier = _draws(folder)
        still = [each for each in earlier if set(each.claims) - set(claims)]
        path = folder / DIRECTORY / DRAWS
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps([asdict(each) for each in (*still, draw)], indent=2) + "\n", encoding="utf-8")
        yield f"{folder.name}: {len(claims)} frozen, to be judged on seeds from {draw.first_seed} on"


def freeze_as_asked(config: pytest.Config) -> int:
    """Freeze the hypothesis files of the command line, in place of a run."""
    asked = [Path(word.partition("::")[0]) for word in config.args]
    files = sorted(
        {file.resolve() for path in asked for file in (path.rglob("test_*.py") if path.is_dir() else [path])}
    )
    missing = [str(path) for path in asked if not path.exists()]
    if missing or not files:
        raise pytest.UsageError(
            "--freeze takes hypothesis files or their folder, such as pytest --freeze tests/hypotheses; "
            f"got {' '.join(missing) or 'none'}."
        )
    print(*freeze(files), sep="\n")
    return 0


def _draws(folder: Path) -> list[Draw]:
    path = folder / DIRECTORY / DRAWS
    return [Draw(**each) for each in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []
