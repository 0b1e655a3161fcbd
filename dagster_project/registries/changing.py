"""A line of a registry that changes from a year on: the old one closed, the new one opened below it.

Here: the text of the file after that, in which all else stays as it was typed: order, comments, quotation marks, the
mark between fields, the ends of lines. Not here: whether the new line is right (`gathering.py`), and what it does to
results.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import UserError
from .as_saved import Saved, read_saved, record_at
from .declared import Registry
from .periods import Span, holds_in, spans
from .tables import read_table
from .writing import line_ending, written_again

# Registries of rules that hold by years; units have their own guide (docs/units.md).
CHANGING = ("level_rules", "components", "pillars")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a registry, and at which line of its file it begins."""

    at: int
    values: dict[str, str]

    def key(self, registry: Registry) -> str:
        """What it is told by."""
        return " · ".join(filter(None, (self.values[name] for name in registry.key)))


def line_in_force(content: bytes, registry: Registry, file: str, words: Iterable[str], year: int) -> Line:
    """The one line that holds in a year and has all these words in its key. Raises UserError where there is none, or
    more than one."""
    table, _ = read_table(content, registry, file)
    asked = {word.casefold() for word in words}
    rows = zip(table.lines, table.rows(), spans(table), strict=True)
    there = [Line(at, row) for at, row, span in rows if _holds(span, year)]
    found = [one for one in there if asked <= {one.values[name].casefold() for name in registry.key}]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(one.key(registry) for one in found or there) or "–"
    if found:
        raise UserError(
            f"{file} has {len(found)} lines like this that hold in {year}: {listed}. Name one of them with more words.",
            f"{file} có {len(found)} dòng như vậy áp dụng trong năm {year}: {listed}. Hãy ghi thêm từ để chỉ còn một.",
        )
    raise UserError(
        f"{file} has no line like this that holds in {year}. There are: {listed}.",
        f"{file} không có dòng nào như vậy áp dụng trong năm {year}. Các dòng đang có: {listed}.",
    )


def changed_from(content: bytes, registry: Registry, line: Line, year: int, given: Mapping[str, str]) -> bytes:
    """The file with a line that ends before a year, and below it the same with other values, which begins in it and
    ends when the old one did."""
    start, end = registry.valid
    return _with(content, registry, line, {end: str(year - 1)}, {**given, start: str(year)})


def changed_in_place(content: bytes, registry: Registry, line: Line, given: Mapping[str, str]) -> bytes:
    """The file with other values in a line, as if it had always been so."""
    return _with(content, registry, line, given)


def _holds(span: Span, year: int) -> bool:
    return holds_in(span, f"{year:04}")


def _with(content: bytes, registry: Registry, line: Line, *versions: Mapping[str, str]) -> bytes:
    """The file with a line replaced by versions of it."""
    saved = read_saved(content, registry.columns)
    physical = io.StringIO(saved.text, newline="").readlines()
    first, last = record_at(physical, line.at)
    record = "".join(physical[first:last])
    bare = record.rstrip("\r\n")
    ending = record[len(bare) :] or line_ending(saved)
    made = [_version(bare, saved, changes) + ending for changes in versions]
    return written_again(content, "".join([*physical[:first], *made, *physical[last:]]))


def _version(record: str, saved: Saved, changes: Mapping[str, str]) -> str:
    fields = _as_typed(record, saved.mark)
    fields += [""] * (len(saved.header) - len(fields))
    for name, value in changes.items():
        if name not in saved.header:
            raise UserError(
                f"The file has no column {name}: put it into its first line, then try again.",
                f"Tệp không có cột {name}: hãy thêm vào dòng đầu rồi thử lại.",
            )
        at = saved.header.index(name)
        is_quoted = fields[at].strip().startswith('"')
        fields[at] = _field(value, saved.mark, is_quoted)
    return saved.mark.join(fields)


def _as_typed(record: str, mark: str) -> list[str]:
    """The fields of a record with the quotation marks around them."""
    fields, is_inside = [""], False
    for letter in record:
        if letter == mark and not is_inside:
            fields.append("")
        else:
            is_inside ^= letter == '"'
            fields[-1] += letter
    return fields


def _field(value: str, mark: str, is_quoted: bool) -> str:
    target = io.StringIO(newline="")
    csv.writer(
        target, delimiter=mark, lineterminator="", quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    ).writerow([value, ""])
    return target.getvalue()[: -3 if is_quoted else -1]
