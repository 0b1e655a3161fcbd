"""What engines call in their own way (`dbt_project/macros/engine/`), and the traps that raise no error: each macro
gives the same on every engine."""

from __future__ import annotations

import importlib.util
import re
from contextlib import nullcontext

import duckdb
import pytest

from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, spark

HAS_SPARK = importlib.util.find_spec("pyspark") and importlib.util.find_spec("pysail")
NEEDS_SPARK = pytest.mark.skipif(not HAS_SPARK, reason="the extra spark is not installed")
ENGINES = [build.DUCKDB, pytest.param(spark.ENGINE, marks=NEEDS_SPARK)]

ROWS = """(
    select 'x' as g, 1 as n, 'b' as word, cast(null as integer) as may_be_empty, cast(1.5 as decimal(18, 9)) as figure
    union all select 'x', 2, 'a', 7, cast(2.5 as decimal(18, 9))
    union all select 'x', 3, null, 5, cast(2.25 as decimal(18, 9))
    union all select 'y', 4, 'c', 9, cast(0.1 as decimal(18, 9))
)"""


# The sign for a list of texts: a list in a column is what models have, no engine's own word for one is.
LIST = "{{ 'array' if target.type == 'spark' else 'list_value' }}"
NO_LIST = f"nullif({LIST}('a'), {LIST}('a'))"


def of_list(expression: str, *texts: str) -> str:
    return f"(select {expression} from (select {LIST}({', '.join(texts)}) as words) as t)"


def of_no_list(expression: str) -> str:
    return f"(select {expression} from (select {NO_LIST} as words) as t)"


def of_each(words: str) -> str:
    each = f"select {{{{ each_of('words') }}}} as word from (select {words} as words) as t"
    return f"(select count(*) from ({each}) as one)"


def of_chain(asked: str, following: str) -> str:
    """Asks what is reached from 1, where a row is followed by another."""
    chain = f"{{{{ followed('chain', 'select 1 as n', '{following}') }}}}"
    return f"(with {{{{ recursive() }}}} {chain} {asked} from chain)"


def of_rows(expression: str, where: str = "g = 'x'") -> str:
    return f"(select {expression} from {ROWS} as t where {where})"


