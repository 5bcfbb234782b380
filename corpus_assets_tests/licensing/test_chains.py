"""Sublicensing chains: parts of packages, copies, snippets and dependencies, and what conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
import pytest

from corpus_assets.licensing.chains import license_chains
from corpus_assets.licensing.package_parts import folder_parts
from corpus_assets.tables import TABLES
from corpus_assets_tests.licensing.frames import POLICY

CLASSES = {
    "MIT": "permissive", "Apache-2.0": "permissive", "GPL-2.0-only": "strong_copyleft",
    "LGPL-2.1-only": "weak_copyleft", None: "unknown",
}  # fmt: skip


def place(origin: str = "pkg:pypi/app", revision: str = "1", **more: str) -> dict[str, Any]:
    return {"source_category": "open_source", "source": "s", "origin": origin,
            "revision": revision} | more  # fmt: skip


class Corpus:
    """Tables written one file at a time."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("license_conclusions", "license_claims", "revisions",
                                  "occurrences", "package_dependencies")
        }  # fmt: skip

    def revision(self, at: dict[str, Any], date: str | None = "2020-01-01") -> None:
        self._add("revisions", at | {"revision_date": date})

    def file(
        self,
        path: str,
        concluded: str | None = "MIT",
        declared: str | None = "MIT",
        at: dict[str, Any] | None = None,
        content: str | None = None,
        size: int = 100,
        **more: Any,
    ) -> None:
        at = at or place()
        where = at | {"path": path, "content_id": content or f"{at['origin']}:{path}"}
        self._add("occurrences", where | {"size_bytes": size})
        self._add("license_conclusions", where | {
            "license_concluded": concluded, "license_declared": declared,
            "license_class": CLASSES[concluded], "basis": "license_file",
            "license_state": "granted" if concluded else "none_found",
        } | more)  # fmt: skip

    def evidence(self, *paths: str, kind: str = "license_file", at: Any = None) -> None:
        for path in paths:
            self._add("license_claims", (at or place()) | {"kind": kind, "evidence_path": path})

    def snippet(self, path: str, expression: str | None, address: str | None, **more: Any) -> None:
        self._add("license_claims", place() | {
            "kind": "file", "statement_kind": "snippet", "rule_id": "snippet-copied-x",
            "path": path, "content_id": path, "license_expression": expression,
            "referenced_files": [address] if address else [],
        } | more)  # fmt: skip

    def needs(self, manifest: str, name: str, wanted: str = "", scope: str = "runtime",
              kind: str = "pypi", package: str = "app") -> None:  # fmt: skip
        self._add("package_dependencies", {
            "content_id": f"pkg:pypi/app:{manifest}", "package_type": kind, "package_name": package,
            "dependency_name": name, "requirement": wanted, "dependency_scope": scope,
            "ordinal": len(self.rows["package_dependencies"]),
        })  # fmt: skip

    def _add(self, table: str, row: dict[str, Any]) -> None:
        self.rows[table].append(dict.fromkeys(TABLES[table].names) | row)

    def frames(self) -> Iterable[pl.LazyFrame]:
        for name in ("license_conclusions", "license_claims", "revisions", "occurrences",
                     "package_dependencies"):  # fmt: skip
            yield pl.LazyFrame(self.rows[name], schema=TABLES[name].schema)

    def chains(self) -> pl.DataFrame:
        return license_chains(*self.frames(), POLICY)

    def found(self) -> list[dict[str, Any]]:
        return self.chains().to_dicts()

    def one(self) -> dict[str, Any]:
        (row,) = self.found()
        return row


@pytest.fixture
def corpus() -> Corpus:
    made = Corpus()
    made.revision(place())
    made.file("app-1/a.py")
    made.file("app-1/src/b.py")
    made.evidence("app-1/LICENSE")
    return made


def test_a_package_of_its_own_code_has_no_chain(corpus: Corpus) -> None:
    assert corpus.found() == []
    nothing = [frame.head(0) for frame in corpus.frames()]
    assert license_chains(*nothing, POLICY).schema == TABLES["license_chains"].schema


