from datetime import date

import pytest
from holidays import easter


@pytest.mark.parametrize("wanted", [date(2000, 4, 23), date(2024, 3, 31), date(2026, 4, 5)])
def test_easter(wanted):
    assert easter(wanted.year) == wanted
