"""Strict YAML: unknown keys, repeated keys and wrong types are errors that name file and key.

Belongs here: reading a YAML file into a strict model, and its digest. The models themselves stand
beside this module, one file per subject.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus_assets.policy.errors import ConfigError


class Strict(BaseModel):
    """Base of all configuration models: frozen, no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


__all__ = ["ConfigError", "Strict", "digest", "load", "parse"]

Model = TypeVar("Model", bound=Strict)


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses repeated keys and keeps dates as text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(key_node.value)
            if key in seen:
                raise ConfigError(
                    f"{key_node.start_mark.name}:{key_node.start_mark.line + 1}: "
                    f"key {key!r} is given twice; keep one of them"
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(model: type[Model], path: Path) -> Model:
    """The file as a `model`. Raises ConfigError with the path and the key that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    return parse(model, text, str(path))


def parse(model: type[Model], text: str, name: str) -> Model:
    """Like `load`, from text; `name` stands for the file in messages."""
    try:
        stream = _Loader(text)
        stream.name = name
        data = stream.get_single_data()
    except yaml.YAMLError as error:
        raise ConfigError(f"{name}: not valid YAML: {error}") from error
    try:
        return model.model_validate(data if data is not None else {})
    except ValidationError as error:
        lines = [
            f"{name}: {'.'.join(str(part) for part in item['loc']) or 'top level'}: {item['msg']}"
            for item in error.errors()
        ]
        raise ConfigError("\n".join(lines)) from error


def digest(*models: Strict) -> str:
    """SHA-256 over the models' canonical JSON: equal settings give equal digests."""
    content = "\n".join(model.model_dump_json() for model in models)
    return hashlib.sha256(content.encode()).hexdigest()
