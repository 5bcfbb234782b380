"""Claims: inheritance along the folders, vendored code, sidecars, agreements."""

import polars as pl
import pytest

from corpus_assets.tables import TABLES
from corpus_assets_tests.licensing.frames import (
    agreement,
    agreements,
    claims,
    occurrences,
    statements,
    texts,
)

TREE = texts(
    ("LICENSE", "license_file", "MIT"),
    ("sub/LICENSE", "license_file", "GPL-2.0-only"),
    ("package.json", "manifest", "MIT"),
    ("sub/deep/package.json", "manifest", "ISC"),
    ("vendor/x/LICENSE", "license_file", "ISC"),
)


def inherited(path: str, written: pl.DataFrame = TREE) -> list[tuple[str, str, str, int]]:
    made = claims(occurrences(path), written=written)
    return made.select("kind", "license_expression", "evidence_path", "distance").rows()


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("a.py", [("license_file", "MIT", "LICENSE", 0), ("manifest", "MIT", "package.json", 0)]),
        (
            "sub/b.py",
            [
                ("license_file", "GPL-2.0-only", "sub/LICENSE", 0),
                ("license_file", "MIT", "LICENSE", 1),
                ("manifest", "MIT", "package.json", 1),
            ],
        ),
        (
            "sub/deep/c.py",
            [
                ("license_file", "GPL-2.0-only", "sub/LICENSE", 1),
                ("license_file", "MIT", "LICENSE", 2),
                ("manifest", "ISC", "sub/deep/package.json", 0),
            ],
        ),
        ("vendor/x/lib/d.py", [("license_file", "ISC", "vendor/x/LICENSE", 1)]),
        ("vendor/y/e.py", []),
        ("vendor/f.py", []),
    ],
)
def test_folders_inherit_but_vendored_ones_are_isolated(
    path: str, wanted: list[tuple[str, str, str, int]]
) -> None:
    assert inherited(path) == wanted


def test_a_wheels_metadata_speaks_for_the_whole_wheel() -> None:
    written = texts(
        ("x-1.dist-info/licenses/LICENSE", "license_file", "MIT"),
        ("x-1.dist-info/METADATA", "manifest", "MIT"),
    )
    assert [row[:2] for row in inherited("x/core/a.py", written)] == [
        ("license_file", "MIT"),
        ("manifest", "MIT"),
    ]
    assert inherited("x/_vendor/b.py", written) == []


def test_distributions_installed_side_by_side_speak_for_their_own_folders() -> None:
    root = "venv/lib/site-packages"
    written = texts(
        (f"{root}/alpha_x-1.0.dist-info/LICENSE", "license_file", "MIT"),
        (f"{root}/beta-2.dist-info/COPYING", "license_file", "GPL-3.0-only"),
        ("LICENSE", "license_file", "ISC"),
    )
    said = {
        path: [row[1] for row in inherited(f"{root}/{path}", written)]
        for path in ("alpha_x/core/a.py", "beta/b.py", "beta-2.dist-info/RECORD", "gamma/c.py")
    }
    assert said == {
        "alpha_x/core/a.py": ["MIT"],
        "beta/b.py": ["GPL-3.0-only"],
        "beta-2.dist-info/RECORD": ["GPL-3.0-only"],
        "gamma/c.py": [],
    }


def test_other_revisions_and_sources_say_nothing() -> None:
    found = pl.concat(
        [occurrences("a.py", revision="2"), occurrences("a.py", source="t")]
    ).with_columns(pl.concat_str("content_id", "revision", "source").alias("content_id"))
    assert claims(found, written=TREE).height == 0


def test_a_manifest_that_declares_nothing_hides_no_other() -> None:
    written = pl.concat(
        [
            texts(("package.json", "manifest", "MIT")),
            texts(("sub/package.json", "manifest", None), rule_id="nothing-found"),
        ]
    )
    assert inherited("sub/a.py", written) == [("manifest", "MIT", "package.json", 1)]


