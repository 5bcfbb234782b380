"""The languages whose conclusions a verb of `corpus licenses` looks at."""

from __future__ import annotations

from corpus_assets.cli import output
from corpus_assets.lake import Lake


def chosen_languages(lake: Lake, wanted: list[str]) -> list[str]:
    """The wanted languages that have conclusions, or all that have; ends the command if a wanted
    one has none, or nothing was concluded yet."""
    there = sorted(lake.versions("license_conclusions"))
    if not there:
        output.fail(
            f"no license conclusions in {lake.root} yet; "
            "run `corpus build --assets license_conclusions` first"
        )
    for language in wanted:
        if language not in there:
            output.fail(f"no conclusions for language {language!r}; there are {', '.join(there)}")
    return sorted(set(wanted)) or there
