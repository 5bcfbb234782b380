"""`corpus licenses`: explanations, previews and differences, on a small lake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from corpus_assets.lake_versions import Provenance
from corpus_assets_tests.conftest import Project, project_at
from corpus_assets_tests.licensing.rows import claim, claims, conclusion, conclusions
from corpus_assets_tests.policy.license_file import DEFAULT

GPL = {"license_concluded": "GPL-2.0-only", "license_class": "strong_copyleft"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_at(tmp_path)


def _write(project: Project, table: str, rows: pl.DataFrame, language: str = "python") -> None:
    rows = rows.with_columns(language=pl.lit(language))
    made_by = Provenance(table, "run", "1", "p")
    project.workspace.lake.replace(table, rows, made_by, language)


def _json(project: Project, *arguments: str) -> Any:
    return json.loads(project.corpus("licenses", *arguments, "--json").stdout)


def test_an_expression_is_explained(project: Project) -> None:
    told = _json(project, "policy", "explain", "gpl-2.0+ OR (MIT AND Fobar-1.0) OR Apache-2.0")
    assert told["expression"] == "GPL-2.0-or-later OR (MIT AND Fobar-1.0) OR Apache-2.0"
    assert (told["license_class"], told["license_state"]) == ("permissive", "granted")
    assert told["elected"] == "Apache-2.0"
    assert told["obligations"] == ["attribution", "notice_file", "patent_retaliation"]
    taken = {row["license"]: row["is_taken"] for row in told["licenses"]}
    assert taken == {
        "GPL-2.0-or-later": False, "MIT": False, "Fobar-1.0": False, "Apache-2.0": True,
    }  # fmt: skip
    assert told["licenses"][0]["decided_by"] == "category Copyleft"
    assert {row["stage"]: row["verdict"] for row in told["verdicts"]} == {
        "pretraining": "allow",
        "continued_pretraining": "allow",
        "fine_tuning": "allow",
        "evaluation": "allow",
    }
    assert told["policy"]["profile"] == "permissive_only"


def test_profile_stage_evidence_and_file_can_be_chosen(project: Project, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        DEFAULT.replace("allow: []", "allow: [JSON]").replace("  - JSON\n", ""), encoding="utf-8"
    )
    json_license = _json(project, "policy", "explain", "JSON", "--policy", str(mine))
    assert json_license["license_state"] == "granted"
    assert json_license["licenses"][0]["decided_by"] == "override JSON; allow list"
    assert json_license["verdicts"][0]["verdict"] == "deny"
    command = ("policy", "explain", "CC-BY-NC-4.0", "--stage", "evaluation")
    for options, verdict in (
        ((), "deny"),
        (("--profile", "research"), "allow"),
        (("--profile", "research", "--evidence", "none"), "review"),
        (("--profile", "research", "--category", "freelance"), "deny"),
    ):
        told = _json(project, *command, *options)
        assert [row["verdict"] for row in told["verdicts"]] == [verdict], options


def test_the_project_chooses_its_profile_and_policy(project: Project) -> None:
    file = project.folder / "project.yaml"
    text = file.read_text(encoding="utf-8")
    command = ("policy", "explain", "CC-BY-NC-4.0")
    file.write_text(text + "policy: {license_profile: research}\n", encoding="utf-8")
    assert _json(project, *command)["policy"]["profile"] == "research"
    assert project.workspace.licenses.profile == "research"
    mine = DEFAULT.replace("about: For research", "about: My own research")
    (project.folder / "mine.yaml").write_text(mine, encoding="utf-8")
    both = "policy: {licenses: mine.yaml, license_profile: research}\n"
    file.write_text(text + both, encoding="utf-8")
    assert _json(project, *command)["policy"]["about"].startswith("My own research")
    file.write_text(text + "policy: {license_profile: lax}\n", encoding="utf-8")
    done = project.corpus("licenses", *command, check=False)
    assert done.returncode == 2
    assert "no profile 'lax'; there are permissive_only, permissive_and_weak" in done.stderr


def test_the_explanation_reads_well(project: Project) -> None:
    text = project.corpus(
        "licenses", "policy", "explain", "GPL-2.0-only WITH Classpath-exception-2.0 AND MITT"
    ).stdout
    for words in ("unknown, unreadable", "linking is free", "did you mean", "deny", "profile"):
        assert words in text
    neutral = project.corpus("licenses", "policy", "explain", "LicenseRef-scancode-dco-1.1").stdout
    assert "says nothing about use" in neutral


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("policy", "explain", "MIT ANDD"), "'MIT ANDD' is no SPDX expression; write"),
        (("policy", "explain", "MIT", "--profile", "lax"), "no profile 'lax'; there are permis"),
        (("policy", "explain", "MIT", "--stage", "tuning"), "tuning"),
        (("policy", "preview"), "--change"),
        (("policy", "preview", "--profile", "research"), "no license conclusions in"),
        (("diff",), "no license conclusions in"),
    ],
)
def test_errors_say_what_to_do(project: Project, arguments: tuple[str, ...], message: str) -> None:
    done = project.corpus("licenses", *arguments, check=False)
    assert done.returncode in (1, 2)
    assert message in done.stderr


def test_a_preview_compares_two_policies_on_the_stored_claims(
    project: Project, tmp_path: Path
) -> None:
    stated = claims(claim("a.py"), claim("b.py", "MPL-2.0"), claim("c.py", "CC-BY-NC-4.0"))
    _write(project, "license_claims", stated)
    rows = conclusions(conclusion("a.py"), conclusion("b.py"), conclusion("c.py"))
    _write(project, "license_conclusions", rows)
    before = project.workspace.lake.history("license_conclusions")
    told = _json(project, "policy", "preview", "--profile", "permissive_and_weak")
    assert told["files"] == 3
    assert {(row["aspect"], row["before"], row["after"]) for row in told["changes"]} == {
        (stage, "deny", "allow")
        for stage in ("pretraining", "continued_pretraining", "fine_tuning", "evaluation")
    }
    assert {row["path"] for row in told["samples"]} == {"b.py"}
    assert told["samples"][0]["claims_after"] == ["file:0 MPL-2.0 (mit_1.RULE, b.py:1-3)"]
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        DEFAULT.replace(
            "overrides:\n", "overrides:\n  - {match: MPL-2.0, class: permissive, why: test}\n"
        ),
        encoding="utf-8",
    )
    text = project.corpus("licenses", "policy", "preview", "--change", str(mine)).stdout
    assert "weak_copyleft" in text
    assert "license_class: weak_copyleft -> permissive: pkg:a b.py" in text
    same = project.corpus("licenses", "policy", "preview", "--profile", "permissive_only").stdout
    assert "nothing changes" in same
    assert project.workspace.lake.history("license_conclusions") == before
    missing = project.corpus(
        "licenses", "policy", "preview", "--profile", "research", "--language", "go", check=False
    )
    assert "no conclusions for language 'go'; there are python" in missing.stderr


def test_a_diff_tells_what_became_what(project: Project) -> None:
    _write(project, "license_conclusions", conclusions(conclusion("a.py"), conclusion("b.py")))
    _write(project, "license_conclusions", conclusions(conclusion("z.go")), "go")
    newer = conclusions(conclusion("a.py", **GPL), conclusion("b.py"))
    _write(project, "license_conclusions", newer)
    versions = [entry.delta_version for entry in project.workspace.lake.history(
        "license_conclusions")][::-1]  # fmt: skip
    told = _json(project, "diff")["changes"]
    assert [(row["change"], row["license_class_after"], row["files"]) for row in told] == [
        ("conclusion", "strong_copyleft", 1),
        ("new", "permissive", 1),
    ]
    told = _json(project, "diff", str(versions[1]), str(versions[2]))["changes"]
    assert [(row["change"], row["samples"]) for row in told] == [("conclusion", ["pkg:a a.py"])]
    assert _json(project, "diff", str(versions[2]))["changes"] == []
    assert _json(project, "diff", "--language", "go")["changes"][0]["change"] == "new"
    text = project.corpus("licenses", "diff", str(versions[0])).stdout
    assert "2 files changed between version 1 and the current version" in text
    assert "granted permissive MIT (file)" in text
    missing = project.corpus("licenses", "diff", "99", check=False)
    assert "has no version 99; there are 0 to 3" in missing.stderr
