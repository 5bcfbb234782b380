"""Takedown requests: what must go and never come back, as a strict YAML file.

Belongs here: the model of requests and its loader. Does not belong here: finding the contents
they hit (`audit/takedowns.py`).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from corpus_assets.policy.strict import Strict, load

_CONTENT_ID = re.compile(r"swh:1:cnt:[0-9a-f]{40}")
Text = Annotated[str, Field(min_length=1)]


class Selector(Strict):
    """What a request names: a content, a whole origin, or one path of an origin."""

    content_id: Text | None = None
    origin: Text | None = None
    path: Text | None = None

    @field_validator("content_id")
    @classmethod
    def _is_content(cls, value: str | None) -> str | None:
        if value is not None and not _CONTENT_ID.fullmatch(value):
            raise ValueError(f"{value!r} is no content id; write swh:1:cnt: and 40 hex digits")
        return value

    @model_validator(mode="after")
    def _names_one_thing(self) -> Selector:
        if (self.content_id is None) == (self.origin is None):
            raise ValueError("give either content_id, or origin with or without path")
        if self.path is not None and self.origin is None:
            raise ValueError("path needs the origin it stands in")
        return self

    def __str__(self) -> str:
        return self.content_id or " ".join(part for part in (self.origin, self.path) if part)


class Request(Strict):
    """One request with everything it names."""

    request_id: Text
    received_on: str  # ISO date
    reason: Literal["opt_out", "dmca", "privacy", "contract_end", "court"]
    selectors: Annotated[list[Selector], Field(min_length=1)]

    @field_validator("received_on")
    @classmethod
    def _is_date(cls, value: str) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise ValueError(f"{value!r} is not a date; write it as 2026-11-22") from error


class Takedowns(Strict):
    """All requests so far; they are never removed from the file."""

    requests: list[Request]

    @field_validator("requests")
    @classmethod
    def _distinct(cls, requests: list[Request]) -> list[Request]:
        names = [request.request_id for request in requests]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"request_id {', '.join(repeated)} is given twice")
        return requests


def load_takedowns(path: Path) -> Takedowns:
    """The requests in a YAML file. Raises ConfigError with the path and the key that is wrong."""
    return load(Takedowns, path)
