"""The funnel adds up, and what does not add up is named."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.curate.accounting import funnel, verify
from corpus_assets_tests.curate.rows import document, frame, run

SIGNALS = st.fixed_dictionaries({
    "n_bytes": st.sampled_from([10, 2_000_000]),
    "n_lines": st.sampled_from([5, 40]),
    "is_generated": st.booleans(),
    "comment_fraction": st.sampled_from([0.1, 0.9, None]),
})  # fmt: skip
RESOLVED = st.fixed_dictionaries({
    "is_kept": st.booleans(),
    "license_state": st.sampled_from(["granted", "conflict", "none_found"]),
    "stages_allowed": st.sampled_from([[], ["pretraining"]]),
})  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SIGNALS, RESOLVED, st.sampled_from(["ok", "binary"])), max_size=12))
def test_documents_in_are_kept_plus_first_failures(
    items: list[tuple[dict[str, Any], dict[str, Any], str]],
) -> None:
    names = [f"d{i}" for i in range(len(items))]
    documents = [document(n, decode_state=item[2]) for n, item in zip(names, items, strict=True)]
    rows = run(
        documents,
        {n: item[0] for n, item in zip(names, items, strict=True)},
        {n: item[1] for n, item in zip(names, items, strict=True)},
    )
    steps = funnel(rows)
    assert (
        steps.get_column("n_in")
        == steps.select(pl.sum_horizontal("n_removed", "n_kept")).to_series()
    ).all()
    for (stage,), part in steps.partition_by("stage", as_dict=True, maintain_order=True).items():
        assert part.get_column("n_in").to_list()[1:] == part.get_column("n_kept").to_list()[:-1]
        failed = rows.filter(pl.col("stage") == stage, ~pl.col("passed"))
        n_failed = failed.get_column("content_id").n_unique()
        assert part.get_column("n_removed").sum() == n_failed
    backwards = run(documents[::-1], {n: i[0] for n, i in zip(names, items, strict=True)},
                    {n: i[1] for n, i in zip(names, items, strict=True)})  # fmt: skip
    assert backwards.equals(rows)


def test_verify_names_what_is_missing_or_twice() -> None:
    documents = frame("documents", [document("a"), document("b")])
    rows = run([document("a"), document("b")], {"a": {"is_data": True}})
    lost = rows.filter((pl.col("content_id") != "b") | (pl.col("stage") != "all"))
    assert any(
        "all: documents without a verdict: 1, such as b" in p for p in verify(documents, lost)
    )
    late = rows.with_columns(is_first_failure=pl.lit(False))
    problems = verify(documents, late)
    assert any("first failures do not match the verdicts: 1, such as a" in p for p in problems)
    assert "all: 2 in, 1 kept + 0 removed" in problems
    foreign = verify(documents.head(1), rows)
    assert any("all: verdicts on documents that are not in: 1, such as b" in p for p in foreign)
