"""A lake of a few files and what licensing says of them, for tests of attribution."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets_tests.sample_curation import rows

MADE_BY = Provenance("sample", "run", "1", "p")


def content_id(data: bytes) -> str:
    """An identifier that follows from the bytes."""
    return "swh:1:cnt:" + hashlib.sha1(data, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Released:
    """A released file, and the claims about it: (path of the evidence, expression, kind of the
    statement, copyright statements)."""

    path: str
    expression: str | None = "MIT"
    license_class: str = "permissive"
    origin: str = "pkg:pypi/alpha"
    claims: tuple[tuple[str, str | None, str, tuple[str, ...]], ...] = ()
    own: tuple[str, ...] = ()
    elected: str | None = None
    obligations: tuple[str, ...] = ()
    kind: str = "license_file"
    data: bytes = b""
    place: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        place = {
            "source_category": "open_source",
            "source": "examples",
            "origin": self.origin,
            "revision": "1.0",
            "path": self.path,
        }
        object.__setattr__(self, "place", place)

    @property
    def content_id(self) -> str:
        return content_id(self.data or f"{self.origin} {self.path}".encode())


def claim(path: str, expression: str | None = "MIT", *copyrights: str) -> tuple[Any, ...]:
    """A claim that rests on the full text in a file."""
    return (path, expression, "text", copyrights)


def build(root: Path, files: Iterable[Released], legal: dict[str, bytes]) -> tuple[Lake, Any]:
    """A lake with the files and with legal files ("<origin> <path>" -> bytes), and the rows of
    training_mix that release them."""
    lake = Lake(str(root))
    released = list(files)
    places = [
        {**item.place, "content_id": item.content_id, "language": "text" if item.data else "python"}
        for item in released
    ]
    for name, data in legal.items():
        origin, path = name.split(" ", 1)
        place = {**released[0].place, "origin": origin, "path": path}
        places.append({**place, "content_id": content_id(data), "language": "text"})
    lake.replace("occurrences", rows("occurrences", places), MADE_BY, "open_source")
    contents = [
        {"content_id": content_id(data), "language": "text", "data": data, "size_bytes": len(data),
         "sha256": hashlib.sha256(data).hexdigest(), "encoding": "unknown"}
        for data in dict.fromkeys([*legal.values(), *(item.data for item in released if item.data)])
    ]  # fmt: skip
    lake.replace("contents", rows("contents", contents), MADE_BY, "text")
    mine = [
        {**item.place, "content_id": item.content_id, "language": "python",
         "kind": item.kind, "ordinal": number, "license_expression": expression,
         "evidence_path": path, "statement_kind": kind, "copyrights": list(copyrights),
         "distance": item.path.count("/") - path.count("/")}
        for item in released
        for number, (path, expression, kind, copyrights) in enumerate(item.claims)
    ]  # fmt: skip
    lake.replace("license_claims", rows("license_claims", mine), MADE_BY, "python")
    concluded = [
        {**item.place, "content_id": item.content_id, "language": "python",
         "license_concluded": item.expression, "license_elected": item.elected,
         "license_obligations": list(item.obligations)}
        for item in released
    ]  # fmt: skip
    lake.replace("license_conclusions", rows("license_conclusions", concluded), MADE_BY, "python")
    stated = [
        {"content_id": item.content_id, "language": "python", "ordinal": number, "statement": words}
        for item in released
        for number, words in enumerate(item.own)
    ]
    lake.replace("copyrights", rows("copyrights", stated), MADE_BY, "python")
    mix = [
        {**item.place, "content_id": item.content_id, "row_id": f"row {number}",
         "stage": "pretraining", "license_concluded": item.expression,
         "license_class": item.license_class}
        for number, item in enumerate(released)
    ]  # fmt: skip
    return lake, rows("training_mix", mix)


def notice_of_text(lake: Lake, statements: dict[bytes, list[str]]) -> None:
    """Store copyright statements of legal files."""
    stated = [
        {"content_id": content_id(data), "language": "text", "ordinal": number, "statement": words}
        for data, found in statements.items()
        for number, words in enumerate(found)
    ]
    frame: pl.DataFrame = rows("copyrights", stated)
    lake.replace("copyrights", frame, MADE_BY, "text")
