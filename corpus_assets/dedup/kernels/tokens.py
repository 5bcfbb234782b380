"""Token hashes of texts: 64 bits per run of identifier bytes, in the order of the text.

Belongs here: what a token is and its hash. Shingles follow from token hashes in `shingles`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_assets.compiled import compiled, inlined
from corpus_assets.dedup.kernels.machine import load_word, token_mask, trailing_zeros

_A = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio
_B = np.uint64(0xD6E8FEB86659FD93)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_NO = np.uint64(0)
_ONE = np.uint64(1)
_BYTE = np.uint64(8)
_WORD = 8
_BLOCK = 64


@inlined
def is_token_byte(byte: Any) -> Any:
    """Whether a byte is [A-Za-z0-9_] or from 0x80 on."""
    return (
        byte >= 0x80
        or ((byte | 0x20) - 97 < 26 and (byte | 0x20) >= 97)
        or 48 <= byte <= 57
        or byte == 95
    )


@inlined
def _word(data: Any, at: Any, end: Any) -> Any:
    """Up to eight bytes from `at` below `end`, read one by one: for the end of the buffer."""
    word = _NO
    for i in range(min(_WORD, end - at)):
        word |= np.uint64(data[at + i]) << np.uint64(8 * i)
    return word


@inlined
def token_hash(data: Any, address: Any, start: Any, end: Any) -> Any:
    """Hash of the bytes data[start:end]: equal for equal bytes wherever they stand."""
    length = end - start
    if start + 2 * _WORD <= len(data):
        first = load_word(address + start)
        second = load_word(address + start + _WORD)
        # Shifts by 64 are undefined, so the masks are made in two steps.
        short = np.uint64(max(_WORD - length, 0)) * _BYTE
        more = np.uint64(min(max(length - _WORD, 0), _WORD)) * np.uint64(4)
        first &= _ALL >> short
        second &= ~((_ALL << more) << more)
    else:
        first = _word(data, start, end)
        second = _word(data, start + _WORD, end)
    value = (first ^ _A) * _B
    value ^= value >> np.uint64(29)
    value = (value + second) * _A
    value ^= value >> np.uint64(32)
    at = start + 2 * _WORD
    while at < end:
        word = load_word(address + at) if at + _WORD <= len(data) else _word(data, at, end)
        if end - at < _WORD:
            word &= _ALL >> (np.uint64(_WORD - (end - at)) * _BYTE)
        value = (value + word) * _A
        value ^= value >> np.uint64(32)
        at += _WORD
    return value


@inlined
def block_mask(data: Any, address: Any, at: Any, end: Any) -> Any:
    """Which of the up to 64 bytes from `at` below `end` are token bytes."""
    if at + _BLOCK <= len(data):
        mask = token_mask(address + at)
        if end - at < _BLOCK:
            mask &= (_ONE << np.uint64(end - at)) - _ONE
        return mask
    mask = _NO
    for i in range(min(end - at, _BLOCK)):
        if is_token_byte(data[at + i]):
            mask |= _ONE << np.uint64(i)
    return mask


@compiled
def hash_tokens(data: Any, start: Any, end: Any, out: Any) -> Any:
    """Write the token hashes of data[start:end] to `out`; returns how many there are.

    `data` is uint8, `out` uint64 with room for (end - start + 1) // 2 hashes.
    """
    address = data.ctypes.data
    n = 0
    open_at = start
    carry = _NO
    for at in range(start, end, _BLOCK):
        mask = block_mask(data, address, at, end)
        before = (mask << _ONE) | carry
        starts = mask & ~before
        ends = ~mask & before
        if end - at < _BLOCK:
            ends &= (_ONE << np.uint64(end - at)) - _ONE
        if carry == _NO and starts != _NO:
            open_at = at + np.int64(trailing_zeros(starts))
            starts &= starts - _ONE
        while ends != _NO:
            stop = at + np.int64(trailing_zeros(ends))
            ends &= ends - _ONE
            out[n] = token_hash(data, address, open_at, stop)
            n += 1
            if starts != _NO:
                open_at = at + np.int64(trailing_zeros(starts))
                starts &= starts - _ONE
        carry = mask >> np.uint64(63)
        if end - at < _BLOCK:
            carry = (mask >> np.uint64(end - at - 1)) & _ONE
    if carry != _NO:
        out[n] = token_hash(data, address, open_at, end)
        n += 1
    return n
