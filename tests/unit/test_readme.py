"""The README keeps its word: its commands are those of CI, its answers those on record."""

import re

from tests.unit.pages import ROOT, blocks

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_answers_to_questions_of_our_own_are_those_on_record():
    answers = README.partition("### What nobody had answered")[2].partition("\n## ")[0]
    figures = re.findall(r"[\d.]+ \[[\d.]+, [\d.]+\]", answers)
    recorded = (ROOT / "docs" / "beyond.md").read_text(encoding="utf-8")
    assert [figure for figure in figures if figure not in recorded] == []
    assert len(figures) > 20


def test_the_commands_differ_only_in_what_they_run():
    main_job, everything = blocks("README.md", "Run it", "sh")
    assert main_job.strip().endswith(" && .venv/bin/pytest -n auto tests/hypotheses")
    assert everything.strip() == main_job.strip().removesuffix(" tests/hypotheses")


def test_ci_runs_the_command_for_all_tests():
    _, everything = blocks("README.md", "Run it", "sh")
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").replace('"', "")
    for step in everything.strip().replace(".venv", "$venv").split(" && "):
        assert re.search(rf"{re.escape(step)}(?= |$)", script, flags=re.MULTILINE), step
