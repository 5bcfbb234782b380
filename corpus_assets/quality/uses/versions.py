"""The version of its language that a file needs, and the one that its manifest declares.

Belongs here: running the rules of `policy/language_versions.yaml`. A file that uses nothing new
needs no particular version: null.
"""

from __future__ import annotations

import polars as pl

from corpus_assets.policy.language_versions import LanguageVersions


def versions_of(
    paths: pl.Series, texts: pl.Series, syntax: pl.Series, language: str, rules: LanguageVersions
) -> pl.DataFrame:
    """language_version and declared_version (String, null where nothing tells), in row order.

    `syntax`: the texts without comments and strings. The newest syntax found decides; what is
    declared is "language requirement", as the manifest writes it.
    """
    code = pl.col("syntax").str
    newest = pl.coalesce(
        *(
            pl.when(code.contains(rule.pattern)).then(pl.lit(rule.version))
            for rule in reversed(rules.syntax.get(language, []))
        ),
        pl.lit(None, dtype=pl.String),
    )
    declared = pl.coalesce(
        *(
            pl.when(pl.col("path").str.contains(rule.path)).then(
                pl.format(
                    "{} {}",
                    pl.lit(rule.of),
                    pl.col("text").str.extract(rule.pattern).str.strip_chars(),
                )
            )
            for rule in rules.declarations
        ),
        pl.lit(None, dtype=pl.String),
    )
    frame = pl.DataFrame({"path": paths, "text": texts, "syntax": syntax})
    return frame.select(newest.alias("language_version"), declared.alias("declared_version"))
