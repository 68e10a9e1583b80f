"""Reading the published form of a dopesheet, and the wording of every refusal."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import excolor.experiments
from excolor.schedule import Dopesheet, DopesheetError
from excolor.schedule.timeline import INTERPOLATIONS, Timeline, TimelineError

EXPERIMENTS = Path(excolor.experiments.__path__[0])

# Experiment 2.9.1 as it was published, with every form that a step may take.
EX_2_9_1 = """\
STEP,PHASE,ACTION,lr,reg-separate,reg-anchor,reg-anti-anchor,reg-anti-subspace
0,,,1e-8,,0,0,0.25
+10,,,0.01,,,,
+.33,,,,0.01,0.1,0.05,
750,,,0.1,0.001,0.1,,0.003
-.1,,,0.1,0,0,0,0
1500,,,0.05,,,,
"""


def sheet(*rows):
    return Dopesheet.parse("\n".join(rows), source="my.csv")


class TestPublishedPoints:
    """Values that the published schedules take between their keyframes, to the digits given."""

    @pytest.mark.parametrize("experiment", ["ex_2_4", "ex_2_8", "ex_2_9", "ex_2_10"])
    def test_learning_rate(self, experiment):
        lr = Dopesheet.from_csv(EXPERIMENTS / f"{experiment}.csv").values("lr")
        assert lr[[100, 250, 500, 750]] == pytest.approx([0.01059, 0.01861, 0.05415, 0.09044], abs=5e-6)
        assert lr[[1500, 2000, 2500]] == pytest.approx([0.09482, 0.0750, 0.05518], abs=5e-6)
        assert lr[[0, 10, 1000, 3000]].tolist() == [1e-8, 0.01, 0.1, 0.05]

    @pytest.mark.parametrize(
        ("step", "expected"),
        [
            (100, {"lr": 0.01134, "reg-anchor": 0.0323, "reg-anti-subspace": 0.2453}),
            (375, {"lr": 0.0539, "reg-anti-subspace": 0.1265}),
            (500, {"lr": 0.0805, "reg-anti-subspace": 0.0548, "reg-anti-anchor": 0.0465}),
            (1125, {"reg-anchor": 0.0397}),
            (1300, {"reg-anchor": 0.0047}),
        ],
    )
    def test_experiment_2_9_1(self, step, expected):
        published = Dopesheet.parse(EX_2_9_1)
        assert {name: published.values(name)[step] for name in expected} == pytest.approx(expected, abs=5e-5)


class TestExperimentSheets:
    def test_2_9_1_is_as_published(self):
        """Written with steps that are absolute, where the published one has relative ones."""
        written, published = Dopesheet.from_csv(EXPERIMENTS / "ex_2_9_1.csv"), Dopesheet.parse(EX_2_9_1)
        for name in ("lr", "reg-separate", "reg-anchor", "reg-anti-anchor", "reg-anti-subspace"):
            assert written.values(name).tolist() == published.values(name).tolist()

    def test_1_7_is_as_published(self):
        read = Dopesheet.from_csv(EXPERIMENTS / "ex_1_7.csv")
        assert {
            name: [*zip(*map(np.ndarray.tolist, read.keyframes(name)), strict=True)] for name in read.properties
        } == {
            "lr": [(0, 1e-8), (10, 0.01), (5000, 0.01), (10000, 0.005)],
            "reg-polar": [(5000, 6e-3), (7500, 2e-4)],
            "reg-separate": [(0, 0.001), (500, 0.02), (2500, 0.01), (5000, 0.001)],
            "reg-planar": [(0, 0.02), (2500, 0.08), (5000, 0.02)],
            "reg-norm-v": [(0, 0.02)],
            "reg-norm": [(0, 0.01), (5000, 0.2)],
        }
        assert len(read) == 10001

    @pytest.mark.parametrize("experiment", ["ex_2_4_1", "ex_2_5_1", "ex_2_7_1", "ex_2_10_1", "ex_2_10_second"])
    def test_reruns_share_the_learning_rate_of_2_9_1(self, experiment):
        lr = Dopesheet.from_csv(EXPERIMENTS / f"{experiment}.csv").values("lr")
        assert lr.tolist() == Dopesheet.parse(EX_2_9_1).values("lr").tolist()

    @pytest.mark.parametrize(
        ("experiment", "weights"),
        [
            (
                "ex_2_4",
                {
                    "reg-separate": (0.01, 0.01, 0.01),
                    "reg-anchor": (0.01, 0.04),
                    "reg-planar": (0.01, 0.1),
                    "reg-unit": (0.01, 0.1),
                },
            ),
            (
                "ex_2_8",
                {
                    "reg-separate": (0.01, 0.01, 0.01),
                    "reg-anchor": (0.02, 0.05),
                    "reg-anti-anchor": (0.01, 0.1),
                    "reg-unit": (0.01, 0.1),
                },
            ),
            (
                "ex_2_9",
                {
                    "reg-separate": (0.01, 0.01, 0.01),
                    "reg-anchor": (0.02, 0.05),
                    "reg-planar-d": (0.001, 0.01),
                    "reg-anti-anchor": (0.002, 0.01),
                    "reg-unit": (0.01, 0.1),
                },
            ),
            (
                "ex_2_10",
                {
                    "reg-separate": (0.01, 0.01, 0.015),
                    "reg-anchor": (0.02, 0.01),
                    "reg-anti-anchor": (0.002, 0.01),
                    "reg-unit": (0.01, 0.1),
                },
            ),
        ],
    )
    def test_keyframes_are_the_published_ones(self, experiment, weights):
        """All weights move from step 0 to 1000 and fall to 0 at 2800; separate is held until 500."""
        read = Dopesheet.from_csv(EXPERIMENTS / f"{experiment}.csv")
        read.check_properties(weights)
        assert len(read) == 3001
        for name, written in weights.items():
            steps, values = read.keyframes(name)
            assert steps.tolist() == ([0, 1000, 2800] if len(written) == 2 else [0, 500, 1000, 2800])
            assert values.tolist() == [*written, 0]
            assert read.values(name)[2800:].tolist() == [0] * 201

    @pytest.mark.parametrize(
        ("experiment", "anchor", "planarity"),
        [
            ("ex_2_2", ([0, 5000, 10000], [0.02, 0.08, 0.02]), ([0], [1])),
            ("ex_2_2_as_meant", ([10000, 15000], [0.006, 0.0002]), ([0, 5000, 10000], [0.02, 0.08, 0.02])),
        ],
    )
    def test_keyframes_of_2_2(self, experiment, anchor, planarity):
        """The published ones, with planarity's accident written out, and with it undone."""
        read = Dopesheet.from_csv(EXPERIMENTS / f"{experiment}.csv")
        written = {
            "lr": ([0, 10, 10000, 20000], [1e-8, 0.01, 0.01, 0.005]),
            "reg-separate": ([0, 1000, 5000, 10000], [0.001, 0.02, 0.01, 0.001]),
            "reg-anchor": anchor,
            "reg-planar": planarity,
            "reg-unit": ([0, 10000], [0.01, 0.2]),
            "reg-unit-v": ([0], [0.02]),
        }
        assert set(read.properties) == set(written)
        assert len(read) == 20001
        for name, keyframes in written.items():
            assert tuple(each.tolist() for each in read.keyframes(name)) == keyframes


