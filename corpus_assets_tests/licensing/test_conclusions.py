"""Conclusions: the rules between file, tree and agreement."""

from typing import Any

import polars as pl
import pytest

from corpus_assets.licensing.conclusions import license_conclusions
from corpus_assets.tables import TABLES
from corpus_assets_tests.licensing.frames import (
    POLICY,
    agreement,
    claims,
    conclude,
    occurrences,
    statements,
    texts,
)

MIT = [("LICENSE", "license_file", "MIT")]
GPL = [("COPYING", "license_file", "GPL-2.0-only")]
RESERVED = "LicenseRef-all-rights-reserved"


def verdict(row: dict[str, Any]) -> tuple[str, str, str, str]:
    return row["license_state"], row["license_class"], row["license_evidence"], row["basis"]


def rule(row: dict[str, Any]) -> str:
    return str(row["reason"]).split(":")[0]


@pytest.mark.parametrize(
    ("in_file", "written", "wanted", "by"),
    [
        # Nothing at all is never a grant.
        (None, [], ("none_found", "unknown", "none", "none"), "L12"),
        (None, MIT, ("granted", "permissive", "inherited", "license_file"), "L10"),
        ("MIT", [], ("granted", "permissive", "file", "file"), "L5"),
        ("MIT", MIT, ("granted", "permissive", "file_and_license_file", "file"), "L7"),
        ("Zlib", MIT, ("granted", "permissive", "file", "file"), "L5"),
        # A planted stricter header decides for its file, whatever the tree says of itself.
        ("GPL-3.0-or-later", MIT, ("granted", "strong_copyleft", "file", "file"), "L5"),
        ("LGPL-2.1-only", MIT, ("granted", "weak_copyleft", "file", "file"), "L5"),
        ("CC-BY-NC-4.0", MIT, ("denied", "non_commercial", "file", "file"), "L6"),
        (RESERVED, [], ("denied", "source_available", "file", "file"), "L6"),
        ("SSPL-1.0", [], ("denied", "network_copyleft", "file", "file"), "L6"),
        # A permissive file in a stricter tree stands for itself.
        ("MIT", GPL, ("granted", "permissive", "file", "file"), "L5"),
        ("GPL-2.0-or-later", GPL,
         ("granted", "strong_copyleft", "file_and_license_file", "file"), "L7"),
        ("MIT OR GPL-2.0-only", MIT, ("granted", "permissive", "file", "file"), "L5"),
        ("Odd-1.0", MIT, ("unreadable", "unknown", "none", "file"), "L4"),
        (None, GPL, ("granted", "strong_copyleft", "inherited", "license_file"), "L10"),
        (None, [("LICENSE", "license_file", "BUSL-1.1")],
         ("denied", "source_available", "inherited", "license_file"), "L10"),
        (None, [("LICENSE", "license_file", None)],
         ("unreadable", "unknown", "none", "license_file"), "L10"),
        (None, [("package.json", "manifest", "MIT")],
         ("granted", "permissive", "inferred", "manifest"), "L10"),
        (None, [("package.json", "manifest", RESERVED)],
         ("denied", "source_available", "inferred", "manifest"), "L10"),
        ("MIT", [("package.json", "manifest", "MIT")],
         ("granted", "permissive", "file", "file"), "L7"),
        # An unreadable text beside a manifest: the manifest speaks.
        (None, [("LICENSE", "license_file", None), ("package.json", "manifest", "MIT")],
         ("granted", "permissive", "inferred", "manifest"), "L10"),
    ],
)  # fmt: skip
def test_the_file_first_then_the_tree(
    in_file: str | None, written: list[Any], wanted: tuple[str, str, str, str], by: str
) -> None:
    row = conclude("src/a.py", in_file, written)
    assert verdict(row) == wanted
    assert rule(row) == by
    if wanted[0] == "none_found":
        assert row["license_concluded"] is None