def test_a_folder_with_its_own_license_is_bundled(corpus: Corpus) -> None:
    corpus.evidence("app-1/src/fast/COPYING")
    corpus.file("app-1/src/fast/x.c", "GPL-2.0-only", "GPL-2.0-only", size=30)
    corpus.file("app-1/src/fast/deep/y.c", "GPL-2.0-only", "GPL-2.0-only", size=40)
    row = corpus.one()
    assert (row["relation"], row["component"]) == ("bundles", "app-1/src/fast")
    assert (row["component_license"], row["component_class"]) == ("GPL-2.0-only", "strong_copyleft")
    assert (row["n_files"], row["n_contents"], row["n_bytes"]) == (2, 2, 70)
    assert (row["host_license"], row["host_class"]) == ("MIT", "permissive")
    assert row["is_conflict"]
    assert row["reason"].startswith("MIT (permissive) stands over GPL-2.0-only (strong_copyleft)")
    assert row["sample_paths"] == ["app-1/src/fast/deep/y.c", "app-1/src/fast/x.c"]


def test_a_bundled_folder_as_free_as_the_package_is_no_conflict(corpus: Corpus) -> None:
    corpus.evidence("app-1/src/fast/LICENSE")
    corpus.file("app-1/src/fast/x.c", "Apache-2.0", "Apache-2.0")
    row = corpus.one()
    assert (row["is_conflict"], row["flags"]) == (False, [])


def test_a_folder_of_license_texts_is_no_part(corpus: Corpus) -> None:
    corpus.evidence("app-1/licenses/LICENSE-epl")
    corpus.file("app-1/licenses/LICENSE-epl", "LGPL-2.1-only", "LGPL-2.1-only")
    assert corpus.found() == []


def test_a_restrictive_package_may_bundle_restrictive_parts() -> None:
    corpus = Corpus()
    corpus.file("a.c", "GPL-2.0-only", "GPL-2.0-only")
    corpus.evidence("COPYING", "lib/COPYING")
    corpus.file("lib/x.c", "LGPL-2.1-only", "LGPL-2.1-only")
    assert not corpus.one()["is_conflict"]


def test_a_notice_or_manifest_alone_bundles_nothing(corpus: Corpus) -> None:
    corpus.evidence("app-1/src/fast/NOTICE")
    corpus.evidence("app-1/src/fast/package.json", kind="manifest")
    corpus.file("app-1/src/fast/x.c", "GPL-2.0-only")
    assert corpus.found() == []


def test_the_strictest_license_of_a_part_is_named_first_and_decides(corpus: Corpus) -> None:
    corpus.evidence("app-1/lib/LICENSE")
    corpus.file("app-1/lib/a.c", "MIT")
    corpus.file("app-1/lib/b.c", "LGPL-2.1-only")
    corpus.file("app-1/lib/c.c", None, license_state="conflict", license_class="unknown")
    row = corpus.one()
    assert row["component_license"] == "LGPL-2.1-only AND MIT"
    assert (row["component_class"], row["component_state"]) == ("weak_copyleft", "conflict")
    assert row["is_conflict"]


def test_vendored_folders_are_named_by_the_package_in_them(corpus: Corpus) -> None:
    corpus.evidence("app-1/node_modules/b/LICENSE", "app-1/third_party/zlib/1.2/LICENSE")
    corpus.evidence("app-1/node_modules/@s/c/package.json", kind="manifest")
    for path in ("node_modules/b/lib/x.js", "node_modules/@s/c/y.js", "node_modules/d/z.js",
                 "vendor/github.com/owner/repo/pkg/x.go", "third_party/zlib/1.2/inflate.c",
                 "third_party/loose.c"):  # fmt: skip
        corpus.file(f"app-1/{path}", None, None)
    rows = {row["component"]: row for row in corpus.found()}
    assert set(rows) == {
        "app-1/node_modules/b", "app-1/node_modules/@s/c", "app-1/node_modules/d",
        "app-1/vendor/github.com/owner/repo", "app-1/third_party/zlib/1.2", "app-1/third_party",
    }  # fmt: skip
    assert {row["relation"] for row in rows.values()} == {"vendors"}
    assert {tuple(row["flags"]) for row in rows.values()} == {("without_license",)}
    assert not any(row["is_conflict"] for row in rows.values())


@pytest.mark.parametrize(
    ("paths", "own"),
    [
        (["a.py", "lib/b.py"], {"", "lib"}),
        (["third_party/x/a.c", "third_party/x/sub/b.c"], {"third_party/x", "third_party/x/sub"}),
        (["p-1/x/a.py"], {"p-1/x"}),
        (["o.orig.tar.xz/p-1/a.c", "o.debian.tar.xz/debian/rules"],
         {"o.orig.tar.xz/p-1", "o.debian.tar.xz/debian"}),
        (["a-b/x.py", "a/y.py"], {"a-b", "a"}),
        (["é/\\x0a/a.py", "é/b.py"], {"é/\\x0a", "é"}),
    ],
)  # fmt: skip
def test_the_root_of_a_package(paths: list[str], own: set[str]) -> None:
    corpus = Corpus()
    for path in paths:
        corpus.file(path)
    _, claims, _, occurrences, _ = corpus.frames()
    parts = folder_parts(occurrences, claims)
    assert set(parts.filter(relation="own")["folder"]) == own


