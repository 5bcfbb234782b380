"""The detectors of `corpus scan` and their options; one module per detector does the work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_assets.cli import output
from corpus_assets.cli.options import Profile

app = typer.Typer(
    no_args_is_help=True,
    help="Run one detector on any folder, without a lake: one JSON object a line.",
)

Target = Annotated[Path, typer.Argument(metavar="PATH", exists=True, help="A folder or a file.")]
Out = Annotated[
    Path | None, typer.Option(dir_okay=False, help="Write here instead of to the screen.")
]
Threshold = Annotated[float | None, typer.Option(min=0.5, max=1.0, help="Similarity that counts.")]


@app.command(epilog="Example: corpus scan languages path/to/folder --out languages.jsonl")
def languages(path: Target, out: Out = None) -> None:
    """Language, confidence, what it rests on, and encoding of every file."""
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.languages import scan_languages
    from corpus_assets.cli.scan.rows import write

    write(scan_languages(read_folder(path)), out)


@app.command(epilog="Example: corpus scan licenses path/to/folder --out licenses.jsonl")
def licenses(path: Target, out: Out = None) -> None:
    """License, class, reason and claims of every file."""
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.licenses import scan_licenses
    from corpus_assets.cli.scan.rows import write

    write(scan_licenses(read_folder(path)), out)


@app.command(epilog="Example: corpus scan duplicates path/to/folder --threshold 0.9")
def duplicates(path: Target, out: Out = None, threshold: Threshold = None) -> None:
    """Cluster, kept file and similarity of every file."""
    from corpus_assets.cli.scan.duplicates import scan_duplicates
    from corpus_assets.cli.scan.folder import read_folder, resolved
    from corpus_assets.cli.scan.rows import write

    write(scan_duplicates(read_folder(path), threshold, resolved), out)


@app.command(epilog="Example: corpus scan quality path/to/folder --out quality.jsonl")
def quality(path: Target, out: Out = None) -> None:
    """Keep, drop or quarantine, with gates, kinds, uses and signals of every file."""
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.quality import scan_quality
    from corpus_assets.cli.scan.rows import write

    write(scan_quality(read_folder(path)), out)


@app.command(epilog="Example, before a merge: corpus scan secrets . --changed --exit-code")
def secrets(
    path: Target,
    out: Out = None,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only files that git calls changed or new.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 when there is a finding.")
    ] = False,
) -> None:
    """Every credential: place, kind, rule, confidence and a fingerprint, never the secret."""
    from corpus_assets.cli.scan.changed import changed_files
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.rows import write
    from corpus_assets.cli.scan.secrets import scan_secrets
    from corpus_assets.collect.items import CollectError

    try:
        only = changed_files(path) if changed else None
    except CollectError as error:
        raise typer.BadParameter(str(error)) from error
    n_found = write(scan_secrets(read_folder(path, only)), out)
    if exit_code and n_found:
        raise typer.Exit(1)


@app.command(epilog="Example: corpus scan units path/to/folder --matches --threshold 0.8")
def units(
    path: Target,
    out: Out = None,
    matches: Annotated[
        bool, typer.Option("--matches", help="Pairs of equal, renamed or similar units.")
    ] = False,
    threshold: Threshold = None,
) -> None:
    """Every function and class, or with --matches the pairs of them."""
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.rows import write
    from corpus_assets.cli.scan.units import scan_unit_matches, scan_units

    if threshold is not None and not matches:
        raise typer.BadParameter("--threshold belongs to --matches")
    folder = read_folder(path)
    write(scan_unit_matches(folder, threshold) if matches else scan_units(folder), out)


@app.command(epilog="Example: corpus scan contamination corpus/ --benchmarks tasks.jsonl")
def contamination(
    path: Target,
    benchmarks: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            exists=True,
            help="Benchmark items with a task id, and prompt, solution or tests: JSON Lines "
            "(.jsonl, .gz, .zst), a JSON array or Parquet, or a folder of such; may be repeated.",
        ),
    ],
    out: Out = None,
) -> None:
    """Every place that repeats an item of a benchmark: lines, task, kind and score."""
    from corpus_assets.cli.scan.contamination import read_benchmarks, scan_contamination
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.rows import write

    items = read_benchmarks(benchmarks)
    write(scan_contamination(read_folder(path), items), out)


@app.command(epilog="Example: corpus scan commits path/to/clone --out commits.jsonl --update")
def commits(
    path: Annotated[
        Path, typer.Argument(metavar="REPO", exists=True, help="A clone, bare or not, or a bundle.")
    ],
    out: Out = None,
    update: Annotated[
        bool, typer.Option("--update", help="Keep the rows of --out, add what is new.")
    ] = False,
    no_pairs: Annotated[
        bool, typer.Option("--no-pairs", help="Labels alone: no contents are read.")
    ] = False,
) -> None:
    """What every commit is for, with confidence and evidence, and the pairs it yields."""
    from corpus_assets.cli.scan.commits import known_commits, scan_commits
    from corpus_assets.cli.scan.rows import write
    from corpus_assets.collect.items import CollectError

    if update and out is None:
        raise typer.BadParameter("--update needs --out, the file of the earlier scan")
    known = known_commits(out) if update and out is not None else set()
    try:
        write(scan_commits(path, known, with_pairs=not no_pairs), out, append=bool(known))
    except CollectError as error:
        output.fail(str(error))


@app.command(epilog="Example: corpus scan weaknesses path/to/folder --profile wide")
def weaknesses(
    path: Target,
    out: Out = None,
    profile: Annotated[
        Profile, typer.Option(help="strict: what is likely; wide: also low confidence.")
    ] = Profile.STRICT,
) -> None:
    """Every likely weakness with line, CWE, tool, rule and confidence; files no tool could read."""
    from corpus_assets.cli.scan.folder import read_folder
    from corpus_assets.cli.scan.rows import write
    from corpus_assets.cli.scan.weaknesses import scan_weaknesses

    write(scan_weaknesses(read_folder(path), profile), out)


@app.command("license-timeline", epilog="Example: corpus scan license-timeline path/to/clone")
def license_timeline(
    path: Annotated[
        Path, typer.Argument(metavar="REPO", exists=True, help="A clone, bare or not, or a bundle.")
    ],
    out: Out = None,
) -> None:
    """Under which license each commit of a repository stands."""
    from corpus_assets.cli.scan.rows import write
    from corpus_assets.cli.scan.timeline import scan_timeline
    from corpus_assets.collect.items import CollectError

    try:
        write(scan_timeline(path), out)
    except CollectError as error:
        output.fail(str(error))
