"""The license policy: classes of identifiers, states, exceptions and obligations."""

import re
from pathlib import Path

import pytest

from corpus_assets.policy.license_catalog import canonical, catalog
from corpus_assets.policy.licenses import (
    CLASSES,
    NEUTRAL,
    load_license_policy,
)
from corpus_assets.policy.strict import ConfigError, digest
from corpus_assets.tables import TABLES
from corpus_assets_tests.policy.license_file import DEFAULT, changed

POLICY = load_license_policy()


@pytest.mark.parametrize(
    ("license_class", "identifiers"),
    [
        ("network_copyleft", "AGPL-1.0-or-later AGPL-3.0-only SSPL-1.0 OSL-3.0 RPL-1.5 CPAL-1.0"),
        ("network_copyleft", "EUPL-1.2 APSL-2.0 NPOSL-3.0 CAL-1.0 UCL-1.0 RPSL-1.0 Parity-7.0.0"),
        ("non_commercial", "CC-BY-NC-4.0 CC-BY-NC-ND-4.0 CC-BY-NC-3.0-IGO PPL NCGL-UK-2.0"),
        ("non_commercial", "PolyForm-Noncommercial-1.0.0 LicenseRef-scancode-prosperity-3.0"),
        ("no_derivatives", "CC-BY-ND-4.0 GFDL-1.3-invariants-only LicenseRef-scancode-ietf"),
        ("no_derivatives", "LicenseRef-scancode-w3c-docs-20021231 Adobe-Glyph"),
        ("source_available", "BUSL-1.1 Elastic-2.0 PolyForm-Small-Business-1.0.0 JSON MS-LPL"),
        ("source_available", "LicenseRef-scancode-commons-clause LicenseRef-all-rights-reserved"),
        ("source_available", "LicenseRef-scancode-llama-3.1-license-2024 UnRAR FSL-1.1-MIT"),
        ("source_available", "LicenseRef-scancode-gemma-tou-2025-03-24 Hippocratic-2.1"),
        ("source_available", "LicenseRef-scancode-proprietary-license C-UDA-1.0"),
        ("strong_copyleft", "GPL-1.0-or-later GPL-2.0-only CECILL-2.1 Sleepycat CERN-OHL-1.2"),
        ("strong_copyleft", "LAL-1.3 LicenseRef-scancode-free-art-1.3 ODbL-1.0"),
        ("strong_copyleft", "LicenseRef-scancode-other-copyleft CERN-OHL-S-2.0"),
        ("weak_copyleft", "LGPL-2.1-or-later MPL-2.0 EPL-2.0 CDDL-1.0 CC-BY-SA-4.0 CECILL-C"),
        ("weak_copyleft", "LPPL-1.3c Vim Artistic-2.0 Ruby OFL-1.1 OFL-1.1-RFN ErlPL-1.1"),
        ("weak_copyleft", "GFDL-1.3-only GFDL-1.2-no-invariants-or-later SISSL OPUBL-1.0"),
        ("permissive", "MIT BSD-3-Clause Apache-2.0 ISC Zlib CC-BY-4.0 HPND-export-US Qhull"),
        ("permissive", "BSD-4-Clause CECILL-B LiLiQ-P-1.1 any-OSI OpenMDW-1.0 Caldera"),
        ("permissive", "LicenseRef-scancode-owfa-1.0 LicenseRef-scancode-other-permissive"),
        ("public_domain", "CC0-1.0 Unlicense LicenseRef-scancode-public-domain WTFPL"),
        (NEUTRAL, "LicenseRef-scancode-generic-cla LicenseRef-scancode-dco-1.1"),
        (NEUTRAL, "LicenseRef-scancode-warranty-disclaimer LicenseRef-scancode-xiph-patent"),
        (NEUTRAL, "LicenseRef-scancode-unknown-license-reference"),
        ("unknown", "LicenseRef-scancode-unknown LicenseRef-scancode-free-unknown FooBar-1.0"),
        ("unknown", "LicenseRef-scancode-no-license LicenseRef-acme NOASSERTION"),
    ],
)
def test_identifiers_have_the_class_that_they_earn(license_class: str, identifiers: str) -> None:
    for identifier in identifiers.split():
        assert POLICY.class_of(identifier) == license_class, identifier


