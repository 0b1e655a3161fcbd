"""`egov rule`: a rule that changes from a year on, tried on the last year's files before it is written.

Here: the order of it, and the words. Not here: the text of the registry (`registries/changing.py`), and what the rule
does (`checking/what_if.py`).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from .. import kept_by_hand
from ..checking.what_if import Effect, Result, effect_on_last_year
from ..errors import UserError
from ..files import write_atomically
from ..registries import changing, own_files, prepare, writing
from ..registries.declared import registries
from ..registries.files import REPOSITORYS
from ..registries.values import value
from ..root import REPOSITORY, Root
from ..terminal import Line, one_line
from .agreeing import agreed

_UNITS_SHOWN = 12


def change(
    root: Root,
    name: str,
    words: Sequence[str],
    year: int,
    given: Mapping[str, str],
    *,
    show: Callable[[Iterator[Line]], None],
    say: Callable[[str], None],
    agree: Callable[[], bool | None],
) -> None:
    """Closes a line and opens the next, once whoever asked for it has seen what it does and agrees. agree: None where
    nobody can be asked. Raises UserError where the line is not found, or the registries would not hold together."""
    registry = registries()[name]
    _refuse_columns(name, given)
    with writing.held(root.warehouse):
        kept_by_hand.prepare(root)
        source = own_files(root).get(name, REPOSITORYS / f"{name}.csv")
        target = (
            source if root.path == REPOSITORY or name in own_files(root) else root.path / "registries" / source.name
        )
        file, content = root.relative(target), source.read_bytes()
        line = changing.line_in_force(content, registry, file, words, year)
        if line.values[registry.valid[0]] == str(year):
            raise UserError(
                f"{file}, line {line.at} begins in {year} already: {line.key(registry)}. Mend that line, or give the "
                "year from which the next rule holds.",
                f"{file}, dòng {line.at} đã bắt đầu từ năm {year}: {line.key(registry)}. Hãy sửa chính dòng đó, hoặc "
                "ghi năm bắt đầu của quy định sau.",
            )
        written = changing.changed_from(content, registry, line, year, given)
        with _tried(root, name, written) as whole:
            prepare(whole)  # raises the mistakes that the registries would have
            _refuse_the_same(name, file, line, given)

            def would_be(last: int) -> Root:
                if last >= year:
                    return whole
                line_then = changing.line_in_force(content, registry, file, words, last)
                as_if = changing.changed_in_place(content, registry, line_then, given)
                (whole.path / "registries" / f"{name}.csv").write_bytes(as_if)
                prepare(whole)
                return whole

            show(_lines_of_change(file, line, registry.key, year, given))
            index_code = line.values["index_code"]
            show(_lines_of_effect(effect_on_last_year(root, index_code, would_be, say), year))
        if not agreed(agree, show):
            return
        if source.read_bytes() != content:
            raise UserError(
                f"{file} was changed meanwhile. Nothing was written; try again.",
                f"{file} vừa bị thay đổi. Chưa ghi gì; hãy thử lại.",
            )
        write_atomically(target, written)
        show(_lines_of_end(root, file, target != source))


def _refuse_columns(name: str, given: Mapping[str, str]) -> None:
    registry = registries()[name]
    free = [column for column in registry.columns if column not in (*registry.key, *registry.valid)]
    for column in given:
        if column not in free:
            raise UserError(
                f"{column} cannot be set; in {name} these can: {', '.join(free)}.",
                f"Không đặt được {column}; trong {name} đặt được: {', '.join(free)}.",
            )


@contextmanager
def _tried(root: Root, name: str, content: bytes) -> Iterator[Root]:
    """A root for a while, with the registries of another but for this one."""
    with tempfile.TemporaryDirectory(prefix="egov-rule-") as folder:
        own = Path(folder) / "registries"
        own.mkdir()
        for path in own_files(root).values():
            shutil.copyfile(path, own / path.name)
        own_files(Root(Path(folder))).get(name, own / f"{name}.csv").write_bytes(content)
        yield Root(Path(folder))


def _refuse_the_same(name: str, file: str, line: changing.Line, given: Mapping[str, str]) -> None:
    """A new line that says what the old one does, however it is written."""
    types = registries()[name].columns
    if all(_same(line.values[column], given[column], types[column]) for column in given if column != "source"):
        raise UserError(
            f"{file}, line {line.at} says that already: nothing would change.",
            f"{file}, dòng {line.at} đã ghi như vậy: không có gì thay đổi.",
        )


def _same(old: str, new: str, type_: str) -> bool:
    plain = value(new.strip(), type_)
    return Decimal(old) == Decimal(plain) if old and plain and type_.startswith("decimal") else old == plain


def _lines_of_change(
    file: str, line: changing.Line, key: tuple[str, ...], year: int, given: Mapping[str, str]
) -> Iterator[Line]:
    named = " · ".join(line.values[name] for name in key if line.values[name])
    yield Line(f"{file}, dòng / line {line.at}: {named}", "heading")
    first, last = line.values["valid_from_year"] or "…", line.values["valid_to_year"]
    shown = [column for column in given if column != "source"]
    before = ", ".join(f"{column} = {line.values[column] or '–'}" for column in shown)
    after = ", ".join(f"{column} = {one_line(given[column]) or '–'}" for column in shown)
    yield Line(f"đóng / closes: {before} ({first}–{year - 1})", "", 1)
    yield Line(f"mở / opens:    {after} ({year}–{last or '…'}) · {one_line(given['source'])}", "", 1)


def _lines_of_effect(effect: Effect | None, year: int) -> Iterator[Line]:
    if effect is None:
        yield Line("Chưa có kết quả công bố nào để thử. / There are no published results to try it on.", "quiet")
        return
    if effect.year < year:
        yield Line(
            f"Nếu quy định này áp dụng cho năm {effect.year} (năm công bố gần nhất; chỉ để thử, kết quả năm đó không "
            "đổi):"
        )
        yield Line(
            f"Had it held in {effect.year} (the last year published; a trial, the results of that year stay):", "quiet"
        )
    else:
        yield Line(f"Kết quả công bố của năm {effect.year} sẽ đổi: / Published results of {effect.year} will change:")
    all_ = len(effect.units)
    for vietnamese, english, of in (
        ("tổng điểm", "totals", lambda one: one.totals),
        ("thứ hạng", "ranks", lambda one: one.rank),
        ("mức độ", "levels", lambda one: one.level),
    ):
        count = sum(of(now) != of(then) for now, then in effect.units)
        yield Line(
            f"{vietnamese} / {english}: {count} / {all_} đơn vị đổi / units change", "warning" if count else "", 1
        )
    moved = [(now, then) for now, then in effect.units if now.level != then.level]
    for now, then in moved[:_UNITS_SHOWN]:
        yield Line(f"{_named(now)}: {now.level or '–'} → {then.level or '–'}", "", 2)
    if len(moved) > _UNITS_SHOWN:
        yield Line(f"… và {len(moved) - _UNITS_SHOWN} đơn vị khác / and {len(moved) - _UNITS_SHOWN} more", "", 2)


def _named(unit: Result) -> str:
    return one_line(f"{unit.unit_name} ({unit.parent_name})" if unit.parent_name else unit.unit_name)


def _lines_of_end(root: Root, file: str, is_new: bool) -> Iterator[Line]:
    yield Line(f"Đã ghi {file}; chạy `egov run`. / Written to {file}; run `egov run`.", "good")
    if is_new:
        yield Line(
            f"Tệp này mới: bản chép của danh mục chung cho riêng {root.path}. / It is new: a copy of the common "
            "registry, for this folder alone.",
            "",
            1,
        )
