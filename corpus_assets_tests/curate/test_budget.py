"""The removal budget: whose documents may go, and which clusters take them."""

from typing import Any

import pytest
from pydantic import ValidationError

from corpus_assets.curate.budget import largest_clusters, removal_breaches, told
from corpus_assets.policy.duplicates import RemovalBudget
from corpus_assets_tests.curate.rows import POLICY, document, frame, resolution


def test_a_breach_names_the_source_and_its_largest_clusters() -> None:
    names = [f"d{i:03}" for i in range(200)]
    documents = frame("documents", [
        document(n, source_category="commercial" if i < 100 else "open_source", source="vendor"
                 if i < 100 else "pypi")
        for i, n in enumerate(names)
    ])  # fmt: skip
    resolved = frame("duplicate_resolution", [
        resolution(n) if i < 2 or i >= 100 else
        resolution(n, is_kept=False, kept_content_id="d000" if i < 90 else "d001", cluster_size=90)
        for i, n in enumerate(names)
    ])  # fmt: skip
    breaches = removal_breaches(documents, resolved, POLICY)
    assert breaches.select("source_category", "source", "n_documents", "n_removed").rows() == [
        ("commercial", None, 100, 98), ("commercial", "vendor", 100, 98),
    ]  # fmt: skip
    row = breaches.row(1, named=True)
    group = {name: row[name] for name in ("language", "source_category", "source")}
    clusters = largest_clusters(documents, resolved, group, 1)
    assert clusters.select("kept_path", "n_removed").rows() == [("src/d000.py", 88)]
    words = told(row, clusters)
    assert "98 of 100" in words
    assert "pkg:a src/d000.py" in words


LIMIT = {"max_removed_share": 0.5, "min_documents": 10}


def test_the_most_telling_override_holds() -> None:
    overrides = [
        LIMIT | {"language": "go", "max_removed_share": 0.1},
        LIMIT | {"source_category": "freelance", "max_removed_share": 0.2},
        LIMIT | {"source": "x", "max_removed_share": 0.3},
        LIMIT | {"source": "x", "language": "go", "max_removed_share": 0.4},
    ]
    budget = RemovalBudget.model_validate(LIMIT | {"overrides": overrides})
    asked = [("freelance", "x", "go"), ("freelance", "x", "c"), ("freelance", "y", "go"),
             ("in_house", None, "go"), ("in_house", "y", "c")]  # fmt: skip
    shares = [budget.limit(*group).max_removed_share for group in asked]
    assert shares == [0.4, 0.3, 0.2, 0.1, 0.5]


@pytest.mark.parametrize("override", [
    LIMIT, LIMIT | {"language": "klingon"}, LIMIT | {"source_category": "moon"},
    LIMIT | {"source": "x", "typo": 1},
])  # fmt: skip
def test_a_wrong_override_is_refused(override: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RemovalBudget.model_validate(LIMIT | {"overrides": [override]})
