"""The lake: atomic partitions, data versions that follow from rows alone, lineage in commits."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.lake import Lake
from corpus_assets.lake_versions import InputVersion, Provenance
from corpus_assets.tables import TABLES, TEXTS, Column, conform, empty

TABLE = "exact_duplicates"
BY = Provenance("test", "run-1", "code-1", "policy-1", (InputVersion("documents", "go", "v", 3),))


def rows(ids: list[str], language: str = "go", categories: list[str] | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "content_id": ids,
            "language": [language] * len(ids),
            "n_occurrences": [2] * len(ids),
            "n_origins": [1] * len(ids),
            "n_revisions": [1] * len(ids),
            "source_categories": [categories or ["in_house"]] * len(ids),
        },
        schema=TABLES[TABLE].schema,
    )


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(str(tmp_path / "lake"))


def test_a_table_never_written_reads_as_empty_with_its_schema(lake: Lake) -> None:
    assert lake.read(TABLE).schema == TABLES[TABLE].schema
    assert lake.versions(TABLE) == {}
    assert lake.files(TABLE) == []


def test_replacing_a_partition_leaves_the_others_alone(lake: Lake) -> None:
    lake.replace(TABLE, rows(["a", "b"]), BY, "go")
    lake.replace(TABLE, rows(["c"], "rust"), BY, "rust")
    lake.replace(TABLE, rows(["d"]), BY, "go")
    assert lake.read(TABLE)["content_id"].to_list() == ["c", "d"]
    assert lake.read(TABLE, "rust")["content_id"].to_list() == ["c"]


def test_a_partition_can_be_emptied(lake: Lake) -> None:
    lake.replace(TABLE, rows(["a"]), BY, "go")
    version = lake.replace(TABLE, empty(TABLE), BY, "go")
    assert version.rows == 0
    assert lake.read(TABLE).height == 0


def test_the_commit_carries_its_lineage(lake: Lake) -> None:
    lake.replace(TABLE, rows(["a"]), BY, "go")
    version = lake.version(TABLE, "go")
    assert version is not None
    assert version.provenance == BY
    assert (version.partition, version.rows) == ("go", 1)


def test_earlier_states_stay_readable(lake: Lake) -> None:
    first = lake.replace(TABLE, rows(["a"]), BY, "go")
    lake.replace(TABLE, rows(["b"]), BY, "go")
    then = lake.scan(TABLE, "go", first.delta_version).collect()
    assert then["content_id"].to_list() == ["a"]
    assert [entry.rows for entry in lake.history(TABLE)] == [1, 1]


@settings(max_examples=20, deadline=None)
@given(
    ids=st.lists(st.text("abc'", min_size=1, max_size=6), min_size=1, max_size=12, unique=True),
    seed=st.randoms(use_true_random=False),
    cut=st.integers(1, 5),
)
def test_the_data_version_depends_on_rows_alone(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str], seed: random.Random, cut: int
) -> None:
    lake = Lake(str(tmp_path_factory.mktemp("lake")))
    shuffled = list(ids)
    seed.shuffle(shuffled)
    one = lake.replace(TABLE, rows(ids), BY, "go")
    other = Provenance("other", "run-2", "code-2", "policy-2")
    two = lake.replace(TABLE, rows(shuffled), other, "go")
    batches = rows(sorted(ids)).iter_slices(cut)
    three = lake.replace_stream(TABLE, batches, BY, "go")
    half = sorted(ids)[: len(ids) // 2]
    lake.replace(TABLE, rows(half), BY, "go")
    four = lake.append(TABLE, rows([i for i in shuffled if i not in half]), BY, "go")
    versions = {one.data_version, two.data_version, three.data_version, four.data_version}
    assert len(versions) == 1
    assert lake.read(TABLE, "go")["content_id"].to_list() == sorted(ids)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (rows(["a"]).drop("n_origins"), "missing n_origins"),
        (rows(["a"]).with_columns(extra=1), "unknown extra"),
        (rows(["a"]).cast({"n_origins": pl.Int32}), "n_origins is Int32, not Int64"),
        (rows(["a", "a"]), "repeated key"),
        (rows(["a"], "rust"), "another language"),
    ],
)
def test_frames_that_do_not_fit_are_refused(lake: Lake, frame: pl.DataFrame, message: str) -> None:
    lake.replace(TABLE, rows(["old"]), BY, "go")
    with pytest.raises(ValueError, match=message):
        lake.replace(TABLE, frame, BY, "go")
    assert lake.read(TABLE)["content_id"].to_list() == ["old"]


def test_batches_out_of_order_are_refused(lake: Lake) -> None:
    with pytest.raises(ValueError, match="out of key order"):
        lake.replace_stream(TABLE, [rows(["b"]), rows(["a"])], BY, "go")


def test_appending_a_stored_key_is_refused(lake: Lake) -> None:
    lake.replace(TABLE, rows(["a"]), BY, "go")
    with pytest.raises(ValueError, match="repeated key"):
        lake.append(TABLE, rows(["a"]), BY, "go")


def test_a_partitioned_table_wants_its_partition(lake: Lake) -> None:
    with pytest.raises(ValueError, match="name the partition"):
        lake.replace(TABLE, rows(["a"]), BY)


def test_writers_of_different_partitions_do_not_lose_rows(lake: Lake) -> None:
    languages = ["go", "rust", "c", "cpp", "java", "python"]
    lake.replace(TABLE, rows(["seed"], "ruby"), BY, "ruby")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: lake.replace(TABLE, rows([name], name), BY, name), languages))
    assert lake.read(TABLE)["content_id"].to_list() == sorted([*languages, "seed"])


def write_first(root: str, barrier: Barrier, partition: str, attempt: int) -> None:
    """Wait for the others, then write to a table that none of them has created yet."""
    barrier.wait(60)
    language = f"{partition}{attempt}"
    Lake(f"{root}/{attempt}").replace(TABLE, rows([partition], language), BY, language)


def test_writers_that_create_a_table_at_once_do_not_hinder_one_another(tmp_path: Path) -> None:
    context = get_context("spawn")
    writers, attempts = 4, 12
    with context.Manager() as manager, ProcessPoolExecutor(writers, mp_context=context) as pool:
        for attempt in range(attempts):
            barrier = manager.Barrier(writers)
            started = [
                pool.submit(write_first, str(tmp_path), barrier, f"part{number}-", attempt)
                for number in range(writers)
            ]
            for future in started:
                future.result(120)
            assert Lake(f"{tmp_path}/{attempt}").read(TABLE).height == writers


def test_a_table_gains_the_columns_that_its_description_gained(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.replace(TABLE, rows(["b"], "python"), BY, "python")
    spec = TABLES[TABLE]
    wide = replace(spec, columns=(*spec.columns, Column("extra", TEXTS, "more")))
    narrow = rows(["a"])
    monkeypatch.setitem(TABLES, TABLE, wide)
    assert lake.read(TABLE)["extra"].to_list() == [None]
    lake.replace(TABLE, narrow.with_columns(extra=pl.lit(["x"], TEXTS)), BY, "go")
    assert lake.read(TABLE)["extra"].to_list() == [["x"], None]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_is_described(table: str) -> None:
    spec = TABLES[table]
    assert spec.row.startswith("One row per ")
    assert spec.row.endswith(".")
    assert set(spec.key) <= set(spec.names)
    assert len(set(spec.names)) == len(spec.names)
    assert spec.partition is None or spec.partition in spec.names
    assert all(column.description for column in spec.columns)
    assert conform(empty(table), table).height == 0
