"""The documentation keeps its word: its example runs as printed, its samples are of the record and the sources."""

import re

import pytest

from excolor.verdicts.summary import render
from tests.unit.pages import ROOT, blocks
from tests.unit.programme import programme


def words(summary):
    """The summary without layout and without measured figures, whose last digits may differ between machines."""
    return re.sub(r"\S+ \[\S+, \S+\]", "#", " ".join(summary.split()))


def test_the_example_prints_what_its_page_shows(pytester, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    (example,) = blocks("docs/your-first-hypothesis.md", "Your first hypothesis", "python")
    (printed,) = blocks("docs/your-first-hypothesis.md", "Your first hypothesis", "text")
    pytester.mkdir("hypotheses").joinpath("test_mine.py").write_text(example, encoding="utf-8")

    # Where this run itself has excolor by the path of an installation, pytest warns that it cannot be rewritten again.
    options = ("-W", "error", "-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
    result = pytester.runpytest_inprocess(*options, "--import-mode=importlib", "hypotheses/test_mine.py")

    result.assert_outcomes(passed=2, xfailed=1)
    summary = re.search(r"^=+ hypotheses =+\n(.*?)^=", result.stdout.str(), flags=re.MULTILINE | re.DOTALL)[1]
    assert "PARTIALLY CONFIRMED 1/2" in summary
    assert words(summary) == words(printed)


def printed(**options):
    """What the main job prints at its end, from the record."""
    return ["".join(piece for piece, _ in line) for line in render(programme(), 0, **options)]


def test_the_sample_is_what_the_main_job_prints_of_the_record():
    sample, _ = blocks("docs/reading-a-verdict.md", "What a run prints", "text")
    whole = "\n".join(printed(width=100))
    # How many remain depends on the samples, which are not on record.
    sample, whole = (re.sub(r"\d+ (remain|if)", r"N \1", text) for text in (sample, whole))
    pieces = re.split(r"^\.\.\.$", sample, flags=re.MULTILINE)
    assert [piece for piece in pieces if piece.strip() not in whole] == []
    assert sum(map(len, pieces)) > 1500


def test_the_hypothesis_in_full_is_the_one_on_record():
    _, sample = blocks("docs/reading-a-verdict.md", "What a run prints", "text")
    whole = " ".join(" ".join(printed(width=80, verbose=True)).split())
    pieces = [" ".join(piece.split()) for piece in re.split(r"^ *\.\.\.$", sample, flags=re.MULTILINE)]
    # The place of the published figure depends on the samples, too.
    assert [piece for piece in pieces if re.sub(r", at \d+ % of ours", "", piece) not in whole] == []
    assert sum(map(len, pieces)) > 1000


def test_the_claim_of_the_tour_is_one_of_a_hypothesis_file():
    (shown,) = blocks("docs/tour.md", "A claim is a test", "python")
    source = (ROOT / "tests" / "hypotheses" / "test_ex_2_10_unitarity.py").read_text(encoding="utf-8")
    lines = [line.removesuffix('"""') for line in shown.splitlines() if line.strip() not in ("", "...")]
    assert [line for line in lines if line not in source] == []
    assert len(lines) == 7


def test_the_verdict_of_the_tour_is_one_of_the_sample():
    (verdict,) = blocks("docs/tour.md", "A run gives a verdict", "text")
    _, sample = blocks("docs/reading-a-verdict.md", "What a run prints", "text")
    assert verdict in sample
    assert len(verdict.splitlines()) == 5


@pytest.mark.parametrize("page", ["README.md", "docs/tour.md"])
def test_the_count_of_verdicts_is_that_of_the_findings(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    (counts,) = re.findall(
        r"Of (\d+) .*?(\d+) are confirmed, (\d+) partially confirmed, (\d+) disconfirmed, and (\d+) at the threshold\.",
        text,
    )
    findings = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8").partition("\n## ")[0]
    found = re.findall(r"(\d+) (?:hypotheses|are|is)", findings)
    assert list(counts) == found


PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"]
PAGES += sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))


def anchors(page):
    """What a link can lead to within a page: its headings, as a repository and Sphinx name them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_project_lead_somewhere(page):
    text = re.sub(r"^```.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    for target, _, anchor in ("".join(link).partition("#") for link in links if "://" not in "".join(link)):
        leads_to = (ROOT / page).parent / target if target else ROOT / page
        assert leads_to.exists(), f"{page} links to {target}"
        assert not anchor or anchor in anchors(leads_to), f"{page} links to #{anchor} of {target}"


def test_every_page_is_in_the_contents():
    contents = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[.+\]\((.+)\)", contents, flags=re.MULTILINE)
    there = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert there == {page for page in listed if "/" not in page}


def test_ci_builds_the_site_by_the_command_of_the_readme():
    (command,) = blocks("README.md", "Read on", "sh")
    build, _, _ = command.strip().removeprefix(".venv/bin/").partition(" docs ")
    assert f'"$venv/bin/{build.replace(" ", chr(34) + " ", 1)}' in (ROOT / ".ci/run").read_text(encoding="utf-8")
