"""Four other ways of checking the same copies, each as a competent engineer would set it up in half a page.

Here: what they are given, SQL tests as in dbt, plain Great Expectations, and the spreadsheet's =SUM. Not here:
Frictionless, which brings packages of its own and so runs in a process beside this one (`with_frictionless.py`), and
what was found (`tally.py`).

All are given more than `egov check`: the rows of each annex already found, as text cells under known names, page
headers left out, and the official list of units with the decision's own spellings accepted. Nothing is trimmed or
converted before: that is the check's own work. A flag counts by the row that it names; a column makes it an exact cell.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
from oracle import MAXIMA, official_units, registered, thresholds_of
from original import COLUMNS, COMPONENTS, FIGURES, PILLARS, TOTALS, Copy, Origin, true_rows

UNRANKED = "Không đủ điều kiện xếp hạng"

# Which check, of which row (or of an annex as a whole), in which column.
Flag = tuple[str, tuple[str, Any], str | None]
Table = list[dict[str, str | None]]
Origins = dict[str, list[Origin]]


Given = tuple[dict[str, Table], Origins]


class Tool(Protocol):
    """Another way of checking: the flags that it raises on the tables of each copy."""

    name: str

    def flags(self, copies: list[Given]) -> list[set[Flag]]: ...


def tables_of(copy: Copy) -> Given:
    """The rows of each annex, in their order, as text; empty cells are None. And which row of the decision each is."""
    rows = {annex: copy.rows(annex) for annex in COLUMNS}
    return (
        {
            annex: [
                {column: text or None for column, text in zip(COLUMNS[annex], line.fields, strict=False)}
                for line in lines
            ]
            for annex, lines in rows.items()
        },
        {annex: [line.origin for line in lines if line.origin] for annex, lines in rows.items()},
    )


@cache
def roster() -> list[tuple[str, str, str | None, str | None, str]]:
    """The names that are accepted: annex, name, the district beside it, the district's code, the official name."""
    units = official_units()
    accepted = {("01", row["unit"], None, units["01", row["position"]].code, row["unit"]) for row in true_rows("01")}
    printed: dict[str | None, set[str]] = {}
    for row in true_rows("03"):
        unit = units["03", row["position"]]
        printed.setdefault(unit.parent, set()).add(row["district"])
        accepted.add(("03", row["unit"], row["district"], unit.parent, unit.name))
    for row in true_rows("01"):
        unit = units["01", row["position"]]
        beside = {row["unit"].removeprefix("Huyện "), unit.name.removeprefix("Huyện "), *printed[unit.code]}
        accepted |= {("03", name, each, unit.code, name) for name in registered(unit.code) for each in beside}
    return sorted(accepted, key=str)


class Spreadsheet:
    """=IF(ROUND(SUM(C7:E7)-F7,2)<>0,"wrong","") beside each total. SUM takes cells of text for nothing; a total that is
    text gives #VALUE!, which shows."""

    name = "=SUM in the sheet"

    def flags(self, copies: list[Given]) -> list[set[Flag]]:
        return [self._flags(*given) for given in copies]

    def _flags(self, tables: dict[str, Table], origins: Origins) -> set[Flag]:
        found: set[Flag] = set()
        for annex in ("01", "03"):
            for row, origin in zip(tables[annex], origins[annex], strict=True):
                for pillar, components in COMPONENTS.items():
                    total = _typed(row[TOTALS[pillar]])
                    parts = [each for column in components if isinstance(each := _typed(row[column]), float)]
                    if isinstance(total, str) or round(sum(parts) - total, 2) != 0:
                        found.add(("sum", origin, TOTALS[pillar]))
        return found


def _typed(text: str | None) -> float | str:
    """What a spreadsheet takes a text for that is typed into it."""
    text = (text or "").strip(" ")
    if not text:
        return 0.0
    return float(text) if re.fullmatch(r"-?\d+(\.\d*)?", text) else text


class SqlTests:
    """Tests as in dbt: each is a query for the rows that fail. The only baseline that looks at the summary annex."""

    name = "dbt-style SQL tests"

    def flags(self, copies: list[Given]) -> list[set[Flag]]:
        rows = [
            (i, annex, n, row)
            for i, (tables, _) in enumerate(copies)
            for annex in MAXIMA
            for n, row in enumerate(tables[annex])
        ]
        rule = [
            (annex, level, order, each["readiness"], each["attainment"])
            for annex in MAXIMA
            for order, (level, each) in enumerate(thresholds_of(annex).items())
        ]
        given: dict[str, list[tuple]] = {
            "unit_row": [
                (*key, *(row.get(word) for word in ("tt", "unit", "district", "level"))) for *key, row in rows
            ],
            "figure": [(*key, field, row[field]) for *key, row in rows for field in FIGURES],
            "summary": [
                (i, n, row["unit"], row["text"])
                for i, (tables, _) in enumerate(copies)
                for n, row in enumerate(tables["02"])
            ],
            "roster": list(roster()),
            "scale": [(annex, field, MAXIMA[annex][PILLARS[field]]) for annex in MAXIMA for field in FIGURES],
            "rule": rule,
        }
        with duckdb.connect() as database:
            for table, columns in _TABLES.items():
                database.execute(f"CREATE TABLE {table} ({columns})")
                _insert(database, table, given[table])
            failed = database.execute(_SQL).fetchall()
        found: list[set[Flag]] = [set() for _ in copies]
        for test, i, annex, n, column in failed:
            found[i].add((test, (annex, None) if n is None else copies[i][1][annex][n], column))
        return found


