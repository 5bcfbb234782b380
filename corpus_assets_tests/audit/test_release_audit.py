from pathlib import Path

import polars as pl
import pytest

from corpus_assets.audit.release_audit import release_audit
from corpus_assets.audit.review_queue import license_review_queue
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.licenses import load_license_policy
from corpus_assets.serve.publish import publish
from corpus_assets.serve.release import Release
from corpus_assets.tables import TABLES, empty
from corpus_assets_tests import sample_lake as sample


def _audit(release: Release, lake: Lake, **other: pl.LazyFrame) -> pl.DataFrame:
    names = ("occurrences", "duplicate_resolution", "unit_overlap", "takedowns")
    tables = {name: lake.scan(name) for name in names} | other
    return release_audit(release, load_license_policy(), *(tables[name] for name in names))


def _failed(audit: pl.DataFrame) -> dict[str, int]:
    failed = audit.filter(pl.col("passed").not_())
    return dict(failed.select("question", "n_rows").iter_rows())


def test_a_sound_release_passes_every_check(sample_lake: Lake, sample_release: Release) -> None:
    audit = _audit(sample_release, sample_lake)
    checks = audit.filter(pl.col("passed").is_not_null())
    assert checks["passed"].all()
    assert set(checks["question"]) == {
        "check_rows_trace_to_occurrences", "check_no_takedowns", "check_evaluation_is_apart",
        "check_license_states_are_named", "check_licenses_within_policy",
        "check_rows_are_credited", "check_totals_equal_manifest",
    }  # fmt: skip
    for (question,), figures in audit.filter(pl.col("passed").is_null()).group_by("question"):
        assert figures["share"].sum() == pytest.approx(1), question
        assert figures["n_rows"].sum() == sample_lake.read("training_mix").height


def test_an_untraceable_row_fails(sample_lake: Lake, sample_release: Release) -> None:
    without = sample_lake.scan("occurrences").filter(pl.col("source_category") != "in_house")
    audit = _audit(sample_release, sample_lake, occurrences=without)
    own = sample_lake.read("training_mix").filter(pl.col("source_category") == "in_house")
    assert _failed(audit) == {"check_rows_trace_to_occurrences": own.height}


def test_taken_down_content_fails(sample_lake: Lake, sample_release: Release) -> None:
    row = sample_lake.read("training_mix", "pretraining").row(0, named=True)
    tomb = empty("takedowns").clear(1).with_columns(content_id=pl.lit(row["content_id"]))
    audit = _audit(sample_release, sample_lake, takedowns=tomb.lazy())
    assert _failed(audit)["check_no_takedowns"] >= 1


def _published(
    source: Lake, tmp_path: Path, stage: str, rows: pl.DataFrame
) -> tuple[Lake, Release]:
    """A release whose stage holds rows that planning would never have let in."""
    lake = sample.copy(source, tmp_path / "lake")
    lake.replace("training_mix", rows, Provenance("training_mix", "run", "1", "p"), stage)
    return lake, publish(lake, sample.spec(), tmp_path / "published", [])


@pytest.mark.parametrize("state", ["none_found", "conflict", "denied"])
def test_a_license_the_spec_does_not_name_fails(
    state: str, sample_lake: Lake, tmp_path: Path
) -> None:
    rows = sample_lake.read("training_mix", "pretraining")
    changed = rows.with_columns(
        license_state=pl.when(pl.col("row_id") == rows["row_id"][0])
        .then(pl.lit(state))
        .otherwise("license_state")
    )
    lake, release = _published(sample_lake, tmp_path, "pretraining", changed)
    audit = _audit(release, lake)
    assert _failed(audit) == {
        "check_license_states_are_named": 1,
        "check_licenses_within_policy": 1,
    }


def test_a_leak_across_the_evaluation_line_fails(sample_lake: Lake, tmp_path: Path) -> None:
    held_out = sample_lake.read("training_mix", "evaluation")
    leaked = held_out.with_columns(
        stage=pl.lit("fine_tuning"), row_id=pl.concat_str("row_id", pl.lit("x"))
    )
    rows = pl.concat([sample_lake.read("training_mix", "fine_tuning"), leaked])
    lake, release = _published(sample_lake, tmp_path, "fine_tuning", rows)
    audit = _audit(release, lake)
    assert _failed(audit) == {"check_evaluation_is_apart": leaked.height}


QUEUE = ("license_conclusions", "duplicate_resolution", "documents", "quality_signals")
NO_CHAINS = empty("license_chains").lazy()


