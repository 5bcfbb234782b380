"""The sub-commands of `corpus licenses` and their options; one module per verb does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_assets.cli.options import AsJson, Category, Grade, Stage

app = typer.Typer(
    no_args_is_help=True,
    help="What the license policy says, what a change of it would do, and what changed.",
)
policy = typer.Typer(no_args_is_help=True, help="The license policy: explained, or tried out.")
app.add_typer(policy, name="policy")

PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", exists=True, dir_okay=False, help="Instead of the project's policy."),
]
ProfileName = Annotated[
    str | None, typer.Option("--profile", help="Profile of the policy; default: the project's.")
]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Only these languages.")]
Samples = Annotated[int, typer.Option(min=0, help="Sample paths for each kind of change.")]


@policy.command(
    epilog='Example: corpus licenses policy explain "GPL-2.0+ OR MIT" --profile research'
)
def explain(
    expression: Annotated[str, typer.Argument(metavar="EXPR", help="An SPDX expression.")],
    stage: Annotated[Stage | None, typer.Option(help="Only the verdict of this stage.")] = None,
    profile: ProfileName = None,
    policy_file: PolicyFile = None,
    evidence: Annotated[Grade, typer.Option(help="Evidence grade to suppose.")] = Grade.FILE,
    category: Annotated[
        Category, typer.Option(help="Source category to suppose.")
    ] = Category.OPEN_SOURCE,
    json: AsJson = False,
) -> None:
    """What the policy makes of an expression: class, state, elected branch, verdicts, and why."""
    from corpus_assets.cli.licenses import explain as verb

    verb.explain(
        expression,
        stage=None if stage is None else str(stage),
        profile=profile,
        policy_file=policy_file,
        evidence=str(evidence),
        category=str(category),
        json=json,
    )


@policy.command(
    epilog="Example: corpus licenses policy preview --profile research --language python"
)
def preview(
    change: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A changed policy file to try out."),
    ] = None,
    profile: ProfileName = None,
    language: Languages = None,
    samples: Samples = 3,
    json: AsJson = False,
) -> None:
    """What another policy or profile would change in the lake. Nothing is scanned or written."""
    from corpus_assets.cli.licenses import preview as verb

    if change is None and profile is None:
        raise typer.BadParameter(
            "name a policy file with --change, a profile with --profile, or both"
        )
    verb.preview(change, profile, language or [], samples, json=json)


@app.command(epilog="Example: corpus licenses diff 4 9 --language go")
def diff(
    before: Annotated[
        int | None,
        typer.Argument(metavar="[A]", help="Delta version of license_conclusions; default: each "
                       "language's previous one."),
    ] = None,
    after: Annotated[
        int | None, typer.Argument(metavar="[B]", help="Delta version; default: the current one.")
    ] = None,
    language: Languages = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """Which license conclusions differ between two versions of the lake's table."""
    from corpus_assets.cli.licenses import diff as verb

    verb.diff(before, after, language or [], json=json)


@app.command(epilog="Example: corpus licenses notice --out NOTICE.txt")
def notice(
    release: Annotated[str | None, typer.Option(help="Version; default: current.")] = None,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write here instead of to the screen.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Whom a published release credits, for which files, with every license text."""
    from corpus_assets.cli.licenses import notice as verb

    verb.notice(release, out, json=json)
