from pathlib import Path

import polars as pl
import pytest

from corpus_assets.lake import Lake
from corpus_assets.serve.catalog import connect
from corpus_assets.serve.credits import VIEWS
from corpus_assets.serve.query import QueryError, query
from corpus_assets.serve.questions import question, questions
from corpus_assets.serve.release import SCHEMA, Release, ReleaseError
from corpus_assets.tables import TABLES


def test_mix_has_one_row_per_released_row(sample_lake: Lake, sample_published: Path) -> None:
    wanted = (
        "content_id, stage, source_category, language, origin, path, license_concluded, "
        "license_class, n_tokens"
    )
    found = query(sample_lake, sample_published, f"SELECT {wanted} FROM mix ORDER BY row_id")
    assert list(found.columns) == wanted.split(", ")
    mix = sample_lake.read("training_mix")
    assert found.rows == mix.select(found.columns).rows()
    described = query(sample_lake, sample_published, "DESCRIBE mix")
    assert [row[0] for row in described.rows] == SCHEMA.names()


def test_views_say_what_their_columns_hold(
    sample_lake: Lake, sample_published: Path, sample_release: Release
) -> None:
    asked = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    rows = query(sample_lake, sample_published, asked).rows
    found = {(table, column): comment for table, column, comment in rows}
    for table in TABLES.values():
        for column in table.columns:
            assert found[table.name, column.name] == column.description
    with connect(str(sample_release.folder / "catalog.duckdb"), read_only=True) as connection:
        kept = {
            (table, column): said for table, column, said in connection.execute(asked).fetchall()
        }
        said = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NOT NULL"
        ).fetchall()
    own = {"mix", *VIEWS}
    assert {name for (name,) in said} == own
    described = {key: comment for key, comment in kept.items() if key[0] in own}
    assert {name for table, name in described if table == "mix"} == {*SCHEMA}
    assert all(described.values())
    assert described.items() <= found.items()
    assert described["mix", "weight"] == found["training_mix", "weight"]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_of_the_lake_is_a_view(
    table: str, sample_lake: Lake, sample_published: Path
) -> None:
    found = query(sample_lake, sample_published, f"SELECT * FROM {table}")
    assert found.columns == TABLES[table].names
    assert len(found.rows) == sample_lake.scan(table).select(pl.len()).collect().item()


def test_empty_views_have_the_types_of_full_ones(
    sample_lake: Lake, sample_published: Path, tmp_path: Path
) -> None:
    asked = (
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "ORDER BY table_name, ordinal_position"
    )
    full = query(sample_lake, sample_published, asked).rows
    assert query(Lake(str(tmp_path / "lake")), tmp_path, asked).rows == full
    assert ("mix", "sample_key", "BIGINT") in full


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("COPY mix TO '{lake}/stolen.csv'", "COPY is refused"),
        ("WITH x AS (COPY (SELECT 1) TO '{lake}/stolen.csv') SELECT * FROM x", "COPY inside"),
        (
            "EXPLAIN ANALYZE WITH x AS (COPY (SELECT 1) TO '{lake}/stolen.csv') FROM x",
            "COPY inside",
        ),
        (
            "EXPLAIN /* */ ANALYZE WITH x AS (COPY (SELECT 1) TO '{lake}/stolen.csv') FROM x",
            "reads",
        ),
        ("FROM query('SELECT 1')", "function query is refused"),
        ("FROM json_execute_serialized_sql('')", "json_execute_serialized_sql is refused"),
        ("ATTACH '{lake}/stolen.csv'", "ATTACH is refused"),
        ("INSTALL httpfs", "refused"),
        ("LOAD httpfs", "refused"),
        ("PRAGMA database_list", "PRAGMA is refused"),
        ("SET threads = 1", "SET is refused"),
        ("RESET lock_configuration", "refused"),
        ("CREATE TABLE t (a INT)", "CREATE is refused"),
        ("DROP VIEW mix", "DROP is refused"),
        ("CALL pragma_version()", "CALL is refused"),
        ("EXPORT DATABASE '{lake}/stolen.csv'", "EXPORT is refused"),
        ("CONNECT 'elsewhere'", "not a query that reads"),
        ("SELECT 1; SELECT 2", "one statement, not 2"),
        ("", "one statement, not 0"),
        ("SELEC 1", "not a query that reads"),
        ("SELECT nothing FROM mix", "not found"),
        ("SELECT * FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("SELECT * FROM read_text('{lake}/../secret.txt')", "disabled by configuration"),
        ("SELECT * FROM 'https://example.org/rows.parquet'", "disabled by configuration"),
    ],
)
def test_what_does_not_only_read_is_refused(
    sql: str, message: str, sample_lake: Lake, sample_published: Path
) -> None:
    (Path(sample_lake.root).parent / "secret.txt").write_text("not for queries")
    with pytest.raises(QueryError, match=message):
        query(sample_lake, sample_published, sql.replace("{lake}", sample_lake.root))
    assert not (Path(sample_lake.root) / "stolen.csv").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "EXPLAIN SELECT * FROM mix",
        "-- a comment first\nSELECT 1",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n",
        "SELECT 'COPY_QUERY_NODE' AS type UNION SELECT 'INSERT'",
        "SHOW TABLES",
        "SUMMARIZE mix",
        "VALUES (1), (2)",
        "FROM composition",
        "FROM attribution",
        "FROM credited_texts",
        "FROM credit('no such row')",
        "FROM sample('pretraining', 0.5)",
    ],
)
def test_what_only_reads_is_answered(sql: str, sample_lake: Lake, sample_published: Path) -> None:
    assert query(sample_lake, sample_published, sql).columns


