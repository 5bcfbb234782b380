import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.serve.publish import publish
from corpus_assets.serve.release import SCHEMA, Release, ReleaseError, at, current
from corpus_assets.serve.shards import write_shards
from corpus_assets.tables import empty
from corpus_assets_tests import sample_lake as sample


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_publishes_are_byte_identical(
    sample_lake: Lake, sample_release: Release, tmp_path: Path
) -> None:
    inputs = [item.as_input() for item in sample_lake.versions("training_mix").values()]
    again = publish(sample_lake, sample.spec(), tmp_path, list(reversed(inputs)))
    assert again.version == sample_release.version
    assert again.manifest_sha256 == sample_release.manifest_sha256
    first, second = _files(sample_release.folder), _files(again.folder)
    assert first.keys() == second.keys()
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {"catalog.duckdb"}  # DuckDB puts a random identifier into every file


def test_an_identical_release_is_left_alone(sample_lake: Lake, tmp_path: Path) -> None:
    first = publish(sample_lake, sample.spec(), tmp_path, [])
    times = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    second = publish(sample_lake, sample.spec(), tmp_path, [])
    assert (first.created, second.created) == (True, False)
    assert times == {path: path.stat().st_mtime_ns for path in second.folder.rglob("*")}
    assert current(tmp_path).version == first.version


def test_rows_carry_text_prompt_and_license(sample_lake: Lake, sample_release: Release) -> None:
    shards = sorted((sample_release.folder / "data").rglob("*.parquet"))
    released = pl.concat([pl.read_parquet(path, hive_partitioning=False) for path in shards])
    assert released.schema == SCHEMA
    mix = sample_lake.read("training_mix")
    assert set(released["row_id"]) == set(mix["row_id"])
    texts = dict(sample_lake.read("documents").select("content_id", "text").iter_rows())
    for row in released.iter_rows(named=True):
        assert row["text"] == texts[row["content_id"]]
        assert (row["prompt"] is not None) == (row["content_kind"] == "pair")
    for path in shards:
        assert pl.read_parquet(path)["sample_key"].is_sorted()
        assert f"stage={pl.read_parquet(path)['stage'][0]}" in path.as_posix()


def test_the_manifest_counts_what_is_there(sample_lake: Lake, sample_release: Release) -> None:
    manifest = sample_release.manifest()
    mix = sample_lake.read("training_mix")
    for stage, figures in manifest["stages"].items():
        own = mix.filter(pl.col("stage") == stage)
        assert (figures["rows"], figures["tokens"]) == (own.height, own["n_tokens"].sum())
        assert figures["tokens"] <= figures["planned_tokens"] <= figures["budget_tokens"]
    assert {item["table"] for item in manifest["inputs"]} == {"training_mix"}
    text = (sample_release.folder / "manifest.json").read_text()
    assert str(sample_release.folder) not in text
    assert sample_release.table()["n_rows"].sum() == mix.height
    lock = json.loads((sample_release.folder / "mix.lock.json").read_text())
    assert MixSpec.model_validate(lock["spec"]) == sample.spec()


def test_shards_are_cut_by_tokens(sample_lake: Lake, tmp_path: Path) -> None:
    rows = sample_lake.read("training_mix").filter(pl.col("stage") == "pretraining")
    files = write_shards(sample_lake, rows, tmp_path, shard_tokens=200)
    assert max(int(item["path"][-13:-8]) for item in files) > 0
    assert sum(item["rows"] for item in files) == rows.height
    keys = pl.concat(
        [pl.read_parquet(tmp_path / item["path"]) for item in files if item["language"] == "python"]
    )
    assert keys["sample_key"].is_sorted()


def test_a_stage_without_rows_is_published_empty(sample_lake: Lake, tmp_path: Path) -> None:
    lake = sample.copy(sample_lake, tmp_path / "lake")
    made_by = Provenance("training_mix", "run", "1", "p")
    for stage in sample.spec().stages:
        lake.replace("training_mix", empty("training_mix"), made_by, stage)
    release = publish(lake, sample.spec(), tmp_path / "published", [])
    assert release.table()["n_rows"].to_list() == [0, 0, 0, 0]


def test_a_plan_of_another_spec_is_refused(sample_lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="materialize mix_plan and training_mix again"):
        publish(sample_lake, sample.spec(seed=8), tmp_path, [])
    with pytest.raises(ReleaseError, match="materialize `release` first"):
        current(tmp_path)


def test_a_failed_publish_leaves_the_current_release(sample_lake: Lake, tmp_path: Path) -> None:
    lake = sample.copy(sample_lake, tmp_path / "lake")
    published = tmp_path / "published"
    before = publish(lake, sample.spec(), published, [])
    shutil.rmtree(before.folder)  # so that the next run has to write again
    (published / "sample" / f".{before.version}.partial").mkdir()
    lost = lake.read("documents", "python").with_columns(text=pl.lit(None, pl.String))
    lake.replace("documents", lost, Provenance("documents", "run", "1", "p"), "python")
    with pytest.raises(ValueError, match="rows of the training mix have no text in the lake"):
        publish(lake, sample.spec(), published, [])
    assert not before.folder.exists()
    assert publish(sample_lake, sample.spec(), published, []).version == before.version
    assert not list((published / "sample").glob(".*.partial"))


def test_a_release_that_is_not_there_is_named(sample_published: Path) -> None:
    with pytest.raises(ReleaseError, match=r"no version 9; published: 1\.0\.0-"):
        at(sample_published, "sample", "9")
    with pytest.raises(ReleaseError, match="no release of other; there are sample"):
        current(sample_published, "other")
