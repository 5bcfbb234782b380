"""The packages that manifests name: data, no logic.

Belongs here: where manifests lie, whose packages they name, and how a line names one. Licenses of
manifests are read elsewhere (`licensing/manifests`), by real parsers; what is asked here is only
which known names occur.
"""

from __future__ import annotations

from typing import NamedTuple


class Manifest(NamedTuple):
    """`path`: expression on the path; `ecosystem`: the language whose packages it names;
    `pattern`: expression on the text whose group is a name."""

    path: str
    ecosystem: str
    pattern: str


MANIFESTS = (
    Manifest(
        r"(?:^|/)package\.json$",
        "javascript",
        r'(?m)^[ \t]*"(@?[a-z][\w./-]*)"[ \t]*:[ \t]*"'
        r"(?:[~^><=v]*[ \t]*\d|workspace:|latest|\*)",
    ),
    Manifest(
        r"(?:^|/)composer\.json$", "php", r'(?m)^[ \t]*"([a-z][\w.-]*/[\w.-]+)"[ \t]*:[ \t]*"'
    ),
    Manifest(
        r"(?:^|/)pyproject\.toml$",
        "python",
        r"""(?m)^[ \t]*["']([A-Za-z][\w.-]*)[ \t]*(?:\[[\w, -]*\])?"""
        r"""[ \t]*(?:[<>=!~;][^"']*)?["'],?[ \t]*$""",
    ),
    Manifest(
        r"(?:^|/)requirements[\w.-]*\.txt$",
        "python",
        r"(?m)^[ \t]*([A-Za-z][\w.-]*)[ \t]*(?:\[[\w, -]*\])?[ \t]*(?:[<>=!~;].*)?$",
    ),
    Manifest(
        r"(?:^|/)Cargo\.toml$",
        "rust",
        r"(?m)^([a-z][\w-]*)[ \t]*=[ \t]*"
        r"""(?:"[\^~=><]*[ \t]*\d|\{[^}\n]*\b(?:version|git|workspace|path)\b)""",
    ),
    Manifest(
        r"(?:^|/)go\.mod$",
        "go",
        r"(?m)^[ \t]*(?:require[ \t]+)?([a-z][\w.-]*\.[a-z]+/[\w./~-]+)[ \t]+v\d",
    ),
    Manifest(r"(?:^|/)pom\.xml$", "java", r"<groupId>[ \t]*([\w.-]+)[ \t]*</groupId>"),
    Manifest(r"\.(?:cs|fs|vb)proj$", "csharp", r'<PackageReference[^>]+Include="([\w.]+)"'),
    Manifest(r"(?:^|/)Gemfile$", "ruby", r"""(?m)^[ \t]*gem[ \t(]+["']([^"'\s]+)["']"""),
)
