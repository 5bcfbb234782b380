"""Files made on the spot by real tools from inputs of packages, so that their kind is certain.

Belongs here: which tool is run on what and what it writes. A tool that is not installed is left
out and named; those of Debian come from `apt-get install`, those of PyPI and npm are installed
into the benchmark's own folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

DEBIAN = """bison flex byacc gperf ragel re2c swig lemon protobuf-compiler protobuf-compiler-grpc
golang-goprotobuf-dev thrift-compiler cmake autoconf automake libtool valac qtbase5-dev-tools
libwayland-bin libglib2.0-dev-bin flatbuffers-compiler capnproto f2c happy alex menhir ocaml-nox
antlr4 jflex cup javacc rpcsvc-proto gengetopt nim chicken-bin ninja-build meson xxd"""
PYPI = """grpcio-tools cython mypy ply lark python-minifier pythran transcrypt numpy
setuptools mypy-protobuf grpclib"""
NPM = """typescript @babel/core @babel/cli @babel/preset-env @babel/preset-typescript coffeescript
esbuild rollup @rollup/plugin-node-resolve webpack webpack-cli terser browserify uglify-js
clean-css-cli csso-cli sass less livescript peggy jison nearley protobufjs protobufjs-cli ts-proto
@swc/core @swc/cli sucrase lodash-es date-fns zod d3-shape d3-hierarchy d3-force xstate
immutable effect luxon uuid yup remeda ts-pattern marked commander micromark"""

_SECONDS = 60
_AT_MOST = 12  # files of one tool in one form


def install(folder: Path) -> None:
    """The tools of PyPI and npm, into folder/py and folder/node; names those of Debian."""
    node, python = folder / "node", folder / "py"
    if not (python / "bin" / "cython").exists():
        subprocess.run([sys.executable, "-m", "venv", str(python)], check=True)
        command = [str(python / "bin" / "pip"), "install", "-qq", *PYPI.split()]
        subprocess.run(command, check=True, stdout=sys.stderr)
    if not (node / "node_modules").exists():
        node.mkdir(parents=True, exist_ok=True)
        (node / "package.json").write_text('{"name": "kinds", "version": "1.0.0"}\n')
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", *NPM.split()]
        subprocess.run(command, check=True, cwd=node, stdout=sys.stderr)
    if shutil.which("bison") is None:
        print(f"for all tools: apt-get install {DEBIAN}", file=sys.stderr)


class Recipe(NamedTuple):
    """One tool in one form: `$in`, `$out` (a folder) and `$stem` are put into the command."""

    tool: str
    kinds: str
    inputs: tuple[Path, ...]
    command: str
    outputs: str  # globs under the folder, separated by spaces


def run(folder: Path, split: str, recipes: Iterable[Recipe]) -> None:
    """Write folder/made/SPLIT/TOOL/KINDS/NUMBER/… for every recipe not yet carried out."""
    for name, presets in _BABEL.items():
        (folder / "node" / name).write_text(f"module.exports = {{ presets: {presets} }};\n")
    with ThreadPoolExecutor(2) as pool:
        for message in pool.map(lambda recipe: _carry_out(folder, split, recipe), recipes):
            if message:
                print(message, file=sys.stderr)


_ENV = '["@babel/preset-env", {{ targets: {{ {} }}, modules: "commonjs" }}]'
_BABEL = {
    "babel-old.js": f"[{_ENV.format('ie: 11')}]",
    "babel-typescript.js": f"[{_ENV.format('node: 12')}, '@babel/preset-typescript']",
}


def _carry_out(folder: Path, split: str, recipe: Recipe) -> str | None:
    root = folder / "made" / split / recipe.tool / recipe.kinds
    done = root / "done"
    if done.exists():
        return None
    kept = 0
    for number, source in enumerate(recipe.inputs[: 2 * _AT_MOST]):
        if kept >= _AT_MOST:
            break
        place = (root / str(number)).absolute()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        command = recipe.command
        for name, value in (
            ("$in", str(source.absolute())), ("$dir", str(source.absolute().parent)),
            ("$out", str(place)), ("$stem", source.stem.replace("-", "_").replace(".", "_")),
            ("$base", str(folder.absolute())),
        ):  # fmt: skip
            command = command.replace(name, value)
        _shell(command, place)
        wanted = {path for glob in recipe.outputs.split() for path in place.glob(glob)}
        for path in list(place.rglob("*")):
            if path.is_file() and (path not in wanted or not _fits(path)):
                path.unlink()
        kept += any(path.is_file() for path in place.rglob("*"))
    done.touch() if root.exists() else None
    return None if kept else f"nothing made: {recipe.tool} {recipe.kinds}"


def _fits(path: Path) -> bool:
    return 200 <= path.stat().st_size <= 2_000_000


def _shell(command: str, place: Path) -> None:
    try:
        subprocess.run(
            command, shell=True, cwd=place, timeout=_SECONDS, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        print(f"too slow: {command[:80]}", file=sys.stderr)


def picker(folder: Path) -> Callable[..., tuple[Path, ...]]:
    def pick(*pairs: str) -> tuple[Path, ...]:
        """Files of (package, glob, package, glob, …), each list sorted, in turn."""
        found: list[Path] = []
        for package, glob in zip(pairs[::2], pairs[1::2], strict=True):
            if package.startswith("written/"):
                roots = [
                    Path(__file__).with_name("kinds_inputs") / package.removeprefix("written/")
                ]
            elif package == "system":
                roots = [Path("/")]
            elif package == "py":
                roots = [folder / "py"]
            elif package.startswith("node/"):
                roots = [folder / "node/node_modules" / package.removeprefix("node/")]
            else:
                roots = [root for _, root in package_roots(folder, package)]
            for root in roots:
                if root.is_dir():
                    found += [path for path in sorted(root.glob(glob)) if path.is_file()]
        return tuple(dict.fromkeys(found))

    return pick


def first(roots: list[tuple[str, Path]], otherwise: Path) -> Path:
    return roots[0][1] if roots else otherwise


def package_roots(folder: Path, package: str) -> list[tuple[str, Path]]:
    """Name and top folder of what was fetched of a package `ecosystem_name`."""
    name = package.replace("debian_", "deb_debian_").replace("@", "%40")
    roots = []
    for place in sorted(folder.glob(f"files/pkg:{name}@*")):
        if place.is_dir():
            inner = sorted(place.glob("*.orig.tar.*/*")) or sorted(place.glob("*"))
            # protoc takes a colon for the end of a path, so tools get links without any.
            link = folder / "roots" / package.replace("/", "_")
            link.parent.mkdir(exist_ok=True)
            if inner and inner[0].is_dir():
                link.unlink(missing_ok=True)
                link.symlink_to(inner[0].absolute())
                roots.append((package, link))
    return roots


def entry(folder: Path, package: str) -> Path:
    """A module of one line that takes in the whole package."""
    place = folder / "node" / f"entry_{package.replace('-', '_')}.mjs"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        f"export * from '{package}';\nimport * as all from '{package}';\nglobalThis.all = all;\n"
    )
    return place
