"""A world as a root folder: its files as CSV, its ledger, its registries.

Here: how things are written down. Not here: what is written.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

from dagster_project.root import Root

from .places import SEEDS
from .world import File, Row, Summary, Table, World

LEDGER = ("file", "sha256", "year", "kind", "received_on", "sender", "note")
HEADER = (
    ("Điều kiện sẵn sàng", ("Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm")),
    ("Mức độ đạt được", ("Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi", "Tổng số điểm")),
)
NOTES = (
    "Ghi chú:",
    "Mức I: Mức độ đạt được ≥ 54 ; điều kiện sẵn sàng ≥ 27",
    "Mức II: Mức độ đạt được ≥ 50,1; điều kiện sẵn sàng ≥ 24",
    "Mức III: Mức độ đạt được ≥ 43,5 ; điều kiện sẵn sàng ≥ 22,5",
    "Mức IV: Mức độ đạt được ≥ 38,5; điều kiện sẵn sàng ≥ 21",
)


def put(world: World, folder: Path) -> Root:
    """Writes a world into an empty folder; gives its root."""
    root = Root(folder)
    root.submissions.mkdir(parents=True)
    for file in world.files:
        path = root.submissions / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content(file), "utf-8")
    with root.ledger.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([LEDGER, *map(_ledger_line, world.files)])
    if world.registries:
        _put_registries(world, folder / "registries")
    return root


def content(file: File) -> str:
    """A file's text."""
    if file.raw is not None:
        return file.raw
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for table in file.tables:
        writer.writerows(_summary(table) if isinstance(table, Summary) else _table(table))
    return text.getvalue()


def _put_registries(world: World, registries: Path) -> None:
    shutil.copytree(SEEDS, registries)
    for name in sorted({name for name, _ in world.registries}):
        with (registries / f"{name}.csv").open("r+", encoding="utf-8", newline="") as target:
            columns = next(csv.reader(target))
            target.seek(0, io.SEEK_END)
            csv.DictWriter(target, columns, restval="").writerows(world.lines(name))


def _ledger_line(file: File) -> tuple[str, ...]:
    day = file.received_on.isoformat() if file.received_on else ""
    return (file.path, "", str(file.year), file.kind, day, file.sender, "SYNTHETIC")


def _table(table: Table) -> Iterator[tuple[str, ...]]:
    if table.annex:
        yield (f"Phụ lục {table.annex}. KẾT QUẢ CHI TIẾT",)
    yield (table.title,)
    if table.cites:
        yield (table.cites,)
    yield ("",)
    named = ("Tên cơ quan", "Huyện") if table.has_parent else ("Tên cơ quan",)
    last = ("Kết quả", "Xếp hạng") if table.has_rank else ("Kết quả",)
    groups = [cell for pillar, parts in HEADER for cell in (pillar, *[""] * (len(parts) - 1))]
    yield ("STT", *named, *groups, *last)
    parts = [part for _, parts in HEADER for part in parts]
    yield ("", *[""] * len(named), *parts, *[""] * len(last))
    for number, row in enumerate(table.rows, 1):
        yield (str(number), *_cells(table, row))
    if table.has_notes:
        yield ("",)
        yield from ((note,) for note in NOTES)
    yield ("",)


def _cells(table: Table, row: Row) -> tuple[str, ...]:
    named = (row.name, row.parent) if table.has_parent else (row.name,)
    last = (row.level, row.rank) if table.has_rank else (row.level,)
    return (*named, *row.scores[:3], row.totals[0], *row.scores[3:], row.totals[1], *last)


def _summary(table: Summary) -> Iterator[tuple[str, ...]]:
    yield (f"Phụ lục {table.annex}. TỔNG HỢP KẾT QUẢ",)
    yield (table.title,)
    yield ("",)
    yield ("TT", "Tên cơ quan", "Kết quả đánh giá")
    for number, (name, words) in enumerate(table.rows, 1):
        yield (str(number), name, words)
    yield ("",)
