"""What movement must come to, worked out from CONTRACT's words in plain Python with exact fractions.

Here: an answer that shares no code and no SQL with the models. Not here: the worlds that it is asked about
(`test_movement.py`, `test_movement_worlds.py`). One index at a time; a table is a dictionary of its rows by their key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from movement_rules import Result, Rule, Unit, less, mean, total


@dataclass
class Truth:
    """units: by key. before: (successor, predecessor) keys. rules: by (tier, year). results: by (year, unit key)."""

    units: dict[str, Unit]
    before: list[tuple[str, str]]
    rules: dict[tuple[str, int], Rule]
    results: dict[tuple[int, str], Result]

    # Who was who

    @cached_property
    def _steps(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        back, forth = defaultdict(list), defaultdict(list)
        for successor, predecessor in self.before:
            back[successor].append(predecessor)
            forth[predecessor].append(successor)
        return back, forth

    def was(self, key: str | None, year: int) -> frozenset[str | None]:
        """The units of a year that a later unit comes from."""
        return frozenset([None]) if key is None else self._followed(key, year, self._steps[0])

    def became(self, key: str, year: int) -> frozenset[str | None]:
        return self._followed(key, year, self._steps[1])

    def _followed(self, key: str, year: int, steps: dict[str, list[str]]) -> frozenset[str | None]:
        if self.units[key].is_valid(year):
            return frozenset([key])
        return frozenset().union(*(self._followed(next_, year, steps) for next_ in steps.get(key, [])))

    def itself(self, key: str, year: int, earlier_year: int) -> str | None:
        """What a unit was earlier, where that is one and became this one alone."""
        origins = self.was(key, earlier_year)
        return next((one for one in origins if len(origins) == 1 and self.became(one, year) == {key}), None)

    @cached_property
    def _by_code(self) -> dict[str, list[Unit]]:
        units = defaultdict(list)
        for unit in self.units.values():
            units[unit.code].append(unit)
        return units

    def key_of(self, code: str | None, year: int) -> str | None:
        return next((unit.key for unit in self._by_code.get(code, []) if unit.is_valid(year)), None)

    def province_of(self, key: str, year: int) -> str | None:
        unit = self.units[key]
        return None if unit.province == unit.code else self.key_of(unit.province, year)

    def is_scored(self, year: int, key: str | None, tier: str) -> bool:
        result = self.results.get((year, key)) if key else None
        return result is not None and result.status == "scored" and self.units[key].tier == tier

    def scored(self) -> Iterator[tuple[int, str, str]]:
        for year, key in self.results:
            if self.results[year, key].status == "scored":
                yield year, key, self.units[key].tier

    def years_before(self, year: int) -> list[int]:
        return sorted({y for y, _ in self.results if y < year}, reverse=True)

    # Units and components

    def previous_year(self, year: int, key: str) -> int | None:
        tier = self.units[key].tier
        for earlier in self.years_before(year):
            if any(self.is_scored(earlier, origin, tier) for origin in self.was(key, earlier)):
                return earlier
        return None

    def unit_rows(self) -> dict:
        rows = {}
        for year, key, tier in self.scored():
            now, previous_year = self.results[year, key], self.previous_year(year, key)
            if previous_year is None:
                rows[year, key] = (None, "first_year", None, None, None)
                continue
            origins = self.was(key, previous_year)
            new, old = self.rules[tier, year], self.rules[tier, previous_year]
            rank_change = level_change = None
            if len(origins) > 1:
                comparison = "merged"
            elif len(self.became(*origins, year)) > 1:
                comparison = "split"
            else:
                comparison = "rule_changed" if new.differs(old) else "same_unit"
                before = self.results[previous_year, *origins]
                province, earlier = self.province_of(key, year), self.province_of(*origins, previous_year)
                if (province and self.itself(province, year, previous_year)) == earlier:
                    rank_change = less(before.rank, now.rank)
                    level_change = less(old.order(before.level), new.order(now.level))
            rows[year, key] = (previous_year, comparison, new.differs(old), rank_change, level_change)
        return rows

    def component_rows(self) -> dict:
        """(previous, current contribution, change, by rule, by scores, change of score) by year, unit and part."""
        rows = {}
        for year, key, tier in self.scored():
            new = self.rules[tier, year]
            now = new.everywhere(self.results[year, key].scores)
            previous_year = self.previous_year(year, key)
            origins = self.was(key, previous_year) if previous_year else []
            is_told = bool(origins) and all(self.is_scored(previous_year, origin, tier) for origin in origins)
            counted = new.contributions(now)
            if not is_told:
                for part in new.shares:
                    rows[year, key, *part] = (None, counted[part], None, None, None, None)
                continue
            old = self.rules[tier, previous_year]
            before = [old.everywhere(self.results[previous_year, origin].scores) for origin in origins]
            counted_before = [old.contributions(scores) for scores in before]
            restated = [new.contributions(scores) for scores in before]
            for part in new.shares.keys() | old.shares.keys():
                current = score = previous = score_before = Fraction(0)
                if part in new.shares:
                    score = None if now[part] is None else Fraction(now[part])
                    current = counted[part]
                if part in old.shares:
                    score_before = mean(None if s[part] is None else Fraction(s[part]) for s in before)
                    previous = mean(one[part] for one in counted_before)
                change = less(current, previous)
                if part in new.shares and part in old.shares:
                    by_rule = less(mean(one[part] for one in restated), previous)
                else:
                    by_rule = change
                by_rule = None if change is None else by_rule
                parts = (previous, current, change, by_rule, less(change, by_rule), less(score, score_before))
                rows[year, key, *part] = parts
        return rows

    def pillar_rows(self) -> dict:
        """The sums of the first five of component_rows by year, unit, pillar."""
        parts = defaultdict(list)
        for (year, key, pillar, _), row in self.component_rows().items():
            parts[year, key, pillar].append(row[:5])
        return {of: tuple(map(total, zip(*rows, strict=True))) for of, rows in parts.items()}

    # Parents

    def parents_of(self, key: str) -> set[str | None]:
        unit = self.units[key]
        around = {unit.parent, None if unit.province == unit.code else unit.province}
        return around - {None} or {None}

    def compared(self) -> dict[tuple[str, int, str | None], int | None]:
        """The year that a tier's units under a parent are compared with, by tier, year and parent's code."""
        years = {}
        provinces = {(year, tier, self.province_of(key, year)) for year, key, tier in self.scored()}
        for year, key in self.results:
            tier, province = self.units[key].tier, self.province_of(key, year)
            if (year, tier, province) not in provinces:
                continue
            for parent in self.parents_of(key):
                earlier = [
                    y for y in self.years_before(year) for p in self.was(province, y) if (y, tier, p) in provinces
                ]
                years[tier, year, parent] = max(earlier, default=None)
        return years

    def under(self, tier: str, year: int, parents: frozenset[str | None]) -> set[str]:
        """The units on the list of a year under any of these parents (keys; None: units without one)."""
        return {
            key
            for y, key in self.results
            if y == year
            and self.units[key].tier == tier
            and {p and self.key_of(p, year) for p in self.parents_of(key)} & parents
        }

    def average_rows(self) -> dict:
        """(average, previous, stayed, entered, left_out) by tier, year, parent, pillar."""
        rows = {}
        for (tier, year, parent), previous_year in self.compared().items():
            parent_key = parent and self.key_of(parent, year)
            now = self._totals(tier, year, frozenset([parent_key]))
            before = self._totals(tier, previous_year, self.was(parent_key, previous_year)) if previous_year else {}
            for pillar in now.keys() | before.keys():
                current, previous = now.get(pillar, {}), before.get(pillar, {})
                pairs = {n: self.itself(n, year, previous_year) for n in current} if previous else {}
                both = [(n, b) for n, b in pairs.items() if b in previous]
                a, b = mean(current.values()), mean(previous.values())
                s, t = mean(current[n] for n, _ in both), mean(previous[b] for _, b in both)
                rows[tier, year, parent, pillar] = (a, b, less(s, t), less(a, s), less(t, b))
        return rows

    def _totals(self, tier: str, year: int, parents: frozenset[str | None]) -> dict[str, dict[str, Fraction]]:
        totals: dict[str, dict[str, Fraction]] = defaultdict(dict)
        rule = self.rules[tier, year]
        for key in self.under(tier, year, parents):
            contributions = rule.contributions(rule.everywhere(self.results[year, key].scores))
            for pillar in {pillar for pillar, _ in contributions}:
                figure = total(found for part, found in contributions.items() if part[0] == pillar)
                if figure is not None:
                    totals[pillar][key] = figure
        return totals

    def transition_rows(self) -> dict:
        """The number of units by tier, year, parent (the one next above), from and to."""
        rows: Counter = Counter()
        for (tier, year, parent), previous_year in self.compared().items():
            if previous_year is None or not all(self.rules[tier, y].levels for y in (year, previous_year)):
                continue
            listed = [self.units[key] for y, key in self.results if y == year]
            now = {unit.key for unit in listed if unit.tier == tier and unit.parent == parent}
            before = self._would_be_under(tier, previous_year, parent and self.key_of(parent, year), year)
            stayed = {key: self.itself(key, year, previous_year) for key in now}
            for key in now:
                came = "merged" if len(self.was(key, previous_year)) > 1 else "entered"
                if stayed[key] in before:
                    came = self._state(previous_year, stayed[key])
                rows[tier, year, parent, came, self._state(year, key)] += 1
            for key in before - set(stayed.values()):
                heirs = self.became(key, year)
                is_merged = len(heirs) == 1 and len(self.was(*heirs, previous_year)) > 1
                rows[tier, year, parent, self._state(previous_year, key), "merged" if is_merged else "left"] += 1
        return {of: (units,) for of, units in rows.items()}

    def _would_be_under(self, tier: str, earlier_year: int, parent_key: str | None, year: int) -> set[str]:
        """The units of an earlier list whose parent became this one, or ended and left them to a province that did."""
        found = set()
        for y, key in self.results:
            unit = self.units[key]
            if y == earlier_year and unit.tier == tier:
                around = [self.key_of(code, y) for code in (unit.parent, unit.province) if code and code != unit.code]
                heirs = next((became for of in around if of and (became := self.became(of, year))), frozenset([None]))
                if parent_key in heirs:
                    found.add(key)
        return found

    def _state(self, year: int, key: str) -> str:
        result = self.results[year, key]
        return "unranked" if result.status == "counted_only" else result.level or "missing"
