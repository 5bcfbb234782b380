"""What no released row may be, asked of rows and of the asset that would publish them."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from corpus_assets.audit.release_checks import APART, LICENSED, NAMES, WITHIN_POLICY, row_checks
from corpus_assets.curate.unit_overlap import RESTRICTIVE_UNITS
from corpus_assets.defs.serving.release import RELEASE
from corpus_assets.defs.step import Check, StepContext
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
from corpus_assets.policy import licenses
from corpus_assets.policy.licenses import LicensePolicy, load_license_policy
from corpus_assets.serve.attribution import attribution
from corpus_assets.tables import empty
from corpus_assets.workspace import Workspace
from corpus_assets_tests import sample_lake as sample

POLICY = load_license_policy()
MADE_BY = Provenance("training_mix", "run", "1", "p")


def _broken(
    rows: pl.DataFrame,
    lake: Lake,
    tombs: pl.DataFrame | None = None,
    policy: LicensePolicy = POLICY,
    overlap: pl.DataFrame | None = None,
    **now: pl.Expr,
) -> dict[str, int]:
    """Rows that break each check, of the checks that some row breaks."""
    tombs = empty("takedowns") if tombs is None else tombs
    resolution = lake.scan("duplicate_resolution").with_columns(**now)
    credited = attribution(lake, rows).files
    units = empty("unit_overlap") if overlap is None else overlap
    tables = lake.scan("occurrences"), resolution, units.lazy(), tombs.lazy(), credited
    found = list(row_checks(rows, sample.spec(), policy, *tables))
    assert list(dict.fromkeys(check.name for check in found)) == list(NAMES)
    assert len({(check.name, check.item) for check in found}) == len(found)
    assert all(check.broken.columns == rows.columns for check in found)
    counts: dict[str, int] = {}
    for check in found:
        if check.broken.height:
            counts[check.name] = counts.get(check.name, 0) + check.broken.height
    return counts


@pytest.fixture
def rows(sample_lake: Lake) -> pl.DataFrame:
    return sample_lake.read("training_mix")


def _first(stage: str, column: str, value: str | None, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, where the first of the stage under a public license has another value."""
    public = (pl.col("stage") == stage) & (pl.col("license_class") == "permissive")
    row_id = rows.filter(public)["row_id"][0]
    changed = pl.when(pl.col("row_id") == row_id).then(pl.lit(value, pl.String))
    return rows.with_columns(changed.otherwise(column).alias(column))


def test_sound_rows_break_nothing(rows: pl.DataFrame, sample_lake: Lake) -> None:
    assert _broken(rows, sample_lake) == {}
    assert _broken(rows.clear(), sample_lake) == {}


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("path", "nowhere.py", "rows_trace_to_occurrences"),
        ("revision", "2", "rows_trace_to_occurrences"),
        ("license_evidence", "inferred", WITHIN_POLICY),
        ("license_evidence", None, WITHIN_POLICY),
        ("stage", "pre-training", LICENSED),
    ],
)
def test_one_bad_row_breaks_one_check(
    rows: pl.DataFrame, sample_lake: Lake, column: str, value: str | None, name: str
) -> None:
    assert _broken(_first("pretraining", column, value, rows), sample_lake) == {name: 1}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("license_state", "none_found"),
        ("license_state", None),
        ("license_class", "strong_copyleft"),
    ],
)
def test_what_the_spec_does_not_name_the_policy_does_not_allow(
    rows: pl.DataFrame, sample_lake: Lake, column: str, value: str | None
) -> None:
    found = _broken(_first("pretraining", column, value, rows), sample_lake)
    assert found == {LICENSED: 1, WITHIN_POLICY: 1}


@pytest.mark.parametrize(
    "now",
    [
        {"license_flags": pl.lit(["rights_reserved"])},
        {"license_obligations": pl.lit(["no_ai_training"])},
        {"license_state": pl.lit("conflict")},
        {"license_class": pl.lit("strong_copyleft")},
        {"content_id": pl.lit("gone")},
    ],
)
def test_what_is_known_today_counts_too(
    rows: pl.DataFrame, sample_lake: Lake, now: dict[str, pl.Expr]
) -> None:
    assert _broken(rows, sample_lake, **now) == {WITHIN_POLICY: rows.height}


def _flagged(content_ids: pl.Series, flags: list[str]) -> pl.DataFrame:
    """Table unit_overlap with the flags for each of the contents."""
    blank = empty("unit_overlap").clear(content_ids.len())
    return blank.with_columns(
        content_id=content_ids, license_flags=pl.lit(flags, pl.List(pl.String))
    )


def test_restrictive_units_break_the_policy_where_a_stage_forbids_them(
    rows: pl.DataFrame, sample_lake: Lake
) -> None:
    content = rows.filter(pl.col("stage") == "pretraining")["content_id"].head(1)
    reached = rows.filter(pl.col("content_id").is_in(content.implode()))
    flagged = _flagged(content, [RESTRICTIVE_UNITS])
    found = _broken(rows, sample_lake, overlap=flagged)
    assert found == {WITHIN_POLICY: reached.height}
    assert _broken(rows, sample_lake, overlap=_flagged(content, [])) == {}
    others = _flagged(pl.Series(["another content"]), [RESTRICTIVE_UNITS])
    assert _broken(rows, sample_lake, overlap=others) == {}