# By name: the SQL, and what it is as text.
CASES = {
    # What is empty comes last: on Spark it would come first, and 'b' with it.
    "first_of": ("(select n from {{ first_of('rows_of_test', 'g', 'may_be_empty') }} as one where g = 'x')", "3"),
    "first_of where": (
        "(select n from {{ first_of('rows_of_test', 'g', 'n desc', where='n < 3') }} as one where g = 'x')",
        "2",
    ),
    # The row that is first has no word, and does not count.
    "first_by": (of_rows("{{ first_by('word', '0 - n') }}"), "a"),
    "last_by": (of_rows("{{ last_by('word', 'n') }}"), "a"),
    "joined": (of_rows("{{ joined('word', '; ', 'word') }}"), "a; b"),
    "joined, empty last": (of_rows("{{ joined('cast(n as string)', ' ', 'may_be_empty') }}"), "3 2 1"),
    "joined, nothing": (of_rows("{{ joined('word', '; ', 'word') }}", "n = 3"), None),
    "middle of three": (of_rows("{{ middle('figure') }}"), "2.250000000"),
    "middle of two": (of_rows("{{ middle('figure') }}", "n in (1, 2)"), "1.500000000"),
    "others_up_to": (
        "(select max(others) from (select {{ others_up_to('n', 'step following', 'g') }} as others "
        "from (select *, 1 as step from rows_of_test) as t where g = 'x') as counted)",
        "2",
    ),
    "others_up_to, before": (
        "(select max(others) from (select {{ others_up_to('n', 'step preceding', 'g') }} as others "
        "from (select *, 1 as step from rows_of_test) as t where g = 'x') as counted)",
        "2",
    ),
    "each_of": (of_each(f"{LIST}('a', '', 'b')"), "3"),
    "each_of, no list": (of_each(NO_LIST), "0"),
    "first_text": (of_list("{{ first_text('words') }}", "''", "'b'", "'c'"), "b"),
    "first_text, after nothing": (of_list("{{ first_text('words') }}", "null", "''", "'b'"), "b"),
    "first_text, none": (of_list("{{ first_text('words') }}", "''", "''"), None),
    "strung": (of_list("{{ strung('words', ' | ') }}", "'a'", "''", "'b'"), "a |  | b"),
    "strung, with nothing": (of_list("{{ strung('words', ' | ') }}", "'a'", "null", "'b'"), "a | b"),
    "strung, no list": (of_no_list("{{ strung('words', ' | ') }}"), None),
    "how_many": (of_list("{{ how_many('words') }}", "'a'", "''", "null"), "3"),
    "how_many, no list": (of_no_list("{{ how_many('words') }}"), None),
    "followed": (of_chain("select max(n)", "select n + 1 as n from BEFORE where n < 9"), "9"),
    "replaced": ("{{ replaced(\"'hy ly'\", '(h|l)y', '\\\\1i') }}", "hi li"),
    "replaced, days": (
        "(select {{ written_vi('value') }} from "
        "(select '2021-04-05' as value, false as is_figure, 'citation' as field) as t)",
        "05/04/2021",
    ),
    "blanks": ("{{ single_spaced(\"' a' || chr(160) || chr(9) || 'b '\") }}", "a b"),
    "begins_with": ("{{ begins_with(\"'huyện a'\", \"'huyện '\") }}", "true"),
    "unmarked": (
        "{{ unmarked(\"'tiền hải, côte, são tomé, curaçao, türkiye, åland'\") }}",
        "tien hai, cote, sao tome, curacao, turkiye, aland",
    ),
    "name_key": ("{{ name_key(\"'Phường  01 Quý Hoà'\") }}", "phường 1 quí hoà"),
    "a slip": ("{{ are_a_slip_apart(\"'hai'\", \"'hia'\") }}", "true"),
    "a slip of one letter": ("{{ are_a_slip_apart(\"'hai'\", \"'ha'\") }}", "true"),
    "two slips": ("{{ are_a_slip_apart(\"'hai'\", \"'ihb'\") }}", "false"),
    "is_a_slip_of": ("{{ is_a_slip_of(\"'tiên hai'\", \"'tiền hải'\") }}", "false"),
    "is_a_slip_of, one": ("{{ is_a_slip_of(\"'tiền hải'\", \"'tiền hãi'\") }}", "true"),
    "lost marks": ("{{ has_only_lost_marks(\"'tien hải'\", \"'tiền hải'\") }}", "true"),
    "other marks": ("{{ has_only_lost_marks(\"'tiến hải'\", \"'tiền hải'\") }}", "false"),
    "written_day": ("{{ written_day(\"date '2024-11-01'\") }}", "01/11/2024"),
    "plain": ("{{ plain('cast(45.13 as decimal(38, 18))') }}", "45.13"),
    "plain, nothing": ("{{ plain('cast(0 as decimal(38, 18))') }}", "0"),
    # Not 1E-9, as a decimal is called where Spark's ANSI mode is off.
    "plain, little": ("{{ plain('cast(0.000000001 as decimal(38, 18))') }}", "0.000000001"),
    "smallest_units": ("{{ smallest_units('cast(0.00000001 as decimal(18, 9))') }}", "10000000000"),
    "smallest_units, one": ("{{ smallest_units('cast(0.000000000000000001 as decimal(38, 18))') }}", "1"),
    # The traps that raise no error: nine decimals of a product, where Spark would keep six; the sign of a decimal,
    # which is floating point on Spark; what nothing of a group makes, which for a list is null here and empty there.
    "rounded, all nine decimals": ("{{ rounded('123456789', '1') }}", "0.123456789"),
    "rounded": ("{{ rounded('200', '300') }}", "0.000000001"),
    "rounded, half away from zero": ("{{ rounded('-5', '10') }}", "-0.000000001"),
    "rounded, large": (
        "{{ rounded(\"cast('70000000000000000001' as \" ~ large_whole() ~ ')', '100000000000') }}",
        "0.700000000",
    ),
    "whole_ratio": ("{{ whole_ratio('-7', '2') }}", "-4"),
    "whole_ratio, of large numbers": (
        "{{ whole_ratio(\"cast('-9007199254740993' as \" ~ large_whole() ~ ')', '1') }}",
        "-9007199254740993",
    ),
    "nothing of a group": (of_rows("max(word) filter (where n > 9)"), None),
    "whole_number": ("{{ whole_number(\"' 12 '\") }}", "12"),
    "whole_number, of a half": ("{{ whole_number(\"'2.5'\") }}", None),
    "whole_number, of less than nothing": ("{{ whole_number(\"'-2.0'\") }}", "-2"),
    "whole_number, of words": ("{{ whole_number(\"'Mức III'\") }}", None),
    "whole_number, of nothing": ("{{ whole_number(\"''\") }}", None),
    "whole_number, too large": ("{{ whole_number(\"'99999999999'\") }}", None),
    "exact_ratio": ("{{ exact_ratio('2', '3') }}", "0.666666667"),
    "difference": (
        "cast(1.000000000000000001 as decimal(38, 18)) - cast(1 as decimal(38, 18))",
        "0.000000000000000001",
    ),
    "average": (of_rows("{{ average('figure') }}", "n in (1, 2)"), "2.0"),
}


