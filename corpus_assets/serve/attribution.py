"""The attribution of a release: who must be credited for which files, with which license texts.

Belongs here: the frames behind NOTICE.txt, made from the tables of the lake. Does not belong here:
their schemas (`credits.py`), what the notice looks like (`notice.py`) and where the legal files
stand (`legal_files.py`).

Rows under own or contracted terms are credited only where the terms ask for it.
"""

from __future__ import annotations

import hashlib

import polars as pl
from packageurl import PackageURL

from corpus_assets.lake import Lake
from corpus_assets.policy.standard_texts import standard_text
from corpus_assets.serve.credits import (
    ASKING,
    FILES,
    KINDS,
    PLACE,
    PRIVATE,
    TEXT_FILES,
    WORKS,
    Attribution,
)
from corpus_assets.serve.holders import distinct_by_work, gathered, of_tree, statements
from corpus_assets.serve.legal_files import license_ids, notice_files, stored, text_files

# Where statements come from that do not stand in the file, best first.
_INHERITED = ("license_file", "manifest", "notice")
# Of the standard text's bytes; the shortest true texts leave out an appendix or instructions.
_LEAST_SHARE = 0.5
_WORK = ("license_expression", "source_category", "origin", "revision")


def attribution(lake: Lake, rows: pl.DataFrame) -> Attribution:
    """Who must be credited for the rows of table training_mix, from the tables of the lake.

    A file that has no text of its own for one of its licenses gets the standard text of that
    license; identifiers for which there is none either are named in ids_without_text.
    """
    places = _credited_places(lake, rows)
    keys = places.lazy().select(PLACE)
    claims = (
        lake.scan("license_claims").join(keys, on=PLACE, how="semi").collect(engine="streaming")
    )
    occurrences = lake.scan("occurrences")
    legal, missing = _legal(lake, places, claims, occurrences)
    texts = _texts(legal)
    files = _files(lake, places, claims, legal, missing)
    return Attribution(_works(files), files.select(FILES.names()), texts)


def _credited_places(lake: Lake, rows: pl.DataFrame) -> pl.DataFrame:
    """The released files that are credited, each once, with the identifiers that bind them."""
    columns = (*PLACE, "license_concluded", "license_class")
    released = rows.select(columns).sort(columns).unique(PLACE, keep="first", maintain_order=True)
    terms = (
        lake.scan("license_conclusions")
        .select(*PLACE, "license_concluded", "license_elected", "license_obligations")
        .join(released.lazy().select(PLACE), on=PLACE, how="semi")
        .collect()
        .rename({"license_concluded": "concluded_here"})
    )
    is_private = pl.col("license_class").is_in(list(PRIVATE)).fill_null(value=False)
    asks = pl.col("license_obligations").list.set_intersection(list(ASKING)).list.len() > 0
    # The conclusion of the cluster may rest on another place: then nothing was elected here.
    same = pl.col("concluded_here").eq_missing(pl.col("license_concluded"))
    binding = (
        pl.when(same)
        .then(pl.coalesce("license_elected", "license_concluded"))
        .otherwise("license_concluded")
    )
    return (
        released.join(terms, on=PLACE, how="left")
        .filter(~is_private | asks.fill_null(value=False))
        .with_columns(license_expression=binding, license_ids=license_ids(binding))
        .select(*PLACE, "license_class", "license_expression", "license_ids")
        .sort(PLACE)
    )