def test_restrictive_units_pass_where_no_stage_forbids_them(
    rows: pl.DataFrame, sample_lake: Lake, tmp_path: Path
) -> None:
    given = Path(licenses.__file__).with_name("licenses.yaml").read_text()
    path = tmp_path / "licenses.yaml"
    path.write_text(re.sub(r",\s*restrictive_units\b", "", given))
    flagged = _flagged(rows["content_id"].unique().sort(), [RESTRICTIVE_UNITS])
    assert _broken(rows, sample_lake, overlap=flagged) == {WITHIN_POLICY: rows.height}
    lenient = load_license_policy(path)
    assert _broken(rows, sample_lake, policy=lenient, overlap=flagged) == {}


def test_another_profile_gives_another_answer(rows: pl.DataFrame, sample_lake: Lake) -> None:
    weaker = {"license_evidence": pl.lit("inferred")}
    pretraining = rows.with_columns(**weaker).filter(
        pl.col("source_category") == "open_source", pl.col("stage") == "pretraining"
    )
    assert _broken(pretraining, sample_lake) == {WITHIN_POLICY: pretraining.height}
    weak = POLICY.with_profile("permissive_and_weak")
    assert _broken(pretraining, sample_lake, policy=weak) == {}


def test_a_group_or_a_content_on_both_sides_breaks_it(
    rows: pl.DataFrame, sample_lake: Lake
) -> None:
    held_out = rows.filter(pl.col("stage") == "evaluation").row(0, named=True)
    for column in ("split_group", "content_id"):
        found = _broken(_first("pretraining", column, held_out[column], rows), sample_lake)
        assert found[APART] == 1
    without = rows.with_columns(split_group=pl.lit(None, pl.String))
    assert _broken(without, sample_lake) == {}


def test_every_row_of_a_taken_down_content_counts_once(
    rows: pl.DataFrame, sample_lake: Lake
) -> None:
    content = rows["content_id"][0]
    tomb = empty("takedowns").clear(1).with_columns(content_id=pl.lit(content))
    expected = rows.filter(pl.col("content_id") == content).height
    assert _broken(rows, sample_lake, pl.concat([tomb, tomb])) == {"no_takedowns": expected}


def _guarded(lake: Lake, folder: Path) -> dict[str, Check]:
    """The outcomes of the checks that guard the asset `release`."""
    (folder / "project.yaml").write_text(
        "name: sample\nmix: mix.yaml\n"
        "sources: [{name: a, category: open_source, connector: directory, path: a}]\n"
    )
    (folder / "mix.yaml").write_text(sample.spec().model_dump_json())
    workspace = Workspace(folder / "project.yaml", lake, folder / "published", folder / "state")
    assert RELEASE.guard is not None
    context = StepContext(workspace, None, MADE_BY, lambda _: None)
    return {check.name: check for check in RELEASE.guard(context)}


def test_the_release_asset_is_guarded_by_the_same_checks(sample_lake: Lake, tmp_path: Path) -> None:
    lake = sample.copy(sample_lake, tmp_path / "lake")
    sound = _guarded(lake, tmp_path)
    assert tuple(sound) == NAMES == RELEASE.check_names
    assert all(check.passed and check.blocking for check in sound.values())
    bad = _first(
        "pretraining", "license_class", "unknown", lake.read("training_mix", "pretraining")
    )
    lake.replace("training_mix", bad, MADE_BY, "pretraining")
    failed = [check for check in _guarded(lake, tmp_path).values() if not check.passed]
    row_id = bad.filter(pl.col("license_class") == "unknown")["row_id"][0]
    assert [check.name for check in failed] == [LICENSED, WITHIN_POLICY]
    assert failed[0].description.startswith(
        f"1 pretraining: rows of a license state or class the spec does not name, first {row_id}"
    )


def test_the_release_asset_does_not_pass_restrictive_units(
    sample_lake: Lake, tmp_path: Path
) -> None:
    lake = sample.copy(sample_lake, tmp_path / "lake")
    python = lake.read("training_mix").filter(pl.col("language") == "python")["content_id"]
    flagged = _flagged(python.unique().sort().head(1), [RESTRICTIVE_UNITS])
    flagged = flagged.with_columns(language=pl.lit("python"))
    lake.replace("unit_overlap", flagged, MADE_BY, "python")
    failed = [check.name for check in _guarded(lake, tmp_path).values() if not check.passed]
    assert failed == [WITHIN_POLICY]
    assert "unit_overlap" in {read.table for read in RELEASE.reads}


def test_rows_of_a_stage_that_is_not_published_hold_up_nothing(
    sample_lake: Lake, tmp_path: Path
) -> None:
    lake = sample.copy(sample_lake, tmp_path / "lake")
    old = lake.read("training_mix", "pretraining").with_columns(
        stage=pl.lit("earlier"), license_state=pl.lit("conflict")
    )
    lake.replace("training_mix", old, MADE_BY, "earlier")
    assert all(check.passed for check in _guarded(lake, tmp_path).values())
