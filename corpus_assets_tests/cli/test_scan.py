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
    assert len(rows) == len(found)
    assert rows.keys() | {"link.py"} == by_path(scanned(folder, "languages")).keys()
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
    assert rows["lib/module_1.py"]["signals"]["n_tokens"] > 50
    assert rows["lib/module_1.py"]["uses"]["domains"] == []
    minified = rows["app.min.js"]
    assert (minified["action"], minified["reason"]) == ("drop", minified["gates"][0])
    assert "minified" in minified["gates"]
    assert "minified" in minified["tags"]
    assert any(line.startswith("minified: ") for line in minified["evidence"])
    assert [verdict["gate"] for verdict in minified["verdicts"]] == minified["gates"]


def test_every_file_has_a_row_with_its_reason(tmp_path: Path) -> None:
    root = tmp_path / "odd"
    root.mkdir()
    (root / "binary.py").write_bytes(b"x = 1" + bytes(60))
    (root / "empty.py").write_bytes(b"")
    (root / "cut.py").write_bytes("wert = 'gr\u00fc\u00dfe \u00e4\u00f6\u00fc'".encode()[:-2])
    (root / "link.py").symlink_to("/etc/hostname")
    (root / "large.py").write_bytes(b"a = 1\n" * (2 << 20))
    (root / "model.py").write_text(
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n"
    )
    quality = by_path(scanned(root, "quality"))
    reasons = {path: (row["action"], row["tags"]) for path, row in quality.items()}
    assert reasons == {
        "binary.py": ("drop", ["binary"]),
        "cut.py": ("keep", []),
        "empty.py": ("drop", ["empty"]),
        "large.py": ("drop", ["too_large"]),
        "link.py": ("quarantine", ["symlink"]),
        "model.py": ("drop", ["generated"]),
    }
    assert "lfs" in quality["model.py"]["evidence"][0]
    languages = by_path(scanned(root, "languages"))
    assert languages.keys() == quality.keys()
    assert (languages["link.py"]["state"], languages["link.py"]["language"]) == ("symlink", None)
    assert languages["cut.py"]["issues"] == ["truncated_character"]


def test_secrets(folder: Path) -> None:
    rows = scanned(folder, "secrets")
    assert [(row["path"], row["line"]) for row in rows] == [("deploy.py", 3)]
    assert rows[0]["kind"]
    assert rows[0]["rule"]
    assert len(rows[0]["fingerprint"]) == 64
    assert "Zk3v" not in json.dumps(rows)


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True)


def secret_file(path: Path) -> None:
    token = "gh" + "p_" + "Zk3vT9qLw2XbN8rYc5HdJ7mPa4GsUe6FiO1t"
    path.write_text(f'GITHUB_TOKEN = "{token}"\n')


def test_only_changed_files_are_scanned_before_a_merge(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / "sub").mkdir(parents=True)
    git(root, "init", "-q")
    command = [sys.executable, "-m", "corpus_assets.cli.main", "scan", "secrets", str(root)]

    def paths() -> tuple[int, list[str]]:
        done = subprocess.run(
            [*command, "--changed", "--exit-code"], capture_output=True, text=True, check=False
        )
        return done.returncode, [json.loads(line)["path"] for line in done.stdout.splitlines()]

    secret_file(root / "old.py")
    assert paths() == (1, ["old.py"])  # no commit yet
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    assert paths() == (0, [])
    secret_file(root / "sub" / "näw.py")
    (root / ".gitignore").write_text("ignored.py\n")
    secret_file(root / "ignored.py")
    assert paths() == (1, ["sub/näw.py"])
    git(root, "rm", "-q", "old.py")
    git(root, "add", "-A")
    assert paths() == (1, ["sub/näw.py"])


def test_changed_files_need_a_working_tree(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "corpus_assets.cli.main", "scan", "secrets", str(tmp_path)]
    environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    done = subprocess.run(
        [*command, "--changed"], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "git" in done.stderr
