"""What options ask for before anything is collected: a place for figures, a whole run to record, or no run at all."""

import pytest

from excolor.verdicts.figures import prepare
from excolor.verdicts.freezing import freeze_as_asked
from excolor.verdicts.options import replication


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Refuse what cannot be done, or do what is asked for in place of a run."""
    prepare(config)
    if config.option.freeze:
        return freeze_as_asked(config)
    check_recording(config)
    return None


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
