"""Files of Python as they are written now, each parsed once as long as it stays as it is."""

import os

import pytest

from excolor.verdicts.assertions import code_of, faults, source_of
from excolor.verdicts.parsed import parsed

SOURCE = """import pytest


def plain():
    pass


class TestSmall:
    @pytest.mark.usefixtures("file")
    @pytest.mark.parametrize("x", [1])
    def test_it(self, x):
        assert x < 2
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "written.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_functions_begin_at_their_first_decorator_as_their_code_does(file):
    made = {}
    exec(compile(SOURCE, str(file), "exec"), made)
    codes = [code_of(made["plain"]), code_of(made["TestSmall"].test_it)]
    assert list(parsed(file).functions) == [(code.co_name, code.co_firstlineno) for code in codes]
    assert parsed(file).lines == SOURCE.splitlines()


def test_it_is_parsed_once(file):
    assert parsed(file) is parsed(file)


def test_another_time_of_change_is_another_file(file):
    before, now = parsed(file), file.stat()
    file.write_text(SOURCE.replace("x < 2", "x < 3"), encoding="utf-8")
    os.utime(file, ns=(now.st_atime_ns, now.st_mtime_ns + 1))
    assert parsed(file).lines[-1].strip() == "assert x < 3"
    assert before.lines[-1].strip() == "assert x < 2"


def test_another_size_is_another_file(file):
    parsed(file)
    now = file.stat()
    file.write_text(SOURCE.replace("x < 2", "x < 20"), encoding="utf-8")
    os.utime(file, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert parsed(file).lines[-1].strip() == "assert x < 20"


def test_a_test_that_was_rewritten_is_looked_at_anew(file):
    made = {}
    exec(compile(SOURCE, str(file), "exec"), made)
    code = code_of(made["TestSmall"].test_it)
    assert list(faults(code)) == list(faults(code)) == []
    file.write_text(SOURCE.replace("x < 2", "x == 2"), encoding="utf-8")
    assert source_of(code) == "assert x == 2"
    assert [fault.partition(" ")[0] for fault in faults(code)] == ["asserts"]


def test_a_mark_of_the_order_of_bytes_is_no_text(file):
    file.write_text(SOURCE, encoding="utf-8-sig")
    assert parsed(file).lines == SOURCE.splitlines()


def test_what_is_no_python_is_said_every_time(file):
    file.write_text("def", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(SyntaxError):
            parsed(file)
    with pytest.raises(FileNotFoundError):
        parsed(file.with_name("none.py"))
