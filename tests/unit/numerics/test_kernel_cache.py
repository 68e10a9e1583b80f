"""Cached kernels, as later processes find them: the sources are edited between one and the next."""

import errno
import importlib
import json
import os
import pickle
import shutil
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

import excolor
from excolor.numerics.compiling import compiled

SOURCES = Path(excolor.__file__).parent / "numerics"
OUTER = """
from excolor.numerics.compiling import compiled
from small.inner import halved, unread

@compiled
def outer(x):
    return halved(x) + 1
"""
INNER = """
from excolor.numerics.compiling import compiled
from small.constants import SHARE
from small.generated import kept_as_it_is

@compiled
def halved(x):
    return kept_as_it_is(x) * SHARE

@compiled
def unread(x):
    return x - 1
"""
CONSTANTS = "SHARE = 0.5\nOTHER = 1\n"
GENERATED = """
from numba import types
from numba.extending import intrinsic

def _kept_as_it_is(context, x):
    return types.float64(types.float64), lambda context, builder, signature, arguments: arguments[0]

kept_as_it_is = intrinsic(_kept_as_it_is)
"""
VARIANTS = """
from excolor.numerics.compiling import compiled

def made(times):
    @compiled
    def scaled(x, turns):  # so long that it is called, and not written into its callers
        total = 0.0
        for i in range(x.size):
            total += x[i] * times
            if turns > 5:
                total += turns
            for j in range(turns):
                for k in range(j):
                    if x[k] > 3:
                        total -= times * x[k]
                    elif x[k] > 4:
                        total /= x[j] + times
        return total
    return scaled

def outer(times):
    inner = made(times)

    @compiled
    def called(x):
        return inner(x, 1) + inner(x, 2) + inner(x, 3) + inner(x, x.size)
    return called
"""


class Package:
    """Two kernels, a constant and an intrinsic in four files, beside what compiles them but without torch."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "small" / "__pycache__" / "kernels"
        shutil.copytree(SOURCES, root / "excolor" / "numerics", ignore=lambda folder, names: {*names} - {*self.parts()})
        self.write("excolor/__init__.py", "")
        self.write("excolor/numerics/__init__.py", "")
        files = {"outer": OUTER, "inner": INNER, "constants": CONSTANTS, "generated": GENERATED, "variants": VARIANTS}
        for name, text in files.items():
            self.write(f"small/{name}.py", text)

    @staticmethod
    def parts():
        return [f"{name}.py" for name in ("cache_key", "kernel_cache", "compiling", "simd", "matmul")]

    def write(self, file, text):
        path = self.root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        os.utime(path, (1e9, 1e9))

    def edit(self, file, old, new):
        """As quick as can be: the file's time stays what it was."""
        text = (self.root / file).read_text()
        assert old in text
        self.write(file, text.replace(old, new))

    def start(self, code, **environment):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_", "PYTHON"))}
        # Without files of python's own, which go by a source's time and size.
        own = {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code],
            env=plain | own | environment,
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, expressions="outer(3.0), found(outer)", **environment):
        return answer(self.start(CODE.format(expressions), **environment))

    def files(self):
        return sorted(self.folder.glob("*.nbc"))


CODE = """
import json
import numpy as np
from small.outer import outer, halved
from small import variants

def found(kernel):
    hits, misses = (sum(count.values()) for count in (kernel.stats.cache_hits, kernel.stats.cache_misses))
    return "cached" if hits else "compiled" if misses else "not called"

print(json.dumps([{}]))
"""


def answer(process):
    out, errors = process.communicate()
    assert process.returncode == 0, errors
    return json.loads(out)


@pytest.fixture
def package(tmp_path):
    return Package(tmp_path)


