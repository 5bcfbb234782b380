"""Labels of commits with confidence and evidence, by adding up the weights of cues.

Belongs here: from cues to labels. Does not belong here: the cues (`cues.py`), what they look at
(`text.py`, `files.py`, `shape.py`) and what a label is used for (`yields.py`).
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import polars as pl

from corpus_assets.pairs.commits.bots import is_bot
from corpus_assets.pairs.commits.cues import BASE, CUES, LABELS
from corpus_assets.pairs.commits.files import facts
from corpus_assets.pairs.commits.text import parsed

RULE_VERSION = "commit-labels-1"

LABELLED = pl.Schema(
    [
        ("commit", pl.String),
        ("label", pl.String),
        ("confidence", pl.Float64),
        ("evidence", pl.List(pl.String)),
        ("bugfix_score", pl.Float64),
    ]
)
"""confidence: how often a label with that share of the scores was right (CONFIDENCE), 0 to 1.
evidence: names of the cues that speak for the label, strongest first. bugfix_score: the share of
`bugfix` in the softmax of the scores, whatever the label."""

CONFIDENCE = (
    (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.85, 1.0),
    (0.0, 0.5, 0.65, 0.77, 0.85, 0.92, 0.95, 0.98),
)
"""Shares of a label in the softmax of scores, and how often `bugfix` with such a share was right on
688 messages of 10 projects labelled by hand (the cues were tuned on them)."""
MIN_BUGFIX_SHARE = 0.3
"""Below it a commit takes its next best label: of those bugfixes under two thirds were right."""

_ASCII = {r"\w": "A-Za-z0-9_", r"\d": "0-9", r"\s": r" \t\r\n"}
_MAX_EVIDENCE = 6


def labels(
    commits: pl.DataFrame,
    changes: pl.DataFrame,
    counts: pl.DataFrame,
    shapes: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One row per commit, in their order (schema LABELLED).

    `commits` has commit, parents, author_name, author_email, message and faults; `changes` and
    `counts` are as files.facts takes them; `shapes` (commit, shape) adds what changed inside files.
    """
    told = parsed(commits).with_columns(
        author=commits["author_name"].str.to_lowercase(),
        facts=_all_facts(commits, changes, counts, shapes),
    )
    hits = told.select(_finders()).to_numpy()
    weights = np.array([[cue.weights.get(label, 0.0) for label in LABELS] for cue in CUES])
    scores = hits.astype(np.float64) @ weights + np.array([BASE[label] for label in LABELS])
    shares = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    shares /= shares.sum(axis=1, keepdims=True)
    bugfix = shares[:, LABELS.index("bugfix")]
    candidates = shares.copy()
    candidates[bugfix < MIN_BUGFIX_SHARE, LABELS.index("bugfix")] = 0.0
    chosen = candidates.argmax(axis=1)
    return pl.DataFrame(
        {
            "commit": commits["commit"],
            "label": [LABELS[number] for number in chosen],
            "confidence": np.interp(shares[np.arange(len(chosen)), chosen], *CONFIDENCE).round(4),
            "evidence": _evidence(hits, weights, chosen),
            "bugfix_score": bugfix.round(4),
        },
        schema=LABELLED,
    )


@cache
def _finders() -> list[pl.Expr]:
    """One expression per cue: whether it is found."""
    return [
        pl.col(cue.where).str.contains(_in_ascii(cue.pattern)).alias(str(number))
        for number, cue in enumerate(CUES)
    ]


def _in_ascii(pattern: str) -> str:
    """The pattern with ASCII classes, which compile and match several times faster.

    The words of cues are English; Polars compiles each pattern anew for each batch.
    """
    parts, in_class = [], False
    for token in re.findall(r"\\.|.", pattern, re.DOTALL):
        if token == "[" and not in_class:
            in_class = True
        elif token == "]":
            in_class = False
        if token in _ASCII:
            token = _ASCII[token] if in_class else f"[{_ASCII[token]}]"
        elif token == r"\W":
            token = "[^A-Za-z0-9_]"
        elif token == r"\b":
            token = r"(?-u:\b)"
        parts.append(token)
    return "".join(parts)


def _all_facts(
    commits: pl.DataFrame,
    changes: pl.DataFrame,
    counts: pl.DataFrame,
    shapes: pl.DataFrame | None,
) -> pl.Series:
    """The words of files.facts, `bot`, and those of the shapes, in the order of `commits`."""
    words = commits.select("commit", bot=pl.when(is_bot()).then(pl.lit("bot"))).join(
        facts(commits, changes, counts), on="commit", how="left", maintain_order="left"
    )
    columns = ["facts", "bot"]
    if shapes is not None:
        words = words.join(shapes, on="commit", how="left", maintain_order="left")
        columns.append("shape")
    return words.select(pl.concat_str(columns, separator=" ", ignore_nulls=True)).to_series()


def _evidence(hits: np.ndarray, weights: np.ndarray, chosen: np.ndarray) -> list[list[str]]:
    """Names of the cues that were found and speak for the label that was chosen."""
    rows, columns = np.nonzero(hits)
    found = weights[columns, chosen[rows]]
    kept = found > 0
    rows, columns, found = rows[kept], columns[kept], found[kept]
    order = np.lexsort((columns, -found, rows))
    evidence: list[list[str]] = [[] for _ in chosen]
    for place in order:
        names = evidence[rows[place]]
        if len(names) < _MAX_EVIDENCE:
            names.append(CUES[columns[place]].name)
    return evidence
