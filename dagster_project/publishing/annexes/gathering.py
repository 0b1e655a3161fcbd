"""The annexes of every assessment, gathered from the published tables: what each of the writers then only writes.

Here: which annexes there are, their columns, rows and sentences, and where an assessment's files lie. Not here: SQL
(`queries.py`), wordings (`texts.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb

from ..pages import readable
from ..quality import gathering, words
from ..quality.words import Words
from . import queries
from .columns import Row, Tier, columns_of, wide_enough
from .content import Annex, Annexes, Article, Cell, Change, Column, Decision
from .texts import Texts, day, lower_first, seen, short_day

_ARTICLE = re.compile(r"(Điều \d+\.)\s*(.*)")
_PARAMETER = re.compile(r"\$(\w+)")
_UNRANKED = "unranked"
_ALWAYS = Words("Tính lại từ các số liệu của bảng này.", "It follows from the other figures of these annexes.")
_COUNTED = Words("Đếm lại theo mức độ của từng đơn vị.", "Counted again from the levels of the units.")
_NOT_PUBLISHED = Words(
    "Đây là kết quả thẩm định, chưa phải kết quả công bố.", "It is appraised, and not yet published."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the annexes of an assessment lie, below the folder `annexes`. row: the assessment's."""

    year: int
    province: str
    folder: str
    row: Row


def places(connection: duckdb.DuckDBPyConnection) -> list[Place]:
    """The assessments that have annexes, by year: a year's only one in the year's folder, of several each in one below
    it, named by the province and the index."""
    found = gathering.rows(connection, queries.ASSESSMENTS)
    of_year = Counter(row["year"] for row in found)
    return [_place(row, of_year[row["year"]] == 1) for row in found]


def _place(row: Row, is_only: bool) -> Place:
    of_province = gathering.stem(row["province_code"], row["province_ascii"])
    folder = str(row["year"]) if is_only else f"{row['year']}/{of_province}-{gathering.stem(row['index_code'], None)}"
    return Place(row["year"], readable(row["province_name"]), folder, row)


def annexes(connection: duckdb.DuckDBPyConnection, place: Place) -> Annexes:
    """The annexes of an assessment."""
    return _Assessment(connection, place).gathered()


