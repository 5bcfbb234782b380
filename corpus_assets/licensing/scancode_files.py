"""How ScanCode reads a file: what it takes for text, and where it breaks lines.

Belongs here: the lines of a file, as `textcode.analysis.numbered_text_lines` gives them. Does not
belong here: words and runs (`scancode_query.py`).

ScanCode decides by libmagic's description and by the ending of the path. Both are asked here of
bytes in memory. What is no plain text for ScanCode (binaries, PDF, source maps, fonts, what
libmagic calls "data") is read by ScanCode itself from a temporary file.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, Literal

from corpus_assets.licensing.scancode_query import Lines

# ScanCode looks into the first 512 bytes to tell binaries from texts, libmagic into a megabyte.
_HEAD, _MAGIC_HEAD = 512, 1 << 20
# Paths that ScanCode calls binary, or source maps, whatever is in the file.
_SELF_READ = (
    ".pyc", ".pgm", ".mp3", ".mp4", ".mpeg", ".mpg", ".emf", ".pbm", ".ppm", ".js.map", ".css.map",
)  # fmt: skip
# What ScanCode does not read line by line: beginnings, and libmagic's words for them.
_FONT_HEAD, _PDF_HEAD = b"SplineFontDB", b"%PDF-"
_FONT, _DATA = "Spline Font Database", "data"
# ScanCode breaks lines of more than 200 characters, libmagic calls lines long from 300 on.
_LONG_LINE = 199
_LINE_END = re.compile(rb"\r\n|\r|\n")

Kind = Literal["text", "media", "other"]


class Reader:
    """Reads files in memory as ScanCode reads them from disk."""

    def __init__(self) -> None:
        """Load the parts of ScanCode that look at files."""
        from textcode import analysis
        from typecode import contenttype, magic2

        self._analysis, self._contenttype, self._magic = analysis, contenttype, magic2
        self._cookies = {
            flags: magic2.Detector(flags) for flags in (magic2.DETECT_TYPE, magic2.DETECT_MIME)
        }

    def lines(self, data: bytes, path: str) -> Lines | None:
        """The lines of a file that is text; None if ScanCode must read it itself.

        Where no line is long, what libmagic would say has no influence on them, and it is not
        asked: it takes longer than anything else. `kind` is left to be asked, once matches were
        found.
        """
        if path.endswith(_SELF_READ) or self._contenttype.is_binary_string(data[:_HEAD]):
            return None
        if data.startswith(_FONT_HEAD) or _PDF_HEAD in data[:_HEAD]:
            return None
        if max(map(len, _LINE_END.split(data))) < _LONG_LINE:
            return Lines(self._texts(data, path), None, False)
        kind = self._text_type(data, path)
        if kind.filetype_file.lower() == _DATA:
            return None
        very_long = bool(kind.is_text_with_long_lines)
        if path.endswith("package.json") or not (
            very_long or kind.is_compact_js or "locale" in path
        ):
            return Lines(self._texts(data, path), None, very_long)
        pairs = self._analysis.break_numbered_unicode_text_lines(
            enumerate(self._raw_lines(data, path), 1)
        )
        numbers, texts = zip(*((number, text.strip()) for number, text in pairs), strict=True)
        return Lines(list(texts), list(numbers), very_long)

    def kind(self, data: bytes, path: str) -> Kind:
        """Whether ScanCode takes a text file for text, for a picture or sound, or for neither."""
        kind = self._text_type(data, path)
        if kind.is_pdf or kind.filetype_file.startswith(_FONT):
            return "other"
        return "text" if kind.contains_text else "media"

    def _describe(self, data: bytes, flags: int) -> str:
        """libmagic's words on the content, spaced as ScanCode spaces them."""
        head = data[:_MAGIC_HEAD]
        try:
            said = self._magic._magic_buffer(self._cookies[flags].cookie, head, len(head))
        except self._magic.MagicException:
            return ""
        return " ".join(said.decode("ascii", "ignore").split())

    def _text_type(self, data: bytes, path: str) -> Any:
        """ScanCode's own type object of a text file, told what it would ask libmagic for."""
        kind = object.__new__(self._contenttype.Type)
        kind.location, kind.is_file, kind.is_dir = path, True, False
        kind._is_binary, kind._is_text = False, True
        kind._filetype_file = self._describe(data, self._magic.DETECT_TYPE)
        kind._mimetype_file = self._describe(data, self._magic.DETECT_MIME)
        for unknown in ("text_with_long_lines", "compact_js", "js_map"):
            setattr(kind, f"_is_{unknown}", None)
        kind._contains_text = None
        return kind

    def _texts(self, data: bytes, path: str) -> list[str]:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n")
        try:
            text = data.decode().replace("\0", " ")
        except UnicodeDecodeError:  # ScanCode then takes single lines for Latin-1
            text = "\n".join(map(self._analysis.as_unicode, data.split(b"\n")))
        if self._analysis.is_source(path):
            text = self._analysis.remove_verbatim_cr_lf_tab_chars(text)
        return text.split("\n")

    def _raw_lines(self, data: bytes, path: str) -> list[str]:
        """The lines with their ends, which count where ScanCode asks how long a line is."""
        lines = map(self._analysis.as_unicode, data.splitlines(True))
        if self._analysis.is_source(path):
            lines = map(self._analysis.remove_verbatim_cr_lf_tab_chars, lines)
        return list(lines)


@contextmanager
def on_disk(data: bytes, path: str, folder: str) -> Iterator[str]:
    """A file of this content under a name that ScanCode treats as it treats `path`.

    ScanCode looks at the end of the path, and whether "locale" occurs in it.
    """
    from typecode import contenttype

    name = PurePosixPath(path).name.replace("\0", "_").encode("utf-8", "replace")[-100:]
    prefix = "locale-" if "locale" in path else "f-"
    handle, location = tempfile.mkstemp(
        prefix=prefix, suffix="-" + name.decode("utf-8", "ignore"), dir=folder
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        yield location
    finally:
        contenttype._registry.pop(location, None)  # it keeps every type for ever
        os.unlink(location)