@pytest.mark.parametrize(
    ("written", "state", "license_class", "declared"),
    [
        # The manifest says choice, the two texts are its branches.
        ([*MIT, *GPL, ("package.json", "manifest", "MIT OR GPL-2.0-or-later")],
         "granted", "permissive", "MIT OR GPL-2.0-or-later"),
        ([("LICENSE-MIT", "license_file", "MIT"), ("LICENSE-APACHE", "license_file", "Apache-2.0")],
         "granted", "permissive", "Apache-2.0 OR MIT"),
        # A README may state the choice, too.
        ([*MIT, *GPL, ("README.md", "readme", "MIT OR GPL-2.0-only")],
         "granted", "permissive", "MIT OR GPL-2.0-only"),
        ([*MIT, *GPL], "conflict", "strong_copyleft", "GPL-2.0-only AND MIT"),
        ([*MIT, ("LICENSE.zlib", "license_file", "Zlib")], "granted", "permissive", "MIT AND Zlib"),
        # Two texts for two parts, until something says otherwise.
        ([("COPYING", "license_file", "GPL-2.0-only"),
          ("COPYING.LIB", "license_file", "LGPL-2.1-only")],
         "conflict", "strong_copyleft", "GPL-2.0-only AND LGPL-2.1-only"),
        ([("COPYING", "license_file", "GPL-3.0-only"),
          ("COPYING.LESSER", "license_file", "LGPL-3.0-only")],
         "granted", "weak_copyleft", "LGPL-3.0-only"),
        ([*MIT, ("package.json", "manifest", "GPL-3.0-only")],
         "conflict", "strong_copyleft", "GPL-3.0-only AND MIT"),
        ([*GPL, ("package.json", "manifest", "MIT OR Apache-2.0")],
         "conflict", "strong_copyleft", "GPL-2.0-only AND (MIT OR Apache-2.0)"),
        ([*MIT, ("package.json", "manifest", "ISC")], "granted", "permissive", "MIT"),
        ([("package.json", "manifest", "MIT"), ("setup.cfg", "manifest", "GPL-3.0-only")],
         "conflict", "strong_copyleft", "GPL-3.0-only AND MIT"),
        ([("package.json", "manifest", "MIT"), ("Cargo.toml", "manifest", "MIT OR Apache-2.0")],
         "granted", "permissive", "MIT AND (MIT OR Apache-2.0)"),
    ],
)  # fmt: skip
def test_several_texts_and_manifests_of_one_folder(
    written: list[Any], state: str, license_class: str, declared: str
) -> None:
    row = conclude("src/a.py", None, written)
    assert (row["license_state"], row["license_class"]) == (state, license_class)
    assert row["license_declared"] == declared


def test_the_nearest_text_decides_and_a_stricter_one_above_is_recorded() -> None:
    written = [("sub/LICENSE", "license_file", "MIT"), *GPL]
    row = conclude("sub/a.py", None, written)
    assert verdict(row) == ("granted", "permissive", "inherited", "license_file")
    assert row["license_flags"] == ["outer_folder_stricter"]


def test_a_manifest_further_out_has_no_say_over_a_nearer_text() -> None:
    written = [("sub/LICENSE", "license_file", "MIT"), ("package.json", "manifest", "GPL-3.0-only")]
    assert verdict(conclude("sub/a.py", None, written))[:2] == ("granted", "permissive")


def test_a_file_that_names_both_branches_of_its_trees_choice_agrees_with_it() -> None:
    written = [("package.json", "manifest", "MPL-2.0 OR Apache-2.0")]
    row = conclude("a.js", "Apache-2.0 AND MPL-2.0", written)
    assert verdict(row) == ("granted", "permissive", "file", "file")
    assert row["license_elected"] == "Apache-2.0"
    assert row["license_concluded"] == "MPL-2.0 OR Apache-2.0"
    assert "elected_branch" in row["license_flags"]


@pytest.mark.parametrize(
    ("terms", "wanted", "by"),
    [
        ({}, ("granted", "contract", "contract", "contract"), "L3"),
        ({"license_class": "owned"}, ("granted", "owned", "contract", "contract"), "L3"),
        ({"valid_to": "2026-11-22"}, ("granted", "contract", "contract", "contract"), "L3"),
        ({"valid_to": "2026-11-21"}, ("denied", "contract", "contract", "contract"), "L1"),
        ({"valid_from": "2026-11-23"}, ("denied", "contract", "contract", "contract"), "L1"),
        (
            {"license_class": "permissive", "license_expression": "CC-BY-4.0"},
            ("granted", "permissive", "contract", "contract"),
            "L10",
        ),
        (
            {"license_class": "non_commercial", "license_expression": "CC-BY-NC-SA-4.0"},
            ("denied", "non_commercial", "contract", "contract"),
            "L10",
        ),
        ({"license_class": "permissive", "license_expression": None},
         ("unreadable", "permissive", "none", "contract"), "L4"),
    ],
)  # fmt: skip
def test_agreements_decide_on_the_policys_day(
    terms: dict[str, Any], wanted: tuple[str, str, str, str], by: str
) -> None:
    row = conclude("a.py", None, agreed=[agreement(**terms)])
    assert verdict(row) == wanted
    assert rule(row) == by


