"""Small hypothesis files, written and run on the spot."""

from textwrap import dedent, indent

import pytest

import excolor
from excolor.judging import Comparison
from excolor.verdicts.reading import Reading

HEAD = '''
"""{title}."""

import pytest

from excolor import Estimate, median
from excolor.verdicts import control, disconfirmed, fails_under, primary, published, restated, undecided

half = Estimate(0.5, 0.4, 0.6, 32, (0.25, 0.75) * 16)


def check(given, expected):
    """What is beside the claim of a prediction, which asserts nothing else."""
    assert given == expected


'''


class Run:
    """What came of a run, by the name of the test: pytest's outcome, its properties and its message."""

    def __init__(self, result):
        self.code = result.ret
        self.text = result.stdout.str()
        self.errors = result.stderr.str()
        self.outcomes, self.properties, self.messages, self.samples = {}, {}, {}, {}
        # A usage error leaves nothing recorded.
        reports = getattr(result.reprec, "getreports", lambda _: [])
        for report in reports("pytest_runtest_logreport"):
            name = report.nodeid.rpartition("::")[2]
            if report.when == "call" or report.failed:
                self.outcomes[name] = "xfailed" if hasattr(report, "wasxfail") else report.outcome
                self.messages[name] = report.longreprtext
            self.properties[name] = dict(report.user_properties)
            reading = Reading.of(report)
            compared = reading and reading.comparison
            self.samples[name] = list(compared.estimate.samples) if isinstance(compared, Comparison) else []

    @property
    def verdicts(self):
        return {name: properties.get("excolor.verdict") for name, properties in self.properties.items()}

    @property
    def summary(self):
        """The lines of the summary, without the rule above it and what pytest prints after it."""
        lines = self.text.splitlines()
        start = next((i for i, line in enumerate(lines) if line.strip("= ") == "hypotheses"), len(lines))
        end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith(("=", "-"))), len(lines))
        return "\n".join(lines[start + 1 : end])

    @property
    def words(self):
        """The summary without its layout."""
        return " ".join(self.summary.split())


@pytest.fixture
def write(pytester):
    """Write a hypothesis file, its head included: `write(body)`."""

    def write(body, name="test_small", directory="hypotheses", title="Experiment 0.1: literal numbers", head=HEAD):
        path = pytester.path / directory / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head.lstrip().format(title=title) + dedent(body))
        return path

    return write


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest in this process on all that was written: `run("-k", "green")`."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CI", "BUILD_NUMBER"):  # under either, pytest says everything twice
        monkeypatch.delenv(name, raising=False)
    # Pytest within pytest may find the package loaded as it is, and would warn that it cannot rewrite its assertions.
    monkeypatch.setattr(excolor, "__doc__", f"{excolor.__doc__}\n\nPYTEST_DONT_REWRITE")
    return lambda *args: Run(pytester.runpytest_inprocess(*args))


@pytest.fixture
def judge(write, run):
    """Run a single hypothesis made of these methods: `judge(methods)`."""

    def judge(methods, *args):
        write('class TestSmall:\n    """H1: the number is small."""\n\n' + indent(dedent(methods), "    "))
        return run(*args)

    return judge
