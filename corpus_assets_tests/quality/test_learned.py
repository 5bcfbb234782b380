"""The learned score: what it learns from, that it repeats itself, and what it may not see."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import sparse

from corpus_assets.quality.learned import FAMILIES
from corpus_assets.quality.learned.examples import examples, too_few
from corpus_assets.quality.learned.features import BUCKETS, NUMBERS, matrix, scaling
from corpus_assets.quality.learned.measures import (
    auc,
    calibration_error,
    folds,
    rank_correlation,
    reliability,
)
from corpus_assets.quality.learned.model import fit, log_odds, platt, probability
from corpus_assets.quality.learned.scoring import learned_scores, quantiles
from corpus_assets.quality.learned.training import family_model
from corpus_assets.quality.signals import quality_signals
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

Tables = tuple[pl.DataFrame, pl.DataFrame]


def text(number: int, *, curated: bool) -> str:
    """Lessons walk through lists; the background talks to handles. Both are as long."""
    source = random.Random(number)
    words = ["total", "items", "average"] if curated else ["handle", "conn", "opts"]
    lines = [f"def {source.choice(words)}_{number}_{i}({source.choice(words)}):\n    return {i}\n"
             for i in range(source.randint(6, 14))]  # fmt: skip
    return "\n".join(lines)


@pytest.fixture(scope="module")
def lake() -> Tables:
    """120 documents of either side from 8 origins each."""
    sides = [True] * 120 + [False] * 120
    files = [(f"f{n}.py", text(n, curated=side)) for n, side in enumerate(sides)]
    documents = documents_of(files).with_columns(
        origin=pl.Series(
            [f"{'course' if side else 'project'}-{n % 8}" for n, side in enumerate(sides)]
        ),
        source_categories=pl.Series([["educational" if s else "open_source"] for s in sides]),
    )
    return documents, quality_signals(documents)


def trained(tables: Tables) -> dict[str, Any]:
    documents, signals = tables
    found = examples(documents.lazy(), signals.lazy())
    chosen = [
        table.join(found.select("content_id"), on="content_id").sort("content_id")
        for table in (documents, signals)
    ]
    return family_model("python", found, *chosen)


def test_it_tells_the_sides_apart_on_origins_it_has_not_seen(lake: Tables) -> None:
    row = trained(lake)
    assert row["state"] == "trained"
    assert row["auc"] > 0.95
    assert len(row["weights"]) == BUCKETS + len(NUMBERS)
    manifest = json.loads(row["manifest"])
    assert manifest["origins"] == {"curated": 8, "background": 8}
    assert {"auc_words", "auc_numbers", "auc_short", "auc_long", "reliability"} <= manifest.keys()
    assert manifest["textbook_correlation"]["comment_fraction"] == 0.0  # nothing has comments
    documents, signals = lake
    models = pl.DataFrame([row], schema=TABLES["quality_models"].schema)
    scores = quantiles(learned_scores(documents, signals, models))
    assert scores.schema == TABLES["learned_scores"].schema
    sides = scores.join(documents, on="content_id").group_by(
        pl.col("source_categories").list.first()
    )
    means = dict(sides.agg(pl.col("learned_score").mean()).rows())
    assert means["educational"] > 0.7 > 0.3 > means["open_source"]
    assert scores["learned_quantile"].max() == 1.0
    assert scores["learned_quantile"].min() > 0


def test_order_of_input_changes_no_byte(lake: Tables) -> None:
    shuffled = tuple(table.sample(fraction=1, shuffle=True, seed=3) for table in lake)
    assert trained(lake) == trained(shuffled)  # type: ignore[arg-type]


def test_what_is_known_from_both_sides_or_not_hand_written_is_no_example(lake: Tables) -> None:
    documents, signals = lake
    ids = documents["content_id"]
    both = pl.col("content_id").is_in([ids[0]])
    documents = documents.with_columns(
        source_categories=pl.when(both)
        .then(pl.lit(["educational", "open_source"]))
        .otherwise("source_categories")
    )
    signals = signals.with_columns(
        is_generated=(pl.col("content_id") == ids[1]) | pl.col("is_generated"),
        is_test=(pl.col("content_id") == ids[2]) | pl.col("is_test"),
    )
    found = examples(documents.lazy(), signals.lazy())
    assert set(ids) - set(found["content_id"]) == set(ids[:3])


def test_sides_weigh_the_same_whatever_their_lengths(lake: Tables) -> None:
    documents, signals = lake
    longer = pl.col("content_id").is_in(documents["content_id"][:60].to_list())
    signals = signals.with_columns(n_chars=pl.when(longer).then(9_999).otherwise("n_chars"))
    found = examples(documents.lazy(), signals.lazy())
    sides = dict(found.group_by("is_curated").agg(pl.col("weight").sum()).rows())
    assert sides[True] == pytest.approx(sides[False])
    # No background document is as long, so none of the long ones counts.
    alone = found.filter(pl.col("n_chars") == 9_999)
    assert alone["weight"].sum() < 0.2 * alone.height


def test_a_family_with_too_few_examples_says_so(lake: Tables) -> None:
    documents, signals = lake
    few = documents.filter(pl.col("origin").is_in(["course-1"]) | (pl.col("origin") > "project"))
    row = trained((few, signals))
    assert row["state"] == "15 curated examples of 1 origins; 50 of 5 are needed"
    assert row["weights"] is None
    models = pl.DataFrame([row], schema=TABLES["quality_models"].schema)
    assert learned_scores(documents, signals, models).is_empty()
    assert too_few(examples(documents.lazy(), signals.lazy())) is None


def test_comments_are_not_seen() -> None:
    plain = "def f(a):\n    return a\n"
    told = '"""A lesson for you."""\n# Try it yourself!\ndef f(a):\n    # exercise\n    return a\n'
    documents = documents_of([("a.py", plain), ("b.py", told)])
    signals = pl.concat([quality_signals(documents).head(1)] * 2)
    rows = matrix(documents, signals, scaling(signals)).toarray()
    assert np.array_equal(rows[0], rows[1])


def test_the_regression_finds_the_minimum() -> None:
    noise = np.random.default_rng(5)
    rows = noise.normal(size=(400, 3)) / 3
    truth = (rows @ [4.0, -2.0, 0.0] + 0.5 > noise.logistic(size=400)).astype(float)
    model = fit(sparse.csr_matrix(rows), truth, np.ones(400))
    residual = probability(log_odds(model, sparse.csr_matrix(rows))) - truth
    gradient = rows.T @ residual / 400 + 2e-4 * model.weights
    assert np.abs(gradient).max() < 1e-4
    assert abs(residual.mean()) < 1e-4


def test_measures_on_known_values() -> None:
    odds, truth = np.array([0.0, 1.0, 1.0, 2.0]), np.array([0.0, 0.0, 1.0, 1.0])
    ones = np.ones(4)
    assert auc(odds, truth, ones) == pytest.approx(0.875)
    assert auc(-odds, truth, ones) == pytest.approx(0.125)
    assert auc(odds, np.ones(4), ones) is None
    bins = reliability(np.array([0.05, 0.05, 0.95, 0.95]), truth, ones)
    assert [row["curated"] for row in bins] == [0.0, 1.0]
    assert calibration_error(bins) == pytest.approx(0.05)
    assert rank_correlation(odds, odds * 3) == 1.0
    assert rank_correlation(odds, ones) == 0.0
    slope, offset = platt(np.array([-1.0, -1.0, 1.0, 1.0] * 25), np.array([0, 0, 0, 1.0] * 25),
                          np.ones(100))  # fmt: skip
    assert probability(np.array([slope * 1 + offset]))[0] == pytest.approx(0.5, abs=0.01)


def test_no_origin_is_in_two_folds() -> None:
    origins = pl.Series([f"o{n % 13}" for n in range(100)])
    sides = origins.str.slice(1).cast(pl.Int64) > 6
    found = folds(origins, sides)
    frame = pl.DataFrame({"origin": origins, "fold": found, "side": sides})
    assert frame.group_by("origin").agg(pl.col("fold").n_unique())["fold"].max() == 1
    assert frame.group_by("fold").agg(pl.col("side").n_unique())["side"].min() == 2


def test_every_language_has_one_family() -> None:
    named = [slug for slugs in FAMILIES.values() for slug in slugs]
    assert len(named) == len(set(named))