class _Assessment:
    """All rows of one assessment, read once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, place: Place) -> None:
        self.connection, self.place, self.row = connection, place, place.row
        self.level_names = {row["code"]: row["name_vi"] for row in gathering.rows(connection, queries.LEVEL_NAMES)}
        self.table = "fct" if self.row["kind"] == "published" else "draft"
        lines: dict[str, tuple[str, ...]] = {}
        for line in self._ask(queries.TEXTS):
            lines[line["part"]] = (*lines.get(line["part"], ()), line["text"])
        self.texts = self._with_values(Texts(lines, {}))
        self.scores = {(one["unit_key"], one["component"]): one["score"] for one in self._ask(queries.SCORES)}
        self.totals = {(one["unit_key"], one["pillar"]): one["computed"] for one in self._ask(queries.TOTALS)}

    def gathered(self) -> Annexes:
        tiers = self._tiers()
        asked = [(kind, tier) for tier in tiers for kind in tier.annexes]
        made = [self._annex(number, kind, tier) for number, (kind, tier) in enumerate(asked, 1)]
        names = dict.fromkeys(lower_first(tier.name) for tier in tiers)
        of_all = self.texts.with_values(tiers=", ".join(names))
        of_all = of_all.with_values(annexes=of_all.one("one_annex" if len(made) == 1 else "several_annexes"))
        reasons = self._reasons(tiers)
        return Annexes(
            self.place.year,
            self.place.province,
            self.place.folder,
            of_all.one("subject"),
            of_all.one("draft") if reasons else None,
            reasons,
            _decision(of_all),
            tuple(made),
            tuple(self._changes()),
        )

    def _ask(self, sql: str) -> list[Row]:
        """What a query gives of this assessment."""
        sql = sql.replace("{0}", self.table)
        asked = {name: self.row[name] for name in set(_PARAMETER.findall(sql))}
        return gathering.named(self.connection.execute(sql, asked))

    def _with_values(self, texts: Texts) -> Texts:
        """The texts with what does not change from annex to annex."""
        name, of_type = self.place.province, self.row["province_type"]
        bare = name.removeprefix(of_type or "").strip()
        texts = texts.with_values(
            year=self.row["year"],
            province=lower_first(name),
            PROVINCE=name.upper(),
            province_type=lower_first(of_type or ""),
            PROVINCE_TYPE=(of_type or "").upper(),
            place=bare,
        )
        signed = _day(texts.one("date"))
        texts = texts.with_values(number=texts.one("number"), day=day(signed), date=short_day(signed))
        return texts.with_values(assessed=texts.one("assessed"))

    def _tiers(self) -> list[Tier]:
        """The tiers that have results, the upper ones first, else as the registry has them."""
        units, pillars, components = (self._ask(sql) for sql in (queries.UNITS, queries.PILLARS, queries.COMPONENTS))
        levels = self._ask(queries.LEVELS)
        found = []
        for code in dict.fromkeys(row["tier"] for row in pillars):
            of_tier = [row for row in units if row["tier"] == code]
            if not any(row["result_status"] == "scored" for row in of_tier):
                continue
            by_level: dict[str, list[Row]] = {}
            for row in levels:
                if row["tier"] == code:
                    by_level.setdefault(row["level"], []).append(row)
            own = [row for row in pillars if row["tier"] == code]
            is_below = any(row["district_code"] for row in of_tier)
            parts = [row for row in components if row["tier"] == code]
            found.append(Tier(own[0]["tier_name"], of_tier, own, parts, by_level, is_below))
        return sorted(found, key=lambda tier: tier.is_below)

    def _annex(self, number: int, kind: str, tier: Tier) -> Annex:
        texts = self.texts.with_values(annex=f"{number:02}", tier=lower_first(tier.name))
        title = texts.all(f"{kind}_title")
        name = title[0].partition(".")[0] if title else f"{number:02}"
        if kind == "summary":
            columns = (
                Column("", texts.one("column_number"), 5),
                Column("", texts.one("column_unit"), 24, is_text=True),
                Column("", texts.one("column_summary"), 60, is_text=True),
            )
            return Annex(name, title, columns, tuple(self._summary(tier)), ())
        columns, keys = columns_of(tier, self.texts)
        units = [row for row in tier.units if row["result_status"] == "scored"]
        if kind == "detail":
            units = [row for row in units if row["level_computed"] not in (None, _UNRANKED)]
        rows = tuple(tuple(self._cell(at, unit, key) for key in keys) for at, unit in enumerate(units, 1))
        columns = tuple(map(wide_enough, columns, zip(*rows, strict=True))) if rows else columns
        return Annex(name, title, columns, rows, tuple(self._notes(tier)))

    def _cell(self, number: int, unit: Row, key: tuple[str, str]) -> Cell:
        match key:
            case "number", _:
                return number
            case "unit", _:
                return readable(unit["unit_name"])
            case "parent", _:
                return readable(unit["district_name"] or "")
            case "component", component:
                return self.scores.get((unit["unit_key"], component))
            case "total", pillar:
                return self.totals.get((unit["unit_key"], pillar))
            case "level", _:
                return self._level(unit["level_computed"])
        return unit["rank_in_province"]

    def _summary(self, tier: Tier) -> Iterator[tuple[Cell, ...]]:
        """Of each district how many units reached which level, in words."""
        usual = Counter(row["unit_type"] for row in tier.units)
        districts: dict[str, list[Row]] = {}
        for row in tier.units:
            districts.setdefault(row["district_code"], []).append(row)
        for number, units in enumerate(districts.values(), 1):
            said = {level: self._counted(tier, units, level, usual) for level in (*tier.levels, _UNRANKED)}
            unranked = said.pop(_UNRANKED)
            reached = "; ".join(one for one in said.values() if one)
            lines = [f"- {line}." for line in (reached, unranked) if line]
            name = self.texts.one("listed_unit", unit=_within(units[0]["district_name"]))
            yield number, name, "\n".join(lines)

    def _counted(self, tier: Tier, units: list[Row], level: str, usual: Counter[str]) -> str:
        """How many units reached a level: '04/19 xã, phường đạt mức độ IV (…)'. All that reached none count together,
        scored or not."""
        if level == _UNRANKED:
            chosen = [row for row in units if row["level_computed"] not in tier.levels]
        else:
            chosen = [row for row in units if row["level_computed"] == level]
        if not chosen:
            return ""
        types = sorted({row["unit_type"] or "" for row in chosen}, key=lambda name: (-usual[name], name))
        listed = (self.texts.one("listed_unit", unit=_within(row["unit_name"])) for row in chosen)
        return self.texts.one(
            "counted_unranked" if level == _UNRANKED else "counted",
            count=f"{len(chosen):02}",
            of=f"{len(units):02}",
            types=", ".join(lower_first(name) for name in types),
            level=lower_first(self._level(level)),
            names=", ".join(listed) if level != _UNRANKED else "",
        )

    def _notes(self, tier: Tier) -> Iterator[str]:
        """The thresholds of each level, best first."""
        if not tier.levels:
            return
        names = {row["pillar"]: row["name_vi"] for row in tier.pillars}
        yield self.texts.one("notes")
        for level, rules in tier.levels.items():
            minima = "; ".join(
                self.texts.one(
                    "minimum",
                    pillar=lower_first(names[rule["pillar"]]) if at else names[rule["pillar"]],
                    minimum=words.figure(rule["min_total"]).vi,
                )
                for at, rule in enumerate(rules)
            )
            yield self.texts.one("note", level=self._level(level), minima=minima)

    def _level(self, level: str | None) -> str:
        """A level as the decision calls it; one that no rule names by its own name."""
        if level is None:
            return ""
        if level == _UNRANKED:
            return self.level_names.get(level, level)
        return self.texts.one("level", level=level)

    def _reasons(self, tiers: list[Tier]) -> tuple[Words, ...]:
        """Why these annexes are a draft; none where they may be signed."""
        (row,) = self._ask(queries.OPEN)
        reasons = [] if self.row["kind"] == "published" else [_NOT_PUBLISHED]
        if count := row["material"]:
            reasons.append(
                Words(
                    f"Còn {count} phát hiện chưa xử lý làm thay đổi mức độ hoặc thứ hạng.",
                    f"Open findings that change a level or a rank: {count}.",
                )
            )
        silent = [unit for tier in tiers if "summary" in tier.annexes for unit in tier.units]
        if count := sum(unit["result_status"] == "missing" for unit in silent):
            reasons.append(
                Words(
                    f"{count} đơn vị chưa có kết quả đang được tính vào số không đủ điều kiện xếp hạng.",
                    f"Units without any result that are counted among those not eligible: {count}.",
                )
            )
        return tuple(reasons)

    def _changes(self) -> Iterator[Change]:
        for row in self._ask(queries.CHANGES):
            said = Words(row["message_vi"] or "", row["message_en"] or "")
            if not said.vi:
                said = Words(row["why"], row["why"]) if row["why"] else _ALWAYS
            if row["is_accepted"]:
                said = Words(
                    f"{said.vi} Tỉnh chấp nhận giữ nguyên số liệu đã ghi; phụ lục vẫn theo số liệu tính lại.",
                    f"{said.en} The province lets the stated figure stand; the annexes hold the computed one.",
                )
            about = row["about"] or (f"Phụ lục {row['annex']}" if row["annex"] else "")
            yield Change(
                _shown(Words(about, row["about"] or (f"Annex {row['annex']}" if row["annex"] else ""))),
                Words(row["field_vi"], row["field_en"]),
                _shown(words.value(row["stated"], row["compares"], row["field"], words.NOT_GIVEN)),
                _shown(words.value(row["here"], row["compares"], row["field"], words.NOT_KNOWN)),
                Words(seen(said.vi), seen(said.en)),
            )
        for row in self._ask(queries.COUNTS):
            level = words.level(row["level"])
            stated, counted = (Words(str(row[side]), str(row[side])) for side in ("stated", "computed"))
            field = Words(f"Số đơn vị {level.vi}", f"Units: {level.en}")
            yield Change(Words(row["about"], row["about"]), field, stated, counted, _COUNTED)


def _shown(said: Words) -> Words:
    """What a file states, as it may be shown: marks that nobody sees are seen, and it comes to an end."""
    return Words(readable(said.vi), readable(said.en))


def _within(name: str | None) -> str:
    """A unit's name within a sentence, however long it is."""
    return lower_first(readable(name or ""))


def _decision(texts: Texts) -> Decision:
    articles = []
    for text in texts.all("article"):
        found = _ARTICLE.fullmatch(text)
        articles.append(Article(found[1], found[2]) if found else Article("", text))
    return Decision(
        texts.all("issuer"),
        texts.all("motto"),
        texts.one("number_line"),
        texts.one("place_and_day"),
        texts.one("decision"),
        texts.one("subject"),
        texts.one("authority"),
        texts.all("ground"),
        texts.one("decides"),
        tuple(articles),
        texts.one("recipients"),
        texts.all("recipient"),
        texts.all("signature"),
        texts.one("signer"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
