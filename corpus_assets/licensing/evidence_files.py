"""Which files speak about the license of others, and for which part of the tree they speak.

Belongs here: names of package manifests, the folder each file covers, and the folders that hold
other people's code. Does not belong here: names of license files (`evidence_names`), and what the
files say (`texts.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.evidence_names import DEBIAN, REUSE_LIST, REUSE_TEXT, SIDECAR, is_license_name
from corpus_assets.licensing.manifests import FILE_NAMES as _MANIFEST

# Manifests that are programs: what their comments say is about themselves, as in any code.
_PROGRAM = r"(?:^|/)(?:setup\.py|Makefile\.PL|mix\.exs|meson\.build|[^/]+\.(?:gem|pod|rock)spec)$"

_README = (
    r"(?i)(?:^|/)read[-_ ]?me(?:[-_.][\w-]{1,20})?"
    r"(?:\.(?:md|mkdn?|mdown|markdown|rst|txt|html?|adoc|asciidoc|org|rdoc|pod|textile))?$"
)
_CODE = r"(?i)\.(?:py|js|mjs|ts|jsx|tsx|go|rs|c|h|cpp|java|rb|sh|json|ya?ml|xml|toml|tmpl|in)$"
# GNU packages may keep COPYING among the documents, where it still names the program's license.
# A LICENSE there is mostly that of the documents, and a wrong grant is worse than none.
_DOC_COPYING = r"(?:^|/)docs?/COPYING[^/]*$"

# Folders of code that others wrote (after linguist's vendor list, Meson's and Go's conventions);
# contrib is missing because projects keep their own code there, as Django and git do.
_VENDORED_FOLDER = (
    r"^(?:(?i:_?vendor(?:s|ed)?(?:_packages)?|_vendored_packages|"
    r"(?:third|3rd)[-_ ]?part(?:y|ies)(?:[-_]?(?:libs?|src|code|deps|packages))?|"
    r"external(?:s|[-_]?libs?)?|extern|ext[-_]?libs?|bundled(?:[-_]?libs?)?|deps|subprojects|"
    r"submodules|godeps|_workspace|site-packages|dist-packages|node_modules|web_modules|"
    r"bower_components|jspm_packages|elm-stuff|\.?venv|\.virtualenv|\.eggs|\.tox|\.nox|\.bundle)"
    r"|Pods|Carthage)$"
)


def evidence_role(path: pl.Expr) -> pl.Expr:
    """String: license_file, manifest or readme for files that speak about others, else null."""
    return (
        pl.when(path.str.contains(_MANIFEST))
        .then(pl.lit("manifest"))
        .when(is_license_name(path))
        .then(pl.lit("license_file"))
        .when(path.str.contains(_README) & ~path.str.contains(_CODE))
        .then(pl.lit("readme"))
        .otherwise(None)
    )


def is_program(path: pl.Expr) -> pl.Expr:
    """Boolean: a manifest that is a program and so may state its own license in a comment."""
    return path.str.contains(_PROGRAM)


def folder(path: pl.Expr) -> pl.Expr:
    """String: the folder of a path, empty for the root."""
    return path.str.extract(r"^(.*)/[^/]*$").fill_null("")


def scope(path: pl.Expr) -> pl.Expr:
    """String: the folder for which an evidence file speaks.

    That is its own folder, but metadata folders speak for what lies around them: `*.dist-info`
    (with the paths kept below its licenses folder), `*.egg-info`, `META-INF`, `LICENSES` and
    `.reuse` of REUSE, and `debian`; so does a COPYING among the documents.
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
        .when(path.str.contains(_DOC_COPYING))
        .then(own.str.replace(r"(?:^|/)docs?$", ""))
        .when(own.str.contains(inner))
        .then(own.str.replace(r"(^|.*/)[^/]+\.dist-info/licenses?/(.+)$", "${1}${2}"))
        .otherwise(own)
    )


def sidecar_target(path: pl.Expr) -> pl.Expr:
    """String: the file that a REUSE sidecar `name.ext.license` describes, null for other files."""
    return pl.when(path.str.contains(SIDECAR)).then(path.str.replace(r"\.license$", ""))


def is_collection(path: pl.Expr) -> pl.Expr:
    """Boolean: whether the file counts only where no other license file speaks for its scope.

    The texts in REUSE's LICENSES folder, debian/copyright and the like list every license that
    occurs, without saying where; a COPYING among the documents stands in for a missing one.
    """
    return (
        path.str.contains(REUSE_TEXT)
        | path.str.contains(DEBIAN)
        | path.str.contains(REUSE_LIST)
        | path.str.contains(_DOC_COPYING)
    )


def isolation_depth(parts: pl.Expr) -> pl.Expr:
    """Int64: depth of the innermost folder of other people's code in a list of folder names.

    A file below it never inherits from a folder of smaller depth; 0 where there is none.
    """
    depth = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return (
        parts.list.eval(
            pl.when(pl.element().str.contains(_VENDORED_FOLDER)).then(depth).otherwise(0)
        )
        .list.max()
        .fill_null(0)
    )
