"""Planted clones: copies of real functions, edited by seeded rules, and what is found of them.

Belongs here: the edits and the counting. A plant is a file that holds one edited function; it
counts as found if it matches the function it was made of, with the planted type. Precision is that
of near pairs alone: pairs between functions of one project that no plant explains are looked at
through their similarity and are not counted as wrong or right.
"""

from __future__ import annotations

import random
import re
from typing import Any

import polars as pl

from corpus_assets.dedup.near_units import near_units
from corpus_assets.parse.unit_patterns import PATTERNS, SOFT_WORDS
from corpus_assets.parse.unit_tokens import keywords, word_hash
from corpus_assets.parse.units import units

_WORD = re.compile(r"(?<![\w$@\\.'\"])[A-Za-z_]\w{2,}")
_LINE_COMMENT = {"python": "#", "ruby": "#", "shell": "#", "perl": "#"}
PER_LANGUAGE = 150


def measure(documents: pl.DataFrame, language: str, threshold: float) -> dict[str, Any]:
    """Shares of plants found, by kind of edit, and near pairs that no plant explains."""
    generator = random.Random(4)
    originals = units(documents)
    lines = pl.col("end_line") - pl.col("start_line") + 1
    chosen = originals.filter(
        pl.col("kind").is_in(["function", "method"]) & lines.is_between(8, 60)
    ).unique("type2_sha256", keep="first", maintain_order=True)
    texts = dict(documents.select("content_id", "text").iter_rows())
    rows = chosen.sample(min(PER_LANGUAGE, chosen.height), seed=4).rows(named=True)
    plants = []
    for row in rows:
        source = texts[row["content_id"]].encode()
        body = source[row["start_byte"] : row["end_byte"]].decode()
        head = source[: row["start_byte"]].decode().rpartition("\n")[2]
        indent = head if not head.strip() else ""
        for edit in ("type1", "type2", "changed", "added", "removed"):
            edited = _edited(edit, indent + body, language, generator)
            if edited is not None:
                plants.append((edit, row, edited))
    planted = units(
        pl.DataFrame(
            [(f"~plant:{i}", language, _wrapped(text, language)) for i, (_, _, text) in
             enumerate(plants)],
            schema=["content_id", "language", "text"], orient="row",
        )
    )  # fmt: skip
    near = near_units(pl.concat([originals, planted]), threshold)
    pairs = set(near.select("unit_id_a", "unit_id_b").iter_rows())
    same = {
        column: set(originals.get_column(column)) for column in ("type1_sha256", "type2_sha256")
    }
    found_in = {key[0]: part for key, part in planted.group_by("content_id")}
    counted: dict[str, list[bool]] = {}
    for number, (edit, row, _) in enumerate(plants):
        part = found_in.get(f"~plant:{number}")
        hit = False
        if part is not None and edit in ("type1", "type2"):
            hit = row[f"{edit}_sha256"] in set(part.get_column(f"{edit}_sha256"))
        elif part is not None:
            hit = any(tuple(sorted((unit, row["unit_id"]))) in pairs for unit in part["unit_id"])
            hit = hit or bool(set(part["type2_sha256"]) & same["type2_sha256"])
        counted.setdefault(edit, []).append(hit)
    natural = near.filter(
        ~pl.col("content_id_a").str.starts_with("~plant:")
        & ~pl.col("content_id_b").str.starts_with("~plant:")
    )
    return {
        **{edit: round(sum(hits) / len(hits), 3) for edit, hits in counted.items()},
        "plants": len(plants),
        "near_pairs_without_plant": natural.height,
        "functions": chosen.height,
    }


def _edited(edit: str, text: str, language: str, generator: random.Random) -> str | None:
    lines = text.split("\n")
    inner = [i for i in range(2, len(lines) - 2) if re.search(r"\w.*[;)\w]$", lines[i])]
    inner = [i for i in inner if not lines[i].lstrip().startswith(("//", "#", "*", "/*"))]
    if not inner:
        return None
    mark = _LINE_COMMENT.get(language, "//")
    place = generator.choice(inner)
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    if edit == "type1":
        if lines[0].rstrip().endswith(("{", ":")):
            lines[0] += f"  {mark} a remark"
        return "\n".join(line + "\n" if line.endswith((";", "}")) else line for line in lines)
    if edit == "type2":
        return _renamed(text, language)
    if edit == "changed":
        lines[place] = re.sub(r"\w+", lambda word: word[0] + "9x" if word[0].islower() else word[0],
                              lines[place], count=2)  # fmt: skip
    elif edit == "added":
        lines.insert(place, f"{indent}extra_call(first_value, 7){'' if mark == '#' else ';'}")
    else:
        del lines[place]
    return "\n".join(lines)


def _renamed(text: str, language: str) -> str:
    from corpus_assets.languages import BY_SLUG

    name = BY_SLUG[language].grammar
    assert name in PATTERNS
    reserved = {*keywords(name).tolist(), *(word_hash(word.encode()) for word in SOFT_WORDS)}

    def new(word: re.Match[str]) -> str:
        return word[0] if word_hash(word[0].encode()) in reserved else f"{word[0]}_q"

    return _WORD.sub(new, text)


def _wrapped(text: str, language: str) -> str:
    """The function where its grammar takes it: methods inside a class."""
    if language in ("java",):
        return f"class Plant {{\n{text}\n}}\n"
    if language == "objective_c" and text.lstrip()[:1] in "-+":
        return f"@implementation Plant\n{text}\n@end\n"
    if language == "php":
        return f"<?php\nclass Plant {{\n{text}\n}}\n"
    if language == "python" and text[:1] in " \t":
        return f"class Plant:\n{text}\n"
    if language in ("javascript", "typescript") and not re.match(
        r"\s*(async )?(function|\(|\w+ =>)", text
    ):
        return f"class Plant {{\n{text}\n}}\n"
    if language in ("javascript", "typescript"):
        return f"const plant = {text}\n"
    if language in ("swift", "kotlin") and text[:1] in " \t":
        return f"class Plant {{\n{text}\n}}\n"
    return f"{text}\n" if language != "go" else f"package p\n{text}\n"