@pytest.mark.parametrize(
    ("in_file", "written", "state"),
    [
        (None, [], "granted"),
        (RESERVED, [], "granted"),
        ("LicenseRef-acme", [], "granted"),
        ("GPL-3.0-only", [], "conflict"),
        ("MIT", [], "conflict"),
        (None, MIT, "granted"),
        (None, GPL, "conflict"),
        (None, [("package.json", "manifest", RESERVED)], "granted"),
    ],
)
def test_other_peoples_code_in_a_delivery_is_a_conflict(
    in_file: str | None, written: list[Any], state: str
) -> None:
    row = conclude("a.py", in_file, written, [agreement()])
    assert row["license_state"] == state
    assert row["basis"] == "contract"


def test_terms_of_several_agreements_meet() -> None:
    agreed = [
        agreement(stages_allowed=["pretraining", "fine_tuning"], valid_to="2027-05-01"),
        agreement(agreement_id="A-2", stages_allowed=["fine_tuning"], valid_to="2028-01-01"),
        agreement(agreement_id="A-3", valid_to="2020-01-01"),
    ]
    row = conclude("a.py", None, agreed=agreed)
    assert (row["stages_allowed"], row["valid_to"]) == (["fine_tuning"], "2027-05-01")
    apart = [agreed[1], agreement(stages_allowed=["pretraining"])]
    assert conclude("a.py", None, agreed=apart)["license_state"] == "denied"


@pytest.mark.parametrize(
    "weak",
    [
        {"statement_kind": "reference"},
        {"score": 50.0},
        {"coverage": 24.0},
        {"license_expression": "LicenseRef-scancode-generic-cla"},
        {"statement_kind": "snippet"},
    ],
)
def test_weak_statements_decide_nothing_but_are_kept(weak: dict[str, Any]) -> None:
    made = claims(occurrences("a.py"), statements(("a.py", "GPL-3.0-only"), **weak), texts(*MIT))
    row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
    assert verdict(row) == ("granted", "permissive", "inherited", "license_file")
    assert "file" in made["kind"].to_list()


def test_a_statement_that_cannot_be_read_grants_nothing() -> None:
    made = claims(occurrences("a.py"), statements(("a.py", None)), texts(*MIT))
    row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
    assert (row["license_state"], rule(row)) == ("unreadable", "L4")


@pytest.mark.parametrize(
    ("resembles", "manifest", "wanted"),
    [
        # What a doubtful text resembles may bar a folder, and never frees it.
        ("MIT", None, ("unreadable", "unknown", "none", "license_file")),
        ("GPL-2.0-only", None, ("unreadable", "strong_copyleft", "none", "license_file")),
        ("MIT", "MIT", ("granted", "permissive", "inferred", "manifest")),
        ("MIT", "GPL-2.0-only", ("granted", "strong_copyleft", "inferred", "manifest")),
        ("GPL-2.0-only", "MIT", ("conflict", "strong_copyleft", "none", "manifest")),
    ],
)
def test_a_license_file_of_which_nothing_counts_is_unreadable(
    resembles: str, manifest: str | None, wanted: tuple[str, str, str, str]
) -> None:
    written = texts(("LICENSE", "license_file", resembles), score=20.0)
    if manifest is not None:
        written = pl.concat([written, texts(("package.json", "manifest", manifest))])
    made = claims(occurrences("a.py"), written=written)
    row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
    assert verdict(row) == wanted
    if resembles not in (manifest, "MIT"):
        assert f"resembles {resembles}" in row["reason"]


@pytest.mark.parametrize(
    ("mention", "kind", "counts"),
    [
        ("GPL-1.0-or-later", "notice", False),
        ("GPL-3.0-only", "reference", False),
        ("GPL-3.0-only", "notice", True),
    ],
)
def test_mentions_beside_a_text_are_not_its_license(mention: str, kind: str, counts: bool) -> None:
    beside = texts(("LICENSE", "license_file", mention), statement_kind=kind, ordinal=1)
    made = claims(occurrences("a.py"), written=pl.concat([texts(*MIT), beside]))
    row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
    assert row["license_class"] == ("strong_copyleft" if counts else "permissive")


def test_an_empty_license_file_hides_nothing() -> None:
    blank = texts(("sub/LICENSE", "license_file", None), rule_id="empty")
    made = claims(occurrences("sub/a.py"), written=pl.concat([texts(*MIT), blank]))
    row = license_conclusions(occurrences("sub/a.py"), made, POLICY).row(0, named=True)
    assert row["license_state"] == "granted"


