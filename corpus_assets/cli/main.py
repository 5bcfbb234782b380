"""Entry point of the `corpus` command: the verbs and their options."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus_assets.cli.gates.app import app as gates
from corpus_assets.cli.licenses.app import app as licenses
from corpus_assets.cli.options import AsJson, Category
from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.policy.errors import ConfigError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Collect, curate, blend, serve and audit code data for training language models.",
    epilog="Paths come from CORPUS_CONFIG, CORPUS_LAKE, CORPUS_PUBLISHED and CORPUS_STATE.",
)
app.add_typer(licenses, name="licenses")
app.add_typer(gates, name="gates")
duplicates = typer.Typer(no_args_is_help=True, help="Ask what the corpus holds already.")
app.add_typer(duplicates, name="duplicates")


class Detector(StrEnum):
    """Detectors of `corpus scan`."""

    LANGUAGES = "languages"
    LICENSES = "licenses"
    DUPLICATES = "duplicates"
    QUALITY = "quality"
    SECRETS = "secrets"
    UNITS = "units"
    COMMITS = "commits"
    LICENSE_TIMELINE = "license-timeline"


@app.command(epilog="Example: corpus collect --category open_source --category in_house")
def collect(
    category: Annotated[list[Category] | None, typer.Option(help="Only these.")] = None,
    prune: Annotated[
        bool, typer.Option(help="List revisions that are no longer configured.")
    ] = False,
    apply: Annotated[bool, typer.Option(help="With --prune: remove them from the lake.")] = False,
    json: AsJson = False,
) -> None:
    """Collect what is new in the configured sources; unchanged revisions cost nothing."""
    from corpus_assets.cli import collect as verb

    chosen = [str(item) for item in category or SOURCE_CATEGORIES]
    if prune:
        verb.prune(chosen, apply=apply, json=json)
    else:
        verb.collect(chosen, json=json)


@app.command(epilog="Example: corpus build --language python --language go --dry-run")
def build(
    language: Annotated[list[str] | None, typer.Option(help="Only these languages.")] = None,
    assets: Annotated[
        list[str] | None, typer.Option(help="Only these assets (and what they need).")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that build languages.")] = 2,
    dry_run: Annotated[bool, typer.Option(help="Show what would be built.")] = False,
    json: AsJson = False,
) -> None:
    """Materialize what is out of date, through Dagster, and publish a release."""
    from corpus_assets.cli import build as verb

    verb.build(language or [], assets or [], workers, dry_run=dry_run, json=json)


@app.command(epilog="Example: corpus status --json")
def status(json: AsJson = False) -> None:
    """What the lake and the current release hold, and where."""
    from corpus_assets.cli import status as verb

    verb.status(json=json)


@app.command(epilog="Example: corpus trace swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2")
def trace(
    identifier: Annotated[str, typer.Argument(help="Content, row or pair id.")],
    json: AsJson = False,
) -> None:
    """Where a row came from: occurrences, claims, verdicts, runs and versions."""
    from corpus_assets.cli import trace as verb

    verb.trace(identifier, json=json)


@app.command(epilog="Example: corpus explain src/requests/api.py")
def explain(
    identifier: Annotated[str, typer.Argument(metavar="PATH|ID", help="A path or a content id.")],
    json: AsJson = False,
) -> None:
    """Why a document was kept or removed."""
    from corpus_assets.cli import trace as verb

    verb.explain(identifier, json=json)


@app.command(epilog="Example: corpus verify")
def verify(
    release: Annotated[str | None, typer.Argument(help="Version; default: current.")] = None,
    json: AsJson = False,
) -> None:
    """Check a published release offline, byte by byte. Exit code 1 if anything is wrong."""
    from corpus_assets.cli import release as verb

    verb.verify(release, json=json)


@app.command(epilog='Example: corpus query "SELECT stage, count(*) FROM mix GROUP BY stage"')
def query(
    sql: Annotated[
        str, typer.Argument(help="A SELECT, the name of a question in sql/, or @FILE with one.")
    ],
    json: AsJson = False,
) -> None:
    """Ask the current release (view `mix`) and the lake's tables in SQL, read-only."""
    from corpus_assets.cli import release as verb

    verb.query(sql, json=json)


@app.command(epilog="Example: corpus scan licenses path/to/folder --out licenses.jsonl")
def scan(
    detector: Annotated[Detector, typer.Argument(help="What to look for.")],
    path: Annotated[
        Path,
        typer.Argument(exists=True, help="A folder or a file; of history: a clone or bundle."),
    ],
    out: Annotated[Path | None, typer.Option(help="Write here instead of to the screen.")] = None,
    threshold: Annotated[
        float | None,
        typer.Option(min=0.5, max=1.0, help="duplicates, units --matches: similarity that counts."),
    ] = None,
    matches: Annotated[
        bool, typer.Option("--matches", help="units: pairs of equal, renamed or similar units.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="commits: keep the rows of --out, add what is new.")
    ] = False,
    no_pairs: Annotated[
        bool, typer.Option("--no-pairs", help="commits: labels alone, no contents are read.")
    ] = False,
) -> None:
    """Run one detector on any folder, without a lake: one JSON object a line."""
    from corpus_assets.cli import scan as verb

    if matches and detector is not Detector.UNITS:
        raise typer.BadParameter("--matches belongs to the detector units")
    if threshold is not None and not (detector is Detector.DUPLICATES or matches):
        raise typer.BadParameter("--threshold belongs to duplicates and to units --matches")
    if (update or no_pairs) and detector is not Detector.COMMITS:
        raise typer.BadParameter("--update and --no-pairs belong to the detector commits")
    if update and out is None:
        raise typer.BadParameter("--update needs --out, the file of the earlier scan")
    if detector is Detector.COMMITS:
        verb.scan_history(path, out, update=update, with_pairs=not no_pairs)
        return
    if detector is Detector.LICENSE_TIMELINE:
        verb.scan_license_timeline(path, out)
        return
    verb.scan(str(detector), path, out, threshold, matches=matches)


@duplicates.command("query", epilog="Example: corpus duplicates query vendor/lot --json")
def query_duplicates(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Files or folders.")],
    json: AsJson = False,
) -> None:
    """Which files are in the corpus already, byte for byte or nearly, and where."""
    from corpus_assets.cli import duplicates as verb

    verb.query(paths, json=json)


def main() -> None:
    """Run the command; configuration errors end it with exit code 2."""
    try:
        app()
    except ConfigError as error:
        sys.stderr.write(f"configuration error:\n{error}\n")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
