"""Commit messages made ready for cues: subject, body, declared type, and what only looks like words.

Belongs here: cutting messages up. Does not belong here: what the words mean (`cues.py`).
"""

from __future__ import annotations

import polars as pl

MAX_BODY_CHARS = 4_000
"""What cues look at of a body. Squash merges append the log of a branch; its first screens say
what the commit is for."""

# Numbers that version control systems before git left in front of the subject.
_IMPORTED = r"^(?:\(svn r\d+\)\s*|r\d+:\s+|\[r\d+\]\s*|git-svn[^:]*:\s*)"
_TYPE = (
    r"^[\s\-*•]*(?:\[(?P<bracket>[a-z][a-z /_-]{1,20})(?:[\s:][^\]]*)?\]|"
    r"(?P<word>[a-z][a-z_/-]{1,16})(?:\s?\((?P<scope>[^)]{0,60})\))?!?\s?[:;])"
)
_SHORTCODE = r"^\s*(?P<code>:[a-z0-9_+-]{2,40}:)"
_REPLACED = (
    # Test identifiers keep the one thing that they tell; other identifiers tell nothing.
    (r"\b(?:[\w./]*\btest_\w+[\w.]*|\w+_tests?\b|\w+Tests?\b|[\w./]+\.(?:spec|test)\.\w+)", " test "),
    (r"`+[^`]{1,200}`+", " codetok "),
    (r"https?://\S+", " urltok "),
    (r"(?i)\(?\b(?:gh-|pr ?)#?\d+\)?|\(#\d+\)", " "),
    (r"\bv?\d+(?:\.(?:\d+|x))+[\w.-]*", " vertok "),
    (r"\b[0-9a-f]*\d[0-9a-f]{6,39}\b", " hextok "),
    (r"[\w.-]+(?:_|::|->|\\)\w[\w.:>-]*(?:\(\))?|\b\w+\(\)", " idtok "),
    (r"\b[a-z]+[A-Z]\w*\b|\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+\b", " idtok "),
    ("[’`´]", "'"),
    (r"[\s]+", " "),
)  # fmt: skip


def parsed(commits: pl.DataFrame) -> pl.DataFrame:
    """`commits` (columns commit, message) with `subject`, `body` and `type` in lower case.

    subject: the first line with words, without numbers of older systems, with code, links,
    versions and identifiers replaced by placeholders (codetok, urltok, vertok, hextok, idtok).
    type: the word before a colon or in brackets (`fix(scope): ...`, `[BUGFIX] ...`, `DOC: ...`),
    or a shortcode (`:bug:`); scope: what stands in the parentheses behind it. raw_subject: the
    first line as it is.
    """
    lines = pl.col("message").str.strip_chars_start()
    raw = lines.str.extract(r"^([^\n]*)", 1).fill_null("").str.replace(_IMPORTED, "")
    rest = lines.str.replace(r"^[^\n]*\n?", "").str.slice(0, MAX_BODY_CHARS)
    cut = commits.select("commit", raw_subject=raw, body=rest.str.to_lowercase())
    lower = pl.col("raw_subject").str.to_lowercase()
    groups = lower.str.extract_groups(_TYPE)
    subject = pl.col("raw_subject")
    for pattern, replacement in _REPLACED:
        subject = subject.str.replace_all(pattern, replacement)
    return cut.with_columns(
        subject=subject.str.to_lowercase().str.strip_chars(),
        type=pl.coalesce(
            groups.struct.field("word"),
            groups.struct.field("bracket"),
            lower.str.extract(_SHORTCODE, 1),
        ).fill_null(""),
        scope=groups.struct.field("scope").fill_null(""),
    )
