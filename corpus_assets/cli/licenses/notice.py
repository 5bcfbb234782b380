"""`corpus licenses notice`: the attribution notice of a published release."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from corpus_assets.cli import output
from corpus_assets.workspace import open_workspace


def notice(release: str | None, out: Path | None, *, json: bool) -> None:
    """Print the notice of a release, the current one by default, or write it to a file.

    As JSON it is the table of credited works, with the release it belongs to.
    """
    from corpus_assets.serve.credits import NOTICE, read_table
    from corpus_assets.serve.release import ReleaseError, at, current

    workspace = open_workspace()
    mix = workspace.mix.name
    try:
        found = (
            at(workspace.published, mix, release) if release else current(workspace.published, mix)
        )
    except ReleaseError as error:
        output.fail(str(error))
    if not (found.folder / NOTICE).is_file():
        output.fail(f"{found.folder}: published before releases had a {NOTICE}; publish it again")
    if json:
        works = read_table(found.folder, "credited_works").to_dicts()
        document = {"mix": mix, "version": found.version, "works": works}
        if out is None:
            output.as_json(document)
        else:
            out.write_text(output.json_text(document), encoding="utf-8")
    elif out is None:
        with (found.folder / NOTICE).open(encoding="utf-8", newline="\n") as lines:
            shutil.copyfileobj(lines, sys.stdout)
    else:
        shutil.copyfile(found.folder / NOTICE, out)
    if out is not None:
        output.err.print(f"{mix} {found.version}: {out}", markup=False)
