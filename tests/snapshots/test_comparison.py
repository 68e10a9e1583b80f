"""What turns a snapshot red, and what does not: on the pictures, data and texts on record, and in runs of pytest."""

import json
import re
import shutil
import sys
import tempfile
import textwrap
from pathlib import Path

import numpy as np
import pytest
import syrupy
from data_extension import DataExtension
from documents import REMEDY
from matplotlib.collections import LineCollection, PatchCollection
from metrics_extension import MetricsExtension, outside
from picture_extension import PictureExtension, rms
from PIL import Image
from small_ensemble import load
from small_figures import FIGURES, png, said

HERE = Path(__file__).parent
ON_RECORD = HERE / "__snapshots__" / "test_figures"


@pytest.fixture(scope="module")
def models():
    return load()


@pytest.fixture
def drawn(models):
    return lambda figure: FIGURES[figure](models)


def looks_as_recorded(figure, picture):
    recorded = (ON_RECORD / f"test_looks[light-{figure}].png").read_bytes()
    return PictureExtension().matches(serialized_data=png(picture), snapshot_data=recorded)


def says_as_recorded(figure, document):
    recorded = (ON_RECORD / f"test_says[{figure}].json").read_text(encoding="utf-8")
    extension = DataExtension()
    return extension.matches(serialized_data=extension.serialize(document), snapshot_data=recorded)


class TestADeliberateChange:
    def test_is_what_the_others_need(self, drawn):
        """Without one, all is as recorded."""
        for figure in FIGURES:
            assert says_as_recorded(figure, said(drawn(figure)))
            assert looks_as_recorded(figure, drawn(figure))

    @pytest.mark.parametrize("patch", [0, 20, 47])
    def test_of_one_inner_patch_is_seen(self, drawn, patch):
        """A square of 4 pixels a side, another by a fifth of full scale in one channel."""
        picture = drawn("color_slices")
        squares = picture.figure.axes[2].findobj(PatchCollection)[0]
        colors = squares.get_facecolors().copy()
        colors[patch, 2] += 0.2 if colors[patch, 2] < 0.5 else -0.2
        squares.set_facecolors(colors)
        assert not looks_as_recorded("color_slices", picture)

    def test_of_one_cell_is_seen(self, drawn):
        picture = drawn("color_slices")
        (image,) = picture.figure.axes[1].images
        colors = np.array(image.get_array())
        colors[2, 5, 1] += 0.05 if colors[2, 5, 1] < 0.5 else -0.05
        image.set_data(colors)
        assert not looks_as_recorded("color_slices", picture)

    def test_of_one_axis_is_seen(self, drawn):
        picture = drawn("error_vs_similarity")
        picture.figure.axes[0].set_xlim(0, 1.02)
        assert not looks_as_recorded("error_vs_similarity", picture)

    def test_of_one_line_is_seen(self, drawn):
        """The median of one curve is lifted by a hundredth of the axis."""
        picture = drawn("error_curves")
        axes = picture.figure.axes[1]
        line = axes.findobj(LineCollection)[-1]
        line.set_segments(np.add(line.get_segments(), [0, 0.01 * axes.get_ylim()[1]]))
        assert not looks_as_recorded("error_curves", picture)

    def test_of_one_lines_width_is_seen(self, drawn):
        picture = drawn("schedule")
        picture.figure.axes[1].lines[0].set_linewidth(2.5)
        assert not looks_as_recorded("schedule", picture)

    def test_of_the_size_is_seen(self, drawn):
        picture = drawn("schedule")
        picture.figure.set_size_inches(9.1, 5)
        assert not looks_as_recorded("schedule", picture)

    @pytest.mark.parametrize("figure", FIGURES)
    def test_of_one_letter_of_the_alt_text_is_seen(self, drawn, figure):
        document = said(drawn(figure))
        document["alt"] = document["alt"].removesuffix(".")
        assert not says_as_recorded(figure, document)

    def test_of_one_plotted_number_is_seen(self, drawn):
        document = said(drawn("error_curves"))
        document["data"]["panels"][0]["curves"][1]["median"][4] *= 1.001
        assert not says_as_recorded("error_curves", document)

    def test_of_the_number_of_points_is_seen(self, drawn):
        document = said(drawn("error_vs_similarity"))
        document["data"]["x"].pop()
        assert not says_as_recorded("error_vs_similarity", document)

    def test_of_the_text_is_not_seen_in_a_picture(self, drawn):
        picture = drawn("schedule")
        picture.figure.suptitle("Another title, in another size", fontsize=30)
        assert looks_as_recorded("schedule", picture)


