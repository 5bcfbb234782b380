"""The `archive` connector: one archive file; its revision is the file's SHA-256."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_assets.collect.archives import archive_items, is_archive
from corpus_assets.collect.fingerprints import remembered_digests
from corpus_assets.collect.items import CollectError, Item
from corpus_assets.collect.targets import Context, Reading, Target, settings_digest
from corpus_assets.policy.project import ArchiveSource

DIGEST_CHARS = 16


def targets(source: ArchiveSource, context: Context) -> Iterator[Target]:
    """The archive as one revision. Raises CollectError when it is missing or of unknown kind."""
    path = context.project.path(source.path)
    if not path.is_file():
        raise CollectError(f"{path}: no such file; correct `path` of source {source.name}")
    if not is_archive(path.name):
        raise CollectError(f"{path}: not a known kind of archive; tar in any compression, or zip")
    digest, save = remembered_digests(context.state / "fingerprints" / f"{source.name}.json")
    revision = digest(path)[:DIGEST_CHARS]
    save()

    def read(reading: Reading) -> Iterator[Item]:
        with path.open("rb") as stream:
            yield from archive_items(stream, path.name, context.limits, reading.note_date)

    settings = settings_digest(source, context.limits)
    yield Target(f"archive:{source.name}/{path.name}", revision, settings, read)
