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
    found = scanned(folder, "duplicates")
    rows = by_path(found)
    assert len(rows) == len(found) == len(scanned(folder, "languages"))
    same = [rows["again.py"], rows["lib/module_1.py"]]
    assert same[0]["cluster"] == same[1]["cluster"]
    assert {row["kept"] for row in same} == {"again.py"}
    assert [row["similarity"] for row in same] == [1.0, 1.0]
    near = rows["lib/module_3.py"], rows["lib/module_3_again.py"]
    assert near[0]["cluster"] == near[1]["cluster"] == "lib/module_3.py"
    assert near[0]["kept"] == near[1]["kept"]
    assert 0.85 <= min(row["similarity"] for row in near) < 1
    assert rows["logo.bin"]["kept"] == "logo.bin"
    assert rows["logo.bin"]["compared"] == "bytes: binary"
    assert rows["legacy.py"]["compared"] == "bytes: fewer than 10 tokens"
    strict = by_path(scanned(folder, "duplicates", "--threshold", "0.99"))
    for path in ("lib/module_3.py", "lib/module_3_again.py"):
        assert (strict[path]["cluster"], strict[path]["kept"]) == (path, path)


def test_duplicates_of_hostile_files(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    root.mkdir()
    words = " ".join(f"name_{i}" for i in range(60))
    files = {
        "bad.py": words.encode() + b" \xff\xfe\x80 = \xc3(",
        "bad_again.py": words.encode() + b" \xff\xfe\x80 = \xc3(",
        "nul.py": words.encode() + b"\0" * 9 + b"x",
        "text.py": words.encode(),
        "empty.py": b"",
        "empty_again.py": b"",
        "signs.py": b"{}();" * 999,
        "long.js": b"var a=1;" * 200_000,
    }
    for name, data in files.items():
        (root / name).write_bytes(data)
    (root / "link.py").symlink_to("text.py")
    rows = by_path(scanned(root, "duplicates"))
    assert rows.keys() == files.keys()
    assert all(row["compared"] and row["kept"] in files for row in rows.values())
    assert rows["bad_again.py"]["cluster"] == rows["bad.py"]["cluster"]
    assert rows["bad_again.py"]["kept"] == rows["bad.py"]["kept"] != "bad_again.py"
    assert rows["empty_again.py"]["kept"] == "empty.py"
    assert rows["signs.py"]["compared"] == "bytes: fewer than 10 tokens"
    assert rows["long.js"]["compared"] == "tokens"


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
