"""What came back on a year's reports: the answers of each submitter, those set aside, and what each would need next.

Here: the types, and the rows of the published tables put into them. Not here: what becomes of an answer (nothing of
itself: a later file, a correction or an acceptance does), and how it looks (`templates/replies.html`,
`commands/replies.py`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from . import words
from .content import Finding, Report
from .gathering import Row, rows
from .words import Words

_ANSWERS = """
    SELECT
        reply.finding_id, reply.reply, reply.text, reply.proposed, reply.replied_by, reply.replied_on, reply.is_latest,
        finding.index_code, finding.kind, finding.field, declared.compares, submission.file_name
    FROM fct_finding_reply AS reply
    INNER JOIN fct_finding AS finding USING (finding_id)
    INNER JOIN dim_check AS declared USING (code)
    LEFT JOIN fct_submission AS submission ON reply.submission_id = submission.submission_id
    WHERE finding.year = $1
    ORDER BY
        reply.is_latest DESC, reply.replied_on DESC NULLS LAST, reply.finding_id, reply.submission_id, reply.row_number
"""

_SET_ASIDE = """
    SELECT submission.file_name, submission.sender, quarantine.row_number, quarantine.reason, quarantine.cells
    FROM fct_quarantine AS quarantine
    INNER JOIN fct_submission AS submission USING (submission_id)
    WHERE quarantine.year = $1 AND quarantine.reason IN ('finding_unknown', 'reply_unknown')
    ORDER BY submission.received_on NULLS FIRST, submission.file_name, quarantine.row_number, quarantine.cells
"""

_DEADLINES = """
    SELECT unit_name, due_on, first_received_on, standing
    FROM agg_submitters WHERE year = $1 AND kind = 'reply' ORDER BY due_on NULLS LAST, unit_code
"""

_REASONS = {
    "reply_unknown": Words(
        "chưa chọn hình thức trả lời, hoặc ghi bằng từ không có trong danh sách",
        "no kind of reply is chosen, or in a word that is not in the list",
    ),
    "finding_unknown": Words(
        "không có phát hiện nào mang mã ghi ở cột cuối", "no finding has the id in its last column"
    ),
}
_STANDINGS = {
    "in_time": Words("đúng hạn", "in time"),
    "late": Words("gửi muộn", "late"),
    "sent": Words("đã gửi", "sent"),
    "nothing": Words("chưa gửi", "nothing sent"),
}
_CORRECTION = (
    "correction_id", "index_code", "year", "kind", "unit_code", "field", "expect", "corrected", "decided_by",
    "decided_on", "authority", "why", "withdrawn_on",
)  # fmt: skip
_OF_TEXTS = {"unit", "parent", "number", "citation", "summary", "threshold", "column", "row", "file"}

SENT_AGAIN = Words("Chờ đơn vị gửi lại hồ sơ đã sửa.", "Waits for the corrected file.")
SETTLED = Words("Không còn việc gì: phát hiện đã đóng.", "Nothing: the finding is closed.")
ACCEPT = Words(
    "Nếu chấp nhận giữ nguyên, chạy lệnh dưới; nếu không, đề nghị đơn vị gửi lại.",
    "To let the stated figure stand, run this; else ask for the file again.",
)
CORRECT = Words(
    "Nếu chấp nhận số đề nghị: chờ hồ sơ gửi lại, hoặc tỉnh tự đính chính bằng dòng dưới trong corrections.csv.",
    "To take the proposed figure: wait for the file again, or correct it by this line of corrections.csv.",
)
ONLY_AGAIN = Words(
    "Nếu chấp nhận giá trị đề nghị: chờ hồ sơ gửi lại; giá trị này không đính chính được trong corrections.csv.",
    "To take the proposed value: wait for the file again; corrections.csv cannot hold it.",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer beside its finding. needs: what settling it would take, and the line to type or write for that, if
    any; of an answer that a later one replaced, nothing."""

    finding: Finding
    kind: str
    kind_words: Words
    text: str | None
    proposed: Words
    replied_by: str | None
    replied_on: date | None
    file_name: str | None
    is_latest: bool
    needs: Words
    line: str


