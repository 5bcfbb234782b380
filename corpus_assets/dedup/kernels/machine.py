"""Four machine operations that numba has no function for, as LLVM instructions.

Belongs here: unaligned loads, the byte class of 64 bytes at once, counting zeros and ones. The
instructions are generic vectors, so LLVM lowers them to whatever the processor has.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_I8, _I64 = ir.IntType(8), ir.IntType(64)
_BLOCK = ir.VectorType(_I8, 64)


def _splat(value: int) -> ir.Constant:
    return ir.Constant(_BLOCK, [ir.Constant(_I8, value)] * 64)


@intrinsic  # type: ignore[untyped-decorator]
def load_word(_context: Any, address: Any) -> Any:
    """The eight bytes at an address as a little-endian number; all must be readable."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        pointer = builder.inttoptr(arguments[0], _I64.as_pointer())
        word = builder.load(pointer)
        word.align = 1
        return word

    return types.uint64(address), generate


@intrinsic  # type: ignore[untyped-decorator]
def token_mask(_context: Any, address: Any) -> Any:
    """Of the 64 bytes at an address, which are token bytes: bit i for byte i.

    Token bytes are [A-Za-z0-9_] and those from 0x80 on.
    """

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        pointer = builder.inttoptr(arguments[0], _BLOCK.as_pointer())
        block = builder.load(pointer)
        block.align = 1
        lower = builder.or_(block, _splat(0x20))
        letter = builder.icmp_unsigned("<", builder.sub(lower, _splat(ord("a"))), _splat(26))
        digit = builder.icmp_unsigned("<", builder.sub(block, _splat(ord("0"))), _splat(10))
        line = builder.icmp_unsigned("==", block, _splat(ord("_")))
        high = builder.icmp_unsigned(">=", block, _splat(0x80))
        found = builder.or_(builder.or_(letter, digit), builder.or_(line, high))
        return builder.bitcast(found, _I64)

    return types.uint64(address), generate


@intrinsic  # type: ignore[untyped-decorator]
def trailing_zeros(_context: Any, value: Any) -> Any:
    """Number of zero bits below the lowest one bit; the value must not be 0."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(value), generate


@intrinsic  # type: ignore[untyped-decorator]
def n_ones(_context: Any, value: Any) -> Any:
    """Number of one bits."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(value), generate
