"""Writing the attribution into a release's folder.

Belongs here: files and the order in which they are written. Does not belong here: what is in them
(`attribution.py`, `notice.py`).

Texts are written a batch at a time and read back one at a time for the notice: memory is bounded
by the batch, not the release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.parse.decoding import decode
from corpus_assets.policy.standard_texts import standard_text
from corpus_assets.serve.credits import FOLDER, NOTICE, Attribution
from corpus_assets.serve.legal_files import stored
from corpus_assets.serve.notice import notice_lines
from corpus_assets.serve.release import sha256

_BATCH_BYTES = 32 * 2**20


def write_attribution(
    lake: Lake, found: Attribution, folder: Path, title: str
) -> list[dict[str, Any]]:
    """Write NOTICE.txt and the files of `credits` below `folder`; `title` heads the notice.

    Returns one record per file: path relative to `folder`, bytes, sha256. Raises ValueError when
    the lake no longer holds a text under the digest that the attribution names.
    """
    texts = folder / FOLDER / "texts"
    texts.mkdir(parents=True)
    for digest, data in _texts(lake, found.texts):
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError(
                f"the license text {digest} is another in the lake than its table says: "
                "collect its source again"
            )
        (texts / f"{digest}.txt").write_bytes(data)
    lost = [name for name in found.texts["sha256"] if not (texts / f"{name}.txt").is_file()]
    if lost:
        raise ValueError(f"{len(lost)} license texts are not in the lake, first {lost[0]}")
    tables = {"works": found.works, "files": found.files, "texts": found.texts}
    for name, frame in tables.items():
        frame.write_parquet(
            folder / FOLDER / f"{name}.parquet", compression="zstd", compression_level=3
        )

    def read(digest: str) -> str | None:
        return decode((texts / f"{digest}.txt").read_bytes()).text

    with (folder / NOTICE).open("w", encoding="utf-8", newline="\n") as notice:
        notice.writelines(f"{line}\n" for line in notice_lines(found, title, read))
    written = [folder / NOTICE, *sorted((folder / FOLDER).rglob("*.*"))]
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": sha256(path),
        }
        for path in written
        if path.is_file()
    ]


def _texts(lake: Lake, texts: pl.DataFrame) -> Iterator[tuple[str, bytes]]:
    """(SHA-256, bytes) of every text, each once."""
    for identifiers, digest in (
        texts.filter(pl.col("kind") == "standard_text").select("license_ids", "sha256").iter_rows()
    ):
        text = standard_text(identifiers[0])
        if text is not None:
            yield digest, text.encode()
    found = texts.filter(pl.col("content_id").is_not_null()).unique("sha256").sort("content_id")
    numbered = found.with_columns(batch=pl.col("n_bytes").cum_sum() // _BATCH_BYTES)
    for batch in numbered.partition_by("batch", maintain_order=True):
        contents = stored(lake, batch["content_id"]).select("content_id", "data").collect()
        joined = batch.select("content_id", "sha256").join(
            contents.unique("content_id"), on="content_id", how="inner"
        )
        yield from joined.select("sha256", "data").iter_rows()
