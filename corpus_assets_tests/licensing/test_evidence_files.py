"""Which names are evidence, and for which folder they speak."""

import polars as pl
import pytest

from corpus_assets.licensing.evidence_files import (
    evidence_role,
    isolation_depth,
    scope,
    sidecar_target,
)

PATH = pl.col("path")


def value(expression: pl.Expr, path: str) -> object:
    return pl.DataFrame({"path": [path]}).select(expression.alias("value")).item()


@pytest.mark.parametrize(
    ("path", "role", "speaks_for"),
    [
        ("LICENSE", "license_file", ""),
        ("src/LICENCE.txt", "license_file", "src"),
        ("license", "license_file", ""),
        ("LICENSE-MIT", "license_file", ""),
        ("MIT-LICENSE.txt", "license_file", ""),
        ("COPYING.LESSER", "license_file", ""),
        ("COPYING3", "license_file", ""),
        ("LICENSE.jquery", "license_file", ""),
        ("GPL-3.0.txt", "license_file", ""),
        ("lib/NOTICE", "license_file", "lib"),
        ("LICENSES/MIT.txt", "license_file", ""),
        ("a/LICENSES/GPL-2.0-only.txt", "license_file", "a"),
        ("debian/copyright", "license_file", ""),
        ("x-1.dist-info/METADATA", "manifest", ""),
        ("x-1.dist-info/LICENSE", "license_file", ""),
        ("x-1.dist-info/licenses/LICENSE", "license_file", ""),
        ("x-1.dist-info/licenses/x/_vendor/y/LICENSE", "license_file", "x/_vendor/y"),
        ("x.egg-info/PKG-INFO", "manifest", ""),
        ("x-1/PKG-INFO", "manifest", "x-1"),
        ("package/package.json", "manifest", "package"),
        ("META-INF/LICENSE", "license_file", ""),
        ("META-INF/maven/g/a/pom.xml", "manifest", ""),
        ("gem.gemspec", "manifest", ""),
        ("setup.py", "manifest", ""),
        ("debian/control", "manifest", ""),
        ("REUSE.toml", "license_file", ""),
        ("a/REUSE.toml", "license_file", "a"),
        (".reuse/dep5", "license_file", ""),
        ("a/.reuse/dep5", "license_file", "a"),
    ],
)
def test_evidence_files_are_known_by_name(path: str, role: str, speaks_for: str) -> None:
    assert value(evidence_role(PATH), path) == role
    assert value(scope(PATH), path) == speaks_for


@pytest.mark.parametrize(
    "path",
    [
        "license.py", "src/copying.c", "licenses.json", "LICENSE.json", "LICENSE.py", "METADATA",
        "readme.py", "ThirdPartyNotices.txt", "THIRD-PARTY-LICENSES", "apache.conf", "bsd.h",
        "src/main.rs", "x-1.dist-info/licenses/AUTHORS",
        "x-1.dist-info/RECORD", "mitigation.txt", "legally.md",
    ],
)  # fmt: skip
def test_code_and_lists_of_third_parties_are_no_evidence(path: str) -> None:
    assert value(evidence_role(PATH), path) is None


def test_a_sidecar_speaks_for_one_file() -> None:
    assert value(sidecar_target(PATH), "img/logo.png.license") == "img/logo.png"
    assert value(sidecar_target(PATH), "LICENSE") is None
    assert value(evidence_role(PATH), "img/logo.png.license") == "license_file"


@pytest.mark.parametrize(
    ("folder", "depth"),
    [
        ("", 0),
        ("src/app", 0),
        ("django/contrib/admin", 0),
        ("pip/_vendor", 2),
        ("pip/_vendor/rich", 2),
        ("web/node_modules/a/node_modules/b/lib", 4),
        ("venv/lib/python3/site-packages/x", 4),
    ],
)
def test_other_peoples_folders_isolate(folder: str, depth: int) -> None:
    assert value(isolation_depth(PATH.str.split("/")), folder) == depth
