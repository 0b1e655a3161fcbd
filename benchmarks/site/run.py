"""How long the site takes, and what it weighs, for a country of eight years.

Here: the command (`python benchmarks/site/run.py`), making that country, SYNTHETIC, and taking time and weight. Not
here: its results (`../trends/country.sql`, `assessments.sql`). What was measured stands in README.md beside this.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from dagster_project.publishing import publication
from dagster_project.publishing.site.writing import write_site
from dagster_project.root import REPOSITORY, Root

COUNTRY = Path(__file__).parents[1] / "trends" / "country.sql"
ASSESSMENTS = Path(__file__).with_name("assessments.sql")
OF_A_UNIT = (
    *("fct_pillar_result", "fct_component_score", "fct_unit_movement", "fct_pillar_movement"),
    *("fct_component_movement", "fct_level_distance", "fct_finding"),
)


def make(source: Root, target: Path) -> None:
    """The country's warehouse, every row with the key of its assessment, and the first eight years of it: the tables of
    the warehouse that the source has published, without their constraints, and its registries."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"ATTACH '{source.published_database}' AS source (READ_ONLY)")
        found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'source'").fetchall()
        for (table,) in found:
            is_registry = table.startswith("dim_") or table == "unit_succession"
            connection.execute(f"CREATE TABLE {table} AS FROM source.main.{table} WHERE {is_registry}")
        connection.execute(COUNTRY.read_text(encoding="utf-8"))
        connection.execute(ASSESSMENTS.read_text(encoding="utf-8"))
        key = "{0}.index_code || '/' || {0}.year || '/published/' || {1}"
        of_result = key.format("fct_unit_result", "province_code")
        connection.execute(f"UPDATE fct_unit_result SET assessment_key = {of_result}")
        for table in OF_A_UNIT:
            # the findings of the country carry no key of their unit: their code says it, as all are of one day
            joined = "unit_code" if table == "fct_finding" else "unit_key"
            connection.execute(
                f"UPDATE {table} SET assessment_key = result.assessment_key, unit_key = result.unit_key "
                f"FROM fct_unit_result AS result "
                f"WHERE result.{joined} = {table}.{joined} AND result.year = {table}.year"
            )
        connection.execute(
            f"UPDATE agg_average_movement SET assessment_key = {key.format('agg_average_movement', 'parent_code')} "
            "WHERE parent_code IN (SELECT province_code FROM dim_assessment)"
        )
        for (table,) in connection.execute(
            "SELECT table_name FROM duckdb_columns() WHERE column_name = 'assessment_key' AND table_name LIKE 'fct%'"
        ).fetchall():
            connection.execute(
                f"DELETE FROM {table} WHERE assessment_key NOT IN (SELECT assessment_key FROM dim_assessment)"
            )
        connection.execute("CHECKPOINT")


def weight(folder: Path) -> dict[str, int]:
    """Bytes of a site, all of it and by kind of page."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            parts = path.relative_to(folder).parts
            kind = parts[1] if len(parts) > 2 else parts[0]
            sizes[kind] = sizes.get(kind, 0) + path.stat().st_size
    return {"all": sum(sizes.values()), **sizes}


def main() -> None:
    """Prints the figures as JSON: the first publication, and the next one that says the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=REPOSITORY, help="a root that has been run (its registries are taken)"
    )
    parser.add_argument("--keep", type=Path, help="an empty folder for the country, to look at")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        country = Root(asked.keep or Path(folder))
        country.published.mkdir(parents=True)
        warehouse = country.path / "country.duckdb"
        make(Root(asked.root), warehouse)
        told: dict[str, object] = {}
        for name in ("first", "unchanged"):
            before = publication.standing(country.published)
            place = publication.begin(country.published)
            shutil.copy(warehouse, place / publication.WAREHOUSE)
            start = time.perf_counter()
            written = write_site(warehouse, place / publication.SITE, before)
            told[name] = {
                "seconds": round(time.perf_counter() - start, 1),
                "files": written.files,
                "taken over": written.taken_over,
                "weight": weight(place / publication.SITE),
            }
            for part in publication.PARTS:
                if not (place / part).exists():
                    (place / part).mkdir()
            start = time.perf_counter()
            publication.put_in_place(country.published)
            told[name]["seconds to put in place"] = round(time.perf_counter() - start, 1)
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
