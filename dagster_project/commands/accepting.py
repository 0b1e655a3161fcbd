"""`egov accept`: the province lets a stated figure stand; its line in the registry `acceptances`, or out of it again.

Here: which finding is meant, what is shown before it is written, and the line. Not here: what an acceptance does
(`fct_finding`), and lines that let nothing stand (`acceptances.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from .. import kept_by_hand
from ..errors import UserError
from ..files import write_atomically
from ..publishing.quality import gathering
from ..registries import Mistakes, own_files, rows, writing
from ..registries.declared import registries
from ..registries.files import REPOSITORYS
from ..registries.tables import read_table
from ..root import REPOSITORY, Root
from ..terminal import Line, one_line
from .agreeing import agreed
from .querying import published

NAME = "acceptances"
SHORTEST = 6  # characters of an id: fewer fit too many findings too easily
_LISTED = 12

_FOUND = """
    SELECT finding_id, short_id, year, unit_name, code, stated, expected, status, message_vi, message_en
    FROM fct_finding WHERE starts_with(finding_id, ?) ORDER BY finding_id
"""

Finding = dict[str, str | None]


def accept(
    root: Root,
    called: str,
    by: str,
    why: str,
    on: date,
    *,
    show: Callable[[Iterator[Line]], None],
    agree: Callable[[], bool | None],
) -> None:
    """Shows a finding and the line that accepts it, and writes it once the person agrees. agree: None where nobody can
    be asked. Raises UserError where the finding is not found for certain, or cannot be accepted."""
    with writing.held(root.warehouse):
        kept_by_hand.prepare(root)
        finding = _found(root, called)
        _refuse_what_needs_none(root, finding)
        given = {
            "finding_id": finding["finding_id"] or "",
            "stated": finding["stated"] or "",
            "accepted_by": by,
            "accepted_on": on.isoformat(),
            "why": why,
        }
        target, content = _registry(root)
        show(_lines_of(finding))
        show(iter([Line(one_line(f"+ {root.relative(target)}: {', '.join(given.values())}"), "good")]))
        if agreed(agree, show):
            _write(root, target, writing.with_line(content, registries()[NAME], given))
            show(
                _end(
                    "Đã ghi: phát hiện được chấp nhận từ lần `egov run` tới.", "Written: accepted from the next run on."
                )
            )


def take_back(
    root: Root, called: str, *, show: Callable[[Iterator[Line]], None], agree: Callable[[], bool | None]
) -> None:
    """Takes the last line of a finding out of the registry, once the person agrees. Raises UserError where there is
    none."""
    with writing.held(root.warehouse):
        kept_by_hand.prepare(root)
        target, content = _registry(root)
        table, _ = read_table(content, registries()[NAME], target.name)
        lines = [
            (at, row)
            for at, row in zip(table.lines, table.rows(), strict=True)
            if len(called) >= SHORTEST and row["finding_id"].startswith(called.lower())
        ]
        ids = sorted({row["finding_id"] for _, row in lines})
        if len(ids) != 1:
            listed = "; ".join(ids) or "–"
            raise UserError(
                f"{target.name} has no line, or lines of several findings, whose id begins with '{called}': {listed}.",
                f"{target.name} không có dòng nào, hoặc có dòng của nhiều phát hiện, có mã bắt đầu bằng '{called}': "
                f"{listed}.",
            )
        at, row = lines[-1]
        show(iter([Line(one_line(f"− {root.relative(target)}, dòng / line {at}: {', '.join(row.values())}"), "error")]))
        if agreed(agree, show):
            _write(root, target, writing.without_line(content, registries()[NAME], at))
            show(
                _end(
                    "Đã xóa dòng này: phát hiện lại mở từ lần `egov run` tới.",
                    "Taken out: open again from the next run on.",
                )
            )


def _found(root: Root, called: str) -> Finding:
    """The one finding whose id begins so."""
    if len(called) < SHORTEST:
        raise UserError(
            f"'{called}' is too short: give at least {SHORTEST} characters of the finding's id, as reports print it.",
            f"'{called}' quá ngắn: hãy ghi ít nhất {SHORTEST} ký tự của mã phát hiện như in trong phiếu.",
        )
    with published(root) as connection:
        found: list[Finding] = gathering.rows(connection, _FOUND, called.lower())
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"No finding has an id that begins with '{called}'. Reports, workbooks and fct_finding (short_id) have it.",
            f"Không có phát hiện nào có mã bắt đầu bằng '{called}'. Mã có trong phiếu, bảng tính và cột short_id của "
            "fct_finding.",
        )
    listed = "; ".join(f"{one['short_id']} {one['unit_name'] or one['code']}" for one in found[:_LISTED])
    raise UserError(
        one_line(f"{len(found)} findings have an id that begins with '{called}': {listed}. Give more of it."),
        one_line(f"{len(found)} phát hiện có mã bắt đầu bằng '{called}': {listed}. Hãy ghi dài hơn."),
    )


def _refuse_what_needs_none(root: Root, finding: Finding) -> None:
    """A finding that a later file has resolved, and one that is accepted as it stands."""
    if finding["status"] == "resolved":
        raise UserError(
            f"Finding {finding['short_id']} is resolved: a later file no longer shows it. There is nothing to accept.",
            f"Phát hiện {finding['short_id']} đã được khắc phục trong tệp nhận sau: không còn gì để chấp nhận.",
        )
    for row in rows(root, NAME):
        if row["finding_id"] == finding["finding_id"] and row["stated"] == (finding["stated"] or ""):
            by = one_line(f"{row['accepted_by'] or '–'}, {row['accepted_on'] or '–'}")
            raise UserError(
                f"Finding {finding['short_id']} is accepted already ({by}). To take that back: --undo.",
                f"Phát hiện {finding['short_id']} đã được chấp nhận ({by}). Muốn bỏ: --undo.",
            )


def _registry(root: Root) -> tuple[Path, bytes]:
    """The file to write to, and what it holds now; a root's own where it is none yet begins with what holds there."""
    own = own_files(root).get(NAME)
    if own or root.path == REPOSITORY:
        path = own or REPOSITORYS / f"{NAME}.csv"
        return path, path.read_bytes()
    registry = registries()[NAME]
    content = ",".join(registry.columns).encode() + b"\n"
    for row in rows(root, NAME):
        content = writing.with_line(content, registry, row)
    return root.path / "registries" / f"{NAME}.csv", content


def _write(root: Root, target: Path, content: bytes) -> None:
    _, mistakes = read_table(content, registries()[NAME], root.relative(target))
    if mistakes:
        raise Mistakes(mistakes)
    write_atomically(target, content)


def _lines_of(finding: Mapping[str, str | None]) -> Iterator[Line]:
    yield Line(
        one_line(f"{finding['short_id']} · {finding['year']} · {finding['unit_name'] or finding['code']}"), "heading"
    )
    yield Line(one_line(finding["message_vi"] or ""), "", 1)
    yield Line(one_line(finding["message_en"] or ""), "quiet", 1)
    sides = f"đã ghi / stated: {finding['stated'] or '–'} · theo quy định / expected: {finding['expected'] or '–'}"
    yield Line(one_line(sides), "", 1)


def _end(vietnamese: str, english: str) -> Iterator[Line]:
    yield Line(f"{vietnamese} / {english}", "good")
