"""From bytes to text: which encoding a text file is in, by what its bytes can be.

Here: byte order marks, UTF-8, UTF-16 and windows-1258. Not here: lines and fields (`plain_text.py`).
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def decode(content: bytes) -> str | None:
    """The text, without its byte order mark; None where the bytes are no text.

    A few broken bytes in a file that is otherwise UTF-8 become U+FFFD: the cells that they stand in are seen to be
    damaged, where another encoding would turn every Vietnamese letter of the file into two wrong ones.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").removeprefix("\ufeff")
    if encoding := _unmarked_utf16(content):
        return content.decode(encoding, errors="replace")
    if content[:_SAMPLE].count(0) * 10 > len(content[:_SAMPLE]):
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(content) or _windows_1258(content)


def _unmarked_utf16(content: bytes) -> str | None:
    """Which UTF-16 the bytes are without a mark: spaces, digits and Latin letters leave a zero in every other byte."""
    sample = content[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) // 2 or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _nearly_utf8(content: bytes) -> str | None:
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    letters = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
    return text if broken * 3 <= letters else None


def _windows_1258(content: bytes) -> str | None:
    try:
        text = content.decode("cp1258")
    except UnicodeDecodeError:
        return None
    return text if len(_CONTROLS.findall(text)) * 50 <= len(text) else None
