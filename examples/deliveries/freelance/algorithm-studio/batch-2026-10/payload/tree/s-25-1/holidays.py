# This file is part of a larger program under the terms of the GNU General Public License
# SPDX-License-Identifier: GPL-3.0-only
"""When Easter is."""

from datetime import date


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian rule."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, quarter = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * quarter + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)
