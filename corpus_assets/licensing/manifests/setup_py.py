"""setup.py, read and never run: the literal arguments of its call of `setup`.

Belongs here: Python's syntax tree and the constants in it. Does not belong here: what license
fields mean (`python.py`). A value that is computed counts as not stated.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

from corpus_assets.licensing.manifests.formats import items, table, text_of, texts, version_of
from corpus_assets.licensing.manifests.model import Manifest, ManifestError, Package
from corpus_assets.licensing.manifests.python import dependencies, normal_name, statements

_MAX_CHARACTERS = 200_000
# Deeper brackets or longer chains cost the parser of some Python versions exponential time.
_MAX_BRACKETS = 40
_MAX_DEPTH = 8
_COMPUTED = object()


def read(_: str, text: str) -> Manifest:
    """The call of `setup` with the most literal arguments. Raises ManifestError if unparsable."""
    tree = _parse(text)
    constants = _constants(tree)
    calls = [
        _arguments(node, constants)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) == "setup"
    ]
    if not calls:
        return Manifest()
    call = max(calls, key=len)
    classifiers = call.get("classifiers")
    lines = classifiers.splitlines() if isinstance(classifiers, str) else texts(classifiers)
    declared = statements(
        text_of(call.get("license_expression")),
        text_of(call.get("license")),
        [line.strip() for line in lines],
        [*texts(call.get("license_files")), *texts(call.get("license_file"))],
    )
    name = text_of(call.get("name")).strip()
    if not name:
        return Manifest(tuple(declared))
    needs = [
        *dependencies(_lines(call.get("install_requires")), "runtime"),
        *dependencies(_lines(call.get("setup_requires")), "build"),
        *dependencies(_lines(call.get("tests_require")), "dev"),
    ]
    for extra in table(call.get("extras_require")).values():
        needs += dependencies(_lines(extra), "optional")
    version = version_of(call.get("version"))
    return Manifest(tuple(declared), Package("pypi", normal_name(name), version, tuple(needs)))


def _lines(value: Any) -> list[Any]:
    return value.splitlines() if isinstance(value, str) else items(value)


def _parse(text: str) -> ast.Module:
    if len(text) > _MAX_CHARACTERS:
        raise ManifestError(f"longer than {_MAX_CHARACTERS} characters")
    depth = deepest = 0
    for bracket in re.findall(r"[()\[\]{}]", text):
        depth += 1 if bracket in "([{" else -1
        deepest = max(deepest, depth)
    if deepest > _MAX_BRACKETS:
        raise ManifestError("nested too deeply")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes are the author's business
            return ast.parse(text.lstrip("\ufeff"))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        # Python's parser reports expressions too complex for it as MemoryError.
        raise ManifestError(f"not Python: {type(error).__name__}") from error


def _constants(tree: ast.Module) -> dict[str, Any]:
    """The literals assigned once to a name of the module."""
    values: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    again = target.id in values
                    values[target.id] = _COMPUTED if again else _literal(node.value, values)
    return {name: value for name, value in values.items() if value is not _COMPUTED}


def _arguments(call: ast.Call, constants: dict[str, Any]) -> dict[str, Any]:
    """The literal keyword arguments of a call, those of `**settings` included."""
    found: dict[str, Any] = {}
    for keyword in call.keywords:
        value = _literal(keyword.value, constants)
        if keyword.arg is None:
            found |= table(value)
        elif value is not _COMPUTED:
            found[keyword.arg] = value
    return found


def _literal(node: ast.expr, constants: dict[str, Any], depth: int = 0) -> Any:
    """The value of constants, lists, dictionaries and `dict(...)`; _COMPUTED for anything else."""
    if depth > _MAX_DEPTH:
        return _COMPUTED
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return constants.get(node.id, _COMPUTED)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        values = (_literal(item, constants, depth + 1) for item in node.elts)
        return [value for value in values if value is not _COMPUTED]
    if isinstance(node, ast.Dict):
        pairs = [
            (_literal(key, constants, depth + 1), _literal(value, constants, depth + 1))
            for key, value in zip(node.keys, node.values, strict=True)
            if key is not None
        ]
        return {k: v for k, v in pairs if isinstance(k, str) and v is not _COMPUTED}
    if isinstance(node, ast.Call) and _name(node.func) == "dict" and not node.args:
        return _arguments(node, constants) if depth == 0 else _COMPUTED
    return _COMPUTED


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
