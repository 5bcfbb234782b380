"""Variants of benchmark items and where they are planted, for the benchmark of decontamination.

Belongs here: seeded edits that a copy may have gone through, and hosts. Python is laid out anew by
the standard library's own printer, other languages by rules of ours.
"""

from __future__ import annotations

import ast
import random
import re

import polars as pl

from benchmarks.contamination_corpus import Item
from corpus_assets.dedup.token_weights import is_common_name

PLANTS = pl.Schema(
    {
        "content_id": pl.String, "language": pl.String, "text": pl.String, "task_id": pl.String,
        "variant": pl.String, "first": pl.Int64, "last": pl.Int64, "n_lines": pl.Int64,
    }
)  # fmt: skip
_NAME = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?!\w)")
_TOP = re.compile(r"(def|class|function|public|static|func|fn|pub|type|impl|@|/\*\*|[A-Za-z_]+ )")
_MIN_PROMPT_WORDS = 12


def plants(items: list[Item], hosts: pl.DataFrame, seed: str) -> pl.DataFrame:
    """One document (PLANTS) per item and variant: a host of its language with the plant inside."""
    generator = random.Random(seed)
    by_language = {
        str(language): part["text"].to_list()
        for (language,), part in hosts.filter(pl.col("text").str.len_bytes() < 40_000).group_by(
            "language", maintain_order=True
        )
    }
    rows = []
    for item in items:
        for variant, text in variants(item).items():
            host = generator.choice(by_language[item.language])
            planted, first = _planted(host, text, generator)
            n_lines = sum(bool(line.strip()) for line in text.splitlines())
            last = first + text.rstrip("\n").count("\n")
            rows.append(
                (f"plant:{len(rows):06d}", item.language, planted, item.task_id, variant, first,
                 last, n_lines)
            )  # fmt: skip
    return pl.DataFrame(rows, schema=PLANTS, orient="row")


def variants(item: Item) -> dict[str, str]:
    """The texts to plant, by name; one that does not differ from the item is left out."""
    bare = _without_comments(item.whole, item.language)
    lines = item.solution.splitlines(keepends=True)
    code = [number for number, line in enumerate(lines) if line.strip()]
    found = {"verbatim": item.whole}
    if len(code) >= 4:
        middle = code[len(code) // 2]
        found |= {"first_half": "".join(lines[:middle]), "second_half": "".join(lines[middle:])}
    if len(re.findall(r"[A-Za-z]{3,}", item.prompt)) >= _MIN_PROMPT_WORDS:
        found["prompt"] = item.prompt
    changed = {
        "reformatted": _reformatted(item.whole, item.language),
        "without_comments": bare,
        "renamed": _renamed(item.whole, item.language),
        "renamed_without_comments": _renamed(bare, item.language),
        "renamed_reformatted": _reformatted(_renamed(bare, item.language), item.language),
    }
    return found | {name: text for name, text in changed.items() if text != item.whole}


def _without_comments(text: str, language: str) -> str:
    if language != "python":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        return re.sub(r"(^|\s)//.*$", "", text, flags=re.MULTILINE)
    tree = _tree(text)
    if tree is None:
        return text
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree) + "\n"


def _renamed(text: str, language: str) -> str:
    """Other names for arguments, variables and the function; those of others stay."""
    if language == "python":
        tree = _tree(text)
        if tree is None:
            return text
        nodes = list(ast.walk(tree))
        own = {node.arg for node in nodes if isinstance(node, ast.arg)}
        own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        own |= {
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        own -= {"self", "cls"}
    else:
        names = {name for name in _NAME.findall(text) if name[0].islower() or name[0] == "_"}
        own = {name for name in names if not re.search(rf"\b{name}\s*[(!]", text)}
        own = {name for name in own if len(name) == 1 or not is_common_name(name)}
    new = {name: f"v{number}_{name[0].lower()}" for number, name in enumerate(sorted(own))}
    return _NAME.sub(lambda match: new.get(match.group(), match.group()), text)


def _reformatted(text: str, language: str) -> str:
    if language == "python":
        tree = _tree(text)
        return text if tree is None else ast.unparse(tree) + "\n"
    rows = []
    for line in text.splitlines():
        body = line.strip()
        pad = " " * (2 * (len(line) - len(line.lstrip())))
        if body.startswith(("//", "/*", "*")):
            rows.append(line)
        elif body.endswith("{") and not body.startswith("}") and len(body) > 1:
            rows += [pad + body[:-1].rstrip(), pad + "{"]
        elif len(body) > 40 and ", " in body and '"' not in body and "//" not in body:
            head, _, rest = body.partition(", ")
            rows += [pad + head + ",", pad + "        " + rest]
        else:
            rows.append(pad + body)
    return "\n".join(rows) + "\n"


def _tree(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except SyntaxError:
        return None


def _planted(host: str, text: str, generator: random.Random) -> tuple[str, int]:
    """The host with the text before one of its top-level definitions, and the text's first line."""
    lines = host.splitlines()
    places = [
        number
        for number in range(1, len(lines))
        if not lines[number - 1].strip()
        and _TOP.match(lines[number])
        and _is_outside("\n".join(lines[:number]))
    ]
    at = generator.choice(places) if places else len(lines)
    body = text.rstrip("\n").splitlines()
    return "\n".join([*lines[:at], "", *body, "", *lines[at:]]) + "\n", at + 2


def _is_outside(before: str) -> bool:
    """Whether a place is in no comment and no string of several lines."""
    quotes = before.count('"""') % 2 == 0 and before.count("'''") % 2 == 0
    return quotes and before.count("/*") == before.count("*/") and before.count("`") % 2 == 0
