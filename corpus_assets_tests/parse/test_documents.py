"""Documents: one per content, with the language and the first place that all orders agree on."""

import polars as pl
import pytest

from corpus_assets.parse.documents import first_occurrences, read_documents
from corpus_assets.tables import TABLES, empty


def occurrence(content: str, path: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "source_category": "open_source", "source": "s", "origin": "o", "revision": "1",
        "path": path, "content_id": content, "language": "python", "language_name": "Python",
        "size_bytes": 3,
    }  # fmt: skip
    return row | more


def occurrences(*rows: dict[str, object]) -> pl.LazyFrame:
    return pl.LazyFrame(rows, schema=TABLES["occurrences"].schema)


def contents(**data: bytes | None) -> pl.LazyFrame:
    rows = [
        {
            "content_id": name, "language": "python", "sha256": "0" * 64,
            "size_bytes": len(value or b"123"), "encoding": "utf_8", "data": value,
        }
        for name, value in data.items()
    ]  # fmt: skip
    return pl.LazyFrame(rows, schema=TABLES["contents"].schema)


def test_the_first_occurrence_does_not_depend_on_row_order() -> None:
    rows = [
        occurrence("a", "z.py"),
        occurrence("a", "b.py", source_category="in_house"),
        occurrence("a", "b.py"),
        occurrence("b", "c.py", revision="2"),
    ]
    wanted = first_occurrences(occurrences(*rows)).collect()
    assert first_occurrences(occurrences(*rows[::-1])).collect().equals(wanted)
    first = wanted.row(0, named=True)
    assert (first["path"], first["source_category"]) == ("b.py", "in_house")
    assert first["source_categories"] == ["in_house", "open_source"]
    assert first["n_occurrences"] == 3
    assert wanted["content_id"].to_list() == ["a", "b"]


@pytest.mark.parametrize(
    ("languages", "wanted"),
    [
        (["c", "cpp", "cpp"], "cpp"),
        (["cpp", "c"], "c"),
        (["text", "text", "other", "c"], "c"),
        (["other", "other", "text"], "text"),
        (["other"], "other"),
    ],
)
def test_the_language_is_the_most_frequent_named_one(languages: list[str], wanted: str) -> None:
    rows = [
        occurrence("a", f"{i}", language=slug, language_name=slug.upper())
        for i, slug in enumerate(languages)
    ]
    row = first_occurrences(occurrences(*rows)).collect().row(0, named=True)
    assert (row["language"], row["language_name"]) == (wanted, wanted.upper())


def test_every_content_becomes_one_document_in_order() -> None:
    first = first_occurrences(
        occurrences(*(occurrence(name, f"{name}.py") for name in "edcba"))
    ).collect()
    stored = contents(a=b"x=1", b=b"", c=b"\0\1\2", d=None, e=b"\xef\xbb\xbfy=2")
    documents = pl.concat(read_documents(first, stored))
    assert documents.select("content_id", "decode_state", "text").rows() == [
        ("a", "ok", "x=1"),
        ("b", "empty", None),
        ("c", "binary", None),
        ("d", "too_large", None),
        ("e", "ok", "y=2"),
    ]
    assert documents.schema == TABLES["documents"].schema


def test_unstored_binaries_are_binary() -> None:
    first = first_occurrences(occurrences(occurrence("a", "a.so"))).collect()
    stored = contents(a=None).with_columns(pl.lit("binary").alias("encoding"))
    assert pl.concat(read_documents(first, stored))["decode_state"].to_list() == ["binary"]


def test_a_batch_ends_before_memory_does() -> None:
    names = [f"{i:03}" for i in range(4)]
    first = first_occurrences(occurrences(*(occurrence(n, n) for n in names))).collect()
    stored = contents(**dict.fromkeys(names, b"x")).with_columns(
        pl.lit(40_000_000, pl.Int64).alias("size_bytes")
    )
    frames = list(read_documents(first, stored))
    assert len(frames) > 1
    assert pl.concat(frames)["content_id"].to_list() == names


def test_a_content_without_bytes_is_an_error_that_names_it() -> None:
    first = first_occurrences(occurrences(occurrence("lost", "a.py"))).collect()
    with pytest.raises(ValueError, match="first lost"):
        list(read_documents(first, contents(a=b"x")))


def test_nothing_gives_nothing() -> None:
    first = first_occurrences(empty("occurrences").lazy()).collect()
    assert list(read_documents(first, contents(a=b"x"))) == []
