"""`egov status`: what has arrived for each year, from whom, what is missing, and what was left out and why.

Here: the folder, its ledger and the last published warehouse, told together. Not here: reading files, or anything that
changes one of them; who is late (`deadlines.py`), acceptances that let nothing stand (`acceptances.py`), what is wrong
with the registries (`kept_by_hand.py`), which units are missing (`missing.py`), what is newer than the build
(`last_run.py`), and whether what is published is whole (`publications.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from .. import kept_by_hand, registries
from ..errors import UserError
from ..last_run import completed_at, newer
from ..root import Root
from ..submissions import Arrivals, LeftOut, Problem, Submission, arrivals
from ..terminal import Line, one_line
from . import acceptances, deadlines, missing, publications
from .deadlines import Deadline, Submitter
from .missing import Missing

if TYPE_CHECKING:
    import duckdb

_LEFT_OUT = {
    "lock_file": "tệp khóa tạm của Office / a lock file of Office",
    "system_file": "tệp của hệ thống / a file of the system",
    "hidden_file": "tệp ẩn / a hidden file",
    "unfinished_copy": "chép chưa xong / a copy that is not finished",
    "link": "liên kết ra ngoài thư mục, hoặc không đến đâu / a link that leads out of the folder, or nowhere",
    "linked_folder": "liên kết đến thư mục, không đọc tệp trong đó / a link to a folder: its files are not read",
    "name_not_utf8": "tên tệp không phải UTF-8 / its name is not UTF-8",
    "not_a_file": "không phải tệp / not a file",
    "cannot_be_opened": "không mở được / cannot be opened",
    "same_bytes": "trùng nội dung với tệp khác / the same bytes as another file",
    "not_in_a_year_folder": "không nằm trong thư mục năm / not in the folder of a year",
}
_REFUSALS = {
    "province_unknown": "không rõ thuộc tỉnh nào / no title or name tells its province",
    "province_ambiguous": "ứng với nhiều tỉnh / it fits several provinces",
    "index_ambiguous": "ứng với nhiều bộ tiêu chí / it fits several indices",
    "rule_missing": "bộ tiêu chí không có quy định cho năm này / its index has no rules for the year",
}
_UNANSWERING = {
    "reply_unknown": "chưa chọn hình thức trả lời hoặc không rõ / no kind of reply, or none that is known",
    "finding_unknown": "không rõ trả lời phát hiện nào / no finding has that ID",
}
_NO_RULES = "✗ không bộ tiêu chí nào có quy định cho năm này (docs/add-a-year.md) / no index has rules for this year"
_PROBLEMS = {
    "missing": "có trong sổ nhưng không thấy tệp / in the ledger, but the file is not there",
    "changed": "nội dung khác với lúc nhận / its content is not what was received",
    "repeated": "trùng nội dung với một dòng trước trong sổ / the same bytes as a line before it in the ledger",
}


@dataclass(slots=True)
class _Built:
    """What the published warehouse says of the files: by SHA-256 (behind it '~' and another year that a file holds
    something of) its row of fct_submission, its open findings (how many a check of the file shows, and how many more)
    and the year of its title where that is another; what each finding states; by year the units that are missing; what
    is known of each submitter; the corrections whose source was mended: id, unit, field, what it expects. trouble: why
    it says nothing, though it is there."""

    submissions: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: dict[str, tuple[int, int]] = field(default_factory=dict)
    title_years: dict[str, str] = field(default_factory=dict)
    stated: dict[str, str | None] = field(default_factory=dict)
    missing_units: dict[int, list[Missing]] = field(default_factory=dict)
    submitters: list[Submitter] = field(default_factory=list)
    mended: list[tuple[str, str, str, str]] = field(default_factory=list)
    when: datetime | None = None
    trouble: UserError | None = None

    def of_other_years(self, one: Submission) -> list[dict[str, Any]]:
        """What a file holds of other years than its own: the rows of fct_submission."""
        return [row for name, row in self.submissions.items() if name.startswith(f"{one.submission_id}~")]


def lines_of(root: Root, today: date | None = None) -> Iterator[Line]:
    """The status of a root, year by year; without `today` nobody is late who has sent nothing. Raises UserError where
    the ledger cannot be understood."""
    yield from kept_by_hand.lines_of(root)
    arrived = arrivals(root)
    built = _built(root)
    due = deadlines.deadlines(root)
    years = {one.year for one in (*arrived.submissions, *arrived.problems, *due)}
    years |= {one.year for one in arrived.left_out if one.year is not None}
    years |= {known["year"] for one in arrived.submissions for known in built.of_other_years(one)}
    in_force = registries.indices_in_force(root, years)
    for year in sorted(years):
        yield Line(f"Năm / Year {year}", "heading")
        if not in_force[year]:
            yield Line(_NO_RULES, "warning", 1)
        yield from _year(year, arrived, built, [one for one in due if one.year == year], today)
        yield Line("")
    nowhere = [one for one in arrived.left_out if one.year is None]
    if nowhere:
        yield Line("Ngoài các thư mục năm / Outside the folders of years", "heading")
        yield from map(_left_out, nowhere)
        yield Line("")
    if not years and not nowhere:
        yield Line(f"Chưa nhận tệp nào ở {root.submissions}. / No files have arrived there yet.", "warning")
    if built.when is not None:
        yield from acceptances.without_effect(root, built.stated)
        yield from map(_mended, built.mended)
    yield from publications.lines_of(root)
    if built.trouble:
        yield Line(f"✗ {built.trouble.vietnamese}", "error")
        yield Line(f"{built.trouble}", "error", 1)
    else:
        yield from _last_built(root, arrived, built)


def _year(year: int, arrived: Arrivals, built: _Built, due: list[Deadline], today: date | None) -> Iterator[Line]:
    here = [one for one in arrived.submissions if one.year == year]
    for submission in here:
        yield from _submission(submission, built)
    beside = [(one, row) for one in arrived.submissions for row in built.of_other_years(one) if row["year"] == year]
    for submission, row in beside:
        yield from _of_other_year(submission, row, built)
    for problem in arrived.problems:
        if problem.year == year:
            yield _problem(problem)
    for one in arrived.left_out:
        if one.year == year:
            yield _left_out(one)
    kinds = {_kind(one, built) for one in here}
    fresh = [_kind(one, built) for one in here if one.submission_id not in built.submissions]
    of_year = [one for one in deadlines.without_deadline(due, built.submitters) if one.year == year]
    for deadline in (*due, *of_year):
        unbuilt = fresh.count(deadline.kind)
        yield from deadlines.lines_of(deadline, built.submitters, deadline.kind in kinds, unbuilt, today)
    if not here and not beside:
        yield Line("✗ chưa có tệp nào dùng được / no file that can be used", "warning", 1)
    yield from missing.lines_of(built.missing_units.get(year, []))


def _kind(submission: Submission, built: _Built) -> str | None:
    return submission.kind or built.submissions.get(submission.submission_id, {}).get("kind")


def _submission(one: Submission, built: _Built) -> Iterator[Line]:
    known = built.submissions.get(one.submission_id)
    received = f"nhận / received {one.received_on}" if one.received_on else "chưa rõ ngày nhận / received_on not known"
    parts = [one_line(one.file), _kind(one, built) or "?", received]
    if one.sender:
        parts.append(f"từ / from {one_line(one.sender)}")
    yield Line("• " + " · ".join(parts), "", 1)
    if not one.is_ledgered:
        yield Line("không có dòng nào trong sổ; thêm bằng `egov add` / no line in the ledger", "warning", 2)
    if known is None:
        if not built.trouble:  # else nobody can say, and the last lines say why
            yield Line("chưa đưa vào kho; chạy `egov run` / not built yet: run `egov run`", "warning", 2)
    elif known["unreadable_reason"]:
        yield Line(f"không đọc được / could not be read: {known['unreadable_reason']}", "error", 2)
        for sentence in (known["unreadable_vi"], known["unreadable_en"]):
            if sentence:
                yield Line(one_line(sentence), "", 3)
    elif known["index_code"] is None and (others := built.of_other_years(one)):
        years = ", ".join(sorted({f"{other['year']}" for other in others}))
        yield Line(f"mọi bảng trong tệp thuộc năm khác / all its tables are of other years: {years}", "quiet", 2)
    else:
        yield _became(known, built.findings.get(one.submission_id, (0, 0)))
    if written := built.title_years.get(one.submission_id):
        yield Line(f"tiêu đề ghi năm {written} / its title names the year {written}", "warning", 2)


def _became(known: dict[str, Any], findings: tuple[int, int]) -> Line:
    """What became of a file that could be read, or of what it holds of another year."""
    if known["kind"] is None:
        return Line("chưa rõ loại hồ sơ nên chưa nạp; ghi cột kind trong sổ / kind not known: not loaded", "warning", 2)
    if known["refusal"]:
        return Line(f"chưa đưa vào kết quả / reaches no result: {_REFUSALS[known['refusal']]}", "warning", 2)
    if known["superseded_by"] and not known["is_current"]:
        by = one_line(known["superseded_by"])
        return Line(f"đã được thay bằng {by}, không còn được dùng / superseded by {by}, no longer used", "quiet", 2)
    if known["index_code"] is None and known["rows_quarantined"]:
        return Line(_held(known, findings), "warning", 2)
    return Line(_held(known, findings), "quiet", 2)


def _of_other_year(one: Submission, known: dict[str, Any], built: _Built) -> Iterator[Line]:
    """What a file of another year holds of this one: a table, or what it says of it again beside its own."""
    what = (
        f"số liệu được ghi lại trong tệp của năm {one.year} / said again in a file of {one.year}"
        if known["kind"] == "restated"
        else f"bảng trong tệp của năm {one.year} / tables in a file of {one.year}"
    )
    yield Line(f"• {one_line(one.file)} · {known['kind'] or '?'} · {what}", "", 1)
    yield _became(known, built.findings.get(known["submission_id"], (0, 0)))


def _held(known: dict[str, Any], findings: tuple[int, int]) -> str:
    """What a file that was read holds: scores and findings about them, or replies to findings. Those that only the
    whole year shows are counted apart: `egov check` does not print them."""
    kept = f", {known['rows_quarantined']} giữ riêng / set aside" if known["rows_quarantined"] else ""
    if known["index_code"] is None:
        why = ", ".join(_UNANSWERING.get(reason, reason) for reason in known["set_aside"] or ())
        return f"{known['rows_read']} câu trả lời / replies{kept}{f': {why}' if why else ''}"
    of_file, of_year = findings
    more = f", thêm {of_year} khi đối chiếu cả năm / {of_year} more beside the whole year" if of_year else ""
    return f"{known['rows_read']} dòng / rows{kept} · {of_file} phát hiện còn mở / open findings{more}"


def _problem(one: Problem) -> Line:
    return Line(f"✗ {one_line(one.file)}: {_PROBLEMS[one.what]}", "error", 1)


def _mended(one: tuple[str, str, str, str]) -> Line:
    correction, unit, field_name, expected = one
    return Line(
        one_line(
            f"✗ corrections.csv, {correction} ({unit}, {field_name}): hồ sơ không còn ghi “{expected}”; hãy ghi ngày "
            f"đó vào withdrawn_on / the source no longer says '{expected}': write that day into withdrawn_on"
        ),
        "warning",
    )


def _left_out(one: LeftOut) -> Line:
    return Line(f"– {one_line(one.file)}: bỏ qua / left out: {_LEFT_OUT[one.reason]}", "quiet", 1)


def _last_built(root: Root, arrived: Arrivals, built: _Built) -> Iterator[Line]:
    if built.when is None:
        yield Line("Kho chưa được xây dựng; chạy `make run`. / Not built yet: run `make run`.", "warning")
        return
    waiting = newer(root, arrived.submissions)
    yield Line(f"Xây dựng lần cuối / Last built: {built.when:%Y-%m-%d %H:%M}", "warning" if waiting else "good")
    if waiting:
        yield Line(
            "Sau đó có thay đổi, chưa đưa vào kho; chạy `egov run`. / Since then, not built yet: run `egov run`."
        )
        yield from (Line(f"• {one_line(sentence)}", "warning", 1) for sentence in waiting)


def _built(root: Root) -> _Built:
    """What has been published; nothing where nothing has been, or where another version of this program did it."""
    if not root.published_database.exists():
        return _Built()
    import duckdb

    from .querying import published

    try:
        with published(root) as connection:
            published_at = datetime.fromtimestamp(root.published_database.stat().st_mtime)
            return _asked(connection, completed_at(root) or published_at)
    except UserError as error:
        return _Built(trouble=error)
    except duckdb.Error:
        return _Built()


def _asked(connection: duckdb.DuckDBPyConnection, when: datetime) -> _Built:
    found = connection.execute(
        "SELECT one.submission_id, one.year, one.kind, one.index_code, one.rows_read, one.rows_quarantined, "
        "one.unreadable_reason, one.refusal, one.is_current, max(later.file_name) AS superseded_by, "
        "(SELECT list(DISTINCT aside.reason ORDER BY aside.reason) FROM fct_quarantine AS aside "
        "WHERE aside.submission_id = one.submission_id) AS set_aside, "
        "max(finding.message_vi) AS unreadable_vi, max(finding.message_en) AS unreadable_en "
        "FROM fct_submission AS one "
        "LEFT JOIN fct_submission AS later ON one.submission_id = later.supersedes "
        "LEFT JOIN fct_finding AS finding "
        "ON one.submission_id = finding.submission_id AND finding.code = 'file_unreadable' "
        "GROUP BY ALL ORDER BY one.submission_id"
    )
    names = [column[0] for column in found.description]
    submissions = {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}
    findings = connection.execute(
        "SELECT submission_id, count(*) FILTER (scope = 'file'), count(*) FILTER (scope <> 'file') "
        "FROM fct_finding WHERE status = 'open' GROUP BY ALL"
    ).fetchall()
    title_years = connection.execute(
        "SELECT submission_id, stated FROM fct_finding WHERE status = 'open' AND code = 'year_differs'"
    ).fetchall()
    stated = connection.execute("SELECT finding_id, stated FROM fct_finding").fetchall()
    units: dict[int, list[Missing]] = {}
    for year, *said in connection.execute(missing.QUERY).fetchall():
        units.setdefault(year, []).append(Missing(*said))
    submitters = connection.execute(
        "SELECT year, kind, unit_name, first_received_on, files > 0 FROM agg_submitters ORDER BY year, kind, unit_code"
    ).fetchall()
    mended = connection.execute(
        "SELECT correction_id, unit_name, field, stated FROM fct_correction WHERE outcome = 'mended' ORDER BY 1"
    ).fetchall()
    return _Built(
        submissions,
        {submission_id: (of_file, of_year) for submission_id, of_file, of_year in findings},
        dict(title_years),
        dict(stated),
        units,
        [Submitter(*row) for row in submitters],
        mended,
        when,
    )
