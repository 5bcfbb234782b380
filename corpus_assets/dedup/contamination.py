"""Overlap of documents with benchmark items, as hits with lines, kind and score.

Belongs here: which overlap is a hit. Runs of shared tokens are found in `overlaps`; whether a hit
bars a document is a gate of the filter policy.

Solutions and tests are compared as code: without comments, layout and brackets, so that formatting
does not matter; renamed names count by their pattern of use. Prompts are compared as words. An
overlap is weighed by its tokens (`token_weights`), those that are common in the scanned documents
or in the benchmark less. Thresholds were measured on planted items and clean packages:
docs/decontamination.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import polars as pl

from corpus_assets.dedup.benchmark_shapes import TEST
from corpus_assets.dedup.item_index import CODE, WORDS, Floats, Index, Integers, item_index
from corpus_assets.dedup.overlaps import Found, batch_slices, chosen, count, overlaps_of, weigh
from corpus_assets.tables import TABLES, conform, empty

METHOD_VERSION = "token overlaps 1"
HITS = pl.Schema(
    {
        "content_id": pl.String,
        "benchmark": pl.String,
        "item_id": pl.String,
        "kind": pl.String,
        "score": pl.Float64,
        "evidence": pl.Float64,
        "start_line": pl.Int64,
        "end_line": pl.Int64,
    }
)
VERBATIM, PARTIAL, RENAMED, DOC_STRING, TESTS = (
    "verbatim", "partial", "renamed", "docstring", "test",
)  # fmt: skip
# An overlap is a hit when its evidence and its score reach those of one step: the smaller the share
# of the item, the more must agree.
_AS_WRITTEN = ((3.5, 0.85), (4.0, 0.3), (6.0, 0.15), (9.0, 0.0))
_NEARLY = ((3.0, 0.75), (4.5, 0.3), (7.0, 0.15), (10.0, 0.0))
_RENAMED = ((4.0, 0.8), (7.0, 0.65), (10.0, 0.4))
_WORDS = ((3.5, 0.97), (4.5, 0.3), (7.0, 0.1), (10.0, 0.0))
KINDS = (VERBATIM, PARTIAL, RENAMED, DOC_STRING, TESTS)
_FEW_LINES = 2
"""A part of an item on fewer lines is often a signature or a loop that many write alike."""
_WHOLE = 0.8
"""From this score on an overlap is taken for the item itself, not for a part."""
_FEW_ITEMS, _PER_DOUBLING = 500, 0.5
"""Of more items each doubling asks for so much more evidence of a part: chance finds more too."""
_PART = 0.5
"""Below this score an overlap of many documents may be boilerplate in the item."""
_FEW_DOCUMENTS = 1_000
"""Rarity is measured as in a corpus of at least so many documents."""
_FEW_CLEAN = 3
"""What so many clean documents have may be chance, or missed copies: it is not discounted."""
_MANY_COPIES = 25
"""A part of an item found in more documents than this counts as common itself."""


def contamination_hits(documents: Iterable[pl.DataFrame], items: pl.DataFrame) -> pl.DataFrame:
    """Hits (schema HITS) of `items` in documents (content_id, language, text), sorted by document.

    `score` is the weighted share of the item's solution, tests or prompt that the document has
    between `start_line` and `end_line`, `evidence` the weight of what agrees.
    """
    indexes = [item_index(items, view) for view in (CODE, WORDS)]
    slices = (part for frame in documents for part in batch_slices(frame))
    counts = [np.zeros(len(index.hashes), np.int64) for index in indexes]
    copies = [np.zeros(len(index.hashes), np.int64) for index in indexes]
    kept: list[list[Found]] = [[], []]
    n_documents = 0
    for n, by_index in overlaps_of(slices, indexes):
        n_documents += n
        for side, (index, found) in enumerate(zip(indexes, by_index, strict=True)):
            weighed = judged(weigh(found, index, index.idf), index, index.idf)
            hit = weighed["is_hit"].to_numpy()
            part = (weighed["score"] < _PART).to_numpy()
            count(found, ~hit, counts[side])
            count(found, hit & part, copies[side])
            kept[side].append(chosen(found, hit))
    frames = [
        _hits(kept[side], index, _rarity(index, counts[side], copies[side], n_documents))
        for side, index in enumerate(indexes)
    ]
    return _best(pl.concat([pl.DataFrame(schema=HITS), *frames]))


def contamination(documents: Iterable[pl.DataFrame], items: pl.DataFrame) -> pl.DataFrame:
    """Table contamination: the hits of `items` in batches of documents, sorted by key."""
    languages: list[pl.DataFrame] = []

    def seen() -> Iterator[pl.DataFrame]:
        for frame in documents:
            languages.append(frame.select("content_id", "language"))
            yield frame

    hits = contamination_hits(seen(), items)
    if not hits.height:
        return empty("contamination")
    versions = pl.DataFrame(
        {"benchmark": name, "method_version": f"{METHOD_VERSION}, items {_digest(part)}"}
        for (name,), part in items.group_by("benchmark", maintain_order=True)
    )
    rows = hits.join(pl.concat(languages), on="content_id").join(versions, on="benchmark")
    key = TABLES["contamination"].key
    return conform(rows.select(TABLES["contamination"].names).sort(key), "contamination")


def judged(overlaps: pl.DataFrame, index: Index, idf: Floats) -> pl.DataFrame:
    """Overlaps (see `weigh`) with benchmark, item_id, kind, score, evidence and is_hit."""
    totals = index.totals(idf)
    parts = index.parts.with_row_index("part_number").select(
        pl.col("part_number").cast(pl.Int64), "benchmark", "item_id", what="part",
        total=pl.Series(totals, dtype=pl.Float64),
    )  # fmt: skip
    rows = overlaps.join(parts, left_on="part", right_on="part_number", maintain_order="left")
    share = pl.col("covered") / pl.col("total").clip(lower_bound=1e-9)
    rows = rows.with_columns(score=share.clip(upper_bound=1.0))
    own = pl.col("names") + pl.col("signs") + pl.col("renamed")
    # Interfaces prescribe signatures: of a part of an item they count twice what follows at most.
    beyond = (3 * pl.col("header") - 2 * own).clip(lower_bound=0)
    own = own - pl.when(pl.col("score") < _WHOLE).then(beyond).otherwise(0.0)
    # Literals count as far as code around them agrees: alone they are a table. Asserts hold more.
    ahead = pl.when(pl.col("what") == TEST).then(2).otherwise(1)
    evidence = own + pl.min_horizontal("literals", ahead * own)
    if not index.view.is_code:
        evidence = pl.min_horizontal(
            pl.col("names") + pl.min_horizontal("literals", "names"), 10 * pl.col("signs")
        ) + pl.col("signs")
    rows = rows.with_columns(
        evidence=evidence,
        more=pl.lit(_PER_DOUBLING * np.log2(max(index.n_items / _FEW_ITEMS, 1.0))),
        exact=(pl.col("n_exact") / pl.col("n_names").clip(lower_bound=1)),
        dense=pl.col("inside") / pl.col("span").clip(lower_bound=1),
    )
    if not index.view.is_code:
        return rows.with_columns(kind=pl.lit(DOC_STRING), is_hit=_reaches(_WORDS, 0.5))
    renamed = (pl.col("exact") < 0.8) & (pl.col("n_names") > 0)
    kind = (
        pl.when(pl.col("what") == TEST).then(pl.lit(TESTS))
        .when(renamed).then(pl.lit(RENAMED))
        .when(pl.col("score") >= 0.9).then(pl.lit(VERBATIM))
        .otherwise(pl.lit(PARTIAL))
    )  # fmt: skip
    is_hit = (
        pl.when(renamed).then(_reaches(_RENAMED, 0.6) & (pl.col("what") != TEST))
        .when(pl.col("exact") >= 0.99).then(_reaches(_AS_WRITTEN, 0.5))
        .otherwise(_reaches(_NEARLY, 0.5))
    )  # fmt: skip
    return rows.with_columns(kind=kind, is_hit=is_hit)


def _reaches(steps: Sequence[tuple[float, float]], least_density: float) -> pl.Expr:
    """Whether an overlap has the evidence and score of one of the steps, without large gaps."""
    more = pl.when(pl.col("score") < _WHOLE).then(pl.col("more")).otherwise(0.0)
    reached = [(pl.col("evidence") >= e + more) & (pl.col("score") >= s) for e, s in steps]
    lines = pl.col("end_line") - pl.col("start_line") + 1
    whole = (lines >= _FEW_LINES) | (pl.col("score") >= _WHOLE) | (pl.col("evidence") >= 6)
    return pl.any_horizontal(reached) & (pl.col("dense") >= least_density) & whole


def _rarity(index: Index, counts: Integers, copies: Integers, n_documents: int) -> Floats:
    """Weight factor of item tokens: 1 for those in no clean document, 0 for those in all."""
    common = np.maximum(counts - _FEW_CLEAN, 0) + np.maximum(copies - _MANY_COPIES, 0)
    n = max(n_documents, _FEW_DOCUMENTS)
    rarity: Floats = np.log((n + 1) / (common + 1)).clip(0) / np.log(n + 1)
    return index.idf * rarity


def _hits(kept: list[Found], index: Index, idf: Floats) -> pl.DataFrame:
    rows = [judged(weigh(found, index, idf), index, idf) for found in kept if len(found.runs)]
    if not rows:
        return pl.DataFrame(schema=HITS)
    hits = pl.concat(rows).filter("is_hit").select(HITS.names())
    return hits.with_columns(pl.col("score", "evidence").round(4)).cast(HITS)


def _best(hits: pl.DataFrame) -> pl.DataFrame:
    """Of hits of one item that overlap in lines the best: one each for solution, prompt, tests."""
    side = pl.when(pl.col("kind").is_in([DOC_STRING, TESTS])).then("kind").otherwise(pl.lit(""))
    key = ["content_id", "benchmark", "item_id", "side"]
    ordered = hits.with_columns(side=side).sort(*key, "start_line", "end_line")
    reached = pl.col("end_line").cum_max().shift(1).over(key)
    place = (pl.col("start_line") > reached).fill_null(False).cum_sum().over(key)
    return (
        ordered.with_columns(place=place)
        .sort(*key, "place", "score", "evidence", "start_line", "kind",
              descending=[False] * 5 + [True] * 2 + [False] * 2)
        .unique([*key, "place"], keep="first", maintain_order=True)
        .drop("place", "side")
        .sort("content_id", "start_line", "end_line", "benchmark", "item_id", "kind")
    )  # fmt: skip


def _digest(items: pl.DataFrame) -> str:
    """Twelve hexadecimal digits that change with any text of the items."""
    rows = items.sort(items.columns).write_ndjson()
    return hashlib.sha256(rows.encode()).hexdigest()[:12]
