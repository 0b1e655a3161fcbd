"""What a document says of itself: its number and date, its year, its province, its kind.

Here: the opening of a decision and the titles of its tables. Not here: the tables. That a date, a number or a place is
written like this is the grammar of official documents; the words that open a citation or a recital are in the registry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from .labels import Vocabulary
from .lines import Line
from .texts import key

_NUMBER = r"(\d+[a-zđ]?)\s*/\s*((?:\d{4}\s*/\s*)?[A-ZĐƯ][\w&]*(?:\s*-\s*[A-ZĐƯ][\w&]*)*)"
_OWN_NUMBER = re.compile(rf"(?:^|\s)Số\s*:\s*{_NUMBER}", re.IGNORECASE)
_CITED_NUMBER = re.compile(rf"\bsố\s*:?\s*{_NUMBER}", re.IGNORECASE)
_LONG_DATE = r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
_OWN_DATE = re.compile(rf"(?:^|,\s*){_LONG_DATE}", re.IGNORECASE)
_CITED_DATE = re.compile(rf"{_LONG_DATE}|ngày\s+(\d{{1,2}})\s*[/.-]\s*(\d{{1,2}})\s*[/.-]\s*(\d{{4}})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\w)năm(?:\s+đánh giá)?\s*:?\s*(\d{4})(?!\s*[-–]\s*\d|\d)", re.IGNORECASE)
_DATES = re.compile(rf"{_LONG_DATE}|(?<!\w)tháng\s+\d{{1,2}}\s+năm\s+\d{{4}}", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:Về việc|V/v)\b", re.IGNORECASE)
_PROVINCE = re.compile(r"(?<!\w)tỉnh(?=\s)", re.IGNORECASE)
_CITY = "thành phố"
_WORDS = re.compile(r"(\s+)(\S+)")
_ENDS_NAME = frozenset({"năm", "cấp", "về", "tại"})
_LONGEST_NAME = 5
_SPACES = " \u00a0"


@dataclass(frozen=True, slots=True)
class Cited:
    """The number and date of a decision, where they stand, and in which words."""

    line: Line
    column: int
    number: str | None
    cited_date: date | None
    text: str


def own_citation(opening: list[Line], vocabulary: Vocabulary) -> Cited | None:
    """The number and date of the document itself: those of its opening, before it recites what it rests on."""
    numbers, dates = [], []
    for line, column, text in _pieces(_before_recitals(opening, vocabulary)):
        numbers += [(line, column, text, found) for found in _OWN_NUMBER.finditer(text)]
        dates += [(line, column, text, found) for found in _OWN_DATE.finditer(text)]
    if not numbers and not dates:
        return None
    line, column = (numbers or dates)[0][:2]
    texts = dict.fromkeys(text for _, _, text, _ in (*numbers[:1], *dates[:1]))
    return Cited(
        line,
        column,
        _number(numbers[0][3]) if numbers else None,
        _date(dates[0][3]) if dates else None,
        "; ".join(texts),
    )


def title_citation(title: list[Line], vocabulary: Vocabulary) -> Cited | None:
    """The decision that the title of an annex cites: '(Kèm theo Quyết định số 05/QĐ-UBND ngày 05/04/2021 …)'; not one
    that it changes: '(Sửa đổi Phụ lục kèm theo Quyết định …)'."""
    pieces = list(_pieces(title))
    for i, (line, column, text) in enumerate(pieces):
        if (found := vocabulary.find("citation", text)) and not _is_of_changed(pieces[:i], found[0], vocabulary):
            whole = " ".join(part for _, _, part in pieces[i : i + 3])
            number, day = _CITED_NUMBER.search(whole), _CITED_DATE.search(whole)
            if number or day:
                own = text if _is_closed(text) else whole
                return Cited(line, column, _number(number), _date(day), own)
    return None


def change_of(title: str | None, vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """The number, in capitals, of the decision that a document's title says it changes, and how ('sửa đổi': `amended`,
    'thay thế': `replaced`); None, None of a document that changes none."""
    text = key(title or "")
    for found in vocabulary.find("change", text):
        if number := _CITED_NUMBER.search(text, found.end()):
            return _number_of(number).upper(), vocabulary.keys("change")[found[0]]
    return None, None


def title_of(opening: list[Line], titles: list[list[Line]], vocabulary: Vocabulary) -> str | None:
    """The document's title: what its opening says it is about, else the title of its first table."""
    lines = [text for _, _, text in _pieces(_before_recitals(opening, vocabulary))]
    for i, text in enumerate(lines):
        if _SUBJECT.match(text):
            rest = lines[i + 1 : i + 4]
            end = next((at for at, line in enumerate(rest) if line.isupper()), 0)
            return " ".join([text, *rest[:end]]) if end else text
    titled = next((title for title in titles if any(line.cells for line in title)), [])
    return " ".join(text for _, _, text in _pieces(titled)) or None