def test_contents_published_earlier_elsewhere_are_copies(corpus: Corpus) -> None:
    older = place("pkg:deb/debian/old", "0.9")
    corpus.revision(older, "2015-05-05")
    corpus.file("main.c", "GPL-2.0-only", "GPL-2.0-only", older, content="same")
    corpus.file("app-1/main.c", "MIT", content="same")
    row = corpus.one()
    assert (row["origin"], row["relation"], row["component"]) == (
        "pkg:pypi/app", "copies", "pkg:deb/debian/old",
    )  # fmt: skip
    assert row["component_revision"] == "0.9"
    assert row["component_license"] == "GPL-2.0-only"
    assert row["is_conflict"]


def test_what_makes_no_copy(corpus: Corpus) -> None:
    older = place("pkg:deb/debian/old", "0.9")
    corpus.revision(older, "2015-05-05")
    corpus.evidence("LICENSE", at=older)
    corpus.evidence("app-1/LICENSE")
    for path, size in (("tiny.py", 10), ("LICENSE", 1000), ("package.json", 1000)):
        corpus.file(path, "GPL-2.0-only", "GPL-2.0-only", older, content=path, size=size)
        corpus.file(f"app-1/{path}", content=path, size=size)
    # A vendored copy is no origin, nor is a revision without a date.
    corpus.file("vendor/x/v.c", "GPL-2.0-only", None, older, content="vendored")
    corpus.file("app-1/v.c", content="vendored")
    undated = place("pkg:npm/undated")
    corpus.revision(undated, None)
    corpus.file("u.c", "GPL-2.0-only", "GPL-2.0-only", undated, content="undated")
    corpus.file("app-1/u.c", content="undated")
    rows = [row for row in corpus.found() if row["origin"] == "pkg:pypi/app"]
    assert rows == []
    # What is undated or vendored there is copied from here, as far as dates tell.
    others = {(row["origin"], row["relation"]): row["component"] for row in corpus.found()}
    assert others == {
        ("pkg:deb/debian/old", "vendors"): "vendor/x",
        ("pkg:deb/debian/old", "copies"): "pkg:pypi/app",
        ("pkg:npm/undated", "copies"): "pkg:pypi/app",
    }  # fmt: skip


def test_other_revisions_of_an_origin_are_no_copies(corpus: Corpus) -> None:
    newer = place(revision="2")
    corpus.revision(newer, "2021-01-01")
    corpus.file("app-2/a.py", at=newer, content="pkg:pypi/app:app-1/a.py")
    corpus.evidence("app-2/LICENSE", at=newer)
    assert corpus.found() == []


def test_snippets_by_address(corpus: Corpus) -> None:
    corpus.snippet("app-1/a.py", "CC-BY-SA-3.0", "https://stackoverflow.com/a/6000000")
    corpus.snippet("app-1/src/b.py", "CC-BY-SA-3.0", "https://stackoverflow.com/a/6000000")
    corpus.snippet("app-1/a.py", None, "https://gist.github.com/x/1")
    corpus.snippet("app-1/a.py", "CC-BY-SA-4.0", None)
    corpus.snippet("app-1/a.py", "CC-BY-SA-4.0", "https://x", rule_id="snippet-reference-x")
    rows = {row["component"]: row for row in corpus.found()}
    assert set(rows) == {"https://stackoverflow.com/a/6000000", "https://gist.github.com/x/1",
                         "Stack Overflow, without an address"}  # fmt: skip
    answer = rows["https://stackoverflow.com/a/6000000"]
    assert (answer["relation"], answer["n_files"], answer["n_bytes"]) == ("snippet", 2, None)
    assert (answer["component_class"], answer["is_conflict"]) == ("weak_copyleft", True)
    gist = rows["https://gist.github.com/x/1"]
    assert (gist["flags"], gist["is_conflict"]) == (["without_license"], False)


