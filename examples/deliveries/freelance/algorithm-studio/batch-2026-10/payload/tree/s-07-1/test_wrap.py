import pytest
from wrap import wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, []),
        ("one two three", 7, ["one two", "three"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("  many   blanks ", 20, ["many blanks"]),
    ],
)
def test_wrapping(text, width, lines):
    assert wrap(text, width) == lines
