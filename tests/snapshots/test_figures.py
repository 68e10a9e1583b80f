"""What figures say and what they look like, drawn of stored models: these guard drawing, not training."""

import pytest
from small_ensemble import load
from small_figures import FIGURES, png, said

any_figure = pytest.mark.parametrize("figure", FIGURES)


@pytest.fixture(scope="module")
def models():
    return load()


@any_figure
def test_says(figure, models, plotted):
    assert plotted == said(FIGURES[figure](models))


@any_figure
@pytest.mark.parametrize("style", ["light", "dark"])
def test_looks(figure, style, models, picture):
    assert picture == png(FIGURES[figure](models, style=style))
