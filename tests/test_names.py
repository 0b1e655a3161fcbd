"""Written names and the units that they mean: what resolution promises to an officer, an analyst, a commune.

Here: the SQL as a whole, on the decision and on names damaged by rule (benchmarks/names). Not here: the registry of
units (test_units_registry.py) and single models (dbt's unit tests).
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.reading import Labels, read
from dagster_project.root import Root

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks" / "names"))

from corpus import Written, communes, damaged, registry, written  # noqa: E402
from resolution import Resolver, documents  # noqa: E402
from scores import score  # noqa: E402

SEEDS = Root().seeds
INDEX, YEAR = "egov_2392", 2020
DECISION = ROOT / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
PROVINCE = "34"  # the decision's
OTHER_PROVINCES = ("01", "38", "80")  # provinces of the north, the middle and the south

# The recall that is promised, as measured with the seed below on the whole country, rounded down.
FLOORS = {
    "as written": 1.0,
    "abbreviated type": 1.0,
    "NFD": 1.0,
    "upper case": 1.0,
    "double spaces": 1.0,
    "no type": 0.995,
    "tone placement": 1.0,
    "i/y": 1.0,
    "one tone dropped": 0.954,
    "all diacritics lost": 0.981,
    "đ→d": 0.961,
    "ư→u": 0.950,
    "two letters swapped": 0.0,
    "one letter missing": 0.0,
}
SEED = 7
HARMLESS = {kind for kind, floor in FLOORS.items() if floor == 1.0}


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


@pytest.fixture(scope="module")
def decision() -> Resolver:
    """The decision of 2020, with the models that its names go through."""
    _, document = read(DECISION.read_bytes(), DECISION.name, Labels.load(SEEDS))
    resolver = Resolver()
    resolver.land([(DECISION.name, YEAR, document)])
    resolver.make("int_row", "int_statement", "int_statement_name", "int_unit_year")
    return resolver


def expected(where: str) -> list[tuple[str, ...]]:
    """The decision's names of an annex with their codes and official names, as people resolved them."""
    with (ROOT / "tests" / "data" / "seed_names_resolved.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["where"] == where]
    return [(row["as_written"], row["code"], row["official_2020"]) for row in rows]


def asked(resolver: Resolver, query: str) -> list[tuple]:
    return resolver.connection.execute(query).fetchall()


@pytest.mark.parametrize("annex", ["01", "03"])
def test_every_row_of_the_decision_is_about_the_right_unit(decision: Resolver, annex: str) -> None:
    query = "SELECT written_unit, unit_code, unit_name FROM intermediate.int_row WHERE annex = '{}' ORDER BY position"
    assert asked(decision, query.format(annex)) == expected(f"annex{annex}")


def test_every_district_of_the_detailed_annex_is_the_right_one(decision: Resolver) -> None:
    found = asked(
        decision,
        "SELECT DISTINCT written_parent, stated_parent_code, stated_parent_name FROM intermediate.int_row "
        "WHERE written_parent IS NOT NULL",
    )
    assert set(found) == set(expected("annex03_district"))


def test_every_commune_stands_under_the_district_that_its_row_states(decision: Resolver) -> None:
    query = "SELECT count(*) FROM intermediate.int_row WHERE annex = '03' AND parent_code = stated_parent_code"
    assert asked(decision, query) == [(len(expected("annex03")),)]


def test_every_name_of_the_summary_is_the_right_unit(decision: Resolver) -> None:
    query = "SELECT written_name, unit_code, unit_name FROM intermediate.int_statement_name"
    assert sorted(asked(decision, query)) == sorted(expected("annex02"))


def test_districts_have_as_many_communes_as_the_summary_counts(decision: Resolver) -> None:
    query = """
        SELECT statement.written_unit, any_value(statement.out_of), count(DISTINCT unit.unit_key)
        FROM intermediate.int_statement AS statement
        JOIN intermediate.int_unit_year AS unit ON unit.parent_code = statement.unit_code AND unit.year = statement.year
        WHERE statement.out_of IS NOT NULL
        GROUP BY ALL ORDER BY min(statement.position)
    """
    counts = asked(decision, query)
    assert [stated for _, stated, _ in counts] == [found for _, _, found in counts]
    assert [found for *_, found in counts] == [37, 19, 35, 32, 33, 38, 36, 30]


def test_no_damage_to_a_name_makes_it_another_unit_s(resolver: Resolver) -> None:
    names = list(damaged(SEEDS, YEAR, FLOORS, [PROVINCE, *OTHER_PROVINCES], SEED))
    resolver.land(documents(names, YEAR, INDEX))
    resolver.make("int_row")
    scores = score(resolver, names)
    assert {one.kind: one.wrong for one in scores if one.wrong} == {}
    assert {one.kind: one.recall for one in scores if one.kind in HARMLESS} == dict.fromkeys(HARMLESS, 1.0)


@pytest.mark.slow
def test_the_whole_country_is_resolved_as_well_as_measured_and_never_wrongly(resolver: Resolver) -> None:
    names = list(damaged(SEEDS, YEAR, FLOORS, None, SEED))
    resolver.land(documents(names, YEAR, INDEX))
    resolver.make("int_row")
    scores = score(resolver, names)
    assert {one.kind: one.wrong for one in scores if one.wrong} == {}
    assert {one.kind: one.recall for one in scores if one.recall < FLOORS[one.kind]} == {}


UNITS = registry(SEEDS, YEAR)
NAMES = {unit["unit_code"]: unit["unit_name"] for unit in UNITS}
SPACES = st.text(alphabet=" \t\u00a0", min_size=1, max_size=3)


@st.composite
def typed_otherwise(draw: st.DrawFn) -> Written:
    """A commune's name as another keyboard gives it: case, composition and spaces are any, all letters are there."""
    unit = draw(st.sampled_from(communes(UNITS, [PROVINCE])))
    words = unit["unit_name"].split()
    text = words[0] + "".join(draw(SPACES) + word for word in words[1:])
    text = draw(st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]))(text)
    return written(unit, "typed otherwise", unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text), NAMES)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(typed_otherwise(), min_size=1, max_size=60))
