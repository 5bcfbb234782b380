"""The syntaxes manifests are written in, read within bounds: JSON, TOML, YAML, XML, INI.

Belongs here: text to plain values, with ManifestError for anything broken, too deep or too big.
Does not belong here: what the values mean. Nothing here executes, includes or fetches anything.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from corpus_assets.licensing.manifests.model import ManifestError

# Real manifests stay far below these; the readers written in Python get less.
MAX_CHARACTERS = 2_000_000
_MAX_SLOW_CHARACTERS = 400_000
_MAX_DEPTH = 60
_MAX_LINE = 5_000
_MAX_NODES = 100_000


def read_json(text: str) -> dict[str, Any]:
    """The object at the top, empty for any other value."""
    try:
        return table(json.loads(text.lstrip("\ufeff")))
    except ValueError as error:  # also numbers of absurd length
        raise ManifestError(f"not JSON: {error}") from error


def read_toml(text: str) -> dict[str, Any]:
    """The document's table."""
    _bounded(text)
    if re.search(r"(?:\.[\w\"' -]*){60}", text):  # tomllib takes quadratic time for dotted keys
        raise ManifestError("a key of more than 60 parts")
    try:
        return tomllib.loads(text.lstrip("\ufeff"))
    except ValueError as error:
        raise ManifestError(f"not TOML: {error}") from error


def read_yaml(text: str) -> Any:
    """The first document as dictionaries, lists and texts; numbers and dates stay text.

    Aliases, the stuff of YAML bombs, are refused: a manifest does not need them.
    """
    import yaml

    _bounded(text)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _yaml_value(iter(yaml.parse(text, Loader=loader)))
    except (yaml.YAMLError, UnicodeError) as error:
        raise ManifestError(f"not YAML: {type(error).__name__}") from error


def _yaml_value(events: Iterator[Any]) -> Any:
    """The first document, from the stream of events; no recursion, so depth costs nothing."""
    import yaml

    root: list[Any] = []
    stack: list[tuple[Any, list[Any]]] = [(None, root)]
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            stack[-1][1].append(event.value)
        elif isinstance(event, yaml.AliasEvent):
            raise ManifestError("a YAML alias, which a manifest does not need")
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > _MAX_DEPTH:
                raise ManifestError("nested too deeply")
            stack.append((isinstance(event, yaml.MappingStartEvent), []))
        elif isinstance(event, yaml.CollectionEndEvent):
            is_mapping, items = stack.pop()
            stack[-1][1].append(_mapping(items) if is_mapping else items)
        elif isinstance(event, yaml.DocumentEndEvent):
            break
    return root[0] if root else None


def _mapping(items: list[Any]) -> dict[str, Any]:
    pairs = zip(items[::2], items[1::2], strict=True)
    return {key: value for key, value in pairs if isinstance(key, str)}


class Node(NamedTuple):
    """An XML element: its name without namespace, attributes, own text, and children."""

    tag: str
    attributes: dict[str, str]
    texts: list[str]
    children: list[Node]

    @property
    def text(self) -> str:
        """The element's own text without surrounding blanks."""
        return "".join(self.texts).strip()

    def all(self, *path: str) -> list[Node]:
        """The elements below this one along a path of names."""
        found = [self]
        for name in path:
            found = [child for node in found for child in node.children if child.tag == name]
        return found

    def first(self, *path: str) -> str:
        """The text of the first element along the path, empty if there is none."""
        found = self.all(*path)
        return found[0].text if found else ""

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)


def read_xml(text: str) -> Node:
    """The root element; entity declarations, the stuff of XML bombs, are refused."""
    if "\x00" in text:
        raise ManifestError("not XML: a null character")
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    top = Node("", {}, [], [])
    stack = [top]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > _MAX_DEPTH:
            raise ManifestError("nested too deeply")
        if count > _MAX_NODES:
            raise ManifestError(f"more than {_MAX_NODES} elements")
        local = {key.rsplit(":", 1)[-1]: value for key, value in attributes.items()}
        node = Node(name.rsplit(":", 1)[-1], local, [], [])
        stack[-1].children.append(node)
        stack.append(node)

    def entity(*_: Any) -> None:
        raise ManifestError("an entity declaration, which a manifest does not need")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = lambda data: stack[-1].texts.append(data)
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(re.sub(r"^[\ufeff\s]+", "", text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise ManifestError(f"not XML: {error}") from error
    return top.children[0]


def read_ini(text: str) -> dict[str, dict[str, str]]:
    """Sections of an INI file as Python's configparser reads it: names in lower case.

    Indented lines continue a value. Raises ManifestError for a value before any section.
    """
    sections: dict[str, dict[str, str]] = {}
    section: dict[str, list[str]] | None = None
    name, key = "", None
    parts: dict[str, dict[str, list[str]]] = {}
    for line in text.lstrip("\ufeff").splitlines():
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        if line[0].isspace() and section is not None and key is not None:
            section[key].append(stripped)
            continue
        if stripped[0] == "[" and "]" in stripped:
            name, key = stripped[1 : stripped.index("]")], None
            section = parts.setdefault(name, {})
            continue
        if section is None:
            raise ManifestError("not an INI file: a line before any section")
        position = min((at for at in (line.find("="), line.find(":")) if at >= 0), default=None)
        if position is None:
            key = None
            continue
        key = line[:position].strip().lower()
        section[key] = [line[position + 1 :].strip()]
    for name, values in parts.items():
        sections[name] = {key: "\n".join(lines).strip() for key, lines in values.items()}
    return sections


def lines(text: str) -> list[str]:
    """The lines of a text, without those too long for a person to have written them."""
    return [line for line in text.splitlines() if len(line) <= _MAX_LINE]


def table(value: Any) -> dict[str, Any]:
    """The value if it is a dictionary, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The value if it is a list, a list of it if it is anything else but null."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def texts(value: Any) -> list[str]:
    """The texts in a list, or the text itself as a list."""
    return [item for item in items(value) if isinstance(item, str)]


def text_of(value: Any) -> str:
    """The value if it is a text, else the empty text."""
    return value if isinstance(value, str) else ""


def version_of(value: Any) -> str | None:
    """A version as text, null for anything empty, computed or not a text."""
    text = text_of(value).strip()
    return text if text and not re.search(r"[${}%]", text) and len(text) <= 100 else None


def _bounded(text: str) -> None:
    if len(text) > _MAX_SLOW_CHARACTERS:
        raise ManifestError(f"longer than {_MAX_SLOW_CHARACTERS} characters")
