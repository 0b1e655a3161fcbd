"""What a check found, in words for the clerk who sends the file: Vietnamese first, English below it.

Here: the lines and what each is for. Not here: the reports (`reports.py`), the findings' own sentences (made in SQL),
and how a line looks on a terminal (`..terminal`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..submissions import KIND_NAMES
from ..terminal import Line, counted, one_line
from .reports import Report

SEVERITIES = {"error": ("LỖI", "error"), "warning": ("CẢNH BÁO", "warning"), "notice": ("LƯU Ý", "notice")}
_MATERIALITY = {
    "level": "làm thay đổi mức độ / changes the level",
    "rank": "làm thay đổi thứ hạng / changes the rank",
    "total": "chỉ làm thay đổi tổng số điểm / changes only the total",
}
_IN_LINES = ("txt", "csv", "tsv")


def lines_of(reports: Iterable[Report]) -> Iterator[Line]:
    """Each file with its findings in the order of the document, and a summary of all at the end."""
    reports = list(reports)
    for report in reports:
        yield from _file(report)
        yield Line("")
    yield closing_of(reports)


def place_of(finding: Report, format_name: str | None) -> str:
    """Where a finding stands, as the file itself shows it: 'trang tính PL01, ô D7'; '' where it stands nowhere."""
    at = finding["location"]
    parts = []
    if at["cell"]:
        parts = [f"trang tính “{at['page_or_sheet']}”", f"ô {at['cell']}"]
    elif format_name in _IN_LINES:
        row = "" if at["row"] is None else f"dòng {at['row']} của tệp"
        parts = [row, _counted("cột", at["column"])]
    else:
        page = at["page_or_sheet"]
        named = f"trang tính “{page}”" if format_name in ("xlsx", "xlsm", "xls", "ods") else f"trang {page}"
        parts = [named if page else "", _counted("bảng", at["table_number"])]
        parts += [_counted("dòng", at["row"]), _counted("cột", at["column"])]
    return one_line(", ".join(part for part in parts if part))


def _counted(word: str, number: int | None) -> str:
    return "" if number is None else f"{word} {number}"


def _file(report: Report) -> Iterator[Line]:
    about = report["submission"]
    yield Line(one_line(about["file"]), "heading")
    yield Line(one_line(about_of(report)), "quiet", 1)
    if about["index"] and not about["kind_is_written"]:
        yield Line(
            "Không tiêu đề nào nêu loại hồ sơ; ở đây kiểm tra như kết quả công bố, khi nhận phải ghi --kind.",
            "warning",
            1,
        )
        yield Line("No title says what the file is: checked as a published result; to add it takes --kind.", "quiet", 1)
    yield from map(_hidden, (one for one in report["left_out"] if one["reason"] == "hidden"))
    findings = report["findings"]
    if about["kind"] == "reply" and not about["index"]:
        yield from _replies(report["replies"])
    elif not findings:
        yield Line("Không có phát hiện nào. / No findings.", "good", 1)
    advised = set()
    for (severity, code), group in groupby(findings, key=lambda one: (one["severity"], one["code"])):
        alike = list(group)
        count = f" ({len(alike)})" if len(alike) > 1 else ""
        yield Line("")
        yield Line(f"{SEVERITIES[severity][0]} · {alike[0]['name_vi']} / {alike[0]['name_en']}{count}", severity, 1)
        for finding in alike:
            yield from _finding(finding, about["format"])
        if code not in advised:  # what to do is said once of each kind
            yield Line(f"→ {alike[0]['advice_vi']}", "", 1)
            yield Line(f"  {alike[0]['advice_en']}", "quiet", 1)
        advised.add(code)


def _hidden(one: Report) -> Line:
    """Figures that the sender may not know of, and nobody reads."""
    sheet = f"“{one_line(one['page_or_sheet'] or '')}”"
    return Line(
        f"Không đọc {one['figures']} số liệu bị ẩn (trang tính {sheet}: trang ẩn, hoặc ô bị che khi gộp) / "
        f"hidden figures in the sheet {sheet} are not read: {one['figures']}",
        "warning",
        1,
    )


def _replies(replies: list[Report]) -> Iterator[Line]:
    """What a file of replies is, and which of them nobody will understand."""
    unclear = [reply for reply in replies if reply["reply"] is None]
    style = "warning" if unclear else "good"
    yield Line(f"Bản trả lời phát hiện gồm {len(replies)} câu trả lời; không có bảng điểm để kiểm tra.", style, 1)
    yield Line(f"Replies to findings ({len(replies)}); there are no scores in it to check.", "quiet", 1)
    for reply in unclear:
        written = one_line(reply["written_kind"] or "")
        vietnamese = f"không rõ “{written}” là hình thức trả lời nào" if written else "chưa chọn hình thức trả lời"
        english = f"'{written}' is no kind of reply" if written else "no kind of reply is chosen"
        yield Line(f"- dòng {reply['row']}: {vietnamese}, nên câu trả lời sẽ bị giữ riêng", "warning", 2)
        yield Line(f"  row {reply['row']}: {english}, so the reply will be set aside", "quiet", 2)
    if unclear:
        yield Line("→ Chọn một hình thức trong danh sách ở ô màu vàng của dòng đó rồi gửi lại.", "", 1)
        yield Line("  Choose a kind from the list in the yellow cell of that row, and send the file again.", "quiet", 1)


def about_of(report: Report) -> str:
    """What the file is taken for, so that a wrong guess shows."""
    about = report["submission"]
    day = about["decision_date"] and f" ngày {'/'.join(reversed(about['decision_date'].split('-')))}"
    decision = about["decision_number"] and f"Quyết định {about['decision_number']}{day or ''}"
    tables = [table for table in report["tables"] if table["kind"] != "restated"]
    rows = sum(len(table["rows"]) for table in tables)
    counted = f"{rows} đơn vị trong {len(tables)} bảng" if rows else ""
    summary = f"{len(report['summary'])} dòng tổng hợp" if report["summary"] else ""
    year = about["year"] and f"năm {about['year']}"
    kind = KIND_NAMES.get(about["kind"] or "") if about["format"] else ""  # of a file that was not read, nobody knows
    parts = [decision, about["province"], year, kind, counted, summary, _other_years(report)]
    return " · ".join(part for part in parts if part)


def _other_years(report: Report) -> str:
    """The other years that the file holds something of: tables of their own, or figures that are said again."""
    others = {(table["year"], table["kind"] == "restated") for table in report["tables"]}
    own = sorted(f"{year}" for year, is_restated in others if not is_restated and year != report["submission"]["year"])
    again = sorted(f"{year}" for year, is_restated in others if is_restated)
    said = [f"có bảng của năm khác / tables of other years: {', '.join(own)}"] if own else []
    said += [f"nhắc lại số liệu năm / figures of earlier years: {', '.join(again)}"] if again else []
    return " · ".join(said)


def _finding(finding: Report, format_name: str | None) -> Iterator[Line]:
    place = place_of(finding, format_name)
    matters = _MATERIALITY.get(finding["materiality"] or "")
    repeated = f"{finding['occurrences']} lần" if finding["occurrences"] > 1 else ""
    aside = "; ".join(part for part in (place, repeated, matters) if part)
    yield Line(f"- {one_line(finding['message_vi'])}" + (f" [{aside}]" if aside else ""), "", 2)
    yield Line(f"  {one_line(finding['message_en'])}", "quiet", 2)


def closing_of(reports: list[Report]) -> Line:
    findings = [finding for report in reports for finding in report["findings"]]
    unread = sum(finding["code"] == "file_unreadable" for finding in findings)
    unclear = sum(reply["reply"] is None for report in reports for reply in report["replies"])
    if unclear and not findings:
        return Line(f"{unclear} câu trả lời chưa rõ hình thức / replies of no known kind: {unclear}.", "warning")
    if not findings:
        files = counted(len(reports), "file")
        return Line(f"{len(reports)} tệp, không có phát hiện nào. / {files}, no findings.", "good")
    counts = {name: sum(one["severity"] == name for one in findings) for name in SEVERITIES}
    vietnamese = ", ".join(f"{counts[name]} {SEVERITIES[name][0].lower()}" for name in counts if counts[name])
    english = ", ".join(counted(counts[name], SEVERITIES[name][1]) for name in counts if counts[name])
    could_not = f"; {unread} tệp không đọc được / could not be read" if unread else ""
    worst = next(name for name in SEVERITIES if counts[name])
    found = counted(len(findings), "finding")
    return Line(f"{len(findings)} phát hiện: {vietnamese} / {found}: {english}{could_not}.", worst)
