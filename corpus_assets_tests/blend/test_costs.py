import polars as pl
import pytest

from corpus_assets.blend.costs import cost_ledger
from corpus_assets.blend.scorecard import INPUTS, source_scorecard
from corpus_assets.lake import Lake
from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.costs import CostPolicy, load_cost_policy, micro
from corpus_assets.policy.strict import ConfigError, parse
from corpus_assets.tables import empty

USED = ("revisions", "submissions", "documents", "quality_signals", "curated_documents")


def _ledger(lake: Lake, policy: CostPolicy) -> pl.DataFrame:
    return cost_ledger(policy, *(lake.scan(name) for name in USED))


def test_prices_apply_to_measured_quantities(sample_lake: Lake) -> None:
    events = _ledger(sample_lake, load_cost_policy())
    labor = events.filter((pl.col("source_category") == "freelance") & (pl.col("kind") == "labor"))
    assert labor.select("quantity", "unit", "amount_micro", "is_planning_default").row(0) == (
        5.0, "accepted_submission", 5 * 250_000_000, True,
    )  # fmt: skip
    tokens = sample_lake.read("documents").filter(pl.col("source_category") == "commercial")
    signals = sample_lake.read("quality_signals")
    delivered = tokens.join(signals, on="content_id")["n_tokens"].sum()
    bought = events.filter(pl.col("kind") == "acquire")
    assert bought["amount_micro"].item() == delivered * 2500
    assert events["event_id"].n_unique() == events.height


def test_an_invoice_replaces_the_default_of_its_kind(sample_lake: Lake) -> None:
    defaults = load_cost_policy()
    invoice = {"source_category": "freelance", "source": "freelance-examples", "kind": "labor",
               "amount": 1234.56, "reference": "INV-1"}  # fmt: skip
    policy = CostPolicy.model_validate({**defaults.model_dump(), "invoices": [invoice]})
    freelance = _ledger(sample_lake, policy).filter(pl.col("source_category") == "freelance")
    labor = freelance.filter(pl.col("kind") == "labor")
    assert labor["amount_micro"].to_list() == [1_234_560_000]
    assert labor["is_planning_default"].to_list() == [False]
    assert "rework" in set(freelance["kind"])


def test_money_is_decimal() -> None:
    assert micro(0.1) == 100_000
    assert micro(1234.56) == 1_234_560_000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("currency: usd\ndefaults: {}", "currency"),
        ("currency: USD\ndefaults: {vendor: []}", "no such source category: vendor"),
        ("currency: USD\ndefaults: {freelance: [{kind: gift, per: review, price: 1, basis: x}]}",
         "defaults.freelance.0.kind"),
        ("currency: USD\ndefaults: {freelance: [{kind: labor, per: review, price: -1, basis: x}]}",
         "defaults.freelance.0.price"),
    ],
)  # fmt: skip
def test_a_wrong_cost_file_names_the_key(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse(CostPolicy, text, "costs.yaml")


def test_the_scorecard_measures_all_five_categories(sample_lake: Lake) -> None:
    card = source_scorecard({name: sample_lake.scan(name) for name in INPUTS})
    assert set(card["source_category"]) == set(SOURCE_CATEGORIES)
    assert card.height == 5 * card["measure"].n_unique()
    value = {(row[0], row[2]): row[3] for row in card.iter_rows()}
    # by hand: 3 of 35 open-source documents are removed; 6 of 36 files have no license
    assert value["open_source", "rejected_document_share"] == pytest.approx(3 / 35)
    assert value["open_source", "none_found_share"] == pytest.approx(6 / 36)
    assert value["open_source", "files_quarantined"] == 1
    assert value["in_house", "effective_languages"] == pytest.approx(1)
    labor = 5 * 250 + 60  # accepted answers and one rejected
    tokens = value["freelance", "accepted_tokens"]
    assert value["freelance", "cost_per_accepted_million_tokens"] == pytest.approx(
        labor * 1e6 / tokens
    )


def test_what_cannot_be_measured_is_null() -> None:
    card = source_scorecard({name: empty(name).lazy() for name in INPUTS})
    ratios = card.filter(pl.col("measure").str.contains("share|per_|effective|mean"))
    assert ratios["value"].null_count() == ratios.height
    assert card["n"].sum() == 0
