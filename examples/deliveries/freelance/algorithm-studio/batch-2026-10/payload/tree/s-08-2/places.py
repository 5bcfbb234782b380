"""Where a value belongs in a sorted list."""

from collections.abc import Sequence


def insert_place(values: Sequence[int], wanted: int) -> int:
    """The first position whose value is not below the wanted one; by halving."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
