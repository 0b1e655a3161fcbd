"""A file beside what is declared of it → a table of plain values, and every mistake in it.

Here: columns that are unknown or missing, values of the wrong type, cells that are empty, words that mean nothing. Not
here: what rows mean together (`checks.py`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from .as_saved import Saved, read_saved
from .declared import Registry
from .mistakes import Mistake
from .values import Unfit, value


@dataclass(slots=True)
class Table:
    """A registry's rows, column by column. columns: all that are declared, in their order; a value that was none is as
    it was written. lines: where each row begins in the file. is_plain: the file says this as it lies, so that dbt and
    DuckDB read the same. is_whole: nothing of the file had to be left unread."""

    registry: Registry
    file: str
    lines: list[int]
    columns: dict[str, list[str]]
    is_plain: bool = True
    is_whole: bool = True

    def rows(self) -> Iterator[dict[str, str]]:
        """The rows, each by its columns."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, values, strict=True))

    def keep(self, is_kept: list[bool]) -> None:
        """Leaves only the rows for which this is so."""
        if not all(is_kept):
            self.is_plain = False
            self.lines = [line for line, kept in zip(self.lines, is_kept, strict=True) if kept]
            for name, values in self.columns.items():
                self.columns[name] = [one for one, kept in zip(values, is_kept, strict=True) if kept]

    def content(self) -> bytes:
        """The table as plain CSV."""
        target = io.StringIO()
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(zip(*self.columns.values(), strict=True))
        return target.getvalue().encode()


def empty(registry: Registry, file: str) -> Table:
    """A registry without rows."""
    return Table(registry, file, [], {name: [] for name in registry.columns})


def read_table(content: bytes, registry: Registry, file: str) -> tuple[Table, list[Mistake]]:
    """Reads a file for a registry. file: the name by which mistakes call it."""
    saved = read_saved(content, registry.columns)
    mistakes: list[Mistake] = []
    if saved.fault:
        line, vietnamese, english = saved.fault
        mistakes.append(Mistake(file, (line,), "", vietnamese, english))
        if not saved.header:
            return empty(registry, file), mistakes
    wrong = _wrong_header(saved, registry, file)
    if any(not one.column for one in wrong):  # not one name is known: nothing below it would be
        return empty(registry, file), mistakes + wrong
    mistakes += wrong
    mistakes += _leave_out_long_rows(saved, file)
    table = _table(saved, registry, file)
    for name in registry.columns:
        mistakes += _normalise(table, name)
    return table, mistakes


def _wrong_header(saved: Saved, registry: Registry, file: str) -> list[Mistake]:
    columns, place = ", ".join(registry.columns), (saved.header_line,)
    if not set(saved.header) & set(registry.columns):
        return [
            Mistake(
                file,
                place,
                "",
                f"dòng đầu phải là tên các cột: {columns}.",
                f"the first line must be the names of the columns: {columns}.",
            )
        ]
    found = []
    missing = [name for name in registry.columns if name not in saved.header]
    for name in dict.fromkeys(saved.header):
        if name and name not in registry.columns:
            if registry.may_have_more and not _meant(name, missing, "{}"):
                continue
            found.append(
                Mistake(
                    file,
                    place,
                    name,
                    f"không có cột tên này{_meant(name, missing, ' (có phải {}?)')}. Các cột: {columns}.",
                    f"unknown column{_meant(name, missing, ' (is it {}?)')}. Its columns are: {columns}.",
                )
            )
        elif name and saved.header.count(name) > 1:
            found.append(
                Mistake(
                    file, place, name, "cột này có hai lần; hãy xóa một cột.", "twice there; delete one of the two."
                )
            )
    for name in dict.fromkeys((*registry.required, *registry.header)):
        if name not in saved.header:
            found.append(
                Mistake(file, place, name, "thiếu cột này; hãy thêm vào.", "this column is missing; put it in.")
            )
    return found


def _meant(name: str, missing: list[str], words: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, missing, 1)
    return words.format(near[0]) if near else ""


def _leave_out_long_rows(saved: Saved, file: str) -> list[Mistake]:
    """Rows that hold more than the header names: what is in their other fields is not known, so they are told and left
    out. One that ends early is whole: programs leave empty fields at the end of a row out."""
    width = len(saved.header)
    long = {line: len(row) for line, row in zip(saved.lines, saved.rows, strict=True) if len(row) > width}
    if long:
        saved.rows = [row for row in saved.rows if len(row) <= width]
        saved.lines = [line for line in saved.lines if line not in long]
    return [
        Mistake(
            file,
            (line,),
            "",
            f"có {count} trường, nhưng tiêu đề chỉ có {width}. Giá trị chứa dấu phẩy phải đặt trong dấu nháy kép; số "
            "thập phân thì viết 84.25.",
            f"there are {count} fields, but the header has {width}. A value with a comma in it goes between quotation "
            "marks; of a number write 84.25.",
        )
        for line, count in long.items()
    ]


def _table(saved: Saved, registry: Registry, file: str) -> Table:
    width, count = len(saved.header), len(saved.rows)
    rows = saved.rows
    is_plain = saved.is_plain and saved.header == list(registry.columns)
    if any(len(row) != width for row in rows):
        is_plain = False
        rows = [row + [""] * (width - len(row)) for row in rows]
    by_name = dict(zip(reversed(saved.header), reversed(list(map(list, zip(*rows, strict=True)))), strict=False))
    columns = {name: by_name.get(name) or [""] * count for name in registry.columns}
    return Table(registry, file, saved.lines, columns, is_plain, saved.fault is None)


def _normalise(table: Table, name: str) -> Iterator[Mistake]:
    """Makes the values of a column plain; each text is looked at once, however often it stands there."""
    registry, written = table.registry, table.columns[name]
    plain: dict[str, str] = {}
    unfit: dict[str, Unfit] = {}
    words = registry.words.get(name)
    for text in set(written):
        plain[text] = text.strip()
        try:
            plain[text] = value(plain[text], registry.columns[name], name)
            if words and plain[text]:
                plain[text] = _word(plain[text], words)
        except Unfit as error:
            unfit[text] = error
    if any(text != made for text, made in plain.items()):
        table.is_plain = False
        table.columns[name] = [plain[text] for text in written]
    for text, error in unfit.items():
        lines = tuple(line for line, one in zip(table.lines, written, strict=True) if one == text)
        yield Mistake(
            table.file, lines, name, f"“{_short(text)}” {error.vietnamese}.", f"'{_short(text)}' {error.english}."
        )
    if name in registry.required and "" in plain.values():
        lines = tuple(line for line, one in zip(table.lines, written, strict=True) if not one.strip())
        yield Mistake(table.file, lines, name, "không được để trống.", "must not be empty.")


def _word(text: str, words: tuple[str, ...]) -> str:
    known = {word.casefold(): word for word in words}
    if text.casefold() not in known:
        raise Unfit(f"không phải từ cho phép; chỉ có: {', '.join(words)}", f"is none of: {', '.join(words)}")
    return known[text.casefold()]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:60]}…"
