"""What a run ends with: the published warehouse in a few lines, what changed in it, and where to look.

Here: the words and the counting, on the published tables alone. Not here: how lines look (`terminal.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..publishing.contract import opened
from ..root import Root
from ..terminal import Line, show

# Left of each column: nothing. Right: figures. A word of each language above each.
_HEADINGS = (
    ("Năm", "Year"),
    ("đơn vị", "units"),
    ("điểm", "scores"),
    ("tổng tính lại", "totals recomputed"),
    ("khác số đã ghi", "differ from stated"),
    ("lỗi", "errors"),
    ("cảnh báo", "warnings"),
    ("lưu ý", "notices"),
)
_IS_STATED = """one.index_code = stated.index_code AND one.tier = stated.tier AND one.pillar = stated.pillar
            AND one.year BETWEEN stated.first AND stated.last"""
_OF_EVERY_KIND = "(SELECT * FROM fct_{0} UNION ALL SELECT * FROM draft_{0})"
_COUNTS = f"""
    WITH stated AS (  -- totals that nothing is given to compute from
        SELECT index_code, tier, pillar, coalesce(valid_from_year, 0) AS first, coalesce(valid_to_year, 9999) AS last
        FROM dim_pillar WHERE aggregation = 'stated'
    ),
    counted AS (
        SELECT
            year, kind, count(*) AS units, 0 AS scores, 0 AS totals, 0 AS differing,
            0 AS errors, 0 AS warnings, 0 AS notices
        FROM {_OF_EVERY_KIND.format("unit_result")} WHERE result_status = 'scored' GROUP BY ALL
        UNION ALL
        SELECT year, kind, 0, count(score), 0, 0, 0, 0, 0 FROM {_OF_EVERY_KIND.format("component_score")} AS one
        ANTI JOIN stated ON {_IS_STATED} GROUP BY ALL
        UNION ALL
        SELECT year, kind, 0, 0, count(computed), 0, 0, 0, 0 FROM {_OF_EVERY_KIND.format("pillar_result")} AS one
        ANTI JOIN stated ON {_IS_STATED} GROUP BY ALL
        UNION ALL
        SELECT year, kind, 0, 0, 0, count(*) FILTER (code = 'total_differs'),
            count(*) FILTER (severity = 'error'), count(*) FILTER (severity = 'warning'),
            count(*) FILTER (severity = 'notice')
        FROM fct_finding WHERE status = 'open' GROUP BY ALL
    )
    SELECT
        CASE counted.kind
            WHEN 'published' THEN cast(year AS VARCHAR)
            ELSE concat(year, ' ', lower(coalesce(named.name_vi, 'chưa rõ loại')), ' / ',
                lower(coalesce(named.name_en, 'kind not known')), CASE WHEN draft.kind IS NOT NULL THEN ' *' END)
        END,
        sum(units), sum(scores), sum(totals), sum(differing), sum(errors), sum(warnings), sum(notices),
        draft.kind IS NOT NULL
    FROM counted
    LEFT JOIN dim_term AS named ON named.term = 'kind' AND counted.kind = named.code
    LEFT JOIN (SELECT DISTINCT kind FROM draft_unit_result) AS draft ON counted.kind = draft.kind
    GROUP BY year, counted.kind, named.name_vi, named.name_en, draft.kind
    ORDER BY year, counted.kind = 'published', counted.kind = 'appraised', counted.kind
"""

_UNUSED = """
    SELECT
        count(*) FILTER (unreadable_reason IS NOT NULL), count(*) FILTER (unreadable_reason IS NULL AND kind IS NULL),
        count(refusal), (SELECT count(*) FROM fct_correction WHERE outcome = 'mended'),
        (SELECT count(*) FROM fct_finding WHERE status = 'open' AND scope <> 'file')
    FROM fct_submission
