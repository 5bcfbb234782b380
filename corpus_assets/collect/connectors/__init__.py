"""Connectors: one module for each way to get at a source; each has `targets(source, context)`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from corpus_assets.collect.targets import Context, Failed, Target
from corpus_assets.policy.project import AnySource


def resolve(source: AnySource, context: Context) -> Iterator[Target | Failed]:
    """The revisions of a source, by the connector it names.

    Unpinned names are looked up, which may need the network. Raises CollectError when the source
    as a whole cannot be resolved.
    """
    connector = import_module(f"{__name__}.{source.connector}")
    found: Iterator[Target | Failed] = connector.targets(source, context)
    return found
