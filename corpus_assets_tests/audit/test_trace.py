import json
import time
from pathlib import Path

import polars as pl
import pytest

from corpus_assets.audit.explain import explain
from corpus_assets.audit.identify import NotFoundError, identify
from corpus_assets.audit.trace import trace
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.serve.release import Release
from corpus_assets_tests import sample_lake as sample

SOLUTION = "delivery:freelance payload/2/solution.py"


def test_a_row_is_traced_to_its_beginnings(
    sample_lake: Lake, sample_release: Release, sample_published: Path
) -> None:
    row = (
        sample_lake.read("training_mix").filter(pl.col("stage") == "fine_tuning").row(0, named=True)
    )
    answer = trace(sample_lake, sample_published, row["row_id"])
    assert (answer["kind"], answer["content_id"]) == ("row", row["content_id"])
    assert answer["content"]["sha256"]
    assert row["path"] in [place["path"] for place in answer["occurrences"]]
    assert answer["license_claims"][0]["license_expression"] == row["license_concluded"]
    assert answer["license_conclusions"][0]["license_state"] == "granted"
    verdicts = sample_lake.read("ledger").filter(pl.col("content_id") == row["content_id"])
    assert len(answer["ledger"]) == verdicts.height
    assert answer["duplicate_cluster"]["cluster_size"] == 1
    (release,) = answer["releases"]
    assert (release["version"], release["is_current"]) == (sample_release.version, True)
    assert row["row_id"] in [item["row_id"] for item in release["rows"]]
    json.loads(json.dumps(answer))


def test_lineage_reaches_the_collection(sample_lake: Lake, sample_published: Path) -> None:
    answer = trace(sample_lake, sample_published, SOLUTION)
    commits = answer["made_by"]
    tables = {commit["table"] for commit in commits}
    assert {"training_mix", "mix_plan", "curated_documents", "ledger", "occurrences"} <= tables
    assert "revisions" in tables  # three steps above the ledger
    for commit in commits:
        assert commit["found"]
        assert commit["run_id"] == f"run-{commit['table']}"
        assert (commit["code_version"], commit["policy_digest"]) == ("1.2.3", sample.POLICY)
    named = [(c["table"], c["partition"], c["delta_version"]) for c in commits]
    assert len(set(named)) == len(named)
    stages = {row["stage"] for row in answer["training_mix"]}
    own = {"", "python", "freelance", *stages}  # other partitions made other rows
    read = {
        (i["table"], i["partition"], i["delta_version"])
        for c in commits
        for i in c["inputs"]
        if i["partition"] in own
    }
    assert read <= set(named)
    assert {c["partition"] for c in commits} <= own


def test_lineage_follows_the_version_that_was_read(sample_lake: Lake, tmp_path: Path) -> None:
    lake = sample.copy(sample_lake, tmp_path)
    read = lake.version("revisions", "freelance")
    again = Provenance("revisions", "run-later", "2.0.0", "p")
    lake.replace("revisions", lake.read("revisions", "freelance"), again, "freelance")
    commits = trace(lake, tmp_path / "published", SOLUTION)["made_by"]
    used = [c for c in commits if (c["table"], c["partition"]) == ("revisions", "freelance")]
    assert read is not None
    assert [c["delta_version"] for c in used] == [read.delta_version]
    assert used[0]["run_id"] == "run-revisions"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("src/alpha0.py", "path"),
        ("alpha0.py", "path"),
        ("pkg:pypi/alpha/src/alpha1.js", "path"),
        ("pkg:pypi/alpha src/alpha1.js", "path"),
    ],
)
def test_paths_are_recognized(asked: str, kind: str, sample_lake: Lake) -> None:
    found = identify(sample_lake, asked)
    assert (found.kind, found.content_id[:10]) == (kind, "swh:1:cnt:")


def test_every_kind_of_id_is_recognized(sample_lake: Lake, sample_published: Path) -> None:
    content = sample_lake.read("documents")["content_id"][0]
    pair = sample_lake.read("pairs").row(0, named=True)
    unit = sample_lake.read("units").row(0, named=True)
    assert identify(sample_lake, content).kind == "content"
    assert identify(sample_lake, pair["pair_id"]).content_id == pair["content_id"]
    answer = trace(sample_lake, sample_published, unit["unit_id"])
    assert (answer["kind"], answer["unit"]["name"]) == ("unit", "first")


def test_a_row_of_an_older_release_is_found(
    sample_lake: Lake, sample_published: Path, tmp_path: Path
) -> None:
    lake = sample.copy(sample_lake, tmp_path)
    gone = lake.read("training_mix", "pretraining")
    made_by = Provenance("training_mix", "run", "1", "p")
    lake.replace("training_mix", gone.head(0), made_by, "pretraining")
    row = gone.row(0, named=True)
    answer = trace(lake, sample_published, row["row_id"])
    assert answer["content_id"] == row["content_id"]
    assert row["row_id"] in [item["row_id"] for item in answer["releases"][0]["rows"]]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("nowhere.py", "no such path was collected"),
        ("swh:1:cnt:" + "0" * 40, "never collected"),
        ("0" * 32, "no row or pair of this id"),
        ("solution.py", "fits 12 contents; ask for one of them by its id:\n  swh:1:cnt:"),
        ("", "no such path"),
    ],
)
def test_what_is_not_one_content_is_explained(asked: str, message: str, sample_lake: Lake) -> None:
    with pytest.raises(NotFoundError, match=message):
        identify(sample_lake, asked)


