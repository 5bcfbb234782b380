"""`corpus scan licenses`: the license of every file of a folder, with the claims behind it.

Belongs here: which folders count as packages, and the rows that are printed. Does not belong here:
reading the folder (`folder.py`) and the rules (`licensing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.cli import output
from corpus_assets.tables import empty

if TYPE_CHECKING:
    from corpus_assets.cli.scan.folder import Folder
    from corpus_assets.licensing.scancode import Detection

_CLAIM = (
    "kind", "license_expression", "statement_kind", "evidence_path", "distance", "rule_id",
    "score", "coverage", "start_line", "end_line", "matched_text_sha256", "copyrights",
    "detector", "detector_version",
)  # fmt: skip


def scan_licenses(folder: Folder) -> Iterator[dict[str, Any]]:
    """One row per file in order of path: class, conclusion, state, grade, reason and claims.

    Where the folder itself has no license file, each top-level folder with a manifest or license
    file is a package of its own, and nothing outside it speaks for its files.
    """
    from corpus_assets.licensing.claims import license_claims
    from corpus_assets.licensing.conclusions import license_conclusions
    from corpus_assets.licensing.evidence_files import evidence_role
    from corpus_assets.licensing.statements import license_evidence
    from corpus_assets.licensing.texts import license_texts
    from corpus_assets.policy.licenses import load_license_policy

    occurrences = _packages(folder.occurrences)
    roles = occurrences.with_columns(role=evidence_role(pl.col("path")))
    files = (
        roles.filter(pl.col("role").is_not_null())
        .group_by("content_id", "role")
        .agg(pl.col("path").min())
        .join(folder.contents.select("content_id", "data"), on="content_id", how="left")
        .sort("content_id", "role")
    )
    with output.bars() as bars:
        bar = bars.add_task("read notices", total=folder.documents.height, label="")

        def scan(texts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, Detection]]:
            from corpus_assets.licensing.scan_pool import scan_texts

            for found in scan_texts(texts):
                bars.update(bar, advance=1)
                yield found

        texts = license_texts(files, scan)
        statements = license_evidence(folder.documents, scan)
        bars.update(bar, completed=folder.documents.height)
    claims = license_claims(
        occurrences=occurrences,
        statements=statements,
        texts=texts,
        text_occurrences=occurrences.join(texts, on="content_id", how="semi"),
        agreements=empty("agreements"),
        forge_licenses=empty("forge_licenses"),
    )
    concluded = license_conclusions(occurrences, claims, load_license_policy())
    by_path: dict[str, list[dict[str, Any]]] = {}
    for claim in claims.sort("path", "kind", "ordinal").iter_rows(named=True):
        named = {"claim_id": f"{claim['kind']}:{claim['ordinal']}"}
        by_path.setdefault(claim["path"], []).append(named | {name: claim[name] for name in _CLAIM})
    for row in concluded.sort("path").iter_rows(named=True):
        yield {
            "path": row["path"],
            "license_class": row["license_class"],
            "license_concluded": row["license_concluded"],
            "license_info_in_file": row["license_info_in_file"],
            "license_declared": row["license_declared"],
            "license_elected": row["license_elected"],
            "license_state": row["license_state"],
            "grade": row["license_evidence"],
            "obligations": row["license_obligations"],
            "flags": row["license_flags"],
            "reason": row["reason"],
            "claims": by_path.get(row["path"], []),
        }


def _packages(occurrences: pl.DataFrame) -> pl.DataFrame:
    """The occurrences, with the package of each as its origin."""
    from corpus_assets.licensing.evidence_files import evidence_role

    path = pl.col("path")
    top = path.str.extract(r"^([^/]+)/").fill_null("")
    rows = occurrences.with_columns(
        role=evidence_role(path), top=top, depth=path.str.count_matches("/", literal=True)
    )
    if rows.filter((pl.col("depth") == 0) & (pl.col("role") == "license_file")).height:
        return occurrences
    has_evidence = (pl.col("role").is_not_null() & (pl.col("depth") == 1)).any().over("top")
    package = pl.when(has_evidence & (pl.col("top") != "")).then(pl.col("top"))
    return rows.with_columns(
        origin=pl.concat_str("origin", package.fill_null("").pipe(_with_slash))
    ).select(occurrences.columns)


def _with_slash(name: pl.Expr) -> pl.Expr:
    return pl.when(name != "").then(pl.lit("/") + name).otherwise(pl.lit(""))
