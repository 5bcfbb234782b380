"""The steps of near duplicates on a lake: what an update ends with, and what it reads again."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from corpus_assets.defs.curation import deduplication
from corpus_assets.defs.curation.deduplication import DOCUMENT_SIGNATURES, NEAR_DUPLICATES
from corpus_assets.defs.step import Step, StepContext, provenance, read_versions, write
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.tables import TABLES, conform
from corpus_assets.workspace import Workspace
from corpus_assets_tests.sample_project import write_project


def documents(texts: dict[str, str | None]) -> pl.DataFrame:
    rows = pl.DataFrame(
        {
            "content_id": list(texts),
            "text": list(texts.values()),
            "size_bytes": [len(text or "") for text in texts.values()],
        },
        schema_overrides={"text": pl.String},
    ).with_columns(language=pl.lit("python"), path=pl.col("content_id") + ".py")
    nulls = {name: pl.lit(None, dtype) for name, dtype in TABLES["documents"].schema.items()}
    missing = [dtype.alias(name) for name, dtype in nulls.items() if name not in rows.columns]
    filled = rows.with_columns(missing).with_columns(language_name=pl.lit("Python"))
    return conform(filled.select(TABLES["documents"].names), "documents")


def texts(n: int) -> dict[str, str | None]:
    rng = random.Random(2)
    found: dict[str, str | None] = {}
    for i in range(n):
        words = [f"w{i % 5}_{k}" for k in range(60)]
        words[rng.randrange(60)] = "changed"
        found[f"c{rng.random()}"] = "\n".join(words)
    found["c_binary"] = None
    return found


def built(workspace: Workspace, given: dict[str, str | None]) -> pl.DataFrame:
    """Table near_duplicates after both steps ran on a lake whose documents are those given."""
    origin = Provenance("documents", "run", "code", "policy")
    workspace.lake.replace("documents", documents(given), origin, "python")
    steps: tuple[Step, ...] = (DOCUMENT_SIGNATURES, NEAR_DUPLICATES)
    for step in steps:
        versions = read_versions(workspace.lake, steps)
        planned = provenance(workspace, versions, step, "python", "run")
        context = StepContext(workspace, "python", planned, lambda _: None)
        write(context, step, step.compute(context))
    return workspace.lake.read("near_duplicates", "python")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def workspace(project: Path, name: str) -> Workspace:
    folder = project.parent / name
    return Workspace(project, Lake(str(folder / "lake")), folder / "published", folder / "state")


def test_updates_end_with_the_table_of_a_run_from_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = texts(30)
    ids = sorted(everything)
    read: list[int] = []
    known = deduplication.document_batches

    def noted(context: StepContext, todo: pl.DataFrame):  # type: ignore[no-untyped-def]
        read.append(todo.height)
        return known(context, todo)

    monkeypatch.setattr(deduplication, "document_batches", noted)
    kept = workspace(project, "kept")
    first = built(kept, {key: everything[key] for key in ids[3:]})
    assert first.height
    assert first["a_start_line"].null_count() == 0
    first_reads = sum(read)
    read.clear()
    grown = built(kept, everything)
    assert 0 < sum(read) < first_reads
    assert grown.equals(built(workspace(project, "grown"), everything))
    fewer = {key: everything[key] for key in ids[:20]}
    shrunk = built(kept, fewer)
    read.clear()
    assert built(kept, fewer).equals(shrunk)
    assert sum(read) == 0
    assert shrunk.equals(built(workspace(project, "shrunk"), fewer))


def test_signatures_have_a_row_for_every_document_with_text(project: Path) -> None:
    given = {**texts(3), "c_short": "one two", "c_empty": ""}
    space = workspace(project, "lake")
    built(space, given)
    rows = space.lake.read("document_signatures", "python")
    assert sorted(rows["content_id"]) == sorted(
        key for key, text in given.items() if text is not None
    )
    short = rows.filter(pl.col("content_id").is_in(["c_short", "c_empty"]))
    assert short["n_shingles"].to_list() == [0, 0]
    assert set(short["signature"]) == {b""}
    compared = rows.filter(pl.col("n_shingles") > 0)
    assert set(compared["signature"].bin.size()) == {4 * 128}
