"""Packages without a registry: apt over a folder, installed distributions, kept downloads."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.collect.apt import Apt, machine_sources
from corpus_assets.collect.downloads import is_cached, keep
from corpus_assets.collect.items import CollectError
from corpus_assets_tests.collect.support import assert_accounted, gather, project, tar


def debian_repository(folder: Path) -> Path:
    """A folder that is an unsigned repository with one source package, and its /etc/apt."""
    pool = folder / "pool"
    pool.mkdir()
    orig = tar(pool / "demo_1.0.orig.tar.gz", [("demo-1.0/main.c", b"int main(void) {}\n")])
    changes = tar(pool / "demo_1.0-1.debian.tar.xz", [("debian/rules", b"#!/bin/sh\n")], "w:xz")
    files = [(hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, path.name)
             for path in (orig, changes)]  # fmt: skip
    listed = "\n".join(f" {digest} {size} {name}" for digest, size, name in files)
    head = "Format: 3.0 (quilt)\nBinary: demo\nArchitecture: any\nVersion: 2:1.0-1\n"
    dsc = pool / "demo_1.0-1.dsc"
    dsc.write_text(f"Source: demo\n{head}Checksums-Sha256:\n{listed}\n")
    whole = f" {hashlib.sha256(dsc.read_bytes()).hexdigest()} {dsc.stat().st_size} {dsc.name}"
    stanza = f"Package: demo\n{head}Directory: .\nChecksums-Sha256:\n{listed}\n{whole}\n"
    (pool / "Sources").write_text(stanza)
    etc = folder / "etc"
    etc.mkdir()
    (etc / "sources.list").write_text(f"deb [trusted=yes] file:{pool} ./\n# deb file:/no ./\n")
    return etc


def test_apt_works_in_its_own_folder_and_knows_epochs(tmp_path: Path) -> None:
    apt = Apt(tmp_path / "apt", debian_repository(tmp_path))
    assert apt.version("demo") == "2:1.0-1"
    target = tmp_path / "got"
    target.mkdir()
    apt.download("demo", "2:1.0-1", target)
    assert sorted(path.name for path in target.iterdir()) == [
        "demo_1.0-1.debian.tar.xz", "demo_1.0-1.dsc", "demo_1.0.orig.tar.gz",
    ]  # fmt: skip
    with pytest.raises(CollectError, match="correct name and version"):
        apt.version("absent-package")


def test_sources_of_the_machine_become_sources_of_source_packages(tmp_path: Path) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(
        "deb http://x.example a main\ndeb-src http://x.example a main\n"
    )
    (tmp_path / "sources.list.d" / "d.sources").write_text(
        "Types: deb\n# note\nURIs: http://y.example\nSuites: b\nComponents: main\n\n"
        "Types: deb\nURIs: http://off.example\nSuites: b\nEnabled: no\n"
    )
    found = machine_sources(tmp_path)
    assert found.lines == ["deb-src http://x.example a main"]
    assert found.stanzas == [
        "Types: deb-src\nURIs: http://y.example\nSuites: b\nComponents: main"
    ]  # fmt: skip
    (tmp_path / "empty").mkdir()
    with pytest.raises(CollectError, match="configure apt first"):
        Apt(tmp_path / "apt", tmp_path / "empty").version("x")


def test_installed_distributions_leave_out_what_the_machine_wrote(tmp_path: Path) -> None:
    source = {"name": "here", "category": "open_source", "connector": "installed",
              "packages": ["Filelock", "not-installed-here"]}  # fmt: skip
    outcome, lake = gather(project(tmp_path, source), tmp_path)
    assert [item.origin for item in outcome.failures] == ["pkg:pypi/not-installed-here"]
    paths = lake.read("occurrences")["path"].to_list()
    assert "filelock/__init__.py" in paths
    assert not [path for path in paths if "__pycache__" in path or path.endswith("/RECORD")]
    assert_accounted(lake)


def test_downloads_are_kept_only_with_the_right_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    good = hashlib.sha256(b"data").hexdigest()
    with pytest.raises(CollectError, match="the index says"):
        keep(path, lambda stream: _write(stream, b"dat"), {"sha256": good})
    assert list(tmp_path.iterdir()) == []
    keep(path, lambda stream: _write(stream, b"data"), {"sha256": good})
    assert is_cached(path)
    path.write_bytes(b"date")
    assert not is_cached(path)


def _write(stream: Any, data: bytes) -> None:
    stream.write(data)
