from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus_assets.audit.takedowns import takedowns, unmatched
from corpus_assets.lake import Lake
from corpus_assets.policy.strict import ConfigError, parse
from corpus_assets.policy.takedowns import Takedowns, load_takedowns

NOWHERE = "swh:1:cnt:" + "0" * 40
EXAMPLE = Path(__file__).parents[2] / "examples" / "takedowns.yaml"


def _requests(*selectors: dict[str, Any]) -> Takedowns:
    return Takedowns.model_validate(
        {"requests": [{"request_id": "r", "received_on": "2026-11-01", "reason": "dmca",
                       "selectors": list(selectors)}]}
    )  # fmt: skip


def test_a_path_hits_its_bytes_everywhere(sample_lake: Lake) -> None:
    found = takedowns(
        _requests({"origin": "pkg:pypi/alpha", "path": "src/alpha0.py"}),
        sample_lake.scan("occurrences"),
    )
    row = found.row(0, named=True)
    assert found.height == 1
    assert (row["match"], row["selector"]) == ("path", "pkg:pypi/alpha src/alpha0.py")
    places = sample_lake.read("occurrences").filter(pl.col("content_id") == row["content_id"])
    assert set(places["origin"]) == {"pkg:pypi/alpha", "pkg:pypi/beta"}


def test_an_origin_hits_all_its_contents(sample_lake: Lake) -> None:
    found = takedowns(_requests({"origin": "pkg:pypi/gamma"}), sample_lake.scan("occurrences"))
    places = sample_lake.read("occurrences").filter(pl.col("origin") == "pkg:pypi/gamma")
    assert set(found["content_id"]) == set(places["content_id"])
    assert set(found["match"]) == {"origin"}


def test_the_most_exact_selector_is_told(sample_lake: Lake) -> None:
    found = takedowns(
        _requests(
            {"origin": "pkg:pypi/gamma"}, {"origin": "pkg:pypi/gamma", "path": "src/gamma0.py"}
        ),
        sample_lake.scan("occurrences"),
    )
    assert sorted(found["match"]) == ["origin"] * 5 + ["path"]


def test_near_duplicates_are_listed_when_given(sample_lake: Lake) -> None:
    for path in ("src/alpha3.py", "vendor/alpha3.py"):
        origin = "pkg:pypi/alpha" if path.startswith("src") else "pkg:pypi/beta"
        request = _requests({"origin": origin, "path": path})
        places = sample_lake.scan("occurrences")
        assert takedowns(request, places).height == 1
        both = takedowns(request, places, sample_lake.scan("near_duplicates"))
        assert sorted(both["match"]) == ["near_duplicate", "path"]


def test_a_content_that_is_not_here_yet_is_barred_all_the_same(sample_lake: Lake) -> None:
    requests = _requests({"content_id": NOWHERE}, {"origin": "pkg:pypi/typo"})
    found = takedowns(requests, sample_lake.scan("occurrences"))
    assert found["content_id"].to_list() == [NOWHERE]
    assert unmatched(requests, sample_lake.scan("occurrences")) == [
        f"r: {NOWHERE}", "r: pkg:pypi/typo",
    ]  # fmt: skip


def test_no_requests_are_no_tombstones(sample_lake: Lake) -> None:
    assert takedowns(Takedowns(requests=[]), sample_lake.scan("occurrences")).is_empty()


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("{content_id: abc}", "'abc' is no content id"),
        ("{path: a.py}", "give either content_id, or origin"),
        (f"{{content_id: '{NOWHERE}', origin: x}}", "give either content_id, or origin"),
        (f"{{content_id: '{NOWHERE}', path: x}}", "path needs the origin"),
        ("{owner: someone}", "selectors.0.owner"),
        ("{origin: ''}", "selectors.0.origin"),
    ],
)
def test_a_wrong_selector_names_the_key(selector: str, message: str) -> None:
    text = (
        "requests:\n- {request_id: r, received_on: 2026-11-01, reason: dmca, "
        f"selectors: [{selector}]}}"
    )
    with pytest.raises(ConfigError, match=message):
        parse(Takedowns, text, "takedowns.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("received_on: 2026", "received_on: 20X6", "is not a date"),
        ("reason: ", "reason: un", "reason"),
        ("request_id", "id", "request_id"),
    ],
)
def test_a_wrong_request_names_the_key(old: str, new: str, message: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ConfigError, match=message):
        parse(Takedowns, text.replace(old, new), "takedowns.yaml")
    doubled = text + text.split("requests:\n")[1]
    with pytest.raises(ConfigError, match="given twice"):
        parse(Takedowns, doubled, "takedowns.yaml")


def test_the_example_names_one_delivered_path() -> None:
    (request,) = load_takedowns(EXAMPLE).requests
    (selector,) = request.selectors
    assert selector.path is not None
    deliveries = EXAMPLE.parent / "deliveries"
    assert list(deliveries.glob(f"**/{selector.path.rpartition('/')[2]}"))
