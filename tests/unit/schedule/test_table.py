"""Dopesheets as editors and spreadsheets save them: read as they were meant, or refused with the place at fault."""

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import excolor.experiments
from excolor.schedule import Dopesheet, DopesheetError
from excolor.schedule.table import decode

PUBLISHED = {path.stem: path.read_text() for path in Path(excolor.experiments.__path__[0]).glob("*.csv")}

# What no published sheet has: relative steps, negative values, several actions, and letters beyond ASCII.
OTHER = """\
STEP,PHASE,ACTION,lr,push:linear:step
0,échauffement,,1e-8,-0.25
+.33,,"anchor, save",0.01,.5
-10,,,,-1.125
750,Rückzug,save,0.1,-1e-3
"""


ENCODINGS = (
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def refusal(data, directory):
    path = directory / "my.csv"
    path.write_bytes(data)
    with pytest.raises(DopesheetError) as refused:
        Dopesheet.from_csv(path)
    return str(refused.value).removeprefix(f"{directory}/")


@st.composite
def saved(draw, text):
    """The bytes of a sheet as some program saves it: as a table of other marks, with blanks, in another encoding."""
    separator = draw(st.sampled_from(",;\t"))
    decimal = "." if separator == "," else draw(st.sampled_from(".,"))
    minus = draw(st.sampled_from("-\N{MINUS SIGN}"))
    titles, *rows = csv.reader(io.StringIO(text))

    def marked(cell, title):
        return cell if title in ("PHASE", "ACTION") else cell.replace(".", decimal).replace("-", minus)

    table = [titles] + [list(map(marked, row, titles)) for row in rows]
    blank, added = draw(st.sampled_from(["", " ", "\N{NO-BREAK SPACE}"])), [""] * draw(st.integers(0, 2))
    table = [[*(f"{blank}{cell}{blank}" for cell in row), *added] for row in table]
    for place in sorted(draw(st.lists(st.integers(1, len(table)), max_size=3)), reverse=True):
        table.insert(place, draw(st.sampled_from([[], [""] * len(table[0])])))
    written = io.StringIO()
    csv.writer(
        written,
        delimiter=separator,
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
    ).writerows(table)
    mark, encoding = draw(st.sampled_from(ENCODINGS))
    return mark + written.getvalue().encode(encoding)


class TestSaved:
    @settings(max_examples=500)
    @given(st.data())
    def test_reads_as_the_original(self, tmp_path_factory, data):
        text = data.draw(st.sampled_from([*PUBLISHED.values(), OTHER]))
        path = tmp_path_factory.getbasetemp() / "saved.csv"
        path.write_bytes(data.draw(saved(text)))
        assert Dopesheet.from_csv(path) == Dopesheet.parse(text)

    def test_by_a_german_spreadsheet(self):
        """Semicolons, decimal commas, and three places that cannot be thousands, since others have two."""
        read = Dopesheet.parse("STEP;ACTION;lr;x\r\n0;anchor,save;1,00E-08;1,125\r\n+,5;;;\u22120,25\r\n10;;0,01;\r\n")
        assert read == Dopesheet.parse('STEP,ACTION,lr,x\n0,"anchor,save",1e-8,1.125\n5,,,-0.25\n10,,0.01,')

    def test_latin_1_is_read_where_it_is_ascii(self, tmp_path):
        for name, text in PUBLISHED.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(text.encode("latin-1"))
            assert Dopesheet.from_csv(path) == Dopesheet.parse(text)

    def test_text_may_begin_with_a_byte_order_mark(self):
        assert Dopesheet.parse("\ufeffSTEP,lr\n0,1") == Dopesheet.parse("STEP,lr\n0,1")

    def test_another_separator_in_a_name_is_part_of_it(self):
        assert Dopesheet.parse("STEP,a;b\n0,1").properties == ("a;b",)
        assert Dopesheet.parse("STEP;a,b\n0;1").properties == ("a,b",)

    def test_whole_numbers_need_no_decimal_mark(self):
        assert Dopesheet.parse("STEP;x\n0;1\n5;1000") == Dopesheet.parse("STEP,x\n0,1\n5,1000")


UTF_8 = "has a character that cannot be read; save the sheet as text of the encoding UTF-8, for example as 'CSV UTF-8'"
GROUPS = (
    "in groups of three; without semicolons or tabs between cells a number has a point and no groups, for example 0.01"
)


class TestRefused:
    """Each with the file, the row (as an editor counts lines) and the column."""

    @pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
    def test_bytes_of_an_encoding_that_none_can_tell(self, encoding, tmp_path):
        data = "STEP,PHASE,lr\n0,,1\n\n5,grün,1\n".encode(encoding)
        assert refusal(data, tmp_path) == f"my.csv, row 4, column PHASE: 'gr\ufffdn' {UTF_8}"

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ("STEP,lr\n0,1".encode("utf-16-le"), r"row 1, column 1: 'S\x00T\x00E\x00P\x00'"),
            ("STEP,réglage\n0,1".encode("latin-1"), "row 1, column 2: 'r\ufffdglage'"),
            (codecs.BOM_UTF16_LE + "STEP,lr\n0,1".encode("utf-16-le") + b"1", "row 2, column lr: '1\ufffd'"),
            (b"STEP,lr\n0,1\0", r"row 2, column lr: '1\x00'"),
            (b"PK\3\4\0\0" + b"x" * 100, r"row 1, column 1: 'PK\x03\x04\x00\x00" + "x" * 24 + "'"),
        ],
        ids=["utf-16 without its mark", "title", "half a character", "nul", "workbook"],
    )
    def test_what_is_no_text(self, data, message, tmp_path):
        assert refusal(data, tmp_path) == f"my.csv, {message} {UTF_8}"

    def test_decimal_commas_between_commas(self):
        with pytest.raises(DopesheetError) as refused:
            Dopesheet.parse("STEP,lr\n0,0,01", source="my.csv")
        assert str(refused.value) == (
            "my.csv, row 2: 3 cells, but row 1 names 2 columns; a list of actions stands in quotes, for example "
            '"anchor,save", and a number has a point, for example 0.01'
        )
        with pytest.raises(DopesheetError, match="row 2, column lr: '0,01' is not a number; a value is, for example"):
            Dopesheet.parse('STEP,lr\n0,"0,01"')

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            (
                ("0;0.5;", "5;0,5;1"),
                "row 3, column lr: '0,5' has a comma, and '0.5' a point (my.csv, row 2, column lr); all numbers of a "
                "sheet have the same decimal mark, for example 0.01",
            ),
            (
                ("0;1.000,5;",),
                "row 2, column lr: '1.000,5' has a comma, and '1.000,5' a point (my.csv, row 2, column lr); all "
                "numbers of a sheet have the same decimal mark, for example 0.01",
            ),
            (("0;1,000;2",), f"row 2, column lr: '1,000' may be a decimal, or 1000 {GROUPS}"),
            (("0;1;2", "5;;-12.345"), f"row 3, column x: '-12.345' may be a decimal, or -12345 {GROUPS}"),
            (("0;1,000,000;2",), f"row 2, column lr: '1,000,000' may be a decimal, or 1000000 {GROUPS}"),
            (("0;1,5,5;2",), "row 2, column lr: '1,5,5' is not a number; a value is, for example, 0.01 or 1e-8"),
            (("0;\N{EN DASH}0,5;2",), "row 2, column lr: '\N{EN DASH}0,5' is not a number; a value is, for example,"),
            (("0;-0,5;2",), "row 2, column lr: '-0,5' is negative; a learning rate is 0 or above, for example 0.01"),
            (("0;1",), "row 2: 2 cells, but row 1 names 3 columns; a cell without a keyframe is blank, for example 0;"),
        ],
    )
    def test_of_semicolons(self, rows, message):
        with pytest.raises(DopesheetError) as refused:
            Dopesheet.parse("\n".join(["STEP;lr;x", *rows]), source="my.csv")
        assert str(refused.value).startswith(f"my.csv, {message}")

    def test_a_cell_below_no_name(self):
        with pytest.raises(DopesheetError) as refused:
            Dopesheet.parse("STEP,lr,,\n0,1,,\n5,1,,note\n", source="my.csv")
        assert str(refused.value) == (
            "my.csv, row 3, column 4: 'note' stands below no name; a column is headed in row 1, for example, lr"
        )

    def test_a_blank_cell_too_many_may_be_half_of_a_decimal(self):
        """0,01 and a blank cell, or 0 and 1 and a blank cell too many."""
        with pytest.raises(DopesheetError, match="row 2: 4 cells, but row 1 names 3 columns"):
            Dopesheet.parse("STEP,lr,x\n0,0,01,")

    def test_rows_of_blanks_alone(self):
        with pytest.raises(DopesheetError, match="row 2: no keyframes; a first row may be, for"):
            Dopesheet.parse("STEP,lr\n,\n , \n\n")

    @pytest.mark.parametrize("path", ["missing.csv", ".", 5, None, "a\0b"])
    def test_what_is_no_file(self, path):
        with pytest.raises(DopesheetError) as refused:
            Dopesheet.from_csv(path)
        assert str(refused.value).startswith(f"{path}: it cannot be read, ")
        assert str(refused.value).endswith("; give the path of a CSV file, for example Dopesheet.from_csv('my.csv')")

    @pytest.mark.parametrize("text", [None, 5, b"STEP,lr", ["STEP,lr"], Path("my.csv")])
    def test_what_is_no_text_at_all(self, text):
        with pytest.raises(DopesheetError, match=r"is no text; give that of a CSV file, .* its path to Dopesheet.from"):
            Dopesheet.parse(text)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_a_sheet_or_a_refusal(self, data):
        read_or_refused(decode(data))

    @given(st.text(st.sampled_from('STEP,;\t\n\r"lr:0159.+-eE \0\ufeff\u2212'), max_size=60), st.sampled_from(",;\t"))
    def test_any_text_is_a_sheet_or_a_refusal(self, text, separator):
        read_or_refused(text)
        read_or_refused(f"STEP{separator}lr\n{text}")


def read_or_refused(text):
    try:
        assert Dopesheet.parse(text).length >= 1
    except DopesheetError as error:
        if not str(error).startswith("dopesheet, row "):
            raise
