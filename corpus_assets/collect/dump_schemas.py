"""The columns of published code datasets: data, and how to tell which schema a file has.

Sources: the dataset cards of The Stack v1, v2 and v3, StarCoderData, CodeParrot and GitHub Code.
The Stack v2 holds Software Heritage identifiers and no text; where a copy with text is at hand,
its column is called `content` or `text`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from corpus_assets.collect.items import CollectError


class DumpColumns(NamedTuple):
    """Names of columns; the first of several that is there counts.

    With `files` a row is a repository: that column holds a list of records, in which path and
    text are looked up, while origin and revision stand beside it. `repository_licenses` are
    columns with what the host says of the repository, `file_licenses` of the one file; beside
    `files`, both speak of the repository. `facts`: what else is said of the repository.
    """

    origin: tuple[str, ...]
    revision: tuple[str, ...]
    path: tuple[str, ...]
    text: tuple[str, ...]
    files: str | None = None
    repository_licenses: tuple[str, ...] = ()
    file_licenses: tuple[str, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()


# Licenses of the copies with most issues or forks are of other repositories than the origin.
_OF_REPOSITORY = ("gha_license_id", "license", "licenses", "repo_license", "repo_licenses")
_OF_FILE = ("license_type", "detected_licenses")

_FACTS = (
    ("stars", ("star_events_count", "stars_count", "stars", "stargazers_count")),
    ("forks", ("fork_events_count", "forks_count", "forks")),
    ("archived", ("is_archived", "archived")),
    ("fork", ("is_fork", "fork")),
    ("last_commit", ("revision_date", "committer_date", "pushed_at", "gha_updated_at")),
)
# The counts of issues and forks there are those of other copies.
_MOST_STARRED = (("stars", ("max_stars_count",)),)

SCHEMAS: dict[str, DumpColumns] = {
    "stack_v3": DumpColumns(
        ("repo_path", "repo_name"), ("commit_id",), ("file_path", "path"), ("content",), "files",
        _OF_REPOSITORY, _OF_FILE, _FACTS,
    ),
    "stack_v2": DumpColumns(
        ("repo_name",), ("revision_id", "snapshot_id"), ("path",), ("content", "text"), None,
        _OF_REPOSITORY, _OF_FILE, _FACTS,
    ),
    "stack_v1": DumpColumns(
        ("max_stars_repo_name",), ("max_stars_repo_head_hexsha",), ("max_stars_repo_path",),
        ("content",), None, ("max_stars_repo_licenses",), (), _MOST_STARRED,
    ),
    "starcoderdata": DumpColumns(
        ("max_stars_repo_name",), (), ("max_stars_repo_path",), ("content",), None,
        ("max_stars_repo_licenses", *_OF_REPOSITORY), (), _MOST_STARRED,
    ),
    "codeparrot": DumpColumns(
        ("repo_name",), (), ("path",), ("content", "code"), None, _OF_REPOSITORY, _OF_FILE,
        _FACTS,
    ),
}  # fmt: skip

# What gives a schema away; asked in this order.
_SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("stack_v3", frozenset({"files", "commit_id"})),
    ("stack_v2", frozenset({"blob_id"})),
    ("stack_v2", frozenset({"files", "snapshot_id"})),
    ("stack_v1", frozenset({"max_stars_repo_head_hexsha"})),
    ("starcoderdata", frozenset({"max_stars_repo_path"})),
    ("codeparrot", frozenset({"repo_name", "path"})),
)


def schema_of(columns: Collection[str], wanted: str, name: str) -> DumpColumns:
    """The columns to read from a file that has these.

    Raises CollectError when the schema is not recognized or its text is not there.
    """
    found = wanted
    if wanted == "auto":
        found = next((schema for schema, signs in _SIGNS if signs <= set(columns)), "")
        if not found:
            raise CollectError(
                f"{name}: no known schema has columns {', '.join(sorted(columns))}; name it in "
                f"`schema`: {', '.join(sorted(SCHEMAS))}"
            )
    schema = SCHEMAS[found]
    if schema.files is not None:
        if schema.files not in columns:
            raise CollectError(f"{name}: {found} needs column `{schema.files}`; correct `schema`")
        return schema
    for role in ("text", "path"):
        names = getattr(schema, role)
        if not any(column in columns for column in names):
            raise CollectError(_missing(name, found, role, names))
    return schema


def _missing(name: str, schema: str, role: str, names: tuple[str, ...]) -> str:
    message = f"{name}: {schema} without its {role} (column {' or '.join(names)})"
    if schema == "stack_v2" and role == "text":
        return (
            f"{message}: The Stack v2 is published as Software Heritage identifiers; fetch the "
            "contents by their blob_id first and add them as column `content`"
        )
    return f"{message}; correct `schema` or the file"
