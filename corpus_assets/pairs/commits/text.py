"""Commit messages made ready for cues: subject, body, type; code and ids no longer look like words.

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
_TAGS = r"^(?:\s*\[[^\]]{0,40}\]:?\s*)+"
# References that a subject ends with; they say which issue is closed, not what is done.
_CLOSED = (
    r"(?i)[\s,;(\[]*\b(?:(?:fix(?:es|ed)?|close[sd]?|resolve[sd]?|refs?|see|part of|related to)"
    r"[ :]+(?:(?:#|gh-)\d+|[a-z][\w.-]*/[\w./-]*#\d+)(?:[\s,]+(?:and )?"
    r"(?:(?:fix(?:es|ed)?|close[sd]?|refs?)[ :]+)?#\d+)*[\s)\].;]*)+$"
)
_LEADS = "for|in|on|when|with|from|to|if|that|by|of|at|as|after|before|while|during|due|because|" \
         "under|using|so|and|which|into|via|caused|where|without"  # fmt: skip
_MERGED = r"(?:\s*\((?:#\d+|cherry picked[^)]*)\)|\s+#\d+)+\s*$"  # what hosts append on merging
# The verb and its object, and the first words of what stands behind it.
_HEAD = rf"^(.*?)(?:\s(?:{_LEADS})\s|$)"
_NEAR = r"^.*?\s(?:for|in|on|from|to|of|with|at|by)\s+((?:\S+\s*){1,3})"
_REPLACED = (
    (r"`+[^`]{0,100}\b(?:test_\w+|\w+_tests?|tests?/)[^`]{0,100}`+", " test "),
    # Test identifiers keep the one thing that they tell; other identifiers tell nothing.
    (r"\b(?:[\w./]*\btest_\w+[\w.]*|\w+_tests?\b|\w+Tests?\b)", " test "),
    (r"\b[\w./]+\.(?:spec|test)\.\w+", " test "),
    (r"`+[^`]{1,200}`+", " codetok "),
    (r"(?i)\bcve-\d{4}-\d+", " cve "),
    # Words joined by hyphens are names of rules and packages, but for a few compounds.
    (r"\b(\w+)-(after|of|by|to|ptr|and|in|the)-(\w+)\b", "$1 $2 $3"),
    (r"\b\w+(?:-\w+){2,}\b|\bno-\w+\b", " idtok "),
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

    subject: the first line with words, without tags in brackets, numbers of older systems and
    issues that it closes, with code, links, versions and identifiers replaced by placeholders
    (codetok, urltok, vertok, hextok, idtok). head: its part before the first preposition, near:
    the three words behind it ("fix crash" and "docs of parser" of "fix crash in docs of parser").
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
    subject = (
        pl.col("raw_subject")
        .str.replace(_MERGED, "")
        .str.replace(_CLOSED, "")
        .str.replace(_TAGS, "")
    )
    for pattern, replacement in _REPLACED:
        subject = subject.str.replace_all(pattern, replacement)
    cut = cut.with_columns(
        subject=subject.str.to_lowercase().str.strip_chars(),
        type=pl.coalesce(
            groups.struct.field("word"),
            groups.struct.field("bracket"),
            lower.str.extract(_SHORTCODE, 1),
        ).fill_null(""),
        scope=groups.struct.field("scope").fill_null(""),
    )
    return cut.with_columns(
        head=pl.col("subject").str.extract(_HEAD, 1).fill_null(""),
        near=pl.col("subject").str.extract(_NEAR, 1).fill_null(""),
    )
