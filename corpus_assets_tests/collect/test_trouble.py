"""Collections that are killed, that meet, or that run out of space."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from corpus_assets.collect.items import CollectError
from corpus_assets.collect.run import explain
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import PartitionVersion, Provenance
from corpus_assets_tests.collect.support import (
    assert_accounted,
    directory_source,
    gather,
    project,
    tables,
    versions,
)


@dataclass(frozen=True)
class DyingLake(Lake):
    """A lake that fails before it writes a given table, by default because its process dies."""

    dies_at: str = ""
    error: BaseException = field(default_factory=KeyboardInterrupt)

    def append(
        self,
        table: str,
        rows: pl.DataFrame,
        provenance: Provenance,
        partition: str | None = None,
    ) -> PartitionVersion:
        """Like the lake's, up to the table at which it dies."""
        if table == self.dies_at:
            raise self.error
        return super().append(table, rows, provenance, partition)


@pytest.mark.parametrize("table", ["contents", "occurrences", "quarantine", "revisions"])
def test_a_killed_run_is_repaired_by_the_next(tmp_path: Path, code: Path, table: str) -> None:
    found = project(tmp_path, directory_source(code))
    reference = tmp_path / "reference"
    reference.mkdir()
    _, whole = gather(found, reference)
    dying = DyingLake(str(tmp_path / "lake"), table)
    with pytest.raises(KeyboardInterrupt):
        gather(found, tmp_path, lake=dying)
    lake = Lake(dying.root)
    assert lake.read("revisions").is_empty()
    outcome, _ = gather(found, tmp_path, lake=lake)
    assert outcome.collected == 1
    for name, frame in tables(lake).items():
        assert_frame_equal(frame, tables(whole)[name])
    again = versions(lake)
    gather(found, tmp_path, lake=lake)
    assert versions(lake) == again


def test_a_run_killed_while_replacing_is_repaired(tmp_path: Path, code: Path) -> None:
    found = project(tmp_path, directory_source(code))
    gather(found, tmp_path)
    changed = project(tmp_path, directory_source(code), limits={"max_file_bytes": 5})
    dying = DyingLake(str(tmp_path / "lake"), "revisions")
    with pytest.raises(KeyboardInterrupt):
        gather(changed, tmp_path, lake=dying)
    outcome, lake = gather(changed, tmp_path)
    assert outcome.collected == 1
    assert outcome.repaired == 6
    assert lake.read("revisions").height == 1
    assert lake.read("occurrences").height == 5
    assert_accounted(lake)


_HOLDER = """
import sys, time
from pathlib import Path
from corpus_assets.collect.locks import only_collection
with only_collection(Path(sys.argv[1]), "open_source"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_collection_at_the_same_time_refuses(tmp_path: Path, code: Path) -> None:
    folder = tmp_path / "lake" / ".locks"
    folder.mkdir(parents=True)
    found = project(tmp_path, directory_source(code))
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CollectError, match=rf"process {holder.pid} on .* run again"):
            gather(found, tmp_path)
        holder.kill()
    # The lock ends with its process, whatever file it left.
    assert gather(found, tmp_path)[0].collected == 1


def test_categories_collected_at_the_same_time_share_their_contents(
    tmp_path: Path, code: Path
) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from corpus_assets.collect.run import collect\n"
        "from corpus_assets.lake import Lake\n"
        "from corpus_assets.lake_versions import Provenance\n"
        "from corpus_assets.policy.project import load_project\n"
        "folder = Path(sys.argv[1])\n"
        "collect(load_project(folder / 'project.yaml'), sys.argv[2], Lake(str(folder / 'lake')),"
        " Provenance('t', 'r', 'c', 'p'), lambda _: None, folder / 'state')\n"
    )
    for number in range(40):
        (code / f"f{number}.py").write_text(f"x = {number}\n")
    categories = ("open_source", "educational", "in_house")
    project(tmp_path, *(directory_source(code, f"s-{name}", category=name) for name in categories))
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), name]) for name in categories
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    lake = Lake(str(tmp_path / "lake"))
    assert lake.read("occurrences").height == 3 * 45
    assert lake.read("contents").height == 44
    assert_accounted(lake)


def test_a_full_disk_is_a_failure_that_says_so_and_loses_nothing(
    tmp_path: Path, code: Path
) -> None:
    found = project(tmp_path, directory_source(code))
    _, lake = gather(found, tmp_path)
    before = tables(lake)
    (code / "new.py").write_text("new = 1\n")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    outcome, _ = gather(found, tmp_path, lake=DyingLake(lake.root, "contents", full))
    (failure,) = outcome.failures
    assert "no space left on the disk" in failure.message
    assert "free some" in failure.message
    assert outcome.collected == 0
    for name, frame in tables(lake).items():
        assert_frame_equal(frame, before[name])
    assert gather(found, tmp_path)[0].collected == 1


def test_the_delta_writers_own_message_of_a_full_disk_is_recognized() -> None:
    assert "free some" in explain(RuntimeError("Generic error: No space left on device (28)"))
    assert "mend this" in explain(OSError(errno.EIO, "I/O error"))
