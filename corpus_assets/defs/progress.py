"""Progress of running steps, told to whoever listens in this process (the `corpus` command)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Event(NamedTuple):
    """`done` of `total` units of a step are finished; `label` says what is at hand."""

    step: str
    partition: str
    label: str
    done: int
    total: int


Listener = Callable[[Event], None]
_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send every event of this process to `listener` while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(event: Event) -> None:
    """Tell the listeners, if any."""
    for listener in _listeners:
        listener(event)
