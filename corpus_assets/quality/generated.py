"""Files written by programs: generated code, minified code, dependency lock files.

Belongs here: recognizing them by name and shape, and by linguist's rules. The markers in their
headers are found by `markers`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from corpus_assets.quality.markers import header_marker

_LINGUIST_HEAD = 24_000
_LINGUIST_TAIL = 2_000

_LOCK_FILES = frozenset((
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", ".pnp.cjs", ".pnp.js",
    ".pnp.loader.mjs", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock", "cargo.lock",
    "cargo.toml.orig", "poetry.lock", "pdm.lock", "uv.lock", "pixi.lock", "pipfile.lock",
    "composer.lock", "gemfile.lock", "gopkg.lock", "glide.lock", "go.sum", "go.work.sum",
    "flake.lock", ".terraform.lock.hcl", "module.bazel.lock", "package.resolved", "podfile.lock",
    "cartfile.resolved", "esy.lock", "mix.lock", "pubspec.lock", "mise.lock", "gradle.lockfile",
    "packages.lock.json", "conda-lock.yml", "rebar.lock", "stack.yaml.lock",
    "cabal.project.freeze",
))  # fmt: skip
_JULIA_LOCK = re.compile(r"\AManifest(?:-v[\d.]+)?\.toml\Z")

_NAMES = (
    ("name:kubernetes", r"zz_generated.*"),
    ("name:protobuf", r".*_pb2(_grpc)?\.pyi?|.*_pb\.(js|d\.ts|rb)"),
    ("name:protobuf", r".*\.pb\.(go|gw\.go|h|hpp|cc|c|swift|dart)"),
    ("name:dart", r".*\.(g|freezed|gr|mocks)\.dart"),
    ("name:qt", r"moc_.*\.(cpp|cxx|cc)|ui_.*\.h|qrc_.*\.(cpp|cc)"),
    ("name:generated", r".*\.generated\.\w+|.*_generated\.(go|py|rs|ts|js|h|hpp|java)"),
    ("name:android", r"R\.java"),
    ("name:yacc", r"y\.tab\.[ch]|lex\.yy\.c+"),
)
_FOLDERS = re.compile(r"(?:^|/)(__generated__|htmlcov|\.sqlx)/")
_LFS = "version https://git-lfs.github.com/spec/"

_MINIFIABLE = frozenset({"javascript", "css", "typescript"})
_MINIFIED_NAME = re.compile(r"[.-]min\.(?:js|css|mjs|cjs)$", re.I)
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_IDENTIFIER_CHARS = 100_000  # enough to know the style of a file
_LEAST_MINIFIED_CHARS = 300  # a short module of one statement is not a bundle


def is_lock_file(path: str) -> bool:
    """Whether the name is that of a dependency lock file."""
    name = path.rsplit("/", 1)[-1]
    return name.lower() in _LOCK_FILES or bool(_JULIA_LOCK.match(name))


def is_minified(
    path: str, language: str, text: str, mean_line_chars: float, whitespace_fraction: float
) -> bool:
    """Whether JavaScript, TypeScript or CSS is minified.

    By name, by lines of more than 110 characters on average, or by white space under 8 % together
    with more than 35 % of the identifiers having at most two characters: on 33 minified and 5,099
    other files this found all 33 and 29 others, most of them really bundles.
    """
    if language not in _MINIFIABLE:
        return False
    if _MINIFIED_NAME.search(path):
        return True
    if len(text) < _LEAST_MINIFIED_CHARS:
        return False
    if mean_line_chars > 110:
        return True
    if whitespace_fraction >= 0.08:
        return False
    words = _IDENTIFIER.findall(text[:_IDENTIFIER_CHARS])
    return bool(words) and sum(len(word) <= 2 for word in words) / len(words) > 0.35


def generated_evidence(path: str, text: str, minified: bool) -> str | None:
    """The marker or rule that shows a program wrote the file; None for hand-written text.

    One of name:…, folder:…, marker:…, git-lfs-pointer, or linguist for a rule of enry. Linguist
    counts minified files as generated; they have a signal of their own and are not repeated here.
    """
    name = path.rsplit("/", 1)[-1]
    for evidence, pattern in _NAMES:
        if re.fullmatch(pattern, name):
            return evidence
    if folder := _FOLDERS.search(path):
        return f"folder:{folder.group(1)}"
    if text.startswith(_LFS):
        return "git-lfs-pointer"
    if marker := header_marker(text):
        return marker
    if not minified and _enry().is_generated(name, _ends(text)):
        return "linguist"
    return None


def _ends(text: str) -> bytes:
    """What linguist's rules look at: the head, and the last lines for source maps."""
    data = text.encode()
    if len(data) <= _LINGUIST_HEAD + _LINGUIST_TAIL:
        return data
    return data[:_LINGUIST_HEAD] + b"\n" + data[-_LINGUIST_TAIL:]


@cache
def _enry() -> Any:
    import enry

    return enry
