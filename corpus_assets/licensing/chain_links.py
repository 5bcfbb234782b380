"""What a package takes from elsewhere: contents published earlier, snippets, dependencies.

Belongs here: finding the other end of each relation among what was collected. Does not belong
here: what a package brings along in its folders (`package_parts.py`), and putting licenses to
the rows (`chains.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.evidence_files import evidence_role, folder
from corpus_assets.licensing.package_parts import VENDORS
from corpus_assets.licensing.snippets import COPIED
from corpus_assets.origins import REVISION, content_origins

COPIES, SNIPPET, DEPENDS = "copies", "snippet", "depends"

# Files this small are alike by chance, as empty __init__.py files are.
_MIN_COPY_BYTES = 64
_PURL = r"^pkg:([a-z][a-z0-9.+-]*)/([^?#]+)"
_UNADDRESSED = "Stack Overflow, without an address"
# The first that a package declares for the same dependency counts.
_SCOPES = ("runtime", "optional", "build", "dev")
_OPERATORS = r"[\s=^~><!()\[\]vV]"


def copied(
    occurrences: pl.LazyFrame,
    conclusions: pl.LazyFrame,
    revisions: pl.LazyFrame,
    parts: pl.DataFrame,
) -> pl.LazyFrame:
    """The files whose content occurs earlier in another origin, by `content_origins`.

    Left out are texts and manifests of licensing, which everybody copies, and tiny files. Columns:
    those of `REVISION`, component (the earlier origin), component_revision, path, content_id,
    size_bytes, and license_concluded, license_class and license_state of the content there.
    """
    places = (
        occurrences.filter(
            (pl.col("size_bytes") >= _MIN_COPY_BYTES) & evidence_role(pl.col("path")).is_null()
        )
        .select(*REVISION, "path", "content_id", "size_bytes")
        .with_columns(folder=folder(pl.col("path")))
        .join(parts.lazy(), on=[*REVISION, "folder"], how="left")
        .with_columns(is_vendored=(pl.col("relation") == VENDORS).fill_null(value=False))
    )
    several = (
        places.group_by("content_id")
        .agg(pl.col("origin").n_unique().alias("n_origins"))
        .filter(pl.col("n_origins") > 1)
    )
    shared = places.join(several.select("content_id"), on="content_id", how="semi")
    there = ["content_id", "first_category", "first_source", "first_origin", "first_revision"]
    origins = content_origins(shared, revisions)
    licenses = (
        origins.join(
            conclusions,
            left_on=there,
            right_on=["content_id", "source_category", "source", "origin", "revision"],
            how="inner",
        )
        .group_by("content_id")
        .agg(pl.col("license_concluded", "license_class", "license_state").sort_by("path").first())
    )
    return (
        shared.join(origins, on="content_id", how="inner")
        .filter(pl.col("origin") != pl.col("first_origin"))
        .join(licenses, on="content_id", how="left")
        .select(
            *REVISION,
            pl.col("first_origin").alias("component"),
            pl.col("first_revision").alias("component_revision"),
            "path",
            "content_id",
            "size_bytes",
            "license_concluded",
            pl.col("license_class").fill_null("unknown"),
            pl.col("license_state").fill_null("none_found"),
        )
    )


def snippets(claims: pl.LazyFrame) -> pl.LazyFrame:
    """The copied snippets in the files of a revision: the columns of `REVISION`, component (the
    address), path, content_id and license_concluded (null where the terms are unknown)."""
    address = pl.col("referenced_files").list.first()
    return claims.filter(
        (pl.col("statement_kind") == "snippet") & pl.col("rule_id").str.starts_with(COPIED)
    ).select(
        *REVISION,
        address.fill_null(_UNADDRESSED).alias("component"),
        "path",
        "content_id",
        pl.col("license_expression").alias("license_concluded"),
    )


def needed(
    dependencies: pl.LazyFrame,
    occurrences: pl.LazyFrame,
    revisions: pl.LazyFrame,
    parts: pl.DataFrame,
) -> pl.DataFrame:
    """What the manifests of a revision need, vendored ones left out, its own packages too.

    Columns: those of `REVISION`, component (the origin of the needed package if it was collected,
    else its package URL), component_revision (of the requirement where that is exact and was
    collected, else the newest; null if none was), dependency_scope, requirement, n_files (the
    manifests that declare it), sample_paths.
    """
    manifests = (
        occurrences.select(*REVISION, "path", "content_id")
        .join(dependencies, on="content_id", how="inner")
        .with_columns(folder=folder(pl.col("path")))
        .join(parts.lazy(), on=[*REVISION, "folder"], how="left")
        .filter((pl.col("relation") != VENDORS).fill_null(value=True))
    )
    own = manifests.select(*REVISION, key=_key("package_type", "package_name")).unique()
    order = pl.col("dependency_scope").replace_strict(
        {name: at for at, name in enumerate(_SCOPES)}, default=len(_SCOPES), return_dtype=pl.Int64
    )
    wanted = (
        manifests.with_columns(
            key=_key("package_type", "dependency_name"),
            purl=pl.format("pkg:{}/{}", "package_type", "dependency_name"),
            order=order,
        )
        .join(own, on=[*REVISION, "key"], how="anti")
        .group_by(*REVISION, "key")
        .agg(
            pl.col("purl").min(),
            pl.col("dependency_scope", "requirement")
            .sort_by("order", "requirement", "path", "ordinal")
            .first(),
            n_files=pl.col("path").n_unique().cast(pl.Int64),
            sample_paths=pl.col("path").unique().sort().head(3),
        )
        .collect()
    )
    found = wanted.join(_packages(revisions), on="key", how="left").with_columns(
        is_exact=pl.col("requirement").str.replace_all(_OPERATORS, "") == pl.col("version")
    )
    place = [*REVISION, "key"]
    best = found.sort(
        *place, "is_exact", "revision_date", "version", "package_origin",
        descending=[False] * len(place) + [True, True, True, False], nulls_last=True,
    ).unique(place, keep="first", maintain_order=True)  # fmt: skip
    return best.select(
        *REVISION,
        component=pl.coalesce("package_origin", "purl"),
        component_revision="version",
        dependency_scope="dependency_scope",
        requirement="requirement",
        n_files="n_files",
        sample_paths="sample_paths",
    )


def _packages(revisions: pl.LazyFrame) -> pl.DataFrame:
    """The collected revisions of packages: key, package_origin, version, revision_date.

    Debian's source packages are named without the distribution, as control files do.
    """
    origin = pl.col("origin")
    kind = origin.str.extract(_PURL, 1)
    name = origin.str.extract(_PURL, 2).str.replace_all("%40", "@").str.replace_all("(?i)%2f", "/")
    plain = pl.when(kind == "deb").then(name.str.extract(r"([^/]+)$")).otherwise(name)
    return (
        revisions.filter(origin.str.contains(_PURL))
        .select(
            package_type=kind,
            package_name=plain,
            package_origin=origin,
            version="revision",
            revision_date="revision_date",
        )
        .with_columns(key=_key("package_type", "package_name"))
        .drop("package_type", "package_name")
        .unique()
        .collect()
    )


def _key(type_column: str, name_column: str) -> pl.Expr:
    """Type and name of a package, written alike however a manifest writes them."""
    name = pl.col(name_column).str.to_lowercase()
    python = name.str.replace_all(r"[-_.]+", "-")
    plain = pl.when(pl.col(type_column) == "pypi").then(python).otherwise(name)
    return pl.format("{}/{}", type_column, plain)
