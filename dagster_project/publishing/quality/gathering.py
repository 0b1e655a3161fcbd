"""The reports of a year, gathered from the published tables: one for each submitter that has a finding or a draft.

Here: putting the rows of the queries together. Not here: the types (`content.py`), the SQL (`queries.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from datetime import date
from itertools import groupby
from typing import Any

import duckdb

from . import queries, sentences, words
from .content import Acceptance, Correction, Figure, Finding, Pillar, Received, Reply, Report, Stand, UnitTable
from .words import Kind, Words

Row = dict[str, Any]
Terms = dict[tuple[str, str | None], Words]

SEVERITIES = "error", "warning", "notice"
STATUSES = "open", "accepted", "resolved"


def years(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The years that anything was received for."""
    return [row["year"] for row in rows(connection, queries.YEARS)]


def reports(connection: duckdb.DuckDBPyConnection, year: int) -> list[Report]:
    """The reports of a year by their submitters' codes: one for each that has a finding, whatever its status, or a
    draft."""
    return _Year(connection, year).reports()


def terms(connection: duckdb.DuckDBPyConnection) -> Terms:
    """What the codes of kinds, severities, statuses, effects and tiers are called."""
    return {(row["term"], row["code"]): both(row, "name") for row in rows(connection, queries.TERMS)}


def called(named: Terms, term: str, code: str | None) -> Words:
    """What a code is called; of a kind or an effect that is not known, that. A registry may name no tier."""
    unknown = {"kind": words.KIND_NOT_KNOWN, "materiality": words.EFFECT_NOT_KNOWN}
    return named.get((term, code)) or unknown.get(term) or Words(code or "", code or "")