def test_a_relative_lake_is_found(
    sample_lake: Lake, sample_published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(sample_lake.root)
    monkeypatch.chdir(root.parent)
    relative = Path("..") / sample_published.relative_to(root.parent.parent)
    found = query(
        Lake(root.name), relative, "SELECT count(*) FROM mix JOIN documents USING (content_id)"
    )
    assert found.rows[0][0] > 0


def test_an_object_store_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="not a local folder"):
        query(Lake("s3://bucket/lake"), tmp_path, "SELECT 1")


def test_a_mix_that_is_not_there_is_named(sample_lake: Lake, sample_published: Path) -> None:
    with pytest.raises(ReleaseError, match="there are sample"):
        query(sample_lake, sample_published, "SELECT 1", mix="other")


@pytest.mark.parametrize("kind", ["audit", "report"])
def test_named_questions_run(
    kind: str, sample_lake: Lake, sample_published: Path, tmp_path: Path
) -> None:
    asked = questions(kind)
    assert len(asked) >= 6
    for name, item in asked.items():
        assert item.title.endswith((".", "?")), name
        assert query(sample_lake, sample_published, item.sql).columns, name
        nothing = query(Lake(str(tmp_path / "lake")), tmp_path, item.sql)
        assert nothing.rows == [], name


def test_answers_of_named_questions(sample_lake: Lake, sample_published: Path) -> None:
    def ask(name: str) -> list[tuple[object, ...]]:
        return query(sample_lake, sample_published, question(name).sql).rows

    assert sum(row[-1] for row in ask("composition")) == pytest.approx(1, abs=1e-3)  # type: ignore[misc]
    assert [row[0] for row in ask("conflicts")] == ["pkg:pypi/epsilon"]
    assert [row[0] for row in ask("no_license")] == ["pkg:pypi/delta"]
    assert ask("copyleft") == ask("evaluation_leaks") == ask("weak_evidence") == []
    assert [row[0] for row in ask("takedown_reach")] == ["request-1"]
    removed = {row[2]: row[3] for row in ask("funnel") if row[0] == "all"}
    assert removed == {"decoded": 0, "not_generated": 1, "no_secrets": 1, "not_duplicate": 1}


def test_one_row_is_told_whom_it_credits(sample_lake: Lake, sample_published: Path) -> None:
    asked = "SELECT row_id, license_concluded FROM mix WHERE origin = 'pkg:pypi/alpha' LIMIT 1"
    ((row_id, expression),) = query(sample_lake, sample_published, asked).rows
    found = query(sample_lake, sample_published, f"FROM credit('{row_id}')")
    (row,) = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert row["license_expression"] == expression == "MIT"
    assert row["locator"] == "pkg:pypi/alpha@1"
    assert row["copyrights_of_work"] == ["Copyright (c) 2020 The alpha authors"]
    (folder,) = [path.parent for path in sample_published.rglob("NOTICE.txt")]
    texts = [(folder / name).read_bytes() for name in row["texts"]]
    assert any(text.startswith(b"Copyright (c) 2020 The alpha authors") for text in texts)
    owed = query(sample_lake, sample_published, question("credits").sql)
    kinds = {work[1]: work[5] for work in owed.rows}
    assert kinds["pkg:pypi/alpha@1"] == ["license_text", "standard_text"]
    assert kinds["pkg:pypi/beta@1"] == ["notice", "standard_text"]


def test_missing_sql_files_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="install corpus_assets from a checkout"):
        questions("audit", tmp_path)
    with pytest.raises(ReleaseError, match="no question 'nope'; there are accounted_for"):
        question("nope")
