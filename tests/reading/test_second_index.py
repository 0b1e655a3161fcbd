"""Another index is read by its labels alone. The figures here are made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from made import sheet, units

from dagster_project.reading import Labels, read_document
from dagster_project.reading.labels import Label

LABELS_CSV = """index_code,label,role,target
demo,Survey Year,ignored,
demo,Country Name,unit,
demo,Rank,rank,
demo,Demo Index,total,whole
demo,Other Index,ignored,
demo,Services,component,services
demo,People,component,people
demo,Networks,component,networks
other,Services,component,services
other,Country Name,unit,
stated,Department,unit,
stated,Overall points,total,
"""
COMPONENTS_CSV = "index_code,component,pillar\ndemo,services,whole\ndemo,people,whole\ndemo,networks,whole\n"
PILLARS_CSV = "index_code,pillar,valid_from_year\ndemo,whole,2003\nstated,overall,2020\n"


@pytest.fixture(scope="module")
def labels(tmp_path_factory) -> Labels:
    folder = tmp_path_factory.mktemp("registries")
    (folder / "labels.csv").write_text(LABELS_CSV, encoding="utf-8")
    (folder / "components.csv").write_text(COMPONENTS_CSV, encoding="utf-8")
    (folder / "pillars.csv").write_text(PILLARS_CSV, encoding="utf-8")
    return Labels.load(folder)


def test_a_list_of_countries(labels):
    header = ["Survey Year", "Country Name", "Rank", "Demo Index", "Other Index", "Services", "People", "Networks"]
    rows = [
        ["2020", "Utopia ", "1", "0.43600", "0.3", "0.33530", "0.43580", "0.53700"],
        ["2020", "Erewhon", "2", "-0.00001", "0", "0.00000", "1.42200", "0.01578"],
    ]
    document = read_document([sheet(header, *rows)], labels)
    assert document.head.index_code == "demo"
    assert units(document)[0] == {
        "unit": "Utopia ",
        "rank": 1,
        "total whole": Decimal("0.436"),
        "services": Decimal("0.3353"),
        "people": Decimal("0.4358"),
        "networks": Decimal("0.537"),
    }
    assert units(document)[1]["total whole"] == Decimal("-0.00001")
    assert [column.role for column in document.columns].count("ignored") == 2
    assert document.head.title_year is None


def test_totals_without_any_component_are_of_the_index_that_has_such_a_total(labels):
    document = read_document([sheet(["Department", "Overall points"], ["Health", "141,4"])], labels)
    assert document.head.index_code == "stated"
    assert units(document) == [{"unit": "Health", "total overall": Decimal("141.4")}]


def test_a_total_behind_all_components_is_of_the_whole(labels):
    document = read_document([sheet(["Country Name", "Services", "People", "Sum"], ["Utopia", "1", "2", "3"])], labels)
    assert document.columns[-1].role == "unknown"
    rows = (*labels.rows, Label("demo", "Sum", "total", None))
    document = read_document(
        [sheet(["Country Name", "Services", "People", "Sum"], ["Utopia", "1", "2", "3"])],
        replace(labels, rows=rows),
    )
    assert units(document)[0]["total whole"] == 3
