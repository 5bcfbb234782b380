"""The sub-commands of `corpus gates` and their options; one module per verb does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_assets.cli.options import AsJson

app = typer.Typer(
    no_args_is_help=True,
    help="What the gates are, how two filter policies differ, and what a change would do.",
)

PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", exists=True, dir_okay=False, help="Instead of the project's policy."),
]


@app.command("list", epilog="Example: corpus gates list --language python")
def list_gates(
    policy: PolicyFile = None,
    language: Annotated[str | None, typer.Option(help="What holds for this language.")] = None,
    json: AsJson = False,
) -> None:
    """Every gate in the order of the funnel: limits, stages, languages, and where it is from."""
    from corpus_assets.cli.gates import listing as verb

    verb.list_gates(policy, language, json=json)


@app.command(epilog="Example: corpus gates diff old-filters.yaml new-filters.yaml")
def diff(
    before: Annotated[Path, typer.Argument(metavar="A", exists=True, dir_okay=False)],
    after: Annotated[Path, typer.Argument(metavar="B", exists=True, dir_okay=False)],
    json: AsJson = False,
) -> None:
    """How two filter policy files differ: gates, order, limits, languages, and other settings."""
    from corpus_assets.cli.gates import diff as verb

    verb.diff(before, after, json=json)


@app.command(epilog="Example: corpus gates preview --change my-filters.yaml --language python")
def preview(
    change: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="The changed policy file.")
    ],
    language: Annotated[list[str] | None, typer.Option(help="Only these languages.")] = None,
    examples: Annotated[
        int, typer.Option(min=0, help="Documents shown on each side of a changed limit.")
    ] = 3,
    json: AsJson = False,
) -> None:
    """What a changed filter policy would gain and lose in the lake. Nothing is measured again."""
    from corpus_assets.cli.gates import preview as verb

    verb.preview(change, language or [], examples, json=json)
