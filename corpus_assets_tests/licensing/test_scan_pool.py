"""Workers that share ScanCode's index: order, limits, crashes, and what is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_assets.licensing import scan_forker, scan_pool
from corpus_assets.licensing.scan_forker import shared_forker
from corpus_assets.licensing.scan_pool import scan_texts
from corpus_assets.licensing.scancode import detect
from corpus_assets.licensing.scancode_engine import EngineError, answers_by

TEXTS = [
    (f"{number:03}", f"{number}.py", text)
    for number, text in enumerate(
        ["# License: MIT\n", "x = 1\n", "# SPDX-License-Identifier: ISC\n", "", "# License: ISC\n"]
        * 9
    )
]


def _expressions(number: int) -> list[str]:
    return [["MIT"], [], ["ISC"], [], ["ISC"]][number % 5]


@pytest.mark.parametrize("workers", [1, 3])
def test_answers_come_in_the_order_of_the_texts(workers: int) -> None:
    counted: list[int] = []
    found = list(scan_texts(iter(TEXTS), workers=workers, on_answer=counted.append))
    assert [key for key, _ in found] == [key for key, _, _ in TEXTS]
    said = [[item.expression for item in detection.statements] for _, detection in found]
    assert said == [_expressions(number) for number in range(len(TEXTS))]
    assert counted == list(range(1, len(TEXTS) + 1))
    assert {detection.engine for _, detection in found} == {answers_by()}
    assert found[2][1] == detect(TEXTS[2][2], TEXTS[2][1])


def test_no_texts_need_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_pool, "shared_forker", lambda: pytest.fail("started"))
    assert list(scan_texts([])) == []


def test_texts_are_taken_as_they_are_needed() -> None:
    taken = []

    def endless() -> Iterator[tuple[str, str, str]]:
        while True:
            taken.append(1)
            yield "", "a.py", "# License: MIT\n"

    found = scan_texts(endless(), workers=1)
    assert next(found)[1].statements
    assert len(taken) < 200
    found.close()
    assert not _workers()


def _busy() -> str:
    """A text that takes ScanCode half a minute: license words and nothing else."""
    return "license gpl bsd mit apache " * 12_000


def test_a_text_out_of_time_costs_no_other_its_answer() -> None:
    texts = [*TEXTS[:3], ("slow", "LICENSES", _busy()), *TEXTS[3:6]]
    found = dict(scan_texts(texts, workers=1, seconds=1))
    assert (found["slow"].statements, found["slow"].state) == ((), "timed_out")
    assert {found[key].state for key, _, _ in TEXTS[:6]} == {"complete"}
    assert found["002"].statements[0].expression == "ISC"


def _workers() -> list[int]:
    """The process ids of this process's workers."""
    forker = shared_forker()._process.pid
    children = Path(f"/proc/{forker}/task/{forker}/children").read_text().split()
    return [int(child) for child in children]


def test_a_crash_is_blamed_on_the_text_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    give = scan_pool._Worker.give
    killed: list[int] = []

    def give_and_kill(
        worker: scan_pool._Worker, tasks: list[scan_pool._Task], seconds: float
    ) -> None:
        give(worker, tasks, seconds)
        if tasks[0].text == _busy():
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGSEGV)

    monkeypatch.setattr(scan_pool._Worker, "give", give_and_kill)
    texts = [*TEXTS[:3], ("hostile", "x", _busy()), *TEXTS[3:6]]
    monkeypatch.setattr(scan_pool, "_BATCH_FILES", 1)
    found = dict(scan_texts(texts, workers=2))
    assert len(killed) == 1
    assert (found["hostile"].statements, found["hostile"].state) == ((), "crashed")
    assert {found[key].state for key, _, _ in TEXTS[:6]} == {"complete"}


def test_a_worker_that_dies_between_texts_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_pool, "_BATCH_FILES", 1)
    pairs = []
    for key, detection in scan_texts(TEXTS[:6], workers=1):
        pairs.append((key, detection.state))
        for worker in _workers():
            os.kill(worker, signal.SIGKILL)
            time.sleep(0.05)
    assert [key for key, _ in pairs] == [key for key, _, _ in TEXTS[:6]]
    assert pairs[0][1] == "complete"


def test_workers_are_replaced_and_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_pool, "FILES_PER_WORKER", 2)
    monkeypatch.setattr(scan_pool, "_BATCH_FILES", 2)
    forked: list[int] = []
    fork = scan_forker.Forker.fork
    monkeypatch.setattr(
        scan_forker.Forker, "fork", lambda self, end: forked.append(1) or fork(self, end)
    )
    assert len(list(scan_texts(TEXTS[:9], workers=1))) == 9
    assert len(forked) == 5
    assert not _workers()


def test_threads_may_scan_at_the_same_time() -> None:
    found: dict[int, list[str]] = {}

    def scan(name: int) -> None:
        found[name] = [key for key, _ in scan_texts(TEXTS, workers=1)]

    threads = [threading.Thread(target=scan, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [[key for key, _, _ in TEXTS]] * 3


SCRIPT = """
import sys
print("main", flush=True)
from corpus_assets.licensing.scan_forker import shared_forker
from corpus_assets.licensing.scan_pool import scan_texts
texts = scan_texts((("k", "a.py", "# License: MIT") for _ in iter(int, 1)), workers=2)
print(next(texts)[1].statements[0].expression, shared_forker()._process.pid, flush=True)
sys.stdin.read()
"""


def test_no_process_outlives_its_parent() -> None:
    # A script without a main guard: nothing may run it a second time.
    parent = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert parent.stdout is not None
    assert parent.stdout.readline() == "main\n"
    expression, forker = parent.stdout.readline().split()
    assert expression == "MIT"
    parent.kill()
    output, _ = parent.communicate()
    assert output == ""
    for _ in range(200):
        if not Path(f"/proc/{forker}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the forker still runs")


def test_scancode_that_does_not_load_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "licensedcode"
    broken.mkdir()
    (broken / "__init__.py").write_text("import os\nraise Exception(str(os.environ))\n")
    monkeypatch.setenv("SECRET_OF_TEST", "do-not-log")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(EngineError) as error:
        scan_forker.Forker()
    assert "pluggy" in str(error.value)
    assert "do-not-log" not in str(error.value)