_SQL = Path(__file__).with_name("sql_tests.sql").read_text(encoding="utf-8")
_TABLES = {
    "unit_row": "copy INT, annex TEXT, n INT, tt TEXT, unit TEXT, district TEXT, level TEXT",
    "figure": "copy INT, annex TEXT, n INT, field TEXT, text TEXT",
    "summary": "copy INT, n INT, unit TEXT, text TEXT",
    "roster": "annex TEXT, unit TEXT, district TEXT, code TEXT, official TEXT",
    "scale": "annex TEXT, field TEXT, maximum DECIMAL(9, 2)",
    "rule": "annex TEXT, level TEXT, level_order INT, readiness DECIMAL(9, 2), attainment DECIMAL(9, 2)",
}


def _insert(database: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    database.execute(f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in columns)}", columns)


class GreatExpectations:
    """Plain Great Expectations on data frames, with a numeric column beside each figure and one for each sum."""

    name = "Great Expectations"

    def __init__(self) -> None:
        os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        warnings.filterwarnings("ignore", module="great_expectations")
        import great_expectations as gx

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
        asset = context.data_sources.add_pandas("copies").add_dataframe_asset("annex")
        self._batches = asset.add_batch_definition_whole_dataframe("whole")
        self._suites = {annex: _suite(gx, annex) for annex in ("01", "03")}

    def flags(self, copies: list[Given]) -> list[set[Flag]]:
        found: list[set[Flag]] = [set() for _ in copies]
        for annex, suite in self._suites.items():
            batch = self._batches.get_batch({"dataframe": _frame(annex, [tables[annex] for tables, _ in copies])})
            asked = {"result_format": "COMPLETE", "unexpected_index_column_names": ["copy", "n"]}
            for result in batch.validate(suite, result_format=asked).results:
                config = result.expectation_config
                column = config.kwargs.get("column") or config.kwargs.get("column_A") or "unit"
                for each in result.result.get("unexpected_index_list") or []:
                    origin = copies[each["copy"]][1][annex][each["n"] - 1]
                    name = {"rows": None, "unit_with_district": "unit"}.get(column, column.removesuffix("_n"))
                    found[each["copy"]].add((config.type, origin if name else (annex, None), name))
        return found


def _frame(annex: str, tables: list[Table]) -> Any:
    """The tables below each other, for the framework takes seconds for each batch: a row knows its copy, its number in
    that, and how many rows that has."""
    import pandas as pd

    rows = [
        {**row, "copy": i, "n": n, "rows": len(table)}
        for i, table in enumerate(tables)
        for n, row in enumerate(table, 1)
    ]
    frame = pd.DataFrame(rows, columns=[*COLUMNS[annex], "copy", "n", "rows"])
    for column in ("tt", *FIGURES):
        frame[f"{column}_n"] = pd.to_numeric(frame[column], errors="coerce")
    for pillar, components in COMPONENTS.items():
        frame[f"{pillar}_sum"] = frame[[f"{column}_n" for column in components]].sum(axis=1).round(3)
    if annex == "03":
        frame["unit_with_district"] = frame["unit"] + ", " + frame["district"]
    return frame


def _suite(gx: Any, annex: str) -> Any:
    expect = gx.expectations
    names = [f"{unit}, {district}" if district else unit for each, unit, district, *_ in roster() if each == annex]
    unit = "unit_with_district" if annex == "03" else "unit"
    wording = "Mức độ {}" if annex == "01" else "Mức {}"
    expectations = [
        *(expect.ExpectColumnValuesToNotBeNull(column=column) for column in COLUMNS[annex]),
        *(expect.ExpectColumnValuesToMatchRegex(column=column, regex=r"^-?\d+(\.\d+)?$") for column in FIGURES),
        *(
            expect.ExpectColumnValuesToBeBetween(
                column=f"{column}_n", min_value=0, max_value=float(MAXIMA[annex][PILLARS[column]])
            )
            for column in FIGURES
        ),
        *(
            expect.ExpectColumnPairValuesToBeEqual(
                column_A=f"{total}_n", column_B=f"{pillar}_sum", ignore_row_if="either_value_is_missing"
            )
            for pillar, total in TOTALS.items()
        ),
        expect.ExpectColumnPairValuesToBeEqual(column_A="tt_n", column_B="n", ignore_row_if="either_value_is_missing"),
        expect.ExpectColumnValuesToBeInSet(column=unit, value_set=names),
        expect.ExpectCompoundColumnsToBeUnique(column_list=["copy", unit], ignore_row_if="any_value_is_missing"),
        expect.ExpectColumnValuesToBeInSet(
            column="level", value_set=[*(wording.format(level) for level in thresholds_of(annex)), UNRANKED]
        ),
    ]
    if annex == "01":
        expectations.append(expect.ExpectColumnValuesToBeInSet(column="rows", value_set=[len(true_rows(annex))]))
    return gx.ExpectationSuite(name=f"annex {annex}", expectations=expectations)
