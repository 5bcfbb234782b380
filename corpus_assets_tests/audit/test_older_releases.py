"""A release older than a column of its rows is read like one of today."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest
from deltalake import write_deltalake

from corpus_assets.audit.identify import identify
from corpus_assets.audit.release_audit import release_audit, released_rows
from corpus_assets.audit.trace import trace
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.licenses import load_license_policy
from corpus_assets.serve.catalog import write_catalog
from corpus_assets.serve.publish import publish
from corpus_assets.serve.query import query
from corpus_assets.serve.questions import question, questions
from corpus_assets.serve.release import SCHEMA, Release, current
from corpus_assets.serve.released import released_choices
from corpus_assets.serve.verify import verify
from corpus_assets.tables import TABLES, empty
from corpus_assets_tests import sample_lake as sample
from corpus_assets_tests.sample_releases import YOUNGER, older

NEW, OLD = "sample", "earlier"
MADE_BY = Provenance("training_mix", "run", "1", "p")
NAMED = sorted({**questions("audit"), **questions("report")})


@pytest.fixture(scope="module")
def published(sample_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample release and, beside it, the same rows in the older shape."""
    folder = tmp_path_factory.mktemp("both") / "published"
    shutil.copytree(sample_release.folder.parent.parent, folder)
    older(current(folder, NEW), OLD)
    return folder


def test_the_older_shape_is_sound_and_lacks_the_columns(published: Path) -> None:
    assert verify(published) == []
    for path in current(published, OLD).folder.glob("data/*/*/*.parquet"):
        assert not {*YOUNGER} & {*pl.read_parquet_schema(path)}


@pytest.mark.parametrize("name", NAMED)
def test_every_named_question_answers_alike(name: str, sample_lake: Lake, published: Path) -> None:
    old, new = (query(sample_lake, published, question(name).sql, mix=mix) for mix in (OLD, NEW))
    assert old == new


@pytest.mark.parametrize(
    "sql",
    [
        "DESCRIBE mix",
        "SELECT * EXCLUDE (weight, masked_spans) FROM mix ORDER BY row_id",
        "FROM composition",
        "FROM attribution",
        "SELECT * EXCLUDE (weight, masked_spans) FROM sample('pretraining', 0.5)",
        "SELECT sum(coalesce(weight, 1) * n_tokens) FROM mix",
        "SELECT count(*) FROM mix JOIN training_mix USING (row_id)",
    ],
)
def test_sql_answers_alike(sql: str, sample_lake: Lake, published: Path) -> None:
    old, new = (query(sample_lake, published, sql, mix=mix) for mix in (OLD, NEW))
    assert old == new
    assert new.rows


def test_what_an_older_row_lacks_is_null_of_its_type(sample_lake: Lake, published: Path) -> None:
    asked = "SELECT weight, masked_spans FROM mix"
    found = query(sample_lake, published, asked, mix=OLD)
    assert found.types == ("DOUBLE", "BIGINT[][]")
    assert {*found.rows} == {(None, None)}
    assert (None, None) not in query(sample_lake, published, asked, mix=NEW).rows
    rows = released_rows(current(published, OLD))
    assert rows.select(YOUNGER).null_count().row(0) == (rows.height, rows.height)
    assert rows.schema == released_rows(current(published, NEW)).schema


def test_the_audit_of_both_is_the_same(sample_lake: Lake, published: Path) -> None:
    names = ("occurrences", "duplicate_resolution", "unit_overlap", "takedowns")
    old, new = (
        release_audit(
            current(published, mix), load_license_policy(), *map(sample_lake.scan, names)
        ).drop("mix", "version")
        for mix in (OLD, NEW)
    )
    assert old.equals(new)
    assert new["passed"].drop_nulls().all()


def test_its_choices_and_rows_are_found(sample_lake: Lake, published: Path, tmp_path: Path) -> None:
    old, new = (released_choices(sample_lake, published, mix, "python") for mix in (OLD, NEW))
    assert old.equals(new)
    assert new["is_released"].any()
    row = sample_lake.read("training_mix").filter(pl.col("language") == "python").row(0, named=True)
    told = trace(sample_lake, published, row["content_id"])["releases"]
    assert [item["mix"] for item in told] == [OLD, NEW]
    assert told[0]["rows"] == told[1]["rows"]
    alone = tmp_path / "published"
    shutil.copytree(published / OLD, alone / OLD)
    lake = sample.copy(sample_lake, tmp_path / "lake")
    for stage in sample.spec().stages:
        lake.replace("training_mix", empty("training_mix"), MADE_BY, stage)
    assert identify(lake, row["row_id"], alone).content_id == row["content_id"]


def test_its_catalog_can_be_made_anew(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published / OLD, tmp_path / OLD)
    release = current(tmp_path, OLD)
    write_catalog(release.folder, has_shards=True)
    assert verify(tmp_path) == []
    with duckdb.connect(str(release.folder / "catalog.duckdb"), read_only=True) as connection:
        connection.execute(f"SET file_search_path = '{release.folder}'")
        described = connection.execute("DESCRIBE mix").fetchall()
        counted = connection.execute("SELECT count(*), count(weight) FROM mix").fetchone()
    assert [row[0] for row in described] == SCHEMA.names()
    assert counted == (released_rows(release).height, 0)


def test_a_lake_with_partitions_of_both_shapes_is_queried_and_published(
    sample_lake: Lake, tmp_path: Path
) -> None:
    lake = sample.copy(sample_lake, tmp_path / "lake")
    whole = lake.read("training_mix")
    shutil.rmtree(Path(lake.uri("training_mix")))
    write_deltalake(lake.uri("training_mix"), whole.drop(YOUNGER), partition_by=["stage"])
    lake.replace(
        "training_mix", whole.filter(pl.col("stage") == "pretraining"), MADE_BY, "pretraining"
    )
    release = publish(lake, sample.spec(), tmp_path / "published", [])
    for view in ("mix", "training_mix"):
        found = query(
            lake,
            tmp_path / "published",
            f"SELECT stage = 'pretraining', count(*), count(weight) FROM {view} "
            "GROUP BY 1 ORDER BY 1",
        ).rows
        (_, n_old, old), (_, n_new, new) = found
        assert (old, new) == (0, n_new)
        assert n_old + n_new == whole.height
    assert release.rows().collect_schema().names() == SCHEMA.names()
    assert (
        query(lake, tmp_path, "DESCRIBE training_mix").rows[0][0]
        == (TABLES["training_mix"].names[0])
    )