def test_every_identifier_of_the_catalog_has_a_class() -> None:
    found = {name: POLICY.decide(name) for name in catalog()}
    assert {decision.license_class for decision in found.values()} <= {*CLASSES, NEUTRAL}
    assert all(decision.why for decision in found.values())
    unknown = {name for name, decision in found.items() if decision.license_class == "unknown"}
    assert all(catalog()[name].category == "Unstated License" for name in unknown)


def test_a_decision_says_who_made_it() -> None:
    assert POLICY.decide("MIT").decided_by == "category Permissive"
    assert POLICY.decide("EUPL-1.2").decided_by == "override EUPL-*"
    assert POLICY.decide("OSSP").decided_by == "addition OSSP"
    assert POLICY.decide("FooBar-1.0").decided_by == "no list"
    assert POLICY.class_of("Apache-2.0+") == "permissive"


@pytest.mark.parametrize(
    ("license_class", "exception", "wanted"),
    [
        ("strong_copyleft", "Classpath-exception-2.0", "weak_copyleft"),
        ("strong_copyleft", "Bison-exception-2.2", "weak_copyleft"),
        ("strong_copyleft", "openvpn-openssl-exception", "strong_copyleft"),
        ("strong_copyleft", "LicenseRef-scancode-generic-exception", "strong_copyleft"),
        ("network_copyleft", "Classpath-exception-2.0", "network_copyleft"),
        ("weak_copyleft", "OCaml-LGPL-linking-exception", "weak_copyleft"),
        ("permissive", "LLVM-exception", "permissive"),
        ("permissive", "LicenseRef-scancode-commons-clause", "source_available"),
        ("permissive", "LicenseRef-scancode-gigablast-apache-2.0-exception", "source_available"),
        ("strong_copyleft", "LicenseRef-scancode-npsl-exception-0.95", "source_available"),
        ("permissive", "GPL-3.0-only", "strong_copyleft"),
        ("permissive", "LicenseRef-scancode-generic-cla", "permissive"),
        ("permissive", "Acme-exception", "unknown"),
    ],
)
def test_exceptions_lower_restrict_or_leave(
    license_class: str, exception: str, wanted: str
) -> None:
    assert POLICY.class_with(license_class, exception).license_class == wanted


def test_lists_go_before_classes() -> None:
    policy = changed("allow: []", "allow: [Aladdin]")
    assert policy.state_of("Aladdin", policy.class_of("Aladdin")) == "granted"
    assert policy.state_of("SSPL-1.0", "network_copyleft") == "denied"
    assert policy.state_of("AGPL-3.0-only", "network_copyleft") == "granted"


def test_a_profile_is_part_of_the_policy_and_of_its_digest(tmp_path: Path) -> None:
    research = load_license_policy(profile="research")
    assert POLICY.profile == "permissive_only"
    assert research.profile == "research"
    assert digest(research) != digest(POLICY)
    assert digest(load_license_policy(profile="permissive_only")) == digest(POLICY)
    assert POLICY.state_of("CC-BY-NC-4.0", "non_commercial") == "denied"
    assert research.state_of("CC-BY-NC-4.0", "non_commercial") == "granted"
    with pytest.raises(ConfigError, match=r"no profile 'lax'; there are permissive_only, "):
        load_license_policy(profile="lax")
    path = tmp_path / "my.yaml"
    path.write_text(DEFAULT.replace("profile: permissive_only", "profile: research"))
    assert load_license_policy(path).profile == "research"


def test_the_digest_covers_the_list_of_identifiers() -> None:
    assert POLICY.catalog_sha256 in POLICY.model_dump_json()


def test_the_catalog_knows_current_and_former_names() -> None:
    assert catalog()["MIT"].category == "Permissive"
    assert catalog()["Classpath-exception-2.0"].is_exception
    assert canonical("gpl-2.0+") == "GPL-2.0-or-later"
    assert canonical("Own-1.0") == "Own-1.0"
    # Only the detector knows these, not the list.
    assert catalog()["LicenseRef-scancode-lppl-1.3b"].category == "Copyleft"
    assert catalog()["LicenseRef-scancode-drakvuf-exception-2.0"].is_exception


def test_the_tables_tell_all_classes() -> None:
    column = next(c for c in TABLES["license_conclusions"].columns if c.name == "license_class")
    assert set(re.findall(r"[a-z]+(?:_[a-z]+)*", column.description)) >= {*CLASSES}
