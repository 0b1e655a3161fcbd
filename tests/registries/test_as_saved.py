"""Tables as office programs save them: however one is written, the same rows are read."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.registries.declared import registries
from dagster_project.registries.tables import read_table
from dagster_project.registries.values import Unfit, value
from dagster_project.root import REPOSITORY
from dagster_project.submissions import ledger

CORRECTIONS = registries()["corrections"]
LEVEL_RULES = registries()["level_rules"]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĐÔƯáàảãạấầẩẫậéèẻẽẹếệíìỉĩịóòỏõọốộớợúùủũụứựýỳỷỹỵ0123456789,;|\"'()/-."
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

words = st.text(LETTERS, min_size=1, max_size=8)
texts = st.lists(words, max_size=3).map(" ".join)
decimals = st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,9})?", fullmatch=True)
years = st.integers(1900, 2999).map(str)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(date.isoformat)
rules = st.lists(
    st.fixed_dictionaries(
        {
            "index_code": words,
            "tier": words,
            "level": words,
            "level_order": st.integers(1, 9).map(str),
            "pillar": words,
            "min_total": decimals,
            "valid_from_year": years,
            "valid_to_year": years | st.just(""),
            "source": texts,
        }
    ),
    max_size=5,
)
corrections = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("correction_id", "expect", "corrected", "decided_by", "authority", "why"), texts),
            **dict.fromkeys(("index_code", "unit_code", "field"), words),
            "year": years,
            "kind": st.sampled_from(["", "published", "appraised"]),
            "decided_on": days,
            "withdrawn_on": days | st.just(""),
        }
    ),
    max_size=5,
)


@st.composite
def ways(draw):
    """A way of writing a table: (columns, rows, types) → bytes."""
    mark = draw(st.sampled_from(",;\t|"))
    sep = draw(st.sampled_from(["", "sep={}", '"sep={}"', "sep=;", "SEP=,"])).format(mark)
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    heading = draw(st.sampled_from([str, str.upper, str.title, " {} ".format, lambda name: name.replace("_", " ")]))
    pad = draw(st.sampled_from(["{}", " {}", "{} ", "\u00a0{}"]))
    day = draw(st.sampled_from(["{2}/{1}/{0}", "{2}-{1}-{0}", "{2}.{1}.{0}", "{0}-{1}-{2}", "{0}-{1}-{2} 00:00:00"]))
    point = draw(st.sampled_from([".", ","]))
    tail = draw(st.integers(0, 2))
    blanks = draw(st.integers(0, 2))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    encode = draw(st.sampled_from([str.encode, utf8_mark, utf16, windows_1258, decomposed]))
    turn = draw(st.booleans())

    def write(registry, rows):
        target = io.StringIO()
        writer = csv.writer(target, delimiter=mark, lineterminator=ending, quoting=quoting)
        names = list(registry.columns)[:: -1 if turn else 1]
        writer.writerow([*map(heading, names), *[""] * tail])
        for row in rows:
            cells = [written(row[name], registry.columns[name], day, point) for name in names]
            writer.writerow([*map(pad.format, cells), *[""] * tail])
            for _ in range(blanks):
                writer.writerow([""] * (len(names) + tail))
        return encode((sep + ending if sep else "") + target.getvalue())

    return write


def written(text, type_, day, point):
    if type_ == "date" and text:
        return day.format(*text.split("-"))
    return text.replace(".", point) if type_.startswith("decimal") else text


def utf8_mark(text):
    return text.encode("utf-8-sig")


def utf16(text):
    return text.encode("utf-16")


def decomposed(text):
    return unicodedata.normalize("NFD", text).encode()


def windows_1258(text):
    """As Windows writes Vietnamese: a tone mark stands behind its letter."""
    return b"".join(_in_1258(letter) for letter in text)


def _in_1258(letter):
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(part for part in parts if part in TONES)
        return unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")


@given(rules, ways())
def test_rules_written_in_any_way_are_the_same_rows(rows, write):
    table, mistakes = read_table(write(LEVEL_RULES, rows), LEVEL_RULES, "a.csv")
    assert (list(table.rows()), mistakes) == (rows, [])


@given(corrections, ways())
def test_corrections_written_in_any_way_are_the_same_rows(rows, write):
    table, mistakes = read_table(write(CORRECTIONS, rows), CORRECTIONS, "a.csv")
    assert (list(table.rows()), mistakes) == (rows, [])


@given(rules)
def test_what_is_written_plainly_is_read_plainly(rows):
    table, _ = read_table(", ".join(LEVEL_RULES.columns).encode(), LEVEL_RULES, "a.csv")
    assert not table.is_plain
    plain = io.StringIO()
    writer = csv.DictWriter(plain, list(LEVEL_RULES.columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    table, _ = read_table(plain.getvalue().encode(), LEVEL_RULES, "a.csv")
    assert table.is_plain and table.content() == plain.getvalue().encode()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_bytes_are_there_is_a_table_or_a_sentence(content):
    table, mistakes = read_table(content, LEVEL_RULES, "a.csv")
    assert mistakes or all(row["min_total"] for row in table.rows())


def test_the_repositorys_registries_are_plain_and_build_as_they_lie():
    for name, registry in registries().items():
        content = (REPOSITORY / "dbt_project" / "seeds" / f"{name}.csv").read_bytes()
        table, mistakes = read_table(content, registry, name)
        assert table.is_plain and not mistakes, name


@pytest.mark.parametrize(
    ("text", "type_", "plain"),
    [
        ("84,25", "decimal(18,9)", "84.25"),
        ("84.250", "decimal(18,9)", "84.250"),
        ("1.234,5", "decimal(18,9)", None),
        ("84,2512345678", "decimal(18,9)", None),
        ("1234567890", "decimal(18,9)", None),
        ("90 %", "decimal(18,9)", None),
        ("2020.0", "integer", "2020"),
        ("2020,5", "integer", None),
        ("31/12/2024", "date", "2024-12-31"),
        ("1.2.2024", "date", "2024-02-01"),
        ("2024-2-1", "date", "2024-02-01"),
        ("2024-02-01T00:00:00", "date", "2024-02-01"),
        ("03/04/2021", "date", "2021-04-03"),
        ("04/15/2021", "date", None),
        ("31/02/2021", "date", None),
        ("05/04/21", "date", None),
        ("44291", "date", None),
        ("TRUE", "boolean", "true"),
        ("Sai", "boolean", "false"),
        ("maybe", "boolean", None),
    ],
)
def test_a_value_is_plain_or_refused(text, type_, plain):
    if plain is None:
        with pytest.raises(Unfit):
            value(text, type_)
    else:
        assert value(text, type_) == plain


HEADER = "file,sha256,year,kind,received_on,sender,note"
LINE = "2020/a.txt,,2020,published,2021-04-05,UBND tỉnh Thái Bình,QĐ 05"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{LINE}\n".encode(),
        f"{HEADER}\r\n{LINE}\r\n".encode("utf-8-sig"),
        f"{HEADER}\n{LINE}\n".replace(",", ";").encode("utf-8-sig"),
        f"{HEADER}\n{LINE}\n".replace(",", "\t").encode("utf-16"),
        f"sep=;\n{HEADER}\n{LINE}\n".encode("utf-8-sig"),
        f"{HEADER}\n{LINE}\n".replace("2021-04-05", "05/04/2021").encode(),
        f"{HEADER}\n{LINE}\n".replace("published", "Công bố").encode(),
        f"{HEADER}\n{LINE}\n".replace("published", "PUBLISHED").encode(),
        f"{HEADER}\n{LINE}\n".replace("2020,", "2020.0,").encode(),
        f"{HEADER.upper()}\n{LINE}\n,,,,,,\n,,,,,,\n".encode(),
        windows_1258(f"{HEADER}\n{LINE}\n"),
    ],
)
def test_a_ledger_saved_by_a_spreadsheet_program_is_the_same_ledger(tmp_path: Path, content: bytes):
    path = tmp_path / "submissions.csv"
    path.write_bytes(content)
    (entry,) = ledger.read(path)
    assert entry.fields() == LINE.split(",")
    ledger.append(path, entry)
    assert [one.fields() for one in ledger.read(path)] == [LINE.split(",")] * 2
    ledger.remove(path, [2])
    assert [one.fields() for one in ledger.read(path)] == [LINE.split(",")]


def test_a_day_of_receipt_to_come_is_refused_and_all_lines_are_told_of_at_once(tmp_path: Path):
    path = tmp_path / "data" / "submissions" / "submissions.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"{HEADER}\n2020/a.txt,,2020,,2999-01-01,,\n2020/b.txt,,2020,final,,,\n2020/c.txt,,2020,,,,\n")
    entries, mistakes = ledger.read_all(path)
    assert [one.file for one in entries] == ["2020/c.txt"]
    told = [(one.lines, one.column) for one in mistakes]
    assert told == [((2,), "received_on"), ((3,), "kind")]
    assert mistakes[0].english.startswith("the day of receipt 2999-01-01 is still to come; today is")
    assert mistakes[0].vietnamese.startswith("ngày nhận 2999-01-01 còn ở phía trước; hôm nay là")