class TestOfTheNextProcess:
    def test_an_edit_of_anything_counts_and_so_does_its_undoing(self, package):
        assert package.run() == [2.5, "compiled"]
        count = len(package.files())
        edits = [
            ("outer", "+ 1", "+ 2", 3.5),
            ("inner", "* SHARE", "- SHARE", 4.5),
            ("constants", "0.5", "1.5", 3.5),
            ("generated", "arguments[0]", "builder.fadd(*arguments * 2)", 6.5),
        ]
        for file, old, new, value in edits:
            package.edit(f"small/{file}.py", old, new)
            assert package.run() == [value, "compiled"]
        for file, old, new, _ in edits:
            package.edit(f"small/{file}.py", new, old)
        assert package.run() == [2.5, "compiled"]
        assert len(package.files()) == count

    def test_an_edit_of_anything_else_does_not(self, package):
        assert package.run() == [2.5, "compiled"]
        package.edit("small/inner.py", "x - 1", "x - 2")
        package.edit("small/constants.py", "OTHER = 1", "OTHER = 2")
        package.edit("small/outer.py", "def outer(x):", "# Moved.\n\ndef outer(x):\n    'And described.'")
        assert package.run() == [2.5, "cached"]

    def test_variants_of_one_kernel_lie_side_by_side(self, package):
        """And keep apart what they call, even if each was compiled by a process of its own."""
        alone = "variants.outer({0})(np.ones(3))"
        assert package.run(alone.format(1)) == [12]
        assert package.run(alone.format(2)) == [24]
        both = "[(kernel(np.ones(3)), found(kernel)) for kernel in map(variants.outer, {})]"
        assert package.run(both.format((1, 2))) == [[[12, "cached"], [24, "cached"]]]
        assert package.run(both.format((2, 1))) == [[[24, "cached"], [12, "cached"]]]

    def test_what_was_compiled_after_a_constant_had_changed_is_not_cached(self, package):
        changed = "halved(3.0), halved.py_func.__globals__.update(SHARE=1.5), outer(3.0)"
        assert package.run(changed) == [1.5, None, 2.5]  # by the halved of before
        assert package.run("outer(3.0), found(outer), found(halved)") == [2.5, "compiled", "cached"]

    def test_knows_a_kernel_by_the_same_digest_wherever_it_is(self, tmp_path):
        code = "from excolor.numerics import cache_key, matmul; import json;"
        code += "print(json.dumps(cache_key.cache_key(matmul.product)))"
        one, other = (Package(tmp_path / seed).start(code, PYTHONHASHSEED=seed) for seed in ("1", "2"))
        assert answer(one) == answer(other)

    def test_several_may_compile_at_once(self, package):
        for _ in ("cold", "damaged"):
            for file in package.files():
                file.write_bytes(file.read_bytes()[:100])
            processes = [package.start(CODE.format("outer(3.0)")) for _ in range(3)]
            assert [answer(process) for process in processes] == [[2.5]] * 3
        assert package.run() == [2.5, "cached"]
        assert sorted(package.folder.iterdir()) == package.files()  # and no drafts


class Kernel:
    """A kernel in a file of its own, each time as a process finds it that has not called it yet."""

    def __init__(self, root, monkeypatch):
        self.root = root
        self.cache = root / "cache" / "excolor"
        monkeypatch.setenv("XDG_CACHE_HOME", str(self.cache.parent))
        (root / "a_kernel.py").write_text("def raised(x): return x + 1")
        monkeypatch.syspath_prepend(root)
        monkeypatch.delitem(sys.modules, "a_kernel", raising=False)
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        self.function = importlib.import_module("a_kernel").raised
        self.folder = root / "__pycache__" / "kernels"

    def call(self):
        """Whether it came from the cache; its value is checked."""
        kernel = compiled(self.function)
        assert kernel(2.0) == 3
        return bool(kernel.stats.cache_hits)

    @property
    def file(self):
        (file,) = self.folder.iterdir()
        return file


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    return Kernel(tmp_path, monkeypatch)


@pytest.fixture
def warm(kernel):
    """One that has been compiled."""
    assert not kernel.call()
    return kernel


