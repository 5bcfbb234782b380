"""The `directory` connector: a folder; its revision is a digest of its paths and contents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from corpus_assets.collect.archives import file_items
from corpus_assets.collect.connectors.archive import DIGEST_CHARS
from corpus_assets.collect.exclusion import excluder
from corpus_assets.collect.fingerprints import remembered_digests
from corpus_assets.collect.folder import folder_files
from corpus_assets.collect.items import Item, Rejected
from corpus_assets.collect.targets import Context, Reading, Target, settings_digest
from corpus_assets.policy.project import DirectorySource


def targets(source: DirectorySource, context: Context) -> Iterator[Target]:
    """The folder as one revision. Raises CollectError when it is missing."""
    digest, save = remembered_digests(context.state / "fingerprints" / f"{source.name}.json")
    excluded = excluder(source.exclude)
    found = list(folder_files(context.project.path(source.path), excluded))
    whole = hashlib.sha256()
    for entry in found:
        fact = entry.reason if isinstance(entry, Rejected) else digest(entry.location)
        whole.update(json.dumps([entry.path, fact]).encode())
    save()

    def read(_reading: Reading) -> Iterator[Item]:
        for entry in found:
            if isinstance(entry, Rejected):
                yield entry
            else:
                with entry.location.open("rb") as stream:
                    items = file_items(entry.path, stream, entry.size, context.limits)
                    yield from (item for item in items if not excluded(item.path))

    settings = settings_digest(source, context.limits, exclude=source.exclude)
    yield Target(f"dir:{source.name}", whole.hexdigest()[:DIGEST_CHARS], settings, read)
