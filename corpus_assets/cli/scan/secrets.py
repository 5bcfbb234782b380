"""`corpus scan secrets`: credentials in the files of a folder, without ever printing one.

Belongs here: the rows that are printed. Does not belong here: reading the folder (`folder.py`) and
what is a secret (`security`).
"""

from __future__ import annotations

import secrets as randomness
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.tables import empty

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder


def scan_secrets(folder: Folder) -> Iterator[dict[str, Any]]:
    """One row per finding, sorted by path and place. `fingerprint` is equal for equal secrets of
    one scan; its key is random and not kept, so it says nothing of the secret."""
    from corpus_assets.cli.scan.folder import batches
    from corpus_assets.security.key import KEY_BYTES
    from corpus_assets.security.secrets import secrets

    key = randomness.token_bytes(KEY_BYTES)
    parts = [secrets(part, key) for part in batches(folder.documents, "look for secrets")]
    yield from (
        folder.occurrences.select("path", "content_id")
        .join(pl.concat([empty("secrets"), *parts]), on="content_id")
        .sort("path", "start_byte", "rule")
        .select(
            "path", pl.col("start_line").alias("line"), "end_line", "kind", "rule", "confidence",
            "fingerprint", "start_byte", "end_byte",
        )
        .iter_rows(named=True)
    )  # fmt: skip
