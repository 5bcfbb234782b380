"""`corpus gates`: the list, differences of two policies, and previews on a small lake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.lake_versions import Provenance
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets_tests.conftest import Project, project_at
from corpus_assets_tests.curate.rows import frame
from corpus_assets_tests.curate.test_preview import tables
from corpus_assets_tests.policy.test_filters import PACKAGED

TEXT = PACKAGED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project_at(tmp_path_factory.mktemp("gates"))


def ask(project: Project, *arguments: str) -> Any:
    return json.loads(project.corpus("gates", *arguments, "--json").stdout)


def changed(tmp_path: Path, *replaced: tuple[str, str]) -> str:
    """A copy of the packaged policy in which texts that stand there once are others."""
    text = TEXT
    for before, after in replaced:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = tmp_path / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


MORE_COMMENTS = ("{comment_fraction: {max: 0.8}}", "{comment_fraction: {max: 0.83}}")


def test_the_list_is_the_funnel(project: Project, tmp_path: Path) -> None:
    told = ask(project, "list")
    names = [row["gate"] for row in told["gates"]]
    assert names[:4] == ["taken_down", "readable", "size", "replacement_characters"]
    assert told["policy"]["version"] == load_filter_policy().version
    mine = ask(project, "list", "--policy", changed(tmp_path, MORE_COMMENTS), "--language", "go")
    assert mine["policy"]["digest"] != told["policy"]["digest"]
    [row] = [row for row in mine["gates"] if row["gate"] == "comments"]
    assert row["limits"] == "comment_fraction <= 0.83"
    text = project.corpus("gates", "list", "--language", "go").stdout
    assert "not judged for go: visible_text, data_length, unparsable, passes" in text
    assert "linguist: large is over 1 MiB" in text


def test_an_unknown_language_is_named(project: Project) -> None:
    done = project.corpus("gates", "list", "--language", "pyhton", check=False)
    assert done.returncode == 2
    assert "did you mean python?" in done.stderr


def test_two_policy_files_are_compared(project: Project, tmp_path: Path) -> None:
    mine = changed(tmp_path, MORE_COMMENTS, ("{removal: 0.85, recorded", "{removal: 0.9, recorded"))
    told = ask(project, "diff", str(PACKAGED), mine)
    assert [(row["place"], row["before"], row["after"]) for row in told["changes"]] == [
        ("comments.limits.comment_fraction", "comment_fraction <= 0.8", "comment_fraction <= 0.83"),
        ("near_duplicates.removal", "0.85", "0.9"),
    ]
    text = project.corpus("gates", "diff", str(PACKAGED), mine).stdout
    assert "comment_fraction <= 0.83" in text
    assert "nothing differs" in project.corpus("gates", "diff", mine, mine).stdout


def test_a_policy_that_cannot_be_read_ends_a_diff(project: Project, tmp_path: Path) -> None:
    bad = changed(tmp_path, ("{comment_fraction: {max: 0.8}}", "{comment_fraction: {max: 1.8}}"))
    done = project.corpus("gates", "diff", str(PACKAGED), bad, check=False)
    assert done.returncode == 2
    line = TEXT[: TEXT.index("{comment_fraction: {max: 0.8}}")].count("\n") + 1
    assert f"{bad}:{line}: gates.comments.limits.comment_fraction.max: 1.8 is" in done.stderr


def test_a_preview_needs_what_was_judged(project: Project, tmp_path: Path) -> None:
    mine = changed(tmp_path, MORE_COMMENTS)
    done = project.corpus("gates", "preview", "--change", mine, check=False)
    assert done.returncode == 1
    assert "run `corpus build --assets ledger` first" in done.stderr


@pytest.fixture
def judged(tmp_path: Path) -> Project:
    """A project whose lake knows two documents of each of two languages."""
    project = project_at(tmp_path / "judged")
    lake, made_by = project.workspace.lake, Provenance("test", "run", "1", "p")
    for language in ("go", "python"):
        few = {f"{language}-few": {"comment_fraction": 0.1}}
        given = tables(few | {f"{language}-many": {"comment_fraction": 0.82}}, language)
        for name, rows in given.items():
            if name != "takedowns":
                lake.replace(name, rows.collect(), made_by, language)
        lake.replace("ledger", frame("ledger", []), made_by, language)
    return project


def test_a_preview_says_what_is_gained_and_shows_the_nearest(
    judged: Project, tmp_path: Path
) -> None:
    mine = changed(tmp_path, MORE_COMMENTS, ("{removal: 0.85, recorded", "{removal: 0.9, recorded"))
    before = judged.workspace.lake.history("quality_signals")
    told = ask(judged, "preview", "--change", mine, "--examples", "1")
    assert told["languages"] == ["go", "python"]
    totals = {row["stage"]: row for row in told["totals"]}
    assert totals["all"]["documents_gained"] == 0
    gained = totals["continued_pretraining"]
    assert (gained["documents_before"], gained["documents_gained"]) == (2, 2)
    assert (gained["tokens_gained"], gained["tokens_after"]) == (400, 800)
    assert {row["gate_before"] for row in told["changes"]} == {"comments"}
    sides = {row["side"]: row for row in told["examples"]}
    assert sides["inside"]["path"] == "src/go-many.py"
    assert sides["inside"]["value"] == "0.82"
    assert sides["inside"]["limit_after"] == "comment_fraction <= 0.83"
    assert sides["inside"]["excerpt"] == ["x"]
    assert told["not_previewed"][0].startswith("near_duplicates.removal 0.85 -> 0.9: which")
    assert judged.workspace.lake.history("quality_signals") == before
    only = ask(judged, "preview", "--change", mine, "--language", "python", "--examples", "0")
    assert only["languages"] == ["python"]
    assert only["examples"] == []
    text = judged.corpus("gates", "preview", "--change", mine).stdout
    assert "not previewed: near_duplicates.removal" in text
    assert "comments (comment_fraction <= 0.8 -> comment_fraction <= 0.83): src/go-many.py" in text
    assert "passes it: gained for continued_pretraining" in text
    same = judged.corpus("gates", "preview", "--change", str(PACKAGED)).stdout
    assert "no document changes sides" in same
    missing = judged.corpus("gates", "preview", "--change", mine, "--language", "rust", check=False)
    assert "no ledger of language 'rust'; there are go, python" in missing.stderr


def test_a_preview_without_evidence_names_what_to_build(judged: Project, tmp_path: Path) -> None:
    lake, made_by = judged.workspace.lake, Provenance("test", "run", "2", "p")
    lake.replace("quality_scores", frame("quality_scores", []), made_by, "go")
    mine = changed(tmp_path, MORE_COMMENTS)
    done = judged.corpus("gates", "preview", "--change", mine, check=False)
    assert done.returncode == 1
    assert "go: 2 documents have no row in quality_scores" in done.stderr
