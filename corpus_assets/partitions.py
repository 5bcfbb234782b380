"""Dagster's partitions: one static key per language, one per stage.

Static, because the lists are reviewed code and Dagster stops tracking input data versions at 100
upstream partitions. Heaviest language first, so that a backfill does not end on the longest run.
"""

import dagster as dg

from corpus_assets.languages import SLUGS, STAGES

language_partitions = dg.StaticPartitionsDefinition(list(SLUGS))
stage_partitions = dg.StaticPartitionsDefinition(list(STAGES))
