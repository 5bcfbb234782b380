"""Places of byte-identical contents."""

import polars as pl

from corpus_assets.dedup.exact import exact_duplicates
from corpus_assets.tables import TABLES


def occurrence(
    content: str, category: str, origin: str, revision: str, path: str
) -> dict[str, object]:
    return {
        "source_category": category, "source": "s", "origin": origin, "revision": revision,
        "path": path, "content_id": content, "language": "python", "language_name": "Python",
        "size_bytes": 3,
    }  # fmt: skip


def test_counts_places_origins_and_revisions() -> None:
    rows = [
        occurrence("a", "open_source", "o1", "1", "x.py"),
        occurrence("a", "open_source", "o1", "2", "x.py"),
        occurrence("a", "commercial", "o2", "1", "y.py"),
        occurrence("b", "open_source", "o1", "1", "b.py"),
        occurrence("c", "open_source", "o1", "1", "c.py"),
        occurrence("c", "open_source", "o1", "1", "d.py"),
        occurrence("other", "open_source", "o1", "1", "e.c"),
        occurrence("other", "open_source", "o1", "1", "f.c"),
    ]
    occurrences = pl.DataFrame(rows, schema=TABLES["occurrences"].schema)
    documents = pl.DataFrame({"content_id": ["a", "b", "c"], "language": ["cython", "c", "c"]})
    found = exact_duplicates(occurrences.lazy(), documents)
    assert found.rows() == [
        ("a", "cython", 3, 2, 3, ["commercial", "open_source"]),
        ("c", "c", 2, 1, 1, ["open_source"]),
    ]
