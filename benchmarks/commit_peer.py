"""PyDriller over a history, in its own environment: metadata alone, and with changed files.

Run as `python commit_peer.py REPOSITORY COMMITS OUT.json`; imports nothing of the project.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pydriller import Repository


def main() -> None:
    """Time the newest so many commits in both ways, as PyDriller's documentation does."""
    repository, n_commits, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    hashes = [commit.hash for commit in Repository(repository, order="reverse").traverse_commits()]
    start = time.perf_counter()
    seen = 0
    for commit in Repository(repository).traverse_commits():
        seen += len(commit.msg) + len(commit.parents) + len(commit.author.name)
        seen += commit.committer_date.year
    metadata = len(hashes) / (time.perf_counter() - start)
    start = time.perf_counter()
    files = size = 0
    for commit in Repository(repository, only_commits=hashes[:n_commits]).traverse_commits():
        for file in commit.modified_files:
            files += 1
            size += len(file.source_code or "") + len(file.source_code_before or "")
    seconds = time.perf_counter() - start
    figures = {
        "metadata_per_second": metadata,
        "with_files_per_second": n_commits / seconds,
        "megabytes_per_second": size / 1e6 / seconds,
        "files": files,
    }
    out.write_text(json.dumps(figures))


if __name__ == "__main__":
    main()
