"""Domains and frameworks of files, from the modules and words they use.

Belongs here: matching. A module matches a name of the policy and everything above it: `os.path`
matches `os`, `golang.org/x/net/html` matches `golang.org/x/net`. Underscores and hyphens are the
same, as package indexes have it.
"""

from __future__ import annotations

import re

import polars as pl

from corpus_assets.policy.domains import ECOSYSTEM, Domains
from corpus_assets.quality.uses.manifests import MANIFESTS

_SEPARATORS = r"::|[./:\\]"
_MOST_PARTS = 8


def domains_of(
    paths: pl.Series, modules: pl.Series, syntax: pl.Series, language: str, policy: Domains
) -> pl.DataFrame:
    """domains, domain_evidence ("web: flask") and frameworks (List[String], sorted), in row order.

    `modules`: List[String]; `syntax`: the texts without comments and strings.
    """
    whose = ECOSYSTEM.get(language, language)
    named_by = [
        pl.when(pl.lit(paths).str.contains(manifest.path)).then(pl.lit(manifest.ecosystem))
        for manifest in MANIFESTS
    ]
    names = (
        pl.DataFrame({"module": modules})
        .with_columns(ecosystem=pl.coalesce(*named_by, pl.lit(whose)))
        .with_row_index("row")
        .explode("module", empty_as_null=False, keep_nulls=False)
        .pipe(_with_prefixes)
    )
    named = names.join(_domain_names(policy), on=["ecosystem", "prefix"]).select(
        "row", "domain", reason="module"
    )
    words = [_by_words(syntax, domain, language, policy) for domain in policy.domains]
    places = [_by_paths(paths, domain, policy) for domain in policy.domains]
    spoken = [
        pl.DataFrame({"row": range(len(paths))}, schema={"row": pl.UInt32}).with_columns(
            domain=pl.lit(domain), reason=pl.lit(f"language {language}")
        )
        for domain, entry in policy.domains.items()
        if language in entry.languages
    ]
    found = pl.concat([named, *words, *places, *spoken])
    domains = found.group_by("row").agg(
        pl.col("domain").unique().sort().alias("domains"),
        pl.format("{}: {}", "domain", "reason").unique().sort().alias("domain_evidence"),
    )
    frameworks = (
        names.join(_framework_names(policy), on=["ecosystem", "prefix"])
        .group_by("row")
        .agg(pl.col("framework").unique().sort().alias("frameworks"))
    )
    rows = pl.DataFrame({"row": pl.int_range(len(paths), dtype=pl.UInt32, eager=True)})
    return (
        rows.join(domains, on="row", how="left", maintain_order="left")
        .join(frameworks, on="row", how="left", maintain_order="left")
        .select(pl.col("domains", "domain_evidence", "frameworks").fill_null([]))
    )


def _with_prefixes(names: pl.DataFrame) -> pl.DataFrame:
    """A row for the module itself and for each name above it, in the form that is compared."""
    parts = (
        _same(pl.col("module"))
        .str.replace_all(_SEPARATORS, "\0")
        .str.split("\0")
        .list.head(_MOST_PARTS)
    )
    long = names.with_columns(parts=parts)
    return pl.concat(
        [
            long.filter(pl.col("parts").list.len() >= n).select(
                "row", "module", "ecosystem", prefix=pl.col("parts").list.head(n).list.join("\0")
            )
            for n in range(1, _MOST_PARTS + 1)
        ]
    )


def _same(name: pl.Expr) -> pl.Expr:
    return name.str.replace_all("-", "_", literal=True)


def _key(name: str) -> str:
    return re.sub(_SEPARATORS, "\0", name.replace("-", "_"))


def _domain_names(policy: Domains) -> pl.DataFrame:
    rows = [
        (language, _key(name), domain)
        for domain, entry in policy.domains.items()
        for language, names in entry.modules.items()
        for name in names
    ]
    schema = {"ecosystem": pl.String, "prefix": pl.String, "domain": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)


def _framework_names(policy: Domains) -> pl.DataFrame:
    rows = [
        (language, _key(module), name)
        for language, entries in policy.frameworks.items()
        for module, name in entries.items()
    ]
    schema = {"ecosystem": pl.String, "prefix": pl.String, "framework": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)


def _by_words(syntax: pl.Series, domain: str, language: str, policy: Domains) -> pl.DataFrame:
    words = policy.domains[domain].words.get(language, [])
    if not words:
        return _none()
    anyone = r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b"
    return (
        pl.DataFrame({"text": syntax})
        .with_row_index("row")
        .select("row", reason=pl.col("text").str.extract_all(anyone))
        .explode("reason", empty_as_null=False, keep_nulls=False)
        .unique(maintain_order=True)
        .select("row", pl.lit(domain).alias("domain"), "reason")
    )


def _by_paths(paths: pl.Series, domain: str, policy: Domains) -> pl.DataFrame:
    patterns = policy.domains[domain].paths
    if not patterns:
        return _none()
    hit = paths.str.contains("|".join(f"(?:{pattern})" for pattern in patterns))
    return (
        pl.DataFrame({"hit": hit})
        .with_row_index("row")
        .filter("hit")
        .select("row", pl.lit(domain).alias("domain"), pl.lit("path").alias("reason"))
    )


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, "domain": pl.String, "reason": pl.String})