def test_how_a_name_is_typed_makes_no_difference(resolver: Resolver, names: list[Written]) -> None:
    resolver.land(documents(names, YEAR, INDEX))
    resolver.make("int_row")
    found = asked(resolver, "SELECT unit_key, match_kind FROM intermediate.int_row ORDER BY row_order")
    assert found == [(name.unit_key, "exact") for name in names]


LOCAL_NAME = "Xã Làng Giữa"  # made up, nothing like any official name
MEANT = "12646"


@pytest.fixture
def with_alias(resolver: Resolver):
    """A function that says what a name beside a parent means, where one alias is in the registry."""

    def meant(alias: str, alias_parent: str | None, text: str, parent: str | None, years=(None, None)) -> tuple:
        columns = "written_name, written_parent, unit_code, valid_from_year, valid_to_year"
        values = [alias, alias_parent, MEANT, *years]
        resolver.connection.execute(f"INSERT INTO registry.aliases ({columns}) VALUES (?, ?, ?, ?, ?)", values)
        province = NAMES[PROVINCE]
        resolver.land(documents([Written("alias", text, parent, province, PROVINCE, "")], YEAR, INDEX))
        resolver.make("int_row")
        (found,) = asked(resolver, "SELECT unit_code, match_kind FROM intermediate.int_row")
        return found

    yield meant
    resolver.connection.execute("DELETE FROM registry.aliases")


OWN, ANOTHER = "Hung Hà", "Quỳnh Phụ"  # as the decision writes them
ANSWERED, UNANSWERED = (MEANT, "alias"), (None, None)


@pytest.mark.parametrize(
    ("alias_parent", "text", "parent", "answer"),
    [
        (None, LOCAL_NAME, OWN, ANSWERED),
        (None, unicodedata.normalize("NFD", LOCAL_NAME.upper()), OWN, ANSWERED),
        (None, LOCAL_NAME, None, ANSWERED),
        (None, LOCAL_NAME + " A", OWN, UNANSWERED),
        (OWN, LOCAL_NAME, OWN, ANSWERED),
        (OWN, LOCAL_NAME, OWN.upper(), ANSWERED),
        (OWN, LOCAL_NAME, ANOTHER, UNANSWERED),
        (OWN, LOCAL_NAME, None, UNANSWERED),
        (ANOTHER, LOCAL_NAME, OWN, UNANSWERED),
        ("Huyện nào đó", LOCAL_NAME, "Huyện nào đó", ANSWERED),  # the parent itself need not be known
        ("Huyện nào đó", LOCAL_NAME, "Huyện nào khác", UNANSWERED),
    ],
)
def test_an_alias_answers_its_name_and_only_beside_the_parent_that_it_names(
    with_alias, alias_parent: str | None, text: str, parent: str | None, answer: tuple
) -> None:
    assert with_alias(LOCAL_NAME, alias_parent, text, parent) == answer


@pytest.mark.parametrize(
    ("years", "answer"),
    [((YEAR, YEAR), ANSWERED), ((YEAR + 1, None), UNANSWERED), ((None, YEAR - 1), UNANSWERED)],
)
def test_an_alias_holds_in_its_years(with_alias, years: tuple[int | None, int | None], answer: tuple) -> None:
    assert with_alias(LOCAL_NAME, None, LOCAL_NAME, OWN, years) == answer


def test_an_alias_never_takes_an_official_name_from_its_unit(with_alias) -> None:
    official = next(unit for unit in communes(UNITS) if NAMES.get(unit["parent_code"], "").endswith(ANOTHER))
    found = with_alias(official["unit_name"], None, official["unit_name"], NAMES[official["parent_code"]])
    assert found == (official["unit_code"], "exact")


def test_the_corpus_damages_every_commune_in_every_way_that_applies() -> None:
    counts = Counter(name.kind for name in damaged(SEEDS, YEAR, FLOORS, [PROVINCE], SEED))
    assert counts.keys() == FLOORS.keys()
    assert counts["as written"] == counts["upper case"] == len(communes(UNITS, [PROVINCE]))
