"""Strict YAML: unknown keys, repeated keys and wrong values are errors that name file, line, key.

Belongs here: reading a YAML file into a strict model, and its digest. The models themselves stand
beside this module, one file per subject; where a key stands is for `yaml_places`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus_assets.policy.errors import ConfigError
from corpus_assets.policy.yaml_places import Location, line_of, named, repeated_key


class Fault(NamedTuple):
    """What is wrong with a model as a whole, at the key that has to be mended."""

    location: Location
    message: str


class Strict(BaseModel):
    """Base of all configuration models: frozen, no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def faults(self) -> Iterator[Fault]:
        """What no field can tell on its own; `load` asks once every field is well formed."""
        return iter(())


__all__ = ["ConfigError", "Fault", "Strict", "digest", "load", "parse"]

Model = TypeVar("Model", bound=Strict)


class _Loader(yaml.SafeLoader):
    """SafeLoader that keeps dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(model: type[Model], path: Path) -> Model:
    """The file as a `model`. Raises ConfigError with path, line and key of all that is wrong."""
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
        root = stream.get_single_node()
        # Before construction, which puts merged keys beside a mapping's own.
        repeated = repeated_key(root)
        if repeated is not None:
            raise ConfigError(
                f"{name}:{repeated.start_mark.line + 1}: "
                f"key {repeated.value!r} is given twice; keep one of them"
            )
        data = None if root is None else stream.construct_document(root)
    except yaml.YAMLError as error:
        raise ConfigError(f"{name}: not valid YAML: {error}") from error
    try:
        found = model.model_validate(data if data is not None else {})
        faults = list(found.faults())
    except ValidationError as error:
        faults = [Fault(item["loc"], item["msg"]) for item in error.errors()]
    if faults:
        raise ConfigError("\n".join(_told(name, root, fault) for fault in faults))
    return found


def _told(name: str, root: yaml.Node | None, fault: Fault) -> str:
    line = line_of(root, fault.location)
    key = named(root, fault.location) or "top level"
    return f"{name}:{line}: {key}: {fault.message}"


def digest(*models: Strict) -> str:
    """SHA-256 over the models' canonical JSON: equal settings give equal digests."""
    content = "\n".join(model.model_dump_json() for model in models)
    return hashlib.sha256(content.encode()).hexdigest()
