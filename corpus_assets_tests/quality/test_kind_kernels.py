"""The kernels of kinds against plain definitions in Python."""

import math
import re
from collections import Counter

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_assets.parse.buffers import flat
from corpus_assets.quality.encoded import encoded_runs
from corpus_assets.quality.kernels import tables
from corpus_assets.quality.kinds.layout import counts

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{40,}\r?\n[ \t]*(?=[A-Za-z0-9+/]))*[A-Za-z0-9+/]+")
_PREFIXED = re.compile(r"0[xX][0-9A-Fa-f]{1,2}(?:\s*,\s*0[xX][0-9A-Fa-f]{1,2}(?![0-9A-Fa-f]))*")
_BARE = re.compile(
    r"[0-9A-Fa-f]{2}(?:(?=[\s,:])\s*[,:]?\s*[0-9A-Fa-f]{2}(?![0-9A-Fa-f]))*", re.ASCII
)
_ESCAPES = re.compile(
    r'(?:\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[0-7]{3})'
    r'(?:(?:"\s*"?)?(?:\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[0-7]{3}))*',
    re.ASCII,
)  # fmt: skip


def looks_random(run: str) -> bool:
    """The definition in the head of `encoded`."""
    signs = [sign for sign in run[:4096] if sign.isalnum() or sign in "+/"]
    share = Counter(signs)
    bits = -sum(n / len(signs) * math.log2(n / len(signs)) for n in share.values())
    digits, capitals = sum(s.isdigit() for s in signs), sum(s.isupper() for s in signs)
    if not digits:
        return False
    if set(signs) <= set("0123456789abcdefABCDEF"):
        return len(share) > 8 and bits > 3.0
    if not capitals or not any(s.islower() for s in signs):
        return False
    long = len(signs) >= 1000 and digits >= 0.04 * len(signs) and capitals >= 0.2 * len(signs)
    return bits > 4.5 or (long and bits > 3.5)


def plain_runs(text: str) -> list[int]:
    """Lengths of the runs in a text, found from left to right."""
    found, at = [], 0
    while at < len(text):
        word = re.compile(r"[A-Za-z0-9+/]*").match(text, at)
        assert word is not None
        length = word.end() - at
        stop = at
        if length >= 40:
            match = _BASE64.match(text, at)
            assert match is not None
            end = match.end()
            n_signs = len(re.sub(r"[^A-Za-z0-9+/]", "", match[0]))
            if n_signs >= 64:
                end += len(re.compile("={0,2}").match(text, end)[0])  # type: ignore[index]
                if not looks_random(text[at:end]):
                    at = end
                    continue
                stop = end
        elif 0 < length <= 4:
            prefixed = _PREFIXED.match(text, at)
            match = prefixed or _BARE.match(text, at)
            if match and not (match.end() < len(text) and text[match.end()] in _hex):
                items = re.findall(r"[0-9A-Fa-f]{1,2}\b", match[0])
                if len(items) >= 8 and (prefixed or re.search("[a-fA-F]", match[0])):
                    stop = match.end()
        elif text[at] == "\\":
            match = _ESCAPES.match(text, at)
            if match:
                items = re.findall(r"\\(?:x..|u....|\d\d\d)", match[0])
                stop = match.end() if len(items) >= 8 else at
        if stop > at:
            found.append(stop - at)
            at = stop
        else:
            at += max(length, 1)
    return found


_hex = set("0123456789abcdefABCDEF")
_pieces = st.one_of(
    st.text("ABCDEFGHIJabcdefghij0123456789+/", min_size=1, max_size=90),
    st.text("0123456789abcdef", min_size=60, max_size=90),
    st.lists(st.integers(0, 255), min_size=5, max_size=20).map(
        lambda values: ", ".join(f"0x{value:02x}" for value in values)
    ),
    st.lists(st.integers(0, 255), min_size=5, max_size=20).map(
        lambda values: ":".join(f"{value:02x}" for value in values)
    ),
    st.lists(st.integers(0, 255), min_size=5, max_size=20).map(
        lambda values: "".join(f"\\x{value:02x}" for value in values)
    ),
    st.lists(st.integers(0, 255), min_size=5, max_size=20).map(
        lambda values: "".join(f"\\{value:03o}" for value in values)
    ),
    st.sampled_from(["\n", " ", '"', "==", "\\", "é", '"\n  "', ";"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=12).map(lambda parts: " ;".join(parts)))
def test_runs_agree_with_their_definition(text: str) -> None:
    row = encoded_runs(pl.DataFrame({"text": ["x", text]})).row(1, named=True)
    runs = plain_runs(text)
    assert row["encoded_max_run"] == max(runs, default=0)
    assert row["encoded_fraction"] == sum(runs) / max(len(text), 1)


@settings(max_examples=200, deadline=None)
@given(st.text('a,;\t|\n "1', max_size=200))
def test_tables_agree_with_their_definition(text: str) -> None:
    rows = [re.sub(r'"[^"]*(?:"|$)', "", line) for line in text.split("\n") if line.strip()]
    best = 0
    for sign in ",;\t|":
        numbers = Counter(row.count(sign) for row in rows)
        most = max((n for number, n in numbers.items() if number), default=0)
        best = max(best, most if most > numbers[0] else 0)
    buffers = flat(pl.Series([text, "a,b\n"]))
    out = np.zeros((2, 2), np.int64)
    tables.count_tables(buffers.data, buffers.offsets, out)
    assert out.tolist() == [[len(rows), best], [1, 1]]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(
    ["1, 2.5e-3, 0xFF,", "{ -4, +5 },", '"a", 1, null', "a = 1", "key: 'v',", "", "  ", "x, y",
     "// 1", "/* 1", "2 */", "}"]), max_size=30))  # fmt: skip
def test_lines_of_literals(lines: list[str]) -> None:
    row = counts(pl.Series(["9", "\n".join(lines)])).row(1, named=True)
    numbers, literals, pairs, blank, last, inside = 0, 0, 0, 0, 0, False
    kinds = {0: 1, 1: 1, 2: 2, 4: 3}
    samples = ["1, 2.5e-3, 0xFF,", "{ -4, +5 },", '"a", 1, null', "a = 1", "key: 'v',"]
    for line in lines:
        if inside:
            inside = "*/" not in line
            blank += not line.strip() and not line
            continue
        if line == "/* 1":
            inside = True
            continue
        if not line.strip():
            blank += 1
            continue
        if line in samples:
            last = kinds.get(samples.index(line), 0)
        elif line in ("x, y",) or line == "2 */":
            last = 0
        elif line == "// 1":
            continue
        numbers += len(line) * (last == 1)
        literals += len(line) * (last in (1, 2))
        pairs += len(line) * (last in (1, 2, 3))
    assert (row["number_chars"], row["literal_chars"]) == (numbers, literals)
    assert row["pair_chars"] == pairs