@dataclass(frozen=True, slots=True)
class Submitter:
    """Whose answers these are; link: its page. waiting: open findings without an answer."""

    name: Words
    link: str
    answers: tuple[Answer, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that answers nothing for certain: in which file, at which row, what it says and why it is set aside."""

    file_name: str
    sender: str | None
    row_number: int | None
    reason: Words
    cells: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a submitter that has findings has answered, and by when it was to. is_owing: it has not, or too late."""

    name: str
    due_on: date | None
    first_received_on: date | None
    standing: Words
    is_owing: bool


@dataclass(frozen=True, slots=True)
class Replies:
    """All that came back of a year."""

    year: int
    submitters: tuple[Submitter, ...]
    set_aside: tuple[SetAside, ...]
    standings: tuple[Standing, ...]

    @property
    def answers(self) -> list[Answer]:
        return [answer for one in self.submitters for answer in one.answers]

    @property
    def proposed(self) -> list[Answer]:
        """Open findings for which another value is proposed, each once."""
        return [one for one in self.answers if one.is_latest and one.kind == "correct" and one.finding.status == "open"]


def replies(connection: duckdb.DuckDBPyConnection, year: int, reports: Sequence[Report]) -> Replies:
    """What came back of a year; reports: all of that year."""
    by_finding: dict[str, list[Row]] = {}
    for row in rows(connection, _ANSWERS, year):
        by_finding.setdefault(row["finding_id"], []).append(row)
    return Replies(
        year,
        tuple(_submitter(report, by_finding) for report in reports),
        tuple(
            SetAside(
                row["file_name"], row["sender"], row["row_number"], _REASONS[row["reason"]], row["cells"].strip(" |")
            )
            for row in rows(connection, _SET_ASIDE, year)
        ),
        tuple(
            Standing(
                row["unit_name"],
                row["due_on"],
                row["first_received_on"],
                _STANDINGS[row["standing"]],
                row["standing"] in ("late", "nothing"),
            )
            for row in rows(connection, _DEADLINES, year)
        ),
    )


def _submitter(report: Report, by_finding: dict[str, list[Row]]) -> Submitter:
    answers = tuple(
        _answer(report.year, finding, row)
        for finding in report.findings
        for row in by_finding.get(finding.finding_id, [])
    )
    waiting = sum(one.finding_id not in by_finding for one in report.of_status("open"))
    return Submitter(report.name, f"{report.stem}.html", answers, waiting)


def _answer(year: int, finding: Finding, row: Row) -> Answer:
    needs, line = _needs(year, finding, row) if row["is_latest"] else (words.NOTHING, "")
    return Answer(
        finding,
        row["reply"],
        words.REPLIES_AS_TOLD.get(row["reply"], Words(row["reply"], row["reply"])),
        row["text"],
        words.value(row["proposed"], row["compares"], row["field"], words.NOTHING),
        row["replied_by"],
        row["replied_on"],
        row["file_name"],
        row["is_latest"],
        needs,
        line,
    )


def _needs(year: int, finding: Finding, row: Row) -> tuple[Words, str]:
    """What settling a finding would take after its latest answer, and the line for it."""
    if finding.status != "open":
        return SETTLED, ""
    proposes = row["reply"] == "correct" and row["proposed"] not in (None, finding.raw_stated)
    if proposes and finding.unit_code and finding.raw_stated is not None and finding.field not in _OF_TEXTS:
        given = {
            "correction_id": f"DC-{finding.short_id}",
            "index_code": row["index_code"],
            "year": year,
            "kind": row["kind"],
            "unit_code": finding.unit_code,
            "field": finding.field,
            "expect": finding.raw_stated,
            "corrected": row["proposed"],
        }
        target = io.StringIO()
        csv.writer(target, lineterminator="").writerow([given.get(column, "") for column in _CORRECTION])
        return CORRECT, target.getvalue()
    if proposes:
        return ONLY_AGAIN, ""
    if row["reply"] == "agree":
        return SENT_AGAIN, ""
    return ACCEPT, f'egov accept {finding.short_id} --by "…" --why "…"'
