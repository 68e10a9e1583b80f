"""How the site is made: `sphinx-build -W -n --keep-going docs docs/_build/html` writes it.

The Markdown files of this folder are its sources, and read as well where a repository shows them. What can be made is
made by the extensions in `building/`: a page an experiment from the record, a page a room from the docstrings.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "building"), str(HERE.parent)]

project = "excolor"
html_title = "excolor"
html_theme = "furo"
html_static_path = ["style"]
html_css_files = ["narrow.css"]
html_show_copyright = False
html_copy_source = False
exclude_patterns = ["_build", "building", "style", "examples"]
language = "en"
smartquotes = False  # `grays--1` is a case, and no dash
nitpicky = True

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.viewcode",
    "elsewhere",  # before the contents, which list the copies
    "contents",
    "docstrings",
    "experiments",
    "pictures",
    "rooms",
]
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 3

add_module_names = False
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
nitpick_ignore_regex = [
    # Other packages, by the full names that Sphinx finds: their own pages are not here.
    (r"py:.*", r"(collections|matplotlib|numpy|pytest|torch|xarray)\..*"),
    # Our own, of rooms below those that claims are made of.
    (r"py:class", r"excolor\.numerics\..*"),
    (r"py:exc", "SeedError|TrainingError|WeightError"),
]
