"""`corpus scan license-timeline`: licenses of commits along and across branches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from corpus_assets.cli.main import app
from corpus_assets_tests.sample_history import Made, git, make_repository

MIT = b"This program is licensed under the MIT License.\n\nSPDX-License-Identifier: MIT\n"
APACHE = b"Licensed under the Apache License, Version 2.0.\n\nSPDX-License-Identifier: Apache-2.0\n"


def timeline(path: Path) -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, ["scan", "license-timeline", str(path)])
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_commit_has_the_license_of_its_own_tree(tmp_path: Path) -> None:
    ids = make_repository(
        tmp_path / "r",
        [
            Made("Start\n", {"a.py": b"a = 1\n"}),
            Made("License\n", {"LICENSE": MIT}),
            Made("Code\n", {"a.py": b"a = 2\n"}),
            Made("Relicense\n", {"LICENSE": APACHE}),
            Made("On the old branch\n", {"b.py": b"b = 1\n"}, parents=(2,)),
            Made("Merge\n", {"a.py": b"a = 2\n", "LICENSE": APACHE}, parents=(3, 4)),
            Made("Without\n", {"LICENSE": None}),
            Made("Only a manifest\n", {"package.json": b'{"name": "x", "license": "ISC"}\n'}),
        ],
    )
    rows = {row["commit"]: row for row in timeline(tmp_path / "r")}
    assert [rows[commit]["license_concluded"] for commit in ids] == [
        None, "MIT", "MIT", "Apache-2.0", "MIT", "Apache-2.0", None, "ISC",
    ]  # fmt: skip
    assert [rows[commit]["changed"] for commit in ids] == [
        True, True, False, True, False, False, True, True,
    ]  # fmt: skip
    assert rows[ids[0]]["license_state"] == "none_found"
    assert rows[ids[1]]["evidence"] == ["LICENSE"]
    assert rows[ids[1]]["license_class"] == "permissive"


def test_what_a_clone_lacks_is_not_guessed(tmp_path: Path) -> None:
    make_repository(
        tmp_path / "r",
        [Made("One\n", {"LICENSE": MIT}), Made("Two\n", {"a": b"1"}), Made("Three\n", {"a": b"2"})],
    )
    git(tmp_path / "r", "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{tmp_path}/r", "shallow")
    found = timeline(tmp_path / "shallow")
    assert [(row["license_concluded"], row["changed"]) for row in found] == [
        ("MIT", None), ("MIT", False),
    ]  # fmt: skip
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=tree:0", f"file://{tmp_path}/r", "bare")
    assert {row["license_state"] for row in timeline(tmp_path / "bare")} == {"unreadable"}


def test_reuse_folders_speak_and_readmes_stand_in(tmp_path: Path) -> None:
    readme = b"# x\n\n## License\n\nThis project is released under the MIT license.\n"
    ids = make_repository(
        tmp_path / "r",
        [
            Made("Readme\n", {"README.md": readme}),
            Made("Texts\n", {"README.md": None, "LICENSES/Apache-2.0.txt": APACHE}),
        ],
    )
    rows = {row["commit"]: row for row in timeline(tmp_path / "r")}
    assert rows[ids[0]]["license_concluded"] == "MIT"
    assert rows[ids[1]]["evidence"] == ["LICENSES/Apache-2.0.txt"]
    assert rows[ids[1]]["license_concluded"] == "Apache-2.0"
