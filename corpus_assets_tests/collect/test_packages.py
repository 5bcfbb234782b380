"""Package connectors against folders and servers of this machine: pip, npm, apt, installed."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.collect.apt import Apt, machine_sources
from corpus_assets.collect.connectors.npm import npm_command
from corpus_assets.collect.downloads import is_cached, keep
from corpus_assets.collect.items import CollectError
from corpus_assets.collect.pip_settings import parse_settings
from corpus_assets.lake import Lake
from corpus_assets_tests.collect.support import assert_accounted, gather, project, tar

_COLLECT = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from corpus_assets.collect.run import collect
from corpus_assets.lake import Lake, Provenance
from corpus_assets.policy.project import load_project
folder = Path(sys.argv[1])
done = collect(load_project(folder / "project.yaml"), "open_source", Lake(str(folder / "lake")),
               Provenance("t", "r", "c", "p"), lambda _: None, folder / "state")
print(json.dumps(asdict(done)))
"""
CLOSED = "http://127.0.0.1:9/"  # the discard port: nothing listens there


def collect_with(folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Collect the project in `folder` in a process with this environment on top of ours."""
    done = subprocess.run(
        [sys.executable, "-c", _COLLECT, str(folder)], check=True, capture_output=True, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def pip_environment(links: Path | None = None, index: str | None = None) -> dict[str, str]:
    """pip's settings for a test: nothing from this machine."""
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "",
                "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}  # fmt: skip
    if links:
        settings |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(links)}
    if index:
        settings |= {"PIP_INDEX_URL": index}
    return settings


