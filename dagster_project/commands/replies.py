"""`egov replies`: what came back on the reports, as the province's page shows it, for a terminal.

Here: the lines. Not here: what they say (`publishing/quality/replies.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..publishing.quality import gathering
from ..publishing.quality.replies import Answer, Replies, Submitter, replies
from ..root import Root
from ..terminal import Line, one_line
from .querying import published


def lines_of(root: Root, year: int | None = None) -> Iterator[Line]:
    """The answers of one year, or of every year that reports were written of. Raises UserError where nothing has been
    published."""
    with published(root) as connection:
        years = [one for one in gathering.years(connection) if year in (None, one)]
        for one in years:
            yield from _year(replies(connection, one, gathering.reports(connection, one)))
    if not years:
        yield Line("Chưa nhận gì cho năm này. / Nothing has come for that year.", "warning")


def _year(found: Replies) -> Iterator[Line]:
    waiting = sum(one.waiting for one in found.submitters)
    yield Line(f"Năm / Year {found.year}", "heading")
    yield Line(
        f"{len(found.answers)} câu trả lời / answers · {len(found.set_aside)} dòng để riêng / set aside · "
        f"{waiting} phát hiện chưa có trả lời / open findings without an answer",
        "",
        1,
    )
    for one in found.set_aside:
        where = f"{one.file_name}, dòng / row {one.row_number}"
        yield Line(one_line(f"✗ {where}: {one.reason.vi} / {one.reason.en}: {one.cells}"), "warning", 1)
    for submitter in found.submitters:
        if submitter.answers:
            yield from _submitter(submitter)
    for one in found.standings:
        due = f", hạn / due {one.due_on}" if one.due_on else ""
        came = f" {one.first_received_on}" if one.first_received_on else ""
        sign, style = ("✗", "warning") if one.is_owing else ("✓", "")
        yield Line(f"{sign} {one_line(one.name)}: {one.standing.vi} / {one.standing.en}{came}{due}", style, 1)
    yield Line("")


def _submitter(one: Submitter) -> Iterator[Line]:
    yield Line(one_line(f"{one.name.vi} ({len(one.answers)})"), "heading", 1)
    for answer in one.answers:
        if answer.is_latest:
            yield from _answer(answer)


def _answer(answer: Answer) -> Iterator[Line]:
    finding = answer.finding
    sides = f"đã ghi / stated {finding.stated.vi}; theo quy định / expected {finding.expected.vi}"
    proposed = f"; đề nghị / proposed {answer.proposed.vi}" if answer.proposed.vi else ""
    yield Line(one_line(f"{finding.short_id} · {finding.about.vi}: {finding.name.vi} ({sides}{proposed})"), "", 2)
    said = f": “{answer.text}”" if answer.text else ""
    by = ", ".join(filter(None, (answer.replied_by, f"{answer.replied_on or ''}")))
    yield Line(one_line(f"{answer.kind_words.vi} / {answer.kind_words.en}{said}{f' ({by})' if by else ''}"), "", 3)
    yield Line(f"→ {answer.needs.vi} / {answer.needs.en}", "quiet", 3)
    if answer.line:
        yield Line(one_line(answer.line), "", 4)
