"""A step of PCG64, the generator of excolor.numerics.streams, in kernels. Its state has 128 bits, and numba only 64."""

from typing import Any

import numba
from llvmlite import ir
from numba.extending import intrinsic

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
_WORD, _STATE = ir.IntType(64), ir.IntType(128)


def _step(context: Any, state: Any, increment: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        state, increment = (_joined(builder, words) for words in arguments)
        state = builder.add(builder.mul(state, _STATE(MULTIPLIER)), increment)
        words = builder.trunc(builder.lshr(state, _STATE(_WORD.width)), _WORD), builder.trunc(state, _WORD)
        return context.make_tuple(builder, signature.return_type, words)

    words = numba.types.UniTuple(numba.uint64, 2)
    return words(words, words), generate


def _joined(builder: Any, words: Any) -> Any:
    high, low = (builder.zext(builder.extract_value(words, i), _STATE) for i in range(2))
    return builder.or_(builder.shl(high, _STATE(_WORD.width)), low)


# Only compiled code can call this function.
step: Any = intrinsic(_step)
"""step(state, increment): the state times the multiplier, and the increment; each as its higher and lower 64 bits."""