class TestSteps:
    @pytest.mark.parametrize(
        ("written", "step"),
        [
            ("+10", 10),
            ("-10", 740),
            ("+.33", 248),  # 247.5: a half goes to the even number
            ("+0.33", 248),
            ("-.33", 502),
            ("+.5", 375),
            ("+.0099", 7),
        ],
    )
    def test_relative_to_absolute_rows(self, written, step):
        assert sheet("STEP,x", "0,1", f"{written},2", "750,3") == sheet("STEP,x", "0,1", f"{step},2", "750,3")

    def test_relative_rows_look_past_each_other(self):
        """They count from absolute rows, not from the relative one beside them, and are sorted only then."""
        steps, values = sheet("STEP,x", "100,0", "-10,1", "+10,2", "+.5,3", "200,4").keyframes("x")
        assert steps.tolist() == [100, 110, 150, 190, 200]
        assert values.tolist() == [0, 2, 3, 1, 4]

    @given(st.integers(0, 1000), st.integers(2, 1000), st.data())
    def test_plus_and_minus_meet(self, start, gap, data):
        """In a gap of g, +N and -(g - N) are the same step, and so is +F for F = N/g."""
        ahead = data.draw(st.integers(1, gap - 1))
        sheets = {
            sheet("STEP,x", f"{start},0", f"{written},1", f"{start + gap},0")
            for written in (start + ahead, f"+{ahead}", f"-{gap - ahead}", f"+{ahead / gap:.12f}")
        }
        assert len(sheets) == 1

    def test_of_2_9_1(self):
        published = Dopesheet.parse(EX_2_9_1)
        assert published.keyframes("lr")[0].tolist() == [0, 10, 750, 1425, 1500]
        assert published.keyframes("reg-anchor")[0].tolist() == [0, 248, 750, 1425]
        assert len(published) == 1501


