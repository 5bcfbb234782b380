"""The `delivery` connector: the deliveries of a drop zone, each a revision of its own origin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from corpus_assets.collect.commercial import commercial_items
from corpus_assets.collect.drop_zone import delivery_folders, verified
from corpus_assets.collect.fingerprints import remembered_digests
from corpus_assets.collect.folder import folder_files
from corpus_assets.collect.freelance import freelance_items
from corpus_assets.collect.items import CollectError, Item, Rejected
from corpus_assets.collect.targets import Context, Reading, Target, settings_digest
from corpus_assets.policy.project import DeliverySource

_READ_LATER = "payload/tree/"  # by the reader of freelance deliveries


def targets(source: DeliverySource, context: Context) -> Iterator[Target]:
    """The deliveries of the source's category, ready or not, in order of their names.

    A delivery that changes (a file mended, `_READY` added) is read anew. Raises CollectError when
    there is none.
    """
    zone = context.project.path(source.path) / source.category
    folders = delivery_folders(zone)
    if not folders:
        raise CollectError(
            f"{zone}: holds no <source>/<delivery> folder; correct `path` of source {source.name}"
        )
    digest, save = remembered_digests(context.state / "fingerprints" / f"{source.name}.json")
    for folder in folders:
        whole = hashlib.sha256()
        for entry in folder_files(folder):
            fact = entry.reason if isinstance(entry, Rejected) else digest(entry.location)
            whole.update(json.dumps([entry.path, fact]).encode())
        yield _target(source, context, folder, whole.hexdigest())
    save()


def _target(source: DeliverySource, context: Context, folder: Path, files_digest: str) -> Target:
    def read(reading: Reading) -> Iterator[Item]:
        delivery = verified(folder, source.category)
        reading.date = delivery.manifest["prepared_at"]
        for entry in folder_files(folder):
            if isinstance(entry, Rejected) and not entry.path.startswith(_READ_LATER):
                yield entry
        items = commercial_items if source.category == "commercial" else freelance_items
        yield from items(delivery, reading, context.limits)

    origin = f"delivery:{source.category}/{folder.parent.name}/{folder.name}"
    settings = settings_digest(source, context.limits, files=files_digest)
    return Target(origin, folder.name, settings, read)
