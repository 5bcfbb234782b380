"""Every granted conclusion names a claim, the claim exists, and it has evidence."""

from typing import Any

import pytest

from corpus_assets.licensing.evidence_check import unsupported_grants
from corpus_assets_tests.licensing.rows import claim, claims, conclusion, conclusions


def _problem(known: dict[str, Any], *stated: dict[str, Any]) -> list[str]:
    found = unsupported_grants(conclusions(conclusion("a.py", **known)), claims(*stated))
    return found.get_column("problem").to_list()


def test_a_grant_on_a_claim_with_evidence_is_sound() -> None:
    assert _problem({}, claim("a.py")) == []
    contract = claim("a.py", kind="contract", evidence_path=None, rule_id="A-1")
    assert _problem({"claim_ids": ["contract:0"]}, contract) == []


@pytest.mark.parametrize(
    ("known", "stated", "problem"),
    [
        ({"claim_ids": []}, {}, "names no claim"),
        ({"claim_ids": ["file:1"]}, {}, "names file:1, which is no claim about it"),
        ({}, {"path": "b.py"}, "names file:0, which is no claim about it"),
        ({}, {"content_id": "id:b.py"}, "names file:0, which is no claim about it"),
        ({}, {"license_expression": None}, "names file:0, which has no evidence"),
        ({}, {"rule_id": None}, "names file:0, which has no evidence"),
        ({}, {"rule_id": ""}, "names file:0, which has no evidence"),
        ({}, {"evidence_path": None}, "names file:0, which has no evidence"),
    ],
)
def test_what_is_missing_is_said(
    known: dict[str, Any], stated: dict[str, Any], problem: str
) -> None:
    assert _problem(known, claim("a.py", **stated)) == [problem]


def test_only_grants_need_claims_and_every_problem_is_told_once() -> None:
    rows = conclusions(
        conclusion("a.py", license_state="none_found", claim_ids=[]),
        conclusion("c.py", claim_ids=["file:0", "manifest:0", "license_file:2"]),
        conclusion("b.py", claim_ids=[]),
    )
    found = unsupported_grants(rows, claims(claim("c.py"), claim("a.py", rule_id=None)))
    assert found.select("path", "problem").rows() == [
        ("b.py", "names no claim"),
        (
            "c.py",
            "names license_file:2, which is no claim about it; "
            "names manifest:0, which is no claim about it",
        ),
    ]
    assert unsupported_grants(conclusions(), claims()).height == 0
