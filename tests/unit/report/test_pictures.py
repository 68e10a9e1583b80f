"""Figures as SVG: light or dark as the reader prefers, with their words whole."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from excolor.judging.trials import Trial
from excolor.plots import predictions
from excolor.plots.picture import STYLES
from excolor.report.addresses import addresses
from excolor.report.pictures import as_svg, courses_of, overview, verdict_plots
from excolor.report.run import Run

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture(hypothesis_of):
    return predictions(hypothesis_of((0.00012345, 0.6), (0.1, 0.2)), title="Red & <green> at 0.00012345")


@pytest.fixture
def svg(picture):
    return as_svg(picture)


def colors_in(style, picture):
    """The colors that matplotlib itself writes in a style."""
    written = io.StringIO()
    picture.in_style(style).figure.savefig(written, format="svg")
    return set(re.findall("#[0-9a-f]{6}", written.getvalue()))


def test_its_words_are_whole(svg):
    words = " ".join("".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))
    assert "Red & <green> at 0.00012345" in words
    assert "0.15 [0.10, 0.20] (3 seeds)" in words


def test_every_color_has_one_of_the_other_style(svg, picture):
    style, _ = ET.fromstring(svg).iter(f"{SVG}style")  # the other is matplotlib's, without colors
    light, dark = re.findall(r":root \{(.*?)\}", style.text)
    values = {
        name: dict(re.findall(r"--([0-9a-f]{6}):(#[0-9a-f]{6})", told))
        for name, told in zip(STYLES, (light, dark), strict=True)
    }
    used = set(re.findall(r"var\(--([0-9a-f]{6})\)", svg))
    for name in STYLES:
        assert {values[name][color] for color in used} == colors_in(name, picture)


def test_no_color_stands_outside_of_the_variables(svg):
    rules = re.sub(r":root \{.*?\}", "", svg)
    assert re.findall("#[0-9a-f]{6}", rules) == []


def test_every_shape_that_is_used_is_there(svg):
    there = set(re.findall(r'\bid="([^"]+)"', svg))
    assert set(re.findall(r'href="#([^"]+)"', svg)) | set(re.findall(r"url\(#([^)]+)\)", svg)) <= there


def test_the_same_numbers_give_the_same_bytes(svg, picture):
    assert as_svg(picture.in_style("dark")) == svg


def test_every_dot_of_a_seed_is_a_corner_of_the_line_that_has_its_look(svg, picture):
    """As many as matplotlib itself draws one by one, at the same places to a tenth of a point."""
    written = io.StringIO()
    picture.in_style("light").figure.savefig(written, format="svg")
    one_by_one = re.findall(r'<use xlink:href="#\w+" x="([\d.]+)" y="([\d.]+)"', written.getvalue())
    lines = re.findall(r'<path d="M([\d. ]+)" style="fill:none;marker:url', svg)
    corners = [tuple(map(float, pair)) for line in lines for pair in re.findall(r"([\d.]+) ([\d.]+)", line)]
    alone = [(float(x), float(y)) for x, y in re.findall(r'<use href="#\w+" x="([\d.]+)" y="([\d.]+)"', svg)]
    truncated = sorted((int(10 * float(x)) / 10, int(10 * float(y)) / 10) for x, y in one_by_one)
    assert np.array(sorted(corners + alone)) == pytest.approx(np.array(truncated))
    assert len(lines) >= 1


def test_a_hypothesis_without_an_estimate_has_no_plot(whole, tmp_path, reading, early):
    drawn = verdict_plots(whole, tmp_path, addresses(whole))
    assert {shown.place for each in drawn.values() for shown in each} == {
        "figures/ex_2_9.Red.svg",
        "figures/ex_2_10.All.svg",
    }
    tried = Run.of([reading(comparison=Trial(200))], early)
    assert verdict_plots(tried, tmp_path, addresses(tried)) == {}


def test_what_is_claimed_at_three_doses_or_more_is_drawn_over_them(tmp_path, reading, early):
    def at(case):
        return reading(f"it[{case}]", (0.1, 0.5), statement=f"Red is lost: {case}")

    several = [at(case) for case in ("5 labels", "43 labels", "22 labels", "12% wrong", "50% wrong", "2.10", "3")]
    run = Run.of(several, early)
    (hypothesis,) = run.hypotheses
    courses = courses_of(hypothesis)
    assert {over: {words: list(x) for words, x in each.items()} for over, each in courses.items()} == {
        "labels": {"Red is lost": [5.0, 43.0, 22.0]}
    }
    plot, over_labels = verdict_plots(run, tmp_path, addresses(run))[hypothesis.group]
    assert over_labels.place == plot.place.replace(".svg", ".over-labels.svg")
    assert over_labels.caption == "The same predictions over labels."
    assert "5 labels" in over_labels.alt


def test_what_is_claimed_at_two_doses_stands_beside_what_is_at_three_or_more(reading, early):
    def claimed(words, *doses):
        return [reading(f"{words}[{dose} units]", (0.1, 0.5), statement=f"{words}: {dose} units") for dose in doses]

    fails, works = claimed("It fails", 64, 128), claimed("It works", 32, 64, 128)
    alone = claimed("It is new", 256)
    (hypothesis,) = Run.of([*fails, *works, *alone], early).hypotheses
    courses = courses_of(hypothesis)["units"]
    assert {words: list(x) for words, x in courses.items()} == {"It works": [32, 64, 128], "It fails": [64, 128]}
    (hypothesis,) = Run.of([*fails, *alone], early).hypotheses
    assert courses_of(hypothesis) == {}


def test_of_more_lines_than_there_are_dashes_the_longest_are_drawn(reading, early):
    lengths = {"It is b": 2, "It is c": 2, "It is d": 2, "It is e": 2, "It is a": 3}
    several = [
        reading(f"{words}[{dose} units]", (0.1, 0.5), statement=f"{words}: {dose} units")
        for words, length in lengths.items()
        for dose in range(1, length + 1)
    ]
    (hypothesis,) = Run.of(several, early).hypotheses
    assert list(courses_of(hypothesis)["units"]) == ["It is a", "It is b", "It is c", "It is d"]


def test_sizes_are_those_of_the_files(whole, tmp_path):
    for shown in overview(whole, tmp_path):
        root = ET.parse(tmp_path / shown.place).getroot()
        assert [shown.width, shown.height] == [
            round(float(root.get(side)[:-2]) * 96 / 72) for side in ("width", "height")
        ]
