"""Canaries: benchmark items planted into documents in memory, to measure how many are found.

Belongs here: the planted variants and the recall. The texts exist in memory only; detection is the
same function that serves the run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import polars as pl

from corpus_assets.dedup.benchmark_shapes import PROMPT, SOLUTION
from corpus_assets.dedup.contamination import contamination_hits
from corpus_assets.dedup.token_weights import is_common_name

RECALL = pl.Schema({"variant": pl.String, "n_planted": pl.Int64, "n_found": pl.Int64})
VARIANTS = ("verbatim", "partial", "reformatted", "renamed", "prompt")
N_ITEMS = 60
"""Items planted in each run, chosen by digest: of all when there are no more."""
_HOST_BYTES = (200, 50_000)
_NAME = re.compile(r"(?<![\w.$\"'])[A-Za-z_]\w*")
_SPACED = re.compile(r"[ \t]*([=+*/<>,:%-]+)[ \t]*")


def canary_recall(hosts: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """How many planted items are found, by variant (schema RECALL, in order of VARIANTS).

    `hosts` (content_id, language, text) are clean documents, of which some get an item each:
    its solution as it is, the second half of its lines, laid out otherwise, with names renamed; its
    prompt alone. An item is found if any hit names it and touches its lines. Without hosts the
    items stand alone.
    """
    planted = _planted(hosts, items)
    if planted.is_empty():
        return pl.DataFrame(schema=RECALL)
    hits = contamination_hits([planted.select("content_id", "language", "text")], items)
    found = (
        planted.join(hits, on=["content_id", "benchmark", "item_id"], suffix="_hit")
        .filter(
            (pl.col("start_line_hit") <= pl.col("end_line"))
            & (pl.col("end_line_hit") >= pl.col("start_line"))
        )
        .select("content_id")
        .unique()
        .with_columns(found=True)
    )
    counted = (
        planted.join(found, on="content_id", how="left")
        .group_by("variant")
        .agg(n_planted=pl.len().cast(pl.Int64), n_found=pl.col("found").sum().cast(pl.Int64))
    )
    order = pl.DataFrame({"variant": VARIANTS})
    return order.join(counted, on="variant", maintain_order="left").cast(RECALL)


def recall_words(recall: pl.DataFrame) -> str:
    """The recall in one line, for logs."""
    parts = [f"{variant} {found} of {planted}" for variant, planted, found in recall.rows()]
    return "canaries found: " + (", ".join(parts) or "none planted, the items have no text")


def _planted(hosts: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """One document per canary with benchmark, item_id, variant and the lines of the plant."""
    usable = hosts.filter(
        pl.col("text").is_not_null() & pl.col("text").str.len_bytes().is_between(*_HOST_BYTES)
    ).sort("content_id")
    texts = usable["text"].head(N_ITEMS).to_list() or [""]
    rows: list[tuple[object, ...]] = []
    for (benchmark, item), group in _chosen(items).group_by(
        ["benchmark", "item_id"], maintain_order=True
    ):
        for variant, text, language in _variants(group):
            host = texts[len(rows) % len(texts)]
            before = host.rstrip("\n") + "\n\n\n" if host else ""
            first = before.count("\n") + 1
            last = first + text.count("\n")
            rows.append(
                (f"canary:{len(rows):06d}", language, before + text + "\n", benchmark, item,
                 variant, first, last)
            )  # fmt: skip
    schema = {
        "content_id": pl.String, "language": pl.String, "text": pl.String,
        "benchmark": pl.String, "item_id": pl.String, "variant": pl.String,
        "start_line": pl.Int64, "end_line": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _chosen(items: pl.DataFrame) -> pl.DataFrame:
    """The texts of N_ITEMS items, by digest of their names."""
    names = items.select("benchmark", "item_id").unique()
    digests = pl.Series(
        "digest",
        [hashlib.sha256(repr(row).encode()).hexdigest() for row in names.rows()],
        dtype=pl.String,
    )
    first = names.with_columns(digests).sort("digest").head(N_ITEMS).drop("digest")
    return items.join(first, on=["benchmark", "item_id"], how="semi", maintain_order="left")


def _variants(item: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Variant, text and language of what is planted of an item."""
    rows = []
    solution = item.filter(pl.col("part") == SOLUTION).head(1)
    for text, language in solution.select("text", "language").rows():
        changes: dict[str, Callable[[str], str]] = {
            "verbatim": str, "partial": _half, "reformatted": _reformatted, "renamed": _renamed,
        }  # fmt: skip
        for variant, change in changes.items():
            changed = change(text).strip("\n")
            if changed and (variant == "verbatim" or changed != text.strip("\n")):
                rows.append((variant, changed, language or "text"))
    prompt = item.filter(pl.col("part") == PROMPT).head(1)
    for text, language in prompt.select("text", "language").rows():
        rows.append(("prompt", text.strip("\n"), language or "text"))
    return rows


def _half(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n".join(lines[len(lines) // 2 :]) if len(lines) > 1 else ""


def _reformatted(text: str) -> str:
    """Tabs or twice the indentation, other spaces around operators, no blank lines."""
    lines = []
    for line in text.split("\n"):
        body = line.strip()
        if not body:
            continue
        indent = line[: len(line) - len(line.lstrip())]
        if not any(quote in body for quote in "\"'`#/"):
            body = _SPACED.sub(r" \1 ", body)
        lines.append(indent.replace("    ", "\t") + body)
    return "\n".join(lines)


def _renamed(text: str) -> str:
    """Every name of the item's own gets another one; names of languages and libraries stay."""
    own = sorted({name for name in _NAME.findall(text) if not is_common_name(name)})
    new = {name: f"{name[0].lower()}q{number}" for number, name in enumerate(own)}
    return _NAME.sub(lambda match: new.get(match.group(), match.group()), text)
