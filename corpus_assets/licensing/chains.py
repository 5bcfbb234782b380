"""Sublicensing chains: what packages bundle, vendor, copy and need, and under which licenses.

Belongs here: the rows of table license_chains, put together, and what makes one a conflict. Does
not belong here: how the parts of each relation are found (`package_parts`, `chain_links`), and
the license of a file (`conclusions`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.chain_links import COPIES, DEPENDS, SNIPPET, copied, needed, snippets
from corpus_assets.licensing.evidence_files import evidence_role, folder
from corpus_assets.licensing.expressions import assess, combine, rank
from corpus_assets.licensing.package_parts import OWN, VENDORS, folder_parts
from corpus_assets.origins import REVISION
from corpus_assets.policy.licenses import CLASSES, LicensePolicy
from corpus_assets.policy.strict import digest
from corpus_assets.tables import TABLES, conform

RULES_VERSION = "1"
_RANK = {name: at for at, name in enumerate(CLASSES)}
_RESTRICTIVE = rank("weak_copyleft")
_UNKNOWN = "unknown"
_MAX_EXPRESSIONS = 10
_SAMPLES = 3
_PART = (*REVISION, "relation", "component")
_LICENSE = ("license_concluded", "license_class", "license_state")
# Of several states that of the part: the first of these that occurs.
_STATES = ("conflict", "denied", "granted", "unreadable", "none_found")
# Scopes that reach the users of a package.
_SHIPPED = ("runtime", "optional")

_WORDS = {
    "bundles": "a folder with a license file of its own",
    "vendors": "in a folder of other people's code",
    "copies": "published earlier at another origin",
    "snippet": "copied from an address",
    "depends": "declared by a manifest",
}


def license_chains(
    conclusions: pl.LazyFrame,
    claims: pl.LazyFrame,
    revisions: pl.LazyFrame,
    occurrences: pl.LazyFrame,
    dependencies: pl.LazyFrame,
    policy: LicensePolicy,
) -> pl.DataFrame:
    """What every package (a revision) contains and needs: table license_chains.

    The tables of these names, of all languages; only folders, parts and packages are held in
    memory, never one row per file. The host's license is what most of its own files inherit, its
    class that of the license, or of the agreement that covers at least half of them. A conflict
    is a host under a permissive license (or one of our own) over a bundled, vendored or copied
    part, snippets included, whose class is weak copyleft or stricter. A needed package is never a
    conflict; where it reaches the users and is as strict, it is flagged restrictive_dependency.
    """
    parts = folder_parts(occurrences, claims)
    hosts = _hosts(conclusions, parts, policy)
    files = pl.concat(
        [
            _in_folders(conclusions, occurrences, parts),
            copied(occurrences, conclusions, revisions, parts).with_columns(
                relation=pl.lit(COPIES)
            ),
        ],
        how="diagonal",
    )
    found = pl.concat(
        [
            _summed(files).collect(engine="streaming"),
            _of_snippets(claims, policy),
            _of_dependencies(needed(dependencies, occurrences, revisions, parts), hosts, policy),
        ],
        how="diagonal_relaxed",
    )
    judged = _judged(found.join(hosts, on=list(REVISION), how="left"))
    rows = judged.with_columns(
        pl.lit(f"{RULES_VERSION}+policy-{policy.version}-{digest(policy)[:12]}").alias(
            "rule_version"
        )
    ).select(TABLES["license_chains"].names)
    return conform(rows, "license_chains").sort(TABLES["license_chains"].key)


def _hosts(conclusions: pl.LazyFrame, parts: pl.DataFrame, policy: LicensePolicy) -> pl.DataFrame:
    """The license and class of each revision as a whole: host_license, host_class."""
    own = parts.lazy().filter(pl.col("relation") == OWN).select(*REVISION, "folder")
    agreed = pl.when(pl.col("basis") == "contract").then("license_class")
    counted = (
        conclusions.with_columns(folder=folder(pl.col("path")))
        .join(own, on=[*REVISION, "folder"], how="semi")
        .group_by(*REVISION, "license_declared", agreed_class=agreed)
        .agg(n=pl.len())
        .collect(engine="streaming")
        .sort(
            *REVISION, "n", "license_declared", "agreed_class",
            descending=[False] * len(REVISION) + [True, False, False], nulls_last=True,
        )
    )  # fmt: skip
    named = counted.sort(pl.col("license_declared").is_null(), maintain_order=True)
    declared = named.group_by(*REVISION, maintain_order=True).agg(
        host_license=pl.col("license_declared").first(),
        agreed_class=pl.col("agreed_class").drop_nulls().first(),
        is_agreed=pl.col("n").filter(pl.col("agreed_class").is_not_null()).sum() * 2
        >= pl.col("n").sum(),
    )
    classes = _assessed(declared["host_license"], policy)
    return declared.join(classes, left_on="host_license", right_on="expression", how="left").select(
        *REVISION,
        "host_license",
        host_class=pl.coalesce(pl.when("is_agreed").then("agreed_class"), "class").fill_null(
            _UNKNOWN
        ),
    )


def _assessed(expressions: pl.Series, policy: LicensePolicy) -> pl.DataFrame:
    """The class and state of each distinct expression: columns expression, class, state."""
    rows = [
        (text, found.license_class, found.state)
        for text in expressions.drop_nulls().unique().sort()
        for found in [assess(text, policy)]
    ]
    schema = {"expression": pl.String, "class": pl.String, "state": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _in_folders(
    conclusions: pl.LazyFrame, occurrences: pl.LazyFrame, parts: pl.DataFrame
) -> pl.LazyFrame:
    """The files of bundled and vendored folders, with their licenses and sizes.

    Texts and manifests make no bundled part: a folder may hold nothing but the license texts of
    the package itself.
    """
    others = parts.lazy().filter(pl.col("relation") != OWN)
    sizes = occurrences.select(*REVISION, "path", "size_bytes")
    return (
        conclusions.select(*REVISION, "path", "content_id", *_LICENSE)
        .with_columns(folder=folder(pl.col("path")))
        .join(others, on=[*REVISION, "folder"], how="inner")
        .filter((pl.col("relation") == VENDORS) | evidence_role(pl.col("path")).is_null())
        .join(sizes, on=[*REVISION, "path"], how="left")
        .drop("folder")
    )


def _summed(files: pl.LazyFrame) -> pl.LazyFrame:
    """One row per part: its licenses, the strictest first, and how much of the package it is."""
    is_known = pl.col("license_class") != _UNKNOWN
    expressions = pl.col("license_concluded").sort_by(
        pl.when(is_known).then(-pl.col("rank")).otherwise(1), "license_concluded"
    )
    return (
        files.with_columns(rank=_rank(pl.col("license_class")))
        .group_by(_PART)
        .agg(
            component_revision=pl.col("component_revision").drop_nulls().min(),
            expressions=expressions.drop_nulls().unique(maintain_order=True).head(_MAX_EXPRESSIONS),
            rank=pl.col("rank").filter(is_known).max(),
            states=pl.col("license_state").unique(),
            n_files=pl.len().cast(pl.Int64),
            n_contents=pl.col("content_id").n_unique().cast(pl.Int64),
            n_bytes=pl.col("size_bytes").sum(),
            sample_paths=pl.col("path").unique().sort().head(_SAMPLES),
        )
        .with_columns(
            component_class=pl.col("rank").replace_strict(
                {at: name for name, at in _RANK.items()}, default=_UNKNOWN, return_dtype=pl.String
            ),
            component_state=_state(pl.col("states")),
            component_license=pl.col("expressions").map_elements(
                combine, return_dtype=pl.String, skip_nulls=True
            ),
        )
        .drop("rank", "states", "expressions")
    )


def _rank(license_class: pl.Expr) -> pl.Expr:
    return license_class.replace_strict(_RANK, return_dtype=pl.Int64)


def _state(states: pl.Expr) -> pl.Expr:
    return pl.coalesce(pl.when(states.list.contains(name)).then(pl.lit(name)) for name in _STATES)


def _of_snippets(claims: pl.LazyFrame, policy: LicensePolicy) -> pl.DataFrame:
    rows = snippets(claims).collect(engine="streaming")
    classes = _assessed(rows["license_concluded"], policy)
    files = (
        rows.join(classes, left_on="license_concluded", right_on="expression", how="left")
        .with_columns(
            relation=pl.lit(SNIPPET),
            component_revision=pl.lit(None, pl.String),
            license_class=pl.col("class").fill_null(_UNKNOWN),
            license_state=pl.col("state").fill_null("none_found"),
            size_bytes=pl.lit(None, pl.Int64),
        )
        .unique([*_PART, "path"], maintain_order=True)
    )
    return _summed(files.lazy()).with_columns(n_bytes=pl.lit(None, pl.Int64)).collect()


def _of_dependencies(
    rows: pl.DataFrame, hosts: pl.DataFrame, policy: LicensePolicy
) -> pl.DataFrame:
    """The needed packages with the licenses that those which were collected declare."""
    packages = hosts.select(
        component="origin",
        component_revision="revision",
        component_license="host_license",
        component_class="host_class",
    ).unique(["component", "component_revision"], keep="first", maintain_order=True)
    is_collected = pl.col("component_revision").is_not_null()
    states = _assessed(packages["component_license"], policy).select(
        component_license="expression", component_state="state"
    )
    return (
        rows.join(packages, on=["component", "component_revision"], how="left")
        .join(states, on="component_license", how="left")
        .with_columns(
            relation=pl.lit(DEPENDS),
            component_class=pl.col("component_class").fill_null(_UNKNOWN),
            component_state=pl.when(is_collected).then(
                pl.col("component_state").fill_null("none_found")
            ),
            n_contents=pl.col("n_files"),
            n_bytes=pl.lit(None, pl.Int64),
        )
    )


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with is_conflict, flags and reason."""
    host = pl.col("host_class").fill_null(_UNKNOWN)
    part_rank = _rank(pl.col("component_class"))
    is_known = pl.col("component_class") != _UNKNOWN
    is_restrictive = is_known & (part_rank >= _RESTRICTIVE)
    is_permissive = _rank(host) < _RESTRICTIVE
    depends = pl.col("relation") == DEPENDS
    is_conflict = ~depends & is_restrictive & is_permissive
    reaches = depends & pl.col("dependency_scope").is_in(list(_SHIPPED))
    uncollected = depends & pl.col("component_revision").is_null()
    flags = pl.concat_list(
        pl.when(uncollected).then(pl.lit("not_collected")),
        pl.when(reaches & is_restrictive).then(pl.lit("restrictive_dependency")),
        pl.when(~is_known & ~uncollected).then(pl.lit("without_license")),
    ).list.drop_nulls()
    verb = pl.when(depends).then(pl.lit("needs")).when(is_conflict).then(pl.lit("stands over"))
    scope = pl.when(depends).then(pl.format(", {}", "dependency_scope")).fill_null("")
    missing = pl.when(uncollected).then(pl.lit(", not collected")).otherwise(pl.lit(""))
    return rows.with_columns(
        host_class=host,
        is_conflict=is_conflict,
        flags=flags,
        reason=pl.format(
            "{} ({}) {} {} ({}): {}{}{}",
            pl.col("host_license").fill_null("no license"),
            host,
            verb.otherwise(pl.lit("contains")),
            pl.col("component_license").fill_null("no known license"),
            "component_class",
            pl.col("relation").replace_strict(_WORDS, return_dtype=pl.String),
            scope,
            missing,
        ),
    )
