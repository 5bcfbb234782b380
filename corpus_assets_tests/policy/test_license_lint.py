"""Mistakes in a license policy are said before anything runs, with key and remedy."""

import pytest

from corpus_assets.policy.strict import ConfigError
from corpus_assets_tests.policy.license_file import changed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"OSL-*", NPOSL-3.0', '"OSI-*", NPOSL-3.0', r"overrides.\d+: 'OSI-\*' is unreachable"),
        ("match: [SSPL-1.0]", "match: [AGPL-3.0-only]", "'AGPL-3.0-only' is unreachable"),
        ("- {match: CC-SA-1.0,", "- {match: CC-SA-9.0,", "'CC-SA-9.0' is unreachable"),
        ("  - BUSL-1.1", "  - BUSSL-1.1", "deny: 'BUSSL-1.1' matches no known identifier; mend"),
        ("  - BUSL-1.1", "  - GPL-2.0", "deny: 'GPL-2.0' matches .* write GPL-2.0-only"),
        ("allow: []", "allow: [Not-A-License]", "allow: 'Not-A-License'"),
        ("allow: []", "allow: [JSON]", "allow: JSON is in deny, too"),
        ("GNAT-exception,", "MIT,", r"lowering_exceptions.\d+: 'MIT' matches no known exception"),
        ("GNAT-exception,", "LicenseRef-scancode-commons-clause,", "in lowering_exceptions, too"),
        ("  non_commercial: {state: denied,", "  # {", "class non_commercial has no entry"),
        ("  non_commercial: {state: denied,", "  non_commercial: {state: maybe,", "non_commercial"),
        ("unknown: {state: unreadable}", "unknown: {state: granted}", "is never granted"),
        ("  Permissive: permissive", "  Permisive: permissive", "no class for 'Permissive'"),
        ("  Permissive: permissive", "  Permisive: permissive", "'Permisive' is no category"),
        ("class: no_derivatives\n", "class: strict\n", r"overrides.\d+.class"),
        ('as_of: "2026-11-22"', 'as_of: "22.11.2026"', "write YYYY-MM-DD"),
        ('as_of: "2026-11-22"', 'as_of: "20261122"', "write YYYY-MM-DD"),
        ("min_score: 80", "min_score: 800", "thresholds.min_score"),
        ("owner:", "onwer:", "onwer"),
        ("allow: []", "allow: []\nallow: [MIT]", "key 'allow' is given twice"),
        ("schema: corpus-license-policy/1", "schema: corpus-license-policy/9", "schema"),
        ("[LicenseRef-all-rights-reserved]", "['all rights']", "is no SPDX identifier"),
        ("[LicenseRef-all-rights-reserved]", "[MIT]", "'MIT' is unreachable: the catalog has it"),
        ("[LicenseRef-all-rights-reserved]", "[mit]", "it is read as MIT"),
        ("[LicenseRef-all-rights-reserved]", "[OSSP]", "'OSSP' stands there twice"),
        ("add: [expiry]", "add: [expiring]", r"obligations.\d+.add"),
        ("add: [expiry]", "drop: [attribution]", "deny: .*|expiry is unreachable"),
        ("add: [expiry]", "add: []", "neither adds nor drops"),
        (
            "add: [share_alike]\n    drop: [source_disclosure]",
            "add: [share_alike]\n    drop: [share_alike]",
            "share_alike is in add and in drop",
        ),
        ("profile: permissive_only", "profile: lenient", "no profile 'lenient' in profiles"),
    ],
)
def test_mistakes_are_errors_that_name_the_key(old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        changed(old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "  allow: [owned, public_domain, permissive, contract]",
            "  allow: [owned, public_domain, permissive]",
            "stages.0.no rule for class contract; add it",
        ),
        (
            "  allow: [owned, public_domain, permissive, contract]",
            "  allow: [owned, public_domain, permissive, contract, weak_copyleft]",
            "stages.0.class weak_copyleft is in allow and in deny; keep one",
        ),
        (
            "[weak_copyleft, strong_copyleft, network_copyleft, no_derivatives, non_commercial,\n"
            "           source_available, unknown]",
            "[weak_copyleft, strong_copyleft, no_derivatives, non_commercial,\n"
            "           source_available, unknown]\n        review: [network_copyleft]",
            "network_copyleft is more restrictive than strong_copyleft but the rule .* is milder",
        ),
        ("for: [fine_tuning, evaluation]", "for: [fine_tuning]", "evaluation has no rules"),
        (
            "for: [fine_tuning, evaluation]",
            "for: [pretraining, fine_tuning, evaluation]",
            "pretraining has rules twice",
        ),
        ("for: [fine_tuning, evaluation]", "for: [tuning]", "stages"),
        ("at_least: inherited, below: review", "at_least: none, below: review", "unreachable"),
        ("at_least: inherited, below: review", "at_least: C, below: review", "at_least"),
        ("review: [expiry]", "review: [expiry, share_alike]", "in review and in deny"),
        ("[rights_reserved,", "[rights_reserved, manifest_differs,", "in review and in deny"),
        ("[rights_reserved,", "[rights_kept,", "flags"),
        (
            "commercial: {evidence: {at_least: contract, below: deny}}",
            "commercial: {deny: [weak_copyleft]}",
            "sources.commercial: deny: weak_copyleft has no effect, the stage says deny",
        ),
        (
            "commercial: {evidence: {at_least: contract, below: deny}}",
            "commercial: {evidence: {at_least: inferred, below: review}}",
            "sources.commercial: evidence has no effect",
        ),
        ("commercial: {evidence", "vendors: {evidence", "vendors"),
        (
            "states: {non_commercial: granted, no_derivatives: granted}",
            "states: {non_commercial: granted}",
            "allow: no_derivatives has no effect, its state is denied",
        ),
        (
            "states: {non_commercial: granted, no_derivatives: granted}",
            "states: {non_commercial: granted, no_derivatives: granted, permissive: granted}",
            "states.permissive: granted it is anyway",
        ),
        (
            "states: {non_commercial: granted, no_derivatives: granted}",
            "states: {non_commercial: granted, no_derivatives: granted, unknown: granted}",
            "states.unknown: what nobody can read",
        ),
        (
            "no_derivatives, non_commercial]\n        deny: [source_available, unknown]",
            "no_derivatives, non_commercial, source_available, unknown]",
            "unknown cannot be allowed",
        ),
    ],
)  # fmt: skip
def test_profiles_are_checked_too(old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        changed(old, new)
