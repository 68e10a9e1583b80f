"""The same bits whatever processor the libraries take this one for.

Libraries choose their kernels by processor when they are loaded, and heed variables of the environment that make them
choose others. Fresh processes measure small ensembles under such settings, and must come to the bits that a process
without any has on the same machine: where the bits depend on no library's choice, they depend on no processor's.
"""

import json
import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as numpy_core  # type: ignore[attr-defined]

pytestmark = pytest.mark.skipif(
    platform.machine() != "x86_64", reason="the libraries' switches, and the promise, are for x86-64 processors"
)

PROGRAM = Path(__file__).with_name("measured_bits.py")

# Numpy's groups of instructions above its baseline: only those that this processor has can be disabled.
DISPATCHED = [name for name in numpy_core.__cpu_dispatch__ if numpy_core.__cpu_features__[name]]
ABOVE_AVX2 = [name for name in DISPATCHED if "AVX512" in name or name == "X86_V4"]
HAS_AVX512 = numpy_core.__cpu_features__["AVX512_SKX"]

# What each setting is known to move, where the libraries' own functions are asked:
#
# - MKL_VML_DEBUG_CPU_TYPE chooses the kernels of MKL's vector functions, torch's sqrt, exp, log and others, whoever
#   made the processor: 0 to 2 for any, 3 with AVX2, 5 with AVX-512. Of 0, 1, 3 and 5 no two agree on roots of float32.
#   Without it all but Intel's processors get 0, as Intel's do under MKL_CBWR=COMPATIBLE. No setting shows what is left
#   then: this kernel rests on the instruction rsqrtps, an approximation of which every maker has his own.
# - MKL_CBWR chooses those of its products: COMPATIBLE moves them everywhere, the others on Intel's processors alone,
#   and so does MKL_ENABLE_INSTRUCTIONS.
# - ATEN_CPU_CAPABILITY: "default" moves torch's sigmoid, atan2 and lerp everywhere; avx2 moves little from avx512.
# - NPY_DISABLE_CPU_FEATURES: without AVX-512 numpy's power, arctan2, exp, log and nearly all of that kind move where
#   there is AVX-512, and which of equal numbers argsort names first; without AVX2 its sin and cos of float32 as well.
# - OPENBLAS_CORETYPE: Prescott moves numpy's `@`, norm and linalg everywhere, Haswell and Zen those from SkylakeX.
# - NUMBA_CPU_NAME moves nothing: kernels say what is rounded.
# - GLIBC_TUNABLES: without FMA and AVX2 libm's exp, log, pow, sin and cos move, and so do Python's. No x86-64-v3
#   processor is without; but another libm would move the same.
PROCESSORS = {
    "oldest": [
        "MKL_CBWR=COMPATIBLE",
        "MKL_VML_DEBUG_CPU_TYPE=1",
        "ATEN_CPU_CAPABILITY=default",
        f"NPY_DISABLE_CPU_FEATURES={' '.join(DISPATCHED)}",
        "OPENBLAS_CORETYPE=Prescott",
    ],
    "Haswell": [
        "MKL_CBWR=AVX2",
        "MKL_VML_DEBUG_CPU_TYPE=3",
        "ATEN_CPU_CAPABILITY=avx2",
        f"NPY_DISABLE_CPU_FEATURES={' '.join(ABOVE_AVX2)}",
        "OPENBLAS_CORETYPE=Haswell",
        "NUMBA_CPU_NAME=haswell",
    ],
    "Zen 3": [
        "MKL_ENABLE_INSTRUCTIONS=AVX2",
        "MKL_VML_DEBUG_CPU_TYPE=0",
        "ATEN_CPU_CAPABILITY=avx2",
        f"NPY_DISABLE_CPU_FEATURES={' '.join(ABOVE_AVX2)}",
        "OPENBLAS_CORETYPE=Zen",
        "NUMBA_CPU_NAME=znver3",
    ],
    "Skylake-X": [
        "MKL_CBWR=AVX512",
        "MKL_VML_DEBUG_CPU_TYPE=5",
        "ATEN_CPU_CAPABILITY=avx512",
        "OPENBLAS_CORETYPE=SkylakeX",
        "NUMBA_CPU_NAME=skylake-avx512",
    ],
    "libm without FMA": [
        "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
        "MKL_ENABLE_INSTRUCTIONS=SSE4_2",
        "MKL_VML_DEBUG_CPU_TYPE=2",
    ],
}
"""Settings that do not hide each other, so that one process shows what any of them moves."""

RUNNABLE = [name for name in PROCESSORS if HAS_AVX512 or name != "Skylake-X"]
"""Those whose kernels this processor can run."""

SWITCHES = {setting.partition("=")[0] for settings in PROCESSORS.values() for setting in settings}


@cache
def bits(*settings):
    """The digests, by quantity, of a process under these settings and under no other switch."""
    environment = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    environment |= dict(setting.split("=", 1) for setting in settings)
    if "NUMBA_CPU_NAME" in environment:
        environment["NUMBA_CPU_FEATURES"] = ""  # those of the processor named, not of this one
    run = subprocess.run([sys.executable, PROGRAM], env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def moved(*settings):
    """The quantities that have other bits than without the settings."""
    plain, forced = bits(), bits(*settings)
    return [name for name in plain if forced[name] != plain[name]]


def of_verdicts(names):
    return [name for name in names if not name.startswith("library: ")]


@pytest.fixture(scope="module", autouse=True)
def two_at_a_time():
    """All processes, measured ahead: for each processor named, kernels may have to be compiled."""
    with ThreadPoolExecutor(2) as pool:
        wait([pool.submit(bits, *settings) for settings in [[], *(PROCESSORS[name] for name in RUNNABLE)]])


@pytest.mark.parametrize("processor", RUNNABLE)
def test_same_bits(processor):
    """As on another processor; where bits move, the settings are tried one by one."""
    settings = PROCESSORS[processor]
    if together := of_verdicts(moved(*settings)):
        alone = {setting: of_verdicts(moved(setting)) for setting in settings} if len(settings) > 1 else {}
        report = {"all": together} | {setting: names for setting, names in alone.items() if names}
        pytest.fail("\n".join(f"{under} moves {len(names)}: {', '.join(names)}" for under, names in report.items()))


def test_settings_are_heeded():
    """The control: the oldest processor's kernels give the libraries' own functions other bits."""
    names = [name for name in moved(*PROCESSORS["oldest"]) if name.startswith("library: ")]
    assert {name.removeprefix("library: ").partition("'")[0] for name in names} == {"numpy", "torch"}