def data_matches(recorded, measured):
    return DataExtension().matches(serialized_data=json.dumps(measured), snapshot_data=json.dumps(recorded))


class TestData:
    @pytest.mark.parametrize(
        ("recorded", "measured"),
        [
            (0.5, 0.50004),  # by 8e-5 of it
            (0.0, 9e-7),
            (1e-9, -9e-7),
            (0, 9e-7),  # what was drawn at 0 to the last bit
            ([1, "a", None, True], [1, "a", None, True]),
        ],
    )
    def test_is_the_same_within_tolerance(self, recorded, measured):
        assert data_matches({"x": recorded}, {"x": measured})

    @pytest.mark.parametrize(
        ("recorded", "measured"),
        [
            (0.5, 0.50006),
            (0.0, 1.1e-6),
            (0.5, None),
            (None, 0.5),
            (1, 2),
            (1, True),
            (0.5, "0.5"),
            (0.5, float("nan")),
            ("a", "b"),
            ([0.5], [0.5, 0.5]),
            ([0.5, 0.5], [0.5]),
            ([], {}),
            ({"y": 1}, {"z": 1}),
            ({}, {"z": 1}),
        ],
    )
    def test_differs(self, recorded, measured):
        assert not data_matches({"x": recorded}, {"x": measured})


class TestTiles:
    def test_rms_is_that_of_each_tile_alone(self):
        """20 x 40 pixels are 2 x 3 tiles, of which the last column is 8 wide and the last row 4 high."""
        one, other = np.zeros((20, 40, 3)), np.zeros((20, 40, 3))
        other[0, 0] = 16  # one of 256 pixels
        other[16:, 32:] = 7  # all of a corner
        other[3, 20, 1] = 48  # one channel of one pixel
        expected = [[1, np.sqrt(48**2 / (3 * 256)), 0], [0, 0, 7]]
        np.testing.assert_allclose(rms(one, other), expected, rtol=1e-12)


def estimate(value, low, high):
    return {"value": value, "low": low, "high": high}


class TestMetrics:
    @pytest.fixture
    def matches(self):
        return lambda recorded, measured: MetricsExtension().matches(
            serialized_data=json.dumps(measured), snapshot_data=json.dumps(recorded)
        )

    @pytest.fixture
    def at_home(self, monkeypatch):
        monkeypatch.setattr("metrics_extension.departures", lambda: [])

    @pytest.fixture
    def away(self, monkeypatch):
        monkeypatch.setattr("metrics_extension.departures", lambda: ["machine arm64, not x86_64"])

    @pytest.mark.usefixtures("at_home")
    @pytest.mark.parametrize("key", ["value", "low", "high"])
    @pytest.mark.parametrize(("last_digit", "held"), [(0, True), (1e-7, False), (-1e-7, False)])
    def test_are_held_to_the_digit_where_bits_are_promised(self, matches, key, last_digit, held):
        recorded = estimate(0.3, 0.2, 0.4)
        moved = {**recorded, key: recorded[key] + last_digit}
        assert matches({"error_of": {"red": recorded}}, {"error_of": {"red": moved}}) == held

    @pytest.mark.usefixtures("away")
    @pytest.mark.parametrize(
        ("measured", "held"),
        [
            (estimate(0.2, 0.1, 0.5), True),  # the ends belong to it
            (estimate(0.4, 0.4, 0.5), True),
            (estimate(0.41, 0.3, 0.5), False),
            (estimate(0.19, 0.1, 0.3), False),
            (estimate(float("nan"), 0.1, 0.3), False),
        ],
    )
    def test_are_held_to_the_interval_elsewhere(self, matches, measured, held):
        assert matches({"error_of": {"red": estimate(0.3, 0.2, 0.4)}}, {"error_of": {"red": measured}}) == held

    @pytest.mark.usefixtures("away")
    def test_that_come_or_go_are_seen_elsewhere_too(self, matches):
        one = {"error_of": {"red": estimate(0.3, 0.2, 0.4)}}
        two = {"error_of": {**one["error_of"], "lime": estimate(0.3, 0.2, 0.4)}}
        assert not matches(one, two)
        assert not matches(two, one)

    def test_differ_by_name(self):
        recorded, measured = ({"worst_error": estimate(value, 0.2, 0.4)} for value in (0.3, 0.5))
        (found,) = outside(json.dumps(recorded), json.dumps(measured))
        assert found == ("worst_error.value", 0.3, 0.5, "[0.2, 0.4]")


