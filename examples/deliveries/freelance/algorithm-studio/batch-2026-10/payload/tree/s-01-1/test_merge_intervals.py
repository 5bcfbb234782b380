import pytest
from merge_intervals import merge_intervals


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([], []),
        ([(5, 6), (1, 3)], [(1, 3), (5, 6)]),
        ([(1, 4), (4, 9), (2, 3)], [(1, 9)]),
        ([(0, 10), (2, 3)], [(0, 10)]),
    ],
)
def test_merging(given, wanted):
    assert merge_intervals(given) == wanted


def test_reversed_interval():
    with pytest.raises(ValueError, match="ends before"):
        merge_intervals([(3, 1)])
