"""Files that state licenses for single paths: debian/copyright (DEP-5), .reuse/dep5, REUSE.toml.

Belongs here: reading them into one statement per paragraph or annotation. Does not belong here:
which paths of a tree a statement matches (`scoped.py`), license texts (`scancode.py`).

Formats: Debian's machine-readable copyright format 1.0, and version 3.3 of the REUSE
specification. A debian/copyright of the old free form is no such file and has no statements here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from corpus_assets.licensing import fields
from corpus_assets.licensing.expressions import combine
from corpus_assets.licensing.manifests.formats import items, read_toml, table, texts
from corpus_assets.licensing.manifests.model import ManifestError
from corpus_assets.licensing.wording import MAX_WORDS, understand, understand_fully

# The largest real files have a few thousand patterns; more would make matching a burden.
_MAX_CHARACTERS = 10_000_000
_MAX_STATEMENTS = 5_000
_MAX_PATTERNS = 50_000
_MAX_PATTERN = 500
_MAX_COPYRIGHTS = 50
REUSE_PREFIX = "reuse:"

TextReader = Callable[[str], str | None]


class Scoped(NamedTuple):
    """One statement about the paths that match `applies_to`; an empty tuple means all paths.

    Patterns are those of DEP-5, or with `reuse:` before them those of REUSE.toml, where a single
    `*` stays within a folder. The last statement that matches a path holds. `expression` is null
    where the words are not understood, and `rule` then ends in `-unknown`. A rule that ends in
    `-override` goes before what the file says itself, one in `-aggregate` beside it.
    """

    applies_to: tuple[str, ...]
    expression: str | None
    words: str
    rule: str
    start_line: int | None
    end_line: int | None
    copyrights: tuple[str, ...]


def scoped_statements(path: str, text: str, read_text: TextReader | None = None) -> list[Scoped]:
    """The statements of the file with this path, in its order; none if it is of the old form.

    `read_text` is asked for the expression of a license text whose short name means nothing by
    itself (`License: other-1`). Raises ManifestError for a file that is not of its format or is
    too big.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ManifestError(f"longer than {_MAX_CHARACTERS} characters")
    try:
        found = _reuse(text) if path.endswith(".toml") else _dep5(text, read_text)
    except RecursionError:
        raise ManifestError("nested too deeply") from None
    if len(found) > _MAX_STATEMENTS:
        raise ManifestError(f"more than {_MAX_STATEMENTS} statements")
    patterns = [pattern for item in found for pattern in item.applies_to]
    if len(patterns) > _MAX_PATTERNS:
        raise ManifestError(f"more than {_MAX_PATTERNS} patterns")
    if any(len(pattern) > _MAX_PATTERN for pattern in patterns):
        raise ManifestError(f"a pattern of more than {_MAX_PATTERN} characters")
    return found


def is_machine_readable(text: str) -> bool:
    """Whether a debian/copyright is of the machine-readable form: by its Format field."""
    header = next(fields.paragraphs(text[:20_000]), [])
    field = fields.first(header, "format") or fields.first(header, "format-specification")
    return field is not None and re.search(r"(?i)copyright|dep-?5", field.value) is not None


def _dep5(text: str, read_text: TextReader | None) -> list[Scoped]:
    if not is_machine_readable(text):
        return []
    parts = list(fields.paragraphs(text))
    spelled = _license_texts(parts)
    found = []
    for index, part in enumerate(parts):
        files = fields.first(part, "files")
        license_ = fields.first(part, "license")
        if license_ is None or (files is None and index > 0):
            continue
        expression, rule = _expression(license_, spelled, read_text)
        patterns = () if files is None else tuple(_patterns(files.value))
        if files is not None and not patterns:
            continue
        found.append(
            Scoped(
                patterns,
                expression,
                _short_name(license_)[:MAX_WORDS],
                "dep5-header" + rule if files is None else "dep5" + rule,
                min(field.start_line for field in part),
                max(field.end_line for field in part),
                _copyrights(part),
            )
        )
    return found


def _patterns(value: str) -> list[str]:
    """The patterns of a Files field: separated by blanks, by commas in files of the old drafts.

    `./name` and a folder written as `name/` are mended: neither could match anything else.
    """
    found = [part.rstrip(",") for part in value.split()]
    mended = (part.removeprefix("./").removeprefix("/") for part in found)
    return [part + "*" if part.endswith("/") else part for part in mended if part]


def _short_name(field: fields.Field) -> str:
    return " ".join(field.first.split())


