"""Whether a matched value can be a secret, or only looks like one.

Belongs here: the judgment on one match, from the value and the line it stands in. Per finding,
never per file: one checksum in a file says nothing about the password beside it
(reference/filter-rules.md 4.12, quality-tools.md 5).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_PLACEHOLDER = re.compile(
    r"""example|sample|dummy|change[-_]?(?:me|it|this)|placeholder|\byour|your[-_]|insert|replace
    |redacted|hidden|fixme|lorem|foobar|foo[-_]?bar|x{4,}|\*{3,}|\.{3}|[<>{}]|\$\(|\$[A-Za-z_]|^%|(?-i:%[sd]\b)
    |test[-_]?(?:key|token|secret|pass)|fake|mock|not[-_]?a?[-_]?(?:real|secret)|do[-_]?not
    |(?:my|super|top|some|the|default)[-_]?(?:secret|pass(?:word)?|token|api[-_]?key)
    |^(?:secret|password|passwd|token|pass|user|admin|root|test|none|null|true|false|undefined)\d{0,3}$
    |^(?:abc|123|qwerty)[\da-z]{0,6}$|0123456789|123456789|abcdefgh|deadbeef""",
    re.I | re.X,
)
_CODE = re.compile(
    r"[()\[\]]|::|->|=>|^[./~]|^https?:|\.(?:json|ya?ml|pem|txt|key|crt|py|js|html?|php)$"
    r"|^(?:process\.env|os\.environ|env|config|settings|self|this|req(?:uest)?|ctx|params|data|options"
    r"|vault|ssm|arn|file|ref|secretsmanager|system|local|var|module)[.:/]",
    re.I,
)
_WORDS = re.compile(r"^[A-Za-z]+(?:[._:/\-+@#!?&,][A-Za-z]+)*[.:!?]?$")
_CHOSEN = re.compile(r"^[A-Za-z]{3,}[\d!@#$%^&*]+$")  # what people choose: a word and digits
_PASSWORD_NAME = re.compile(r"(?i)(?:passw(?:or)?d|pwd|pass)[\"'\]]*\s*(?::=|=>|=|:)\s*[\"'`]$")
_NUMBER = re.compile(r"^[\d.,:+-]+$")
_DEFINES = re.compile(r"(?i)#\s*define\s|^\s*ENV\s|\blogin\s|[=:]\s*[bru]{1,2}$|[bru]{1,2}[\"'`]$")
_HUMP = re.compile(r"[a-z][A-Z]")
_HEX = re.compile(r"^(?:0x)?[0-9a-fA-F]+$")
_UUID = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.I)
_HASHES = re.compile(
    r"sha-?\d|sha|md5|hash|integrity|checksum|digest|commit|revision|fingerprint|etag|git|blob",
    re.I,
)
_PUBLIC_HASH = re.compile(
    r"^(?:sha(?:1|256|384|512)|md5)[-:]|^\$(?:2[aby]|5|6|argon2\w*|pbkdf2)\$", re.I
)
_NOT_THE_SECRET = re.compile(
    r"""(?:type|names?|field|label|regex|pattern|path|file|dir|url|uri|endpoint|header|hash(?:er)?s?
    |placeholder|hint|message|msg|error|title|text|help|desc(?:ription)?|prompt|format|length
    |algorithm|alg|prefix|suffix|ref|arn|env|var|column|param|selector|i[sz]ers?|class|style|icon
    |expir\w*|count|limit|version|scope|provider|policy|store|backend|manager|status|state|mode
    |key[_-]?id|public[_-]?key|uid|kind|group|role|rule|strength|confirmation|reset|input|page)
    ["'\]]*\s*(?::[\w\s\[\]<>&'|]*=|:=|=>|={1,3}|:|,)?\s*[bru]{0,2}["'`]?$""",
    re.I | re.X,
)  # fmt: skip


def is_placeholder(value: str) -> bool:
    """Whether the value stands for a secret: an example, a template, one repeated character."""
    return bool(_PLACEHOLDER.search(value)) or len(set(value)) < 4


def is_plausible_assignment(value: str, before: str, line: str) -> bool:
    """Whether a value assigned to a telling name is a secret.

    `before` is the line up to the value. Values split into few characters per token of a
    vocabulary made from text and code are random; words and identifiers are not.
    """
    if is_placeholder(value) or _CODE.search(value) or _PUBLIC_HASH.search(value):
        return False
    if _NOT_THE_SECRET.search(before) or is_public_digest(value, line):
        return False
    if _NUMBER.match(value) or value.startswith("\\x"):
        return False
    name = before.rstrip("\"'`").rstrip()
    if name[-1:].isalnum() and not _DEFINES.search(before):
        return False  # a word beside a string, as in: pass "name" to the function
    digits = sum(character.isdigit() for character in value)
    if _WORDS.match(value) or value.replace("_", "").isalpha():
        return len(value) >= 10 and not _is_wordy(value) and characters_per_token(value) < 2.1
    if name.endswith(","):  # two items of a list, or name and value
        return digits >= 1 and len(value) >= 12 and characters_per_token(value) < 2.5
    ratio = characters_per_token(value)
    if ratio < 3.0 or (ratio < 4.0 and digits >= 2):
        return True
    return bool(_CHOSEN.match(value)) and bool(_PASSWORD_NAME.search(before))


def is_plausible_url_password(value: str, before: str, after: str) -> bool:
    """Whether the password of a URL is real; `before` and `after` are the rest of its line."""
    if (
        is_placeholder(value)
        or value.startswith((":", "%"))
        or re.match(r"(?i)example\.|.*\.example\b", after[1:])
    ):
        return False
    user = re.search(r"([^/:@\s\"']*):$", before)
    if user and user.group(1).lower() == value.lower():
        return False
    return not value.isalpha() or (len(value) >= 10 and characters_per_token(value) < 2.2)


def is_public_digest(value: str, line: str) -> bool:
    """Whether a hexadecimal value of a digest's length stands in a line that speaks of digests."""
    bare = value.removeprefix("0x")
    return (
        bool(_HEX.match(value))
        and len(bare) in (32, 40, 56, 64, 96, 128)
        and bool(_HASHES.search(line))
    )


def is_uuid(value: str) -> bool:
    """Whether the value is written as a UUID."""
    return bool(_UUID.match(value))


def characters_per_token(value: str) -> float:
    """Characters per token of the cl100k vocabulary: near 4 for words, below 2.5 for noise."""
    tokens: int = _tokenizer().count(value)
    return len(value) / max(1, tokens)


def _is_wordy(value: str) -> bool:
    """Whether letters change case as in camelCase, or parts have the length of words."""
    parts = re.split(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])", value)
    return bool(_HUMP.search(value)) and sum(map(len, parts)) / len(parts) >= 4


@cache
def _tokenizer() -> Any:
    from bpe_openai import _bindings

    return _bindings.tokenizer_for_encoding("cl100k_base")
