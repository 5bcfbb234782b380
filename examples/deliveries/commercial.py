"""The records of the fictitious vendor's lot: programs from families, fixes, planted defects.

Belongs here: what stands in payload/records.jsonl. Does not belong here: how a delivery is laid
out on disk (`generate.py`).
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import yaml

HERE = Path(__file__).parent
SEED = "lot-2026-07"
MARK = re.compile(r"@(\w+?)@")


def records() -> list[dict[str, object]]:
    """All good records of the lot, in the order of their record_id."""
    found = [
        record for path in sorted((HERE / "families").glob("*.tmpl")) for record in family(path)
    ]
    for fix in yaml.safe_load((HERE / "fixes.yaml").read_text(encoding="utf-8")):
        folder = f"fixes/{fix['slug']}"
        common = {"language": fix["language"], "title": fix["slug"].replace("-", " ")}
        before = {
            "kind": "module",
            "path": f"{folder}/before.{fix['suffix']}",
            "content": fix["before"],
        }
        after = {"kind": "fix", "path": f"{folder}/after.{fix['suffix']}", "content": fix["after"]}
        prompt = f"Find and mend the defect. {fix['problem']}\n\n{fix['before']}"
        found += [common | before, common | after | {"prompt": prompt}]
    return [_complete(number, record) for number, record in enumerate(found, start=1)]


def family(path: Path) -> list[dict[str, object]]:
    """One record for each domain that the seed draws for this family."""
    head, sections = read_family(path)
    drawn = random.Random(f"{SEED}/{path.stem}")
    domains = yaml.safe_load((HERE / "domains.yaml").read_text(encoding="utf-8"))
    chosen = sorted(drawn.sample(range(len(domains)), int(head["domains"])))
    options = [number for number, (kind, _) in enumerate(sections) if kind == "op"]
    made = []
    for number in chosen:
        wanted = set(drawn.sample(options, int(head["pick"])))
        body = "".join(
            text for at, (kind, text) in enumerate(sections) if kind == "body" or at in wanted
        )
        words = domains[number]
        record = {
            "language": head["language"],
            "kind": head["kind"],
            "path": fill(head["path"], words),
            "title": f"{path.stem.partition('_')[2].replace('_', ' ')} of {words['entities']}",
            "content": fill(body, words).strip("\n") + "\n",
        }
        made.append(record | {"prompt": fill(head["prompt"], words)})
    return made


def read_family(path: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The head of a family and its sections (body: always there, op: drawn)."""
    head: dict[str, str] = {}
    sections: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("%%= "):
            sections.append((line[4:].strip(), ""))
        elif line.startswith("%% "):
            name, _, value = line[3:].partition(": ")
            head[name] = value.strip()
        else:
            kind, text = sections[-1]
            sections[-1] = (kind, text + line)
    return head, sections


def fill(text: str, words: dict[str, object]) -> str:
    """The text with the words of a domain: @entity@ as is, @Entity@ and @ENTITY@ in capitals."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        value = str(words[name.lower()])
        if name.isupper():
            return value.upper()
        return value.capitalize() if name[0].isupper() else value

    return MARK.sub(word, text)


def planted(good: list[dict[str, object]]) -> list[dict[str, object]]:
    """Records with one defect each that the pipeline has to find; README.md lists them."""
    by_path = {str(record["path"]): record for record in good}
    python = [
        record for record in good if record["language"] == "Python" and record["kind"] == "module"
    ]
    scripts = [record for record in good if record["language"] == "JavaScript"]
    copy, near, torn = python[0], python[1], python[2]
    tables = ", ".join(str(number * number % 251) for number in range(400))
    name = "-".join(("GPL", "2.0", "or", "later"))  # not as one word: this file is not under it
    gpl = (
        f"# SPDX-License-{'Identifier'}: {name}\n"
        "# Redistribution and changes are welcome under the terms of that license; its full\n"
        "# text lies beside the program this file was taken from.\n\n"
    )
    minified = re.sub(r"\s+", " ", re.sub(r"^//.*\n", "", str(scripts[0]["content"])))
    near_text = (
        str(near["content"])
        .replace("twice", "a second time")
        .replace("Raises ValueError", "A ValueError comes")
    )
    return [
        _defect("exact-duplicate-1", copy, path="mirror/store_copy.py"),
        _defect(
            "exact-duplicate-2", by_path["fixes/lost-update/after.go"], path="mirror/account.go"
        ),
        _defect("near-duplicate-1", near, path="mirror/store_again.py", content=near_text),
        _defect(
            "near-duplicate-2",
            scripts[1],
            path="mirror/second_queue.js",
            content=str(scripts[1]["content"]) + '\nexport const madeBy = "another team";\n',
        ),
        _defect(
            "generated",
            python[0],
            path="tables/squares.py",
            kind="data",
            content="# Code generated by tablemaker. DO NOT EDIT.\nSQUARES = [" + tables + "]\n",
        ),
        _defect("minified", scripts[0], path="dist/queue.min.js", content=minified.strip() + "\n"),
        _defect(
            "gpl-header",
            python[3],
            path="borrowed/store.py",
            content=gpl + str(python[3]["content"]).replace("store", "depot"),
        ),
        _defect(
            "not-parsing",
            torn,
            path="torn/store.py",
            content=str(torn["content"])[: len(str(torn["content"])) * 2 // 3].rstrip() + " = (\n",
        ),
        _defect("wrong-language", scripts[2], path="misfiled/queue_source.py", language="Python"),
        _defect(
            "made-by-a-model",
            python[4],
            path="assisted/store.py",
            ai_assist="generated",
            content=str(python[4]["content"]).replace("Store", "Archive"),
        ),
        _defect(
            "expired-grant",
            python[5],
            path="legacy/store.py",
            content=str(python[5]["content"]).replace("Store", "Catalog"),
        ),
        _defect("empty", python[0], path="empty/nothing.py", content="\n"),
    ]


def invalid_lines(good: list[dict[str, object]]) -> list[str]:
    """Lines that break the schema or are no JSON; each has to end in quarantine."""
    first, second = dict(good[0]), dict(good[1])
    without_content = {key: value for key, value in first.items() if key != "content"}
    lines = [
        without_content | {"record_id": "bad-no-content"},
        second | {"record_id": "bad-kind", "kind": "poem"},
        second | {"record_id": "bad-path", "path": "../outside.py"},
        second | {"record_id": "bad-extra-key", "price": 12},
    ]
    return [_line(record) for record in lines] + [
        '{"record_id": "bad-json", "path": "cut/off.py", "langu'
    ]


def lot_lines() -> list[str]:
    """Every line of the lot: good, planted and invalid, mixed by the seed."""
    good = records()
    lines = [_line(record) for record in [*good, *planted(good)]] + invalid_lines(good)
    random.Random(SEED).shuffle(lines)
    return lines


def _complete(number: int, record: dict[str, object]) -> dict[str, object]:
    day = f"2026-{2 + number % 5:02d}-{1 + number % 28:02d}"
    return {"record_id": f"nl-{number:04d}", **record, "ai_assist": "none", "created_on": day}


def _defect(name: str, record: dict[str, object], **changes: object) -> dict[str, object]:
    kept = {key: value for key, value in record.items() if key not in ("prompt", "title")}
    return kept | {"record_id": f"nl-x-{name}"} | changes


def _line(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
