"""A sweep in this process: what it gives, what it refuses, what it finds again."""

import importlib.util
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from excolor import Dopesheet, Experiment, error_of, sweep, train, typical_error
from excolor.conditions.experiment import ExperimentError
from excolor.numerics.streams import SeedError
from excolor.sweeping import SweepError, kept, pieces, swept
from excolor.sweeping.bar import Bar
from excolor.sweeping.pieces import COST, Piece, cost_of_a_seed, cut
from excolor.sweeping.sources import difference, digest, sources
from excolor.training.history import TrainingError
from tests.unit.sweeping.small import SHEET, SMALL, red_after_deletion, typical_unless_told_to_die

SLOW = Dopesheet.parse(SHEET.replace("0.001", "0.0001"))


class TestResult:
    def test_is_what_training_one_by_one_gives(self, two_seeds_each):
        over = {"bottleneck": [2, 4], "without": [(), "reg-unit", ("reg-unit", "reg-anchor")]}
        result = sweep(SMALL, over, range(3), {"typical": typical_error, "red": red_after_deletion})
        assert result["typical"].dims == result["red"].dims == ("bottleneck", "without", "seed")
        assert result["without"].values.tolist() == ["", "reg-unit", "reg-unit, reg-anchor"]
        assert result["bottleneck"].values.tolist() == [2, 4]
        for width in (2, 4):
            for left_out in ((), ("reg-unit",), ("reg-unit", "reg-anchor")):
                one = SMALL.replace(bottleneck=width)
                ensemble = train(one.without(*left_out) if left_out else one, range(3))
                of_it = result.sel(bottleneck=width, without=", ".join(left_out))
                assert of_it["typical"].values.tolist() == typical_error(ensemble).values.tolist()
                assert of_it["red"].values.tolist() == red_after_deletion(ensemble).values.tolist()

    def test_over_nothing_has_seeds_alone_in_their_order(self, two_seeds_each):
        result = sweep(SMALL, {}, (7, 3, 5), typical_error)
        assert result["typical_error"].identical(
            xr.DataArray(
                typical_error(train(SMALL, (7, 3, 5))).values, dims="seed", coords={"seed": [7, 3, 5]},
                name="typical_error",
            )
        )  # fmt: skip
        assert result.attrs == {"experiment": "small"}

    def test_axes_are_numbers_or_text_or_names(self):
        over = {
            "batch": [8, "all"],
            "dopesheet": {"slow": SLOW, "as it is": SMALL.dopesheet},
            "hidden": np.arange(2, 4),
        }
        result = sweep(SMALL, over, [0], typical_error)
        assert result["batch"].values.tolist() == ["8", "all"]
        assert result["dopesheet"].values.tolist() == ["slow", "as it is"]
        assert result["hidden"].values.tolist() == [2, 3]
        assert len(np.unique(result["typical_error"])) == 8

    @pytest.mark.parametrize("kind", [np.bool_, np.int64, np.float32, np.float64])
    def test_has_the_kind_of_number_that_is_measured(self, kind, tmp_path):
        def measure(ensemble):
            return xr.DataArray(np.array([seed / 3 for seed in ensemble.seeds]).astype(kind), dims="seed")

        first, again = (sweep(SMALL, {}, range(4), {"m": measure}, keep=tmp_path)["m"] for _ in range(2))
        assert first.dtype == again.dtype == kind
        assert first.values.tobytes() == again.values.tobytes() == measure(train(SMALL, range(4))).values.tobytes()

    def test_infinite_and_nan_are_kept_as_numbers(self, tmp_path):
        def measure(ensemble):
            return xr.DataArray([np.nan, np.inf, -np.inf, -0.0, 1 / 3], dims="seed")

        first, again = (sweep(SMALL, {}, range(5), {"m": measure}, keep=tmp_path)["m"] for _ in range(2))
        assert first.values.tobytes() == again.values.tobytes()


