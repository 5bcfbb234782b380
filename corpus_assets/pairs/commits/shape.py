"""What an edit looks like inside: only layout, only names, guards, conditions, new functions.

Belongs here: words about differences, for cues. Does not belong here: finding the functions that
differ (`edits.py`) and what the words mean (`cues.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import polars as pl

from corpus_assets.pairs.commits.edits import Looked

MAX_TOKENS = 600
"""Differences of more tokens (after what both sides begin and end with) are not compared: the
comparison takes time by their square, and they are no small repair."""
_TOKEN = re.compile(r"\w+|[<>=!&|+-]=|&&|\|\||->|::|[^\w\s]")
_GUARDS = {"if", "unless", "guard", "when", "elif", "?"}
_NOTHING = {"null", "None", "nil", "nullptr", "NULL", "undefined", "!", "not", "is", "==", "!=",
            "<", ">", "<=", ">=", "isset", "empty", "defined", "len", "length", "size"}  # fmt: skip
_ERRORS = {"try", "except", "catch", "rescue", "finally", "ensure", "recover"}
_CONDITIONS = {"<", ">", "<=", ">=", "==", "!=", "and", "or", "not", "!", "&&", "||", "===", "is",
               "in", "true", "false", "True", "False"}  # fmt: skip
_RELEASES = {"close", "free", "unlock", "release", "dispose", "delete", "lock", "synchronized",
             "acquire", "defer", "destroy", "kfree", "unref", "put"}  # fmt: skip
_HASH = re.compile(r"^\s*#")
_SLASH = re.compile(r"^\s*(?://|/\*|\*(?:\s|/|$))")
_DASH = re.compile(r"^\s*--")
_COMMENT_LINES = {
    **dict.fromkeys(
        ("python", "ruby", "shell", "perl", "r", "julia", "elixir", "powershell"), _HASH
    ),
    **dict.fromkeys(("lua", "haskell", "ada", "sql"), _DASH),
}
"""Lines that hold nothing but (part of) a comment; _SLASH for the languages not listed."""
_LAYOUT = {"python", "haskell", "fsharp"}  # languages in which indentation is syntax


def shapes(looked: Looked) -> pl.DataFrame:
    """commit, shape: words about what the edits of each commit that was looked into look like.

    same_tokens (layout and comments alone), same_comments (layout alone), adds_functions,
    removes_functions, one_function (a single one changed), same_shape (only names and literals),
    guard, errors, condition, release (what small differences insert or replace).
    """
    words: dict[str, set[str]] = {}
    layout: dict[str, set[str]] = {}
    for commit, language, before, after in looked.edits.select(
        "commit", "language", "before", "after"
    ).iter_rows():
        layout.setdefault(commit, set()).add(_layout(before, after, language))
    texts = {
        (commit, path): (before.encode(), after.encode())
        for commit, path, before, after in looked.edits.select(
            "commit", "path", "before", "after"
        ).iter_rows()
    }
    counted = looked.changed.group_by("commit").agg(
        added=(pl.col("change") == "added").sum(),
        removed=(pl.col("change") == "removed").sum(),
        changed=(pl.col("change") == "changed").sum(),
        same_shape=pl.col("same_shape").all(),
    )
    for commit, added, removed, changed, same_shape in counted.iter_rows():
        found = words.setdefault(commit, set())
        if added > removed:
            found.add("adds_functions")
        if removed > added:
            found.add("removes_functions")
        if changed == 1 and not added and not removed:
            found.add("one_function")
        if changed and not added and not removed and same_shape:
            found.add("same_shape")
    for row in looked.changed.filter(pl.col("change") == "changed").iter_rows(named=True):
        before, after = texts[row["commit"], row["path"]]
        words.setdefault(row["commit"], set()).update(
            _differences(
                before[row["before_start"] : row["before_end"]].decode("utf-8", "replace"),
                after[row["after_start"] : row["after_end"]].decode("utf-8", "replace"),
            )
        )
    for commit, kinds in layout.items():
        if "other" not in kinds:
            words.setdefault(commit, set()).add(
                "same_tokens" if "comments" in kinds else "same_comments"
            )
    rows = [(commit, " ".join(sorted(found))) for commit, found in sorted(words.items())]
    return pl.DataFrame(rows, schema={"commit": pl.String, "shape": pl.String}, orient="row")


def _layout(before: str, after: str, language: str) -> str:
    """Whether two texts differ in `layout` alone, also in `comments`, or in `other` things."""
    keep = language in _LAYOUT
    if _bare(before.splitlines(), keep) == _bare(after.splitlines(), keep):
        return "layout"
    comment = _COMMENT_LINES.get(language, _SLASH)
    sides = ([line for line in text.splitlines() if not comment.match(line)]
             for text in (before, after))  # fmt: skip
    first, second = (_bare(side, keep) for side in sides)
    return "comments" if first == second else "other"


def _bare(lines: list[str], keep_indents: bool) -> str:
    """The lines without layout; where indentation is syntax, only blank lines and line ends go."""
    if keep_indents:
        return "\n".join(line.rstrip() for line in lines if line.strip())
    return "".join("".join(lines).split())


def _differences(before: str, after: str) -> Iterator[str]:
    first, second = _TOKEN.findall(before), _TOKEN.findall(after)
    start, limit = 0, min(len(first), len(second))
    while start < limit and first[start] == second[start]:
        start += 1
    end = 0
    while end < limit - start and first[-1 - end] == second[-1 - end]:
        end += 1
    first, second = first[start : len(first) - end], second[start : len(second) - end]
    if max(len(first), len(second)) > MAX_TOKENS:
        return
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for kind, low, high, other_low, other_high in steps:
        if kind == "equal":
            continue
        gone, come = set(first[low:high]), set(second[other_low:other_high])
        if come & _GUARDS and come & _NOTHING:
            yield "guard"
        if come & _ERRORS:
            yield "errors"
        if kind == "replace" and high - low <= 3 and gone & _CONDITIONS and come & _CONDITIONS:
            yield "condition"
        if kind == "insert" and {word.lower() for word in come} & _RELEASES:
            yield "release"
