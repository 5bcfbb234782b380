"""Jobs a user launches by name: the four phases of a night."""

import dagster as dg

from corpus_assets.defs.build import collection_key, table_key
from corpus_assets.defs.registry import STEPS
from corpus_assets.languages import SOURCE_CATEGORIES
from corpus_assets.partitions import language_partitions, stage_partitions


def _of(column: str | None) -> dg.AssetSelection:
    tables = [step.table for step in STEPS if step.partition_column == column]
    return dg.AssetSelection.assets(*(table_key(table) for table in tables))


JOBS = [
    dg.define_asset_job(
        "collect_sources",
        dg.AssetSelection.assets(*(collection_key(name) for name in SOURCE_CATEGORIES)),
        description="Collect what is new in all five source categories.",
    ),
    dg.define_asset_job(
        "curate_language",
        _of("language"),
        partitions_def=language_partitions,
        description="Everything from documents to pairs, for one language.",
    ),
    dg.define_asset_job(
        "blend_stage",
        _of("stage"),
        partitions_def=stage_partitions,
        description="Plan and sample the mix of one stage.",
    ),
    dg.define_asset_job(
        "unpartitioned",
        _of(None),
        description="License texts, takedowns, measurement, release and audit.",
    ),
]