def test_one_question_covers_all_its_files(sample_lake: Lake) -> None:
    queue = license_review_queue(*(sample_lake.scan(name) for name in QUEUE), NO_CHAINS)
    asked = {row["origin"]: row for row in queue.iter_rows(named=True)}
    assert set(asked) == {"pkg:pypi/delta", "pkg:pypi/epsilon"}
    delta = asked["pkg:pypi/delta"]
    assert (delta["license_state"], delta["n_files"], delta["n_contents"]) == ("none_found", 6, 6)
    assert delta["sample_paths"] == ["src/delta0.py", "src/delta1.js", "src/delta2.md"]
    signals = sample_lake.read("quality_signals")
    of_delta = sample_lake.read("documents").filter(pl.col("origin") == "pkg:pypi/delta")
    assert delta["n_tokens"] == of_delta.join(signals, on="content_id")["n_tokens"].sum()


def test_a_copy_in_two_revisions_is_two_files_and_one_content(sample_lake: Lake) -> None:
    conclusions, resolution, documents, signals = (sample_lake.read(name) for name in QUEUE)
    twice = pl.concat([conclusions, conclusions.with_columns(revision=pl.lit("2"))])
    once = license_review_queue(
        conclusions.lazy(), resolution.lazy(), documents.lazy(), signals.lazy(), NO_CHAINS
    )
    both = license_review_queue(
        twice.lazy(), resolution.lazy(), documents.lazy(), signals.lazy(), NO_CHAINS
    )
    assert both["question_id"].to_list() == once["question_id"].to_list()
    assert both["n_files"].to_list() == [12, 12]
    assert both["n_contents"].to_list() == once["n_contents"].to_list()
    assert both["n_tokens"].to_list() == once["n_tokens"].to_list()


def test_a_cluster_in_conflict_is_asked_about(sample_lake: Lake) -> None:
    conclusions, resolution, documents, signals = (sample_lake.read(name) for name in QUEUE)
    alpha = conclusions.filter(pl.col("path") == "src/alpha1.js")["content_id"][0]
    own = pl.col("content_id") == alpha
    laundered = resolution.with_columns(
        license_state=pl.when(own).then(pl.lit("conflict")).otherwise("license_state"),
        license_reason=pl.when(own).then(pl.lit("a copy is GPL")).otherwise("license_reason"),
    )
    queue = license_review_queue(
        conclusions.lazy(), laundered.lazy(), documents.lazy(), signals.lazy(), NO_CHAINS
    )
    (row,) = queue.filter(pl.col("reason") == "a copy is GPL").iter_rows(named=True)
    assert (row["origin"], row["license_state"], row["n_files"]) == (
        "pkg:pypi/alpha", "conflict", 1,
    )  # fmt: skip


def test_blank_files_raise_no_question(sample_lake: Lake) -> None:
    conclusions, resolution, documents, signals = (sample_lake.read(name) for name in QUEUE)
    blank = signals.with_columns(n_tokens=pl.lit(1, pl.Int64))
    facts = (conclusions.lazy(), resolution.lazy(), documents.lazy())
    assert license_review_queue(*facts, blank.lazy(), NO_CHAINS).is_empty()
    assert (
        license_review_queue(*facts, signals.clear().lazy(), NO_CHAINS).height == 2
    )  # not measured yet


def test_files_without_text_raise_no_question(sample_lake: Lake) -> None:
    conclusions, resolution, documents, signals = (sample_lake.read(name) for name in QUEUE)
    binary = documents.with_columns(decode_state=pl.lit("binary"))
    facts = (conclusions.lazy(), resolution.lazy(), binary.lazy(), signals.lazy())
    assert license_review_queue(*facts, NO_CHAINS).is_empty()


def test_parts_that_contradict_their_package_are_questions_of_their_own(
    sample_lake: Lake,
) -> None:
    part = {
        "source_category": "open_source", "source": "s", "origin": "pkg:pypi/host",
        "revision": "1", "relation": "vendors", "component_license": "GPL-2.0-only",
        "host_license": "MIT", "n_files": 2, "n_contents": 2, "is_conflict": True,
        "reason": "MIT (permissive) stands over GPL-2.0-only (strong_copyleft)",
    }  # fmt: skip
    rows = [
        part | {"component": f"vendor/{name}", "sample_paths": [f"vendor/{name}/x.c"]}
        for name in ("a", "b", "c", "d")
    ] + [
        part | {"component": "lib", "relation": "depends", "is_conflict": False},
        part | {"component": "e", "component_license": "AGPL-3.0-only", "sample_paths": []},
    ]
    blank = dict.fromkeys(TABLES["license_chains"].names)
    chains = pl.LazyFrame([blank | row for row in rows], schema=TABLES["license_chains"].schema)
    silent = (sample_lake.scan(name).head(0) for name in QUEUE)
    queue = license_review_queue(*silent, chains).sort("n_files", descending=True)
    assert queue["n_files"].to_list() == [8, 2]
    first = queue.row(0, named=True)
    assert (first["license_declared"], first["license_info_in_file"]) == ("MIT", "GPL-2.0-only")
    assert (first["license_state"], first["n_tokens"]) == ("conflict", None)
    assert first["sample_paths"] == ["vendor/a/x.c", "vendor/b/x.c", "vendor/c/x.c"]
    assert queue["question_id"].n_unique() == 2
