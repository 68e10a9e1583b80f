"""Python looks for garbage in tests, and not while a run is loaded, nor as its process ends."""

import gc
import subprocess
import sys

import pytest

CONFTEST = """
import gc

WHILE_LOADING = gc.isenabled()
"""
FILE = """
import gc

import conftest

WHILE_COLLECTING = gc.isenabled()


def test_when_python_looks():
    assert (conftest.WHILE_LOADING, WHILE_COLLECTING, gc.isenabled()) == (False, False, {in_tests})
"""
PROGRAM = """
import atexit, gc

atexit.register(lambda: print(gc.get_freeze_count() > 0))  # called after what is registered later
import excolor.verdicts.unlooked

print(gc.get_freeze_count() > 0)
"""
MAIN_PROCESS = """
import gc


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        print("left alone" if gc.get_freeze_count() else "looked through")
"""


def test_it_does_in_tests_alone(pytester):
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_file=FILE.format(in_tests=True))
    pytester.runpytest_inprocess().assert_outcomes(passed=1)
    assert gc.isenabled()


def test_it_does_not_in_tests_where_somebody_said_so(pytester):
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_file=FILE.format(in_tests=False))
    gc.disable()
    try:
        pytester.runpytest_inprocess().assert_outcomes(passed=1)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_does_again_after_files_that_cannot_be_collected(pytester):
    pytester.makepyfile(test_file="import what_is_not_there")
    assert pytester.runpytest_inprocess().ret == pytest.ExitCode.INTERRUPTED
    assert gc.isenabled()


def test_objects_are_set_aside_only_as_the_process_ends():
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert told.stdout == "False\nTrue\n"


def test_the_main_process_of_xdist_sets_aside_what_it_has_loaded(pytester):
    pytester.makeconftest(MAIN_PROCESS)
    pytester.makepyfile(test_file="def test_nothing(): pass")
    pytester.runpytest_subprocess("-n1", "-s").stdout.fnmatch_lines(["*left alone*"])
