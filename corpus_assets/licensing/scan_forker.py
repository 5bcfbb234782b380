"""The process that holds ScanCode's index, as seen from the process that needs workers.

Belongs here: starting it once per process, asking it for workers, ending it. Does not belong here:
what it does (`_scan_worker.py`) and what workers are given (`scan_pool.py`).

`multiprocessing` has a fork server, too, but its children import the caller's main script, which
need not be made for that, and its list of modules to load is one for the whole process.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from corpus_assets.licensing.scancode_engine import EngineError

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from corpus_assets.licensing._scan_worker import serve; serve(int(sys.argv[2]))"
)
_STDERR = 2
# One thread, for forking is safe only then. Buffers from 1 MB on go back to the system at once
# (glibc would keep ever larger ones): 40 MB less per worker.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": str(1 << 20)}
_lock = threading.Lock()
_shared: list[Forker] = []


class Forker:
    """A running process with ScanCode loaded. Raises EngineError if it cannot be."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=_STDERR,  # ScanCode prints; our output is data
            start_new_session=True,  # Ctrl-C is for us: it ends when we do
            env=os.environ | _ENVIRONMENT,
        )
        theirs.close()
        answer = self._answer()
        if "error" in answer:
            self.close()
            raise EngineError(answer["error"])
        self.engine: str = answer["engine"]

    def fork(self, connection: Connection) -> int:
        """Start a worker that listens at `connection`; its process id."""
        with self._lock:
            socket.send_fds(self._control, [b"fork"], [connection.fileno()])
            return int(self._answer()["pid"])

    def end(self, pid: int) -> int:
        """The exit code of a worker, negative after a signal; it is killed unless it has ended."""
        with self._lock:
            self._control.send(str(pid).encode())
            return int(self._answer()["exit_code"])

    def is_ours(self) -> bool:
        """Whether it runs and was started by this process, not by one that this was forked from."""
        return self._owner == os.getpid() and self._process.poll() is None

    def close(self) -> None:
        """End it and its workers."""
        self._control.close()
        if self._owner == os.getpid():
            self._process.wait()

    def _answer(self) -> dict[str, Any]:
        message = self._control.recv(4096)
        if not message:
            code = self._process.wait()
            raise EngineError(
                f"the process that loads ScanCode ended with code {code}; it needs 2 GB of memory"
            )
        answer: dict[str, Any] = json.loads(message)
        return answer


def shared_forker() -> Forker:
    """This process's own forker, started when first needed and ended with the process."""
    with _lock:
        while _shared and not _shared[0].is_ours():
            _shared.pop().close()
        if not _shared:
            forker = Forker()
            atexit.register(forker.close)
            _shared.append(forker)
        return _shared[0]