class TestColumns:
    def test_a_blank_cell_is_no_keyframe(self):
        read = sheet("STEP,x,y", "0,1,", "10,,2", "20,3,")
        assert read.keyframes("x")[0].tolist() == [0, 20]
        assert read.keyframes("y")[0].tolist() == [10]
        assert read.values("y").tolist() == [2] * 21

    def test_a_column_without_any_value_is_zero(self):
        assert sheet("STEP,x", "0,", "2,").values("x").tolist() == [0, 0, 0]

    def test_space_and_interpolation_follow_the_name(self):
        read = sheet("STEP,a,b:log,c:linear:step-end,d:log:linear", "0,1,1,1,1", "2,100,100,100,100")
        assert read.properties == ("a", "b", "c", "d")
        middle = {name: read.values(name)[1] for name in read.properties}
        assert middle == pytest.approx({"a": 50.5, "b": 10, "c": 1, "d": 10})

    def test_phases_and_actions(self):
        read = sheet("STEP,PHASE,ACTION,x", "0,wheel,,1", '5,,"anchor, save",', "9,full space,save,2")
        assert read.phases == ((0, "wheel"), (9, "full space"))
        assert read.actions == ((5, "anchor"), (5, "save"), (9, "save"))
        assert read.properties == ("x",)

    def test_step_of_an_action(self):
        read = sheet("STEP,PHASE,ACTION,x", "0,wheel,,1", '5,,"anchor, save",', "9,full space,save,2")
        assert read.step_of("anchor") == 5
        message = (
            "my.csv, column ACTION: 'save' is to stand exactly once, and it stands at the steps 5, 9; for example a "
            "row STEP,ACTION is 500,save"
        )
        with pytest.raises(DopesheetError, match=message):
            read.step_of("save")
        with pytest.raises(DopesheetError, match="'capture' is to stand exactly once, and it stands nowhere; for"):
            read.step_of("capture")
        with pytest.raises(DopesheetError, match=r"it stands nowhere \(did you mean 'anchor'\?\); for"):
            read.step_of("anhcor")
        with pytest.raises(DopesheetError, match="the action 5: give its name in the dopesheet, for example 'anchor'"):
            read.step_of(5)

    def test_one_value_for_each_step(self):
        read = sheet("STEP,x", "3,1", "10,2")
        assert len(read) == len(read.values("x")) == 11
        assert read.values("x")[:4].tolist() == [1, 1, 1, 1]
        assert read.values("x").dtype == np.float64

    def test_spaces_blank_lines_and_a_byte_order_mark_do_not_matter(self, tmp_path):
        path = tmp_path / "spaced.csv"
        path.write_text("\ufeffSTEP, x : log\n\n 0 , 1\n10, 2 \n\n", encoding="utf-8")
        assert Dopesheet.from_csv(path) == sheet("STEP,x:log", "0,1", "10,2")


