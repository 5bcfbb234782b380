"""The project's key: made once, private, refused when damaged."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus_assets.security.key import KEY_BYTES, project_key


def test_created_once_with_private_mode(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "state"
    key = project_key(folder)
    assert len(key) == KEY_BYTES
    assert project_key(folder) == key
    assert [path.name for path in folder.iterdir()] == ["project.key"]
    assert stat.S_IMODE((folder / "project.key").stat().st_mode) == 0o600


def test_two_projects_have_two_keys(tmp_path: Path) -> None:
    assert project_key(tmp_path / "a") != project_key(tmp_path / "b")


def test_starting_together_gives_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: project_key(tmp_path), range(16)))
    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"not hexadecimal", b"abcd\n", b"\xff\xfe"])
def test_a_damaged_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "project.key").write_bytes(content)
    with pytest.raises(ValueError, match=r"project\.key: not a key"):
        project_key(tmp_path)
