"""Files of any columns read alike in Polars and in SQL."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.serve.catalog import connect
from corpus_assets.serve.columns import scan, select

SCHEMA = pl.Schema({
    "id": pl.String, "n": pl.Int64, "share": pl.Float64, "is_kept": pl.Boolean,
    "data": pl.Binary, "names": pl.List(pl.String), "spans": pl.List(pl.List(pl.Int64)),
})  # fmt: skip
FULL = pl.DataFrame(
    [["a", 1, 0.5, True, b"x", ["y"], [[1, 2]]]], schema=SCHEMA, orient="row"
).with_columns(dropped=pl.lit("a column of former times"))


@settings(max_examples=40, deadline=None)
@given(shapes=st.lists(st.permutations(FULL.columns), max_size=4), kept=st.data())
def test_both_ways_give_the_columns_of_today(
    shapes: list[list[str]], kept: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    files, expected = [], []
    for number, shape in enumerate(shapes):
        names = shape[: kept.draw(st.integers(1, len(shape)))]
        rows = FULL.select(names)
        files.append(folder / f"{number}.parquet")
        rows.write_parquet(files[-1])
        expected.append(
            rows.select(
                name if name in names else pl.lit(None, dtype).alias(name)
                for name, dtype in SCHEMA.items()
            )
        )
    wanted = pl.concat([pl.DataFrame(schema=SCHEMA), *expected])
    assert scan(files, SCHEMA).collect().equals(wanted)
    with connect() as connection:
        paths = [str(path) for path in files]
        found = connection.execute(select(SCHEMA, paths, alike=False))
        assert [item[0] for item in found.description or []] == SCHEMA.names()
        assert found.fetchall() == wanted.rows()
        types = connection.execute(f"DESCRIBE {select(SCHEMA, paths, alike=False)}").fetchall()
        nothing = connection.execute(f"DESCRIBE {select(SCHEMA, [], alike=True)}").fetchall()
    assert types == nothing


def test_a_column_of_another_type_is_an_error(tmp_path: Path) -> None:
    FULL.select(n=pl.lit("one")).write_parquet(tmp_path / "x.parquet")
    with pytest.raises(pl.exceptions.SchemaError):
        scan([tmp_path / "x.parquet"], SCHEMA).collect()
