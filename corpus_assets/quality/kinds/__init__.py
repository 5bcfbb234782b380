"""Kinds of file: tags of which several may hold, each with the rule that found it.

Belongs here: putting the rules together. They stand in `names` (paths), `markers` (what headers
say), `prints` (how output of known generators looks), `layout` (counts over the whole text) and
`templates`. A file that is only named in a rule, such as a generator or a grammar, is none.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import polars as pl

from corpus_assets.quality.kinds import layout, templates
from corpus_assets.quality.kinds.markers import header_markers
from corpus_assets.quality.kinds.names import found_names
from corpus_assets.quality.kinds.prints import found_prints

KINDS = (
    "generated", "minified", "bundled", "transpiled", "vendored", "lock_file", "build_generated",
    "data", "encoded", "test", "configuration", "documentation", "example", "notebook", "template",
)  # fmt: skip
DROPPING = (
    "generated", "minified", "bundled", "transpiled", "build_generated", "lock_file", "data",
    "encoded",
)  # fmt: skip
# StarCoder2's limits, each with a floor for the other measure: a program with a table of bytes is
# no payload.
_LONG_RUN, _LONG_RUN_FRACTION = 1_024, 0.2
_HIGH_FRACTION, _HIGH_FRACTION_RUN = 0.5, 300
_LFS = "version https://git-lfs.github.com/spec/"

Found = list[tuple[int, str, str]]  # row, kind, rule


def kinds(documents: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """is_… for each of KINDS (Boolean) and kind_evidence (List[String], sorted), in row order.

    `documents`: path, language, text without nulls. `measures`: encoded_max_run and
    encoded_fraction, row for row. Evidence is "kind: rule", at least one for every kind that holds.
    """
    named = found_names(documents["path"])
    settings = {row for row, kind, _ in named if kind == "configuration"}
    tests = {row for row, kind, _ in named if kind == "test"}
    found = [
        *named,
        *_marked(documents),
        *((row, kind, f"print:{name}") for row, kind, name in found_prints(documents)),
        *layout.found_layouts(documents, _flags(settings, documents.height)),
        *templates.found_templates(documents),
        *_encoded(measures, tests),
    ]
    return _columns(found, documents.height)


def tags() -> pl.Expr:
    """The kinds that hold, from the is_… columns, as List[String] in the order of KINDS."""
    named = [pl.when(pl.col(f"is_{kind}")).then(pl.lit(kind)) for kind in KINDS]
    return pl.concat_list(named).list.drop_nulls().alias("tags")


def _columns(found: Found, n_rows: int) -> pl.DataFrame:
    flags = {kind: np.zeros(n_rows, bool) for kind in KINDS}
    for row, kind, _ in found:
        flags[kind][row] = True
    schema = {"row": pl.UInt32, "kind": pl.String, "rule": pl.String}
    evidence = (
        pl.DataFrame(found, schema=schema, orient="row")
        .select("row", pl.format("{}: {}", "kind", "rule").alias("kind_evidence"))
        .unique()
        .group_by("row")
        .agg(pl.col("kind_evidence").sort())
    )
    rows = pl.DataFrame({"row": pl.int_range(n_rows, dtype=pl.UInt32, eager=True)})
    joined = rows.join(evidence, on="row", how="left", maintain_order="left")
    return joined.select(
        *(pl.Series(f"is_{kind}", flags[kind]) for kind in KINDS),
        pl.col("kind_evidence").fill_null([]),
    )


def _flags(rows: set[int], n_rows: int) -> pl.Series:
    return pl.Series([row in rows for row in range(n_rows)], dtype=pl.Boolean)


def _marked(documents: pl.DataFrame) -> Found:
    """What headers say, ours first; linguist's rules are asked where a header speaks of it."""
    found: Found = []
    for row, head, marker in header_markers(documents["text"]):
        path = documents["path"][row]
        # linguist takes scripts with long lines for generated; `layout` looks closer.
        asked = marker is None and not path.endswith((".js", ".css"))
        if asked and _enry().is_generated(path.rsplit("/", 1)[-1], head.encode()):
            marker = "linguist"
        if marker is not None:
            found.append((row, "generated", marker))
    pointers = documents["text"].str.starts_with(_LFS).arg_true()
    return found + [(row, "generated", "git-lfs-pointer") for row in pointers]


def _encoded(measures: pl.DataFrame, tests: set[int]) -> Found:
    """Rows of payload; those of `tests` only where one run is long, not for many short vectors."""
    run, share = pl.col("encoded_max_run"), pl.col("encoded_fraction")
    rules = {
        "run": (run > _LONG_RUN) & (share > _LONG_RUN_FRACTION),
        "share": (share > _HIGH_FRACTION) & (run > _HIGH_FRACTION_RUN),
    }
    met = measures.select(rule.alias(name) for name, rule in rules.items())
    return [
        (row, "encoded", name)
        for name in rules
        for row in met[name].arg_true()
        if name == "run" or row not in tests
    ]


@cache
def _enry() -> Any:
    import enry

    return enry
