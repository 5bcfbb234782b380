"""`corpus scan license-timeline`: under which license each commit of a repository stands.

Belongs here: states of the top level and the rows that are printed. Does not belong here: reading
history (`collect.history`) and the rules (`licensing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from corpus_assets.collect.history.blobs import content_id, read_blobs
from corpus_assets.collect.history.commits import read_commits
from corpus_assets.collect.history.repository import Repository, commit_ids, open_repository
from corpus_assets.collect.history.roots import Root, read_roots
from corpus_assets.tables import empty

_BATCH = 20_000
_PROBE = "a-file-without-a-statement-of-its-own"
_EMPTY = "swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
_SAID = ("license_concluded", "license_class", "license_state", "license_evidence", "reason")


def scan_timeline(path: Path) -> Iterator[dict[str, Any]]:
    """One row per commit, parents before children.

    `license_concluded`, `license_class`, `license_state`, `grade` and `reason` are those of a file
    at the top of the commit's tree that says nothing itself, by the rules of the license assets:
    license files, manifests and LICENSES/ of the top level speak, a README where there is no
    license file. `evidence` lists these files, `changed` tells whether the conclusion differs from
    that of the first parent (null at the boundary of a shallow clone). Where the tree is missing
    the state is `unreadable`.
    """
    with open_repository(path) as repository:
        ids = commit_ids(repository)
        states: dict[str, int] = {}
        roots: list[Root] = []
        state_of: dict[str, int | None] = {}
        parents: dict[str, str | None] = {}
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            commits = read_commits(repository, batch, {})
            parents.update(commits.select("commit", pl.col("parents").list.first()).iter_rows())
            for commit, root in zip(batch, read_roots(repository, batch, _speaks), strict=True):
                if root is None:
                    state_of[commit] = None
                    continue
                root = _without_readme(root)
                key = repr(root.files)
                if key not in states:
                    states[key] = len(roots)
                    roots.append(root)
                state_of[commit] = states[key]
        said = _conclusions(repository, roots)
    for commit in ids:
        number = state_of[commit]
        own = said[number] if number is not None else _unreadable()
        before = parents[commit]
        known = before is None or before in state_of
        earlier = None if before is None else state_of.get(before)
        yield {
            "commit": commit,
            **own,
            "evidence": [] if number is None else [name for name, _ in roots[number].files],
            "changed": None
            if not known or number is None
            else earlier is None or _differs(own, said[earlier]),
        }


def _differs(own: dict[str, Any], other: dict[str, Any]) -> bool:
    names = ("license_concluded", "license_class", "license_state")
    return any(own[name] != other[name] for name in names)


def _unreadable() -> dict[str, Any]:
    return {
        "license_concluded": None, "license_class": "unknown", "license_state": "unreadable",
        "grade": None, "reason": "the commit's tree is not in this clone",
    }  # fmt: skip


@cache
def _role(name: str) -> str | None:
    from corpus_assets.licensing.evidence_files import evidence_role

    found = pl.DataFrame({"path": [name]}).select(evidence_role(pl.col("path"))).item()
    return None if found is None else str(found)


def _speaks(name: str) -> bool:
    return _role(name) is not None


def _without_readme(root: Root) -> Root:
    """The files that speak; a README is edited often and only stands in for a license file."""
    roles = {_role(path) for path, _ in root.files}
    if "license_file" not in roles:
        return root
    return Root(tuple(file for file in root.files if _role(file[0]) != "readme"))


def _conclusions(repository: Repository, roots: list[Root]) -> list[dict[str, Any]]:
    """What each state of the top level says of a file that is silent itself."""
    from corpus_assets.licensing.claims import license_claims
    from corpus_assets.licensing.conclusions import license_conclusions
    from corpus_assets.licensing.scan_pool import scan_texts
    from corpus_assets.licensing.texts import license_texts
    from corpus_assets.policy.licenses import load_license_policy

    rows = [
        (str(number), path, blob) for number, root in enumerate(roots) for path, blob in root.files
    ]
    names = dict.fromkeys(("revision", "path", "blob"), pl.String)
    files = pl.DataFrame(rows, schema=names, orient="row")
    blobs = read_blobs(repository, files["blob"])
    ids = [content_id(blob, data) for blob, data in blobs.select("blob", "data").iter_rows()]
    blobs = blobs.with_columns(content_id=pl.Series(ids, dtype=pl.String))
    files = files.join(blobs.select("blob", "content_id", "data"), on="blob")
    roles = {path: _role(path) for path in files["path"].unique()}
    files = files.with_columns(
        role=pl.col("path").replace_strict(roles, default=None, return_dtype=pl.String)
    )
    texts = license_texts(
        files.drop_nulls("role").select("content_id", "path", "role", "data"), scan_texts
    )
    places = files.select("revision", "path", "content_id")
    numbers = pl.Series("revision", [str(number) for number in range(len(roots))], dtype=pl.String)
    probes = numbers.to_frame().select("revision", path=pl.lit(_PROBE), content_id=pl.lit(_EMPTY))
    occurrences, spoken = (
        frame.with_columns(
            source_category=pl.lit("in_house"), source=pl.lit("scan"), origin=pl.lit("git:scan"),
            language=pl.lit("other"),
        )
        for frame in (probes, places)
    )  # fmt: skip
    claims = license_claims(
        occurrences=occurrences,
        statements=empty("license_evidence"),
        texts=texts,
        text_occurrences=spoken.join(texts, on="content_id", how="semi"),
        agreements=empty("agreements"),
        forge_licenses=empty("forge_licenses"),
    )
    concluded = license_conclusions(occurrences, claims, load_license_policy())
    by_state = {row["revision"]: row for row in concluded.iter_rows(named=True)}
    found = ({name: by_state[str(number)][name] for name in _SAID} for number in range(len(roots)))
    return [
        {("grade" if name == "license_evidence" else name): value for name, value in row.items()}
        for row in found
    ]
