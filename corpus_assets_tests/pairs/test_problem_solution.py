import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.pairs.problem_solution import pairs
from corpus_assets.parse.tokens import count_tokens

INPUTS = ("tasks", "submissions", "occurrences", "documents", "curated_documents")


def _made(lake: Lake, language: str = "python", **changed: pl.DataFrame) -> pl.DataFrame:
    frames = {name: lake.read(name) for name in INPUTS} | changed
    return pairs(*(frames[name] for name in INPUTS), language)


def test_only_accepted_submissions_yield_pairs(sample_lake: Lake) -> None:
    made = _made(sample_lake)
    accepted = sample_lake.read("submissions").filter(pl.col("state") == "accepted")
    assert set(made["submission_id"]) == {"sub-0", "sub-1", "sub-2", "sub-3", "sub-4"}
    assert made.height == accepted.filter(pl.col("source") != "educational-examples").height
    for state in ("rejected", "in_review"):
        submissions = sample_lake.read("submissions").with_columns(state=pl.lit(state))
        assert _made(sample_lake, submissions=submissions).is_empty()


def test_a_pair_carries_its_solution_tests_reviews_and_license(sample_lake: Lake) -> None:
    made = _made(sample_lake)
    row = made.filter((pl.col("task_id") == "task-2") & (pl.col("source_category") == "freelance"))
    texts = dict(sample_lake.read("documents").select("content_id", "text").iter_rows())
    found = row.row(0, named=True)
    assert found["path"] == "payload/2/solution.py"
    assert "test_freelance2" in texts[found["tests_content_id"]]
    assert found["n_expert_reviews"] == 2
    assert (found["license_state"], found["license_class"]) == ("granted", "contract")
    whole = pl.Series([found["prompt"], texts[found["content_id"]]])
    assert found["n_tokens"] == count_tokens(whole).sum()


def test_approvals_without_a_senior_are_no_expert_reviews(sample_lake: Lake) -> None:
    reviews = dict(
        _made(sample_lake)
        .filter(pl.col("source_category") == "freelance")
        .select("task_id", "n_expert_reviews")
        .iter_rows()
    )
    assert reviews["task-3"] == 0
    assert reviews["task-0"] == 2


def test_a_solution_that_a_gate_removed_yields_no_pair(sample_lake: Lake) -> None:
    curated = sample_lake.read("curated_documents")
    kept = curated.filter(pl.col("path") != "payload/0/solution.py")
    assert "task-0" not in set(_made(sample_lake, curated_documents=kept)["task_id"])


def test_a_second_revision_of_a_delivery_makes_no_second_pair(sample_lake: Lake) -> None:
    twice = {
        name: pl.concat([frame, frame.with_columns(revision=pl.lit("2"))])
        for name in ("tasks", "submissions", "occurrences")
        for frame in [sample_lake.read(name)]
    }
    again = _made(sample_lake, **twice)
    assert again.equals(_made(sample_lake))


def test_the_language_is_that_of_the_solution(sample_lake: Lake) -> None:
    tasks = sample_lake.read("tasks").with_columns(language=pl.lit("text"))
    assert _made(sample_lake, "javascript", tasks=tasks)["language"].unique().to_list() == [
        "javascript"
    ]
    assert _made(sample_lake, "rust").is_empty()


def test_a_task_without_a_statement_yields_no_pair(sample_lake: Lake) -> None:
    tasks = sample_lake.read("tasks").with_columns(statement=pl.lit(" \n"))
    assert _made(sample_lake, tasks=tasks).is_empty()
