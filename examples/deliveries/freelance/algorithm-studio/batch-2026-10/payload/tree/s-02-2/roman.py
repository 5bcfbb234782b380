"""Roman numerals to numbers."""

import re

SHAPE = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def from_roman(text: str) -> int:
    """The number from 1 to 3999; ValueError for anything that is not written correctly."""
    if not text or SHAPE.fullmatch(text) is None:
        raise ValueError(f"not a Roman numeral: {text!r}")
    numbers = [VALUES[letter] for letter in text]
    following = [*numbers[1:], 0]
    return sum(-one if one < after else one for one, after in zip(numbers, following, strict=True))
