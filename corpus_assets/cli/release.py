"""`corpus verify` and `corpus query`: the published release."""

from __future__ import annotations

from pathlib import Path

from corpus_assets.cli import output
from corpus_assets.workspace import open_workspace


def verify(version: str | None, *, json: bool) -> None:
    """Check a release offline; exit code 1 if anything is wrong."""
    from corpus_assets.serve.verify import verify as problems_of

    workspace = open_workspace()
    mix = workspace.mix.name
    problems = problems_of(workspace.published, mix, version)
    if json:
        output.as_json({"mix": mix, "version": version or "current", "problems": problems})
    elif not problems:
        output.out.print(f"{mix} {version or '(current)'}: every file is as it was published")
    if problems:
        output.fail("\n".join(problems))


def query(sql: str, *, json: bool) -> None:
    """Run one SELECT over the release and the lake.

    `@FILE` reads the statement from a file; a single word is the name of a question of `sql/`.
    """
    from corpus_assets.serve.query import QueryError
    from corpus_assets.serve.query import query as run
    from corpus_assets.serve.questions import question
    from corpus_assets.serve.release import ReleaseError

    if sql.isidentifier():
        try:
            sql = question(sql).sql
        except ReleaseError as error:
            output.fail(str(error), code=2)
    elif sql.startswith("@"):
        path = Path(sql[1:])
        if not path.is_file():
            output.fail(f"{path}: no such file", code=2)
        sql = path.read_text(encoding="utf-8")
    workspace = open_workspace()
    try:
        result = run(workspace.lake, workspace.published, sql)
    except (QueryError, ReleaseError) as error:
        output.fail(str(error))
    if json:
        output.as_json([dict(zip(result.columns, row, strict=True)) for row in result.rows])
    else:
        output.table(f"{len(result.rows):,} rows", result.columns, result.rows)
