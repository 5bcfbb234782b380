"""A small project on disk, all five categories, that needs no network: written by seeded code.

Used by the tests that run the whole graph through Dagster and the command.
"""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
_WORDS = ("node", "edge", "queue", "buffer", "parser", "token", "score", "ledger", "window", "path")


def python_module(seed: int, functions: int = 6) -> str:
    """A Python module of small, different functions that parses."""
    random_ = random.Random(seed)
    lines = [f'"""Helpers around {random_.choice(_WORDS)} number {seed}."""', ""]
    for index in range(functions):
        one, two, three = random_.sample(_WORDS, 3)
        limit, step = random_.randint(3, 99), random_.randint(2, 9)
        lines += [
            "",
            f"def {one}_{two}_{seed}_{index}({three}, start={limit}):",
            f'    """Fold {three} into a {one}, {step} at a time."""',
            f"    {one} = start",
            f"    for position, {two} in enumerate({three}):",
            f"        if position % {step} == {random_.randint(0, 1)}:",
            f"            {one} += {two} * {random_.randint(2, 50)}",
            "        else:",
            f"            {one} -= position + {random_.randint(1, 40)}",
            f"    return {one} % {random_.randint(100, 9999)}",
            "",
        ]
    return "\n".join(lines)


def go_file(seed: int) -> str:
    """A Go file with a few functions."""
    random_ = random.Random(seed)
    lines = [f"package part{seed}", ""]
    for index in range(4):
        word = random_.choice(_WORDS)
        lines += [
            f"// {word.title()}{index} adds up the {word} values from {seed}.",
            f"func {word.title()}{index}(values []int) int {{",
            f"\ttotal := {random_.randint(1, 90)}",
            "\tfor position, value := range values {",
            f"\t\ttotal += value*{random_.randint(2, 30)} - position",
            "\t}",
            f"\treturn total % {random_.randint(100, 999)}",
            "}",
            "",
        ]
    return "\n".join(lines)


def write_project(folder: Path) -> Path:
    """Write sources, project file and mix below `folder`; returns the project file."""
    mit = folder / "sources" / "mit"
    for seed in range(12):
        _write(mit / "lib" / f"module_{seed}.py", python_module(seed))
        _write(mit / "go" / f"part_{seed}.go", go_file(seed))
    _write(mit / "LICENSE", _MIT)
    _write(
        mit / "lib" / "copied.py", "# SPDX-License-Identifier: GPL-3.0-only\n" + python_module(90)
    )
    near = python_module(3).replace("start=", "begin=", 1)
    _write(mit / "lib" / "module_3_again.py", near)
    _write(mit / "web" / "app.js", _JAVASCRIPT)
    _write(mit / "only" / "fold.jl", _JULIA)
    (mit / "logo.bin").write_bytes(bytes(range(256)) * 8)
    bare = folder / "sources" / "bare"
    for seed in range(30, 34):
        _write(bare / f"script_{seed}.py", python_module(seed))
    lessons = folder / "sources" / "lessons"
    _write(lessons / "LICENSE", _MIT)
    for seed in range(40, 44):
        _write(
            lessons / "exercises" / f"fold_{seed}" / "problem.md", f"# Fold {seed}\n\nWrite it.\n"
        )
        _write(lessons / "exercises" / f"fold_{seed}" / "solution" / "solution.py",
               python_module(seed))  # fmt: skip
    _repository(folder / "sources" / "team")
    _write(folder / "mix.yaml", (EXAMPLES / "mixes" / "demo.yaml").read_text(encoding="utf-8"))
    _write(folder / "project.yaml", _PROJECT.format(deliveries=EXAMPLES / "deliveries"))
    return folder / "project.yaml"


def _repository(folder: Path) -> None:
    """A git repository with two commits, dated so that its commit ids never change."""
    _write(folder / "team" / "first.py", python_module(60))
    _git(folder, "init", "--quiet", "--initial-branch=main")
    for number, name in enumerate(("first", "second")):
        _write(folder / "team" / f"{name}_step.py", python_module(61 + number))
        _git(folder, "add", ".")
        _git(folder, "commit", "--quiet", "-m", f"Add the {name} step")


def _git(folder: Path, *arguments: str) -> None:
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "HOME": str(folder),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "Team", "GIT_AUTHOR_EMAIL": "team@example.org",
        "GIT_COMMITTER_NAME": "Team", "GIT_COMMITTER_EMAIL": "team@example.org",
        "GIT_AUTHOR_DATE": "2026-01-05T10:00:00Z", "GIT_COMMITTER_DATE": "2026-01-05T10:00:00Z",
    }  # fmt: skip
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_PROJECT = """\
name: sample
mix: mix.yaml
sources:
  - {{name: mit, category: open_source, connector: directory, path: sources/mit}}
  - {{name: bare, category: open_source, connector: directory, path: sources/bare}}
  - {{name: lessons, category: educational, connector: directory, path: sources/lessons}}
  - {{name: vendor, category: commercial, connector: delivery, path: "{deliveries}"}}
  - {{name: freelancers, category: freelance, connector: delivery, path: "{deliveries}"}}
  - name: team
    category: in_house
    connector: git
    url: sources/team
    history: true
    agreements:
      - agreement_id: employment-terms
        kind: employment
        license_expression: LicenseRef-Owned
        license_class: owned
        valid_from: "2025-01-01"
"""

_JULIA = """\
# The only file of its language.
function fold(values, start)
    total = start
    for (place, value) in enumerate(values)
        total += isodd(place) ? value : -value
    end
    return total
end

println(fold([1, 2, 3, 4], 10))
"""

_MIT = """\
MIT License

Copyright (c) 2026 The sample authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

_JAVASCRIPT = """\
// Counts words and shows the most frequent ones.
export function countWords(text) {
  const counts = new Map();
  for (const word of text.toLowerCase().split(/\\W+/)) {
    if (word.length > 0) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].sort((left, right) => right[1] - left[1]);
}

export function longest(words) {
  let best = "";
  for (const word of words) {
    if (word.length > best.length) {
      best = word;
    }
  }
  return best;
}
"""
