"""Charts of duplicates for asset pages: how alike, how many together, how much of what goes.

Belongs here: counting rows into the few bars of a chart. Does not belong here: drawing (`plots`)
or the figures that checks judge (`curate`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.defs.plots import bars

_STEP = 5  # percent of similarity to a bar


def similarities(rows: pl.DataFrame) -> str:
    """Pairs of near_duplicates by similarity, in steps of 5 %; the last includes 100 %."""
    # Floats a hair below a bound belong to it: 0.7 * 100 is 69.99…
    percent = (pl.col("similarity") * 100 + 1e-9).floor().cast(pl.Int64).clip(0, 99)
    counts = rows.group_by(low=percent // _STEP * _STEP).len().sort("low")
    return bars([(f"{low}-{low + _STEP} %", n) for low, n in counts.iter_rows()])


def cluster_sizes(rows: pl.DataFrame) -> str:
    """Clusters of duplicate_resolution with more than one member, by the power of two below."""
    clusters = rows.filter(pl.col("is_kept") & (pl.col("cluster_size") > 1))
    return _by_power(clusters, "cluster_size")


def document_frequency(rows: pl.DataFrame) -> str:
    """Distinct repeated units, names and literals aside, by the documents that hold them."""
    return _by_power(rows.unique("type2_cluster"), "type2_contents")


def removed_by_source(shares: pl.DataFrame) -> str:
    """Percent of documents removed, of each source that loses any (`curate.budget`)."""
    losing = shares.filter(pl.col("source").is_not_null() & (pl.col("n_removed") > 0)).sort(
        "removed_share", "source_category", "source", descending=[True, False, False]
    )
    label = pl.concat_str("source_category", "source", separator=" ")
    return bars(losing.select(label, pl.col("removed_share") * 100).rows())


def overlap_matrix(rows: pl.DataFrame) -> dict[str, str]:
    """Markdown tables of source_overlap by title, one per level: a row per source."""
    shown = {}
    for (level,), part in rows.partition_by("level", as_dict=True, maintain_order=True).items():
        others = sorted(part["other_category"].unique())
        lines = [f"| | {' | '.join(others)} |", "|---" * (len(others) + 1) + "|"]
        sources = part.select("source_category", "source").unique().sort(pl.all())
        cells = {tuple(row): share for *row, share in part.select(
            "source_category", "source", "other_category", "share").iter_rows()}  # fmt: skip
        for category, source in sources.iter_rows():
            found = (cells.get((category, source, other)) for other in others)
            texts = ("" if share is None else f"{share:.1%}" for share in found)
            name = source.replace("|", "\\|")
            lines.append(f"| {category} {name} | {' | '.join(texts)} |")
        shown[f"share found in other categories: {level}"] = "\n".join(lines)
    return shown


def _by_power(rows: pl.DataFrame, column: str) -> str:
    power = (pl.col(column).log(2) + 1e-9).floor().cast(pl.Int64)
    counts = rows.filter(pl.col(column) > 0).group_by(power=power).len().sort("power")
    labels = ((2**power, 2 ** (power + 1) - 1, n) for power, n in counts.iter_rows())
    return bars([(f"{low}-{high}" if high > low else f"{low}", n) for low, high, n in labels])
