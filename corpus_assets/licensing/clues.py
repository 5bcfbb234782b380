"""Which texts may hold a license statement at all: the filter before ScanCode.

Belongs here: parts of words and words without which ScanCode finds nothing. Does not belong here:
what is found (`scancode.py`), and how the filter is proven (`python -m benchmarks licenses`).

No phrase is longer than a word: a phrase may be broken over two lines of a comment.
"""

from __future__ import annotations

import polars as pl

# Found anywhere in a word, in any case.
STEMS = (
    # what licenses, notices and refusals are made of
    "licen", "lisen", "linsen", "lince", "lisc", "lizenz", "copyr", "copyleft", "copying",
    "distrib", "reproduc", "warrant", "waranty", "disclaim", "liabil", "fitness", "merchantab",
    "hereby", "permission", "permitted", "prohibit", "restrict", "proprietar", "proprieter",
    "commerc", "royalt", "patent", "trademark", "intellectual", "confidential",
    "unpublished", "reserved", "rights", "agreement", "legal", "acknowledg", "attribution",
    "noderiv", "derivs", "sharealike", "freely", "freeware", "shareware", "libre", "publicdomain",
    "domian", "contribut", "blessing",
    # names
    "gpl", "gnu", "spdx", "creativ", "apache", "apapche", "apcahe", "mozilla", "artistic",
    "eclipse", "affero", "cddl", "opensource", "beerware", "cecill", "gfdl", "lppl", "hippocratic",
    "polyform", "openldap", "oldap", "wtfpl", "mulan", "fwlink", "fsfullr", "rosenlaw", "aglpv",
    # other scripts
    "лиценз", "许可", "許可", "授权", "ライセンス", "著作権",
)  # fmt: skip
# Found as words, as ScanCode splits them: the underscore stands between words.
WORDS = (
    "mit", "bsd", "isc", "mpl", "mplv?[12]", "epl", "cpl", "npl", "bsl", "osl", "afl", "apsl",
    "asl", "asf", "zpl", "rpl", "eupl", "odbl", "ogl", "ofl", "ohl", "sil", "cc", "cc0", "eula",
    "ms", "dco", "cdla", "erlpl", "glp", "glpv[0-9][+]?", "ntp", "pd", "sgi", "nasa", "unicode",
    "domain", "notices?", "terms", "conditions", "free", "unrestricted", "boost", "beer",
    "exceptions?", "permits?", "permissive", "released", "whatever", "derived", "clause",
    "parties", "invariants?", "risk", "policy", "consent", "bison", "mupdf", "pibs", "spencer",
)  # fmt: skip
_WORD = rf"(?i)(?:^|[^\pL\pN])(?:{'|'.join(WORDS)})(?:[^\pL\pN]|$)"


def has_clue(text: pl.Expr) -> pl.Expr:
    """Whether ScanCode is asked about `text` (String); null is no text and has none."""
    stem = text.str.contains_any(list(STEMS), ascii_case_insensitive=True)
    return (stem | text.str.contains(_WORD)).fill_null(False)
