"""The project file: strict, with messages that name the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_assets.policy.project import DumpSource, load_project
from corpus_assets.policy.strict import ConfigError

HEAD = "name: t\nmix: mix.yaml\n"
SOURCE = "sources:\n  - {name: a, category: open_source, connector: directory, path: code}\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "p.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + SOURCE + "surprise: 1\n", "surprise: Extra inputs"),
        (HEAD + SOURCE + "name: u\n", "key 'name' is given twice"),
        (HEAD + "sources: []\n", "sources"),
        (HEAD + SOURCE + SOURCE.split("\n", 1)[1], "source name given twice: a"),
        (HEAD + SOURCE.replace("directory", "ftp"), "ftp"),
        (HEAD + SOURCE.replace("open_source", "found"), "category"),
        (HEAD + SOURCE.replace("path: code", "paths: code"), "paths: Extra inputs"),
        (HEAD + SOURCE + "folder: /tmp\n", "folder: Extra inputs"),
        (HEAD + SOURCE + "limits: {max_ratio: 0}\n", "limits.max_ratio"),
        (HEAD + SOURCE + "benchmarks: [{name: b}]\n", "give either `installed`"),
        (
            HEAD + SOURCE + "benchmarks: [{name: b, path: x, text_fields: [q]}]\n",
            "needs `id_field`",
        ),
        (
            HEAD + "sources: [{name: a, category: in_house, connector: delivery, path: d}]\n",
            "category",
        ),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_project(written(tmp_path, text))
    assert message in str(caught.value)
    assert "p.yaml" in str(caught.value)


def test_paths_start_at_the_project_file(tmp_path: Path) -> None:
    found = load_project(written(tmp_path, HEAD + SOURCE))
    assert found.path("code") == tmp_path.resolve() / "code"
    assert [source.name for source in found.of_category("open_source")] == ["a"]
    assert found.of_category("in_house") == []
    assert found.limits.max_file_bytes == 10 * 1024 * 1024


def test_the_schema_of_a_dump(tmp_path: Path) -> None:
    text = HEAD + (
        "sources: [{name: d, category: open_source, connector: dump, path: x, schema: stack_v1}]\n"
    )
    (source,) = load_project(written(tmp_path, text)).sources
    assert isinstance(source, DumpSource)
    assert source.columns == "stack_v1"
