"""`corpus scan` works on any folder, without lake, configuration or state."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus_assets_tests.sample_project import write_project


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scan")
    write_project(root)
    mit = root / "sources" / "mit"
    (mit / "again.py").write_bytes((mit / "lib" / "module_1.py").read_bytes())
    (mit / "app.min.js").write_text("var a=1;" * 400)
    (mit / "legacy.py").write_bytes("# café\nname = 'crème brûlée à la carte'\n".encode("latin-1"))
    token = "gh" + "p_" + "Zk3vT9qLw2XbN8rYc5HdJ7mPa4GsUe6FiO1t"
    (mit / "deploy.py").write_text(f'import os\n\nGITHUB_TOKEN = "{token}"\n')
    (mit / "link.py").symlink_to("/etc/hostname")
    return mit


def scanned(folder: Path, detector: str, *options: str) -> list[dict[str, Any]]:
    out = folder.parent / f"{detector}.jsonl"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder.parent)}
    command = [sys.executable, "-m", "corpus_assets.cli.main", "scan", detector, str(folder)]
    done = subprocess.run(
        [*command, "--out", str(out), *options], env=environment, capture_output=True, text=True,
        cwd=folder.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "link.py: symlink" in done.stderr
    assert not (folder.parent / "data").exists()
    return [json.loads(line) for line in out.read_text().splitlines()]


def by_path(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["path"]: row for row in rows}


def test_languages(folder: Path) -> None:
    rows = by_path(scanned(folder, "languages"))
    assert rows["lib/module_1.py"]["language"] == "python"
    assert rows["lib/module_1.py"]["encoding"] == "utf_8"
    assert rows["go/part_1.go"]["language"] == "go"
    assert rows["logo.bin"]["encoding"] == "binary"
    assert rows["legacy.py"]["encoding"] not in ("utf_8", "binary", "unknown")


def test_licenses(folder: Path) -> None:
    rows = by_path(scanned(folder, "licenses"))
    assert rows["lib/module_1.py"]["license_concluded"] == "MIT"
    assert rows["lib/module_1.py"]["license_class"] == "permissive"
    assert rows["lib/module_1.py"]["grade"] == "inherited"
    # The file's own statement decides for it; that it is stricter than its tree is recorded.
    copied = rows["lib/copied.py"]
    assert (copied["license_class"], copied["grade"]) == ("strong_copyleft", "file")
    assert "file_stricter_than_tree" in copied["flags"]
    kinds = {claim["kind"] for claim in rows["lib/copied.py"]["claims"]}
    assert kinds == {"file", "license_file"}


def test_each_top_level_folder_with_evidence_is_a_package(tmp_path: Path) -> None:
    root = tmp_path / "many"
    for package in ("one", "two", "three"):
        (root / package / "src").mkdir(parents=True)
        (root / package / "src" / "a.py").write_text(f"# {package}\nx = 1\n")
    (root / "README.md").write_text("# Collection\n\n## License\n\nMIT License\n")
    (root / "one" / "pyproject.toml").write_text('[project]\nname = "x"\nlicense = "ISC"\n')
    (root / "two" / "package.json").write_text('{"name": "y"}')
    (root / "link.py").symlink_to("/etc/hostname")
    rows = by_path(scanned(root, "licenses"))
    assert rows["one/src/a.py"]["license_concluded"] == "ISC"
    assert rows["one/src/a.py"]["grade"] == "inferred"
    assert rows["two/src/a.py"]["license_state"] == "none_found"
    assert rows["three/src/a.py"]["license_concluded"] == "MIT"


def test_duplicates(folder: Path) -> None:
    rows = by_path(scanned(folder, "duplicates"))
    assert rows["again.py"]["cluster"] == rows["lib/module_1.py"]["cluster"]
    assert [rows[path]["kept"] for path in ("again.py", "lib/module_1.py")].count(True) == 1
    assert not rows["lib/module_3_again.py"]["kept"] or not rows["lib/module_3.py"]["kept"]
    strict = by_path(scanned(folder, "duplicates", "--threshold", "0.99"))
    assert strict["lib/module_3_again.py"]["kept"]
    assert strict["lib/module_3.py"]["kept"]


def test_quality(folder: Path) -> None:
    rows = by_path(scanned(folder, "quality"))
    assert rows["lib/module_1.py"]["action"] == "keep"
    assert rows["app.min.js"]["action"] == "drop"
    assert "minified" in rows["app.min.js"]["gates"]
    assert rows["lib/module_1.py"]["signals"]["n_tokens"] > 50


def test_secrets(folder: Path) -> None:
    rows = scanned(folder, "secrets")
    assert [(row["path"], row["line"]) for row in rows] == [("deploy.py", 3)]
    assert rows[0]["kind"]
    assert rows[0]["rule"]
    assert "Zk3v" not in json.dumps(rows)