def _legal(
    lake: Lake, places: pl.DataFrame, claims: pl.DataFrame, occurrences: pl.LazyFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every text with the places it goes along with, and the identifiers that have none.

    The first frame: PLACE, kind, license_id (null for notices), legal_path, legal_content_id,
    encoding, sha256; the second: PLACE, license_id.
    """
    own = text_files(places, claims, occurrences).with_columns(kind=pl.lit("license_text"))
    notices = notice_files(places, occurrences).with_columns(
        kind=pl.lit("notice"),
        license_id=pl.lit(None, pl.String),
        is_full=pl.lit(None, pl.Boolean),
    )
    found = pl.concat([own, notices.select(own.columns)])
    contents = (
        stored(lake, found["legal_content_id"])
        .select(
            pl.col("content_id").alias("legal_content_id"),
            "sha256",
            "encoding",
            pl.col("size_bytes").alias("n_bytes"),
        )
        .collect()
        .unique("legal_content_id")
    )
    wanted = places.select(*PLACE, pl.col("license_ids").alias("license_id")).explode("license_id")
    wanted = wanted.filter(pl.col("license_id").is_not_null())
    standard = _standard(wanted["license_id"].unique().sort().to_list())
    found = found.join(contents, on="legal_content_id", how="inner").with_columns(
        pl.col("is_full") & _is_long_enough(standard)
    )
    lacking = wanted.join(found.filter("is_full"), on=[*PLACE, "license_id"], how="anti")
    added = lacking.join(standard, on="license_id", how="inner").with_columns(
        kind=pl.lit("standard_text"),
        is_full=pl.lit(value=True),
        legal_path=pl.lit(None, pl.String),
        legal_content_id=pl.lit(None, pl.String),
        encoding=pl.lit("utf-8"),
    )
    missing = lacking.join(standard, on="license_id", how="anti").join(
        found, on=[*PLACE, "license_id"], how="anti"
    )
    return pl.concat([found, added.select(found.columns)]), missing


def _is_long_enough(standard: pl.DataFrame) -> pl.Expr:
    """Boolean: whether a file can hold the text of its license_id, by the standard text's size.

    A file with the text of one license and the short notice of another is found to hold both.
    """
    sizes = dict(standard.select("license_id", "n_bytes").iter_rows())
    size = pl.col("license_id").replace_strict(sizes, default=0, return_dtype=pl.Int64)
    return pl.col("n_bytes") >= _LEAST_SHARE * size


def _standard(identifiers: list[str]) -> pl.DataFrame:
    """The digests of the standard texts, of the identifiers that have one."""
    texts = [(name, text) for name in identifiers if (text := standard_text(name)) is not None]
    rows = [
        (name, hashlib.sha256(data).hexdigest(), len(data))
        for name, data in ((name, text.encode()) for name, text in texts)
    ]
    schema = {"license_id": pl.String, "sha256": pl.String, "n_bytes": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _texts(legal: pl.DataFrame) -> pl.DataFrame:
    """Table TEXT_FILES: every text once, under the first place in which it was found.

    A text that is both is a license text rather than the standard one or a notice.
    """
    rank = pl.col("kind").replace_strict({kind: rank for rank, kind in enumerate(KINDS)})
    return (
        legal.sort("sha256", rank, "origin", "revision", "legal_path")
        .group_by("sha256", maintain_order=True)
        .agg(
            pl.col("kind").first(),
            pl.col("license_id").drop_nulls().unique().sort().alias("license_ids"),
            *(
                pl.when(pl.col("legal_path").is_not_null()).then(name).first().alias(name)
                for name in ("origin", "revision")
            ),
            pl.col("legal_path").first().alias("path"),
            pl.col("legal_content_id").first().alias("content_id"),
            pl.col("encoding", "n_bytes").first(),
        )
        .select(TEXT_FILES.names())
        .cast(TEXT_FILES)
    )


def _files(
    lake: Lake,
    places: pl.DataFrame,
    claims: pl.DataFrame,
    legal: pl.DataFrame,
    missing: pl.DataFrame,
) -> pl.DataFrame:
    """Table FILES and beside it `inherited`: what license files, lists and notices state."""
    own = statements(lake, places["content_id"]).rename({"statements": "copyrights"})
    notices = legal.filter(pl.col("kind") == "notice")
    in_notices = notices.select(*PLACE, "legal_content_id").join(
        statements(lake, notices["legal_content_id"]).rename({"content_id": "legal_content_id"}),
        on="legal_content_id",
        how="inner",
    )
    texts = legal.group_by(PLACE).agg(
        pl.col("sha256").filter(pl.col("kind") != "notice").unique().sort().alias("text_sha256s"),
        pl.col("sha256").filter(pl.col("kind") == "notice").unique().sort().alias("notice_sha256s"),
    )
    parts = [
        (texts, ("text_sha256s", "notice_sha256s")),
        (of_tree(places, claims, "license_file"), ("license_file",)),
        (of_tree(places, claims, "manifest"), ("manifest",)),
        (gathered(in_notices, "statements", "notice"), ("notice",)),
        (gathered(missing, "license_id", "ids_without_text"), ("ids_without_text",)),
    ]
    joined = places.join(own, on="content_id", how="left")
    for part, _ in parts:
        joined = joined.join(part, on=PLACE, how="left")
    lists = ["copyrights", *(name for _, names in parts for name in names)]
    stated = {"copyrights": "file"} | {name: name for name in _INHERITED}
    basis = [
        pl.when(pl.col(column).list.len() > 0).then(pl.lit(word)) for column, word in stated.items()
    ]
    return (
        joined.with_columns(pl.col(lists).fill_null([]))
        .with_columns(copyright_basis=pl.coalesce(basis), inherited=pl.concat_list(_INHERITED))
        .join(_work_ids(joined), on=_WORK, how="left", nulls_equal=True)
        .sort(PLACE)
    )


def _work_ids(files: pl.DataFrame) -> pl.DataFrame:
    """work_id for the values of _WORK: a name that follows from what the entry is about."""
    entries = files.select(_WORK).unique()
    names = [
        hashlib.sha256("\n".join(value or "" for value in row).encode()).hexdigest()[:16]
        for row in entries.iter_rows()
    ]
    return entries.with_columns(pl.Series("work_id", names, dtype=pl.String))


def _works(files: pl.DataFrame) -> pl.DataFrame:
    """Table WORKS."""
    union = [
        pl.col(name).list.explode().drop_nulls().unique().sort().alias(name)
        for name in ("text_sha256s", "notice_sha256s", "ids_without_text")
    ]
    grouped = files.group_by("work_id", *_WORK).agg(
        pl.col("license_class").min(),
        *union,
        pl.len().cast(pl.Int64).alias("n_files"),
        pl.col("copyright_basis").is_null().sum().cast(pl.Int64).alias("n_without_copyright"),
    )
    return (
        grouped.join(distinct_by_work(files), on="work_id", how="left")
        .with_columns(
            pl.col("copyrights").fill_null([]),
            locator=pl.struct("origin", "revision").map_elements(_locator, pl.String),
        )
        .select(WORKS.names())
        .cast(WORKS)
        .sort(*_WORK, nulls_last=True)
    )


def _locator(place: dict[str, str]) -> str:
    """The package URL with its version, or the address with its revision."""
    try:
        package = PackageURL.from_string(place["origin"])
    except ValueError:
        return f"{place['origin']}@{place['revision']}"
    return package._replace(version=place["revision"]).to_string()