def draft_kinds(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The kinds of submission of which the warehouse has drafts."""
    return frozenset(row["kind"] for row in rows(connection, queries.DRAFT_KINDS))


def kinds(drafts: Set[str], named: Terms, codes: Iterable[str | None]) -> tuple[Kind, ...]:
    """Kinds of submission in the order in which a year goes through them; what is of no known kind comes last. drafts:
    those that come before the decision."""
    order = ("self_assessed", "appraised", "published")
    known = sorted({code or "" for code in codes}, key=lambda code: (order.index(code) if code in order else 9, code))
    return tuple(Kind(code, called(named, "kind", code), code in drafts) for code in known)


def received(connection: duckdb.DuckDBPyConnection, year: int, named: Terms) -> list[Received]:
    """All files of a year in the order in which they came."""
    return [_received(row, named) for row in rows(connection, queries.RECEIVED, year)]


def as_of(connection: duckdb.DuckDBPyConnection, year: int) -> date | None:
    """The day on which the year's last file or reply came."""
    (row,) = rows(connection, queries.AS_OF, year)
    return row["as_of"]


def stem(code: str | None, name: str | None) -> str:
    """The name of a submitter's files: `342-huyen-tien-hai`, of letters and digits that every system takes; a code that
    is the name itself stands alone."""
    if code is None:
        return "khong-ro-tinh"
    of_code, of_name = _slug(code), _slug(name or "")
    return of_code if of_name in ("", of_code) else f"{of_code}-{of_name}"


def rows(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: Any) -> list[Row]:
    """What a query gives, by the names of its columns."""
    return named(connection.execute(sql, list(parameters)))


def named(cursor: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rows of an answer, by the names of its columns."""
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def both(row: Row, name: str) -> Words:
    """A text that a query gives as `…_vi` and `…_en`."""
    return Words(row[f"{name}_vi"] or "", row[f"{name}_en"] or "")


class _Year:
    """All rows of a year, read once and put together by submitter."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, year: int) -> None:
        self.year, self.connection = year, connection
        self.as_of = as_of(connection, year)
        self.terms = terms(connection)
        self.drafts = draft_kinds(connection)
        self.received = {one.submission_id: one for one in received(connection, year, self.terms)}
        self.replies = self._grouped(queries.REPLIES, "finding_id")
        self.history = self._grouped(queries.HISTORY, "finding_id")
        self.figures = self._grouped(queries.FIGURES, "kind", "unit_key")
        self.corrections = self._grouped(queries.CORRECTIONS, "index_code", "kind", "unit_key")
        self.thresholds = self._grouped(queries.THRESHOLDS, "index_code", "tier", "pillar", "level")

    def reports(self) -> list[Report]:
        found = self._grouped(queries.FINDINGS, "submitter_code")
        units = self._grouped(queries.UNITS, "submitter_code")
        of_drafts = self._grouped(queries.SUBMITTERS_OF_DRAFTS, "submitter_code")
        submitters = {code: found[code][0] if code in found else of_drafts[code][0] for code in {**found, **of_drafts}}
        return [
            self._report(submitter, found.get(code, []), units.get(code, []))
            for code, submitter in sorted(submitters.items(), key=_none_last)
        ]

    def _report(self, submitter: Row, rows: list[Row], units: list[Row]) -> Report:
        faulty = {
            (row["kind"], row["index_code"], row["unit_code"], row["field"])
            for row in rows
            if row["status"] != "resolved"
        }
        name = submitter["submitter_name"] or submitter["submitter_code"]
        words_of_name = Words(name, name) if name else words.SUBMITTER_NOT_KNOWN
        of_kinds = kinds(self.drafts, self.terms, [row["kind"] for row in (*rows, *units)])
        files = self._files(rows, units)
        return Report(
            year=self.year,
            code=submitter["submitter_code"],
            name=words_of_name,
            tier=submitter["submitter_tier"],
            stem=stem(submitter["submitter_code"], submitter["submitter_ascii"]),
            kinds=of_kinds,
            verdict=sentences.joined(
                self._verdict(
                    [row for row in rows if (row["kind"] or "") == kind.code],
                    sentences.subject(self.year, words_of_name, submitter["submitter_tier"], kind),
                )
                for kind in of_kinds
            ),
            findings=tuple(self._finding(row) for row in rows),
            units=tuple(self._unit(unit, faulty) for unit in units),
            received=tuple(one for one in self.received.values() if one.submission_id in files),
            as_of=self.as_of,
        )

    def _files(self, findings: list[Row], units: list[Row]) -> set[str | None]:
        """The files that findings are about, were resolved in, or that figures stand in."""
        figures = (row for unit in units for row in self.figures.get((unit["kind"], unit["unit_key"]), []))
        return {row[column] for row in findings for column in ("submission_id", "resolved_in")} | {
            row["submission_id"] for row in figures
        }

    def _verdict(self, rows: list[Row], about: Words) -> Words:
        still = [row for row in rows if row["status"] == "open"]
        return sentences.verdict(
            about,
            [(self.terms["severity", one], sum(row["severity"] == one for row in still)) for one in SEVERITIES],
            sum(row["materiality"] in ("level", "rank") for row in still),
            sum(row["materiality"] is None for row in still),
            len(rows) - len(still),
        )

    def _finding(self, row: Row) -> Finding:
        file = self.received.get(row["submission_id"])
        is_accepted = row["status"] == "accepted"
        return Finding(
            **{name: row[name] for name in _AS_PUBLISHED},
            kind=called(self.terms, "kind", row["kind"]),
            severity_words=self.terms["severity", row["severity"]],
            status_words=self.terms["finding_status", row["status"]],
            name=both(row, "name"),
            about=_about(row),
            field_name=both(row, "field"),
            place=words.place(row),
            file_name=file.file_name if file else None,
            raw_stated=row["stated"],
            raw_expected=row["expected"],
            raw_difference=row["difference"],
            stated=self._value(row, row["stated"], words.NOT_GIVEN),
            expected=self._value(row, row["expected"], words.NOT_KNOWN),
            difference=words.figure(row["difference"]),
            message=both(row, "message"),
            rule=both(row, "meaning"),
            source=sentences.source(row, file.title if file else None, self.year),
            effect=sentences.effect(row),
            advice=both(row, "advice"),
            hint=self._hint(row),
            acceptance=Acceptance(row["accepted_by"], row["accepted_on"], row["accepted_why"]) if is_accepted else None,
            resolved_in=self.received.get(row["resolved_in"]),
            history=tuple(self._stand(row, stand) for stand in self.history.get(row["finding_id"], [])),
            replies=tuple(self._reply(row, reply) for reply in self.replies.get(row["finding_id"], [])),
        )

    def _value(self, finding: Row, text: str | None, unknown: Words) -> Words:
        return words.value(text, finding["compares"], finding["field"], unknown)

    def _hint(self, row: Row) -> Words | None:
        if row["hint_score"] is None:
            return None
        compared = called(self.terms, "kind", row["compared_kind"])
        return sentences.hint(
            both(row, "hint"), row["hint_score"], compared, row["compared_year"], row["compared_score"]
        )

    def _stand(self, finding: Row, row: Row) -> Stand:
        file = self.received.get(row["submission_id"])
        is_resolved = row["status"] == "resolved"
        unknown = words.NOTHING if is_resolved else words.NOT_GIVEN
        return Stand(
            received_on=row["received_on"],
            file_name=file.file_name if file else None,
            stated=self._value(finding, row["stated"], unknown),
            expected=self._value(finding, row["expected"], words.NOTHING if is_resolved else words.NOT_KNOWN),
            status=self.terms["finding_status", row["status"]],
        )

    def _reply(self, finding: Row, row: Row) -> Reply:
        return Reply(
            row["reply"],
            words.REPLIES_AS_TOLD.get(row["reply"], Words(row["reply"], row["reply"])),
            row["text"],
            row["proposed"],
            self._value(finding, row["proposed"], words.NOTHING),
            row["replied_by"],
            row["replied_on"],
        )

    def _unit(self, unit: Row, faulty: set[tuple[str, str, str, str]]) -> UnitTable:
        def is_faulty(field: str) -> bool:
            return (unit["kind"], unit["index_code"], unit["unit_code"], field) in faulty

        pillars = groupby(
            self.figures.get((unit["kind"], unit["unit_key"]), []), key=lambda row: (row["index_code"], row["pillar"])
        )

        def rank(place: int | None) -> Words:
            return Words(*[f"{place}/{unit['units_ranked']}"] * 2) if place else words.NOTHING

        corrections = self.corrections.get((unit["index_code"], unit["kind"], unit["unit_key"]), [])
        return UnitTable(
            unit["kind"],
            unit["index_code"],
            unit["tier"],
            unit["unit_code"],
            unit["unit_name"],
            is_faulty("unit"),
            tuple(
                self._pillar(unit, list(rows), is_faulty)
                for (index_code, _), rows in pillars
                if index_code == unit["index_code"]
            ),
            Figure(
                "level",
                Words("Mức độ", "Level"),
                words.level_of_column(unit["level_stated"]),
                words.level_of_column(unit["level_computed"]),
                is_faulty("level"),
            ),
            Figure(
                "rank",
                Words("Thứ hạng theo điểm", "Rank by points"),
                rank(unit["rank_stated"] or unit["rank_by_stated_totals"]),
                rank(unit["rank_in_province"]),
                is_faulty("rank"),
            ),
            tuple(_correction(row) for row in corrections),
        )

    def _pillar(self, unit: Row, rows: list[Row], is_faulty: Callable[[str], bool]) -> Pillar:
        first = rows[0]
        field = f"{first['pillar']}_total"
        levels = dict.fromkeys(level for level in (unit["level_stated"], unit["level_computed"]) if level)
        asked = [
            (words.level(level), words.figure(rule["min_total"]))
            for level in levels
            for rule in self.thresholds.get((unit["index_code"], unit["tier"], first["pillar"], level), [])
        ]
        return Pillar(
            both(first, "pillar"),
            tuple(_component(row, is_faulty(row["component"])) for row in rows),
            Figure(
                field,
                Words("Tổng số điểm", "Total"),
                words.figure(first["total_stated"]),
                words.figure(first["total_computed"]),
                is_faulty(field),
            ),
            tuple(asked),
        )

    def _grouped(self, sql: str, *keys: str) -> dict[Any, list[Row]]:
        """The rows of a query by their values of the keys, in its order."""
        by_key: dict[Any, list[Row]] = {}
        for row in rows(self.connection, sql, self.year):
            key = row[keys[0]] if len(keys) == 1 else tuple(row[name] for name in keys)
            by_key.setdefault(key, []).append(row)
        return by_key


_AS_PUBLISHED = (
    "finding_id", "short_id", "code", "severity", "status", "materiality", "unit_code", "field", "cell", "occurrences",
)  # fmt: skip


def _component(row: Row, is_faulty: bool) -> Figure:
    """A component's score as stated; where that cannot be read, the text of its cell."""
    raw = row["raw_text"] or ""
    stated = Words(raw, raw) if row["score_stated"] is None else words.figure(row["score_stated"])
    is_corrected = row["score"] is not None and row["score"] != row["score_stated"]
    computed = words.figure(row["score"]) if is_corrected else words.NOTHING
    return Figure(row["component"], both(row, "component"), stated, computed, is_faulty)


def _correction(row: Row) -> Correction:
    kind = "words" if row["field"] == "level" else "figures"
    stated, corrected = (
        words.value(row[side], kind, row["field"], words.NOT_GIVEN) for side in ("stated", "corrected")
    )
    decided = (row[column] for column in ("decided_by", "decided_on", "authority", "why"))
    return Correction(both(row, "field"), stated, corrected, *decided)


def _about(row: Row) -> Words:
    if row["unit_name"]:
        return Words(row["unit_name"], row["unit_name"])
    if row["annex"]:
        return Words(f"Phụ lục {row['annex']}", f"Annex {row['annex']}")
    return Words("Tệp", "File") if row["code"] == "file_unreadable" else Words("Văn bản", "Document")


def _received(row: Row, named: Terms) -> Received:
    name = row["file_name"]
    title = Words(name, name)
    if row["decision_number"]:
        dated = words.day(row["decision_date"])
        title = Words(
            f"văn bản số {row['decision_number']}" + (f" ngày {dated.vi}" if dated.vi else ""),
            f"document {row['decision_number']}" + (f" of {dated.en}" if dated.en else ""),
        )
    return Received(
        row["submission_id"], name, called(named, "kind", row["kind"]), row["sender"], row["received_on"], title
    )


def _none_last(item: tuple[str | None, Any]) -> tuple[bool, str]:
    return item[0] is None, item[0] or ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
