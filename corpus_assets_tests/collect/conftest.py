"""What several modules of this package collect."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def code(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "a.py").write_text("def a():\n    return 1\n")
    (folder / "src" / "copy.py").write_text("def a():\n    return 1\n")
    (folder / "b.js").write_text("let b = 2;\n")
    (folder / "logo.bin").write_bytes(b"\0\1\2\3")
    (folder / "latin.c").write_bytes("/* Andr\xe9 */ int x;\n".encode("latin-1"))
    (folder / "link").symlink_to("/etc/passwd")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[core]\n")
    return folder