def _license_texts(parts: list[fields.Paragraph]) -> dict[str, str]:
    """The texts by short name: stand-alone paragraphs first, then those inside Files paragraphs."""
    found: dict[str, str] = {}
    for alone in (True, False):
        for part in parts:
            license_ = fields.first(part, "license")
            if license_ is None or (fields.first(part, "files") is None) is not alone:
                continue
            if license_.rest.strip():
                found.setdefault(_short_name(license_).lower(), license_.rest)
    return found


def _expression(
    field: fields.Field, spelled: dict[str, str], read_text: TextReader | None
) -> tuple[str | None, str]:
    """The expression of a License field, and the end of the rule's name."""
    name = _short_name(field)
    expression = understand_fully(name)
    if expression is not None:
        return expression, ""
    if read_text is None:
        expression = understand(name)
        return expression, "" if expression is not None else "-unknown"
    # Names within a combination may have their texts apart: each takes its own.
    known: dict[str, str] = {}
    for part in _names(name):
        meant = understand_fully(part)
        if meant is None:
            text = spelled.get(part.lower())
            meant = read_text(text) if text is not None else None
        if meant is not None:
            known[part] = meant
    whole = _replaced(name, known)
    if whole is None:
        text = field.rest if field.rest.strip() else spelled.get(name.lower(), "")
        whole = read_text(text) if text.strip() else None
    if whole is None:
        expression = understand(name)  # an unknown name beside known ones
        return expression, "" if expression is not None else "-unknown"
    return whole, "-text"


_SPLIT = re.compile(r"(?i)(,?\s+(?:and/or|and|or)\s+)")


def _names(name: str) -> list[str]:
    return [part.strip() for part in _SPLIT.split(name)[::2] if part.strip()]


def _replaced(name: str, known: dict[str, str]) -> str | None:
    """The combination with what its names mean: in words understood, all of them or nothing."""
    parts = _SPLIT.split(name)
    if any(part.strip() not in known for part in parts[::2]):
        return None
    if len(parts) == 1:
        return known[name.strip()]
    # Brackets and commas cannot be mixed: any comma makes the reading the strict one.
    if any("," in part for part in parts[1::2]):
        return combine(known[part.strip()] for part in parts[::2])
    pieces = [f"({known[part.strip()]})" if at % 2 == 0 else part for at, part in enumerate(parts)]
    return understand("".join(pieces))


def _copyrights(part: fields.Paragraph) -> tuple[str, ...]:
    """The lines of the Copyright field, each once, at most 50."""
    field = fields.first(part, "copyright")
    if field is None:
        return ()
    lines = (" ".join(line.split()) for line in field.lines)
    stated = (line[:300] for line in lines if line and line != ".")
    return tuple(dict.fromkeys(stated))[:_MAX_COPYRIGHTS]


def _reuse(text: str) -> list[Scoped]:
    """The annotations of a REUSE.toml: identifiers in one annotation all apply."""
    data = read_toml(text)
    if not isinstance(data.get("version"), int):
        raise ManifestError("not REUSE.toml: no version")
    annotations = items(data.get("annotations"))
    lines = re.split(r"\r\n|\r|\n", text)
    starts = [at for at, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*annotations\b", line)]
    spans: list[tuple[int | None, int | None]] = [(None, None)] * len(annotations)
    if annotations and len(starts) == len(annotations):
        ends = [start - 1 for start in starts[1:]] + [len(lines)]
        spans = list(zip(starts, ends, strict=True))
    read = (_annotation(table(item), span) for item, span in zip(annotations, spans, strict=True))
    return [found for found in read if found is not None]


def _annotation(item: dict[str, Any], span: tuple[int | None, int | None]) -> Scoped | None:
    paths = tuple(REUSE_PREFIX + path for path in texts(item.get("path")) if path)
    stated = texts(item.get("SPDX-License-Identifier"))
    if not paths or not stated:
        return None
    meant = [understand(words) for words in stated]
    expression = combine(one for one in meant if one is not None) if all(meant) else None
    precedence = item.get("precedence")
    rule = f"reuse-{precedence}" if precedence in ("override", "aggregate") else "reuse"
    holders = texts(item.get("SPDX-FileCopyrightText"))
    return Scoped(
        paths,
        expression,
        " AND ".join(stated)[:MAX_WORDS],
        rule if expression is not None else f"{rule}-unknown",
        *span,
        tuple(dict.fromkeys(" ".join(holder.split())[:300] for holder in holders))[
            :_MAX_COPYRIGHTS
        ],
    )
