"""Templates: text with places that a program fills in.

Belongs here: the forms of such places. They count in markup, data, prose and languages without a
partition only, for programs that hold them in strings are no templates.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.languages import LANGUAGES, OTHER

# Markdown shows templates in its examples.
_TEXTUAL = [
    *(lang.slug for lang in LANGUAGES if lang.kind != "programming" and lang.slug != "markdown"),
    OTHER,
]
_FORMS = {
    "form:jinja": (
        r"(?m)^\s*\{%[-+]?\s*(?:if|for|block|extends|include|macro|set|raw|import|load)\b"
    ),
    "form:handlebars": r"\{\{[#/](?:if|each|unless|with)\b",
    "form:erb": r"<%[-=]?\s[^%]*%>",
    "form:placeholders": r"\{\{\s*cookiecutter\.\w+\s*\}\}",
}
_CONFIGURED = r"@[A-Za-z_][A-Za-z0-9_]*@"  # of autoconf and CMake, in names that end in .in


def found_templates(documents: pl.DataFrame) -> list[tuple[int, str, str]]:
    """(row, "template", rule) of documents (path, language, text without nulls)."""
    rows = documents.select("path", "language", "text").with_row_index("row")
    textual = rows.filter(pl.col("language").is_in(_TEXTUAL))
    found = [
        (row, "template", name)
        for name, form in _FORMS.items()
        for row in textual.filter(pl.col("text").str.contains(form))["row"]
    ]
    inputs = rows.filter(pl.col("path").str.ends_with(".in"))
    configured = inputs.filter(pl.col("text").str.contains(_CONFIGURED))["row"]
    return found + [(row, "template", "form:configure") for row in configured]
