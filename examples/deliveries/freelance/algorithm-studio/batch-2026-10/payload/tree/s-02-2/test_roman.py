import pytest
from roman import from_roman


@pytest.mark.parametrize(
    ("text", "value"), [("III", 3), ("IV", 4), ("XC", 90), ("MCMXCIV", 1994), ("MMXXVI", 2026)]
)
def test_values(text, value):
    assert from_roman(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "IC", "VX", "ABC"])
def test_refused(text):
    with pytest.raises(ValueError):
        from_roman(text)
