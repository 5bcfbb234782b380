"""Which files speak about the license of others, and for which part of the tree they speak.

Belongs here: names of package manifests, the folder each file covers, and the folders that hold
other people's code. Does not belong here: names of license files (`evidence_names`), and what the
files say (`texts.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.evidence_names import DEBIAN, REUSE_LIST, REUSE_TEXT, SIDECAR, is_license_name
from corpus_assets.licensing.manifests import FILE_NAMES as _MANIFEST

_README = (
    r"(?i)(?:^|/)read[-_ ]?me(?:\.(?:md|markdown|mkdn?|rst|txt|html?|adoc|asciidoc|org|pod))?$"
)
# Manifests that are programs: what their comments say is about themselves, as in any code.
_PROGRAM = r"(?:^|/)(?:setup\.py|Makefile\.PL|mix\.exs|meson\.build|[^/]+\.(?:gem|pod|rock)spec)$"

# Folders of code that others wrote (after linguist's vendor list); contrib is missing because
# projects keep their own code there, Django for one.
_VENDORED_FOLDERS = (
    "vendor", "vendors", "vendored", "_vendor", "_vendored", "_vendored_packages", "third_party",
    "third-party", "thirdparty", "3rdparty", "3rd_party", "third_party_libs", "external",
    "externals", "extern", "deps", "node_modules", "bower_components", "jspm_packages",
    "site-packages", "dist-packages", "Pods", "Carthage", ".venv", "venv",
)  # fmt: skip


def evidence_role(path: pl.Expr) -> pl.Expr:
    """String: license_file, manifest or readme for files that speak about others, else null."""
    return (
        pl.when(path.str.contains(_MANIFEST))
        .then(pl.lit("manifest"))
        .when(is_license_name(path))
        .then(pl.lit("license_file"))
        .when(path.str.contains(_README))
        .then(pl.lit("readme"))
        .otherwise(None)
    )


def is_program(path: pl.Expr) -> pl.Expr:
    """Boolean: a manifest that is a program and so may state its own license in a comment."""
    return path.str.contains(_PROGRAM)


def states_paths(path: pl.Expr) -> pl.Expr:
    """Boolean: a file that may state licenses path by path, see `dep5.scoped_statements`."""
    return path.str.contains(REUSE_LIST) | path.str.contains(DEBIAN)


def folder(path: pl.Expr) -> pl.Expr:
    """String: the folder of a path, empty for the root."""
    return path.str.extract(r"^(.*)/[^/]*$").fill_null("")


def scope(path: pl.Expr) -> pl.Expr:
    """String: the folder for which an evidence file speaks.

    That is its own folder, but metadata folders speak for what lies around them: `*.dist-info`
    (with the paths kept below its licenses folder), `*.egg-info`, `META-INF`, `LICENSES` and
    `.reuse` of REUSE, and `debian`.
    """
    above = (
        r"(?:^|/)(?:[^/]+\.(?:dist|egg)-info(?:/licenses?)?|META-INF(?:/maven/.*)?|LICENSES|"
        r"\.reuse)$"
    )
    inner = r"(?:^|/)[^/]+\.dist-info/licenses?/(.+)$"
    own = folder(path)
    debian = path.str.contains(r"(?:^|/)debian/(?:copyright|control)$")
    return (
        pl.when(debian | own.str.contains(above))
        .then(own.str.replace(above, "").str.replace(r"(?:^|/)debian$", ""))
        .when(own.str.contains(inner))
        .then(own.str.replace(r"(^|.*/)[^/]+\.dist-info/licenses?/(.+)$", "${1}${2}"))
        .otherwise(own)
    )


def sidecar_target(path: pl.Expr) -> pl.Expr:
    """String: the file that a REUSE sidecar `name.ext.license` describes, null for other files."""
    return pl.when(path.str.contains(SIDECAR)).then(path.str.replace(r"\.license$", ""))


def is_collection(path: pl.Expr) -> pl.Expr:
    """Boolean: whether the file lists every license that occurs, without saying where.

    These are the texts in REUSE's LICENSES folder and debian/copyright.
    """
    return path.str.contains(REUSE_TEXT) | path.str.contains(DEBIAN)


def speaks_for_tree(path: pl.Expr) -> pl.Expr:
    """Boolean: whether a file of this name should hold the license itself.

    Notices, patent and copyright notes may be silent on it; a LICENSE or COPYING may not.
    """
    return path.str.contains(r"(?i)(?:^|[/._ -])(?:un)?(?:licen[cs]es?|copying)(?:[._ -][^/]*)?$")


def isolation_depth(parts: pl.Expr) -> pl.Expr:
    """Int64: depth of the innermost folder of other people's code in a list of folder names.

    A file below it never inherits from a folder of smaller depth; 0 where there is none.
    """
    depth = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return (
        parts.list.eval(
            pl.when(pl.element().is_in(list(_VENDORED_FOLDERS))).then(depth).otherwise(0)
        )
        .list.max()
        .fill_null(0)
    )
