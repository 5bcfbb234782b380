"""Many texts, several processes, one index: ScanCode's answers in the order of the texts.

Belongs here: handing out texts, collecting answers, and what happens to a text that takes too
long or brings its process down. Does not belong here: the processes themselves
(`scan_forker.py`, `_scan_worker.py`) and the question (`scancode.py`).
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, Pipe, wait
from typing import NamedTuple, cast

from corpus_assets.licensing.scan_forker import Forker, shared_forker
from corpus_assets.licensing.scancode import DEADLINE_SECONDS, Detection, State

# A worker is replaced after so many files, before it has touched, and so copied, too much of the
# shared index; forking another takes 20 ms.
FILES_PER_WORKER = 1_000
# Small texts travel together; a worker answers them one by one.
_BATCH_FILES, _BATCH_CHARACTERS = 16, 200_000
# Answers that wait for an earlier one.
_MAX_WAITING = 10_000
# The limit counts a worker's CPU time; a worker that gets none is given up after so many times
# the limit.
_PATIENCE = 20


class _Task(NamedTuple):
    number: int
    path: str
    text: str


def scan_texts(
    texts: Iterable[tuple[str, str, str]],
    *,
    workers: int | None = None,
    seconds: float = DEADLINE_SECONDS,
    on_answer: Callable[[int], None] = lambda _: None,
) -> Iterator[tuple[str, Detection]]:
    """(key, what ScanCode says) for every (key, path, text), in the order given.

    `workers` defaults to the cores this process may use. A text gets `seconds` of CPU time; one
    that needs more is `timed_out`, one that ends its process otherwise, or wants more than 2 GB,
    is `crashed`, and the others are not touched. `on_answer` is told how many answers there are,
    in whatever order they come. Raises EngineError if ScanCode cannot be loaded.
    """
    source = iter(texts)
    first = next(source, None)
    if first is None:
        return
    crew = _Crew(shared_forker(), workers or _cores(), seconds)
    keys: deque[str] = deque()
    answers: dict[int, Detection] = {}
    item: tuple[str, str, str] | None = first
    given = answered = done = 0
    try:
        while item is not None or done < given:
            while item is not None and crew.wants_more() and given - done < _MAX_WAITING:
                key, path, text = item
                keys.append(key)
                crew.queue.append(_Task(given, path, text))
                given += 1
                item = next(source, None)
            for number, detection in crew.collect():
                answers[number] = detection
                answered += 1
                on_answer(answered)
            while done in answers:
                yield keys.popleft(), answers.pop(done)
                done += 1
    finally:
        crew.dismiss()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """A worker process; the first of `given` is the text it is at, since `since`."""

    def __init__(self, forker: Forker) -> None:
        self.connection, theirs = Pipe()
        self.pid = forker.fork(theirs)
        theirs.close()
        self.given: deque[_Task] = deque()
        self.files = 0
        self.since = time.monotonic()

    def give(self, tasks: list[_Task], seconds: float) -> None:
        self.given.extend(tasks)
        self.files += len(tasks)
        self.since = time.monotonic()
        self.connection.send([(task.path, task.text, seconds) for task in tasks])


class _Crew:
    """The workers and the texts that none of them has yet."""

    def __init__(self, forker: Forker, size: int, seconds: float) -> None:
        self.queue: deque[_Task] = deque()
        self._forker, self._size, self._seconds = forker, size, seconds
        self._workers: list[_Worker] = []

    def wants_more(self) -> bool:
        """Whether there is less in the queue than the workers may soon take."""
        return len(self.queue) < 2 * _BATCH_FILES * self._size

    def collect(self) -> list[tuple[int, Detection]]:
        """Hand out what can be handed out and wait for at least one answer."""
        self._hand_out()
        busy = {worker.connection: worker for worker in self._workers if worker.given}
        patience = self._seconds * _PATIENCE
        oldest = min(worker.since for worker in busy.values())
        ready = wait(list(busy), max(0.0, oldest + patience - time.monotonic()))
        found: list[tuple[int, Detection]] = []
        for connection in ready:
            worker = busy[cast(Connection, connection)]
            try:
                detection: Detection = worker.connection.recv()
            except (EOFError, OSError):
                found.append(self._lost(worker))
                continue
            found.append((worker.given.popleft().number, detection))
            worker.since = time.monotonic()
        for worker in busy.values():
            if worker in self._workers and time.monotonic() - worker.since > patience:
                found.append(self._lost(worker, "timed_out"))
        return found

    def dismiss(self) -> None:
        """End all workers."""
        while self._workers:
            self._end(self._workers[0])

    def _hand_out(self) -> None:
        for worker in [worker for worker in self._workers if not worker.given]:
            if worker.files >= FILES_PER_WORKER:
                self._end(worker)
            elif self.queue:
                self._give(worker)
        while self.queue and len(self._workers) < self._size:
            worker = _Worker(self._forker)
            self._workers.append(worker)
            self._give(worker)

    def _give(self, worker: _Worker) -> None:
        share = min(_BATCH_FILES, -(-len(self.queue) // self._size))
        tasks = [self.queue.popleft()]
        size = len(tasks[0].text)
        while len(tasks) < share and size + len(self.queue[0].text) <= _BATCH_CHARACTERS:
            tasks.append(self.queue.popleft())
            size += len(tasks[-1].text)
        try:
            worker.give(tasks, self._seconds)
        except OSError:  # it died before it was given anything: no text is to blame
            self._end(worker)
            self.queue.extendleft(reversed(tasks))

    def _lost(self, worker: _Worker, state: State | None = None) -> tuple[int, Detection]:
        """The answer for the text that a worker was at when it ended; its others wait again."""
        code = self._end(worker)
        state = state or ("timed_out" if code == -signal.SIGXCPU else "crashed")
        task = worker.given.popleft()
        self.queue.extendleft(reversed(worker.given))
        return task.number, Detection((), state, self._forker.engine)

    def _end(self, worker: _Worker) -> int:
        self._workers.remove(worker)
        worker.connection.close()
        return self._forker.end(worker.pid)
