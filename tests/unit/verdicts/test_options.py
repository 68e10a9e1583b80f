"""Which seeds are run, and that bad choices are refused."""

import pytest

CLAIM = '''
class TestSmall:
    """H1: the number is small."""

    def test_it(self, seeds):
        """It is small."""
        check(type(seeds), tuple)
        check(seeds, tuple(range({first}, {first} + {n})))
        assert half < 0.9
'''


@pytest.mark.parametrize(
    ("declared", "options", "first", "n"),
    [
        ("", [], 0, 32),
        ("SEEDS = 96", [], 0, 96),
        ("", ["--seeds", "8"], 0, 8),
        ("SEEDS = 96", ["--seeds=8"], 0, 8),
        ("", ["--first-seed", "1000"], 1000, 32),
        ("SEEDS = 96", ["--first-seed=1000"], 1000, 96),
        ("SEEDS = 96", ["--first-seed", "3", "--seeds", "2"], 3, 2),
        ("", ["--seeds", "1"], 0, 1),
        ("", ["--seeds=10000"], 0, 10_000),
        ("", ["--first-seed=1000000000000000000"], 10**18, 32),
    ],
)
def test_seeds(write, run, declared, options, first, n):
    write(f"{declared}\n{CLAIM.format(first=first, n=n)}")
    result = run(*options)
    assert result.verdicts == {"test_it": "confirmed"}
    seeds = f"seeds {first}..{first + n - 1}" if n > 1 else f"seeds {first}"
    seeds += ", exploring" * (first < 10_000)
    assert any(line.endswith(f"   {seeds}") for line in result.summary.splitlines())


def test_each_file_has_its_own(write, run):
    write(CLAIM.format(first=0, n=32), "test_default")
    write(f"SEEDS = 96\n{CLAIM.format(first=0, n=96)}", "test_many")
    assert run().code == 0


def test_a_file_that_trains_nothing_names_no_seeds(judge):
    result = judge('def test_it(self):\n    """It is small."""\n    assert half < 0.9')
    assert "excolor.seeds" not in result.properties["test_it"]
    assert "seeds 0" not in result.summary


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "many", "", "1_000", "1e3", "10001", "1000000000", "9" * 5000])
def test_a_number_of_seeds_that_is_none(write, run, given):
    write(CLAIM.format(first=0, n=32))
    result = run(f"--seeds={given}")
    assert result.code == pytest.ExitCode.USAGE_ERROR
    assert f"argument --seeds: expected a whole number from 1 to 10000, such as 32; got '{given}'" in result.errors


@pytest.mark.parametrize("given", ["-1", "1e3", "0x10", "1000000000000000001", "18446744073709551616"])
def test_a_first_seed_that_is_none(write, run, given):
    write(CLAIM.format(first=0, n=32))
    result = run(f"--first-seed={given}")
    assert result.code == pytest.ExitCode.USAGE_ERROR
    assert (
        f"argument --first-seed: expected a whole number from 0 to 1000000000000000000, such as 1000; got '{given}'"
        in result.errors
    )


@pytest.mark.parametrize("declared", ["0", "'96'", "True", "32.0", "10001"])
def test_a_declaration_that_is_none(write, run, declared):
    write(f"SEEDS = {declared}\n{CLAIM.format(first=0, n=32)}")
    message = f"test_small.py: SEEDS is how many seeds a file needs, 1 to 10000, such as SEEDS = 96; got {declared}."
    assert message in run().text


class Trained(str):
    """Stands for an ensemble."""

    def __new__(cls, words, seeds):
        self = super().__new__(cls, words)
        self.seeds = seeds
        return self


@pytest.fixture
def calls(monkeypatch):
    """What is trained, one call after another; experiments and ensembles are strings, and "e" stacks with no other."""
    calls = []

    def train_together(experiments, seeds, watch, before):
        calls.append((experiments, seeds))
        return [Trained(f"{experiment}, {len(seeds)} seeds, call {len(calls)}", seeds) for experiment in experiments]

    def stacks(experiments):
        rest, alone = ([each for each in experiments if (each == "e") is which] for which in (False, True))
        return [stack for stack in (rest, alone) if stack]

    monkeypatch.setattr("excolor.training.train_together", train_together)
    monkeypatch.setattr("excolor.conditions.stacking.stacks", stacks)
    monkeypatch.setattr("excolor.conditions.experiment.check_experiment", lambda given: None)
    monkeypatch.setattr("excolor.verdicts.store._as_asked", lambda ensemble, *_: ensemble)  # strings have no terms
    monkeypatch.setattr("excolor.verdicts.store._losses_of_a_seed", lambda stack: 0)
    return calls


def test_a_condition_is_trained_once_for_all_files(write, run, calls):
    body = '''
    class TestSmall:
        """H1: the number is small."""

        def test_first(self, trained, seeds):
            """It is small."""
            check(trained("with unitarity", seeds), "with unitarity, 3 seeds, call 1")
            assert half < 0.9

        def test_second(self, trained, seeds):
            """It is small with other seeds, or another condition."""
            check(trained("with unitarity", list(seeds)), "with unitarity, 3 seeds, call 1")
            check(trained("with unitarity", seeds[1:]), "with unitarity, 2 seeds, call 2")
            check(trained("without unitarity", seeds), "without unitarity, 3 seeds, call 3")
            assert half < 0.9
    '''
    write(body, "test_one")
    write(body, "test_two")
    assert run("--seeds", "3").code == 0
    assert calls == [
        (["with unitarity"], (0, 1, 2)),
        (["with unitarity"], (1, 2)),
        (["without unitarity"], (0, 1, 2)),
    ]


def test_conditions_trained_together_are_remembered_one_by_one(judge, calls):
    result = judge(
        '''
        def test_together(self, trained, trained_together, seeds):
            """It is small."""
            check(trained_together("aba", seeds), [f"{name}, 3 seeds, call 1" for name in "aba"])
            check(trained_together("ab", list(seeds)), [f"{name}, 3 seeds, call 1" for name in "ab"])
            check(trained("b", seeds), "b, 3 seeds, call 1")
            check(trained("c", seeds), "c, 3 seeds, call 2")
            check(trained_together("cda", seeds), [f"{name}, 3 seeds, call {n}" for name, n in zip("cda", (2, 3, 1))])
            check(trained_together("a", seeds[:1]), ["a, 1 seeds, call 4"])
            check(trained_together("feg", seeds), [f"{name}, 3 seeds, call {n}" for name, n in zip("feg", (5, 6, 5))])
            assert half < 0.9
        ''',
        "--seeds=3",
    )
    assert result.verdicts == {"test_together": "confirmed"}
    assert calls == [
        (["a", "b"], (0, 1, 2)),
        (["c"], (0, 1, 2)),
        (["d"], (0, 1, 2)),
        (["a"], (0,)),
        (["f", "g"], (0, 1, 2)),
        (["e"], (0, 1, 2)),
    ]


@pytest.mark.parametrize("given", ["[2.1]", "'2.10'", "None"])
def test_what_is_no_experiment(judge, given):
    result = judge(
        f'''
        def test_it(self, trained, seeds):
            """It is small."""
            trained({given}, seeds)
        '''
    )
    assert result.verdicts == {"test_it": "error"}
    assert (
        f"{given} is no Experiment: give one and its seeds, for example EX_2_10, range(32)"
        in result.messages["test_it"]
    )
