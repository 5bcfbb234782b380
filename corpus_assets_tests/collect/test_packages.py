"""Package connectors against folders and servers of this machine: pip and npm."""

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

from corpus_assets.collect.connectors.npm import npm_command
from corpus_assets.collect.pip_settings import parse_settings
from corpus_assets.lake import Lake
from corpus_assets_tests.collect.support import assert_accounted, project, tar

_COLLECT = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from corpus_assets.collect.run import collect
from corpus_assets.lake import Lake
from corpus_assets.lake_versions import Provenance
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
