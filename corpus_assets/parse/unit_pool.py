"""A function over many documents in a process of its own, which may loop or crash.

Belongs here: forking the worker, its limits, and going on after the document that ended it. Does
not belong here: what is done with a document (`units.py`).

Limits on a parse (`syntax.py`) are kept by the parser itself, which a scanner that loops inside
one token or a grammar that writes outside its memory does not ask. Here the kernel keeps them.
"""

from __future__ import annotations

import math
import os
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, NamedTuple, TypeVar, cast

SECONDS = 30
"""CPU time of one document. Sources within the step limit of `syntax.py` take 10 s at most."""
MEMORY_BYTES = 4 << 30
_GROUP_CHARACTERS = 4_000_000  # given to one worker; a fork takes some 10 ms
_GROUP_DOCUMENTS = 4_000
# A worker that gets no CPU time (or waits for ever) is given up after so many times the limit.
_PATIENCE = 20

Job = tuple[str, str]
Answer = TypeVar("Answer")


class Failure(NamedTuple):
    """No answer for a document: it `timed_out`, or ended its process otherwise (`crashed`)."""

    reason: str


def isolated(
    function: Callable[[Job], Answer], jobs: Iterable[Job], seconds: int = SECONDS
) -> Iterator[Answer | Failure]:
    """`function(job)` for every (language, text), in order; answers must be picklable.

    Everything the function needs should be loaded before: a worker is a copy of this process. A
    document that ends its worker is a Failure; the ones after it go to the next worker.
    """
    for group in _groups(jobs):
        done = 0
        while done < len(group):
            for answer in _worker(function, group[done:], seconds):
                done += 1
                yield answer


def _groups(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    group: list[Job] = []
    size = 0
    for job in jobs:
        group.append(job)
        size += len(job[1])
        if size >= _GROUP_CHARACTERS or len(group) >= _GROUP_DOCUMENTS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _worker(
    function: Callable[[Job], Answer], jobs: list[Job], seconds: int
) -> Iterator[Answer | Failure]:
    """Answers of one worker; the last is a Failure if it ended before its time."""
    ours, theirs = Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        ours.close()
        _work(theirs, function, jobs, seconds)
    theirs.close()
    received, reason = 0, None
    try:
        while received < len(jobs):
            if not ours.poll(_PATIENCE * seconds):
                reason = "timed_out"
                break
            try:
                answer = cast(Answer, ours.recv())
            except EOFError:
                break
            received += 1
            yield answer
    finally:
        ours.close()
        code = _end(pid)
    if received < len(jobs):
        yield Failure(reason or ("timed_out" if code == -signal.SIGXCPU else "crashed"))


def _work(
    connection: Connection, function: Callable[[Job], Any], jobs: list[Job], seconds: int
) -> None:
    """Answer the jobs and end the process."""
    code = 1
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _limit_memory()
        for job in jobs:
            used = resource.getrusage(resource.RUSAGE_SELF)
            _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds))
            connection.send(function(job))
        code = 0
    except (BrokenPipeError, MemoryError):
        code = 2  # nobody waits for an answer, or the limit is reached: both are the end
    finally:
        os._exit(code)


def _limit_memory() -> None:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except FileNotFoundError:  # not on this system
        return
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY_BYTES)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _end(pid: int) -> int:
    """Kill a worker unless it has ended; its exit code, negative after a signal."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)