@pytest.fixture(scope="module", params=ENGINES)
def answered(request: pytest.FixtureRequest) -> dict[str, str | None]:
    columns = ", ".join(f"cast({sql} as string) as c{place}" for place, (sql, _) in enumerate(CASES.values()))
    sql = f"with rows_of_test as (select * from {ROWS} as t) select {columns}"
    answer = _asked(request.param, sql)
    return dict(zip(CASES, answer, strict=True))


def _asked(engine: str, sql: str) -> tuple:
    """One row of an engine's answer."""
    if engine == build.DUCKDB:
        return duckdb.connect().execute(_compiled(engine, sql)).fetchall()[0]
    with spark.session() as session:
        return tuple(session.sql(_compiled(engine, sql)).collect()[0])


def _compiled(engine: str, sql: str) -> str:
    results = build.run(Root(), "compile", "--no-populate-cache", "--inline", sql, engine=engine)
    return results[0].node.compiled_code


@pytest.mark.parametrize("name", CASES)
def test_a_macro_gives_the_same_on_each_engine(name: str, answered: dict[str, str | None]):
    assert answered[name] == CASES[name][1]


def test_no_model_collects_a_list_of_a_group():
    """Of nothing it would be null on DuckDB and empty on Spark."""
    project = REPOSITORY / "dbt_project"
    files = [*project.glob("models/**/*.sql"), *project.glob("macros/*.sql")]
    collecting = re.compile(r"\b(list|array_agg|collect_list|collect_set)\s*\(", re.IGNORECASE)
    assert [path.name for path in files if collecting.search(path.read_text("utf-8"))] == []
    assert len(files) > 100


@NEEDS_SPARK
def test_what_is_followed_further_than_eight_steps_is_an_error_on_spark():
    far = of_chain("select max(n) as n", "select n + 1 as n from BEFORE where n < 10")
    assert _asked(build.DUCKDB, f"select n from {far} as far") == (10,)
    with pytest.raises(Exception, match="more than eight steps"):
        _asked(spark.ENGINE, f"select n from {far} as far")


@NEEDS_SPARK
def test_what_does_not_fit_its_type_is_an_error_for_dbt_on_spark_too():
    """dbt-spark itself turns off, with each statement, what makes it one."""
    from dbt.adapters.spark.connections import SparkCredentials
    from dbt.adapters.spark.session import Connection

    with spark.session():
        of_dbt = SparkCredentials(host="session", method="session", schema="main")
        for figure, is_right in ((999, True), (1000, False)):
            cursor = Connection(server_side_parameters=of_dbt.server_side_parameters).cursor()
            with nullcontext() if is_right else pytest.raises(Exception, match=r"too large|cannot be represented"):
                cursor.execute(f"select cast({figure} as decimal(5, 2))")
                assert cursor.fetchall()[0][0] == figure
