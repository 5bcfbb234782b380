"""The processes that ask ScanCode: one that loads its index and only forks, and its children.

Belongs here: what runs in those processes. Does not belong here: who starts them
(`scan_forker.py`) and what they are given (`scan_pool.py`).

The first process has one thread, loads the index (1.1 GB) once and forks a worker on demand: so
workers share the index, and the process that asks may have any threads it likes. It ends, and its
workers with it, when the other end of its socket is closed, for whatever reason.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import signal
import socket
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from corpus_assets.licensing.scancode import detect
from corpus_assets.licensing.scancode_engine import EngineError, answers_by

# Address space a worker may add to the shared index. ScanCode stays below 0.5 GB on sources of a
# megabyte; its users report 2 to 12 GB on single files (reference/licensing.md, section 7).
MEMORY_BYTES = 2 << 30
_STATM = Path("/proc/self/statm")
# CPython's object allocator, and the size of an empty bytes object.
_POOL_BYTES, _BYTES_HEAD = 16_384, 33
_FRESH_POOLS, _MOST_FILLED = 8, 100_000_000


def serve(descriptor: int) -> None:
    """Load ScanCode, then obey the socket: fork a worker for a passed descriptor, end a worker."""
    control = socket.socket(fileno=descriptor)
    try:
        made_by = answers_by()
    except EngineError as error:
        _reply(control, {"error": str(error)})
        return
    # What ScanCode imports late is shared, too.
    detect("License: MIT\n", "warm.c")
    detect("License: MIT\n" + "x = 1, " * 100, "warm.json")
    gc.collect()
    fillers = _fill_gaps()
    gc.freeze()
    _reply(control, {"engine": made_by})
    children: set[int] = set()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 64, 1)
        if not message:
            break
        if descriptors:
            pid = os.fork()
            if pid == 0:
                control.close()
                _work(Connection(descriptors[0]))
            os.close(descriptors[0])
            children.add(pid)
            _reply(control, {"pid": pid})
        else:
            pid = int(message)
            children.discard(pid)
            _reply(control, {"exit_code": _end(pid)})
    for pid in children:
        _end(pid)
    fillers.clear()


def _fill_gaps() -> list[list[bytes]]:
    """Objects that fill the free places which loading the index left all over the memory.

    Where a worker puts an object into such a place, it gets a copy of the whole page: without
    this, 30 MB per worker. Python takes objects of one size from pools; when several pools' worth
    of them lie side by side, the places between older objects are used up.
    """
    fillers = []
    for size in range(48, 513, 16):
        per_pool, fresh, filled = _POOL_BYTES // size, 0, 0
        while fresh < _FRESH_POOLS and filled < _MOST_FILLED:
            block = [bytes(size - _BYTES_HEAD) for _ in range(per_pool)]
            fillers.append(block)
            places = [id(item) for item in block]
            aside = sum(next_ - place == size for place, next_ in pairwise(places))
            fresh = fresh + 1 if aside > 0.9 * per_pool else 0
            filled += _POOL_BYTES
    return fillers


def _reply(control: socket.socket, answer: dict[str, int | str]) -> None:
    control.send(json.dumps(answer).encode())


def _end(pid: int) -> int:
    """Kill a worker unless it has ended; its exit code, negative after a signal."""
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _work(connection: Connection) -> None:
    """Answer batches of (path, text, seconds), file by file, until the other end is closed."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _STATM.exists():
        pages = int(_STATM.read_text().split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY_BYTES)
    code = 1  # of a MemoryError outside ScanCode, say
    try:
        while True:
            for path, text, seconds in connection.recv():
                used = resource.getrusage(resource.RUSAGE_SELF)
                # The kernel ends the process with SIGXCPU: nothing in C code can hold it up.
                _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds))
                connection.send(detect(text, path, seconds=math.inf))
    except (EOFError, ConnectionError):
        code = 0  # the other end is closed: nobody waits for an answer
    finally:
        os._exit(code)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
