"""Kinds told by how a text is laid out: minified code, data in rows, stripped declarations.

Belongs here: rules over the counts of `kernels.shapes`, whose thresholds were set on the packages
named TUNE in benchmarks/kinds_packages.py. Every rule is an expression over these counts and the
columns path, language and text; it may be null where a ratio has nothing under it.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from corpus_assets.languages import LANGUAGES
from corpus_assets.parse.buffers import flat

_PROGRAMMING = [language.slug for language in LANGUAGES if language.kind == "programming"]
_SCRIPTS = ["javascript", "typescript"]
_RECORDS = ["json", "yaml"]

# stubgen puts imports of the package before others, which no sorter of imports does.
_UNSORTED = r"(?m)^from \.\S* import [^\n]+\n(?:from [A-Za-z_]|import )"
_SCHEMA = r'"\$?(?:schema|definitions|\$defs|openapi|swagger)"\s*:|(?m)^(?:openapi|swagger|on|jobs):'
_LEAST_LITERALS = 2_000  # bytes of literals; a smaller table is part of a program
_MOST_CODE = 600  # bytes of other lines; with more of them it is a program with a table in it
_LEAST_ROWS = 20


def counts(texts: pl.Series) -> pl.DataFrame:
    """The counts of `kernels.shapes` and `kernels.tables` as Int64 columns, in row order."""
    from corpus_assets.quality.kernels import shapes, tables

    buffers = flat(texts)
    out = np.zeros((len(texts), len(shapes.COUNTS)), np.int64)
    shapes.count_shapes(buffers.data, buffers.offsets, shapes.byte_classes(), out)
    rows = np.zeros((len(texts), len(tables.COUNTS)), np.int64)
    tables.count_tables(buffers.data, buffers.offsets, rows)
    names = [*shapes.COUNTS, *tables.COUNTS]
    return pl.DataFrame(np.hstack([out, rows]), schema=names, orient="row")


def rules() -> dict[tuple[str, str], pl.Expr]:
    """(kind, name of the rule) -> Boolean expression."""
    return {**_minified(), **_data(), **_declarations()}


def _c(name: str) -> pl.Expr:
    return pl.col(name)


def _share(part: str, whole: str) -> pl.Expr:
    return _c(part) / pl.when(_c(whole) > 0).then(_c(whole))


def _minified() -> dict[tuple[str, str], pl.Expr]:
    """Code without the blanks and line breaks that only readers need."""
    language = _c("language")
    code_per_line = _c("code_chars") / (_c("lines") - _c("comment_lines") - _c("blank_lines") + 1)
    tight_commas = (_c("commas") >= 8) & (_share("spaced_commas", "commas") < 0.15)
    tight_equals = (_c("equals") >= 4) & (_share("spaced_equals", "equals") < 0.1)
    tight_braces = (_c("braces") < 3) | (_share("spaced_braces", "braces") < 0.25)
    few_blanks = _c("code_spaces") < 0.12 * _c("code_chars")
    tight_braces |= _c("code_spaces") < 0.06 * _c("code_chars")
    big = _c("code_chars") >= 200
    return {
        ("minified", "layout:script"): language.is_in(_SCRIPTS)
        & big
        & tight_braces
        & (tight_commas | (_c("commas") < 8))
        & (tight_equals | (_c("equals") < 4))
        & (tight_commas | tight_equals)
        & (few_blanks | (code_per_line > 120)),
        ("minified", "layout:style"): (language == "css")
        & big
        & (_c("colons") >= 8)
        & (_share("spaced_colons", "colons") < 0.2)
        & (_share("spaced_braces", "braces").fill_null(0) < 0.2),
        ("minified", "layout:program"): (language == "python")
        & big
        & (_c("commas") >= 5)
        & (_share("spaced_commas", "commas") < 0.05)
        & (_share("spaced_equals", "equals").fill_null(0) < 0.05)
        & (_c("commas") + _c("equals") >= 10)
        & (_c("blank_lines") <= 0.01 * _c("lines")),
    }


def _data() -> dict[tuple[str, str], pl.Expr]:
    """Rows of literals, inserts or separated values; records rather than settings."""
    language = _c("language")
    literals = _c("literal_chars") >= _LEAST_LITERALS
    values = _c("scalars")
    records = (
        language.is_in(_RECORDS)
        & (_c("chars") >= _LEAST_LITERALS // 2)
        & ~_c("is_configuration")
        & ~_c("text").str.head(2_000).str.contains(_SCHEMA)
    )
    return {
        ("data", "layout:numbers"): language.is_in(_PROGRAMMING)
        & literals
        & (_share("number_chars", "chars") > 0.75)
        & (_c("chars") - _c("number_chars") < _MOST_CODE + 0.05 * _c("chars")),
        ("data", "layout:literals"): language.is_in(_PROGRAMMING)
        & literals
        & (_share("literal_chars", "chars") > 0.9)
        & (_c("chars") - _c("literal_chars") < _MOST_CODE),
        ("data", "layout:pairs"): language.is_in(_PROGRAMMING)
        & (_c("pair_chars") >= 2 * _LEAST_LITERALS)
        & (_share("pair_chars", "chars") > 0.95)
        & (_c("chars") - _c("pair_chars") < _MOST_CODE),
        ("data", "layout:inserts"): (language == "sql")
        & (_c("lines") >= _LEAST_ROWS)
        & (_c("insert_lines") > 0.5 * (_c("lines") - _c("blank_lines"))),
        ("data", "layout:table"): (
            (language == "text") | _c("path").str.contains(r"(?i)\.(?:csv|tsv|tab|psv|dat)$")
        )
        & (_c("rows") >= pl.when(language == "text").then(_LEAST_ROWS).otherwise(5))
        & (_c("equal_rows") >= 0.95 * _c("rows")),
        ("data", "layout:records"): records
        & (_c("keys") >= 40)
        & (_c("distinct_keys") < 0.34 * _c("keys")),
        ("data", "layout:long"): records & (language == "json") & (values >= 300),
        ("data", "layout:columns"): (language == "text")
        & literals
        & (_share("number_chars", "chars") > 0.9),
        ("data", "layout:list"): records
        & (values >= 100)
        & (_c("keys") < 0.25 * values),
    }


def _declarations() -> dict[tuple[str, str], pl.Expr]:
    """Output of compilers that leave out the empty lines people write between parts."""
    solid = (_c("blank_lines") == 0) & (_c("lines") >= 25)
    path, text = _c("path"), _c("text")
    return {
        ("generated", "layout:declarations"): path.str.contains(r"\.d\.[cm]?ts$")
        & (_c("blank_lines") == 0)
        & (_c("lines") >= 8)
        & text.str.contains(r"(?m)^export (?:declare |\{\};|default |type |interface )"),
        ("generated", "layout:stubs"): path.str.ends_with(".pyi")
        & (_c("comment_lines") == 0)
        & (_c("lines") >= 8)
        & (
            text.str.contains(_UNSORTED)
            | (
                text.str.contains(r"(?m)^import \S+\n(?:from|import) ")
                & text.str.contains(r"(?m)^from _typeshed import Incomplete\n")
                & ~text.str.contains(r"(?m)^\n(?:from|import) ")
            )
        ),
        ("transpiled", "layout:no-empty-lines"): (_c("language") == "javascript")
        & solid
        & (_share("spaced_commas", "commas").fill_null(1) > 0.8)
        & (_c("code_chars") < 60 * _c("lines"))
        & text.str.contains(r"(?m)^    \S")
        & text.str.contains(r"(?m)^(?:export |exports\.|module\.exports|import )"),
    }
