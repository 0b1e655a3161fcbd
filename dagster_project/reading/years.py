"""Which year a header, a title or a sheet is of.

Here: how years are written. Not here: what follows where a file holds several (`parting.py`), and the year of a
document as a whole (`head.py`).
"""

from __future__ import annotations

import re

from .texts import key

_YEAR = r"((?:19|20)[0-9]{2})"
_OF_HEADER = re.compile(rf"[(\[]?\s*(?<![\w/.,-])(?:trong\s+)?(?:năm\s+)?{_YEAR}(?![\w/.,-])\s*[)\]]?")
_ALONE = re.compile(rf"(?:năm\s+|year\s+)?{_YEAR}")


def taken_out(header: str) -> tuple[str, int | None]:
    """A text of a header without the one year that it names, and that year: 'tổng điểm' and 2020 of 'Tổng điểm năm
    2020'; the text as it is, and None, where it names none or two."""
    text = key(header)
    found = list(_OF_HEADER.finditer(text))
    if len(found) != 1:
        return header, None
    (year,) = found
    return f"{text[: year.start()]} {text[year.end() :]}".strip(" -:"), int(year[1])


def alone(text: str | None) -> int | None:
    """The year that a text is, and nothing else, such as the name of a sheet: '2016', 'Năm 2016'."""
    found = _ALONE.fullmatch(key(text or ""))
    return int(found[1]) if found else None