def test_a_license_file_that_only_names_its_license_states_it() -> None:
    made = claims(occurrences("a.py"), written=texts(*MIT, statement_kind="reference"))
    row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
    assert verdict(row)[:2] == ("granted", "permissive")


def test_a_doubtful_license_file_hides_the_clear_one_above() -> None:
    doubtful = texts(("sub/LICENSE", "license_file", "MIT"), score=20.0)
    written = pl.concat([texts(*MIT), doubtful])
    made = claims(occurrences("sub/a.py", "b.py"), written=written)
    found = license_conclusions(occurrences("sub/a.py", "b.py"), made, POLICY).sort("path")
    assert found["license_state"].to_list() == ["granted", "unreadable"]


def test_every_occurrence_gets_one_row_in_any_order() -> None:
    found = occurrences(*(f"{folder}/{name}.py" for folder in "abc" for name in "xyz"))
    written = texts(("a/LICENSE", "license_file", "MIT"), ("b/COPYING", "license_file", "Odd-1"))
    said = statements(("a/x.py", "GPL-3.0-only"), ("c/y.py", "MIT"))
    made = claims(found, said, written)
    wanted = license_conclusions(found, made, POLICY)
    assert wanted.height == found.height
    assert wanted.schema == TABLES["license_conclusions"].schema
    for seed in range(3):
        mixed = (frame.sample(fraction=1, shuffle=True, seed=seed) for frame in (found, made))
        assert license_conclusions(*mixed, POLICY).equals(wanted)
    assert license_conclusions(found.head(0), made.head(0), POLICY).height == 0


@pytest.mark.parametrize("license_class", ["owned", "contract"])
@pytest.mark.parametrize(
    ("tree", "state"),
    [("Apache-2.0", "granted"), ("MPL-2.0", "conflict"), ("GPL-3.0-only", "conflict")],
)
def test_a_license_text_beside_own_code_binds_it_only_if_it_is_copyleft(
    license_class: str, tree: str, state: str
) -> None:
    agreed = agreement(license_class=license_class)
    row = conclude("src/a.py", None, [("LICENSE", "license_file", tree)], [agreed])
    assert row["license_state"] == state


def flags(in_file: str | None, written: list[Any], **more: Any) -> list[str]:
    made = claims(occurrences("a.py"), statements(("a.py", in_file), **more), texts(*written))
    row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
    return list(row["license_flags"])


def test_differences_between_file_and_tree_are_flagged() -> None:
    assert flags("GPL-3.0-only", MIT) == ["file_stricter_than_tree"]
    assert flags("MIT", GPL) == ["tree_stricter_than_file"]
    assert flags("MIT", MIT) == []
    reserved = {"statement_kind": "reference", "rule_id": "all-rights-reserved"}
    assert flags(RESERVED, MIT, **reserved) == ["rights_reserved"]
    weak = {"statement_kind": "reference"}
    assert flags("GPL-3.0-only", MIT, **weak) == ["weak_statement"]
    assert flags("MIT", GPL, **weak) == []
    copied = {"statement_kind": "snippet", "rule_id": "snippet-copied-dated"}
    assert flags("CC-BY-SA-4.0", MIT, **copied) == ["third_party_snippet"]


def test_the_deciding_claims_are_named() -> None:
    row = conclude("src/a.py", "MIT", MIT)
    assert row["claim_ids"] == ["file:0", "license_file:0"]
    assert row["reason"].endswith("[file:0, license_file:0]")
    assert conclude("src/a.py", None, GPL)["claim_ids"] == ["license_file:0"]
    assert conclude("src/a.py")["claim_ids"] == []


def test_obligations_are_those_of_the_elected_branch() -> None:
    assert conclude("a.py", "GPL-3.0-only OR Apache-2.0")["license_obligations"] == [
        "attribution", "notice_file", "patent_retaliation",
    ]  # fmt: skip
    assert "share_alike" in conclude("a.py", "GPL-3.0-only")["license_obligations"]


def test_a_pointer_is_followed_to_the_file_it_names() -> None:
    pointer = {"statement_kind": "reference", "referenced_files": ["COPYING.BSD"]}
    said = statements(("src/a.py", "LicenseRef-scancode-unknown-license-reference"), **pointer)
    named = [*GPL, ("COPYING.BSD", "license_file", "BSD-3-Clause")]
    found = occurrences("src/a.py", "src/b.py")
    made = claims(found, said, texts(*named))
    rows = license_conclusions(found, made, POLICY).sort("path").rows(named=True)
    assert [row["license_class"] for row in rows] == ["permissive", "strong_copyleft"]
    assert rows[0]["license_evidence"] == "inherited"
    assert rows[0]["claim_ids"] == ["file:1"]


