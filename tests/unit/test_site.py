"""What makes pages for the site, which is not built here: contents, links that follow, docstrings in Sphinx's words."""

import importlib

import pytest

from excolor.verdicts.on_record import recorded_files
from tests.unit.pages import ROOT


@pytest.fixture
def building(monkeypatch):
    """A function: a module of `docs/building`, which finds its neighbors as Sphinx lets it."""
    monkeypatch.syspath_prepend(ROOT / "docs" / "building")
    return importlib.import_module


def test_each_list_of_pages_is_a_part_of_the_contents(building):
    text = "# A\n\n- [no](part.md)\n\n## One\n\n- [b](b.md)\n- [c](d/c.md) and\n\n## Prose\n\n[e](e.md)\n"
    (part,) = building("contents").parts(text)
    assert part.split() == ["```{toctree}", ":hidden:", ":caption:", "One", "b", "d/c", "```"]


@pytest.mark.parametrize(
    ("was", "now", "link", "followed"),
    [
        ("docs/scale.md", "docs/scale.md", "../benchmarks/README.md", "project/benchmarks.md"),
        ("docs/scale.md", "docs/scale.md", "report.md", "report.md"),
        ("CONTRIBUTING.md", "docs/project/contributing.md", "docs/running.md", "../running.md"),
        ("CONTRIBUTING.md", "docs/project/contributing.md", "CHANGELOG.md", "changelog.md"),
        ("CHANGELOG.md", "docs/project/changelog.md", "https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_links_follow_a_page_to_another_place(building, was, now, link, followed):
    assert building("elsewhere").relinked(f"see [x]({link}#y), [z](#z)", was, now) == f"see [x]({followed}#y), [z](#z)"


def test_a_picture_for_light_and_dark_becomes_two(building):
    text = '<picture>\n <source media="dark" srcset="d.png">\n <img src="l.png" alt="A b.">\n</picture>'
    both = '<img src="l.png" class="only-light" alt="A b.">\n\n<img src="d.png" class="only-dark" alt="A b.">'
    assert building("pictures").in_both(text) == both


def test_names_in_backticks_are_links_where_they_have_a_place(building):
    marked = building("docstrings").markup("As `train` with `x`, 2*3, z_0 and norm_.")
    train = r"\ :py:obj:`train <excolor.training.loop.train>`\ "
    assert marked == rf"As {train} with \ ``x``\ , 2\*3, z_0 and norm\_."


def test_an_indented_paragraph_is_shown_as_it_is(building):
    assert building("docstrings").markup("One:\n\n    a -> *b*\n\nTwo.") == (
        "One:\n\n.. code-block:: text\n\n    a -> *b*\n\nTwo."
    )


def test_sections_become_fields(building):
    docstring = """Do it.

Args:
    a, b: two numbers,
        both small.
    c: another.

Returns:
    One thing: it is
    told in two lines.

Raises:
    AError: a is large.
"""
    assert building("docstrings").with_fields(docstring).split("\n") == [
        "Do it.",
        "",
        "",
        ":Arguments:",
        "    * **a, b**: two numbers,",
        "      both small.",
        "    * **c**: another.",
        "",
        "",
        ":Returns: One thing: it is",
        "      told in two lines.",
        "",
        "",
        ":raises AError: a is large.",
    ]


def test_a_field_that_is_an_argument_stands_among_these_alone_with_its_type(building):
    page = "\n".join(building("rooms").room_page("excolor.conditions"))
    drift = ".. autoclass:: excolor.conditions.experiment.Drift\n   :exclude-members: name, colors, action\n"
    assert drift in page
    docstrings = building("docstrings")
    typed = docstrings.with_types("One.\n\nArgs:\n    a: two: three\n    b: four", {"a": "int | None"})
    assert docstrings.with_fields(docstrings.markup(typed)).splitlines()[4:] == [
        r"    * **a** (\ ``int | None``\ ): two: three",
        "    * **b**: four",
    ]


@pytest.mark.parametrize(
    ("module", "name", "there"),
    [
        ("excolor.measures.errors", "xr.DataArray", True),
        ("excolor.measures.errors", "xr.DataArrray", False),
        ("excolor.measures.errors", "Estimate", False),
        ("excolor.sweeping.swept", "Client", True),
        (None, "Estimate", False),
    ],
)
def test_a_type_without_a_page_has_to_be_in_the_module_that_names_it(building, module, name, there):
    assert building("docstrings").is_there(module, name) is there


def test_the_interface_has_what_rooms_export_and_no_hook(building):
    exported = building("exported")
    for room in exported.ROOMS:
        module = importlib.import_module(room)
        names = {name for _, name in exported.exported(module)}
        public = {name for name in getattr(module, "__all__", ()) if not name.startswith("pytest_")}
        assert names == public or not public
        assert names
    assert exported.homes()["RED"] == "excolor.conditions.labels"
    assert exported.homes()["SPARED"] == "excolor.judging.thresholds"
    assert "seeds" not in exported.homes()  # the name of many an argument


def test_every_name_that_claims_are_made_of_has_a_page(building):
    excolor = importlib.import_module("excolor")
    assert set(excolor.__all__) - set(building("exported").homes()) == {
        "experiments"
    }  # a room, which has a page itself


def test_an_experiment_has_a_figure_of_its_hypotheses_above_the_first(building):
    experiments = building("experiments")
    (file,) = [each for each in recorded_files(ROOT / "tests" / "hypotheses") if each.path.stem == "test_ex_2_8"]
    figure = experiments.drawn(file)
    (row,) = figure.data["rows"]
    assert row["verdict"] == "disconfirmed"
    assert len(row["predictions"]) == 31
    page = experiments.with_figure("# A\n\nB\n\n## C\n\n## D\n", "a.svg", "One [or two].")
    assert page == "# A\n\nB\n\n![One \\[or two\\].](a.svg)\n\n## C\n\n## D\n"


def test_pages_that_are_not_made_any_more_go(building, tmp_path):
    write_pages = building("written").write_pages
    write_pages(tmp_path / "made", {"a.md": "1", "b.md": "2"})
    write_pages(tmp_path / "made", {"b.md": "3"})
    assert {file.name: file.read_text() for file in (tmp_path / "made").iterdir()} == {"b.md": "3"}