def test_secrets_and_texts_stay_in_the_lake(sample_lake: Lake, sample_published: Path) -> None:
    answer = trace(sample_lake, sample_published, "src/with_key.py")
    assert len(answer["secrets"]) == 1
    assert "fingerprint" not in answer["secrets"][0]
    assert "KEY =" not in json.dumps(answer)


def test_a_trace_is_fast(sample_lake: Lake, sample_published: Path) -> None:
    trace(sample_lake, sample_published, SOLUTION)
    started = time.process_time()
    trace(sample_lake, sample_published, SOLUTION)
    assert time.process_time() - started < 2


def _said(lake: Lake, asked: str) -> tuple[str, str]:
    answer = explain(lake, asked)
    json.dumps(answer)
    return answer["outcome"], " ".join(answer["sentences"])


def test_a_removal_is_explained_by_its_first_failing_gate(sample_lake: Lake) -> None:
    outcome, words = _said(sample_lake, "src/made.py")
    assert outcome == "removed"
    assert words == "Removed: gate 'not generated' found 0.97 where it asks for 0.85 (rule 1)."


def test_a_duplicate_names_its_kept_twin(sample_lake: Lake) -> None:
    outcome, words = _said(sample_lake, "vendor/alpha3.py")
    assert outcome == "removed"
    assert "97% the same as swh:1:cnt:" in words
    assert "pkg:pypi/alpha src/alpha3.py" in words
    assert "earliest origin" in words


def test_a_kept_document_is_explained_stage_by_stage(sample_lake: Lake) -> None:
    answer = explain(sample_lake, "src/alpha0.py")
    assert (answer["outcome"], answer["gates"]) == ("kept", [])
    stages = sorted(sample.spec().stages)
    assert answer["sentences"] == ["Kept.", *(f"{stage}: eligible." for stage in stages)]


def test_a_document_that_serves_no_stage_names_the_common_reason_first(sample_lake: Lake) -> None:
    answer = explain(sample_lake, "src/delta1.js")
    assert answer["outcome"] == "not_eligible"
    first, *others = answer["sentences"]
    assert first == (
        "Not eligible: gate 'license state' found none_found where no stage takes it "
        "(none_found by rule)."
    )
    assert len(others) == len(sample.spec().stages)
    assert (
        "pretraining: not eligible: gate 'license state' found none_found where it asks for "
        "granted (rule 1)."
    ) in others


def _with_verdicts(source: Lake, folder: Path, changes: dict[str, tuple[str, str]]) -> Lake:
    """The lake, where src/alpha0.py fails, in each stage named, a gate with a value."""
    lake = sample.copy(source, folder)
    rows = lake.read("ledger", "python")
    own = pl.col("content_id") == identify(lake, "src/alpha0.py").content_id
    failing = pl.DataFrame(
        [(stage, *verdict) for stage, verdict in changes.items()],
        schema=["stage", "failing", "found"],
        orient="row",
    )
    changed = (
        rows.filter(own)
        .join(failing, on="stage", how="left", maintain_order="left")
        .with_columns(
            gate=pl.coalesce("failing", "gate"),
            value=pl.coalesce("found", "value"),
            passed=pl.col("failing").is_null(),
            is_first_failure=pl.col("failing").is_not_null(),
        )
        .drop("failing", "found")
    )
    made_by = Provenance("ledger", "run", "1", "p")
    lake.replace("ledger", pl.concat([rows.filter(~own), changed]), made_by, "python")
    return lake


@pytest.mark.parametrize(
    ("gate", "value"),
    [
        ("license_class", "weak_copyleft"),
        ("license_policy", "permissive; inferred; review: evidence inferred below inherited"),
    ],
)
def test_a_license_barred_from_one_stage_is_explained(
    gate: str, value: str, sample_lake: Lake, tmp_path: Path
) -> None:
    changes = {"pretraining": (gate, value)}
    outcome, words = _said(_with_verdicts(sample_lake, tmp_path, changes), "src/alpha0.py")
    assert outcome == "kept"
    assert f"pretraining: not eligible: gate '{gate.replace('_', ' ')}' found {value}" in words
    assert "evaluation: eligible." in words
    assert words.endswith("Its license: granted by rule.")


def test_stages_may_refuse_for_different_reasons(sample_lake: Lake, tmp_path: Path) -> None:
    changes = dict.fromkeys(sample.spec().stages, ("quality_score", "0.1"))
    outcome, words = _said(_with_verdicts(sample_lake, tmp_path / "1", changes), "src/alpha0.py")
    assert outcome == "not_eligible"
    assert words.startswith("Not eligible: gate 'quality score' found 0.1 where no stage")
    assert "license" not in words
    changes["pretraining"] = ("agreement_stage", "fine_tuning")
    outcome, words = _said(_with_verdicts(sample_lake, tmp_path / "2", changes), "src/alpha0.py")
    assert outcome == "not_eligible"
    assert words.startswith("Not eligible: each stage for a reason of its own.")
    assert words.endswith("Its license: granted by rule.")


def test_a_quarantined_file_is_explained(sample_lake: Lake) -> None:
    outcome, words = _said(sample_lake, "link.py")
    assert outcome == "quarantined"
    assert "symlink (link to outside)" in words
    assert explain(sample_lake, "link.py").keys() == explain(sample_lake, "src/made.py").keys()


def test_a_content_without_verdicts_says_so(sample_lake: Lake, tmp_path: Path) -> None:
    lake = sample.copy(sample_lake, tmp_path)
    made_by = Provenance("ledger", "run", "1", "p")
    lake.replace("ledger", lake.read("ledger", "python").head(0), made_by, "python")
    outcome, words = _said(lake, "src/alpha0.py")
    assert outcome == "not_judged"
    assert "materialize `ledger`" in words
