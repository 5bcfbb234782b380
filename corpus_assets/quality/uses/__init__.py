"""What code is for, as far as what it uses tells: modules, domains, frameworks, language versions.

Belongs here: putting the measures together into table uses, in bounded memory. Which module is of
which domain, and which syntax of which version, is data: `policy/domains.yaml` and
`policy/language_versions.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from corpus_assets.policy.domains import Domains
from corpus_assets.policy.language_versions import LanguageVersions
from corpus_assets.policy.strict import digest
from corpus_assets.quality.uses.bare import bare_texts
from corpus_assets.quality.uses.domains import domains_of
from corpus_assets.quality.uses.imports import imported
from corpus_assets.quality.uses.versions import versions_of
from corpus_assets.tables import conform, empty

USES_VERSION = "1"
_BATCH_BYTES = 32 << 20


def uses(documents: pl.DataFrame, domains: Domains, versions: LanguageVersions) -> pl.DataFrame:
    """Table uses for the documents that have text, sorted by content id.

    Documents need content_id, language, path and text. Comments and strings of several lines say
    nothing here, so an example in documentation uses nothing.
    """
    readable = documents.filter(pl.col("text").is_not_null()).sort("content_id")
    version = f"uses {USES_VERSION}, {digest(domains)[:12]}, {digest(versions)[:12]}"
    parts = [_uses(batch, domains, versions) for batch in _batches(readable)]
    found = pl.concat([empty("uses").drop("detector_version"), *parts])
    return conform(found.with_columns(detector_version=pl.lit(version)).sort("content_id"), "uses")


def _batches(documents: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Documents of one language, about _BATCH_BYTES of text at a time."""
    for _, part in documents.group_by("language", maintain_order=True):
        numbers = part["text"].str.len_bytes().cum_sum() // _BATCH_BYTES
        for _, batch in part.group_by(numbers.alias("batch"), maintain_order=True):
            yield batch


def _uses(documents: pl.DataFrame, domains: Domains, versions: LanguageVersions) -> pl.DataFrame:
    language = str(documents["language"][0])
    code, syntax = bare_texts(documents["text"], language)
    modules = imported(code, documents["path"], language)
    return pl.concat(
        [
            documents.select("content_id", "language"),
            modules.to_frame("imports"),
            domains_of(documents["path"], modules, syntax, language, domains),
            versions_of(documents["path"], documents["text"], syntax, language, versions),
        ],
        how="horizontal",
    ).select(empty("uses").drop("detector_version").columns)
