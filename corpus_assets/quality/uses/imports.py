"""The modules that a file brings in, as it writes them.

Belongs here: how each language says so. Names are left as they stand (`os.path`, `@scope/name`,
`sys/socket.h`); which of them are a framework or of a domain belongs to `domains`. Manifests name
the packages that a whole project uses (`manifests`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.quality.uses.manifests import MANIFESTS

_QUOTED = r"""["']([^"'\s]+)["']"""
_NAME = r"([A-Za-z_][\w.]*)"
_ES = (
    r"(?m)^[ \t]*(?:import|export)\b[^;'\"()]*?(?:\bfrom[ \t]*)?['\"]([^'\"\s]+)['\"]",
    r"\b(?:require|import)[ \t]*\([ \t]*['\"]([^'\"\s]+)['\"]",
)
_INCLUDE = (r"""(?m)^[ \t]*#[ \t]*(?:include|import)[ \t]*[<"]([^>"\s]+)[>"]""",)
_USING = (r"(?m)^[ \t]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?" + _NAME,)
_DOTTED = (r"(?m)^[ \t]*import[ \t]+(?:static[ \t]+)?" + _NAME,)

# By language: regular expressions with one group, the name or a list of names parted by commas.
PATTERNS: dict[str, tuple[str, ...]] = {
    "python": (
        r"(?m)^[ \t]*from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b",
        r"(?m)^[ \t]*import[ \t]+([A-Za-z_][\w.]*(?:[ \t]+as[ \t]+\w+)?"
        r"(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*(?:[ \t]+as[ \t]+\w+)?)*)",
    ),
    "javascript": _ES,
    "typescript": _ES,
    "vue": _ES,
    "c": _INCLUDE,
    "cpp": _INCLUDE,
    "objective_c": (*_INCLUDE, r"(?m)^[ \t]*@import[ \t]+" + _NAME),
    "java": _DOTTED,
    "kotlin": _DOTTED,
    "scala": _DOTTED,
    "groovy": _DOTTED,
    "swift": (r"(?m)^[ \t]*import[ \t]+(?:struct[ \t]+|class[ \t]+|func[ \t]+)?" + _NAME,),
    "dart": (r"(?m)^[ \t]*(?:import|export)[ \t]+" + _QUOTED,),
    "csharp": _USING,
    "fsharp": (r"(?m)^[ \t]*open[ \t]+" + _NAME,),
    "go": (
        r'(?m)^import[ \t]+(?:[\w.]+[ \t]+)?"([^"\s]+)"',
        r'(?m)^[ \t]+(?:[\w.]+[ \t]+)?"([a-z][\w./~-]+)"[ \t]*;?[ \t]*$',
    ),
    "rust": (
        r"(?m)^[ \t]*(?:pub(?:\([a-z]+\))?[ \t]+)?use[ \t]+(?:::)?([a-z_]\w*(?:::[a-z_]\w*)*)",
        r"(?m)^[ \t]*extern[ \t]+crate[ \t]+(\w+)",
    ),
    "php": (
        r"(?m)^[ \t]*use[ \t]+(?:function[ \t]+|const[ \t]+)?\\?([A-Za-z_][\w\\]*)",
    ),
    "ruby": (r"(?m)^[ \t]*(?:require|gem)[ \t(]+" + _QUOTED,),
    "perl": (r"(?m)^[ \t]*(?:use|require)[ \t]+([A-Z][\w:]*)",),
    "lua": (r"\brequire[ \t(]*" + _QUOTED,),
    "r": (r"\b(?:library|require|requireNamespace)[ \t]*\([ \t]*[\"']?([A-Za-z][\w.]*)",
          r"\b([A-Za-z][\w.]+):::?[A-Za-z]"),
    "julia": (
        r"(?m)^[ \t]*(?:using|import)[ \t]+([A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*)",
    ),
    "haskell": (r"(?m)^import[ \t]+(?:safe[ \t]+)?(?:qualified[ \t]+)?([A-Z][\w.]*)",),
    "ocaml": (r"(?m)^[ \t]*open[ \t]+!?[ \t]*([A-Z][\w.]*)",),
    "elixir": (r"(?m)^[ \t]*(?:use|import|alias|require)[ \t]+([A-Z][\w.]*)",),
    "erlang": (r"(?m)^-include(?:_lib)?\([ \t]*" + _QUOTED,),
    "clojure": (r"[\[(]([a-z][\w.-]*(?:\.[a-z][\w-]*)+)[ \t]+:(?:as|refer)\b",),
    "fortran": (r"(?mi)^[ \t]*use[ \t]*(?:,[ \t]*intrinsic[ \t]*)?(?:::)?[ \t]*([a-z]\w*)",
                r"""(?mi)^[ \t]*include[ \t]+['"]([^'"\s]+)['"]"""),
    "zig": (r'@import\("([^"\s]+)"\)',),
    "solidity": (r"""(?m)^[ \t]*import\b[^"';]*["']([^"'\s]+)["']""",),
    "protobuf": (r'(?m)^[ \t]*import[ \t]+(?:public[ \t]+|weak[ \t]+)?"([^"\s]+)"',),
    "cmake": (r"(?mi)\bfind_package[ \t]*\([ \t]*([A-Za-z]\w*)",),
    "tex": (r"\\usepackage(?:\[[^\]]*\])?\{([^}]+)\}",),
    "html": (
        r"""(?i)<script[^>]+src=["'](?:[^"']*/)?([a-z][\w.-]*?)(?:[.@-]\d[\w.]*)?(?:\.min)?\.js""",
    ),
}  # fmt: skip

_OWN = r"^\.{0,2}/|^\.{1,2}$"  # a file beside this one says nothing of others


def imported(texts: pl.Series, paths: pl.Series, language: str) -> pl.Series:
    """Sorted distinct module names (List[String]) of texts in one language, in row order."""
    found = [_found(texts, pattern) for pattern in PATTERNS.get(language, ())]
    for manifest in MANIFESTS:
        rows = paths.str.contains(manifest.path)
        if rows.any():
            kept = pl.select(pl.when(rows).then(texts)).to_series()
            found.append(_found(kept, manifest.pattern))
    rows_of = pl.DataFrame({"row": pl.int_range(len(texts), dtype=pl.UInt32, eager=True)})
    names = (
        pl.concat([pl.DataFrame(schema={"row": pl.UInt32, "name": pl.String}), *found])
        .with_columns(pl.col("name").str.split(","))
        .explode("name", empty_as_null=False, keep_nulls=False)
        .with_columns(pl.col("name").str.strip_chars().str.replace(r"\s.*$", ""))
        .filter((pl.col("name") != "") & ~pl.col("name").str.contains(_OWN))
        .group_by("row")
        .agg(pl.col("name").unique().sort().alias("imports"))
    )
    joined = rows_of.join(names, on="row", how="left", maintain_order="left")
    return joined["imports"].fill_null([])


def _found(texts: pl.Series, pattern: str) -> pl.DataFrame:
    """row and name of every match."""
    return (
        pl.DataFrame({"text": texts})
        .with_row_index("row")
        .select("row", pl.col("text").str.extract_all(pattern).alias("match"))
        .explode("match", empty_as_null=False, keep_nulls=False)
        .select("row", pl.col("match").str.extract(pattern, 1).alias("name"))
        .drop_nulls()
    )