"""


def show_summary(root: Root, changes: Sequence[Mapping[str, str]], seconds: float) -> None:
    """Prints it. changes: per table `rows_added` and `rows_removed` since the last run, `new` where it was not there,
    and the `columns` that it did not have then, or has no longer."""
    with opened(root.published_database) as connection:
        counts = connection.execute(_COUNTS).fetchall()
        unused = connection.execute(_UNUSED).fetchone() or (0, 0, 0, 0, 0)
    show(
        [
            *_table(counts),
            *_unused(*unused[:-1]),
            *_beside_the_year(unused[-1]),
            Line(""),
            *_changed(changes),
            *_where(root),
            Line(f"Xong / Complete: {seconds:.0f} s", "good"),
        ]
    )


def _table(counts: Sequence[tuple]) -> Iterator[Line]:
    if not counts:
        yield Line("Chưa có số liệu nào. / There are no figures yet.", "warning")
        return
    rows = [[str(value) for value in figures] for *figures, _ in counts]
    widths = [max(map(len, column)) for column in zip(*zip(*_HEADINGS, strict=True), *rows, strict=True)]
    for words in zip(*_HEADINGS, strict=True):
        yield Line(_aligned(words, widths), "heading")
    for row in rows:
        yield Line(_aligned(row, widths))
    if any(is_draft for *_, is_draft in counts):
        yield Line("* Dự thảo, không phải kết quả công bố. / A draft, and no published result.", "quiet")


def _unused(unreadable: int, of_no_kind: int, unplaced: int, mended: int) -> Iterator[Line]:
    """The files that gave nothing, and corrections that have had their day; `egov status` names each."""
    if unreadable:
        yield Line(f"✗ {unreadable} tệp không đọc được / files could not be read: egov status", "error")
    if of_no_kind:
        yield Line(
            f"✗ {of_no_kind} tệp chưa rõ loại nên chưa nạp / files of no known kind, not loaded: egov status", "warning"
        )
    if unplaced:
        yield Line(
            f"✗ {unplaced} tệp chưa rõ thuộc kỳ đánh giá nào / files of no certain assessment: egov status",
            "warning",
        )
    if mended:
        yield Line(
            f"✗ {mended} đính chính mà nguồn đã được sửa / corrections whose source was mended: egov status", "warning"
        )


def _beside_the_year(findings: int) -> Iterator[Line]:
    """Why a run counts more than the checks of its files."""
    if findings:
        yield Line(
            f"Trong đó {findings} phát hiện chỉ thấy khi đối chiếu cả năm; `egov check` từng tệp không có."
            f" / Of these, only the whole year shows {findings}: `egov check` of a file does not.",
            "quiet",
        )


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "   ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))


def _changed(changes: Sequence[Mapping[str, str]]) -> Iterator[Line]:
    """What the warehouse says now and did not say before; what it was built from is no news. A table that merely gained
    or lost a column says nothing new of the data."""
    told = [one for one in changes if one["table"] != "run_manifest"]
    if all(one["rows_added"] == "new" for one in told):
        yield Line("Thay đổi / Changed: công bố lần đầu / first published")
        return
    moved = [one for one in told if {one["rows_added"], one["rows_removed"]} != {"0"}]
    yield Line("Thay đổi / Changed: " + (", ".join(map(_moved, moved)) or "không / nothing"))
    only_columns = [f"{one['table']} ({one['columns']})" for one in told if one not in moved and one.get("columns")]
    if only_columns:
        yield Line(f"Chỉ đổi cột / Only columns changed: {', '.join(only_columns)}", "quiet")


def _moved(one: Mapping[str, str]) -> str:
    name = one["table"]
    return (
        f"{name} (mới / new)" if one["rows_added"] == "new" else f"{name} +{one['rows_added']} −{one['rows_removed']}"
    )


def _where(root: Root) -> Iterator[Line]:
    def shown(name: str) -> str:
        path = root.published / name
        return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)

    yield Line(f"Bắt đầu ở đây / Start here: {shown('index.html')}", "heading")
    yield Line(f"Kết quả cho mọi người / The results, for everybody: {shown('site/index.html')}")
    if any((root.published / "annexes").glob("*")):  # a list across provinces is nobody's decision
        yield Line(f"Quyết định và phụ lục / The decision and its annexes: {shown('annexes')}")
    yield Line(f"Kho / Warehouse: {shown('egov.duckdb')} (egov sql)")
    yield Line(f"Bảng tính / Workbook: {shown('exports/egov.xlsx')}")
    yield Line(f"Phiếu chất lượng số liệu / Quality reports: {shown('quality')}")
    yield Line(f"Chất lượng / Data quality: {shown('data_docs/index.html')}")
    yield Line(f"Từ điển / Dictionary: {shown('dictionary/index.html')}")