REFUSED = {
    "over a list": (
        {"over": ["bottleneck"]},
        "over is ['bottleneck']: give the values of each field that is swept, for example "
        "over={'bottleneck': [2, 3, 4, 5]}",
    ),
    "a misspelt field": (
        {"over": {"botleneck": [2]}},
        "over 'botleneck' (did you mean 'bottleneck'?): an experiment has the fields data, dopesheet, terms, "
        "bottleneck, nonlinear, hidden, form, batch, curriculum, start, and may be 'without' some of its terms, for "
        "example over={'bottleneck': [2, 3, 4, 5]}",
    ),
    "the name": ({"over": {"name": ["a", "b"]}}, "over 'name': an experiment has the fields data, dopesheet,"),
    "no values": (
        {"over": {"hidden": []}},
        "over no value of hidden: give one or more, for example over={'bottleneck': [2, 3, 4, 5]}",
    ),
    "one value": ({"over": {"hidden": 4}}, "over hidden: 4 is no list of values: give one, for example"),
    "endless values": ({"over": {"hidden": range(10**12)}}, "over more than 100000 values of hidden: sweep fewer at a"),
    "too many points": (
        {"over": {"hidden": range(1, 1001), "bottleneck": range(1, 1001)}},
        "over more than 100000 combinations of values: sweep fewer at a time",
    ),
    "a value twice": (
        {"over": {"hidden": [4, 5, 4], "bottleneck": [2, 3]}},
        "hidden=4, bottleneck=2 and hidden=4, bottleneck=2 are the same condition: a value that stands there twice "
        "would be counted twice; give each once, for example over={'bottleneck': [2, 3, 4, 5]}",
    ),
    "two names of one value": (
        {"over": {"without": ["reg-unit", ("reg-unit",)]}},
        "without=reg-unit and without=reg-unit are the same condition",
    ),
    "a value without a name": (
        {"over": {"dopesheet": [SLOW]}},
        "is no number or string, and so has no name on an axis: give it one, for example "
        "over={'dopesheet': {'slow': SLOW, 'fast': FAST}}",
    ),
    "a name that is none": (
        {"over": {"dopesheet": {None: SLOW}}},
        "over dopesheet: a value is called None: it must be a string or a number, for example "
        "over={'dopesheet': {'slow': SLOW, 'fast': FAST}}",
    ),
    "without a number": (
        {"over": {"without": [3]}},
        "over without: 3 names no terms: give a name, several, or () for none, for example "
        "over={'without': [(), 'reg-unit', ('reg-unit', 'reg-anchor')]}",
    ),
    "no measure": (
        {"measure": {}},
        "no measure: give one or more, for example measure=typical_error, or measure={'red': lambda ensemble: "
        "error_of(ensemble, 'red')}",
    ),
    "what is no function": ({"measure": 3}, "the measure 3: it must be a function of an ensemble, for example"),
    "a text for a function": (
        {"measure": {"red": "error"}},
        "the measure 'red' is 'error': it must be a function of an ensemble, for example",
    ),
    "a function without a name": (
        {"measure": lambda ensemble: typical_error(ensemble)},
        "has no name that a result could have: give it one, for example measure=typical_error",
    ),
    "a measure called by a number": (
        {"measure": {3: typical_error}},
        "a measure is called 3: it must have a string for its name, for example",
    ),
    "a measure called as an axis": (
        {"measure": {"seed": typical_error}},
        "a measure is called 'seed', as is an axis of the result: name it otherwise, for example",
    ),
    "one number for all": (
        {"measure": {"m": lambda ensemble: 0.5}},
        "the measure 'm' gave 0.5 for the seeds 0, 1, 2, ...: it must give a DataArray over 'seed' alone, with one "
        "number for each, in their order, for example measure=typical_error",
    ),
    "a number for each color": (
        {"measure": {"m": lambda ensemble: typical_error(ensemble).expand_dims(color=2)}},
        "the measure 'm' gave a DataArray of float32 over color, seed for the seeds 0, 1, 2, ...: it must give",
    ),
    "seeds in another order": (
        {"measure": {"m": lambda ensemble: typical_error(ensemble)[::-1]}},
        "the measure 'm' gave a DataArray of float32 over seed for the seeds 0, 1, 2, ...: it must give",
    ),
    "text for each seed": (
        {"measure": {"m": lambda ensemble: typical_error(ensemble).astype(str)}},
        "over seed for the seeds 0, 1, 2, ...: it must give a DataArray over 'seed' alone, with one number",
    ),
    "a number for a client": (
        {"client": 3},
        "client is 3: it must be a client of Dask's that is not asynchronous, for example "
        "dask.distributed.Client('tcp://10.0.0.1:8786')"
        if importlib.util.find_spec("distributed")
        else "client is 3: a sweep on a cluster needs Dask: pip install -c constraints.txt -e '.[dask]'",
    ),
    "a number for a directory": (
        {"keep": 3},
        "keep is 3: it must be a directory, for example keep='sweep-of-2.10'",
    ),
    "a file for a directory": (
        {"keep": __file__},
        "where no directory can be, [Errno 17] File exists",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_swept_is_refused_in_words(what):
    given, message = REFUSED[what]
    arguments = {"over": {"bottleneck": [2]}, "seeds": range(5), "measure": typical_error} | given
    with pytest.raises(SweepError, match=re.escape(message)):
        sweep(SMALL, **arguments)


def test_two_forms_of_one_value_are_the_same_condition():
    over = {"without": {"unitarity": "reg-unit", "the first": ["reg-unit"]}}
    with pytest.raises(SweepError, match="without=unitarity and without=the first are the same condition"):
        sweep(SMALL, over, range(5), typical_error)


@pytest.mark.parametrize(
    ("experiment", "over", "seeds", "error", "message"),
    [
        ("2.10", {}, [0], ExperimentError, "'2.10' is no Experiment"),
        (SMALL, {"hidden": [0]}, [0], ExperimentError, "small: hidden is 0: it must be a whole number"),
        (SMALL, {"without": ["reg-unti"]}, [0], ExperimentError, "no term 'reg-unti' (did you mean 'reg-unit'?)"),
        (SMALL, {}, [1, 2, 1], SeedError, "more than once among the seeds: 1"),
        (SMALL, {}, [], SeedError, "no seeds to train"),
    ],
)
def test_what_training_refuses_is_refused_before_any_is_trained(experiment, over, seeds, error, message, monkeypatch):
    monkeypatch.setattr(swept, "measured", None)
    with pytest.raises(error, match=re.escape(message)):
        sweep(experiment, over, seeds, typical_error)


def test_a_training_that_goes_astray_says_of_which_condition():
    wild = Dopesheet.parse("STEP,lr\n0,1e37\n59,1e37")
    with pytest.raises(TrainingError, match="with dopesheet=wild: the loss of"):
        sweep(SMALL.unregularized(), {"dopesheet": {"wild": wild}}, range(2), typical_error)


class TestPieces:
    def test_have_every_point_and_seed_once_in_order(self, two_seeds_each):
        seeds = (5, 0, 9, 4, 7)
        cut_up = cut([SMALL, SMALL.replace(hidden=5)], seeds)
        assert [(piece.experiment.hidden, piece.seeds) for piece in cut_up] == [
            (hidden, part) for hidden in (4, 5) for part in ((5, 0), (9, 4), (7,))
        ]
        assert [piece.place for piece in cut_up] == list(range(6))

    def test_cost_about_the_same_whatever_is_trained(self):
        large = SMALL.replace(hidden=1000, nonlinear=3)
        small = SMALL.replace(hidden=400, nonlinear=3)
        for experiment in (large, small):
            costs = [piece.cost for piece in cut([experiment], tuple(range(20_000)))]
            assert min(costs[:-1]) > COST / 1.5
            assert max(costs) < COST * 1.5

    def test_of_more_than_a_piece_has_one_seed(self, monkeypatch):
        monkeypatch.setattr(pieces, "COST", 1.0)
        assert {len(piece.seeds) for piece in cut([SMALL], (0, 1, 2))} == {1}

    def test_cost_grows_with_steps_rows_and_weights(self):
        cost = cost_of_a_seed(SMALL)
        assert cost == 10 * 8 * SMALL.architecture.parameters
        assert cost_of_a_seed(SMALL.replace(batch=16)) == 2 * cost
        assert cost_of_a_seed(SMALL.replace(batch="all")) == cost / 8 * SMALL.data()["bias"].size

    def test_of_a_longer_sweep_begin_with_those_of_a_shorter(self, two_seeds_each):
        shorter, longer = (cut([SMALL], tuple(range(count))) for count in (6, 11))
        assert longer[:3] == shorter


def red(ensemble):
    return error_of(ensemble, "red")


def counted(directory):
    """A measure, and a function that says how often it was taken."""

    def typical(ensemble):
        Path(directory, f"{len(os.listdir(directory))}").touch()
        return typical_error(ensemble)

    return typical, lambda: len(os.listdir(directory))


class TestKept:
    @pytest.fixture
    def notes(self, tmp_path):
        return tmp_path.joinpath("notes").mkdir() or tmp_path / "notes"

    def test_results_are_found_again_and_added_to(self, tmp_path, notes, two_seeds_each):
        measure, count = counted(str(notes))
        first = sweep(SMALL, {"hidden": [2, 3]}, range(4), measure, keep=tmp_path / "kept")
        assert count() == 4
        assert sweep(SMALL, {"hidden": [2, 3]}, range(4), measure, keep=tmp_path / "kept").identical(first)
        assert count() == 4
        more = sweep(SMALL, {"hidden": [3, 4, 2]}, range(6), measure, keep=str(tmp_path / "kept"))
        assert count() == 4 + 2 + 3
        assert more.sel(hidden=[2, 3], seed=range(4)).identical(first)
        assert sweep(SMALL, {"hidden": [3, 4, 2]}, range(6), typical_error)["typical_error"].equals(more["typical"])

    @pytest.mark.parametrize("change", ["cut", "emptied", "another number", "another's", "no JSON", "a directory"])
    def test_damaged_files_are_computed_anew(self, change, tmp_path, notes, two_seeds_each):
        measure, count = counted(str(notes))
        good = sweep(SMALL, {}, range(4), measure, keep=tmp_path / "kept")
        one, other = sorted(tmp_path.glob("kept/*/*.json"))
        written = one.read_bytes()
        if change == "cut":
            one.write_bytes(written[:-9])
        elif change == "emptied":
            one.write_bytes(b"")
        elif change == "another number":
            one.write_bytes(written.replace(b"0.", b"1.", 1))
        elif change == "another's":
            one.write_bytes(other.read_bytes())
        elif change == "no JSON":
            one.write_bytes(os.urandom(300))
        else:
            one.unlink()
            one.mkdir()
            with pytest.raises(SweepError, match=r"cannot be written, .*: what was kept before is there, and the same"):
                sweep(SMALL, {}, range(4), measure, keep=tmp_path / "kept")
            return
        assert sweep(SMALL, {}, range(4), measure, keep=tmp_path / "kept").identical(good)
        assert count() == 3
        assert one.read_bytes() == written

    def test_files_are_plain_and_say_what_they_have(self, tmp_path):
        result = sweep(SMALL, {"hidden": [3]}, range(2), typical_error, keep=tmp_path)
        (path,) = tmp_path.rglob("*.json")
        kept_there = json.loads(path.read_text().partition("\n")[2])
        assert kept_there == {
            "experiment": "small with hidden=3",
            "seeds": [0, 1],
            "sources": sources(),
            "values": {
                "typical_error": {"kind": "<f4", "numbers": result["typical_error"].values.astype(float)[0].tolist()}
            },
        }
        assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]

    @pytest.mark.parametrize(
        "other",
        [
            {"experiment": SMALL.replace(batch=9)},
            {"experiment": SMALL.without("reg-unit")},
            {"seeds": (1, 0)},
            {"measure": {"red": lambda ensemble: error_of(ensemble, "lime")}},
            {"measure": {"lime": red}},
            {"sources": "0123"},
        ],
        ids=["a field", "a term", "the seeds' order", "the measure", "its name", "the sources"],
    )
    def test_what_could_change_a_bit_is_computed_anew(self, other, tmp_path, monkeypatch):
        given = {"experiment": SMALL, "seeds": (0, 1), "measure": {"red": red}}
        sweep(over={}, keep=tmp_path, **given)
        if version := other.get("sources"):
            monkeypatch.setattr(swept, "sources", lambda: sources() | {"excolor": version})
            other = {}
        sweep(over={}, keep=tmp_path, **(given | other))
        assert len(list(tmp_path.rglob("*.json"))) == 2

    def test_the_name_of_a_condition_changes_nothing(self, tmp_path):
        for name in ("one", "other"):
            sweep(SMALL.replace(name=name), {}, (0, 1), typical_error, keep=tmp_path)
        assert len(list(tmp_path.rglob("*.json"))) == 1

    def test_of_what_cannot_be_told_apart_nothing_is_kept(self, tmp_path):
        state = iter([1.0, 2.0])
        with pytest.raises(SweepError, match=r"nothing can be kept of small, since .*: a list_iterator is read"):
            sweep(SMALL, {}, range(2), {"m": lambda ensemble: typical_error(ensemble) * next(state)}, keep=tmp_path)

    def test_a_killed_process_goes_on_where_it_was(self, tmp_path, notes, two_seeds_each):
        notes.joinpath("die").touch()
        code = (
            "from excolor import sweep; from excolor.sweeping import pieces; pieces.SIDE_BY_SIDE = 2\n"
            "from tests.unit.sweeping.small import SMALL, typical_unless_told_to_die as measure\n"
            f"sweep(SMALL, {{'hidden': [2, 3]}}, range(4), measure({str(notes)!r}), keep={str(tmp_path / 'kept')!r})"
        )
        root = str(Path(__file__).parents[3])
        killed = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=os.environ | {"PYTHONPATH": root}, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        assert len(list(tmp_path.glob("kept/*/*.json"))) == 2

        notes.joinpath("die").unlink()
        measure = typical_unless_told_to_die(str(notes))
        result = sweep(SMALL, {"hidden": [2, 3]}, range(4), measure, keep=tmp_path / "kept")
        assert len(list(notes.glob("piece-*"))) == 3 + 2
        whole = sweep(SMALL, {"hidden": [2, 3]}, range(4), typical_error)
        assert result["typical"].equals(whole["typical_error"])


class TestSources:
    def test_an_edit_after_the_import_is_refused(self, tmp_path):
        source = tmp_path / "colors.py"
        source.write_text("x = 1")
        with pytest.raises(SweepError, match=r"colors.py was edited after excolor was imported: .*; start Python anew"):
            digest(tmp_path, source.stat().st_mtime - 1)

    def test_every_source_and_sheet_counts(self, tmp_path):
        digests = set()
        for name, text in (("a.py", "x = 1"), ("a.py", "x = 2"), ("sub/b.py", ""), ("sub/c.csv", ""), ("d.md", "")):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            digests.add(digest(tmp_path, path.stat().st_mtime + 9))
        assert len(digests) == 4

    def test_differences_are_told_in_words(self):
        here = sources()
        assert difference(here, here) == ""
        assert difference(here, {**here, "numba": "0.1", "torch": "0.2"}) == (
            f"numba is 0.1 there and {here['numba']} here, torch is 0.2 there and {here['torch']} here"
        )
        assert difference({"numba": "1"}, {}) == "numba is missing there and 1 here"


class Terminal(io.StringIO):
    def isatty(self):
        return True


PIECES = [Piece(i, SMALL, (0, 1), cost) for i, cost in enumerate((10.0, 20.0, 30.0))]


class TestBar:
    def test_says_what_is_done_and_what_is_left(self):
        bar = Bar(PIECES, [], Terminal())
        assert bar.line(1) == "[........................] 0 of 6 runs"
        bar.advance(PIECES[1])
        assert bar.line(60) == "[########................] 2 of 6 runs, about 2 minutes left"
        bar.advance(PIECES[2])
        assert bar.line(100) == "[####################....] 4 of 6 runs, about 20 seconds left"
        bar.advance(PIECES[0])
        assert bar.line(110) == "[########################] 6 of 6 runs"

    def test_does_not_take_what_was_kept_for_what_was_computed(self):
        bar = Bar(PIECES, PIECES[:1], Terminal())
        assert bar.line(1) == "[####....................] 2 of 6 runs, 2 of them kept before"
        bar.advance(PIECES[1])
        assert bar.line(7200 * 20) == "[############............] 4 of 6 runs, 2 of them kept before, about 2 days left"

    def test_is_drawn_on_a_terminal_alone(self, monkeypatch):
        for stream in (Terminal(), io.StringIO()):
            monkeypatch.setattr(sys, "stderr", stream)
            sweep(SMALL, {}, range(2), typical_error)
            shown = stream.getvalue()
            assert shown.count("\r") == (2 if stream.isatty() else 0)
            assert shown.endswith("2 of 2 runs\n") == stream.isatty()


def test_folders_have_few_files():
    """As many as a directory is listed with at once, of a sweep of 10^6 runs in pieces of 64."""
    assert 10**6 / 64 / 16**kept.BY < 100


def test_every_field_of_an_experiment_but_its_name_can_be_swept():
    from dataclasses import fields

    from excolor.sweeping.axes import FIELDS

    assert set(FIELDS) == {each.name for each in fields(Experiment)} - {"name", "captured"}
