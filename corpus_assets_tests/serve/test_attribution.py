"""Whom a release credits: which texts go along with which files, and what is missing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus_assets.policy.standard_texts import standard_text
from corpus_assets.serve.attribution import attribution
from corpus_assets.serve.attribution_files import write_attribution
from corpus_assets.serve.credits import Attribution, read_table, uncredited
from corpus_assets_tests.serve.credited import MADE_BY, Released, build, claim, notice_of_text

ADA = b"Copyright (c) 2020 Ada\n\n" + b"Permission is hereby granted, free of charge, ...\n" * 20
BO = ADA.replace(b"2020 Ada", b"2021 Bo")
HOLDER = "Copyright (c) 2020 Ada"


def _credited(
    folder: Path, files: list[Released], legal: dict[str, bytes] | None = None
) -> tuple[Attribution, pl.DataFrame]:
    lake, rows = build(folder / "lake", files, legal or {})
    return attribution(lake, rows), rows


def _written(folder: Path, files: list[Released], legal: dict[str, bytes]) -> tuple[Path, str]:
    lake, rows = build(folder / "lake", files, legal)
    target = folder / "release"
    target.mkdir()
    write_attribution(lake, attribution(lake, rows), target, "sample 1")
    return target, (target / "NOTICE.txt").read_text(encoding="utf-8")


def _texts(found: Attribution, path: str) -> list[str | None]:
    """Where the license texts of a released file were found, None for a standard text."""
    (digests,) = found.files.filter(pl.col("path") == path)["text_sha256s"].to_list()
    chosen = found.texts.filter(pl.col("sha256").is_in(digests))
    return sorted(chosen["path"].to_list(), key=str)


def test_works_are_grouped_by_license_and_origin(tmp_path: Path) -> None:
    files = [
        Released("a.py", claims=(claim("LICENSE", "MIT", HOLDER),)),
        Released("b.py", claims=(claim("LICENSE", "MIT", HOLDER),), own=("Copyright 2019 Cy",)),
        Released("a.py", origin="pkg:npm/@beta/tools"),
        Released("c.py", "ISC"),
    ]
    found, _ = _credited(tmp_path, files, {"pkg:pypi/alpha LICENSE": ADA})
    works = found.works.select("license_expression", "locator", "n_files", "n_without_copyright")
    assert works.rows() == [
        ("ISC", "pkg:pypi/alpha@1.0", 1, 1),
        ("MIT", "pkg:npm/%40beta/tools@1.0", 1, 1),
        ("MIT", "pkg:pypi/alpha@1.0", 2, 0),
    ]
    assert found.works["copyrights"].to_list() == [[], [], [HOLDER, "Copyright 2019 Cy"]]
    basis = found.files.select("origin", "path", "copyright_basis").rows()
    assert set(basis) == {
        ("pkg:pypi/alpha", "a.py", "license_file"),
        ("pkg:pypi/alpha", "b.py", "file"),
        ("pkg:pypi/alpha", "c.py", None),
        ("pkg:npm/@beta/tools", "a.py", None),
    }


def test_the_nearest_text_counts_and_the_standard_text_where_there_is_none(tmp_path: Path) -> None:
    both = (claim("lib/LICENSE"), claim("LICENSE"))
    files = [
        Released("lib/a.py", claims=both),
        Released("b.py", claims=(claim("LICENSE"),)),
        Released("c.py", claims=(claim("c.py"),)),
        Released("d.py", claims=(("LICENSE", "MIT", "notice", ()),)),
        Released("e.py", claims=(claim("README.md"),)),
        Released("f.py", claims=(claim("gone/LICENSE"),)),
        Released("LICENSE.txt", claims=(claim("LICENSE.txt"),), data=ADA + b"\n"),
    ]
    legal = {"pkg:pypi/alpha LICENSE": ADA, "pkg:pypi/alpha lib/LICENSE": BO,
             "pkg:pypi/alpha README.md": b"# alpha\n\nMIT\n"}  # fmt: skip
    found, rows = _credited(tmp_path, files, legal)
    assert _texts(found, "lib/a.py") == ["lib/LICENSE"]
    assert _texts(found, "b.py") == ["LICENSE"]
    assert _texts(found, "LICENSE.txt") == ["LICENSE.txt"]
    assert _texts(found, "d.py") == ["LICENSE", None]
    for path in ("c.py", "e.py", "f.py"):
        assert _texts(found, path) == [None]
    assert uncredited(rows, found.files).height == 0


def test_a_text_of_one_license_with_a_notice_of_another_is_the_text_of_one(tmp_path: Path) -> None:
    both = "MIT AND Apache-2.0"
    files = [Released("a.py", both, claims=(claim("LICENSE", both),))]
    found, _ = _credited(tmp_path, files, {"pkg:pypi/alpha LICENSE": ADA})
    assert _texts(found, "a.py") == ["LICENSE", None]
    standard = found.texts.filter(pl.col("kind") == "standard_text")
    assert standard["license_ids"].to_list() == [["Apache-2.0"]]


def test_a_long_notice_is_a_text(tmp_path: Path) -> None:
    files = [Released("a.py", "Apache-2.0", claims=(("LICENSE", "Apache-2.0", "notice", ()),))]
    whole = ADA + b"line\n" * 2_000
    lake, rows = build(tmp_path / "lake", files, {"pkg:pypi/alpha LICENSE": whole})
    claims = lake.read("license_claims").with_columns(start_line=pl.lit(1), end_line=pl.lit(201))
    assert _texts(attribution(lake, rows), "a.py") == ["LICENSE", None]
    lake.replace("license_claims", claims.cast({"start_line": pl.Int64, "end_line": pl.Int64}),
                 MADE_BY, "python")  # fmt: skip
    assert _texts(attribution(lake, rows), "a.py") == ["LICENSE"]


def test_statements_that_differ_in_case_or_sign_count_once(tmp_path: Path) -> None:
    own = ("copyright © 2020  Ada", "Copyright (c) 2020 Ada", "Copyright (C) 2021 Ada")
    found, _ = _credited(tmp_path, [Released("a.py", own=own)])
    assert found.files["copyrights"].to_list() == [list(own)]
    assert found.works["copyrights"].to_list() == [
        ["Copyright (C) 2021 Ada", "Copyright (c) 2020 Ada"]
    ]


def test_texts_that_differ_by_a_holder_are_two_and_equal_ones_are_one(tmp_path: Path) -> None:
    files = [
        Released("a.py", origin=origin, claims=(claim("LICENSE"),))
        for origin in ("pkg:pypi/a", "pkg:pypi/b", "pkg:pypi/c")
    ]
    legal = {"pkg:pypi/a LICENSE": ADA, "pkg:pypi/b LICENSE": BO, "pkg:pypi/c LICENSE": ADA}
    found, _ = _credited(tmp_path, files, legal)
    assert set(found.texts.select("origin", "path").rows()) == {
        ("pkg:pypi/a", "LICENSE"), ("pkg:pypi/b", "LICENSE")
    }  # fmt: skip
    _, notice = _written(tmp_path / "again", files, legal)
    assert notice.count("Copyright (c) 2020 Ada") == notice.count("Copyright (c) 2021 Bo") == 1


def test_every_license_of_an_expression_brings_its_text(tmp_path: Path) -> None:
    files = [
        Released("a.py", "GPL-2.0-only WITH Classpath-exception-2.0 AND (ISC AND ISC)",
                 "weak_copyleft"),
        Released("b.py", "MIT OR Apache-2.0", elected="MIT"),
    ]  # fmt: skip
    found, _ = _credited(tmp_path, files)
    named = found.texts.filter(pl.col("kind") == "standard_text")["license_ids"].to_list()
    assert sorted(named) == [["Classpath-exception-2.0"], ["GPL-2.0-only"], ["ISC"], ["MIT"]]


def test_a_license_without_any_text_leaves_its_rows_uncredited(tmp_path: Path) -> None:
    files = [
        Released("a.py", "LicenseRef-nobody-knows"),
        Released("b.py", "MIT AND LicenseRef-nobody-knows"),
        Released("c.py", None),
        Released("d.py", "CC0-1.0", "public_domain"),
    ]
    found, rows = _credited(tmp_path, files)
    assert uncredited(rows, found.files)["path"].to_list() == ["a.py", "c.py"]
    lacking = dict(found.files.select("path", "ids_without_text").iter_rows())
    assert lacking["a.py"] == lacking["b.py"] == ["LicenseRef-nobody-knows"]
    assert uncredited(rows, found.files.clear())["path"].to_list() == ["a.py", "b.py", "c.py"]


def test_own_and_contracted_files_are_credited_only_where_the_terms_ask(tmp_path: Path) -> None:
    files = [
        Released("a.py", "LicenseRef-terms", "contract"),
        Released("b.py", "LicenseRef-terms", "owned"),
        Released("c.py", "LicenseRef-terms", "contract", obligations=("attribution",)),
    ]
    found, rows = _credited(tmp_path, files)
    assert found.files["path"].to_list() == ["c.py"]
    assert uncredited(rows, found.files).height == 0


def test_a_notice_speaks_for_its_folder_and_those_below(tmp_path: Path) -> None:
    files = [Released(path, "Apache-2.0") for path in ("a.py", "lib/b.py", "library/c.py")]
    legal = {
        "pkg:pypi/alpha NOTICE": b"root\n",
        "pkg:pypi/alpha lib/NOTICE.txt": b"lib\n",
        "pkg:pypi/alpha alpha-1.0.dist-info/licenses/NOTICE": b"metadata\n",
        "pkg:pypi/alpha notice.py": b"code\n",
        "pkg:pypi/alpha NOTICE.py": b"code again\n",
        "pkg:pypi/other NOTICE": b"of another package\n",
    }
    lake, rows = build(tmp_path / "lake", files, legal)
    notice_of_text(lake, {b"lib\n": ["Copyright 2020 The lib"]})
    found = attribution(lake, rows)
    where = dict(found.texts.select("sha256", "path").iter_rows())
    spoken = {
        path: sorted(where[digest] for digest in digests)
        for path, digests in found.files.select("path", "notice_sha256s").iter_rows()
    }
    everywhere = ["NOTICE", "alpha-1.0.dist-info/licenses/NOTICE"]
    assert spoken == {
        "a.py": everywhere, "lib/b.py": [*everywhere, "lib/NOTICE.txt"], "library/c.py": everywhere,
    }  # fmt: skip
    basis = dict(found.files.select("path", "copyright_basis").iter_rows())
    assert basis == {"a.py": None, "lib/b.py": "notice", "library/c.py": None}


def test_lists_of_paths_name_holders_and_strangers_do_not(tmp_path: Path) -> None:
    listed = ("debian/copyright", "MIT", "declared", (HOLDER,))
    other = ("LICENSE", "GPL-2.0-only", "text", ("Copyright 1999 Di",))
    files = [Released("a.py", claims=(listed,), kind="manifest"), Released("b.py", claims=(other,))]
    found, _ = _credited(tmp_path, files)
    basis = dict(found.files.select("path", "copyright_basis").iter_rows())
    assert basis == {"a.py": "manifest", "b.py": None}
    assert found.works["copyrights"].to_list() == [[HOLDER]]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("Copyright © 2020 Günter\n".encode("latin-1"), "    Copyright © 2020 Günter\n"),
        ("Copyright © 2020 Günter\n".encode("utf-16"), "    Copyright © 2020 Günter\n"),
        (b"a\r\nb\rc", "    a\n    b\n    c\n"),
        (b"\x00\x01\x02\xff" * 50, "    (not a text that can be shown; see attribution/texts/"),
        (b"", "\n"),
        (b"x" * 100_000, "    " + "x" * 100_000),
    ],
)
def test_texts_are_kept_byte_for_byte_and_shown_as_far_as_they_can(
    tmp_path: Path, data: bytes, shown: str
) -> None:
    files = [Released("a.py", claims=(claim("LICENSE"),))]
    folder, notice = _written(tmp_path, files, {"pkg:pypi/alpha LICENSE": data})
    assert shown in notice
    text = folder / "attribution" / "texts" / f"{hashlib.sha256(data).hexdigest()}.txt"
    assert text.read_bytes() == data


def test_what_is_written_is_listed_and_can_be_read_back(tmp_path: Path) -> None:
    files = [Released("a.py", claims=(claim("LICENSE"),)), Released("b.py", "ISC")]
    lake, rows = build(tmp_path / "lake", files, {"pkg:pypi/alpha LICENSE": ADA})
    found = attribution(lake, rows)
    (tmp_path / "release").mkdir()
    listed = write_attribution(lake, found, tmp_path / "release", "sample 1")
    there = {
        path.relative_to(tmp_path / "release").as_posix()
        for path in (tmp_path / "release").rglob("*.*")
        if path.is_file()
    }
    assert {item["path"] for item in listed} == there
    assert read_table(tmp_path / "release", "credited_works").equals(found.works)
    assert read_table(tmp_path / "elsewhere", "credited_files").equals(found.files.clear())
    standard = found.texts.row(by_predicate=pl.col("kind") == "standard_text", named=True)
    text = tmp_path / "release" / "attribution" / "texts" / f"{standard['sha256']}.txt"
    assert text.read_text(encoding="utf-8") == standard_text("ISC")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"data": pl.lit(None, pl.Binary)}, "1 license texts are not in the lake"),
        ({"data": pl.lit(b"other")}, "is another in the lake than its table says"),
    ],
)
def test_a_lake_that_lost_a_text_is_found_out(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    files = [Released("a.py", claims=(claim("LICENSE"),))]
    lake, rows = build(tmp_path / "lake", files, {"pkg:pypi/alpha LICENSE": ADA})
    found = attribution(lake, rows)
    lake.replace("contents", lake.read("contents").with_columns(**change), MADE_BY, "text")
    (tmp_path / "release").mkdir()
    with pytest.raises(ValueError, match=message):
        write_attribution(lake, found, tmp_path / "release", "sample 1")


def test_no_rows_make_an_empty_attribution(tmp_path: Path) -> None:
    lake, rows = build(tmp_path / "lake", [Released("a.py")], {})
    found = attribution(lake, rows.clear())
    assert (found.works.height, found.files.height, found.texts.height) == (0, 0, 0)
    (tmp_path / "release").mkdir()
    write_attribution(lake, found, tmp_path / "release", "sample 1")
    notice = (tmp_path / "release" / "NOTICE.txt").read_text(encoding="utf-8")
    assert "No released file asks for attribution." in notice
