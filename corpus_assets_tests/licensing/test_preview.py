"""What another policy would change, worked out from stored claims."""

from typing import Any

import polars as pl

from corpus_assets.licensing.preview import change_samples, change_sums, policy_changes
from corpus_assets.policy.licenses import LicensePolicy, load_license_policy
from corpus_assets_tests.licensing.rows import claim, claims, conclusion, conclusions
from corpus_assets_tests.policy.license_file import changed

POLICY = load_license_policy()
PATHS = {
    "mit.py": "MIT",
    "lgpl.py": "LGPL-2.1-or-later",
    "mpl.py": "MPL-2.0",
    "nc.py": "CC-BY-NC-4.0",
    "choice.py": "GPL-2.0-only OR Artistic-2.0",
}


def _tables(**known: Any) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    concluded = conclusions(*(conclusion(path, **known) for path in PATHS))
    stated = claims(*(claim(path, expression, **known) for path, expression in PATHS.items()))
    tokens = concluded.select("content_id", n_tokens=pl.lit(10, pl.Int64))
    return concluded, stated, tokens


def _changes(to: LicensePolicy) -> pl.DataFrame:
    return policy_changes(*_tables(), POLICY, to)


def test_the_same_policy_changes_nothing() -> None:
    found = _changes(POLICY)
    assert found.height == 0
    assert change_sums(found).height == 0
    assert change_samples(found, _tables()[1], 3).height == 0


def test_a_profile_changes_verdicts_and_where_it_says_so_states() -> None:
    found = _changes(POLICY.with_profile("permissive_and_weak"))
    rows = found.filter(pl.col("aspect") == "pretraining").select("path", "before", "after").rows()
    assert rows == [(path, "deny", "allow") for path in ("choice.py", "lgpl.py", "mpl.py")]
    assert set(found.get_column("aspect")) == {
        "pretraining", "continued_pretraining", "fine_tuning", "evaluation",
    }  # fmt: skip
    research = _changes(POLICY.with_profile("research"))
    states = research.filter(pl.col("aspect") == "license_state")
    assert states.select("path", "before", "after").rows() == [("nc.py", "denied", "granted")]


def test_a_changed_file_changes_classes() -> None:
    policy = changed(
        "overrides:\n", "overrides:\n  - {match: MPL-2.0, class: permissive, why: a test}\n"
    )
    found = _changes(policy)
    assert set(found.get_column("path")) == {"mpl.py"}
    row = found.filter(pl.col("aspect") == "license_class").row(0, named=True)
    assert (row["before"], row["after"], row["n_tokens"]) == ("weak_copyleft", "permissive", 10)
    verdict = found.filter(pl.col("aspect") == "evaluation").row(0, named=True)
    assert (verdict["before"], verdict["after"]) == ("deny", "allow")
    assert verdict["reason_before"] == "class weak_copyleft (deny)"
    assert verdict["reason_after"] == "permissive on evidence file"


def test_flags_that_claims_do_not_give_stay() -> None:
    concluded, stated, tokens = _tables(license_flags=["third_party_snippet", "weak_statement"])
    to = POLICY.with_profile("permissive_and_weak")
    found = policy_changes(concluded, stated, tokens, POLICY, to)
    row = found.filter(pl.col("aspect") == "pretraining", pl.col("path") == "mpl.py").row(
        0, named=True
    )
    assert (row["before"], row["after"]) == ("deny", "review")
    assert row["reason_after"] == "flag third_party_snippet (review)"


def test_sums_count_files_contents_and_tokens() -> None:
    one = _tables()
    two = _tables(content_id="id:lgpl.py", origin="pkg:b", source_category="educational",
                  language="go")  # fmt: skip
    both = [pl.concat([left, right]).unique() for left, right in zip(one, two, strict=True)]
    found = policy_changes(*both, POLICY, POLICY.with_profile("permissive_and_weak"))
    sums = change_sums(found).filter(pl.col("aspect") == "pretraining")
    assert sums.select("source_category", "language", "files", "contents", "tokens").rows() == [
        ("educational", "go", 3, 1, 10),
        ("open_source", "python", 3, 3, 30),
    ]


def test_samples_show_the_claims_of_both_sides() -> None:
    concluded, stated, tokens = _tables()
    to = POLICY.with_profile("permissive_and_weak")
    found = policy_changes(concluded, stated, tokens, POLICY, to)
    samples = change_samples(found, stated, 2).filter(pl.col("aspect") == "pretraining")
    assert samples.get_column("path").to_list() == ["choice.py", "lgpl.py"]
    row = samples.row(0, named=True)
    assert row["license_elected_before"] == row["license_elected_after"] == "Artistic-2.0"
    assert row["claims_before"] == row["claims_after"]
    assert row["claims_after"] == [
        "file:0 GPL-2.0-only OR Artistic-2.0 (mit_1.RULE, choice.py:1-3)"
    ]