class TestContent:
    def test_equal_wherever_it_was_read_from(self):
        one, other = (Dopesheet.parse(EX_2_9_1, source=source) for source in ("here.csv", "there.csv"))
        assert one == other
        assert hash(one) == hash(other)
        assert one != one.drop("reg-anchor")

    @pytest.mark.parametrize(
        "other",
        [
            ("STEP,PHASE,ACTION,x", "0,,,1", "9,end,,2", "10,,hold,"),
            ("STEP,PHASE,ACTION,x", "0,,,1", "9,end,hold,3"),
            ("STEP,PHASE,ACTION,x", "0,,hold,1", "9,end,,2"),
            ("STEP,PHASE,ACTION,x", "0,,,1", "9,end,stop,2"),
            ("STEP,PHASE,ACTION,x", "0,,,1", "9,last,hold,2"),
            ("STEP,PHASE,ACTION,x:linear:linear", "0,,,1", "9,end,hold,2"),
            ("STEP,PHASE,ACTION,y", "0,,,1", "9,end,hold,2"),
        ],
        ids=["length", "value", "step of an action", "action", "phase", "interpolation", "name"],
    )
    def test_different_by_anything_that_it_says(self, other):
        assert sheet(*other) != sheet("STEP,PHASE,ACTION,x", "0,,,1", "9,end,hold,2")

    def test_values_are_nobodys_to_change(self):
        read = Dopesheet.parse(EX_2_9_1)
        read.values("lr")[:] = 0
        assert read.values("lr")[750] == 0.1

    cells = st.one_of(st.just(""), st.floats(0, 1e3).map(repr))

    @given(st.sets(st.integers(0, 5000), min_size=1, max_size=6), st.data())
    def test_dropping_a_column_is_never_having_written_it(self, steps, data):
        table = {name: data.draw(st.lists(self.cells, min_size=len(steps), max_size=len(steps))) for name in "abc"}
        name = data.draw(st.sampled_from("abc"))

        def parsed(names):
            rows = zip(map(str, sorted(steps)), *(table[name] for name in names), strict=True)
            return sheet(",".join(["STEP", *names]), *map(",".join, rows))

        dropped = parsed("abc").drop(name)
        assert dropped == parsed("abc".replace(name, ""))
        assert len(dropped) == max(steps) + 1

    @given(st.dictionaries(st.integers(0, 5000), st.floats(-1e3, 1e3), min_size=1, max_size=6))
    def test_keyframes_come_back_as_written(self, keyframes):
        rows = [f"{step},{value!r}" for step, value in sorted(keyframes.items())]
        steps, values = sheet("STEP,x", *rows).keyframes("x")
        assert dict(zip(steps.tolist(), values.tolist(), strict=True)) == keyframes


