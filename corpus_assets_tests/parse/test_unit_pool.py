"""Workers that loop, crash or use up memory cost their document and no other."""

from __future__ import annotations

import faulthandler
import os
import signal

import pytest

from corpus_assets.parse import unit_pool
from corpus_assets.parse.unit_pool import Failure, isolated


def _answer(job: tuple[str, str]) -> str:
    language, text = job
    if text == "loop":
        while True:
            pass
    if text == "crash":
        faulthandler.disable()  # pytest's, which prints where
        os.kill(os.getpid(), signal.SIGSEGV)
    if text == "memory":
        return str(len(bytes(2 * unit_pool.MEMORY_BYTES)))
    return f"{language} {text}"


def test_answers_come_in_order_and_failures_stand_in_their_place() -> None:
    texts = ["a", "crash", "b", "loop", "memory", "c"]
    found = list(isolated(_answer, (("x", text) for text in texts), seconds=1))
    assert found == [
        "x a", Failure("crashed"), "x b", Failure("timed_out"), Failure("crashed"), "x c",
    ]  # fmt: skip


def test_groups_do_not_change_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [("x", str(i)) for i in range(10)]
    whole = list(isolated(_answer, jobs))
    monkeypatch.setattr(unit_pool, "_GROUP_DOCUMENTS", 3)
    assert list(isolated(_answer, jobs)) == whole == [f"x {i}" for i in range(10)]
    assert list(isolated(_answer, [])) == []
