"""Seeds of record: drawn once, from the very claims that they are to judge.

Seeds below 10,000 are for exploring: thresholds and the number of seeds may be found on them. `--freeze` takes the
fingerprint of what hypothesis files claim, derives a first seed from it that nobody has chosen, and writes both into
`record/draws.json` beside them. Whoever changes a claim afterwards has another fingerprint, and has to draw again: so
nothing can be fitted to the seeds that judge it. Files that are frozen together share a draw, and what they train.

The newest draw of a file counts, and earlier ones stay on record. For the same claims nothing is drawn twice: a file
whose claims are as they were keeps its seeds, whatever it is frozen with and if it is moved into a folder below, so
that nobody draws until seeds are to their liking.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from excolor.numerics.given import shown
from excolor.verdicts.fingerprint import DIGITS, fingerprint
from excolor.verdicts.places import folders_of
from excolor.verdicts.record import DIRECTORY

EXPLORING = 10_000
"""Seeds below are for exploring."""
APART = 1_000
"""How far apart two draws are at the least: more than any file has seeds, so that none overlap in part."""
PLACES = 9_990
"""The number of places where a draw can begin."""
DRAWS = "draws.json"
FILES = "test_*.py"
"""The names of hypothesis files."""


class DrawError(ValueError):
    """Draws on record as no freezing leaves them."""


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


def drawn_for(file: Path, top: Path | None = None) -> Draw | None:
    """The newest draw for a hypothesis file; None if it was never frozen.

    A file that was moved into a folder below keeps its seeds, as its draws stay on record where it was frozen. `top`:
    the folder of all hypotheses, as for its `fingerprint`.
    """
    return _newest(_draws_for(file, top), file.name)


def spent(file: Path, top: Path | None = None) -> str:
    """Why the seeds of a file are not to be judged by any more, in words; empty if they are, or it was never frozen.

    `top`: the folder of all hypotheses, as for its `fingerprint`.
    """
    try:
        draw = drawn_for(file, top)
    except DrawError as why:
        return str(why)
    if draw is None or draw.claims[file.name] == fingerprint(file, top):
        return ""
    return (
        f"{file.name} claims something else than when its seeds were drawn, so they are spent. Try it out on exploring "
        f"seeds, --first-seed 0, and once it says what it should, draw others: pytest --freeze {os.path.relpath(file)}"
    )


def freeze(files: Iterable[Path], top: Callable[[Path], Path | None] = lambda file: None) -> Iterator[str]:
    """Draw seeds for hypothesis files, those of a folder together, and say in a line what came of each folder.

    A file that claims what it did at its newest draw keeps that. `top`: the folder of all hypotheses that a file
    belongs to, as for its `fingerprint`.

    Raises:
        DrawError: the draws of a folder are not as they were left, or a file claims what it had claimed and gave up.
    """
    for folder in sorted({file.parent for file in files}):
        of_folder = [file for file in sorted(files) if file.parent == folder]
        claims = {file.name: fingerprint(file, top(file)) for file in of_folder}
        earlier = {file.name: _draws_for(file, top(file)) for file in of_folder}
        kept = [name for name, claimed in claims.items() if claimed == _claimed(_newest(earlier[name], name), name)]
        as_before = f"{len(kept)} as frozen before"
        changed = {name: claimed for name, claimed in claims.items() if name not in kept}
        if not changed:
            yield f"{folder.name}: {as_before}"
            continue
        for name, claimed in changed.items():
            if any(_claimed(draw, name) == claimed for draw in earlier[name]):
                raise DrawError(_TWICE.format(name))
        draw = Draw(first_seed(changed.values()), changed)
        listed = [*draws(folder), draw]
        path = folder / DIRECTORY / DRAWS
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(list(map(asdict, listed)), indent=2) + "\n", encoding="utf-8")
        judged = f"{len(changed)} frozen, to be judged on seeds from {draw.first_seed} on"
        yield f"{folder.name}: {judged}" + f"; {as_before}" * bool(kept)


def draws(folder: Path) -> list[Draw]:
    """The draws on record for the files of a folder, the newest last.

    Raises:
        DrawError: they are not as they were left by `freeze`.
    """
    path = folder / DIRECTORY / DRAWS
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DrawError(f"{DIRECTORY}/{DRAWS} cannot be read: {error}. {_RESTORE}") from None
    if not isinstance(found, list) or not all(map(_is_draw, found)):
        raise DrawError(
            f"{DIRECTORY}/{DRAWS} lists draws, such as "
            f'[{{"first_seed": 367000, "claims": {{"test_ex_2_2.py": "644dd96e3c9cf246"}}}}]; got {shown(found)}. '
            f"{_RESTORE}"
        )
    listed = [Draw(**each) for each in found]
    _check(listed, folder)
    return listed


def _draws_for(file: Path, top: Path | None) -> list[Draw]:
    """The draws that a file's may be among, the newest last: of its folder, and of those above that it has left."""
    folders = [file.parent, *(above for above in folders_of(file, top)[1:] if not (above / file.name).is_file())]
    return [draw for folder in folders[::-1] for draw in draws(folder)]


_RESTORE = "Only --freeze writes there: restore it as it was committed."
_TWICE = (
    "{} was given seeds for these claims before, and changed since: nothing is drawn for twice. Who takes a change of "
    "claims back takes its draw back with it, as git revert does."
)


def _is_draw(found: object) -> bool:
    if not isinstance(found, dict) or set(found) != {"first_seed", "claims"}:
        return False
    first, claims = found["first_seed"], found["claims"]
    if type(first) is not int or not isinstance(claims, dict) or not claims:
        return False
    return all(isinstance(each, str) and re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", each) for each in claims.values())


def _check(listed: Sequence[Draw], folder: Path) -> None:
    """Refuse seeds that were chosen: that no claims give, or those of no file, or that come second for the same."""
    known: set[tuple[str, str]] = set()
    there = {path.name for path in folder.rglob(FILES)}
    for draw in listed:
        if draw.first_seed != first_seed(draw.claims.values()):
            raise DrawError(
                f"{DIRECTORY}/{DRAWS} has the first seed {draw.first_seed} for {', '.join(draw.claims)}, which what is "
                f"claimed there does not give. {_RESTORE}"
            )
        for name, claimed in draw.claims.items():
            if name not in there:
                raise DrawError(
                    f"{DIRECTORY}/{DRAWS} has seeds for {name}, and there is no such hypothesis file. What was frozen "
                    "stays: restore it, there or in a folder below, or leave a file of that name whose docstring says "
                    "why it was withdrawn."
                )
            if (name, claimed) in known:
                raise DrawError(_TWICE.format(name))
            known.add((name, claimed))


def _newest(listed: Sequence[Draw], name: str) -> Draw | None:
    return next((draw for draw in listed[::-1] if name in draw.claims), None)


def _claimed(draw: Draw | None, name: str) -> str:
    return draw.claims.get(name, "") if draw else ""
