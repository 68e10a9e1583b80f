"""The page as HTML: what stands on it, that its links lead somewhere, and that nothing in it is taken for markup."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest

from excolor.judging import fraction
from excolor.report import history, markdown
from excolor.report.addresses import addresses
from excolor.report.against import changes
from excolor.report.page import repeated, text
from excolor.report.run import Run, Shown, merged
from excolor.report.templating import in_short

HELD, FAILED = (0.4, 0.6), (0.1, 0.2)
FIGURE = Shown("figures/all.svg", 700, 900, "All hypotheses, of which one", "A row each.")
VOID = {"meta", "img", "source", "br", "input", "link"}


class Page(HTMLParser):
    """The elements of a page, and its words."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.words = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.words += " " * (tag in {"td", "th", "li", "br"})
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"{tag} ends and is not open"

    def handle_data(self, data):
        if not set(self.open) & {"style", "script"}:
            self.words += data

    def all(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture
def page(whole):
    figures = {each.group: [Shown(f"figures/{k}.svg", 8, 6, f"alt {k}")] for k, each in enumerate(whole.hypotheses)}
    return Page(text(whole, changes(whole, whole), figures, [FIGURE]))


def test_every_element_is_closed(page):
    assert page.open == []


def test_every_hypothesis_and_prediction_has_an_address_of_its_own(page, whole):
    ids = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert set(ids.values()) == {1}
    assert set(addresses(whole).values()) <= set(ids)


def test_every_link_leads_somewhere(page):
    ids = {attributes.get("id") for _, attributes in page.tags}
    targets = [unquote(attributes["href"]) for attributes in page.all("a")]
    assert {target[1:] for target in targets if target[0] == "#"} <= ids
    others = {target for target in targets if target[0] != "#"}
    assert others == {"report.json", "report.md", "figures/all.svg", "figures/0.svg", "figures/1.svg"}


def test_nothing_is_asked_of_a_network(page):
    for _, attributes in page.tags:
        for name in ("src", "href", "srcset"):
            assert not re.match(r"(https?:)?//", attributes.get(name) or "")


def test_headings_are_in_order(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_images_have_sizes_and_words_that_are_not_said_twice(page):
    images = page.all("img")
    assert len(images) == 3
    for image in images:
        assert image["alt"]
        assert image["alt"] not in page.words
        assert (int(image["width"]) > 0, int(image["height"]) > 0, image["loading"]) == (True, True, "lazy")


def test_words_are_not_taken_for_markup(page):
    assert "ValueError: no gray\nin <sight>" in page.words
    assert "It <b>holds</b>." in page.words


def test_a_statement_is_not_taken_for_a_script(reading, early):
    script = "<script>alert(1)</script> {{ 7 * 7 }}"
    run = Run.of([reading(hypothesis=script, experiment=script, interval=HELD)], early)
    page = Page(text(run, None, {}, [FIGURE]))
    assert script in page.words
    assert len(page.all("script")) == 1


def test_a_prediction_is_told_with_all_that_there_is(page):
    for words in (
        "0.50 [0.40, 0.60] (3 seeds)",
        "claimed > 0.3 *",
        "published 0.5, at 50 % of ours (Ex 2.10 | table)",
        "# twice\nassert median(x) > LIMIT & 1",
        "LIMIT = 0.3: a margin",
        "* Restated once results were seen; it was < 1: a wrong *exponent*.",
        "left out on request",
        "fails for 0.0, 'a'",
    ):
        assert words in page.words


def test_a_row_says_what_the_reader_asks_first(hypothesis_of, early):
    run = Run.of(hypothesis_of(HELD, FAILED), early)
    words = " ".join(Page(text(run, None, {}, [FIGURE])).words.split())
    row = (
        "Red alone is deleted confirmed (one seed) ± partially confirmed +confirmed: It is number_0: 0.50 [0.40, 0.60]"
        " (3 seeds), needed > 0.3 \N{MULTIPLICATION SIGN}disconfirmed: It is number_1: 0.15 [0.10, 0.20] (3 seeds), "
        "needed > 0.3 1/2 3"
    )
    assert row in words


def test_it_says_which_hypotheses_are_from_another_run(hypothesis_of, early, late):
    run = merged(Run.of(hypothesis_of(HELD, file="ex_1_8"), early), Run.of(hypothesis_of(HELD), late))
    words = " ".join(Page(text(run, None, {}, [FIGURE])).words.split())
    assert "1 hypothesis is from earlier runs: 2026-11-01 (123456789, clean)." in words
    assert "+ confirmed (2026-11-01)" in words
    assert "from a run of 2026-11-01, commit 123456789, clean" in words
    assert words.count("+ confirmed (2026") == 1
    assert "The latest run, 2026-11-02" in words
    assert "An earlier run, 2026-11-01" in words


def test_a_history_has_a_column_for_each_run(hypothesis_of, early, late):
    before = Run.of([*hypothesis_of(HELD), *hypothesis_of(HELD, file="ex_1_8")], early)
    page = Page(history.text([before, Run.of(hypothesis_of(FAILED), late)]))
    assert page.open == []
    words = " ".join(page.words.split())
    changed = "+ confirmed 1/1 \N{MULTIPLICATION SIGN} disconfirmed 0/1"
    assert f"(1.8 Delete red) + confirmed 1/1 Red alone is deleted (2.9 Delete red) {changed}" in words
    assert [each["class"] for each in page.all("span") if each.get("class") == "changed"] == ["changed"]


def test_what_is_not_as_recorded_is_told_first(hypothesis_of, early):
    run = Run.of([*hypothesis_of(HELD), *hypothesis_of(FAILED, file="ex_1_8")], early)
    header = Page(text(run, None, {}, [FIGURE])).words.partition("Verdicts")[0]
    assert "1 not as recorded: It is number_0 (disconfirmed)." in header


@pytest.mark.parametrize(
    ("command", "again"),
    [
        ("pytest -n auto tests", "pytest -n auto tests --report report"),
        ("pytest --report elsewhere/mine --record -k 'a or b'", "pytest -k 'a or b' --report report"),
        ("pytest --report=mine tests", "pytest tests --report report"),
    ],
)
def test_a_run_is_repeated_into_a_report_of_ones_own_and_records_nothing(command, again):
    assert repeated(command) == again


def test_what_became_of_the_claims_published_as_confirmed(hypothesis_of, early):
    def words_of(readings):
        return " ".join(Page(text(Run.of(readings, early), None, {}, [FIGURE])).words.split())

    readings = [replace(each, published_verdict="confirmed") for each in hypothesis_of(FAILED)]
    words = words_of(readings)
    assert "Of the 1 that was published as confirmed: \N{MULTIPLICATION SIGN} 1 disconfirmed" in words
    first = readings[0]
    told = f"Published as confirmed, and disconfirmed here: {first.hypothesis} (2.9)"
    assert told in words
    assert f"{first.statement}: {first.measured}, needed > 0.3" in words.partition(told)[2][:200]
    silent = words_of([replace(each, published_verdict="wrong") for each in readings])
    assert "published as confirmed" not in silent
    assert "Published as confirmed" not in silent


def test_a_picture_that_one_hypothesis_speaks_of_stands_with_it(hypothesis_of, early):
    readings = hypothesis_of(FAILED)
    group = readings[0].group
    shown = [Shown(f"figures/{name}.png", 4, 3, name, f"Of {name}.", file=group.partition("::")[0]) for name in "ab"]
    pictures = [shown[0], replace(shown[1], hypothesis=group)]
    page = text(Run.of(readings, early, pictures), None, {}, [FIGURE])
    above, _, within = page.partition("<article")
    assert ("Of a." in above, "Of b." in above) == (True, False)
    assert ("Of a." in within, "Of b." in within) == (False, True)


def test_of_a_proportion_it_is_said_of_how_many_seeds(hypothesis_of):
    share = replace(hypothesis_of(HELD)[0], comparison=fraction([True, False, True, True]) > 0.9)
    assert in_short(share) == "0.75 [0.19, 0.99] of 4 seeds, needed > 0.9"


def test_published_claims_of_another_project_are_not_said_to_be_those_of_this_one(hypothesis_of, early):
    run = Run.of(hypothesis_of(HELD), replace(early, of_this_programme=False))
    page = Page(text(run, None, {}, [FIGURE]))
    assert "Which claims hold" in page.words
    assert "the clauses of its published statement" in page.words
    assert "git checkout 123456789 && pytest tests/hypotheses --report report" in page.words
    for ours in ("research program", "constraints.txt", "ex-preppy"):
        assert ours not in page.words


def test_claims_of_ones_own_are_said_to_be_nobody_elses(hypothesis_of, early):
    run = Run.of(hypothesis_of(HELD, published_verdict=""), early)
    page = Page(text(run, None, {}, [FIGURE]))
    assert "Which claims hold" in page.words
    assert "Every claim is tested on many models that differ in their random seed alone, 3 of them, and" in page.words
    assert "git checkout 123456789 && pytest tests/hypotheses --report report" in page.words
    for theirs in ("research program", "published statement", "constraints.txt", "ex-preppy"):
        assert theirs not in page.words
    assert markdown.text(run).startswith("## Which claims hold\n")


def test_that_limits_were_set_before_is_said_of_drawn_seeds_alone(hypothesis_of, early):
    before, after = "Limits were set before the seeds were drawn", "limits may have been set after a look"
    for seeds, said, unsaid in (("20000..20031", before, after), ("0..31, exploring", after, before)):
        words = Page(text(Run.of(hypothesis_of(HELD, seeds=seeds), early), None, {}, [FIGURE])).words
        assert said in words
        assert unsaid not in words
