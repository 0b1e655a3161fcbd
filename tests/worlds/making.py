"""A world for a seed: what may be in one, and how often.

Here: chance. Not here: how it is written (`writing.py`) and what must hold of it (`within.py`, `truth.py`,
`between.py`).
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from . import places
from .places import Unit
from .world import COMPONENTS, INDEX, File, Row, Summary, Table, World, line

YEARS = (2019, 2020, 2020, 2021, 2021, 2025)
A_YEAR_WITHOUT_RULES = 2017
DAYS = (date(2022, 1, 10), date(2022, 3, 1), date(2022, 6, 15))
SENDERS = ("UBND tỉnh", "Sở Thông tin và Truyền thông", "")
NAMES = ("ket-qua.csv", "bao-cao.csv", "ket-qua-2.csv")
CITES = "(Kèm theo Quyết định số {number}/QĐ-UBND ngày 05/0{month}/2022 của Ủy ban nhân dân tỉnh)"
LEVELS = ("Mức I", "Mức II", "Mức III", "Mức IV", "Không đủ điều kiện xếp hạng")
LEVEL_NAMES = dict(zip(("I", "II", "III", "IV", "unranked"), LEVELS, strict=True))
RANGES = {  # lowest and highest score, in hundredths, in the order of COMPONENTS
    "district": ((2450, 2990), (900, 1200), (450, 800), (3300, 4000), (2300, 3200), (1000, 1500), (400, 900)),
    "commune": ((1100, 1500), (400, 500), (350, 650), (2200, 2700), (500, 1400), (400, 900), (350, 600)),
}
NATIONAL = "synthetic_national"
_OF_NATIONAL = {"index_code": NATIONAL, "tier": "province", "pillar": "strength"}
NATIONAL_RULES = [
    line(
        "pillars", **_OF_NATIONAL, aggregation="sum", tolerance="0", is_ranked_by="true", step="0.5", pile_share="0.25"
    ),
    line("components", **_OF_NATIONAL, component="services", weight="1"),
    line("components", **_OF_NATIONAL, component="people", weight="1"),
    line("labels", index_code=NATIONAL, label="Dịch vụ tổng hợp", role="component", target="services"),
    line("labels", index_code=NATIONAL, label="Con người tổng hợp", role="component", target="people"),
    line("labels", index_code=NATIONAL, label="Tổng sức", role="total", target="strength"),
]


def make(seed: int) -> World:
    """The world of a seed, always the same."""
    return _Maker(Random(f"world {seed}")).world(seed)


class _Maker:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.made = 0

    def world(self, seed: int) -> World:
        years = self.chance.sample(YEARS, 2) + ([A_YEAR_WITHOUT_RULES] if self.maybe(0.2) else [])
        codes = self.chance.sample(places.PROVINCES, self.chance.choice((2, 3)))
        files: list[File] = []
        for _ in range(self.chance.choice((2, 3, 4))):
            year, kind = self.chance.choice(years), self.kind()
            of_year = [one for one in places.provinces(year) if one.code in codes]
            if of_year:
                files += self.deliveries(year, kind, self.chance.choice(of_year))
        year = self.chance.choice(years)
        if self.maybe(0.5):
            of_year = [one for one in places.provinces(year) if one.code in codes]
            files.append(self.puzzling(year, of_year or list(places.provinces(year))))
        registries = self.aliases(files) + self.corrections(files)
        if self.maybe(0.3):
            files.append(self.national(year))
            registries += NATIONAL_RULES
        if self.maybe(0.2):
            files.append(self.file(year, "published", None, (), raw="không có bảng nào\n"))
        if self.maybe(0.2):
            files.append(self.file(year, "reply", None, (), raw=REPLY))
        if files and self.maybe(0.3):
            files.append(self.same_bytes(self.chance.choice(files)))
        self.chance.shuffle(files)
        return World(seed, tuple(files), tuple(registries))

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def kind(self) -> str:
        return self.chance.choice(("published", "published", "published", "appraised", "self_assessed"))

    # What is delivered

    def deliveries(self, year: int, kind: str, province: Unit) -> list[File]:
        """The files of one assessment: a first one, and others that follow it."""
        first = self.file(year, kind, province, self.annexes(year, province))
        files = [first]
        for _ in range(self.chance.choice((0, 0, 1, 1, 2, 3))):
            files.append(self.following(self.chance.choice(files), province))
        return files

    def file(self, year: int, kind: str, province: Unit | None, tables: tuple, raw: str | None = None) -> File:
        self.made += 1
        path = f"{year}/{self.made:02}/{self.chance.choice(NAMES)}"
        day = self.chance.choice((*DAYS, DAYS[0], None))
        return File(path, year, kind, day, self.chance.choice(SENDERS), province and province.code, tables, raw)

    def following(self, before: File, province: Unit) -> File:
        """A file that follows one: a part of it, the whole of it, with some of its figures changed."""
        tables = before.tables
        detailed = [table for table in tables if isinstance(table, Table) and table.rows]
        what = self.chance.choice(("row", "annex", "empty", "whole", "repeats", "contradicts"))
        if detailed and what == "row":
            table = self.chance.choice(detailed)
            tables = (replace(table, rows=(self.chance.choice(table.rows),), has_notes=False, cites=""),)
        elif detailed and what == "annex":
            tables = (self.chance.choice(detailed),)
        elif what == "empty":
            emptied = self.chance.choice(tables)
            tables = tuple(replace(table, rows=()) if table is emptied else table for table in tables)
        elif detailed and what in ("repeats", "contradicts"):
            table = self.chance.choice(detailed)
            row = self.chance.choice(table.rows)
            again = self.changed(row, table.tier) if what == "contradicts" else row
            tables = tuple(replace(one, rows=(*one.rows, again)) if one is table else one for one in tables)
        if what != "repeats":
            tables = tuple(self.changed_table(table) for table in tables)
        file = self.file(before.year, before.kind, province, tables)
        return replace(file, province=before.province)

    def changed_table(self, table: Table | Summary) -> Table | Summary:
        if isinstance(table, Summary):
            return table
        rows = tuple(self.changed(row, table.tier) if self.maybe(0.4) else row for row in table.rows)
        return replace(table, rows=rows)

    def same_bytes(self, file: File) -> File:
        self.made += 1
        path = f"{file.year}/{self.made:02}/{file.name}"
        day = self.chance.choice((*DAYS, None))
        return replace(file, path=path, received_on=day, sender=self.chance.choice(SENDERS))

    # What stands in a file

    def annexes(self, year: int, province: Unit) -> tuple[Table | Summary, ...]:
        decimals = self.chance.choice((0, 1, 2, 2, 2, 3, 9, 10, 13, 18))
        cites = CITES.format(number=self.chance.choice(("05", "151")), month=self.chance.choice("14"))
        found: list[Table | Summary] = []
        districts = places.of_province(year, province.code, "district")
        annexes = self.chance.choice((("03",), ("03",), ("01", "03"), ("01", "02", "03"), ("",), ("01",)))
        for annex in annexes:
            tier = "district" if annex == "01" and districts else "commune"
            units = self.some(places.of_province(year, province.code, tier), districts if tier == "commune" else ())
            title = self.title(tier, province, year)
            if annex == "02" and districts:
                found.append(Summary("02", title, self.summary_rows(year, units, districts)))
                continue
            table = Table(
                annex,
                tier,
                title,
                (),
                has_parent=tier == "commune" and bool(districts) and self.maybe(0.75),
                has_rank=self.maybe(0.6),
                has_notes=self.maybe(0.3),
                cites=cites if self.maybe(0.6) else "",
            )
            found.append(replace(table, rows=self.rows(year, table, units, decimals)))
        return tuple(found)

    def some(self, units: tuple[Unit, ...], districts: tuple[Unit, ...]) -> list[Unit]:
        """A few units, rather those whose names others have, of a few districts."""
        if districts:
            chosen = {one.code for one in self.chance.sample(districts, min(2, len(districts)))}
            units = tuple(unit for unit in units if unit.parent in chosen)
        near = units[: 8 if self.maybe(0.6) else None]
        return self.chance.sample(near, min(self.chance.randint(1, 5), len(near)))

    def title(self, tier: str, province: Unit, year: int) -> str:
        word = {"district": "cấp huyện", "commune": "cấp xã"}[tier]
        place = province.name[0].lower() + province.name[1:]
        return f"Đánh giá, xếp hạng Chính quyền điện tử {word} của {place} năm {year}"

    def rows(self, year: int, table: Table, units: list[Unit], decimals: int) -> tuple[Row, ...]:
        rows = [self.row(year, table, unit, decimals) for unit in units]
        if table.has_rank:
            rows = self.ranked(rows)
        if self.maybe(0.2):
            at = self.chance.randrange(len(rows))
            rows[at] = replace(rows[at], name=self.misspelt(rows[at].name), unit=None)
        if self.maybe(0.15):
            row = self.chance.choice(rows)
            name = "Xã Kim Lonng" if table.tier == "commune" else "Huyện Châu Thàng"
            rows += [replace(row, name=name, parent=self.chance.choice(rows).parent, unit=None) for _ in range(2)]
        if self.maybe(0.15):
            at = self.chance.randrange(len(rows))
            rows[at] = replace(rows[at], parent="", unit=None)
        return tuple(rows)

    def row(self, year: int, table: Table, unit: Unit, decimals: int) -> Row:
        parent = places.units(year)[unit.parent] if unit.parent else None
        is_certain = table.has_parent or places.is_only_one_of_its_name(year, unit)
        row = Row(
            unit.name,
            parent.name if parent and parent.tier == "district" else "",
            self.scores(table.tier, decimals),
            ("", ""),
            "",
            "",
            unit.code if is_certain else None,
        )
        return self.totalled(row, table.tier)

    def scores(self, tier: str, decimals: int) -> tuple[str, ...]:
        scores = []
        for low, high in RANGES[tier]:
            figure = Decimal(self.chance.randint(low, high)) / 100
            if decimals > 2:
                figure += Decimal(self.chance.randint(0, 10 ** (decimals - 2) - 1)).scaleb(-decimals)
            text = f"{figure:.{decimals}f}" if decimals < 2 else f"{figure:f}"
            scores.append(text.replace(".", ",") if self.maybe(0.1) else text)
        return tuple(scores)

    def totalled(self, row: Row, tier: str) -> Row:
        """The row with the totals and level that follow, or one time in seven with one of them wrong."""
        readiness, attainment = row.computed()
        level = LEVEL_NAMES[level_of(tier, readiness, attainment)]
        if self.maybe(0.15):
            attainment += self.chance.choice((Decimal("0.5"), Decimal("-1"), Decimal("0.01")))
        elif self.maybe(0.1):
            level = self.chance.choice(LEVELS)
        return replace(row, totals=(f"{readiness:f}", f"{attainment:f}"), level=level)

    def ranked(self, rows: list[Row]) -> list[Row]:
        """The rows with the ranks that follow, or with one that is wrong, with halves, with gaps, with none."""
        totals = [row.computed()[1] for row in rows]
        ranks = [str(1 + sum(other > own for other in totals)) for own in totals]
        match self.chance.choice(("right", "right", "wrong", "half", "gaps", "some")):
            case "wrong":
                ranks[self.chance.randrange(len(ranks))] = "999"
            case "half":
                ranks[self.chance.randrange(len(ranks))] = "2.5"
            case "gaps":
                ranks = [str(3 * int(rank)) for rank in ranks]
            case "some":
                ranks[self.chance.randrange(len(ranks))] = ""
        return [replace(row, rank=rank) for row, rank in zip(rows, ranks, strict=True)]

    def changed(self, row: Row, tier: str) -> Row:
        return self.totalled(replace(row, scores=self.scores(tier, 2)), tier)

    def misspelt(self, name: str) -> str:
        kind, _, bare = name.partition(" ")
        at = self.chance.randrange(len(bare))
        return f"{kind} {bare[:at]}{self.chance.choice('xqo')}{bare[at:]}"

    def summary_rows(self, year: int, units: list[Unit], districts: tuple[Unit, ...]) -> tuple[tuple[str, str], ...]:
        rows = []
        for district in districts[:4]:
            named = [unit for unit in units if unit.parent == district.code]
            of_district = [
                u for u in places.of_province(year, district.province, "commune") if u.parent == district.code
            ]
            said = ", ".join(f"Ủy ban nhân dân {unit.name}" for unit in named)
            level = self.chance.choice(("II", "III", "IV"))
            words = f"- {len(named):02} xã đạt mức độ {level} ({said}). " if named else "- "
            left = f"{len(of_district) - len(named)}/{len(of_district)}"
            rows.append((f"Ủy ban nhân dân {district.name}", f"{words}{left} xã không đủ điều kiện xếp hạng."))
        return tuple(rows)

    # What is not plain

    def puzzling(self, year: int, provinces: list[Unit]) -> File:
        """A file whose assessment does not follow from a plain title: no province in it, one in short, another one, two
        of them, one that nobody knows, another year; or rows of two provinces."""
        one, other = (provinces * 2)[:2]
        file = self.file(year, self.kind(), None, self.annexes(year, one))
        place = one.name[0].lower() + one.name[1:]
        instead = self.chance.choice(
            (
                "",
                f"của TP. {one.name.removeprefix('Thành phố ').removeprefix('Tỉnh ')}",
                f"của {other.name}",
                f"của {place} và {other.name[0].lower() + other.name[1:]}",
                f"của {self.misspelt(place)}",
                "year",
                "rows",
            )
        )
        if instead == "rows":
            more = self.annexes(year, other)
            return replace(file, tables=tuple(_joined(table, more) for table in file.tables))
        tables = []
        for table in file.tables:
            old, new = (f"năm {year}", f"năm {year - 1}") if instead == "year" else (f"của {place}", instead)
            tables.append(replace(table, title=" ".join(table.title.replace(old, new).split())))
        return replace(file, tables=tuple(tables))

    def national(self, year: int) -> File:
        """A list that ranks provinces against each other: an assessment without a province."""
        chosen = self.chance.sample(places.provinces(year), min(4, len(places.provinces(year))))
        figures = [(self.chance.randint(100, 900), self.chance.randint(100, 900)) for _ in chosen]
        ranks = [1 + sum(sum(other) > sum(own) for other in figures) for own in figures]
        rows = [
            f"{number},{unit.name},{a / 10},{b / 10},{(a + b) / 10},{rank}"
            for number, (unit, (a, b), rank) in enumerate(zip(chosen, figures, ranks, strict=True), 1)
        ]
        head = [
            f"Xếp hạng các tỉnh năm {year}",
            "",
            "STT,Tên cơ quan,Dịch vụ tổng hợp,Con người tổng hợp,Tổng sức,Hạng",
        ]
        return self.file(year, "published", None, (), raw="\n".join([*head, *rows, ""]))

    # Registries

    def aliases(self, files: list[File]) -> list:
        """Sometimes what a name that nobody knows means in one province; others may have written it, too."""
        written = [
            (f, t, r) for f in files for t, r in f.rows() if r.unit is None and t.tier == "commune" and f.province
        ]
        if not written or not self.maybe(0.4):
            return []
        file, _, row = self.chance.choice(written)
        unit = self.chance.choice(places.of_province(file.year, file.province, "commune"))
        values = {"index_code": INDEX, "written_name": row.name, "written_parent": row.parent}
        return [line("aliases", **values, unit_code=unit.code, decided_by="SYNTHETIC", decided_on="2022-01-01")]

    def corrections(self, files: list[File]) -> list:
        """Sometimes a correction: in force, withdrawn later or on its own day, or of a figure that no longer stands. Of
        a year without rules it would be a mistake in the registry, which stops a run."""
        plain = [
            (f, r)
            for f in files
            if f.kind == "published" and f.province and f.year != A_YEAR_WITHOUT_RULES
            for _, r in f.rows()
            if r.unit
        ]
        if not plain or not self.maybe(0.5):
            return []
        file, row = self.chance.choice(plain)
        decided = self.chance.choice((date(2022, 2, 1), date(2022, 4, 1)))
        withdrawn = self.chance.choice(("", "", decided.isoformat(), "2022-07-01"))
        at = self.chance.randrange(len(COMPONENTS))
        values = {"correction_id": "C-1", "index_code": INDEX, "year": str(file.year), "kind": "published"}
        values |= {"unit_code": row.unit or "", "field": COMPONENTS[at], "expect": row.scores[at], "corrected": "9.99"}
        values |= {"decided_on": decided.isoformat(), "why": "SYNTHETIC", "withdrawn_on": withdrawn}
        return [line("corrections", **values)]


def _joined(table: Table | Summary, others: tuple[Table | Summary, ...]) -> Table | Summary:
    """A table with the rows of another province's table of its tier below its own."""
    if isinstance(table, Summary):
        return table
    more = [row for other in others if isinstance(other, Table) and other.tier == table.tier for row in other.rows]
    return replace(table, rows=(*table.rows, *more))


def level_of(tier: str, readiness: Decimal, attainment: Decimal) -> str:
    """The level that both totals reach."""
    totals = {"readiness": readiness, "attainment": attainment}
    for level in LEVEL_NAMES:
        minima = [(pillar, minimum) for one, pillar, minimum in _level_rules(tier) if one == level]
        if all(totals[pillar] >= minimum for pillar, minimum in minima):
            return level
    return "unranked"


@cache
def _level_rules(tier: str) -> tuple[tuple[str, str, Decimal], ...]:
    with (places.SEEDS / "level_rules.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tier"] == tier]
    return tuple((row["level"], row["pillar"], Decimal(row["min_total"])) for row in rows)


REPLY = (
    "Mã phát hiện,Hình thức trả lời,Nội dung trả lời,Số liệu đề nghị,Người trả lời,Ngày trả lời\n"
    f"{'0' * 32},Đồng ý,SYNTHETIC,,,\n"
)
