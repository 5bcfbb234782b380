"""The words of licensing: classes, states, evidence grades, flags, obligations and verdicts.

Belongs here: names that tables, policy and rules share, each with one sentence. Does not belong
here: what follows from any of them (`licenses.py`, `verdicts.py`).
"""

from __future__ import annotations

from typing import Literal

# From the least to the most restrictive (reference/licensing.md, 11.4); unknown is never elected.
CLASSES = (
    "owned",
    "public_domain",
    "permissive",
    "contract",
    "weak_copyleft",
    "strong_copyleft",
    "network_copyleft",
    "no_derivatives",
    "non_commercial",
    "source_available",
    "unknown",
)
NEUTRAL = "neutral"
NO_RIGHTS = "LicenseRef-all-rights-reserved"
"""The words of an owner who grants nothing; the policy lists it among its additions."""

LicenseClass = Literal[
    "owned", "public_domain", "permissive", "contract", "weak_copyleft", "strong_copyleft",
    "network_copyleft", "no_derivatives", "non_commercial", "source_available", "unknown",
]  # fmt: skip
State = Literal["granted", "denied", "unreadable"]

# Strongest first: how a conclusion is known.
GRADES = ("contract", "file_and_license_file", "file", "inherited", "inferred", "none")
Grade = Literal["contract", "file_and_license_file", "file", "inherited", "inferred", "none"]

FLAGS = {
    "file_stricter_than_tree": "the file states a stricter license than the tree around it",
    "tree_stricter_than_file": "the tree around the file states a stricter license than the file",
    "outer_folder_stricter": "a folder further up states a stricter license than the nearest",
    "unresolved_reference": "a statement points to a license text that was not found",
    "ambiguous_texts": "several license texts stand in one folder without a stated choice",
    "manifest_differs": "the package metadata declares another license than the license text",
    "vendored_without_license": "the file lies in a vendored tree that brings no license",
    "third_party_snippet": "a part of the file was copied from an address with its own terms",
    "weak_statement": "a match too weak to decide was seen besides",
    "elected_branch": "the license was a choice, and one branch was elected",
    "restrictive_parts": "the package bundles or needs parts under stricter licenses",
    "restrictive_units": "most of the file's functions stand in code under a stricter license",
    "rights_reserved": "the file reserves all rights or calls itself confidential",
}
Flag = Literal[
    "file_stricter_than_tree", "tree_stricter_than_file", "outer_folder_stricter",
    "unresolved_reference", "ambiguous_texts", "manifest_differs", "vendored_without_license",
    "third_party_snippet", "weak_statement", "elected_branch", "restrictive_parts",
    "restrictive_units", "rights_reserved",
]  # fmt: skip

OBLIGATIONS = {
    "attribution": "copyright notices and the license text go along",
    "notice_file": "the NOTICE file goes along",
    "share_alike": "adaptations carry the same license",
    "source_disclosure": "the source of what is distributed must be offered",
    "network_trigger": "use over a network counts as distribution",
    "non_commercial": "commercial use is not licensed",
    "no_derivatives": "adaptations are not licensed",
    "patent_retaliation": "a patent suit ends the license",
    "no_ai_training": "training of AI models, or of competing ones, is excluded",
    "field_of_use": "some fields or purposes of use are excluded",
    "use_restrictions": "a list of forbidden uses binds every user, as with RAIL licenses",
    "expiry": "the terms change on a day that the license names",
}
Obligation = Literal[
    "attribution", "notice_file", "share_alike", "source_disclosure", "network_trigger",
    "non_commercial", "no_derivatives", "patent_retaliation", "no_ai_training", "field_of_use",
    "use_restrictions", "expiry",
]  # fmt: skip

# From the mildest to the strictest.
VERDICTS = ("allow", "review", "deny")
Verdict = Literal["allow", "review", "deny"]