class TestCheckProperties:
    READ = sheet("STEP,lr,reg-anchor,reg-unit", "0,1,1,1")

    def test_the_learning_rate_is_always_used(self):
        self.READ.check_properties(["reg-unit", "reg-anchor"])
        with pytest.raises(DopesheetError, match=r"no column names 'lr'; the properties are x"):
            sheet("STEP,x", "0,1").check_properties(["x"])

    def test_a_property_that_no_column_names(self):
        with pytest.raises(DopesheetError) as refusal:
            self.READ.check_properties(["reg-unit", "reg-anchor", "reg-separate"])
        assert str(refusal.value) == (
            "my.csv, row 1: no column names 'reg-separate'; the properties are lr, reg-anchor, reg-unit"
        )

    def test_a_column_that_no_term_uses(self):
        with pytest.raises(DopesheetError) as refusal:
            self.READ.check_properties(["reg-anchor"])
        assert str(refusal.value) == (
            "my.csv, row 1, column reg-unit: no term uses it; this experiment uses lr, reg-anchor"
        )

    def test_a_misspelled_column_is_both_and_the_right_name_is_suggested(self):
        with pytest.raises(DopesheetError) as refusal:
            self.READ.check_properties(["reg-anchor", "reg-unity"])
        assert str(refusal.value).splitlines() == [
            "my.csv, row 1, column reg-unit: no term uses it (did you mean 'reg-unity'?); "
            "this experiment uses lr, reg-anchor, reg-unity",
            "my.csv, row 1: no column names 'reg-unity'; the properties are lr, reg-anchor, reg-unit",
        ]

    @pytest.mark.parametrize("ask", [Dopesheet.values, Dopesheet.keyframes, Dopesheet.drop])
    def test_asking_for_an_unknown_property(self, ask):
        with pytest.raises(
            DopesheetError,
            match=r"no column names 'reg-anker' \(did you mean 'reg-anchor'\?\); the properties are lr",
        ):
            ask(self.READ, "reg-anker")

    @pytest.mark.parametrize("ask", [Dopesheet.values, Dopesheet.keyframes, Dopesheet.drop])
    @pytest.mark.parametrize("name", [None, 5, ["lr"], np.array(["lr", "x"])], ids=repr)
    def test_asking_by_what_is_no_name(self, ask, name):
        with pytest.raises(DopesheetError, match=r"no column names .*; the properties are lr, reg-anchor, reg-unit"):
            ask(self.READ, name)

    @pytest.mark.parametrize("used", [None, "reg-anchor", 5, [None], ["reg-anchor", 5], np.zeros(3)], ids=repr)
    def test_what_is_no_list_of_names(self, used):
        message = r"they must be a list of names, for example \['reg-anchor', 'reg-unit'\]"
        with pytest.raises(DopesheetError, match=message):
            self.READ.check_properties(used)