class TestRun:
    """Of pytest, within this one, on a small file with the same extensions."""

    @pytest.fixture
    def run(self, pytester, monkeypatch):
        monkeypatch.setattr(sys, "dont_write_bytecode", True)  # that of the second before would be taken for the file's
        monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)  # a run within a worker is none
        pytester.makepyprojecttoml(f"""
            [tool.pytest]
            pythonpath = [{str(HERE)!r}]
            addopts = ["--import-mode=importlib", "-p", "no:excolor.verdicts"]
            strict = true
            filterwarnings = ["error"]
            truncation_limit_lines = 0
            truncation_limit_chars = 0
        """)

        def write_and_run(body, *options):
            pytester.makepyfile(test_small=textwrap.dedent(body))
            with monkeypatch.context() as outer:
                outer.setattr(syrupy, "_syrupy", None)  # the one place where a run within a run leaves its session
                return pytester.runpytest_inprocess(*options)

        return write_and_run

    def test_prints_what_differs_and_by_how_much(self, run):
        run(SAYS.format(a=0.5, b=0.25, alt="one"), "--snapshot-update").assert_outcomes(passed=2)

        result = run(SAYS.format(a=0.625, b=0.25, alt="two"))

        result.assert_outcomes(passed=1, failed=1)
        result.stdout.fnmatch_lines(
            [
                "E * 2 differ from what is recorded:",
                "E * key * recorded * measured * difference * tolerance",
                "E * data * 0.5 * 0.625 * +1.25e-01 * 5.0e-05",
                "E * alt",
                'E *   recorded  "one"',
                'E *   measured  "two"',
                f"E * {REMEDY}",
            ],
            consecutive=True,
        )

    def test_prints_the_command_of_the_documentation(self):
        page = (HERE.parents[1] / "docs" / "snapshots.md").read_text(encoding="utf-8")
        assert f"\n{REMEDY.removeprefix('If that is meant, record it: ')}\n" in page

    def test_updates_only_what_is_out_of_tolerance(self, run, pytester):
        run(SAYS.format(a=0.5, b=0.25, alt="one"), "--snapshot-update")
        within = SAYS.format(a=0.625, b=0.25 + 1e-5, alt="one")

        run(within, "--snapshot-update").assert_outcomes(passed=2)

        kept = {path.name: json.loads(path.read_text())["data"] for path in pytester.path.rglob("*.json")}
        assert kept == {"test_a.json": 0.625, "test_b.json": 0.25}
        run(within).assert_outcomes(passed=2)

    @pytest.mark.parametrize("workers", [[], ["-n2", "--dist=loadfile"]], ids=["alone", "two workers"])
    def test_fails_if_a_snapshot_is_unused_but_not_if_its_test_is_not_selected(self, run, workers):
        run(SAYS.format(a=0.5, b=0.25, alt="one"), "--snapshot-update")
        fewer = SAYS.format(a=0.5, b=0.25, alt="one").replace("def test_b", "def not_a_test")

        unused = run(fewer, *workers)
        assert unused.ret == pytest.ExitCode.TESTS_FAILED
        unused.stdout.fnmatch_lines(["1 snapshot passed. 1 snapshot unused."])

        selected = run(SAYS.format(a=0.5, b=0.25, alt="one"), "-k", "test_a", *workers)
        assert selected.ret == pytest.ExitCode.OK

    def test_leaves_the_images_where_it_says(self, run, monkeypatch, tmp_path):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        run(LOOKS.format(level=100, patch=100), "--snapshot-update").assert_outcomes(passed=1)
        run(LOOKS.format(level=101, patch=101)).assert_outcomes(passed=1)

        result = run(LOOKS.format(level=100, patch=130))

        result.assert_outcomes(failed=1)
        # 16 of 256 pixels by 30 levels: 30 / 4.
        result.stdout.fnmatch_lines(
            ["E * RMS 7.50 of 255 in the tile at x 32, y 16, where 2.0 is allowed; 1 of 12 tiles differ"]
        )
        left = {
            name: np.asarray(Image.open(path))
            for name, path in re.findall(r"(\w+): (\S+\.png)$", result.stdout.str(), flags=re.MULTILINE)
        }
        assert left.keys() == {"drawn", "recorded", "difference"}
        assert left["drawn"][22, 37].tolist() == [130] * 3
        assert left["recorded"][22, 37].tolist() == [100] * 3
        assert left["difference"][22, 37].tolist() == [30] * 3
        assert left["difference"].sum() == 16 * 3 * 30

    def test_says_how_metrics_are_compared_elsewhere(self, run, pytester, monkeypatch):
        for user in ("promise", "metrics_extension"):
            monkeypatch.setattr(f"{user}.departures", lambda: ["machine arm64, not x86_64"])
        shutil.copy(HERE / "conftest.py", pytester.path)
        run(MEASURES.format(value=0.3), "--snapshot-update").assert_outcomes(passed=1, warnings=1)

        within = run(MEASURES.format(value=0.35))
        within.assert_outcomes(passed=1, warnings=1)
        within.stdout.fnmatch_lines(["*are compared with the recorded intervals, since this is machine arm64, not *"])

        outside = run(MEASURES.format(value=0.5))
        outside.assert_outcomes(failed=1, warnings=1)
        outside.stdout.fnmatch_lines(
            [
                "E * metrics are compared with the recorded intervals, since this is machine arm64, not x86_64",
                "E * 1 differs from what is recorded:",
                "E * red.value * 0.3 * 0.5 * +2.00e-01 * [[]0.2, 0.4]",
            ]
        )


SAYS = """
    from data_extension import DataExtension

    def test_a(snapshot):
        assert snapshot.use_extension(DataExtension) == {{"alt": "{alt}", "data": {a}}}

    def test_b(snapshot):
        assert snapshot.use_extension(DataExtension) == {{"alt": "", "data": {b}}}
"""
LOOKS = """
    from io import BytesIO

    import numpy as np
    from picture_extension import PictureExtension
    from PIL import Image

    def test_square(snapshot):
        levels = np.full((48, 64, 3), {level}, np.uint8)
        levels[20:24, 35:39] = {patch}
        buffer = BytesIO()
        Image.fromarray(levels).save(buffer, "png")
        assert snapshot.use_extension(PictureExtension) == buffer.getvalue()
"""
MEASURES = """
    import pytest

    @pytest.mark.filterwarnings("default:metrics are compared with the recorded intervals")
    def test_red(metrics):
        assert metrics == {{"red": {{"value": {value}, "low": 0.2, "high": 0.4}}}}
"""