class TestCachedKernel:
    def test_is_found_beside_the_source(self, warm):
        assert warm.call()
        assert not warm.cache.exists()

    def test_and_is_this_users(self, warm):
        assert stat.S_IMODE(warm.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(warm.file.stat().st_mode) == 0o600

    def test_not_if_it_was_given_a_function(self, warm):
        """The cache key does not hold the code of a function given as an argument."""
        given = compiled(warm.function)
        for _ in range(2):
            kernel = compiled(applied)
            assert kernel(given, 2.0) == 3
            assert not kernel.stats.cache_hits


def applied(function, x):
    return function(x)


class TestDamagedFiles:
    @pytest.mark.parametrize(
        "damage",
        [
            lambda content: b"",
            lambda content: content[:40],
            lambda content: content[:-1],
            lambda content: content[:-1] + bytes([content[-1] ^ 1]),
            lambda content: b"\0" * len(content),
            lambda content: pickle.dumps({"a": "foreign object"}),
            lambda content: content[:64] + pickle.dumps({"a": "foreign object"}),
            lambda content: sealed(content, pickle.dumps({"a": "foreign object"})),
            lambda content: sealed(content, b"garbage"),
        ],
        ids=["empty", "head", "end", "bit", "zeros", "foreign", "foreign body", "sealed foreign", "sealed garbage"],
    )
    def test_are_replaced(self, warm, damage):
        warm.file.write_bytes(damage(warm.file.read_bytes()))
        assert not warm.call()
        assert warm.call()

    def test_are_not_even_unpickled(self, warm):
        mark = warm.root / "mark"
        warm.file.write_bytes(warm.file.read_bytes()[:64] + pickle.dumps(Mark(str(mark))))
        assert not warm.call()
        assert not mark.exists()

    def test_even_a_folder_in_their_place_stops_nothing(self, warm):
        file = warm.file
        file.unlink()
        file.mkdir()
        assert not warm.call()


class TestWhereOthersCanWrite:
    @pytest.fixture
    def poisoned(self, warm):
        """Its file is in order, but makes a folder when it is unpickled."""
        warm.mark = warm.root / "mark"
        warm.file.write_bytes(sealed(warm.file.read_bytes(), pickle.dumps(Mark(str(warm.mark)))))
        return warm

    def test_it_would_be_unpickled_elsewhere(self, poisoned):
        assert not poisoned.call()
        assert poisoned.mark.exists()

    @pytest.mark.parametrize("mode", [0o770, 0o707])
    def test_no_folder_is_used(self, poisoned, mode):
        poisoned.folder.chmod(mode)
        before = poisoned.file.read_bytes()
        self.is_passed_over(poisoned)
        assert poisoned.file.read_bytes() == before

    def test_no_link_to_a_folder_is_used(self, poisoned):
        poisoned.folder.rename(poisoned.root / "elsewhere")
        poisoned.folder.symlink_to(poisoned.root / "elsewhere")
        self.is_passed_over(poisoned)

    @pytest.mark.skipif(os.geteuid() != 0, reason="gives the folder to another user")
    def test_no_folder_of_another_user_is_used(self, poisoned):
        os.chown(poisoned.folder, 12345, -1)
        self.is_passed_over(poisoned)

    @staticmethod
    def is_passed_over(poisoned):
        assert not poisoned.call()
        assert poisoned.call()
        assert not poisoned.mark.exists()
        assert any(poisoned.cache.iterdir())

    @pytest.mark.parametrize("mode", [0o620, 0o602])
    def test_no_file_is_read(self, poisoned, mode):
        poisoned.file.chmod(mode)
        assert not poisoned.call()
        assert not poisoned.mark.exists()
        assert stat.S_IMODE(poisoned.file.stat().st_mode) == 0o600
        assert poisoned.call()


class TestWhereNothingCanBeCached:
    @pytest.fixture
    def closed(self, kernel):
        """A file stands where the folder would be: unlike a mode, it stops root too."""
        (kernel.root / "__pycache__").write_text("")
        return kernel

    def test_beside_the_source_the_users_cache_is_used(self, closed):
        assert not closed.call()
        assert closed.call()
        assert stat.S_IMODE(closed.cache.stat().st_mode) == 0o700

    def test_which_is_in_the_home_if_nothing_else_is_said(self, closed, monkeypatch):
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setenv("HOME", str(closed.root))
        assert not closed.call()
        assert any((closed.root / ".cache" / "excolor").iterdir())

    @pytest.mark.parametrize("cache", ["/dev/null", "relative", "~nobody-of-this-name/cache"])
    def test_each_process_compiles_for_itself(self, closed, monkeypatch, cache):
        monkeypatch.chdir(closed.root)
        monkeypatch.setenv("XDG_CACHE_HOME", cache)
        assert not closed.call()
        assert not closed.call()
        assert not Path("relative").exists()

    def test_on_a_full_disk_too(self, kernel, monkeypatch):
        def full(*args):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
        assert not kernel.call()
        assert not any(kernel.folder.iterdir())


def sealed(content, payload):
    """A file as it would be if its kernel had been this one."""
    return content[:32] + sha256(payload).digest() + payload


class Mark:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)