class TestRefusals:
    """Each with the file, the row (as an editor counts lines) and the column."""

    @pytest.mark.parametrize("step", ["soon", "", "1.5", "+1.5", "+1.0", "++1", "1e3", "+ 5", "5+", "+.", "\u0663"])
    def test_malformed_step(self, step):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,x", "0,1", f"{step},2", "750,3")
        assert str(refusal.value) == (
            f"my.csv, row 3, column STEP: {step!r} is not a step; "
            "a step is 250, or relative to the absolute rows around it: "
            "+10, -10, or a part of their gap, +.33, -.33"
        )

    @pytest.mark.parametrize(("rows", "step", "before"), [(("5,1", "3,2"), 3, 5), (("5,1", "5,2"), 5, 5)])
    def test_absolute_steps_out_of_order(self, rows, step, before):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,x", *rows)
        assert str(refusal.value) == (
            f"my.csv, row 3, column STEP: step {step} stands below step {before}; "
            "absolute steps increase from row to row, for example 0, 250"
        )

    @pytest.mark.parametrize(
        ("rows", "row", "side"),
        [
            (("-5,1", "10,2"), 2, "above"),
            (("+5,1", "10,2"), 2, "above"),
            (("0,1", "10,2", "+5,3"), 4, "below"),
            (("+5,1",), 2, "above"),
        ],
    )
    def test_relative_row_not_between_absolute_ones(self, rows, row, side):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,x", *rows)
        assert str(refusal.value).startswith(f"my.csv, row {row}, column STEP: ")
        assert str(refusal.value).endswith(
            f"is relative, and no absolute step stands {side} it; "
            "a relative row stands between two absolute ones, for example 0, +10, 250"
        )

    @pytest.mark.parametrize(
        ("written", "step"),
        [("+750", 750), ("+800", 800), ("-751", -1), ("+0", 0), ("-0", 750), ("+.0001", 0), ("+.9999", 750)],
    )
    def test_relative_row_outside_its_gap(self, written, step):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,x", "0,1", f"{written},2", "750,3")
        assert str(refusal.value) == (
            f"my.csv, row 3, column STEP: {written!r} is step {step}; "
            "a relative row lies between the absolute steps around it, here 0 and 750, for example +.5"
        )

    def test_two_rows_of_one_step(self):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,x", "0,1", "+248,2", "+.33,3", "750,4")
        assert str(refusal.value) == (
            "my.csv, row 4, column STEP: '+.33' is step 248, and so is '+248' above it; each step may have one "
            "row, for example 248 and 249"
        )

    @pytest.mark.parametrize(
        ("header", "cell", "complaint"),
        [
            ("x", "O.1", "'O.1' is not a number; a value is, for example, 0.01 or 1e-8"),
            ("x", "0.1 0.2", "'0.1 0.2' is not a number; a value is, for example, 0.01 or 1e-8"),
            ("x", "nan", "'nan' is not finite; a value is, for example, 0.01 or 1e-8"),
            ("x", "-inf", "'-inf' is not finite; a value is, for example, 0.01 or 1e-8"),
            ("x", "1e999", "'1e999' is not finite; a value is, for example, 0.01 or 1e-8"),
            ("x", "1_000", "'1_000' is not a number; a value is, for example, 0.01 or 1e-8"),
            ("x", "\u0663", "'\u0663' is not a number; a value is, for example, 0.01 or 1e-8"),
            ("x", "0x10", "'0x10' is not a number; a value is, for example, 0.01 or 1e-8"),
            ("x", "1e300", "'1e300' is beyond 1e+38, what a model can reckon with; a value is, for example, 0.01"),
            ("x", "-2e38", "'-2e38' is beyond 1e+38, what a model can reckon with; a value is, for example, 0.01"),
            ("x:log", "-1", "'-1' is negative; in log space a value is 0 or above, for example 1e-8"),
        ],
    )
    def test_value(self, header, cell, complaint):
        with pytest.raises(DopesheetError) as refusal:
            sheet(f"STEP,lr,{header}", "0,1,1", "", f"10,2,{cell}")
        assert str(refusal.value) == f"my.csv, row 4, column x: {complaint}"

    @pytest.mark.parametrize(
        ("header", "message"),
        [
            (
                "x:cubic",
                "column x:cubic: the space 'cubic' is unknown; it may be linear, log, for example lr:log",
            ),
            ("x:", "column x:: the space '' is unknown; it may be linear, log, for example lr:log"),
            (
                "x:log:jerky",
                "column x:log:jerky: the interpolation 'jerky' is unknown (did you mean 'minjerk'?); "
                "it may be minjerk, linear, step, step-end, for example lr:log:linear",
            ),
            (
                "x:log:linear:x",
                "column x:log:linear:x: it has more than three parts; a property is headed, for example, lr:log:linear",
            ),
            (
                "x,y,x:log",
                "column x:log: a second column for x; each may stand once, for example STEP,lr,reg-anchor",
            ),
            (
                "x,STEP",
                "column STEP: a second column for STEP; each may stand once, for example STEP,lr,reg-anchor",
            ),
            (
                "x,PHASE:log",
                "column PHASE:log: PHASE is no property and takes no space or interpolation; write, for example, PHASE",
            ),
            ("x,,y", "column 3: it has no name; a column is headed STEP, PHASE, ACTION or, for example, lr"),
            (
                "x,:log",
                "column :log: it has no name; a column is headed STEP, PHASE, ACTION or, for example, lr",
            ),
        ],
    )
    def test_header(self, header, message):
        with pytest.raises(DopesheetError) as refusal:
            sheet(f"STEP,{header}", "0,1")
        assert str(refusal.value) == f"my.csv, row 1, {message}"

    @pytest.mark.parametrize(("text", "columns"), [("step,lr\n0,1", "step, lr"), ("", "none"), ("\n0,1", "none")])
    def test_no_column_of_steps(self, text, columns):
        with pytest.raises(DopesheetError) as refusal:
            sheet(text)
        assert str(refusal.value) == (
            f"my.csv, row 1: no column STEP among {columns}; a header may be, for example, STEP,lr"
        )

    def test_no_rows(self):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,x", "")
        assert str(refusal.value) == "my.csv, row 2: no keyframes; a first row may be, for example, 0,0.01"

    def test_too_many_cells(self):
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,ACTION,x", "0,,1", "5,anchor,save,2")
        assert str(refusal.value) == (
            "my.csv, row 3: 4 cells, but row 1 names 3 columns; "
            'a list of actions stands in quotes, for example "anchor,save", and a number has a point, for example 0.01'
        )

    @pytest.mark.parametrize(("row", "cells", "whole"), [("5", 1, "5,,"), ("5,1", 2, "5,,")])
    def test_too_few_cells(self, row, cells, whole):
        """Nobody can tell whether the missing one was to be blank."""
        with pytest.raises(DopesheetError) as refusal:
            sheet("STEP,lr,x", "0,0,1", row)
        assert str(refusal.value) == (
            f"my.csv, row 3: {cells} cells, but row 1 names 3 columns; a cell without a keyframe is blank, for example "
            + whole
        )

    @pytest.mark.parametrize("step", ["1000000000000000000", "10000000", "9" * 5000])
    def test_steps_without_end(self, step):
        with pytest.raises(
            DopesheetError, match=r"my.csv, row 3, column STEP: step 9*1?0* is beyond the 10000000 that a"
        ):
            sheet("STEP,lr", "0,1", f"{step},2")

    def test_relative_steps_without_end(self):
        with pytest.raises(
            DopesheetError, match="a relative row lies between the absolute steps around it, here 0 and"
        ):
            sheet("STEP,lr", "0,1", "+" + "9" * 5000 + ",1", "9,2")

    @pytest.mark.parametrize(
        ("header", "cell", "complaint"),
        [
            ("lr", "-0.01", "'-0.01' is negative; a learning rate is 0 or above, for example 0.01, or it would climb"),
            ("lr:log", "-1", "'-1' is negative; a learning rate is 0 or above, for example 0.01, or it would climb"),
            (
                "lr:log",
                "0",
                "'0' has no place in log space, where it would count as 1e-10; write what is meant, for example 1e-8",
            ),
        ],
    )
    def test_learning_rate(self, header, cell, complaint):
        with pytest.raises(DopesheetError) as refusal:
            sheet(f"STEP,{header}", "0,1", f"5,{cell}")
        assert str(refusal.value) == f"my.csv, row 3, column lr: {complaint}"

    def test_a_learning_rate_may_be_0(self):
        assert sheet("STEP,lr", "0,0.01", "5,0").values("lr")[5] == 0

    @given(st.lists(st.floats(-1e38, 1e38), min_size=2, max_size=4), st.sampled_from(sorted(INTERPOLATIONS)))
    def test_between_the_largest_values_there_are_numbers(self, values, interpolation):
        rows = [f"{3 * i},{value!r}" for i, value in enumerate(values)]
        assert np.isfinite(sheet(f"STEP,x:linear:{interpolation}", *rows).values("x")).all()
        positive = [f"{3 * i},{abs(value)!r}" for i, value in enumerate(values)]
        assert np.isfinite(sheet(f"STEP,x:log:{interpolation}", *positive).values("x")).all()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (
                {"timelines": [Timeline("lr", ())]},
                "they must be a tuple of them, for example (Timeline('lr', ((0, 0.1),",
            ),
            ({"timelines": ("lr",)}, "the timelines ('lr',): they must be a tuple of them"),
            ({"timelines": (Timeline("lr", ()),) * 2}, "two timelines of 'lr': each property may have one"),
            (
                {"timelines": (Timeline("lr", ((3, -1),)),)},
                "dopesheet, column lr, step 3: -1 is negative; a learning ra",
            ),
            ({"timelines": (Timeline("lr", ((3, 0),), "log"),)}, "step 3: 0 has no place in log space"),
            ({"length": 0}, "a length of 0 steps: it must be a whole number from 1 to 10000000, for example 3001"),
            ({"length": 2.0}, "a length of 2.0 steps"),
            ({"length": 10**18}, "a length of 1000000000000000000 steps"),
            (
                {"actions": [(5, "anchor")]},
                "the actions [(5, 'anchor')]: they must be a tuple of (step, name), each s",
            ),
            ({"actions": ((5, "late"),)}, "must be a tuple of (step, name), each step one of the 5, for example ((500"),
            ({"source": None}, "the source None: it must be a string, for example 'my.csv'"),
            (
                {"phases": ((5,),)},
                "the phases ((5,),): they must be a tuple of (step, name), each step one of the 5, for e",
            ),
        ],
    )
    def test_what_is_made_without_a_file(self, change, message):
        with pytest.raises(DopesheetError, match=re.escape(message)):
            Dopesheet(**({"timelines": (), "length": 5} | change))

    def test_open_quote(self):
        with pytest.raises(DopesheetError, match=r"my.csv, row 3: this is not CSV, unexpected end of data"):
            sheet("STEP,x", "0,1", '5,"2')

    def test_names_the_file_as_it_was_given(self, tmp_path):
        path = tmp_path / "wrong.csv"
        path.write_text("STEP,lr\n0,fast\n")
        with pytest.raises(DopesheetError) as refusal:
            Dopesheet.from_csv(path)
        assert str(refusal.value).startswith(f"{path}, row 2, column lr: 'fast' is not a number")


