"""The license policy: what is wrong is said before anything runs."""

from pathlib import Path

import pytest

from corpus_assets.policy import licenses
from corpus_assets.policy.licenses import canonical, catalog, load_license_policy
from corpus_assets.policy.strict import ConfigError, digest

DEFAULT = Path(licenses.__file__).with_name("licenses.yaml").read_text(encoding="utf-8")


def _load(folder: Path, text: str) -> None:
    path = folder / "licenses.yaml"
    path.write_text(text, encoding="utf-8")
    load_license_policy(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('match: "OSL-*"', 'match: "OSI-*"', "'OSI-\\*' is unreachable"),
        ('match: "CC-BY-NC-*"', 'match: "AGPL-3.0-only"', "'AGPL-3.0-only' is unreachable"),
        ("  - BUSL-1.1", "  - BUSSL-1.1", "deny: 'BUSSL-1.1' matches no known"),
        ("allow: []", "allow: [Not-A-License]", "allow: 'Not-A-License'"),
        ("  - GNAT-exception", "  - MIT", "lowering_exceptions: 'MIT'"),
        ("  non_commercial: denied", "", "no rule for class non_commercial"),
        ("  non_commercial: denied", "  non_commercial: maybe", "states.non_commercial"),
        ("  Permissive: permissive", "  Permisive: permissive", "no class for 'Permissive'"),
        ("class: no_derivatives", "class: strict", "overrides"),
        ('as_of: "2026-11-22"', 'as_of: "22.11.2026"', "write YYYY-MM-DD"),
        ("min_score: 80", "min_score: 800", "thresholds.min_score"),
        ("owner:", "onwer:", "onwer"),
        (
            "[LicenseRef-all-rights-reserved]",
            "[all-rights-reserved]",
            "must begin with LicenseRef-",
        ),
    ],
)
def test_mistakes_are_errors_that_name_the_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in DEFAULT
    with pytest.raises(ConfigError, match=message):
        _load(tmp_path, DEFAULT.replace(old, new))


def test_lists_go_before_classes(tmp_path: Path) -> None:
    path = tmp_path / "licenses.yaml"
    path.write_text(DEFAULT.replace("allow: []", "allow: [Aladdin, JSON]"), encoding="utf-8")
    policy = load_license_policy(path)
    assert policy.state_of("Aladdin", policy.class_of("Aladdin")) == "granted"
    assert policy.state_of("JSON", policy.class_of("JSON")) == "denied"
    assert digest(policy) != digest(load_license_policy())


def test_the_catalog_knows_current_and_former_names() -> None:
    assert catalog()["MIT"].category == "Permissive"
    assert catalog()["Classpath-exception-2.0"].is_exception
    assert canonical("gpl-2.0+") == "GPL-2.0-or-later"
    assert canonical("Own-1.0") == "Own-1.0"
