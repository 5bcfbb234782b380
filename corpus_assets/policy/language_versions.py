"""Which syntax tells the version of a language, and where manifests declare one.

Belongs here: the model of `language_versions.yaml`; every rule is run on its own samples when it
is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import Field

from corpus_assets.languages import BY_SLUG
from corpus_assets.policy.strict import Fault, Strict, load

Pattern = Annotated[str, Field(min_length=1)]


class Syntax(Strict):
    """A version of the language that first knew what `pattern` matches (outside of comments and
    strings), with a line that it must find and one that it must not."""

    version: Pattern
    pattern: Pattern
    found: Pattern
    not_found: Pattern


class Declaration(Strict):
    """A manifest: where it lies, of which language it speaks, and the group that is the version."""

    path: Pattern
    of: Pattern
    pattern: Pattern
    found: Pattern


class LanguageVersions(Strict):
    """All of language_versions.yaml. Syntax stands oldest first."""

    version: str
    syntax: dict[str, list[Syntax]]
    declarations: list[Declaration]

    def faults(self) -> Iterator[Fault]:
        """Unknown languages, broken expressions and samples that say otherwise."""
        for language, rules in self.syntax.items():
            if language not in BY_SLUG:
                yield Fault(("syntax", language), f"no language {language!r}")
            for number, rule in enumerate(rules):
                place = ("syntax", language, str(number))
                yield from _sampled(place, rule.pattern, [(rule.found, True)])
                yield from _sampled(place, rule.pattern, [(rule.not_found, False)])
        for number, declaration in enumerate(self.declarations):
            at = ("declarations", str(number))
            yield from _sampled(at, declaration.pattern, [(declaration.found, True)])


def load_language_versions(path: Path | None = None) -> LanguageVersions:
    """The rules in a file, or those of the package. Raises ConfigError naming file and key."""
    return load(LanguageVersions, path or Path(__file__).with_name("language_versions.yaml"))


def _sampled(
    place: tuple[str, ...], pattern: str, samples: list[tuple[str, bool]]
) -> Iterator[Fault]:
    for text, wanted in samples:
        try:
            hit = pl.Series([text]).str.contains(pattern)[0]
        except pl.exceptions.ComputeError as error:
            yield Fault(place, f"{pattern}: {error}")
            return
        if hit is not wanted:
            yield Fault(place, f"{'misses' if wanted else 'finds'} its sample {text!r}")