class TestOneColumnMore:
    ROWS = ("STEP,lr,reg-mine", "0,0.01,0.1", "2,,", "4,0.02,0.3")

    @property
    def without(self):
        return sheet(*self.ROWS).drop("reg-mine")

    def test_keyframes_are_as_if_written_in_the_sheet(self):
        assert self.without.with_column("reg-mine", {4: 0.3, 0: 0.1}) == sheet(*self.ROWS)

    def test_a_number_is_that_at_every_step(self):
        more = self.without.with_column("reg-mine", 0.1)
        assert more.values("reg-mine").tolist() == [0.1] * 5
        assert more.drop("reg-mine") == self.without
        assert more == self.without.with_column("reg-mine", {0: 0.1})

    @given(st.lists(st.floats(-1e3, 1e3), min_size=5, max_size=5))
    def test_a_number_for_each_step(self, values):
        assert self.without.with_column("reg-mine", values).values("reg-mine").tolist() == values
        assert len(self.without.with_column("reg-mine", np.array(values))) == 5

    def test_a_column_that_is_there(self):
        message = (
            "my.csv: it has a column 'reg-mine' already: name the new one otherwise, or leave the old one out, for "
            "example .drop('reg-mine')"
        )
        with pytest.raises(DopesheetError, match=re.escape(message)):
            sheet(*self.ROWS).with_column("reg-mine", 0.1)

    @pytest.mark.parametrize("step", [5, -1, 0.5, "0"])
    def test_keyframes_of_no_step(self, step):
        message = (
            f"my.csv, column reg-mine: keyframes at the step {step!r}: give at least one, each at a whole step from 0 "
            "to 4, for example {0: 0.1, 4: 0.2}"
        )
        with pytest.raises(DopesheetError, match=re.escape(message)):
            self.without.with_column("reg-mine", {0: 0.1, step: 0.2})

    def test_no_keyframes(self):
        with pytest.raises(DopesheetError, match=r"my\.csv, column reg-mine: keyframes without any: give at least one"):
            self.without.with_column("reg-mine", {})

    @pytest.mark.parametrize("values", [[0.1] * 4, [0.1] * 4 + [np.nan], [[0.1] * 5], np.inf, None, "0.1", ["a"] * 5])
    def test_values_that_are_none(self, values):
        message = "of which nothing can be made: give one finite number, keyframes, or 5 finite numbers, one for each "
        with pytest.raises(DopesheetError, match=message + r"step, for example 0\.1, \{0: 0\.1, 4: 0\.2\} or np\.lins"):
            self.without.with_column("reg-mine", values)

    def test_keyframes_that_are_not_finite(self):
        with pytest.raises(TimelineError, match=r"reg-mine: the keyframe \(0, nan\): its step must be"):
            self.without.with_column("reg-mine", {0: np.nan})

    def test_a_rate_that_would_climb(self):
        with pytest.raises(DopesheetError, match=r"my\.csv, column lr, step 0: -1 is negative"):
            self.without.drop("lr").with_column("lr", -1.0)
