"""How many faults were caught, at the end of a run that was asked for them."""


def pytest_terminal_summary(terminalreporter):
    tried, caught = (
        [
            report
            for outcome in outcomes
            for report in terminalreporter.getreports(outcome)
            if "::test_is_caught[" in report.nodeid and report.when == "call"
        ]
        for outcomes in (("passed", "failed"), ("passed",))
    )
    if tried:
        terminalreporter.write_line(f"{len(caught)} of {len(tried)} faults were caught by the test that they name")
