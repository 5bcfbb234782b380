"""In which order tasks can be done."""

from collections.abc import Iterable, Mapping


class Cycle(ValueError):
    """Raised with the tasks of one circle of dependencies."""


def build_order(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Every task after what it needs; among free tasks the alphabetically first comes first."""
    waiting = {task: set(wanted) for task, wanted in needs.items()}
    for wanted in list(waiting.values()):
        for task in wanted:
            waiting.setdefault(task, set())
    order: list[str] = []
    while waiting:
        free = sorted(task for task, wanted in waiting.items() if not wanted)
        if not free:
            raise Cycle(", ".join(sorted(waiting)))
        order.append(free[0])
        del waiting[free[0]]
        for wanted in waiting.values():
            wanted.discard(free[0])
    return order
