"""Every step, in dependency order. A step added here is an asset, a phase and a plan entry."""

from corpus_assets.defs.audit.audit import LICENSE_REVIEW_QUEUE, RELEASE_AUDIT, TAKEDOWNS
from corpus_assets.defs.blends.blends import MIX_PLAN, TRAINING_MIX
from corpus_assets.defs.blends.measurement import (
    COPIED_WORK,
    COST_LEDGER,
    SOURCE_OVERLAP,
    SOURCE_SCORECARD,
)
from corpus_assets.defs.blends.repositories import REPOSITORIES
from corpus_assets.defs.curation.attribution import COPYRIGHTS
from corpus_assets.defs.curation.chains import LICENSE_CHAINS
from corpus_assets.defs.curation.curation import (
    CURATED_DOCUMENTS,
    DUPLICATE_RESOLUTION,
    LEDGER,
    PAIRS,
    UNIT_OVERLAP,
)
from corpus_assets.defs.curation.deduplication import (
    CONTAINED_DOCUMENTS,
    DOCUMENT_SIGNATURES,
    EXACT_DUPLICATES,
    NEAR_DUPLICATES,
    NEAR_UNITS,
    UNIT_DUPLICATES,
    UNITS,
)
from corpus_assets.defs.curation.dependencies import PACKAGE_DEPENDENCIES
from corpus_assets.defs.curation.gates_preview import GATES_PREVIEW
from corpus_assets.defs.curation.learned import LEARNED_SCORES, QUALITY_MODELS
from corpus_assets.defs.curation.licensing import (
    LICENSE_CLAIMS,
    LICENSE_CONCLUSIONS,
    LICENSE_EVIDENCE,
    LICENSE_TEXTS,
)
from corpus_assets.defs.curation.quality import BOILERPLATE, QUALITY_SCORES, QUALITY_SIGNALS, USES
from corpus_assets.defs.curation.security import CONTAMINATION, SECRETS, WEAKNESSES
from corpus_assets.defs.serving.release import RELEASE
from corpus_assets.defs.sources.documents import DOCUMENTS
from corpus_assets.defs.step import Step

STEPS: tuple[Step, ...] = (
    LICENSE_TEXTS,
    PACKAGE_DEPENDENCIES,
    TAKEDOWNS,
    DOCUMENTS,
    LICENSE_EVIDENCE,
    LICENSE_CLAIMS,
    LICENSE_CONCLUSIONS,
    COPYRIGHTS,
    EXACT_DUPLICATES,
    DOCUMENT_SIGNATURES,
    NEAR_DUPLICATES,
    CONTAINED_DOCUMENTS,
    UNITS,
    NEAR_UNITS,
    UNIT_DUPLICATES,
    QUALITY_SIGNALS,
    USES,
    BOILERPLATE,
    QUALITY_SCORES,
    REPOSITORIES,
    QUALITY_MODELS,
    LEARNED_SCORES,
    SECRETS,
    WEAKNESSES,
    CONTAMINATION,
    DUPLICATE_RESOLUTION,
    UNIT_OVERLAP,
    LEDGER,
    CURATED_DOCUMENTS,
    PAIRS,
    GATES_PREVIEW,
    LICENSE_CHAINS,
    COST_LEDGER,
    SOURCE_SCORECARD,
    SOURCE_OVERLAP,
    COPIED_WORK,
    MIX_PLAN,
    TRAINING_MIX,
    RELEASE,
    LICENSE_REVIEW_QUEUE,
    RELEASE_AUDIT,
)
