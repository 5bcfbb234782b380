"""Which names are evidence, and for which folder they speak."""

import polars as pl
import pytest

from corpus_assets.licensing.evidence_files import (
    evidence_role,
    is_collection,
    is_program,
    scope,
    sidecar_target,
)
from corpus_assets.licensing.evidence_rank import is_scoped, speaks_first

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
        ("third_party/zlib/LICENSE", "license_file", "third_party/zlib"),
        ("LICENSE.APACHE2", "license_file", ""),
        ("LICENSE.GPL3-EXCEPT", "license_file", ""),
        ("COPYING.LIB", "license_file", ""),
        ("COPYING3.LIB", "license_file", ""),
        ("UNLICENSE", "license_file", ""),
        ("COPYRIGHT", "license_file", ""),
        ("CopyrightNotice.txt", "license_file", ""),
        ("PATENTS", "license_file", ""),
        ("LGPL-2.1", "license_file", ""),
        ("bsd.txt", "license_file", ""),
        ("BSD-3-Clause.txt", "license_file", ""),
        ("legal/LICENSE", "license_file", "legal"),
        ("licenses/zlib.LICENSE", "license_file", "licenses"),
        ("doc/COPYING", "license_file", ""),
        ("a/docs/COPYING.txt", "license_file", "a"),
        ("docs/LICENSE", "license_file", "docs"),
        ("README", "readme", ""),
        ("lib/README.md", "readme", "lib"),
        ("README.zh-CN.md", "readme", ""),
        ("readme_de.rst", "readme", ""),
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
        "ThirdPartyNotices.txt", "THIRD-PARTY-LICENSES", "apache.conf", "bsd.h",
        "src/main.rs", "readme.py", "README.js", "x-1.dist-info/licenses/AUTHORS",
        "x-1.dist-info/RECORD", "mitigation.txt", "legally.md", "palettes/Gold.gpl",
        "doc/auth-bsd.html", "update-copyright", "message-notice.txt", "etc/init.d/apache",
        "License.java", "licenses_test.go", "license_check.hpp", "LICENSE-DEPENDENCIES.md",
        "mit.edu", "zlib.3",
    ],
)  # fmt: skip
def test_code_and_lists_of_third_parties_are_no_evidence(path: str) -> None:
    assert value(evidence_role(PATH), path) is None


def test_a_sidecar_speaks_for_one_file() -> None:
    assert value(sidecar_target(PATH), "img/logo.png.license") == "img/logo.png"
    assert value(sidecar_target(PATH), "LICENSE") is None
    assert value(evidence_role(PATH), "img/logo.png.license") == "license_file"


def test_what_stands_in_for_a_missing_license_file() -> None:
    for path in ("doc/COPYING", "LICENSES/MIT.txt", "debian/copyright", "REUSE.toml"):
        assert value(is_collection(PATH), path) is True
    for path in ("COPYING", "docs/LICENSE", "doc/x/COPYING"):
        assert value(is_collection(PATH), path) is False


def test_programs_among_the_manifests() -> None:
    for path in ("setup.py", "a/meson.build", "x.gemspec", "Makefile.PL"):
        assert value(evidence_role(PATH), path) == "manifest"
        assert value(is_program(PATH), path) is True
    assert value(is_program(PATH), "package.json") is False


def test_files_that_state_paths() -> None:
    for path in ("debian/copyright", "a/REUSE.toml", ".reuse/dep5"):
        assert is_scoped(path)
    assert not is_scoped("copyright")


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("LICENSE", True), ("COPYINGv3", True), ("COPYING.LIB", True), ("MIT-LICENSE.txt", True),
        ("LICENSES/MIT.txt", True), ("GPL-3.0.txt", True), ("UNLICENSE", True),
        ("NOTICE", False), ("COPYRIGHT", False), ("README.license", False), ("PATENTS", False),
    ],
)  # fmt: skip
def test_texts_rank_before_notices(path: str, first: bool) -> None:
    assert speaks_first(path) is first