def year_of(opening: list[Line], titles: list[list[Line]], vocabulary: Vocabulary) -> int | None:
    """The year that a title speaks of ('năm 2020'), never that of a date."""
    for lines in (_before_recitals(opening, vocabulary), *titles):
        text = " ".join(text for _, _, text in _pieces(lines))
        if found := _YEAR.search(_DATES.sub(" ", text)):
            return int(found[1])
    return None


def provinces_of(opening: list[Line], titles: list[list[Line]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The provinces as written with their types, each once: 'tỉnh Thái Bình' of a title, 'THÀNH PHỐ HÀ NỘI' of the
    issuer's line, 'Thành phố Hồ Chí Minh' of 'TP. Hồ Chí Minh'. Cities only where no 'tỉnh' is named: most lie in one.
    """
    texts = [
        "\n".join(text for _, _, text in _pieces(lines)) for lines in (*titles, _before_recitals(opening, vocabulary))
    ]
    for is_type, in_full in ((_PROVINCE, None), (_city(vocabulary), _CITY.capitalize())):
        named: dict[str, str] = {}
        for text in texts:
            for found in is_type.finditer(text):
                if name := _capitalised(f" {text[found.end() :].lstrip(_SPACES)}"):
                    written = found[0] if key(found[0]) == _CITY or in_full is None else in_full
                    named.setdefault(key(name), f"{written} {name}")
        if named:
            return tuple(named.values())
    return ()


@cache
def _city(vocabulary: Vocabulary) -> re.Pattern[str]:
    """The type of a city, in full or as the registry abbreviates it ('TP.'), before a name."""
    short = [label for label, target in vocabulary.keys("unit_type").items() if target and key(target) == _CITY]
    choice = "|".join(re.escape(label) for label in sorted(short, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{_CITY}(?=\s)|(?:{choice or '(?!)'})(?:\.|(?=\s)))", re.IGNORECASE)


def kind_of(opening: list[Line], titles: list[list[Line]], vocabulary: Vocabulary) -> str | None:
    """The kind that the document's first such words name: 'BẢNG TỰ ĐÁNH GIÁ', 'QUYẾT ĐỊNH'."""
    for lines in (_before_recitals(opening, vocabulary), *titles):
        for _, _, text in _pieces(lines):
            if found := vocabulary.find("kind", text):
                return vocabulary.keys("kind")[found[0][0]]
    return None


def _before_recitals(opening: list[Line], vocabulary: Vocabulary) -> list[Line]:
    """The opening of a document up to where it recites the laws and decisions that it rests on."""
    for i, line in enumerate(opening):
        if any(vocabulary.opens("recital", text) is not None for _, text in line.pieces()):
            return opening[:i]
    return opening


def _pieces(lines: list[Line]) -> list[tuple[Line, int, str]]:
    return [(line, cell.column, text) for line in lines for cell, text in line.pieces()]


def _capitalised(text: str) -> str:
    """The words at the start of a text that begin with a capital, as those of a name do: 'Bà Rịa - Vũng Tàu'. A name
    of one word is not whole, and goes on after a line break."""
    name: list[str] = []
    for word in _WORDS.finditer(text):
        bare = word[2].rstrip(".,;:)")
        is_over = "\n" in word[1] and len(name) > 1
        if is_over or not (bare[:1].isupper() or bare in ("-", "–")) or key(bare) in _ENDS_NAME:
            break
        name.append(bare)
        if bare != word[2] or len(name) == _LONGEST_NAME:
            break
    return " ".join(name).rstrip(" -–")


def _is_of_changed(before: list[tuple[Line, int, str]], found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether the bracket in which a citation stands begins by saying that something is changed. An annex that says it
    elsewhere ('Phụ lục sửa đổi kèm theo …') tells of itself."""
    said = " ".join([*(key(text) for _, _, text in before), found.string[: found.start()]])
    _, bracket, inside = said.rpartition("(")
    return bool(bracket) and ")" not in inside and vocabulary.opens("change", inside.lstrip()) is not None


def _is_closed(text: str) -> bool:
    return _CITED_NUMBER.search(text) is not None and _CITED_DATE.search(text) is not None


def _number(found: re.Match[str] | None) -> str | None:
    """A decision's number without the spaces that were set into it: '05/QĐ-UBND' of '05 /QĐ-UBND'."""
    return _number_of(found) if found else None


def _number_of(found: re.Match[str]) -> str:
    return re.sub(r"\s+", "", f"{found[1]}/{found[2]}")


def _date(found: re.Match[str] | None) -> date | None:
    """The date of day, month and year; None where there is no such day."""
    if not found:
        return None
    day, month, year = (int(group) for group in found.groups() if group)
    try:
        return date(year, month, day)
    except ValueError:
        return None
