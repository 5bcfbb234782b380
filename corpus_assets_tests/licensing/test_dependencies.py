"""Table package_dependencies: what manifests say that their packages need."""

from __future__ import annotations

import polars as pl

from corpus_assets.licensing.dependencies import package_dependencies
from corpus_assets.tables import TABLES


def table(*files: tuple[str, str, bytes | None]) -> pl.DataFrame:
    frame = pl.DataFrame(
        list(files),
        schema={"content_id": pl.String, "path": pl.String, "data": pl.Binary},
        orient="row",
    )
    return package_dependencies(frame)


def test_each_dependency_is_one_row() -> None:
    rows = table(
        ("b", "setup.cfg", b"[metadata]\nname = B_b\n[options]\ninstall_requires =\n  a>=1\n  c\n"),
        (
            "a",
            "package.json",
            b'{"name": "@x/y", "version": "1.0", "devDependencies": {"z": "^2"}}',
        ),
    )
    assert rows.columns == list(TABLES["package_dependencies"].names)
    assert rows.rows() == [
        ("a", 0, "npm", "@x/y", "1.0", "z", "^2", "dev"),
        ("b", 0, "pypi", "b-b", None, "a", ">=1", "runtime"),
        ("b", 1, "pypi", "b-b", None, "c", "", "runtime"),
    ]


def test_the_first_path_names_the_package() -> None:
    project = b'<Project><ItemGroup><PackageReference Include="Z" /></ItemGroup></Project>'
    rows = table(("a", "y/B.csproj", project), ("a", "x/A.csproj", project))
    assert rows.select("package_name", "dependency_name").rows() == [("A", "Z")]


def test_manifests_that_say_nothing_have_no_rows() -> None:
    rows = table(
        ("a", "package.json", b"{"),
        ("b", "package.json", b"\x00\x01"),
        ("c", "package.json", None),
        ("d", "package.json", b'{"dependencies": {"z": "1"}}'),
        ("e", "package.json", b'{"name": "e"}'),
    )
    assert rows.is_empty()
    assert rows.schema == TABLES["package_dependencies"].schema


def test_hostile_lists_are_cut() -> None:
    needs = ",".join(f'"n{number}": "1"' for number in range(6_000))
    rows = table(("a", "package.json", f'{{"name": "x", "dependencies": {{{needs}}}}}'.encode()))
    assert rows.height == 5_000
