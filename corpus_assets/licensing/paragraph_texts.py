"""The license texts in lists of paths, for short names that mean nothing by themselves.

Belongs here: which texts have to be asked, and what the detector's answer amounts to. Does not
belong here: the lists (`dep5.py`) and the detector (`scancode.py`).

In Debian's files about one paragraph in six names its license by a word of the maintainer's own
(`other-1`, `permissive`) and gives the text; nearly all of these texts are known to ScanCode.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus_assets.licensing.dep5 import scoped_statements
from corpus_assets.licensing.expressions import combine
from corpus_assets.licensing.manifests.model import ManifestError

if TYPE_CHECKING:
    from corpus_assets.licensing.scancode import Detection, Scan

_FIRM = ("text", "notice", "tag")


def paragraph_texts(files: Iterable[tuple[str, str]], scan: Scan) -> dict[str, str]:
    """The expression of every license text that the lists among `files` (path, text) need read.

    Texts in which nothing firm was found, or whose scan was cut short, are left out.
    """
    asked: dict[str, None] = {}
    for path, text in files:
        try:
            scoped_statements(path, text, lambda words: asked.setdefault(words))
        except ManifestError:
            continue  # the same error is reported where the statements are read
    found = scan((str(number), "copyright", words) for number, words in enumerate(asked))
    read = zip(asked, (_expression(detection) for _, detection in found), strict=True)
    return {words: expression for words, expression in read if expression is not None}


def _expression(detection: Detection) -> str | None:
    if detection.state != "complete":
        return None
    return combine(
        statement.expression
        for statement in detection.statements
        if statement.expression is not None and statement.kind in _FIRM
    )
