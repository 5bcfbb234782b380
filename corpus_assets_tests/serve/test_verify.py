import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from corpus_assets.serve.release import Release, sha256
from corpus_assets.serve.verify import verify


@pytest.fixture
def copy(sample_release: Release, tmp_path: Path) -> Release:
    """The sample release, moved: a release must not know where it lies."""
    published = tmp_path / "elsewhere"
    shutil.copytree(sample_release.folder.parent.parent, published)
    folder = published / sample_release.mix / sample_release.version
    return Release(sample_release.mix, sample_release.version, folder, "")


def _shard(release: Release) -> Path:
    return sorted((release.folder / "data").rglob("*.parquet"))[0]


def _license_text(release: Release) -> Path:
    return sorted((release.folder / "attribution" / "texts").iterdir())[0]


def _flip(release: Release) -> None:
    data = bytearray(_shard(release).read_bytes())
    data[len(data) // 2] ^= 1
    _shard(release).write_bytes(data)


def _edit_manifest(release: Release) -> None:
    path = release.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["stages"]["pretraining"]["rows"] += 1
    path.write_text(json.dumps(manifest))


def _shorten(release: Release) -> None:
    """Drop a row and make the hash agree: only the counts can tell."""
    shard = _shard(release)
    pl.read_parquet(shard, hive_partitioning=False).head(0).write_parquet(shard)
    path = release.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for item in manifest["files"]:
        if item["path"] == shard.relative_to(release.folder).as_posix():
            item["sha256"] = sha256(shard)
    path.write_text(json.dumps(manifest))


def _foreign_catalog(release: Release) -> None:
    path = release.folder / "catalog.duckdb"
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE VIEW mix AS SELECT 'pretraining' AS stage, 1 AS n_tokens")


def _point_elsewhere(release: Release) -> None:
    (release.folder.parent / "CURRENT").write_text('{"version": "nowhere"}')


def _break_pointer(release: Release) -> None:
    (release.folder.parent / "CURRENT").write_text("not json")


def test_a_moved_release_verifies(copy: Release) -> None:
    assert verify(copy.folder.parent.parent) == []
    assert verify(copy.folder.parent.parent, copy.mix, copy.version) == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_flip, "SHA-256 differs"),
        (lambda release: _shard(release).unlink(), "missing"),
        (lambda release: (release.folder / "NOTICE.txt").write_text("x"), "NOTICE.txt: its SHA"),
        (lambda release: _license_text(release).unlink(), "missing"),
        (lambda release: (release.folder / "data" / "more.txt").write_text("x"), "not in the man"),
        (lambda release: (release.folder / "catalog.duckdb").unlink(), "catalog.duckdb: missing"),
        (lambda release: (release.folder / "catalog.duckdb").write_bytes(b"x" * 99), "catalog"),
        (lambda release: (release.folder / "manifest.json").unlink(), "no version"),
        (lambda release: (release.folder / "manifest.json").write_text("{"), "cannot be read"),
        (_foreign_catalog, "the manifest says"),
        (_edit_manifest, "CURRENT: expects another manifest"),
        (_shorten, "0 rows, the manifest says"),
        (_point_elsewhere, "no version nowhere"),
        (_break_pointer, "CURRENT: cannot be read"),
    ],
)
def test_damage_is_found(damage: Callable[[Release], object], message: str, copy: Release) -> None:
    damage(copy)
    problems = verify(copy.folder.parent.parent)
    assert any(message in problem for problem in problems), problems


def test_nothing_published_is_a_problem(tmp_path: Path) -> None:
    assert "nothing is published" in verify(tmp_path)[0]


def test_the_catalog_is_read_where_it_lies(copy: Release) -> None:
    with duckdb.connect(str(copy.folder / "catalog.duckdb"), read_only=True) as connection:
        connection.execute(f"SET file_search_path = '{copy.folder}'")
        rows = connection.execute("SELECT count(*) FROM mix").fetchone()
        half = connection.execute("SELECT count(*) FROM sample('pretraining', 0.5)").fetchone()
        plan = connection.execute(
            "EXPLAIN ANALYZE SELECT sum(n_tokens) FROM mix WHERE stage = 'evaluation'"
        ).fetchall()
    manifest = copy.manifest()
    assert rows == (sum(figures["rows"] for figures in manifest["stages"].values()),)
    assert half is not None
    assert half[0] < manifest["stages"]["pretraining"]["rows"]
    shards = sum("stage" in item for item in manifest["files"])
    assert f"Scanning Files: 1/{shards}" in plan[0][1]  # other stages are not even opened
