"""Excolor can be left out of a run by either of its names, with all that it brings along.

The names are those of the metadata: a tree that was installed under another one is to be installed anew.
"""

import pytest

TEST = """
def test_without(pytestconfig):
    there = {name for name, plugin in pytestconfig.pluginmanager.list_name_plugin() if plugin}
    assert {name for name in there if name.startswith("excolor")} <= {KNOWN}
    assert not hasattr(pytestconfig.option, "seeds")
    assert not hasattr(pytestconfig.option, "report")
"""


@pytest.mark.parametrize("workers", [[], ["-n1"]], ids=["alone", "workers"])
def test_by_the_name_of_the_whole(pytester, workers):
    pytester.mkdir("hypotheses").joinpath("test_without.py").write_text(TEST.replace("KNOWN", "'none'"))
    result = pytester.runpytest_inprocess("-p", "no:excolor", *workers)
    result.assert_outcomes(passed=1)
    assert "= hypotheses =" not in result.stdout.str()


def test_by_the_name_of_the_module(pytester):
    """What is left is the name, which brings nothing along."""
    pytester.makepyfile(TEST.replace("KNOWN", "'excolor'"))
    pytester.runpytest_inprocess("-p", "no:excolor.verdicts").assert_outcomes(passed=1)


def test_its_options_are_then_unknown(pytester):
    result = pytester.runpytest_inprocess("-p", "no:excolor", "--seeds=8")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*unrecognized arguments: --seeds=8"])


@pytest.mark.parametrize("name", ["excolor", "excolor.verdicts"])
def test_it_can_be_named_where_no_plugin_is_loaded_by_itself(pytester, monkeypatch, name):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile("def test_seeds(pytestconfig):\n    assert pytestconfig.option.seeds == 8\n")
    pytester.runpytest_subprocess("-p", name, "--seeds=8").assert_outcomes(passed=1)


def test_whoever_names_it_in_a_conftest_does_not_load_it_twice(pytester):
    pytester.makeconftest('pytest_plugins = ["excolor.verdicts"]')
    pytester.makepyfile("def test_seeds(pytestconfig):\n    assert pytestconfig.option.seeds == 8\n")
    pytester.runpytest_inprocess("--seeds=8").assert_outcomes(passed=1)
