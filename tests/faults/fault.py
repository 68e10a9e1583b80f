"""A fault: a small mistake in one line of the project, such as a tired and competent programmer makes."""

from pathlib import Path
from typing import NamedTuple


class FaultError(Exception):
    """A fault that cannot be put where it says."""


class Fault(NamedTuple):
    """One line as it is, as it would be wrongly, and the test that says so."""

    file: str
    """Its path from the root of the project."""
    line: str
    """The line, or as much of it as stands in the file exactly once."""
    wrong: str
    """What stands there instead."""
    test: str
    """The node id of the test that is to fail, without parameters."""

    def __str__(self) -> str:
        return f"{self.file}: {self.wrong}"

    def put_into(self, root: Path) -> None:
        """Put the fault into the project, or a copy of it, below a directory.

        Raises:
            FaultError: the line does not stand in the file exactly once.
        """
        path = root / self.file
        path.write_text(self.made_in(path.read_text(encoding="utf-8")), encoding="utf-8")

    def made_in(self, source: str) -> str:
        """The text of the file with the fault in it."""
        count = source.count(self.line)
        if count != 1:
            raise FaultError(
                f"{self.file} has {self.line!r} {count} times: a fault names what stands there exactly once, for "
                "example the whole line; if the line has changed, so must the fault"
            )
        return source.replace(self.line, self.wrong)
