"""Grids made by hand, as the readers of the formats give them, and a short view of what was read of them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from dagster_project.reading import Document, Labels
from dagster_project.reading.grids import Cell, Grid, Row

ROOT = Path(__file__).resolve().parents[2]
LABELS = Labels.load(ROOT / "dbt_project/seeds")
READINESS = ["Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm"]
ATTAINMENT = ["Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi", "Tổng số điểm"]
HEADER = [
    ["TT", "Tên cơ quan", "Điều kiện sẵn sàng", "", "", "", "Mức độ đạt được", "", "", "", "", "Kết quả"],
    ["", "", *READINESS, *ATTAINMENT, ""],
]
FIGURES = ["12", "5", "4", "21", "26", "6", "5", "5", "42"]


def rows_of(text: str) -> tuple[Row, ...]:
    """A row per line, a cell per field between bars or tabs."""
    lines = [[field.strip() for field in line.replace("\t", "|").split("|")] for line in text.strip("\n").split("\n")]
    return tuple(Row(number, cells_of(line)) for number, line in enumerate(lines, 1))


def cells_of(fields: list[str | Cell]) -> tuple[Cell, ...]:
    """The cells of a row's fields; an empty field is no cell, and a Cell stands as it is."""
    return tuple(
        field if isinstance(field, Cell) else Cell(column, field)
        for column, field in enumerate(fields, 1)
        if isinstance(field, Cell) or field.strip()
    )


def sheet(*rows: list, name: str | None = None, table: int | None = None, page: str | None = None) -> Grid:
    """A grid of rows of fields: of a sheet, of a file's own table, or of a page."""
    return Grid(name or page, table, tuple(Row(number, cells_of(row)) for number, row in enumerate(rows, 1)))


def merged(column: int, text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(column, text, across=across, down=down)


def units(document: Document) -> list[dict]:
    """Per unit row what it holds: roles and targets, with figures as numbers where there is one, else as texts."""
    found: dict[int, dict] = defaultdict(dict)
    for cell in document.cells:
        value = cell.number if cell.number is not None else cell.meaning or cell.raw_text
        name = cell.header if cell.role == "unknown" else f"total {cell.target}" if cell.role == "total" else None
        found[cell.row_order][name or cell.target or cell.role] = value
    return list(found.values())


def names(document: Document) -> list[str]:
    return [cell.raw_text for cell in document.cells if cell.role == "unit"]


def expected_figures() -> dict[str, Decimal]:
    """What FIGURES says under HEADER."""
    keys = ["infrastructure", "human_resources", "environment", "total readiness"]
    keys += ["presence", "interaction", "transaction", "transformation", "total attainment"]
    return dict(zip(keys, map(Decimal, FIGURES), strict=True))
