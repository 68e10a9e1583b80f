"""What options ask for before anything is collected: a place for figures, a whole run to record, or no run at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from excolor.verdicts.figures import prepare
from excolor.verdicts.freezing import FILES, freeze
from excolor.verdicts.keeping import size_allowed
from excolor.verdicts.options import replication
from excolor.verdicts.places import check_places, is_hypothesis_file, top_of


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Refuse what cannot be done, or do what is asked for in place of a run."""
    check_places(config)
    prepare(config)
    size_allowed(config)
    if config.option.freeze:
        return freeze_as_asked(config)
    check_recording(config)
    return None


def freeze_as_asked(config: pytest.Config) -> int:
    """Freeze the hypothesis files of the command line, in place of a run."""
    asked = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    try:
        found = {word: list(_hypothesis_files(Path(os.path.abspath(word)), config)) for word in asked}
        strangers = [word for word, files in found.items() if not files]
        if strangers or not found:
            raise pytest.UsageError(
                "--freeze takes hypothesis files or their folder, such as pytest --freeze tests/hypotheses; "
                f"got {' '.join(strangers) or 'none'}."
            )
        for told in freeze({file for files in found.values() for file in files}, lambda file: top_of(file, config)):
            print(told)
    except (ImportError, OSError, SyntaxError, ValueError) as error:
        raise pytest.UsageError(f"--freeze: {error}") from None
    return 0


def _hypothesis_files(path: Path, config: pytest.Config) -> Iterator[Path]:
    for file in path.rglob(FILES) if path.is_dir() else [path]:
        if file.is_file() and file.match(FILES) and is_hypothesis_file(file, config):
            yield file


def check_recording(config: pytest.Config) -> None:
    """Refuse to record a part of a file, or other seeds than it declares."""
    option = config.option
    chosen = [f"{name} {given}" for name, given in (("-k", option.keyword), ("-m", option.markexpr)) if given]
    chosen += [word for word in config.args if "::" in word]
    if option.record and (chosen or replication(config)):
        raise pytest.UsageError(
            "--record writes whole files as they are declared, such as pytest tests/hypotheses --record; "
            f"got {' '.join([*chosen, replication(config)]).strip()}."
        )
