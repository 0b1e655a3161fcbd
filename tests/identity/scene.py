"""A root made for one test: files that came on days, registries with a change in them (SYNTHETIC scores, real names).

Here: writing them down, the text of an annex, and the words in which the tests ask. Not here: what is expected.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from dagster_project import checking
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse.corrections import refuse_corrections

IDENTITY = Path(__file__).parents[1] / "data" / "identity"
INPUTS = Path(__file__).parents[1] / "data" / "inputs"
DECISION = REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
SEEDS = REPOSITORY / "dbt_project" / "seeds"
INDEX = "egov_2392"

_LEDGER = "file,sha256,year,kind,received_on,sender,note\n"
_GOOD = (13, 5, 5, 23, 24, 10, 5, 5, 44)  # three scores and their total, four and theirs: level III
_ATTAINMENT = ["Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi", "Tổng số điểm"]
_HEADER = [
    ["STT", "Tên cơ quan", "Huyện", "Điều kiện sẵn sàng", "", "", "", "Mức độ đạt được", "", "", "", "", "Kết quả"],
    ["", "", "", "Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm", *_ATTAINMENT, ""],
]


def annex(of: str, *units: tuple, ranks: Iterable[object] = ()) -> str:
    """A detailed annex of communes. of: how its title goes on ('của tỉnh Thái Bình năm 2020'). units: a name, its
    parent and, where they are not the usual ones, its nine figures. ranks: stated, in a column of their own."""
    ranks = list(ranks)
    lines = [
        ["Phụ lục 03. KẾT QUẢ CHI TIẾT"],
        [f"Đánh giá, xếp hạng Chính quyền điện tử cấp xã {of}"],
        [],
        [*_HEADER[0], *(["Xếp hạng"] if ranks else [])],
        _HEADER[1],
    ]
    for position, (name, parent, *figures) in enumerate(units, 1):
        rank = [ranks[position - 1]] if ranks else []
        lines.append([position, name, parent, *(figures or _GOOD), "Mức III", *rank])
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


class Scene:
    """One root and what is asked of it."""

    def __init__(self, folder: Path, build_in_memory: Callable[[Root], duckdb.DuckDBPyConnection]) -> None:
        self.root, self._build = Root(folder), build_in_memory
        self._lines: list[str] = []

    def receive(self, file: str, content: str | Path, day: str = "", sender: str = "") -> Scene:
        """Puts a file, such as '2020/a.csv', and its line into the ledger."""
        path = self.root.submissions / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read_bytes() if isinstance(content, Path) else content.encode())
        self._lines.append(f"{file},,{file[:4]},published,{day},{sender},SYNTHETIC\n")
        self.root.ledger.write_text(_LEDGER + "".join(self._lines), "utf-8")
        return self

    def register(self, name: str, text: str) -> Scene:
        """Gives the root a registry of its own: a copy of the repository's others stays."""
        folder = self.root.path / "registries"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.csv").write_text(text, "utf-8")
        return self

    def build(self) -> duckdb.DuckDBPyConnection:
        """The database with all models built on it."""
        return self._build(self.root)

    def publish(self, database: duckdb.DuckDBPyConnection) -> None:
        """Publishes what was built, so that commands can be asked of it. Raises UserError where a run would stop."""
        self.root.warehouse.mkdir(parents=True, exist_ok=True)
        database.execute(f"ATTACH '{self.root.build_database}' AS built")
        database.execute("COPY FROM DATABASE egov TO built")
        database.execute("DETACH built")
        refuse_corrections(self.root)
        publish(self.root.build_database, self.root.published_database)

    def check(self, *paths: Path, year: int | None = None) -> list[checking.Report]:
        """What `egov check` says of the files."""
        with checking.run(self.root, paths, year) as done:
            return checking.reports_of(done)


def seed(name: str) -> str:
    return (SEEDS / f"{name}.csv").read_text("utf-8")


def codes(reports: list[checking.Report]) -> list[str]:
    """The codes of all findings of a check, sorted."""
    return sorted(finding["code"] for report in reports for finding in report["findings"])


def rows(reports: list[checking.Report]) -> list[dict]:
    return [row for report in reports for table in report["tables"] for row in table["rows"]]


def open_codes(database: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many findings of each code are open."""
    return dict(database.execute("select code, count(*) from fct_finding where status = 'open' group by 1").fetchall())


def current(database: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Every current result: what tables that are published say of a unit."""
    return database.execute(
        "select year, unit_code, result_status, readiness_computed, attainment_computed, level_computed, "
        "rank_in_province from fct_unit_result order by all"
    ).fetchall()
