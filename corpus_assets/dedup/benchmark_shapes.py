"""What the fields of benchmark rows mean: the shapes in which benchmarks are published.

Belongs here: task id, prompt, solution and tests of a row, recognised by the names of its fields.
The names are those of HumanEval, MBPP, APPS, DS-1000, LiveCodeBench, SWE-bench, BigCodeBench and
MultiPL-E (their data cards), and the obvious ones for a benchmark of one's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from corpus_assets.languages import BY_SLUG, LANGUAGES

PROMPT, SOLUTION, TEST = "prompt", "solution", "test"
ID_FIELDS = (
    "task_id", "id", "question_id", "problem_id", "instance_id", "item_id", "uid", "name", "slug",
)  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    PROMPT: (
        "prompt", "text", "question", "problem_statement", "question_content", "instruction",
        "description", "problem", "complete_prompt", "instruct_prompt", "docstring",
    ),
    SOLUTION: (
        "canonical_solution", "solution", "solutions", "code", "reference_code",
        "reference_solution", "patch", "answer", "completion",
    ),
    TEST: (
        "test", "tests", "test_list", "challenge_test_list", "test_code", "test_cases",
        "code_context", "test_patch", "example_test", "input_output", "public_test_cases",
    ),
}  # fmt: skip
_LANGUAGE_FIELDS = ("language", "lang", "programming_language")
MAX_SOLUTIONS = 50
"""Of one item, as in APPS; further ones are left out."""
_ALIASES = {
    "py": "python", "python3": "python", "js": "javascript", "ts": "typescript", "rs": "rust",
    "go_test.go": "go", "cs": "csharp", "c++": "cpp", "rb": "ruby", "kt": "kotlin", "sh": "shell",
    "bash": "shell", "hs": "haskell", "jl": "julia", "pl": "perl", "golang": "go", "c#": "csharp",
}  # fmt: skip
_NAMES = {language.name.lower(): language.slug for language in LANGUAGES}
_PYTHON = re.compile(
    r"^\s*(def \w+\(.*|class \w+.*|elif .*|(if|for|while|else).*):\s*(#.*)?$", re.M
)
_BRACES = re.compile(r"[;{}]\s*(//.*)?$", re.MULTILINE)
_RUST = re.compile(r"\bfn \w+.*[{(]|\blet mut \b|&'\w+ ")
_COMMENT = re.compile(r"(?<=^)(#|--|//|%)(?=\s)", re.MULTILINE)
_CODE_WORDS = re.compile(r"^\s*(end|local|function|def|let|module|echo|sub|my)\b|=", re.MULTILINE)
_BEGINS = re.compile(r"^(import|from|def|class|public|func|fn|function|#include|using|package) ?")
_HUNK = re.compile(r"^(diff --git |@@ |--- |\+\+\+ )", re.MULTILINE)


class Piece(NamedTuple):
    """A text of an item: PROMPT, SOLUTION or TEST, and the slug of its language or ''."""

    item_id: str
    part: str
    text: str
    language: str


def pieces(row: Mapping[str, Any], fallback_id: str, id_field: str | None = None) -> list[Piece]:
    """The texts of a row of a benchmark; none if it has no field that is known or no text in it.

    A solution that goes on where the prompt ends (its first line is indented) is joined with it,
    and counts alone too. A patch counts by its added lines.
    """
    item_id = _identifier(row, id_field) or fallback_id
    found = {part: list(_texts(row, names)) for part, names in FIELDS.items()}
    entry = row.get("entry_point")
    prompts, solutions, tests = found[PROMPT], found[SOLUTION][:MAX_SOLUTIONS], found[TEST]
    stated = _stated_language(row)
    if prompts:
        joined = [_joined(prompts[0], solution) for solution in solutions]
        solutions = list(dict.fromkeys([*joined, *solutions]))
    language = stated or _guessed(solutions or prompts)
    rows = [Piece(item_id, PROMPT, text, language) for text in prompts]
    rows += [Piece(item_id, SOLUTION, text, language) for text in solutions]
    if not solutions:
        rows += [Piece(item_id, SOLUTION, text, language) for text in prompts if _is_code(text)]
    for text in tests:
        rows.append(Piece(item_id, TEST, text, language))
        if isinstance(entry, str) and re.search(r"\bcandidate\b", text):
            named = re.sub(r"\bcandidate\b", lambda _: entry, text)
            rows.append(Piece(item_id, TEST, named, language))
    return rows


def accepted() -> str:
    """The fields that are understood, in words for an error."""
    known = "; ".join(f"{part}: {', '.join(names)}" for part, names in FIELDS.items())
    return f"task id: {', '.join(ID_FIELDS)}; {known}"


def part_of_field(name: str) -> str | None:
    """PROMPT, SOLUTION or TEST for the name of a field; None for an unknown one."""
    return next((part for part, names in FIELDS.items() if name in names), None)


def field_texts(value: object) -> list[str]:
    """The texts in a field: itself, those of a list or of a JSON list in a string."""
    if isinstance(value, str):
        if value[:2] in ('["', "[ ", "['") or value[:1] == "{":
            try:
                inner = json.loads(value)
            except (json.JSONDecodeError, RecursionError):
                return [value]
            if isinstance(inner, list) and inner and all(isinstance(one, str) for one in inner):
                return [one for one in inner if one.strip()]
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for one in value for text in field_texts(one)]
    if isinstance(value, dict):
        return [text for key in sorted(value, key=str) for text in field_texts(value[key])]
    return []


def _texts(row: Mapping[str, Any], names: Iterable[str]) -> Iterable[str]:
    seen: set[str] = set()
    for name in names:
        texts = field_texts(row.get(name))
        if name in ("test_list", "challenge_test_list", "input_output", "public_test_cases"):
            texts = ["\n".join(texts)] if texts else []
        for text in texts:
            readable = _added(text) if name in ("patch", "test_patch") else text
            if readable.strip() and readable not in seen:
                seen.add(readable)
                yield readable


def _identifier(row: Mapping[str, Any], id_field: str | None) -> str | None:
    places = [row]
    if isinstance(row.get("metadata"), dict):  # DS-1000
        places.append(row["metadata"])
    for place in places:
        for name in (id_field,) if id_field else ID_FIELDS:
            value = place.get(name)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                return str(value)
    return None


def _joined(prompt: str, solution: str) -> str:
    """The whole program where a solution is the rest of its prompt."""
    first = next((line for line in solution.splitlines() if line.strip()), "")
    goes_on = first[:1] in (" ", "\t") or not (_BEGINS.match(first) or first[:1] in "@/#")
    return f"{prompt.rstrip()}\n{solution}" if goes_on and _is_code(prompt) else solution


def _is_code(text: str) -> bool:
    return bool(_PYTHON.search(text)) or len(_BRACES.findall(text)) >= 1


def _added(patch: str) -> str:
    """The added lines of a unified diff, or the text if it is none."""
    if not _HUNK.search(patch):
        return patch
    lines = patch.splitlines()
    return "\n".join(line[1:] for line in lines if line[:1] == "+" and line[:3] != "+++")


def _stated_language(row: Mapping[str, Any]) -> str:
    for name in _LANGUAGE_FIELDS:
        value = row.get(name)
        if isinstance(value, str):
            low = value.strip().lower()
            slug = _ALIASES.get(low, _NAMES.get(low, low))
            if slug in BY_SLUG:
                return slug
    return ""


def _guessed(texts: list[str]) -> str:
    """A language whose comments look like those of the texts; '' for prose.

    Rust is told from other languages with braces, for its quotes are not always closed.
    """
    sample = "\n".join(texts[:3])
    python, braces = len(_PYTHON.findall(sample)), len(_BRACES.findall(sample))
    if python or braces:
        with_braces = "rust" if _RUST.search(sample) else "java"
        return "python" if python >= braces else with_braces
    signs = [match.group() for match in _COMMENT.finditer(sample)]
    if not signs or not _CODE_WORDS.search(sample):
        return ""
    return {"#": "shell", "--": "lua", "//": "java", "%": "erlang"}[max(signs, key=signs.count)]