def test_a_pointer_to_nothing_is_flagged_and_grants_nothing_by_itself() -> None:
    pointer = {"statement_kind": "reference", "referenced_files": ["TERMS"]}
    said = statements(("a.py", "LicenseRef-scancode-unknown-license-reference"), **pointer)
    for written, state in (([], "none_found"), (MIT, "granted")):
        made = claims(occurrences("a.py"), said, texts(*written))
        row = license_conclusions(occurrences("a.py"), made, POLICY).row(0, named=True)
        assert (row["license_state"], row["license_flags"]) == (state, ["unresolved_reference"])


def test_a_pointer_may_lead_to_a_source_file_but_never_in_a_circle() -> None:
    said = pl.concat(
        [
            statements(("a.py", None), statement_kind="reference", referenced_files=["b.py"]),
            statements(("c.py", None), statement_kind="reference", referenced_files=["c.py"]),
            statements(("b.py", "MIT")),
        ]
    )
    found = occurrences("a.py", "b.py", "c.py")
    rows = license_conclusions(found, claims(found, said), POLICY).sort("path").rows(named=True)
    assert [row["license_state"] for row in rows] == ["granted", "granted", "none_found"]


def test_what_a_build_tool_frees_is_its_own_part() -> None:
    row = conclude("Makefile.in", "FSFULLRWD", GPL)
    assert row["license_concluded"] == "FSFULLRWD AND GPL-2.0-only"
    assert verdict(row)[:2] == ("granted", "strong_copyleft")
    assert conclude("Makefile.in", "FSFULLRWD", MIT)["license_class"] == "permissive"
    assert conclude("Makefile.in", "FSFULLRWD")["license_state"] == "none_found"
    # A macro under the same words is whole, and so is a notice of the authors.
    assert conclude("m4/x.m4", "FSFULLR", GPL)["license_class"] == "permissive"
    assert conclude("Makefile.in", "MIT", GPL)["license_concluded"] == "MIT"


def test_words_without_a_name_add_nothing_to_a_named_license() -> None:
    vague = "LicenseRef-scancode-free-unknown"
    assert conclude("a.py", f"{vague} AND MIT")["license_concluded"] == "MIT"
    assert conclude("a.py", vague)["license_state"] == "unreadable"


def test_a_list_of_paths_speaks_for_files_that_are_silent() -> None:
    listed = texts(("debian/copyright", "license_file", "GPL-2.0-or-later"), applies_to=["src/*"])
    found = occurrences("src/a.py", "b.py", "src/c.py")
    made = claims(found, statements(("src/c.py", "MIT")), pl.concat([texts(*MIT), listed]))
    rows = license_conclusions(found, made, POLICY).sort("path").rows(named=True)
    assert [row["license_concluded"] for row in rows] == ["MIT", "GPL-2.0-or-later", "MIT"]
    assert [row["basis"] for row in rows] == ["license_file", "manifest", "file"]
    assert rows[1]["license_flags"] == ["manifest_differs"]


def test_vendored_files_without_a_license_are_flagged() -> None:
    row = conclude("vendor/x/a.py", None, MIT)
    assert (row["license_state"], row["license_flags"]) == (
        "none_found",
        ["vendored_without_license"],
    )


def hosted(*words: str) -> pl.DataFrame:
    place = {"source_category": "open_source", "source": "s", "origin": "o", "revision": "1"}
    rows = [
        dict.fromkeys(TABLES["forge_licenses"].names)
        | place
        | {"path": "", "field": f"license_{number}", "words": said}
        for number, said in enumerate(words)
    ]
    return pl.DataFrame(rows, schema=TABLES["forge_licenses"].schema)


def test_what_a_host_says_counts_where_nothing_else_does() -> None:
    found = occurrences("a.py")

    def concluded(words: list[str], written: list[Any]) -> dict[str, Any]:
        made = claims(found, None, texts(*written), None, hosted(*words))
        return license_conclusions(found, made, POLICY).row(0, named=True)

    row = concluded(["mit"], [])
    assert verdict(row) == ("granted", "permissive", "inferred", "forge")
    assert concluded(["MIT", "gpl-3.0"], [])["license_class"] == "strong_copyleft"
    assert concluded(["no_license", "permissive"], [])["license_state"] == "none_found"
    row = concluded(["mit"], GPL)
    assert (row["basis"], row["license_flags"]) == ("license_file", ["manifest_differs"])
