"""A SYNTHETIC country as a root folder: a decision of each province and year, late files, self-assessments.

Here: which files there are, what is wrong in them on purpose, and the truth beside them. Not here: the figures
(`scoring.py`), the formats (`papers.py`).

    root/data/submissions/<year>/…   the files, and their ledger
    root/SYNTHETIC-truth/            results.csv: what each unit has in the end; defects.csv: what a run is to find
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from papers import LEVELS, MARK, WRITERS, Cell, Sheet, header
from places import Province, Unit, name_of, provinces
from scoring import ATTAINMENT, PARTS, READINESS, Result, score

LEDGER = ("file", "sha256", "year", "kind", "received_on", "sender", "note")
TRUTH = "SYNTHETIC-truth"
FORMATS = ("xlsx",) * 16 + ("docx",) * 2 + ("xls", "csv")  # what offices send: mostly workbooks
WRONG_TOTALS, WRONG_LEVELS = 0.002, 0.002  # of the rows
LATE = 0.05  # of the districts send their own figures again after the decision
_FIRST = PARTS[READINESS]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made. names_of: the year whose names are written, where that is not the scores' own year: what a merger
    has ended is then sent as if it were still there. is_mixed: formats in a mix, else workbooks only. self_assessed:
    each district sends its own figures before the decision. most: of the provinces, in the order of their codes."""

    years: tuple[int, ...]
    most: int = 63
    seed: int = 1
    is_mixed: bool = False
    self_assessed: bool = False
    names_of: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One line of the ledger."""

    path: str
    year: int
    kind: str
    received_on: date
    sender: str


@dataclass(slots=True)
class Made:
    """What was made of one province and year."""

    files: list[File] = field(default_factory=list)
    results: list[tuple[object, ...]] = field(default_factory=list)
    defects: list[tuple[object, ...]] = field(default_factory=list)


def make(root: Path, plan: Plan) -> Made:
    """Makes the root; gives what it holds, in the order of the ledger."""
    submissions = root / "data" / "submissions"
    whole = Made()
    jobs = [(submissions, plan, year, code) for year in plan.years for code in _codes(plan, year)]
    for year in plan.years:
        (submissions / str(year)).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        for made in pool.map(_province, *zip(*jobs, strict=True), chunksize=4):
            whole.files += made.files
            whole.results += made.results
            whole.defects += made.defects
    lines = [(one.path, "", one.year, one.kind, one.received_on, one.sender, MARK) for one in whole.files]
    _write(submissions / "submissions.csv", LEDGER, lines)
    truth = root / TRUTH
    truth.mkdir(exist_ok=True)
    columns = ("year", "province_code", "tier", "unit_code", READINESS, ATTAINMENT, "level")
    _write(truth / "results.csv", columns, whole.results)
    _write(truth / "defects.csv", ("year", "province_code", "unit_code", "code"), whole.defects)
    return whole


def late_file(root: Path, plan: Plan, year: int) -> Path:
    """Makes one more workbook: the first district of the first province gives its communes again, with other figures.
    It lies in the root, for `egov add`."""
    province = provinces(year)[0]
    path = root / f"SYNTHETIC-{year}-{province.unit.code}-late.xlsx"
    unit = province.districts[0] if province.districts else province.unit
    communes = province.communes_of(unit) if province.districts else province.communes[:20]
    WRITERS["xlsx"](path, [_scores("03", province, "commune", communes, year, plan, "late").sheet])
    return path


def _codes(plan: Plan, year: int) -> list[str]:
    return [one.unit.code for one in provinces(plan.names_of or year)][: plan.most]


def _by_code(year: int) -> dict[str, Province]:
    return {one.unit.code: one for one in provinces(year)}


def _province(submissions: Path, plan: Plan, year: int, code: str) -> Made:
    """The files of one province and year."""
    province = _by_code(plan.names_of or year)[code]
    chance = Random(f"{plan.seed}/{year}/{code}")
    made = Made()
    suffix = chance.choice(FORMATS) if plan.is_mixed else "xlsx"
    if plan.self_assessed:
        for district in province.districts:
            scores = _scores("03", province, "commune", province.communes_of(district), year, plan, "own")
            name = f"{year}/SYNTHETIC-{code}-{district.code}-tu-danh-gia.xlsx"
            WRITERS["xlsx"](submissions / name, [scores.sheet])
            made.files.append(File(name, year, "self_assessed", date(year + 1, 1, 10), f"UBND {district.name}"))
    annexes = list(_annexes(province, year, plan, chance, made))
    name = f"{year}/SYNTHETIC-{code}-quyet-dinh.{suffix}"
    WRITERS[suffix](submissions / name, annexes)
    made.files.append(File(name, year, "published", date(year + 1, 4, 5), f"UBND {province.unit.name}"))
    late = [one for one in province.districts if chance.random() < LATE and province.communes_of(one)]
    for district in late:
        scores = _scores("03", province, "commune", province.communes_of(district), year, plan, "late")
        name = f"{year}/SYNTHETIC-{code}-{district.code}-gui-lai.xlsx"
        WRITERS["xlsx"](submissions / name, [scores.sheet])
        made.files.append(File(name, year, "published", date(year + 1, 5, 20), f"UBND {district.name}"))
    codes = {one.code for one in late}
    made.defects = [one for one in made.defects if _parent(province, one[2]) not in codes]
    for unit in (*province.districts, *province.communes):
        result = score(unit.code, unit.tier, year, plan.seed, "late" if unit.parent in codes else "")
        made.results.append((year, code, unit.tier, unit.code, result.readiness, result.attainment, result.level))
    return made


def _parent(province: Province, code: object) -> str:
    return next((one.parent for one in province.communes if one.code == code), "")


def _annexes(province: Province, year: int, plan: Plan, chance: Random, made: Made) -> Iterator[Sheet]:
    if province.districts:
        districts = _scores("01", province, "district", province.districts, year, plan, "", chance)
        communes = _scores("03", province, "commune", province.communes, year, plan, "", chance)
        yield districts.sheet
        yield _summary(province, year, communes)
        yield communes.sheet
        found = [*districts.defects, *communes.defects]
    else:
        communes = _scores("01", province, "commune", province.communes, year, plan, "", chance)
        yield communes.sheet
        found = communes.defects
    made.defects += [(year, province.unit.code, unit, code) for unit, code in found]


@dataclass(frozen=True, slots=True)
class _Scores:
    sheet: Sheet
    results: dict[str, Result]
    defects: list[tuple[str, str]]


def _scores(
    annex: str,
    province: Province,
    tier: str,
    units: tuple[Unit, ...],
    year: int,
    plan: Plan,
    delivery: str,
    chance: Random | None = None,
) -> _Scores:
    """An annex of scores. chance: what of it is wrong on purpose is drawn from it; nothing without."""
    has_parent = tier == "commune" and bool(province.districts)
    words = {"district": "cấp huyện", "commune": "cấp xã"}[tier]
    own = "Tự đánh giá" if delivery == "own" else "Đánh giá, xếp hạng"
    rows: list[list[Cell]] = [
        [f"Phụ lục {annex}. KẾT QUẢ CHI TIẾT"],
        [f"{own} Chính quyền điện tử {words} của {_in_a_title(province.unit.name)} năm {year}"],
        [f"({MARK})"],
        *header(has_parent),
    ]
    results, defects = {}, []
    for number, unit in enumerate(units, 1):
        result = results[unit.code] = score(unit.code, tier, year, plan.seed, delivery)
        attainment, level = result.attainment, result.level
        if chance and chance.random() < WRONG_TOTALS:
            attainment -= Decimal("1.5")
            defects.append((unit.code, "total_differs"))
        elif chance and chance.random() < WRONG_LEVELS:
            level = "I" if level != "I" else "IV"
            defects.append((unit.code, "level_differs"))
        parent = [name_of(plan.names_of or year, unit.parent)] if has_parent else []
        scores = result.scores
        figures = [*scores[:_FIRST], result.readiness, *scores[_FIRST:], attainment]
        rows.append([str(number), unit.name, *parent, *figures, LEVELS[level]])
    return _Scores(rows, results, defects)


def _summary(province: Province, year: int, communes: _Scores) -> Sheet:
    """The annex that counts the communes of each district by their levels, in the form's sentences."""
    rows: list[list[Cell]] = [
        ["Phụ lục 02. TỔNG HỢP KẾT QUẢ"],
        [f"Đánh giá, xếp hạng Chính quyền điện tử cấp xã của {_in_a_title(province.unit.name)} năm {year}"],
        [f"({MARK})"],
        ["TT", "Tên cơ quan", "Kết quả đánh giá"],
    ]
    stated = {level: words for level, words in LEVELS.items() if level != "unranked"}
    levels = _levels_as_stated(communes)
    for number, district in enumerate(province.districts, 1):
        own = province.communes_of(district)
        parts = []
        for level in stated:
            named = [f"Ủy ban nhân dân {unit.name}" for unit in own if levels[unit.code] == level]
            if named:
                parts.append(f"{len(named):02}/{len(own)} xã đạt mức độ {level} ({', '.join(named)})")
        rest = sum(levels[unit.code] == "unranked" for unit in own)
        if rest:
            parts.append(f"{rest:02}/{len(own)} xã không đủ điều kiện xếp hạng")
        rows.append([str(number), f"Ủy ban nhân dân {district.name}", "- " + "; ".join(parts) + "."])
    return rows


def _levels_as_stated(communes: _Scores) -> dict[str, str]:
    """As the detailed annex states them: a level that is wrong there is wrong here, so that it is one finding."""
    levels = {code: result.level for code, result in communes.results.items()}
    wrong = [code for code, kind in communes.defects if kind == "level_differs"]
    return levels | {code: "I" if levels[code] != "I" else "IV" for code in wrong}


def _in_a_title(name: str) -> str:
    return name[0].lower() + name[1:]


def _write(path: Path, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])
