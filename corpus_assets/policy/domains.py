"""The domain policy: which modules, words, paths and languages tell what code is for.

Belongs here: the model of `domains.yaml` and its checks. Finding the modules of a file belongs to
`quality.uses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus_assets.languages import BY_SLUG
from corpus_assets.policy.strict import Fault, Strict, load

Names = list[Annotated[str, Field(min_length=1)]]
# Languages that bring in the modules of another one.
ECOSYSTEM = {
    "typescript": "javascript", "vue": "javascript", "html": "javascript", "cpp": "c",
    "kotlin": "java", "scala": "java", "groovy": "java", "clojure": "clojure",
}  # fmt: skip


class Domain(Strict):
    """What tells one domain."""

    languages: Names = Field(default_factory=list)
    modules: dict[str, Names] = Field(default_factory=dict)
    words: dict[str, Names] = Field(default_factory=dict)
    paths: Names = Field(default_factory=list)


class Domains(Strict):
    """All of domains.yaml; `frameworks`: by ecosystem, the module and the framework's name."""

    version: str
    domains: dict[str, Domain]
    frameworks: dict[str, dict[str, str]]

    def faults(self) -> Iterator[Fault]:
        """Languages that do not exist, names that stand twice, paths that are no expression."""
        for name, domain in self.domains.items():
            place = ("domains", name)
            named = {*domain.languages, *domain.modules, *domain.words}
            for language in sorted(named - BY_SLUG.keys()):
                yield Fault(place, f"no language {language!r}")
            for language, names in [*domain.modules.items(), *domain.words.items()]:
                twice = sorted({item for item in names if names.count(item) > 1})
                if twice:
                    yield Fault((*place, language), f"{twice[0]} stands twice")
            for pattern in domain.paths:
                try:
                    re.compile(pattern)
                except re.error as error:
                    yield Fault((*place, "paths"), f"{pattern}: {error}")
        for language in sorted(self.frameworks.keys() - BY_SLUG.keys()):
            yield Fault(("frameworks",), f"no language {language!r}")


def load_domains(path: Path | None = None) -> Domains:
    """The domains in a file, or those of the package. Raises ConfigError naming file and key."""
    return load(Domains, path or Path(__file__).with_name("domains.yaml"))
