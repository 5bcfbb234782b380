"""The labelled files of the benchmark of file kinds, fetched and made into a folder that is kept.

Belongs here: putting packages (`kinds_packages`) and what tools make (`kinds_recipes`) together as
samples, and their bare forms. Nothing of it is committed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks import kinds_dumps, kinds_packages, kinds_recipes, kinds_tools
from benchmarks.license_corpus import corpus
from corpus_assets.parse.decoding import decode

TABLES = {
    "tune": kinds_packages.TUNE, "held": kinds_packages.HELD, "fresh": kinds_packages.FRESH,
}  # fmt: skip
MAX_BYTES = 2_000_000
_PER_RULE = 60  # files of one kind of one package; hand-written ones three times as many

_BUILT_BY_AUTOTOOLS = frozenset((
    "aclocal.m4", "config.guess", "config.sub", "ltmain.sh", "install-sh", "missing", "depcomp",
    "compile", "ylwrap", "test-driver", "mkinstalldirs", "libtool.m4", "ltoptions.m4",
    "ltsugar.m4", "ltversion.m4", "lt~obsolete.m4", "ar-lib", "mdate-sh",
))  # fmt: skip
_WRITTEN_CONFIGURATION = frozenset((
    "package.json", "tsconfig.json", ".eslintrc.json", ".eslintrc.yml", "composer.json",
    ".travis.yml", "appveyor.yml", ".prettierrc", "CMakeLists.txt", "meson.build", "pyproject.toml",
    "setup.cfg", "tox.ini", "Cargo.toml", "codecov.yml", ".readthedocs.yaml", "mkdocs.yml",
    ".pre-commit-config.yaml", "docker-compose.yml", ".clang-format", "Makefile.am",
    "configure.ac",
))  # fmt: skip
_OF_GNULIB = (
    "gnulib-tests/Makefile.am", "gnulib-lib/Makefile.am", "gnu/Makefile.am", "lib/Makefile.am",
    "doc/examples/Makefile.am",
)  # fmt: skip
_TELLS = re.compile(
    r"generat|do not (?:edit|modify)|don't edit|made by|swig|protobuf|protoc|antlr|bison|flex|"
    r"cython|coffee|typescript|webpack|rollup|browserify|sourcemappingurl|eslint-disable|@format|"
    r"automake|autoconf|cmake|thrift|@provides|source:|parser created|lexer created", re.I,
)  # fmt: skip
_COMMENT = re.compile(
    r"\s*(?:#(?!\s*(?:if|endif|define|include))|//|/?\*(?!.*\*/\s*\S)|;|--|<!--|dnl\b|%|\(\*|\{-)"
)


class Sample(NamedTuple):
    """One file: whose it is, where it lies there, its text, and the kinds that hold."""

    source: str
    path: str
    text: str
    kinds: frozenset[str]  # empty for what people wrote


def samples(folder: Path, split: str) -> list[Sample]:
    """The files of "tune", "held" or "fresh", each content once, in a fixed order."""
    _fetch(folder, split)
    if split != "fresh":  # packages only
        kinds_recipes.install(folder)
        kinds_recipes.run(folder, split, kinds_tools.recipes(folder, split))
    found: dict[str, Sample] = {}
    for sample in (
        *_packaged(folder, split),
        *_made(folder, split),
        *_dumped(folder, split),
        *_locks(folder, split),
    ):
        digest = hashlib.sha256(sample.text.encode()).hexdigest()
        found.setdefault(digest, sample)
    return list(found.values())


def bare(sample: Sample) -> Sample:
    """The same without what tells it at once: its folders, its name, comments that speak of tools.

    Build files keep their names, for build tools give them no other.
    """
    declares = sample.path.endswith(".d.ts")
    suffixes = ".d.ts" if declares else "".join(Path(sample.path).suffixes[-1:])
    name = Path(sample.path).name if "build_generated" in sample.kinds else f"module{suffixes}"
    lines = sample.text.split("\n")
    kept = [line for line in lines if not (_COMMENT.match(line) and _TELLS.search(line))]
    return sample._replace(path=name, text="\n".join(kept))


def _fetch(folder: Path, split: str) -> None:
    packages: dict[str, list[str]] = {"debian": [], "pypi": [], "npm": []}
    for ecosystem, package, _, _ in _rules(split):
        if package not in packages[ecosystem]:
            packages[ecosystem].append(package)
    done = folder / f"{split}.fetched"
    digest = hashlib.sha256(repr(packages).encode()).hexdigest()
    if not done.exists() or done.read_text() != digest:
        corpus(folder, packages, per_package=100_000)
        done.write_text(digest)


def _rules(split: str) -> Iterator[tuple[str, str, frozenset[str], list[str]]]:
    for line in TABLES[split].strip().splitlines():
        head, _, globs = line.partition(": ")
        ecosystem, package, kinds = head.split()
        yield ecosystem, package, frozenset(kinds.split("+")) - {"written"}, globs.split()


def _packaged(folder: Path, split: str) -> Iterator[Sample]:
    seen: set[str] = set()
    for ecosystem, package, kinds, globs in _rules(split):
        name = package.rsplit("@", 1)[0] if package[1:].count("@") else package
        for label, root in kinds_recipes.package_roots(folder, f"{ecosystem}_{name}"):
            paths = _listing(root)
            chosen = [path for path in paths if _named(path, globs)]
            chosen.sort(key=lambda path: hashlib.sha256(path.encode()).hexdigest())
            for path in chosen[: _PER_RULE if kinds else 3 * _PER_RULE]:
                yield from _sample(label, root, path, kinds)
            if label not in seen:
                seen.add(label)
                yield from _by_siblings(label, root, paths)


def _by_siblings(label: str, root: Path, paths: list[str]) -> Iterator[Sample]:
    """Build files beside what they are made from, and configuration that people write."""
    have, kept = set(paths), 0
    for path in paths:
        folder, _, name = path.rpartition("/")
        beside = f"{folder}/" if folder else ""
        built = (
            (name in _BUILT_BY_AUTOTOOLS and label.startswith("debian"))
            or (name == "Makefile.in" and f"{beside}Makefile.am" in have)
            or (name == "configure" and f"{beside}configure.ac" in have)
        )
        if built and kept < _PER_RULE:
            kept += 1
            also = {"template"} if name.endswith(".in") else set()
            yield from _sample(label, root, path, frozenset({"build_generated"} | also))
        elif path.endswith(_OF_GNULIB):
            continue
        elif name in _WRITTEN_CONFIGURATION or "/.github/workflows/" in f"/{path}":
            yield from _sample(label, root, path, frozenset())


def _made(folder: Path, split: str) -> Iterator[Sample]:
    for place in sorted((folder / "made" / split).glob("*/*")):
        kinds = frozenset(place.name.split("+"))
        for path in sorted(place.rglob("*")):
            if path.is_file() and path.name != "done":
                inner = path.relative_to(place).as_posix().partition("/")[2]
                yield from _sample(place.parent.name, path.parent, path.name, kinds, inner)


def _dumped(folder: Path, split: str) -> Iterator[Sample]:
    """Data of packages written out as programs by `kinds_dumps`."""
    for source, path, text in kinds_dumps.dumps(
        sample for sample in _packaged(folder, split) if sample.kinds == {"data"}
    ):
        yield Sample(source, path, text, frozenset({"data"}))


def _locks(folder: Path, split: str) -> Iterator[Sample]:
    """Lock files wherever packages ship them."""
    names = {"package-lock.json", "yarn.lock", "Cargo.lock", "go.sum", "composer.lock",
             "Gemfile.lock", "poetry.lock", "Pipfile.lock", "pnpm-lock.yaml",
             "uv.lock"}  # fmt: skip
    for ecosystem, package, _, _ in _rules(split):
        for label, root in kinds_recipes.package_roots(folder, f"{ecosystem}_{package}"):
            for path in _listing(root):
                if path.rpartition("/")[2] in names:
                    yield from _sample(label, root, path, frozenset({"lock_file"}))


def _sample(
    label: str, root: Path, path: str, kinds: frozenset[str], shown: str | None = None
) -> Iterator[Sample]:
    place = root / path
    if 0 < place.stat().st_size <= MAX_BYTES:
        text = decode(place.read_bytes()).text
        if text:
            yield Sample(label, shown or path, text, kinds)


@cache
def _listing(root: Path) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())


def _named(path: str, globs: list[str]) -> bool:
    plus = any(_matches(path, glob) for glob in globs if glob[0] != "!")
    return plus and not any(_matches(path, glob[1:]) for glob in globs if glob[0] == "!")


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]+\])", glob)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(known.get(p, p if p.startswith("[") else re.escape(p)) for p in parts) + r"\Z"
    )


def _matches(path: str, glob: str) -> bool:
    return bool(_pattern(glob).match(path))