def wheel(path: Path, name: str, module: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", module)
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Name: {name}\nVersion: 1.0\n")


@pytest.fixture
def links(tmp_path: Path) -> Path:
    folder = tmp_path / "links"
    folder.mkdir()
    trap = f"open({str(tmp_path / 'trapped')!r}, 'w').close()\n".encode()
    for version in ("1.0", "1.1"):
        tar(folder / f"demo_pkg-{version}.tar.gz", [
            (f"demo_pkg-{version}/setup.py", trap),
            (f"demo_pkg-{version}/demo_pkg.py", f"v = '{version}'\n".encode()),
        ])  # fmt: skip
    wheel(folder / "demo_pkg-1.0-cp311-cp311-win32.whl", "demo_pkg", "platform = 'windows'\n")
    wheel(folder / "demo_pkg-1.0-py3-none-any.whl", "demo_pkg", "platform = 'any'\n")
    return folder


def pypi(*packages: str, files: str = "sdist") -> dict[str, Any]:
    return {"name": "py", "category": "open_source", "connector": "pypi", "files": files,
            "packages": list(packages)}  # fmt: skip


def test_pypi_reads_sdists_and_wheels_without_running_them(tmp_path: Path, links: Path) -> None:
    project(tmp_path, pypi("Demo.Pkg==1.0", files="both"))
    outcome = collect_with(tmp_path, pip_environment(links))
    assert outcome["failures"] == []
    lake = Lake(str(tmp_path / "lake"))
    found = lake.read("occurrences")
    assert set(found["origin"]) == {"pkg:pypi/demo-pkg"}
    assert set(found["revision"]) == {"1.0"}
    assert found["path"].to_list() == [
        "demo_pkg-1.0-py3-none-any.whl/demo_pkg-1.0.dist-info/METADATA",
        "demo_pkg-1.0-py3-none-any.whl/demo_pkg/__init__.py",
        "demo_pkg-1.0.tar.gz/demo_pkg-1.0/demo_pkg.py",
        "demo_pkg-1.0.tar.gz/demo_pkg-1.0/setup.py",
    ]
    assert not (tmp_path / "trapped").exists()
    assert_accounted(lake)


def test_pypi_unpinned_names_mean_the_newest(tmp_path: Path, links: Path) -> None:
    project(tmp_path, pypi("demo-pkg"))
    assert collect_with(tmp_path, pip_environment(links))["collected"] == 1
    assert Lake(str(tmp_path / "lake")).read("revisions")["revision"].to_list() == ["1.1"]


def test_a_pinned_package_is_never_asked_for_again(tmp_path: Path, links: Path) -> None:
    project(tmp_path, pypi("demo-pkg==1.0"))
    collect_with(tmp_path, pip_environment(links))
    outcome = collect_with(tmp_path, pip_environment(index=CLOSED))
    assert (outcome["unchanged"], outcome["failures"]) == (1, [])


def test_pypi_failures_say_what_to_do_and_keep_the_rest(tmp_path: Path, links: Path) -> None:
    project(tmp_path, pypi("demo-pkg==1.0", "absent-pkg==9", "demo-pkg==7", "not a name"))
    outcome = collect_with(tmp_path, pip_environment(links))
    assert outcome["collected"] == 1
    messages = {item["origin"]: item["message"] for item in outcome["failures"]}
    assert "correct name and version" in messages["pkg:pypi/absent-pkg"]
    assert "sdist of demo-pkg==7" in messages["pkg:pypi/demo-pkg"]
    assert any("write `name==version`" in message for message in messages.values())
    project(tmp_path, pypi("demo-pkg==1.1"))
    (failure,) = collect_with(tmp_path, pip_environment(index=CLOSED))["failures"]
    assert "cannot be reached" in failure["message"]
    assert "pip config list" in failure["message"]


def test_pip_settings_come_from_files_and_environment() -> None:
    listing = (
        "global.index-url='https://a.example/simple'\n"
        "global.trusted-host='a.example b.example'\n"
        "install.index-url='https://b.example/simple'\n"
        ":env:.find-links='/x'\n"
    )
    found = parse_settings(listing, {"PIP_FIND_LINKS": "/links /more", "PIP_NO_INDEX": "1"})
    assert found.index_url == "https://b.example/simple"
    assert found.find_links == ("/links", "/more")
    assert found.trusted_hosts == ("a.example", "b.example")
    assert found.no_index
    assert parse_settings("", {}).index_url is None


class _Registry(http.server.BaseHTTPRequestHandler):
    """An npm registry with one package."""

    tarball = b""

    def do_GET(self) -> None:
        if self.path.endswith(".tgz"):
            return self._answer(200, self.tarball)
        if self.path.partition("?")[0] != "/demo-pkg":
            return self._answer(404, b"{}")
        digest = base64.b64encode(hashlib.sha512(self.tarball).digest()).decode()
        address = f"http://127.0.0.1:{self.server.server_address[1]}/demo-pkg-1.2.3.tgz"
        about = {"name": "demo-pkg", "version": "1.2.3",
                 "dist": {"tarball": address, "integrity": f"sha512-{digest}"}}  # fmt: skip
        body = {"name": "demo-pkg", "dist-tags": {"latest": "1.2.3"}, "versions": {"1.2.3": about}}
        return self._answer(200, json.dumps(body).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[str]:
    manifest = {"name": "demo-pkg", "version": "1.2.3",
                "scripts": {"prepack": f"touch {tmp_path}/trapped",
                            "preinstall": f"touch {tmp_path}/trapped"}}  # fmt: skip
    path = tar(tmp_path / "demo.tgz", [
        ("package/package.json", json.dumps(manifest).encode()),
        ("package/index.js", b"module.exports = 1;\n"),
    ])  # fmt: skip
    handler = type("Registry", (_Registry,), {"tarball": path.read_bytes()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def npm(*packages: str) -> dict[str, Any]:
    return {"name": "js", "category": "open_source", "connector": "npm",
            "packages": list(packages)}  # fmt: skip


def npm_environment(tmp_path: Path, registry: str) -> dict[str, str]:
    return {"npm_config_registry": registry, "npm_config_userconfig": str(tmp_path / "npmrc"),
            "npm_config_cache": str(tmp_path / "npm"), "npm_config_fetch_retries": "0",
            "npm_config_proxy": "", "npm_config_https_proxy": "", "HTTP_PROXY": "",
            "http_proxy": "", "HTTPS_PROXY": "", "https_proxy": ""}  # fmt: skip


def test_npm_fetches_tarballs_and_runs_no_script(tmp_path: Path, registry: str) -> None:
    project(tmp_path, npm("demo-pkg", "absent-pkg@1.0.0", "../local", "demo-pkg@git:x"))
    outcome = collect_with(tmp_path, npm_environment(tmp_path, registry))
    lake = Lake(str(tmp_path / "lake"))
    assert lake.read("revisions").select("origin", "revision").rows() == [
        ("pkg:npm/demo-pkg", "1.2.3")
    ]
    assert lake.read("occurrences")["path"].to_list() == ["package/index.js",
                                                          "package/package.json"]  # fmt: skip
    assert not (tmp_path / "trapped").exists()
    messages = [item["message"] for item in outcome["failures"]]
    assert any("no such package or version; correct it" in message for message in messages)
    assert any("write `name@1.2.3`" in message for message in messages)
    assert any("only versions and tags" in message for message in messages)
    project(tmp_path, npm("demo-pkg@1.2.3"))
    outcome = collect_with(tmp_path, npm_environment(tmp_path, CLOSED))
    assert (outcome["unchanged"], outcome["failures"]) == (1, [])


def test_npm_without_a_registry_says_so(tmp_path: Path) -> None:
    project(tmp_path, npm("demo-pkg@1.2.3"))
    (failure,) = collect_with(tmp_path, npm_environment(tmp_path, CLOSED))["failures"]
    assert "check the network and `npm config get registry`" in failure["message"]


def test_npm_is_found() -> None:
    command, _ = npm_command()
    assert Path(command[0]).exists()


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
