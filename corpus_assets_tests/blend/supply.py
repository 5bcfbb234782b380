"""Random but reproducible supplies for property tests of plans and mixes."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import strategies as st

from corpus_assets.languages import SOURCE_CATEGORIES, STAGES
from corpus_assets.policy.mixes import MixSpec
from corpus_assets_tests.sample_curation import rows

_FILE = st.fixed_dictionaries(
    {
        "source_category": st.sampled_from(SOURCE_CATEGORIES),
        "language": st.sampled_from(["python", "go", "html"]),
        "license_class": st.sampled_from(["permissive", "owned"]),
        "license_state": st.sampled_from(["granted", "granted", "none_found"]),
        "origin": st.sampled_from(["a", "b", "c"]),
        "n_tokens": st.integers(0, 400),
        "split_group": st.sampled_from([f"group-{n}" for n in range(6)] + [None]),
    }
)
_PAIR = st.fixed_dictionaries(
    {
        "license_state": st.just("granted"),
        "source_category": st.sampled_from(SOURCE_CATEGORIES),
        "language": st.just("python"),
        "license_class": st.just("owned"),
        "origin": st.sampled_from(["a", "b", "c"]),
        "n_tokens": st.integers(1, 400),
        "split_group": st.sampled_from([f"group-{n}" for n in range(6)]),
        "n_expert_reviews": st.integers(0, 3),
        "ai_assist": st.sampled_from(["none", "generated"]),
    }
)

files = st.lists(_FILE, max_size=25)
answers = st.lists(_PAIR, max_size=12)


def curated(items: list[dict[str, Any]]) -> pl.LazyFrame:
    """Table curated_documents with these rows, each of all stages."""
    numbered = [
        {**item, "content_id": f"content-{n}", "stages": list(STAGES), "quality_score": 0.5}
        for n, item in enumerate(items)
    ]
    return rows("curated_documents", numbered).lazy()


def pairs(items: list[dict[str, Any]]) -> pl.LazyFrame:
    """Table pairs with these rows, each of all stages."""
    numbered = [
        {**item, "pair_id": f"pair-{n}", "content_id": f"answer-{n}", "stages": list(STAGES)}
        for n, item in enumerate(items)
    ]
    return rows("pairs", numbered).lazy()


def spec(**stage: Any) -> MixSpec:
    """A mix whose pretraining stage has these settings."""
    everything = {name: {} for name in SOURCE_CATEGORIES}
    common = {"license_classes": ["permissive", "owned"], "source_categories": everything}
    wanted = {"content": "documents", "tokens": 1_000, **common, **stage}
    reviewed = {"content": "pairs", "tokens": 500, **common, "reviewed_only": 2}
    return MixSpec.model_validate(
        {
            "name": "random",
            "version": "1",
            "owner": "tests",
            "purpose": "property tests",
            "as_of": "2026-11-22",
            "seed": 1,
            "evaluation": {"share": 0.5, "salt": "s"},
            "stages": {
                "pretraining": wanted,
                "fine_tuning": {"content": "pairs", "tokens": 800, **common},
                "evaluation": {**reviewed, "ai_assist": ["none"]},
            },
        }
    )
