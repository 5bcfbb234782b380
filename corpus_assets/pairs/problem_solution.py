"""Problem-solution pairs from tasks and their accepted submissions.

Belongs here: joining a task's statement with the curated document that answers it. Does not
belong here: deciding whether a submission is accepted (`collect`) or its document fit for a stage
(`curate`). A submission that is not accepted never yields a pair, nor does one whose solution was
removed by a gate.
"""

from __future__ import annotations

import hashlib

import polars as pl

from corpus_assets.parse.tokens import count_tokens
from corpus_assets.tables import conform

KIND = "problem_solution"
_DELIVERED = ("source_category", "source", "origin", "revision")
_IDENTITY = ("source_category", "source", "origin", "task_id", "submission_id", "content_id")
_CARRIED = (
    "license_concluded", "license_state", "license_class", "license_evidence",
    "stages", "split_group",
)  # fmt: skip

Frame = pl.DataFrame | pl.LazyFrame


def pairs(
    tasks: Frame,
    submissions: Frame,
    occurrences: Frame,
    documents: Frame,
    curated: Frame,
    language: str,
) -> pl.DataFrame:
    """Table pairs for one language: one row per accepted submission with a curated solution.

    The pair's language is that of its solution. Its license, stages and split group are those of
    the curated solution, so a pair is never freer than its document. The same answer delivered in
    several revisions is one pair, of the smallest revision.
    """
    places = occurrences.lazy().select(*_DELIVERED, "path", "content_id")
    solved = (
        _accepted(tasks, submissions)
        .join(places, on=[*_DELIVERED, "path"])
        .join(
            places.rename({"path": "test_path", "content_id": "tests_content_id"}),
            on=[*_DELIVERED, "test_path"],
            how="left",
        )
        .join(
            curated.lazy()
            .filter(pl.col("language") == language)
            .select("content_id", "language", *_CARRIED),
            on="content_id",
        )
        .join(documents.lazy().select("content_id", "text").drop_nulls(), on="content_id")
        .collect()
    )
    answered = solved.with_columns(
        pair_id=_pair_ids(solved),
        kind=pl.lit(KIND),
        n_tokens=count_tokens(solved["prompt"]) + count_tokens(solved["text"]),
    )
    distinct = answered.sort("pair_id", "revision", "path").unique(
        "pair_id", keep="first", maintain_order=True
    )
    return conform(distinct.drop("text", "test_path"), "pairs").sort("pair_id")


def _accepted(tasks: Frame, submissions: Frame) -> pl.LazyFrame:
    """Accepted submissions with their task's statement, main solution and first test."""
    statements = (
        tasks.lazy()
        .filter(pl.col("statement").str.strip_chars() != "")
        .select(*_DELIVERED, "task_id", prompt="statement")
    )
    return (
        submissions.lazy()
        .filter(pl.col("state") == "accepted")
        .select(
            *_DELIVERED,
            "task_id",
            "submission_id",
            "ai_assist",
            path=pl.col("solution_paths").list.first(),
            test_path=pl.col("test_paths").list.first(),
            n_expert_reviews=pl.when("has_senior_review").then("n_approvals").otherwise(0),
        )
        .join(statements, on=[*_DELIVERED, "task_id"])
    )


def _pair_ids(solved: pl.DataFrame) -> pl.Series:
    """Hexadecimal BLAKE2b-128 over what makes a pair; the revision is left out on purpose."""
    rows = solved.select(_IDENTITY).iter_rows()
    ids = [hashlib.blake2b("\0".join(row).encode(), digest_size=16).hexdigest() for row in rows]
    return pl.Series("pair_id", ids, dtype=pl.String)