def test_an_unreadable_license_file_is_a_claim_and_a_silent_notice_is_none() -> None:
    written = texts(("LICENSE", "license_file", None), ("NOTICE", "license_file", None))
    made = claims(occurrences("a.py"), written=written)
    assert made.select("evidence_path", "license_expression", "statement_kind").rows() == [
        ("LICENSE", None, "text")
    ]


@pytest.mark.parametrize("collection", ["LICENSES/GPL-3.0-only.txt", "debian/copyright"])
def test_collections_count_only_where_nothing_else_speaks(collection: str) -> None:
    listed = (collection, "license_file", "GPL-3.0-only")
    assert [row[1] for row in inherited("a.py", texts(listed))] == ["GPL-3.0-only"]
    both = texts(listed, ("LICENSE", "license_file", "MIT"))
    assert [row[1] for row in inherited("a.py", both)] == ["MIT"]


def test_a_sidecar_is_the_files_own_claim() -> None:
    written = texts(("img/a.svg.license", "license_file", "CC0-1.0"))
    made = claims(occurrences("img/a.svg", "img/b.svg"), statements(("img/a.svg", "MIT")), written)
    assert made.select("path", "kind", "ordinal", "license_expression", "evidence_path").rows() == [
        ("img/a.svg", "file", 0, "MIT", "img/a.svg"),
        ("img/a.svg", "file", 1, "CC0-1.0", "img/a.svg.license"),
    ]


@pytest.mark.parametrize(
    ("prefix", "wanted"),
    [
        ("", ["srv/a.py", "srv2/b.py"]),
        ("srv", ["srv/a.py"]),
        ("srv/", ["srv/a.py"]),
        ("srv/a.py", ["srv/a.py"]),
        ("other", []),
    ],
)
def test_agreements_cover_their_part_of_the_revision(prefix: str, wanted: list[str]) -> None:
    agreed = agreements([agreement(path_prefix=prefix, valid_to="2027-01-01")])
    made = claims(occurrences("srv/a.py", "srv2/b.py"), agreed=agreed)
    assert made["path"].to_list() == wanted
    for row in made.iter_rows(named=True):
        assert (row["kind"], row["statement_kind"], row["rule_id"]) == (
            "contract",
            "agreement",
            "A-1",
        )
        assert (row["agreed_class"], row["valid_to"]) == ("contract", "2027-01-01")


def test_claims_do_not_depend_on_row_order() -> None:
    found = occurrences("a.py", "sub/b.py", "sub/deep/c.py", "vendor/x/d.py")
    said = statements(("a.py", "MIT"), ("sub/b.py", "Zlib"))
    agreed = agreements([agreement(), agreement(agreement_id="A-2")])
    wanted = claims(found, said, TREE, agreed)
    for seed in range(3):
        shuffled = [
            frame.sample(fraction=1, shuffle=True, seed=seed)
            for frame in (found, said, TREE, agreed)
        ]
        assert claims(*shuffled).equals(wanted)
    assert wanted.schema == TABLES["license_claims"].schema
    assert not wanted.select(TABLES["license_claims"].key).is_duplicated().any()


def test_nothing_gives_an_empty_table() -> None:
    assert claims(occurrences()).schema == TABLES["license_claims"].schema


def test_a_manifests_description_is_not_about_the_file() -> None:
    found = occurrences("Cargo.toml", "setup.py", "a.py")
    said = pl.concat(
        [
            statements(("Cargo.toml", "GPL-3.0-only")),
            statements(("Cargo.toml", "MIT"), statement_kind="tag").with_columns(
                ordinal=pl.lit(1, pl.Int64)
            ),
            statements(("setup.py", "MIT")),
            statements(("a.py", "MIT")),
        ]
    )
    made = claims(found, said).sort("path", "ordinal")
    assert made.select("path", "license_expression", "statement_kind").rows() == [
        ("Cargo.toml", "GPL-3.0-only", "reference"),
        ("Cargo.toml", "MIT", "tag"),
        ("a.py", "MIT", "notice"),
        ("setup.py", "MIT", "notice"),
    ]
