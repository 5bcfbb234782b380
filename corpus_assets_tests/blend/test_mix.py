import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.blend.eligible import CELL
from corpus_assets.blend.mix import training_mix
from corpus_assets.blend.plan import mix_plan
from corpus_assets.blend.splits import evaluation_groups
from corpus_assets.lake import Lake
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.tables import empty
from corpus_assets_tests import sample_lake as sample
from corpus_assets_tests.blend import supply

NO_UNITS, RULES = empty("unit_overlap").lazy(), load_filter_policy().unit_duplicates
Items = list[dict[str, Any]]
quick = settings(max_examples=30, deadline=None)


def _made(
    spec: MixSpec, stage: str, curated: pl.LazyFrame, pairs: pl.LazyFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    plan = mix_plan(spec, stage, curated, pairs)
    return plan, training_mix(spec, stage, plan, curated, pairs, NO_UNITS, RULES)


@quick
@given(supply.files, supply.answers)
def test_evaluation_is_disjoint_from_every_training_stage(files: Items, answers: Items) -> None:
    spec, both = supply.spec(), (supply.curated(files), supply.pairs(answers))
    mixes = {stage: _made(spec, stage, *both)[1] for stage in spec.stages}
    held_out = set(evaluation_groups(spec, both[1]))
    assert set(mixes["evaluation"]["split_group"]) <= held_out
    for stage in ("pretraining", "fine_tuning"):
        assert held_out.isdisjoint(mixes[stage]["split_group"])
    assert mixes["evaluation"]["pair_id"].null_count() == 0


@quick
@given(supply.files, supply.answers)
def test_adding_documents_moves_no_group_across_the_line(files: Items, answers: Items) -> None:
    spec = supply.spec()
    fewer = set(evaluation_groups(spec, supply.pairs(answers[: len(answers) // 2])))
    assert fewer <= set(evaluation_groups(spec, supply.pairs(answers)))
    assert files is not None


@quick
@given(
    supply.files,
    st.integers(1, 3000),
    st.integers(0, 3000),
    st.integers(1, 4),
    st.sampled_from(["natural", "unimax"]),
    st.sampled_from([{}, {"html": {"max_share": 0.1}}]),
)
def test_a_larger_budget_only_adds_rows(
    files: Items, tokens: int, more: int, epochs: int, method: str, caps: dict[str, Any]
) -> None:
    languages = {"method": method, "blend_with_natural": 0.3, "overrides": caps}
    curated, pairs = supply.curated(files), supply.pairs([])
    small, large = (
        _made(
            supply.spec(tokens=budget, max_epochs=epochs, languages=languages),
            "pretraining", curated, pairs,
        )[1]
        for budget in (tokens, tokens + more)
    )  # fmt: skip
    assert set(small["row_id"]) <= set(large["row_id"])
    keys = dict(large.select("row_id", "sample_key").iter_rows())
    assert all(keys[row] == key for row, key in small.select("row_id", "sample_key").iter_rows())


@quick
@given(
    supply.files,
    st.integers(1, 3000),
    st.integers(1, 4),
    st.sampled_from([0.05, 0.3, 1.0]),
    st.sampled_from([0.2, 0.6, 1.0]),
)
def test_every_limit_holds(
    files: Items, tokens: int, epochs: int, origin_share: float, category_share: float
) -> None:
    ranges = {"open_source": {"max_share": category_share}, "in_house": {}, "educational": {}}
    spec = supply.spec(
        tokens=tokens,
        max_epochs=epochs,
        max_group_share=origin_share,
        source_categories=ranges,
        languages={"overrides": {"html": {"max_share": 0.2}}},
    )
    plan, mix = _made(spec, "pretraining", supply.curated(files), supply.pairs([]))
    assert plan["planned_tokens"].sum() <= tokens
    assert (plan["planned_tokens"] <= epochs * plan["available_tokens"]).all()
    taken = mix.group_by(CELL).agg(pl.col("n_tokens").sum())
    joined = taken.join(plan, on=CELL, how="left")
    assert (joined["n_tokens"] <= joined["planned_tokens"]).all()
    origins = mix.group_by("origin").agg(pl.col("n_tokens").sum())["n_tokens"]
    assert all(amount <= math.floor(origin_share * tokens + 1e-9) for amount in origins)
    html = mix.filter(pl.col("language") == "html")["n_tokens"].sum()
    assert html <= 0.2 * tokens
    open_source = mix.filter(pl.col("source_category") == "open_source")["n_tokens"].sum()
    assert open_source <= category_share * tokens
    assert mix["replica"].is_empty() or mix["replica"].max() < epochs  # type: ignore[operator]
    assert set(mix["license_state"]) <= {"granted"}


def test_a_replica_enters_only_after_the_whole_first_copy() -> None:
    files = [
        {"source_category": "open_source", "language": "go", "license_class": "owned",
         "license_state": "granted", "origin": "a", "n_tokens": 100, "split_group": None}
    ] * 4  # fmt: skip
    spec = supply.spec(tokens=650, max_epochs=3)
    plan, mix = _made(spec, "pretraining", supply.curated(files), supply.pairs([]))
    assert plan.select("planned_tokens", "epochs", "bound_by").row(0) == (650, 1.625, "budget")
    assert mix["replica"].sort().to_list() == [0, 0, 0, 0, 1, 1]
    short = mix_plan(
        supply.spec(tokens=9999, max_epochs=3), "pretraining",
        supply.curated(files), supply.pairs([]),
    )  # fmt: skip
    assert short.select("planned_tokens", "bound_by").row(0) == (1200, "epoch_cap")
    once = mix_plan(
        supply.spec(tokens=9999), "pretraining", supply.curated(files), supply.pairs([])
    )
    assert once.select("planned_tokens", "bound_by").row(0) == (400, "supply")


def test_floors_ceilings_and_language_weights_by_hand() -> None:
    def cell(category: str, language: str, tokens: int) -> dict[str, Any]:
        return {"source_category": category, "language": language, "license_class": "owned",
                "license_state": "granted", "origin": category, "n_tokens": tokens,
                "split_group": None}  # fmt: skip

    files = [
        cell("open_source", "python", 8000), cell("open_source", "go", 2000),
        cell("educational", "python", 1000),
    ]  # fmt: skip
    ranges = {"open_source": {}, "educational": {"min_share": 0.4}}
    wanted = {"tokens": 1000, "source_categories": ranges}
    even = mix_plan(
        supply.spec(**wanted, languages={"method": "unimax"}),
        "pretraining", supply.curated(files), supply.pairs([]),
    )  # fmt: skip
    planned = {tuple(row[:2]): row[2] for row in even.select(
        "source_category", "language", "planned_tokens").iter_rows()}  # fmt: skip
    assert planned == {
        ("educational", "python"): 400, ("open_source", "go"): 300, ("open_source", "python"): 300,
    }  # fmt: skip
    natural = mix_plan(
        supply.spec(**wanted), "pretraining", supply.curated(files), supply.pairs([])
    )
    go = natural.filter(pl.col("language") == "go")
    assert go["planned_tokens"].item() == 120


def test_the_order_of_the_supply_does_not_matter(sample_lake: Lake) -> None:
    spec = sample.spec()
    curated, pairs = sample_lake.read("curated_documents"), sample_lake.read("pairs")
    for stage in spec.stages:
        forward = _made(spec, stage, curated.lazy(), pairs.lazy())
        backward = _made(spec, stage, curated.reverse().lazy(), pairs.reverse().lazy())
        assert forward[0].equals(backward[0])
        assert forward[1].equals(backward[1])


def test_another_seed_samples_other_rows(sample_lake: Lake) -> None:
    both = sample_lake.scan("curated_documents"), sample_lake.scan("pairs")
    first, second = (_made(sample.spec(seed=seed), "pretraining", *both)[1] for seed in (1, 2))
    assert set(first["row_id"]) != set(second["row_id"])


def test_an_unknown_stage_is_named() -> None:
    stages = {name: stage.model_dump() for name, stage in supply.spec().stages.items()}
    stages.pop("fine_tuning")
    spec = MixSpec.model_validate({**supply.spec().model_dump(), "stages": stages})
    with pytest.raises(KeyError, match="no stage 'fine_tuning'; it has pretraining"):
        mix_plan(spec, "fine_tuning", supply.curated([]), supply.pairs([]))
