"""Links to license files are followed inside their snapshot, and nowhere else."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.collect import links as rules
from corpus_assets.collect.archives import archive_items
from corpus_assets.collect.folder import FolderFile, folder_files
from corpus_assets.collect.identity import content_id
from corpus_assets.collect.items import File, Rejected
from corpus_assets.collect.links import MAX_FOLLOWED, MAX_HOPS, Link, follow
from corpus_assets.policy.project import Limits
from corpus_assets_tests.collect.support import (
    assert_accounted,
    commit,
    directory_source,
    gather,
    git,
    irregular,
    project,
    tar,
)

TEXT = b"Permission is hereby granted, free of charge\n"
CONTENT = content_id(TEXT)
# Path of a link, its words, and the end or the reason that is expected.
CASES = [
    ("COPYING", "LICENSES/MIT.txt", "LICENSES/MIT.txt"),
    ("sub/LICENSE", "../LICENSES/MIT.txt", "LICENSES/MIT.txt"),
    ("sub/deep/COPYING", "./../.././/LICENSES/./MIT.txt", "LICENSES/MIT.txt"),
    ("LICENSE", "COPYING", "LICENSES/MIT.txt"),
    ("sub/NOTICE", "../folder/MIT.txt", "LICENSES/MIT.txt"),
    ("debian/copyright", "../LICENSE", "LICENSES/MIT.txt"),
    ("LICENSE.outside", "../COPYING", "link_outside"),
    ("sub/LICENSE.up", "../sub/../../COPYING", "link_outside"),
    ("LICENSE.root", "/usr/share/common-licenses/GPL-2", "link_outside"),
    ("LICENSE.none", "LICENSES/Apache-2.0.txt", "link_dangling"),
    ("LICENSE.long", "x" * 2000, "link_dangling"),
    ("LICENSE.bare", "", "link_dangling"),
    ("LICENSE.ring", "COPYING.ring", "link_loop"),
    ("COPYING.ring", "LICENSE.ring", "link_loop"),
    ("LICENSE.self", "LICENSE.self", "link_loop"),
    ("LICENSE.tree", "LICENSES", "link_to_folder"),
    ("LICENSE.dot", ".", "link_to_folder"),
    ("LICENSE.via", "folder", "link_to_folder"),
    ("folder", "LICENSES", "symlink"),
    ("again.py", "main.py", "symlink"),
    ("LICENSE.py", "LICENSES/MIT.txt", "symlink"),
]
FILES = {"LICENSES/MIT.txt", "main.py"}


def outcomes(links: list[Link], files: set[str]) -> dict[str, str]:
    return {
        link.path: end.reason if isinstance(end, Rejected) else end
        for link, end in follow(links, files)
    }


def test_where_links_lead() -> None:
    found = outcomes([Link(path, words) for path, words, _ in CASES], FILES)
    assert found == {path: expected for path, _, expected in CASES}


def test_the_reason_names_the_target() -> None:
    ((_, end),) = follow([Link("LICENSE", "../a\nb\udcff")], FILES)
    assert isinstance(end, Rejected)
    assert end.detail == "points to ../a\\x0ab\\xff: it leads out of the snapshot"


def test_hard_links_start_at_the_root_of_the_archive() -> None:
    found = outcomes([Link("a/COPYING", "b/GPL", "hardlink"), Link("a/x.c", "b/GPL", "hardlink"),
                      Link("a/LICENSE", "GPL", "hardlink")], {"b/GPL"})  # fmt: skip
    assert found == {"a/COPYING": "b/GPL", "a/x.c": "hardlink", "a/LICENSE": "link_dangling"}


def test_chains_are_followed_to_their_bound() -> None:
    chain = [Link(f"LICENSE-{n}", f"LICENSE-{n + 1}") for n in range(MAX_HOPS + 2)]
    last = f"LICENSE-{MAX_HOPS + 2}"
    found = outcomes(chain, {last})
    assert [found[link.path] for link in chain] == ["link_loop", *[last] * (MAX_HOPS + 1)]


def test_a_hundred_thousand_links_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Link(f"d{n}/LICENSE", f"../d{n + 1}/LICENSE") for n in range(100_000)]
    walked = 0

    def target_of(path: str) -> str | None:
        nonlocal walked
        walked += 1
        return f"../d{int(path[1:].partition('/')[0]) + 1}/LICENSE" if "/" in path else None

    reasons = [end.reason for _, end in follow(many, {"a"}, target_of) if isinstance(end, Rejected)]
    assert reasons == ["link_loop"] * MAX_FOLLOWED + ["too_many_links"] * (100_000 - MAX_FOLLOWED)
    assert walked <= MAX_FOLLOWED * 2 * (MAX_HOPS + 1)
    monkeypatch.setattr(rules, "MAX_FOLLOWED", 1)
    assert list(outcomes([Link("LICENSE", "a"), Link("COPYING", "a")], {"a"}).values()) == [
        "a", "too_many_links",
    ]  # fmt: skip


def test_links_that_double_at_every_step_end() -> None:
    bomb = [Link(f"LICENSE.{n}", f"LICENSE.{n + 1}/LICENSE.{n + 1}") for n in range(60)]
    assert set(outcomes(bomb, {"LICENSE.60"}).values()) <= {"link_loop", "link_dangling"}


_NAME = st.sampled_from(["LICENSE", "COPYING", "a", "..", ".", ""])
_PATHS = st.lists(_NAME, min_size=1, max_size=4).map("/".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.lists(st.sampled_from(["LICENSE", "COPYING", "a"]), min_size=1,
       max_size=3).map("/".join), _PATHS), max_size=8, unique_by=lambda pair: pair[0]))  # fmt: skip
def test_any_links_end_in_a_file_of_the_snapshot_or_a_reason(pairs: list[tuple[str, str]]) -> None:
    files = {"x/LICENSE", "a/a/a/a"}
    found = list(follow([Link(*pair) for pair in pairs], files))
    assert [link.path for link, _ in found] == [path for path, _ in pairs]
    for _, end in found:
        assert end.reason and end.detail if isinstance(end, Rejected) else end in files


def members(items: list[File | Rejected]) -> dict[str, str]:
    return {item.path: item.reason if isinstance(item, Rejected) else item.content_id
            for item in items}  # fmt: skip


def test_links_in_a_tar_before_and_after_their_target(tmp_path: Path) -> None:
    path = tar(tmp_path / "glib.tar.gz", [
        irregular("glib/COPYING", tarfile.SYMTYPE, "LICENSES/LGPL-2.1-or-later.txt"),
        ("glib/LICENSES/LGPL-2.1-or-later.txt", TEXT),
        irregular("glib/gio/COPYING", tarfile.SYMTYPE, "../COPYING"),
        irregular("glib/gmodule/COPYING", tarfile.LNKTYPE, "glib/LICENSES/LGPL-2.1-or-later.txt"),
        irregular("glib/LICENSE", tarfile.SYMTYPE, "../../etc/passwd"),
        irregular("glib/NOTICE\n", tarfile.SYMTYPE, "COPYING"),
        irregular("glib/copying", tarfile.SYMTYPE, "gio"),
        ("glib/main.c", b"int main;\n"),
        irregular("glib/main-again.c", tarfile.LNKTYPE, "glib/main.c"),
    ])  # fmt: skip
    items = list(archive_items(io.BytesIO(path.read_bytes()), path.name, Limits()))
    found = members(items)
    assert {path for path, end in found.items() if end == CONTENT} == {
        "glib/COPYING", "glib/LICENSES/LGPL-2.1-or-later.txt", "glib/gio/COPYING",
        "glib/gmodule/COPYING",
    }  # fmt: skip
    assert found["glib/LICENSE"] == "link_outside"
    assert found["glib/NOTICE\\x0a"] == "control_character"
    assert found["glib/copying"] == "case_collision"
    assert found["glib/main-again.c"] == "hardlink"
    assert len(items) == 9
    source = {"name": "a", "category": "open_source", "connector": "archive", "path": str(path)}
    _, lake = gather(project(tmp_path, source), tmp_path)
    assert lake.read("occurrences").height == 5
    assert lake.read("contents")["data"].to_list().count(TEXT) == 1
    assert_accounted(lake)


def test_a_link_within_an_archive_within_stays_in_it(tmp_path: Path) -> None:
    inner = tar(tmp_path / "in.tar", [
        ("text", TEXT),
        irregular("LICENSE", tarfile.SYMTYPE, "text"),
        irregular("COPYING", tarfile.SYMTYPE, "../text"),
    ], "w")  # fmt: skip
    path = tar(tmp_path / "out.tar", [("text", TEXT), ("in.tar", inner.read_bytes())], "w")
    found = members(list(archive_items(io.BytesIO(path.read_bytes()), "out.tar", Limits())))
    assert found["in.tar!/LICENSE"] == CONTENT
    assert found["in.tar!/COPYING"] == "link_outside"


def test_links_in_a_zip() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, words in (("LICENSE", b"texts/MIT"), ("COPYING", b"x" * 50_000),
                            ("sub/NOTICE", b"\xff\xfe"), ("a.py", b"LICENSE")):  # fmt: skip
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, words)
        archive.writestr("texts/MIT", TEXT)
    found = members(list(archive_items(buffer, "a.zip", Limits())))
    assert found == {
        "texts/MIT": CONTENT, "LICENSE": CONTENT, "COPYING": "link_dangling",
        "sub/NOTICE": "link_dangling", "a.py": "symlink",
    }  # fmt: skip


def test_links_in_a_folder(tmp_path: Path) -> None:
    code = tmp_path / "code"
    (code / "LICENSES").mkdir(parents=True)
    (code / "LICENSES" / "MIT.txt").write_bytes(TEXT)
    (code / "COPYING").symlink_to("LICENSES/MIT.txt")
    (code / "LICENSE").symlink_to(code / "LICENSES" / "MIT.txt")
    (code / "NOTICE").symlink_to("/etc/passwd")
    (code / "main.py").symlink_to("LICENSES/MIT.txt")
    entries = list(folder_files(code))
    assert [entry.path for entry in entries] == [
        "COPYING", "LICENSE", "LICENSES/MIT.txt", "NOTICE", "main.py",
    ]  # fmt: skip
    linked = entries[0]
    assert isinstance(linked, FolderFile)
    assert (linked.is_link, linked.location) == (True, code / "LICENSES" / "MIT.txt")
    outcome, lake = gather(project(tmp_path, directory_source(code)), tmp_path)
    assert outcome.failures == []
    assert dict(lake.read("quarantine").select("path", "reason").iter_rows()) == {
        "LICENSE": "link_outside", "NOTICE": "link_outside", "main.py": "symlink",
    }  # fmt: skip
    assert set(lake.read("occurrences").select("path", "content_id").iter_rows()) == {
        ("COPYING", CONTENT), ("LICENSES/MIT.txt", CONTENT),
    }  # fmt: skip
    assert_accounted(lake)
    # What is excluded is as if it did not exist.
    source = directory_source(code, "again", exclude=["LICENSES/**"])
    _, lake = gather(project(tmp_path, source), tmp_path)
    set_aside = lake.read("quarantine").filter(source="again")
    assert dict(set_aside.select("path", "reason").iter_rows())["COPYING"] == "link_dangling"


def test_a_link_to_a_file_that_is_left_out_is_set_aside(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    tar(code / "in.tar.gz", [
        ("texts/MIT", TEXT), irregular("LICENSE", tarfile.SYMTYPE, "texts/MIT"),
    ])  # fmt: skip
    source = directory_source(code, exclude=["**/texts/**"])
    _, lake = gather(project(tmp_path, source), tmp_path)
    (row,) = lake.read("quarantine").to_dicts()
    assert (row["path"], row["reason"]) == ("in.tar.gz!/LICENSE", "link_dangling")
    assert_accounted(lake)


@pytest.mark.parametrize("history", [False, True])
def test_links_in_git(tmp_path: Path, history: bool) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "-q")
    commit(repository, {"LICENSES/MIT.txt": TEXT.decode(), "old/GPL": "old\n"})
    (repository / "COPYING").symlink_to("LICENSES/MIT.txt")
    (repository / "texts").symlink_to("LICENSES")
    (repository / "lib").mkdir()
    (repository / "lib" / "LICENSE").symlink_to("../texts/MIT.txt")
    (repository / "NOTICE").symlink_to("old/GPL")
    (repository / "LICENSE").symlink_to("../MIT.txt")
    (repository / "link.py").symlink_to("LICENSES/MIT.txt")
    tip = commit(repository, {})
    source = {"name": "r", "category": "open_source", "connector": "git", "url": str(repository),
              "history": history, "exclude": ["old/**"]}  # fmt: skip
    outcome, lake = gather(project(tmp_path, source), tmp_path)
    assert outcome.failures == []
    linked = lake.read("occurrences").filter(revision=tip, content_id=CONTENT)
    assert set(linked["path"]) >= {"COPYING", "lib/LICENSE"}
    assert dict(lake.read("quarantine").select("path", "reason").iter_rows()) == {
        "texts": "symlink", "link.py": "symlink", "LICENSE": "link_outside",
        "NOTICE": "link_dangling",
    }  # fmt: skip
    assert_accounted(lake)


def test_links_of_an_installed_distribution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    facts = site / "linked-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: linked\nVersion: 1.0\n")
    (facts / "MIT.txt").write_bytes(TEXT)
    (facts / "LICENSE").symlink_to("MIT.txt")
    (facts / "COPYING").symlink_to("/etc/passwd")
    names = [f"linked-1.0.dist-info/{path.name},," for path in sorted(facts.iterdir())]
    (facts / "RECORD").write_text("\n".join(names) + "\n")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    assert metadata.distribution("linked").version == "1.0"
    source = {"name": "here", "category": "open_source", "connector": "installed",
              "packages": ["linked"]}  # fmt: skip
    _, lake = gather(project(tmp_path, source), tmp_path)
    assert lake.read("occurrences").filter(content_id=CONTENT)["path"].to_list() == [
        "linked-1.0.dist-info/LICENSE", "linked-1.0.dist-info/MIT.txt",
    ]  # fmt: skip
    assert lake.read("quarantine")["reason"].to_list() == ["link_outside"]
    assert_accounted(lake)


def test_links_do_not_count_as_delivered(tmp_path: Path) -> None:
    from corpus_assets.collect.drop_zone import verified
    from corpus_assets_tests.collect.support import delivery

    folder = delivery(tmp_path, "freelance", {"tree/s-1/texts/MIT": TEXT.decode()})
    (folder / "payload" / "tree" / "s-1" / "LICENSE").symlink_to("texts/MIT")
    assert "payload/tree/s-1/LICENSE" not in verified(folder, "freelance").digests
