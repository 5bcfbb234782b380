"""What a stage's rule for repeated units makes of its rows."""

import polars as pl
import pytest

from corpus_assets.blend.repeats import with_unit_rule
from corpus_assets.policy.duplicates import UnitAction
from corpus_assets_tests.sample_curation import rows

OVERLAP = rows(
    "unit_overlap",
    [
        {"content_id": "a", "language": "c", "seen_share": 0.75, "seen_spans": [[3, 9]]},
        {"content_id": "b", "language": "c", "seen_share": 0.25, "seen_spans": [[1, 2]]},
        {"content_id": "d", "language": "c", "seen_share": 1.0, "seen_spans": [[0, 4], [6, 8]]},
    ],
).lazy()
MIX = pl.DataFrame({"content_id": ["d", "c", "b", "a"]})


@pytest.mark.parametrize(
    ("rule", "weights", "spans"),
    [
        (UnitAction(action="keep"), [1, 1, 1, 1], [[], [], [], []]),
        (UnitAction(action="drop", min_share=0.5), [1, 1, 1, 1], [[], [], [], []]),
        (
            UnitAction(action="down_weight", min_share=0.5, min_weight=0.1),
            [0.1, 1, 1, 0.25],
            [[], [], [], []],
        ),
        (
            UnitAction(action="mask", min_share=0.5),
            [1, 1, 1, 1],
            [[[0, 4], [6, 8]], [], [], [[3, 9]]],
        ),
    ],
)
def test_rule(rule: UnitAction, weights: list[float], spans: list[list[list[int]]]) -> None:
    found = with_unit_rule(MIX, OVERLAP, rule)
    assert found["content_id"].to_list() == ["d", "c", "b", "a"]
    assert found["weight"].to_list() == weights
    assert found["masked_spans"].to_list() == spans
