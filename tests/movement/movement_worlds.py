"""Small SYNTHETIC worlds, made up at random: units that merge, are divided, renamed, moved; provinces that become one;
districts that end; rules that change; results of some years and provinces.

Here: the worlds, as the truth takes them and as the models' sources. Not here: what must follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import duckdb
from movement_rules import Part, Result, Rule, Unit, total
from movement_truth import Truth

START, END = date(1, 1, 1), date(9999, 12, 31)
LEVELS = {("I", "p"): (1, Decimal(8)), ("II", "p"): (2, Decimal(4)), ("II", "q"): (2, Decimal(3))}
P_A, P_B, Q_A, Q_C, Q_D = ("p", "a"), ("p", "b"), ("q", "a"), ("q", "c"), ("q", "d")
PLAIN = {P_A: None, P_B: None, Q_C: Decimal(1), Q_D: Decimal(2)}
RULES = (
    Rule(PLAIN, "q", LEVELS),
    Rule({**PLAIN, Q_C: Decimal(34), Q_D: Decimal(68)}, "q", LEVELS),  # the same shares
    Rule({**PLAIN, Q_C: Decimal("0.35"), Q_D: Decimal("0.333333333")}, "q", LEVELS),
    Rule({P_A: None, Q_C: Decimal(1), Q_D: Decimal(2)}, "q", LEVELS),  # one component less
    Rule({P_B: None, Q_A: Decimal(1), Q_C: Decimal(1), Q_D: Decimal(2)}, "q", LEVELS),  # one in another pillar
    Rule({Q_C: Decimal(1), Q_D: Decimal(2)}, "q", {}),  # one pillar less, and no levels
    Rule(PLAIN, "p", LEVELS),
    Rule(PLAIN, "q", {**LEVELS, ("II", "q"): (2, Decimal(2))}),
    Rule(PLAIN, "q", LEVELS, {P_A: Decimal(9)}),  # a maximum that others do not know
    Rule(PLAIN, "q", LEVELS, {P_A: Decimal(10), "p": Decimal(20)}),
)


def tree(chance: Random) -> Rule:
    """A tree of pillars, sums and weighted means, up to four above a component; one component may be a bonus."""
    parents = {"p": "all", "q": chance.choice(("all", "p")), "r": chance.choice("pq"), "s": chance.choice("pqr")}
    sums = {pillar for pillar in ("all", *parents) if chance.random() < 0.4}
    names = iter(chance.sample("abcdefghijkl", 12))
    weights: dict[Part, Decimal | None] = {}
    for pillar in ("all", *parents):
        for _ in range(chance.randint(0 if pillar in parents.values() else 1, 2)):
            weights[pillar, next(names)] = None if pillar in sums else Decimal(chance.randint(1, 900)) / 100
    above = {
        pillar: (parent, None if parent in sums else Decimal(chance.randint(1, 9)))
        for pillar, parent in parents.items()
    }
    bonus = chance.choice([*weights, (None, None)])[1]
    return Rule(weights, chance.choice("pqrs"), LEVELS, above=above, bonuses=frozenset({bonus} - {None}))


class World:
    """Units through the years 2001 to 2006, and results of some of these years by some of these rules."""

    def __init__(self, chance: Random, rules: Sequence[Rule] = RULES) -> None:
        self.chance = chance
        self.units: dict[str, Unit] = {}
        self.before: list[tuple[str, str]] = []
        for province in ("1", "2"):
            self._begin(START, province, "province", None, province)
            for district in (f"{province}1", f"{province}2"):
                self._begin(START, district, "district", province, province)
                for commune in (f"{district}1", f"{district}2", f"{district}3"):
                    self._begin(START, commune, "commune", district, province)
        for country in ("X", "Y", "Z"):
            self._begin(START, country, "country", None, None)
        for year in range(2002, 2007):
            for _ in range(chance.choice((0, 1, 1, 2))):
                self._happen(date(year, 7, chance.randint(1, 28)))
        self.rules: dict[tuple[str, int], Rule] = {}
        self.results: dict[tuple[int, str], Result] = {}
        self.choices = rules
        usual = chance.sample(rules, 2)
        for year in chance.sample(range(2001, 2007), chance.choice((2, 3, 4))):
            self._assess(year, usual)
        self.truth = Truth(self.units, self.before, self.rules, self.results)

    # Units

    def _begin(self, day: date, code: str, tier: str, parent: str | None, province: str | None, *was: Unit) -> None:
        key = f"{code}@{'start' if day == START else day}"
        self.units[key] = Unit(key, code, tier, parent, province, day, END)
        for unit in was:
            if unit.end == END:
                self.units[unit.key] = replace(unit, end=day)
            self.before.append((key, unit.key))

    def _living(self, tier: str) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.tier == tier and unit.end == END]

    def _happen(self, day: date) -> None:
        """One change of the map, on units that nothing else happens to on the same day."""
        if any(day in (unit.first_day, unit.end) for unit in self.units.values()):
            return
        one = self.chance.choice(self._living("commune"))
        near = [unit for unit in self._living("commune") if unit.parent == one.parent and unit is not one]
        events = [self._rename, self._divide, self._move, self._join_provinces, self._end_districts]
        if near:
            events += [self._merge, self._merge, self._give_part]
        self.chance.choice(events)(day, one, near)

    def _rename(self, day: date, one: Unit, near: list[Unit]) -> None:
        one = self.chance.choice([one, *self._living("district")])
        self._begin(day, one.code, one.tier, one.parent, one.province, one)

    def _merge(self, day: date, one: Unit, near: list[Unit]) -> None:
        self._begin(day, one.code, one.tier, one.parent, one.province, one, *near[: self.chance.choice((1, 2))])

    def _divide(self, day: date, one: Unit, near: list[Unit]) -> None:
        for code in (one.code, one.code + "9"):
            self._begin(day, code, one.tier, one.parent, one.province, one)

    def _give_part(self, day: date, one: Unit, near: list[Unit]) -> None:
        self._begin(day, one.code, one.tier, one.parent, one.province, one)
        self._begin(day, near[0].code, one.tier, one.parent, one.province, one, near[0])

    def _move(self, day: date, one: Unit, near: list[Unit]) -> None:
        for district in self._living("district"):
            if district.province == one.province and district.code != one.parent:
                return self._begin(day, one.code, one.tier, district.code, one.province, one)

    def _join_provinces(self, day: date, one: Unit, near: list[Unit]) -> None:
        provinces = self._living("province")
        if len(provinces) < 2:
            return
        self._begin(day, provinces[0].code, "province", None, provinces[0].code, *provinces)
        for unit in [*self._living("district"), *self._living("commune")]:
            if unit.province == provinces[1].code:
                parent = provinces[0].code if unit.parent == provinces[1].code else unit.parent
                self._begin(day, unit.code, unit.tier, parent, provinces[0].code, unit)

    def _end_districts(self, day: date, one: Unit, near: list[Unit]) -> None:
        for unit in self._living("district"):
            if unit.province == one.province:
                self.units[unit.key] = replace(unit, end=day)
        for unit in self._living("commune"):
            if unit.province == one.province:
                self._begin(day, unit.code, unit.tier, unit.province, unit.province, unit)

    # Results

    def _assess(self, year: int, usual: list[Rule]) -> None:
        for tier in ("district", "commune", "country"):
            self.rules[tier, year] = self.chance.choice([*usual, self.chance.choice(self.choices)])
            for province in ("1", "2", None):
                if self.chance.random() < 0.85:
                    for unit in self.units.values():
                        if unit.tier == tier and unit.province == province and unit.is_valid(year):
                            self.results[year, unit.key] = self._result(self.rules[tier, year])

    def _result(self, rule: Rule) -> Result:
        status = self.chance.choice(("scored", "scored", "scored", "counted_only", "missing"))
        if status != "scored":
            return Result(status)
        scores = {part: Decimal(self.chance.randint(-(10**5), 10**10)) / 10**9 for part in rule.weights}
        if self.chance.random() < 0.1:
            scores[self.chance.choice(list(scores))] = None
        names = {name for name, _ in rule.levels}
        level = self.chance.choice([*sorted(names), "unranked", None]) if names else None
        return Result(status, scores, self.chance.choice((1, 2, 3, 4, None)), level)


def put_in(world: World, connection: duckdb.DuckDBPyConnection) -> None:
    """The world as the tables that the models of movement read."""
    tables: dict[str, list[tuple]] = {name: [] for name in SOURCES}
    for unit in world.units.values():
        days = None if unit.first_day == START else unit.first_day, None if unit.end == END else unit.end
        tables["staging.stg_registry__units"].append(
            (unit.key, unit.code, unit.tier, unit.parent, unit.province, *days)
        )
        for year in {year for _, year in world.rules}:
            if unit.is_valid(year):
                tables["intermediate.int_unit_year"].append((year, unit.key, unit.code))
    for successor, predecessor in world.before:
        code, day = world.units[successor].code, world.units[successor].first_day
        # Keys may be left out: the codes and the day say the same.
        keys = (predecessor, successor) if world.chance.random() < 0.5 else (None, None)
        tables["staging.stg_registry__succession"].append((world.units[predecessor].code, code, day, *keys))
    for (tier, year), rule in world.rules.items():
        tables["intermediate.int_file"].append((year,))
        _put_rule(tables, tier, year, rule)
    for (year, key), result in world.results.items():
        unit, row_id = world.units[key], f"{year}/{key}"
        row = (True, "a", "i", year, "published", unit.tier, key, unit.code, unit.parent, unit.province, result.status)
        result_row = (*row, row_id if result.scores else None, "" if result.scores else None, result.rank, result.level)
        tables["intermediate.int_unit_result"].append(result_row)
        # What was superseded, and what is no publication, counts for nothing.
        tables["intermediate.int_unit_result"].append((False, *result_row[1:]))
        tables["intermediate.int_unit_result"].append((True, "b", "i", year, "appraised", *result_row[5:]))
        if result.scores:
            _put_scores(tables, unit.tier, year, row_id, world.rules[unit.tier, year], result)
    for name, rows in tables.items():
        connection.execute(f"create table {name} ({SOURCES[name]})")
        if rows:
            values = ", ".join(f"({', '.join('?' * len(rows[0]))})" for _ in rows)
            connection.execute(f"insert into {name} values {values}", [value for row in rows for value in row])


def _put_rule(tables: dict[str, list[tuple]], tier: str, year: int, rule: Rule) -> None:
    for pillar in sorted(rule.pillars):
        aggregation = "sum" if rule.is_sum(pillar) else "weighted_mean"
        row = ("i", tier, pillar, *rule.above.get(pillar, (None, None)), aggregation, rule.maxima.get(pillar))
        tables["registry.pillars"].append((*row, pillar == rule.ranking, year, year, 0, None, None, "blank"))
    for (pillar, component), weight in rule.weights.items():
        row = ("i", tier, pillar, component, weight, component in rule.bonuses, None)
        tables["registry.components"].append((*row, rule.maxima.get((pillar, component)), year, year))
    for (level, pillar), (order, minimum) in rule.levels.items():
        tables["registry.level_rules"].append(("i", tier, level, order, pillar, minimum, year, year))


def _put_scores(tables: dict[str, list[tuple]], tier: str, year: int, row_id: str, rule: Rule, result: Result) -> None:
    for (_, component), score in result.scores.items():
        row = (row_id, "", "i", year, tier, component, component in rule.bonuses, score, score)
        tables["intermediate.int_row_corrected"].append((*row, *(None,) * 8))
    contributions = rule.contributions(rule.everywhere(result.scores))
    for pillar in {pillar for pillar, _ in contributions}:
        computed = total(figure for part, figure in contributions.items() if part[0] == pillar)
        tables["intermediate.int_row_total"].append((row_id, "", pillar, _decimal(computed)))


def _decimal(figure: Fraction | None) -> Decimal | None:
    return None if figure is None else Decimal(figure.numerator) / Decimal(figure.denominator)


_FIGURE = "decimal(18, 9)"
_YEARS = "valid_from_year integer, valid_to_year integer"
_OF = "index_code varchar, tier varchar"
SOURCES = {
    "staging.stg_registry__units": "unit_key varchar, unit_code varchar, tier varchar, parent_code varchar, "
    "province_code varchar, valid_from date, valid_to date",
    "staging.stg_registry__succession": "predecessor_code varchar, successor_code varchar, effective_on date, "
    "predecessor_key varchar, successor_key varchar",
    "registry.pillars": f"{_OF}, pillar varchar, parent_pillar varchar, weight {_FIGURE}, aggregation varchar, "
    f"max_total {_FIGURE}, "
    f"is_ranked_by boolean, {_YEARS}, tolerance {_FIGURE}, step {_FIGURE}, pile_share {_FIGURE}, "
    "absent_row varchar",
    "registry.components": f"{_OF}, pillar varchar, component varchar, weight {_FIGURE}, is_bonus boolean, "
    f"min_score {_FIGURE}, max_score {_FIGURE}, {_YEARS}",
    "registry.level_rules": f"{_OF}, level varchar, level_order integer, pillar varchar, min_total {_FIGURE}, {_YEARS}",
    "intermediate.int_file": "year integer",
    "intermediate.int_unit_year": "year integer, unit_key varchar, unit_code varchar",
    "intermediate.int_unit_result": "is_current boolean, assessment_key varchar, index_code varchar, "
    "year integer, kind varchar, "
    "tier varchar, unit_key varchar, unit_code varchar, parent_code varchar, province_code varchar, "
    "result_status varchar, row_id varchar, corrections varchar, rank_in_province integer, level_computed varchar",
    "intermediate.int_row_corrected": "row_id varchar, corrections varchar, index_code varchar, year integer, "
    "tier varchar, component varchar, is_bonus boolean, stated decimal(38, 18), figure decimal(38, 18), flaw varchar, "
    f"correction_id varchar, max_figure {_FIGURE}, annex varchar, page_or_sheet varchar, row_number integer, "
    "column_number integer, raw_text varchar",
    "intermediate.int_row_total": f"row_id varchar, corrections varchar, pillar varchar, computed {_FIGURE}",
}
