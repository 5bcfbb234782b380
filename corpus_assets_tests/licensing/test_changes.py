"""What became of conclusions between two versions, grouped by what became what."""

import random

from corpus_assets.licensing.changes import (
    CHANGES_SCHEMA,
    conclusion_changes,
    occurrence_changes,
)
from corpus_assets_tests.licensing.rows import conclusion, conclusions

GPL = {"license_concluded": "GPL-2.0-only", "license_class": "strong_copyleft"}


def test_equal_tables_have_no_changes() -> None:
    table = conclusions(conclusion("a.py"), conclusion("b.py", **GPL))
    assert occurrence_changes(table, table.reverse()).height == 0
    assert conclusion_changes(table, table).schema == CHANGES_SCHEMA
    assert conclusion_changes(table.clear(), table.clear()).schema == CHANGES_SCHEMA


def test_a_reason_in_other_words_is_no_change() -> None:
    other = conclusion("a.py", reason="other words", rule_version="2", license_flags=["x"])
    assert occurrence_changes(conclusions(conclusion("a.py")), conclusions(other)).height == 0


def test_every_kind_of_change_is_named() -> None:
    before = conclusions(
        conclusion("gone.py"),
        conclusion("moved.py"),
        conclusion("stricter.py"),
        conclusion("weaker.py"),
        conclusion("same.py"),
        conclusion("unlicensed.py", license_concluded=None, license_state="none_found"),
    )
    after = conclusions(
        conclusion("moved.py", content_id="id:other"),
        conclusion("stricter.py", **GPL),
        conclusion("weaker.py", license_evidence="inherited"),
        conclusion("same.py"),
        conclusion("new.py"),
        conclusion("unlicensed.py", license_concluded="MIT", license_state="none_found"),
    )
    found = occurrence_changes(before, after)
    assert found.select("path", "change", "content_id").rows() == [
        ("gone.py", "gone", "id:gone.py"),
        ("moved.py", "content", "id:other"),
        ("new.py", "new", "id:new.py"),
        ("stricter.py", "conclusion", "id:stricter.py"),
        ("unlicensed.py", "conclusion", "id:unlicensed.py"),
        ("weaker.py", "evidence", "id:weaker.py"),
    ]
    stricter = found.row(3, named=True)
    assert (stricter["license_class_before"], stricter["license_class_after"]) == (
        "permissive",
        "strong_copyleft",
    )
    assert found.row(0, named=True)["license_state_after"] is None
    assert found.row(2, named=True)["license_state_before"] is None


def test_changes_are_counted_by_what_became_what() -> None:
    names = [f"f{number}.py" for number in range(6)]
    before = [conclusion(name, content_id=f"id:{int(name[1]) // 2}") for name in names]
    after = [
        row | (GPL if index < 4 else {"license_state": "conflict"})
        for index, row in enumerate(before)
    ]
    after[0] |= {"language": "go"}
    shuffled = after.copy()
    random.Random(1).shuffle(shuffled)
    found = conclusion_changes(conclusions(*before), conclusions(*shuffled))
    assert found.equals(conclusion_changes(conclusions(*before), conclusions(*after)))
    assert found.select(
        "license_class_after", "license_state_after", "files", "contents"
    ).rows() == [
        ("strong_copyleft", "granted", 4, 2),
        ("permissive", "conflict", 2, 1),
    ]
    assert found.get_column("languages").to_list() == [["go", "python"], ["python"]]
    assert found.get_column("samples")[0].to_list() == [
        "pkg:a f0.py", "pkg:a f1.py", "pkg:a f2.py",
    ]  # fmt: skip
