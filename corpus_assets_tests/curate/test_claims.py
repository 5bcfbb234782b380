"""One license per content: the strictest credible claim over its occurrences."""

from typing import Any

import polars as pl
import pytest

from corpus_assets.curate.claims import content_licenses
from corpus_assets_tests.curate.rows import GPL, NONE, conclusion, frame

LGPL = GPL | {"license_concluded": "LGPL-2.1-only", "license_class": "weak_copyleft"}
TREE = {"basis": "license_file", "license_evidence": "inherited"}
CONTRACT = {
    "license_concluded": "LicenseRef-lot", "license_class": "contract", "basis": "contract",
    "license_evidence": "contract", "source_category": "commercial", "origin": "lot-7",
    "stages_allowed": ["fine_tuning", "pretraining"], "valid_to": "2027-01-01",
}  # fmt: skip


def combined(*occurrences: dict[str, Any]) -> dict[str, Any]:
    rows = [
        conclusion("c", **({"path": f"p{i}.py"} | known)) for i, known in enumerate(occurrences)
    ]
    result = content_licenses(frame("license_conclusions", rows))
    assert content_licenses(frame("license_conclusions", rows[::-1])).equals(result)
    assert result.height == 1
    return result.row(0, named=True)


@pytest.mark.parametrize(
    ("occurrences", "state", "license_class"),
    [
        ([{}], "granted", "permissive"),
        ([{}, {"license_concluded": "Apache-2.0"}], "granted", "permissive"),
        ([NONE], "none_found", "unknown"),
        ([NONE, {}], "granted", "permissive"),
        ([NONE, NONE | {"license_state": "unreadable"}], "unreadable", "unknown"),
        ([{}, GPL], "granted", "strong_copyleft"),  # the header rules, the MIT tree cannot relax it
        ([{}, GPL | TREE], "conflict", "strong_copyleft"),  # trees disagree
        ([GPL | TREE, LGPL | TREE], "granted", "strong_copyleft"),
        ([{"basis": "file"}, GPL | TREE], "granted", "permissive"),  # MIT file in a GPL tree
        ([{}, GPL | {"license_state": "conflict"}], "conflict", "strong_copyleft"),
        ([{}, {"license_state": "denied", "basis": "file"}], "denied", "permissive"),
        ([{}, {"license_state": "denied"}], "conflict", "permissive"),
        ([{"license_state": "denied"}, NONE], "denied", "permissive"),
        ([CONTRACT, {}], "granted", "contract"),
        ([CONTRACT, GPL], "conflict", "strong_copyleft"),  # delivered, but someone's GPL code
        ([CONTRACT, GPL | TREE], "conflict", "strong_copyleft"),
    ],
)
def test_state_and_class(occurrences: list[dict[str, Any]], state: str, license_class: str) -> None:
    result = combined(*occurrences)
    assert (result["license_state"], result["license_class"]) == (state, license_class)
    assert (result["license_evidence"] == "none") == (
        state in ("conflict", "none_found", "unreadable")
    )


def test_a_conflict_names_both_sides_and_where_they_are() -> None:
    reason = combined({}, GPL | TREE)["license_reason"]
    assert reason.startswith(
        "GPL-3.0-only (strong_copyleft) at pkg:gpl against MIT (permissive) at pkg:a; "
    )


def test_private_content_found_in_open_source_is_flagged_and_keeps_its_limits() -> None:
    result = combined(CONTRACT, {})
    assert "also found in open source at pkg:a" in result["license_reason"]
    assert result["stages_allowed"] == ["fine_tuning", "pretraining"]
    assert result["valid_to"] == "2027-01-01"


def test_agreements_meet_in_their_common_stages_and_earliest_end() -> None:
    second = CONTRACT | {"stages_allowed": ["pretraining"], "valid_to": "2026-12-31"}
    result = combined(CONTRACT, second)
    assert (result["stages_allowed"], result["valid_to"]) == (["pretraining"], "2026-12-31")


def test_agreements_without_a_common_stage_deny() -> None:
    result = combined(CONTRACT, CONTRACT | {"stages_allowed": ["evaluation"]})
    assert result["license_state"] == "denied"
    assert "no stage in common" in result["license_reason"]


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(pl.exceptions.InvalidOperationError):
        combined({"license_class": "friendly"})
