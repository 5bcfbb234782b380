"""License wordings of people, read as SPDX: one phrase such as `GPL-2+ or Artistic, and Expat`.

Belongs here: operators between licenses, and whether a phrase is understood. Does not belong
here: where the phrase stands (`manifests`, `dep5.py`) and single names (`single_names.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus_assets.licensing.expressions import normalize
from corpus_assets.licensing.single_names import one_license

MAX_WORDS = 500
_MAX_PARTS = 40

# What stands behind a license's name and changes nothing: its date, a pointer to its text.
_REMARK = re.compile(
    r"(?i),? (?:\(?(?:january 2004|june 1991|(?:29 )?june 2007|february 1999)\)?"
    r"|\((?:see|read|full text in|in) (?:the )?(?:file )?[\w./-]{1,60}(?: file)?"
    r"(?: for details)?\))$"
)
_IDENTIFIER = re.compile(r"[A-Za-z][\w.+-]*")
_OPERATOR = re.compile(
    r"(?i)(\(|\)|,\s*and/or\b|,\s*and\b|,\s*or\b|\band/or\b|\band\b(?!\s+(?:later|above|newer|higher))"
    r"|\bor\b(?!\s+(?:\(at\s+your"
    r"|any|later|newer|higher|greater|above))|[,;|/&])"
)


@lru_cache(maxsize=65_536)
def understand(phrase: str) -> str | None:
    """The SPDX expression a phrase means, or None if it is not understood.

    Operators are read as in Debian's copyright format: `and` binds closer than `or`, a comma
    before an operator looser than both. A lone comma, `;`, `&` or `and/or` means that all apply,
    the stricter reading; `/` and `|` are choices. An unknown name of the form of an identifier is
    kept beside known ones, and makes its branch unknown; prose and a lone unknown name are not
    understood: a guess may look permissive.
    """
    return _read(phrase, lenient=True)


@lru_cache(maxsize=65_536)
def understand_fully(phrase: str) -> str | None:
    """As `understand`, but None if any name in the phrase is unknown."""
    return _read(phrase, lenient=False)


def _read(phrase: str, lenient: bool) -> str | None:
    words = _REMARK.sub("", " ".join(phrase.split())).strip(" .;,")
    if not words or len(words) > MAX_WORDS:
        return None
    single = one_license(words)
    if single is not None:
        return single
    joined = _joined(words, lenient)
    return None if joined is None else normalize(joined)


def _joined(words: str, lenient: bool) -> str | None:
    """The parts between operators, each understood by itself, as an expression with brackets."""
    text = re.sub(r"(?i)^(?:either|dual(?:[- ]licensed)?(?: under)?:?)\s+(?:the\s+)?", "", words)
    is_dual = text != words
    pieces = [piece.strip() for piece in _OPERATOR.split(text)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 2 or len(pieces) > 2 * _MAX_PARTS:
        return None
    tokens: list[str] = []
    understood = 0
    for piece in pieces:
        if _OPERATOR.fullmatch(piece):
            tokens.append(_operator(piece, is_dual))
            continue
        read = one_license(piece)
        understood += read is not None
        if read is None and lenient and _IDENTIFIER.fullmatch(piece):
            read = piece
        if read is None:
            return None
        tokens.append(f"({read})")
    return _bracketed(tokens) if understood else None


def _operator(piece: str, is_dual: bool) -> str:
    text = re.sub(r"\s+", "", piece.lower())
    if text in "()":
        return text
    word = "OR" if text in ("or", ",or", "/", "|") or is_dual else "AND"
    return "," + word if len(text) > 1 and text.startswith(",") else word


def _bracketed(tokens: list[str]) -> str | None:
    """Comma operators split first; what is between them goes into brackets."""
    if not any(token.startswith(",") for token in tokens):
        return " ".join(tokens)
    if "(" in tokens or ")" in tokens:
        return None  # commas and brackets together have no defined meaning
    groups: list[str] = []
    current: list[str] = []
    for token in tokens:
        if token.startswith(","):
            groups += [f"({' '.join(current)})", token[1:]]
            current = []
        else:
            current.append(token)
    return " ".join([*groups, f"({' '.join(current)})"])
