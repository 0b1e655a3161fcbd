"""An officer's year, played through from an empty folder: `python examples/a-year/play.py FOLDER`.

Every command is printed as it is typed, with what it says. The decision of 2020 is the real one. Everything of 2021 is
SYNTHETIC: made here from the synthetic decision of that year, with slips planted in it; nobody ever sent it.
Not here: what a good year looks like; `docs/` says that.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl

REPOSITORY = Path(__file__).parents[2]
EGOV = [sys.executable, "-m", "dagster_project"]
DECISION = REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
SYNTHETIC = REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt"
DEPARTMENT = "Sở Thông tin và Truyền thông"
DEADLINE = "2021,self_assessed,2021-12-01,2022-01-15\n"
# What the department typed wrongly: a digit of a component, a level, and a total.
SLIPS = (
    ("8\tHuyện Vũ Thư\t26.59\t", "8\tHuyện Vũ Thư\t36.59\t"),
    ("3.51\t45.05\tMức IV", "3.51\t45.05\tMức II"),
    ("13.58\t7.32\t86.73\tMức II", "13.58\t7.32\t84.13\tMức II"),
)


class Year:
    """A root, the letters that come to it, and what is typed."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.inbox = folder / "inbox"
        self.inbox.mkdir(parents=True)

    def says(self, text: str) -> None:
        print(f"\n## {text}\n", flush=True)

    def egov(self, *words: str, expect: int = 0) -> str:
        """Types a command; raises where it does not end as it should."""
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        print(f"$ egov {shown}".replace(str(self.inbox), "inbox"), flush=True)
        done = subprocess.run([*EGOV, "--root", str(self.root), *words], capture_output=True, text=True, check=False)
        said = (done.stdout + done.stderr).replace(str(self.root) + "/", "").rstrip()
        print(said, flush=True)
        if done.returncode != expect:
            raise SystemExit(f"ended with {done.returncode}, not with {expect}")
        return said

    def write(self, name: str, text: str) -> str:
        path = self.inbox / name
        path.write_text(text, encoding="utf-8")
        return str(path)


def play(folder: Path) -> None:
    year = Year(folder)
    text = SYNTHETIC.read_text("utf-8")

    year.says("December: last year's decision is in, and a deadline is set")
    registries = folder / "registries"
    shutil.copytree(REPOSITORY / "dbt_project" / "seeds", registries)
    with (registries / "deadlines.csv").open("a", encoding="utf-8") as file:
        file.write(DEADLINE)
    year.egov("add", str(DECISION), "--year", "2020", "--kind", "published", "--received-on", "2021-04-05")

    year.says("January: a clerk checks before sending; four districts assess themselves, one of them late")
    for number, (district, day) in enumerate(
        (("Huyện Tiền Hải", "10"), ("Huyện Vũ Thư", "12"), ("Huyện Đông Hưng", "14"), ("Huyện Hưng Hà", "20"))
    ):
        path = _self_assessment(year.inbox / f"self-{number + 1}-2021-synthetic.xlsx", text, district)
        if number == 0:
            year.egov("check", str(path))
        year.egov("add", str(path), "--sender", f"UBND {district}", "--received-on", f"2022-01-{day}")
    year.egov("run")
    year.egov("status")

    year.says("February: the department has appraised all, and typed three things wrongly")
    slipped = text
    for right, slip in SLIPS:
        slipped = slipped.replace(right, slip)
    appraised = year.write("appraised-2021-synthetic.txt", slipped)
    year.egov("check", appraised, expect=1)
    year.egov("add", appraised, "--kind", "appraised", "--sender", DEPARTMENT, "--received-on", "2022-02-01")
    year.egov("run")
    year.egov(
        "sql",
        "select unit_name, code, stated, expected, materiality, component as look_at from fct_finding "
        "left join fct_finding_hint using (finding_id) where fct_finding.kind = 'appraised' and status = 'open'",
    )

    year.says("March: a district answers, the province decides, the department corrects")
    reply = year.inbox / "reply-344-2021-synthetic.xlsx"
    _answer(folder / "data" / "published" / "quality" / "2021" / "344-huyen-vu-thu.xlsx", reply)
    year.egov("add", str(reply), "--sender", "UBND Huyện Vũ Thư", "--received-on", "2022-03-02")
    mended = slipped.replace(SLIPS[0][1], SLIPS[0][0])
    year.egov(
        "add",
        year.write("appraised-again-2021-synthetic.txt", mended),
        *("--kind", "appraised", "--sender", DEPARTMENT, "--received-on", "2022-03-05"),
    )
    _correct(registries / "corrections.csv")
    finding = year.egov(
        "sql",
        "select left(finding_id, 8) from fct_finding where code = 'summary_count_differs' and expected = '2'",
    )
    year.egov(
        *("accept", finding.split()[-3], "--by", "UBND tỉnh", "--on", "2022-03-12", "--yes"),
        *("--why", "Phụ lục 02 sẽ lập lại cùng quyết định (SYNTHETIC)"),
    )
    year.egov("run")
    year.egov(
        "sql",
        "select unit_name, level_stated, level_computed, rank_in_province, held_back_by_vi, findings "
        "from draft_named_unit_result where year = 2021 and kind = 'appraised' and tier = 'district' order by all",
    )

    year.says("April: the decision is published; what was right in the end is what stands")
    decision = year.write("decision-2021-synthetic.txt", text)
    year.egov("check", decision)
    year.egov("add", decision, "--kind", "published", "--received-on", "2022-04-05")
    year.egov("run")
    year.egov("diff", expect=1)

    year.says("June: one district sends its row again, and a rank moves")
    late = _row_again(text)
    year.egov(
        "add",
        year.write("late-2021-synthetic.txt", late),
        *("--kind", "published", "--sender", "UBND Huyện Thái Thụy", "--received-on", "2022-06-01"),
    )
    year.egov("run")
    year.egov("diff", expect=1)