def test_dependencies_are_joined_to_what_was_collected(corpus: Corpus) -> None:
    corpus.file("app-1/pyproject.toml")
    for version, date in (("1.0", "2019-01-01"), ("2.0", "2021-01-01")):
        at = place("pkg:pypi/gnu-lib", version)
        corpus.revision(at, date)
        corpus.file("g.py", "GPL-2.0-only", "GPL-2.0-only", at, content=f"g{version}")
        corpus.evidence("LICENSE", at=at)
    corpus.needs("app-1/pyproject.toml", "GNU_Lib", "== 1.0")
    corpus.needs("app-1/pyproject.toml", "gnu.lib", "", "dev")
    corpus.needs("app-1/pyproject.toml", "absent", ">=3")
    corpus.needs("app-1/pyproject.toml", "App")
    rows = {row["component"]: row for row in corpus.found()}
    assert set(rows) == {"pkg:pypi/gnu-lib", "pkg:pypi/absent"}
    needed = rows["pkg:pypi/gnu-lib"]
    assert (needed["component_revision"], needed["requirement"]) == ("1.0", "== 1.0")
    assert (needed["component_license"], needed["component_state"]) == ("GPL-2.0-only", "granted")
    assert (needed["dependency_scope"], needed["flags"]) == ("runtime", ["restrictive_dependency"])
    assert not needed["is_conflict"]
    assert needed["sample_paths"] == ["app-1/pyproject.toml"]
    absent = rows["pkg:pypi/absent"]
    assert (absent["component_license"], absent["component_state"]) == (None, None)
    assert absent["flags"] == ["not_collected"]
    assert absent["reason"].endswith("declared by a manifest, runtime, not collected")


@pytest.mark.parametrize("scope", ["dev", "build"])
def test_dependencies_for_development_are_not_flagged(corpus: Corpus, scope: str) -> None:
    corpus.file("app-1/package.json")
    at = place("pkg:npm/%40gnu/tool", "3")
    corpus.revision(at)
    corpus.file("g.js", "GPL-2.0-only", "GPL-2.0-only", at)
    corpus.evidence("LICENSE", at=at)
    corpus.needs("app-1/package.json", "@gnu/tool", "^2.0", scope, "npm")
    row = corpus.one()
    assert (row["component"], row["component_revision"]) == ("pkg:npm/%40gnu/tool", "3")
    assert (row["component_class"], row["flags"]) == ("strong_copyleft", [])


def test_what_vendored_manifests_need_is_not_needed_by_the_host(corpus: Corpus) -> None:
    corpus.file("app-1/node_modules/b/package.json")
    corpus.needs("app-1/node_modules/b/package.json", "left", kind="npm", package="b")
    assert [row["relation"] for row in corpus.found()] == ["vendors"]


def test_our_own_code_over_restrictive_parts_is_a_conflict() -> None:
    corpus = Corpus()
    ours = place("dir:ours", source_category="in_house")
    agreed = {"basis": "contract", "license_class": "owned"}
    corpus.file("a.py", "MIT", None, ours, **agreed)
    corpus.file("lib/x.c", "GPL-2.0-only", None, ours)
    corpus.evidence("lib/COPYING", at=ours)
    row = corpus.one()
    assert (row["host_license"], row["host_class"]) == (None, "owned")
    assert row["is_conflict"]


def test_a_package_without_a_license_makes_no_claim_to_contradict() -> None:
    silent = Corpus()
    silent.file("a.c", None, None)
    silent.file("lib/x.c", "GPL-2.0-only", "GPL-2.0-only")
    silent.evidence("lib/COPYING")
    row = silent.one()
    assert (row["host_class"], row["is_conflict"]) == ("unknown", False)
    assert row["reason"].startswith("no license (unknown) contains GPL-2.0-only")


def test_the_order_of_rows_does_not_matter(corpus: Corpus) -> None:
    corpus.evidence("app-1/lib/LICENSE")
    for number in range(40):
        corpus.file(f"app-1/lib/f{number}.c", ["MIT", "Apache-2.0", "LGPL-2.1-only"][number % 3])
        corpus.snippet("app-1/a.py", "CC-BY-SA-4.0", f"https://stackoverflow.com/a/{number % 7}")
    straight = corpus.chains()
    reverse = license_chains(*(frame.reverse() for frame in corpus.frames()), POLICY)
    assert straight.equals(reverse)


def test_many_folders_and_hostile_names_in_bounded_time(corpus: Corpus) -> None:
    for number in range(3_000):
        corpus.file(f"app-1/node_modules/{'x' * 50}\\x1b[{number}/" + "d/" * (number % 40) + "a.js")
    rows = corpus.chains()
    assert rows.height == 3_000
    assert set(rows["relation"]) == {"vendors"}
