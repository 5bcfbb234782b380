"""Kinds told by how a text is laid out: minified code, data in rows, stripped declarations.

Belongs here: rules over the counts of `kernels.shapes`, whose thresholds were set on the packages
named TUNE in benchmarks/kinds_packages.py. A ratio is null where nothing stands under it, and such
a rule does not hold.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from corpus_assets.languages import LANGUAGES
from corpus_assets.parse.buffers import flat

_PROGRAMMING = [language.slug for language in LANGUAGES if language.kind == "programming"]
_SCRIPTS = ["javascript", "typescript"]
_RECORDS = ["json", "yaml"]

# stubgen puts imports of the package before others, which no sorter of imports does.
_UNSORTED = r"(?m)^from \.\S* import [^\n]+\n(?:from [A-Za-z_]|import )"
_SCHEMA = (
    r'"\$?(?:schema|definitions|\$defs|openapi|swagger)"\s*:|(?m)^(?:openapi|swagger|on|jobs):'
)
_LEAST_LITERALS = 2_000  # bytes of literals; a smaller table is part of a program
_MOST_CODE = 600  # bytes of other lines; with more of them it is a program with a table in it
_LEAST_ROWS = 20
_LEAST_NAMED_ROWS = 5  # of a file whose name says that it is a table
_TABLE_NAME = r"(?i)\.(?:csv|tsv|tab|psv|dat)$"
_EXPORTS = r"(?m)^export (?:declare |\{\};|default |type |interface )"


def found_layouts(
    documents: pl.DataFrame, is_configuration: pl.Series
) -> list[tuple[int, str, str]]:
    """(row, kind, rule) of documents (path, language, text without nulls)."""
    frame = pl.concat(
        [
            documents.select("path", "language", "text"),
            is_configuration.to_frame("is_configuration"),
            counts(documents["text"]),
            table_rows(documents),
        ],
        how="horizontal",
    ).with_row_index("row")
    rules = (*_minified(), *_data(), *_declarations())
    met = frame.select(
        rule.met.fill_null(value=False).alias(str(n)) for n, rule in enumerate(rules)
    )
    return [
        (row, rule.kind, f"layout:{rule.name}")
        for n, rule in enumerate(rules)
        for row in frame.filter(met[str(n)]).filter(rule.text)["row"]
    ]


class Rule(NamedTuple):
    """Holds where `met`, over columns and counts, and then `text`, over the text, is true."""

    kind: str
    name: str
    met: pl.Expr
    text: pl.Expr = pl.lit(True)


def counts(texts: pl.Series) -> pl.DataFrame:
    """The counts of `kernels.shapes` as Int64 columns, in row order."""
    from corpus_assets.quality.kernels import shapes

    buffers = flat(texts)
    out = np.zeros((len(texts), len(shapes.COUNTS)), np.int64)
    shapes.count_shapes(buffers.data, buffers.offsets, shapes.byte_classes(), out)
    return pl.DataFrame(out, schema=list(shapes.COUNTS), orient="row")


def table_rows(documents: pl.DataFrame) -> pl.DataFrame:
    """The counts of `kernels.tables` for text and files named as tables, 0 for others."""
    from corpus_assets.quality.kernels import tables

    tabular = documents.select(
        ((pl.col("language") == "text") | pl.col("path").str.contains(_TABLE_NAME)).alias("met")
    )["met"].arg_true()
    buffers = flat(documents["text"].gather(tabular))
    rows = np.zeros((len(tabular), len(tables.COUNTS)), np.int64)
    tables.count_tables(buffers.data, buffers.offsets, rows)
    out = np.zeros((documents.height, len(tables.COUNTS)), np.int64)
    out[tabular.to_numpy()] = rows
    return pl.DataFrame(out, schema=list(tables.COUNTS), orient="row")


def _c(name: str) -> pl.Expr:
    return pl.col(name)


def _share(part: str, whole: str) -> pl.Expr:
    return _c(part) / pl.when(_c(whole) > 0).then(_c(whole))


def _minified() -> list[Rule]:
    """Code without the blanks and line breaks that only readers need."""
    language = _c("language")
    code_per_line = _c("code_chars") / (_c("lines") - _c("comment_lines") - _c("blank_lines") + 1)
    tight_commas = (_c("commas") >= 8) & (_share("spaced_commas", "commas") < 0.15)
    tight_equals = (_c("equals") >= 4) & (_share("spaced_equals", "equals") < 0.1)
    tight_braces = (
        (_c("braces") < 3)
        | (_share("spaced_braces", "braces") < 0.25)
        | (_c("code_spaces") < 0.06 * _c("code_chars"))
    )
    few_blanks = _c("code_spaces") < 0.12 * _c("code_chars")
    big = _c("code_chars") >= 200
    script = (
        language.is_in(_SCRIPTS)
        & big
        & tight_braces
        & (tight_commas | (_c("commas") < 8))
        & (tight_equals | (_c("equals") < 4))
        & (tight_commas | tight_equals)
        & (few_blanks | (code_per_line > 120))
    )
    style = (
        (language == "css")
        & (_c("code_chars") >= 200)
        & (_c("colons") >= 8)
        & (_share("spaced_colons", "colons") < 0.2)
        & (_share("spaced_braces", "braces").fill_null(0) < 0.2)
    )
    program = (
        (language == "python")
        & big
        & (_c("commas") >= 5)
        & (_share("spaced_commas", "commas") < 0.05)
        & (_share("spaced_equals", "equals").fill_null(0) < 0.05)
        & (_c("commas") + _c("equals") >= 10)
        & (_c("blank_lines") <= 0.01 * _c("lines"))
    )
    return [
        Rule("minified", "script", script),
        Rule("minified", "style", style),
        Rule("minified", "program", program),
    ]


def _data() -> list[Rule]:
    """Rows of literals, inserts or separated values; records rather than settings."""
    language, chars, values = _c("language"), _c("chars"), _c("scalars")
    program = language.is_in(_PROGRAMMING)
    enough = _c("literal_chars") >= _LEAST_LITERALS
    numbers = (_share("number_chars", "chars") > 0.75) & (
        chars - _c("number_chars") < _MOST_CODE + 0.05 * chars
    )
    literals = (_share("literal_chars", "chars") > 0.9) & (chars - _c("literal_chars") < _MOST_CODE)
    pairs = (
        (_c("pair_chars") >= 2 * _LEAST_LITERALS)
        & (_share("pair_chars", "chars") > 0.95)
        & (chars - _c("pair_chars") < _MOST_CODE)
    )
    inserts = (_c("lines") >= _LEAST_ROWS) & (
        _c("insert_lines") > 0.5 * (_c("lines") - _c("blank_lines"))
    )
    table = (_c("equal_rows") >= 0.95 * _c("rows")) & (
        _c("rows") >= pl.when(language == "text").then(_LEAST_ROWS).otherwise(_LEAST_NAMED_ROWS)
    )
    records = language.is_in(_RECORDS) & (chars >= _LEAST_LITERALS // 2) & ~_c("is_configuration")
    repeated = records & (_c("keys") >= 40) & (_c("distinct_keys") < 0.34 * _c("keys"))
    listed = records & (values >= 100) & (_c("keys") < 0.25 * values)
    long = records & (language == "json") & (values >= 300)
    columns = (language == "text") & enough & (_share("number_chars", "chars") > 0.9)
    no_schema = ~_c("text").str.head(2_000).str.contains(_SCHEMA)
    return [
        Rule("data", "numbers", program & enough & numbers),
        Rule("data", "literals", program & enough & literals),
        Rule("data", "pairs", program & pairs),
        Rule("data", "inserts", (language == "sql") & inserts),
        Rule("data", "table", table),
        Rule("data", "columns", columns),
        Rule("data", "records", repeated, no_schema),
        Rule("data", "list", listed, no_schema),
        Rule("data", "long", long, no_schema),
    ]


def _declarations() -> list[Rule]:
    """Output of compilers that leave out the empty lines people write between parts."""
    path, text, lines = _c("path"), _c("text"), _c("lines")
    solid = _c("blank_lines") == 0
    declarations = path.str.contains(r"\.d\.[cm]?ts$") & solid & (lines >= 8)
    stubs = path.str.ends_with(".pyi") & (_c("comment_lines") == 0) & (lines >= 8)
    unsorted = text.str.contains(_UNSORTED) | (
        text.str.contains(r"(?m)^import \S+\n(?:from|import) ")
        & text.str.contains(r"(?m)^from _typeshed import Incomplete\n")
        & ~text.str.contains(r"(?m)^\n(?:from|import) ")
    )
    scripts = (
        (_c("language") == "javascript")
        & solid
        & (lines >= 25)
        & (_share("spaced_commas", "commas").fill_null(1) > 0.8)
        & (_c("code_chars") < 60 * lines)
    )
    indented_module = text.str.contains(r"(?m)^    \S") & text.str.contains(
        r"(?m)^(?:export |exports\.|module\.exports|import )"
    )
    return [
        Rule("generated", "declarations", declarations, text.str.contains(_EXPORTS)),
        Rule("generated", "stubs", stubs, unsorted),
        Rule("transpiled", "no-empty-lines", scripts, indented_module),
    ]