def _self_assessment(path: Path, text: str, district: str) -> Path:
    """A district's own sheet: it gives itself half a point more for presence, and so do its communes."""
    rows = [line.split("\t") for line in text.splitlines()]
    own = next(row for row in rows if len(row) == 12 and row[1] == district)
    communes = [row for row in rows if len(row) == 13 and row[2] == district]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tự đánh giá"
    sheet.append(["SYNTHETIC: DỮ LIỆU GIẢ LẬP, KHÔNG PHẢI VĂN BẢN THẬT"])
    sheet.append(["BẢNG TỰ ĐÁNH GIÁ"])
    sheet.append([f"Mức độ Chính quyền điện tử năm 2021 của {district} và các xã, tỉnh Thái Bình"])
    sheet.append([])
    sheet.append(["TT", "Đơn vị", "Huyện", *["Điều kiện sẵn sàng"] * 4, *["Mức độ đạt được"] * 5])
    readiness, attainment = ("Hạ tầng", "Nhân lực", "Môi trường"), ("Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi")
    sheet.append([None, None, None, *readiness, "Tổng điểm", *attainment, "Tổng điểm"])
    for number, row in enumerate([[*own[:2], None, *own[2:]], *communes], 1):
        figures = [round(float(cell), 2) for cell in row[3:12]]
        figures[4], figures[8] = round(figures[4] + 0.5, 2), round(figures[8] + 0.5, 2)
        sheet.append([number, row[1], row[2], *figures])
    book.save(path)
    return path


def _answer(report: Path, reply: Path) -> None:
    """The district agrees with what is wrong in its total, and explains the rest without choosing a kind of reply."""
    book = openpyxl.load_workbook(report)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("STT"))
    columns = {str(cell.value).split("\n")[0]: cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        line = row[0].row
        if "ghi tổng số điểm" in str(row[columns["Phát hiện"] - 1].value):
            sheet.cell(line, columns["Hình thức trả lời"], "Đồng ý với phát hiện")
            sheet.cell(line, columns["Nội dung trả lời"], "Hạ tầng là 26,59; gõ nhầm một chữ số. (SYNTHETIC)")
        elif "mức độ II" in str(row[columns["Phát hiện"] - 1].value):
            sheet.cell(line, columns["Nội dung trả lời"], "Xã đề nghị xem lại. (SYNTHETIC)")
    book.save(reply)


def _correct(path: Path) -> None:
    """The province corrects the total itself that the department has not mended."""
    with path.open("a", encoding="utf-8", newline="") as file:
        what = ["DC-2022-01", "egov_2392", 2021, "appraised", "342", "attainment_total", "84.13", "86.73"]
        decided = ["UBND tỉnh", "2022-03-10", "Công văn giả lập (SYNTHETIC)", "Cộng sai.", ""]
        csv.writer(file).writerow([*what, *decided])


def _row_again(text: str) -> str:
    """Annex 01 with the one row of a district, of which a component is another."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Phụ lục 01"))
    first = next(number for number, line in enumerate(lines) if number > start and line.startswith("1\t"))
    (row,) = [line for line in lines[first : first + 10] if "\tHuyện Thái Thụy\t" in line]
    again = row.replace("23.9\t10.65\t7.15\t81.35\tMức III", "27.9\t10.65\t7.15\t85.35\tMức II")
    return "\n".join([lines[0], "", *lines[start:first], again.replace("5\t", "1\t", 1), ""])


if __name__ == "__main__":
    play(Path(sys.argv[1]).resolve())
