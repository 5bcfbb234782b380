"""Where a key stands in a YAML file: lines and readable names for places in a model.

Belongs here: walking the nodes that the YAML parser keeps, with their lines, for a place in the
model or a key given twice. Does not belong here:
what is wrong at a place (`strict` and the models).

A place is Pydantic's: keys and positions from the top. It may hold parts that stand for no key (a
tag of a union, "[key]"); those are passed over. A place that ends at a key that is missing is the
mapping in which it is missing. Values that come by an anchor or a merge key stand where they were
written, which is where they are mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

import yaml

Location = tuple[int | str, ...]


class _Step(NamedTuple):
    """One part of a place that was found: its name for people, its line, what it leads to."""

    name: str
    line: int
    node: yaml.Node


def repeated_key(root: yaml.Node | None) -> yaml.ScalarNode | None:
    """The first key that its mapping has twice, in the order of the file; None without any."""
    todo, seen = [root], set[int]()
    while todo:
        node = todo.pop()
        if node is None or id(node) in seen:  # an anchor's node stands wherever its alias does
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys = set[str]()
            for key, _ in node.value:
                if str(key.value) in keys:
                    return cast(yaml.ScalarNode, key)
                keys.add(str(key.value))
            todo += [value for _, value in reversed(node.value)]
        elif isinstance(node, yaml.SequenceNode):
            todo += reversed(node.value)
    return None


def line_of(root: yaml.Node | None, location: Location) -> int:
    """The line, from 1, of the last part of the location that stands in the file."""
    steps = list(_steps(root, location))
    if steps:
        return steps[-1].line
    return 1 if root is None else int(root.start_mark.line) + 1


def named(root: yaml.Node | None, location: Location) -> str:
    """The location in words, such as gates.size.limits: list items go by their `name` key."""
    steps = list(_steps(root, location))
    last = location[len(location) - 1 :]
    names = [step.name for step in steps]
    missing = last and (not names or str(last[0]) not in (names[-1], "[key]"))
    if missing and isinstance(last[0], str) and _is_key(last[0]):
        names.append(last[0])
    return ".".join(names)


def _is_key(part: str) -> bool:
    """Whether a part that stands nowhere is a missing key, not one of Pydantic's own names."""
    return part.isidentifier()


def _steps(root: yaml.Node | None, location: Location) -> Iterator[_Step]:
    node = root
    for part in location:
        step = None
        if isinstance(node, yaml.MappingNode):
            step = _entry(node, part)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            step = _item(node, part)
        if step is not None:
            yield step
            node = step.node


def _entry(node: yaml.MappingNode, part: int | str) -> _Step | None:
    # The constructor has put merged entries before a mapping's own, which win: so from the end.
    for key, value in reversed(node.value):
        if key.value == str(part):
            return _Step(key.value, key.start_mark.line + 1, value)
    return None


def _item(node: yaml.SequenceNode, position: int) -> _Step | None:
    if position >= len(node.value):
        return None
    item = node.value[position]
    name = _entry(item, "name") if isinstance(item, yaml.MappingNode) else None
    shown = name.node.value if name and isinstance(name.node, yaml.ScalarNode) else str(position)
    return _Step(shown, item.start_mark.line + 1, item)
