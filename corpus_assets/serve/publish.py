"""Publishing: the training mix becomes an immutable, versioned folder.

Belongs here: version, manifest, atomic placement and the CURRENT pointer. Does not belong here:
choosing rows (`blend`).

A release is staged in a sibling folder and moved into place, so readers see all of it or nothing.
Its version ends in a digest over the rows, their attribution and the spec: equal inputs give the
same version, and a version that is there already is left alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.lake_versions import InputVersion
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.policy.strict import digest
from corpus_assets.serve.attribution import attribution
from corpus_assets.serve.attribution_files import write_attribution
from corpus_assets.serve.catalog import write_catalog
from corpus_assets.serve.credits import Attribution
from corpus_assets.serve.release import (
    CURRENT,
    FORMAT,
    LOCK,
    MANIFEST,
    SCHEMA,
    Release,
    canonical,
    sha256,
)
from corpus_assets.serve.shards import write_shards

_DIGEST_ROWS = 50_000


def publish(
    lake: Lake, spec: MixSpec, published: Path, provenance_inputs: Sequence[InputVersion]
) -> Release:
    """Publish the lake's training mix of the spec's stages and make it the current release.

    `provenance_inputs` are the table versions it rests on, recorded in the manifest. A stage
    without rows is published as such and stands in the manifest with zero rows. Raises ValueError
    when the lake's mix plan was made from another spec or the lake lacks a row's text; the
    published releases are then as before.
    """
    from filelock import FileLock

    plan = _plan(lake, spec)
    rows = lake.scan("training_mix").filter(pl.col("stage").is_in(list(spec.stages))).collect()
    credited = attribution(lake, rows)
    rows_digest = _rows_digest(rows, lake, digest(spec), credited)
    version = f"{spec.version}-{rows_digest[:12]}"
    home = published / spec.name
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / ".lock"):
        target = home / version
        created = not (target / MANIFEST).is_file()
        if created:
            staged = home / f".{version}.partial"
            shutil.rmtree(staged, ignore_errors=True)  # left by a run that was killed
            staged.mkdir()
            files = write_shards(lake, rows, staged)
            files += write_attribution(lake, credited, staged, f"{spec.name} {version}")
            inputs = _inputs(provenance_inputs)
            _write(staged / LOCK, _lock(spec, plan, inputs))
            files.append(_file(staged, LOCK))
            _write(
                staged / MANIFEST,
                _manifest(spec, version, rows_digest, rows, credited, plan, inputs, files),
            )
            write_catalog(staged, has_shards=rows.height > 0)
            _sync(staged)
            os.replace(staged, target)
            _sync_folder(home)
        release = Release(spec.name, version, target, sha256(target / MANIFEST), created)
        _point(home, release)
    return release


def _plan(lake: Lake, spec: MixSpec) -> pl.DataFrame:
    plan = lake.scan("mix_plan").filter(pl.col("stage").is_in(list(spec.stages))).collect()
    strangers = plan.filter(pl.col("spec_digest") != digest(spec))["stage"].unique().sort()
    if len(strangers):
        raise ValueError(
            f"the mix plan of {', '.join(strangers)} was made from another spec than "
            f"{spec.name} {spec.version}; materialize mix_plan and training_mix again"
        )
    return plan.sort("stage", "content_kind", "source_category", "language", "license_class")


def _rows_digest(rows: pl.DataFrame, lake: Lake, spec_digest: str, credited: Attribution) -> str:
    """SHA-256 over spec, rows, prompts and attribution; texts follow from their content ids."""
    whole = hashlib.sha256(f"{FORMAT}\n{spec_digest}\n".encode())
    prompts = (
        lake.scan("pairs")
        .select("pair_id", "prompt")
        .join(rows.lazy().select("pair_id").unique(), on="pair_id", how="semi")
        .collect()
    )
    attributed = (credited.works, credited.files, credited.texts)
    for frame in (rows.sort("row_id"), prompts.sort("pair_id"), *attributed):
        for batch in frame.iter_slices(_DIGEST_ROWS):
            whole.update(batch.write_ndjson().encode())
    return whole.hexdigest()


def _lock(spec: MixSpec, plan: pl.DataFrame, inputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "spec": spec.model_dump(mode="json"),
        "spec_digest": digest(spec),
        "inputs": inputs,
        "cells": plan.drop("spec_digest").to_dicts(),
    }


def _manifest(
    spec: MixSpec,
    version: str,
    rows_digest: str,
    rows: pl.DataFrame,
    credited: Attribution,
    plan: pl.DataFrame,
    inputs: list[dict[str, Any]],
    files: list[dict[str, Any]],
) -> dict[str, Any]:
    stages = {}
    for name, stage in spec.stages.items():
        chosen = rows.filter(pl.col("stage") == name)
        planned = plan.filter(pl.col("stage") == name)["planned_tokens"].sum()
        stages[name] = {
            "rows": chosen.height,
            "tokens": int(chosen["n_tokens"].sum()),
            "planned_tokens": int(planned),
            "budget_tokens": stage.tokens,
        }
    return {
        "format": FORMAT,
        "mix": spec.name,
        "version": version,
        "owner": spec.owner,
        "purpose": spec.purpose,
        "spec_digest": digest(spec),
        "rows_digest": rows_digest,
        "columns": {name: str(dtype) for name, dtype in SCHEMA.items()},
        "inputs": inputs,
        "stages": stages,
        "attribution": {
            "works": credited.works.height,
            "files": credited.files.height,
            "files_without_copyright": int(credited.works["n_without_copyright"].sum()),
            "texts": credited.texts.height,
        },
        "files": files,
    }


def _inputs(versions: Sequence[InputVersion]) -> list[dict[str, Any]]:
    """The inputs by content; commit numbers only tell how a lake was filled."""
    named = sorted((item.table, item.partition, item.data_version) for item in versions)
    return [
        {"table": table, "partition": partition, "data_version": data_version}
        for table, partition, data_version in named
    ]


def _file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    return {"path": name, "bytes": path.stat().st_size, "sha256": sha256(path)}


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_bytes(canonical(value))


def _point(home: Path, release: Release) -> None:
    """Replace CURRENT atomically; a reader sees the old pointer or the new one."""
    pointer = {"version": release.version, "manifest_sha256": release.manifest_sha256}
    staged = home / f".{CURRENT}.partial"
    staged.write_bytes(canonical(pointer))
    _sync_file(staged)
    os.replace(staged, home / CURRENT)
    _sync_folder(home)


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            _sync_file(path)
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
