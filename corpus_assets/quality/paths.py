"""What a path says about a file: third-party copy, test, documentation, configuration.

Belongs here: flags by path. Whether a flag removes a file is for the filter policy; the folders
it removes as vendored are listed there.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

PATH_FLAGS = ("is_vendored", "is_test", "is_documentation", "is_configuration")


def path_flags(paths: pl.Series) -> pl.DataFrame:
    """Linguist's four flags of each path as Boolean columns PATH_FLAGS, in row order.

    Linguist's list of vendored paths is made for statistics and wide: it also holds type
    declarations, build folders and well-known library names. So `is_vendored` is a preference
    between copies rather than a reason to remove one.
    """
    enry = _enry()
    tests = (enry.is_vendor, enry.is_test, enry.is_documentation, enry.is_configuration)
    return pl.DataFrame(
        {
            name: pl.Series([test(path) for path in paths], dtype=pl.Boolean)
            for name, test in zip(PATH_FLAGS, tests, strict=True)
        }
    )


@cache
def _enry() -> Any:
    import enry

    return enry
