"""Zstandard as a stream that notices when it is cut short."""

from __future__ import annotations

from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO

import zstandard

_CHUNK = 256 * 1024


class _Zstd(RawIOBase):
    """Frames one after another; the library's own reader takes a truncated frame for the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._frame: Any = None
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and self._feed():
            pass
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _feed(self) -> bool:
        rest = b""
        if self._frame is not None and self._frame.eof:
            rest, self._frame = self._frame.unused_data, None
        packed = rest or self._stream.read(_CHUNK)
        if not packed:
            if self._frame is not None:
                raise EOFError("the Zstandard stream ends within a frame")
            return False
        if self._frame is None:
            self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = self._frame.decompress(packed)
        return True


def open_zstd(stream: BinaryIO) -> BufferedReader:
    """The decompressed bytes. Reading raises EOFError when the stream is truncated."""
    return BufferedReader(_Zstd(stream), _CHUNK)
