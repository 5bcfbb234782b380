"""Templates: text with places that a program fills in.

Belongs here: the forms of such places. They count in markup, data, prose and languages without a
partition only, for programs that hold them in strings are no templates.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.languages import LANGUAGES

_TEXTUAL = [language.slug for language in LANGUAGES if language.kind != "programming"] + ["other"]
_FORMS = {
    "form:jinja": r"(?m)^\s*\{%[-+]?\s*(?:if|for|block|extends|include|macro|set|raw|import|load)\b",
    "form:handlebars": r"\{\{[#/](?:if|each|unless|with)\b",
    "form:erb": r"<%[-=]?\s[^%]*%>",
    "form:placeholders": r"\{\{\s*cookiecutter\.\w+\s*\}\}",
}
_CONFIGURED = r"@[A-Za-z_][A-Za-z0-9_]*@"  # of autoconf and CMake, in names that end in .in


def found_templates(documents: pl.DataFrame) -> list[tuple[int, str, str]]:
    """(row, "template", rule) of documents (path, language, text without nulls)."""
    textual = pl.col("language").is_in(_TEXTUAL) & ~pl.col("language").is_in(["markdown"])
    rules = {
        name: textual & pl.col("text").str.contains(form) for name, form in _FORMS.items()
    } | {
        "form:configure": pl.col("path").str.ends_with(".in")
        & pl.col("text").str.contains(_CONFIGURED)
    }
    met = documents.select(rule.alias(name) for name, rule in rules.items())
    return [(row, "template", name) for name in rules for row in met[name].arg_true()]
