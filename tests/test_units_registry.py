"""The registries of units: what they promise to whoever resolves names, lists rosters or follows units through time.

Here: seeds/units.csv and unit_succession.csv, and the script that builds them. Not here: resolution of names (SQL).
"""

from __future__ import annotations

import csv
import importlib.util
import itertools
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "dbt_project" / "seeds"
REFERENCE = ROOT / "data" / "reference" / "units"
FOREVER = "9999-12-31"
TIERS = ["province", "district", "commune"]
REFORM = "2025-07-01"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def units() -> list[dict[str, str]]:
    return rows_of(SEEDS / "units.csv")


@pytest.fixture(scope="module")
def succession() -> list[dict[str, str]]:
    return rows_of(SEEDS / "unit_succession.csv")


@pytest.fixture(scope="module")
def decision_names() -> list[dict[str, str]]:
    return rows_of(ROOT / "tests" / "data" / "seed_names_resolved.csv")


@pytest.fixture(scope="module")
def names():
    spec = importlib.util.spec_from_file_location("unit_names", REFERENCE / "names.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def valid_on(units: list[dict[str, str]], day: str, **where: str) -> dict[str, dict[str, str]]:
    """The units valid on a day, by code; `where` holds columns and the values they must have."""
    found = [
        unit
        for unit in units
        if unit["valid_from"] <= day < (unit["valid_to"] or FOREVER) and all(unit[key] == where[key] for key in where)
    ]
    by_code = {unit["unit_code"]: unit for unit in found}
    assert len(by_code) == len(found), f"two units bear one code on {day}"
    return by_code


# --- the form -------------------------------------------------------------------------------------------------------


def test_the_script_builds_exactly_what_is_committed(tmp_path):
    subprocess.run([sys.executable, REFERENCE / "build.py", "--out", tmp_path], check=True, capture_output=True)
    for name in ("units.csv", "unit_succession.csv"):
        assert (tmp_path / name).read_bytes() == (SEEDS / name).read_bytes(), (
            f"run data/reference/units/build.py: {name}"
        )


def test_a_row_is_one_unit_and_period_under_its_own_key(units):
    keys = [unit["unit_key"] for unit in units]
    assert len(set(keys)) == len(keys)
    assert all(unit["unit_key"] == f"{unit['unit_code']}@{unit['valid_from'] or 'start'}" for unit in units)
    assert all(unit["valid_from"] < (unit["valid_to"] or FOREVER) for unit in units)
    assert all(unit["source"] and unit["source_date"] for unit in units)


def test_names_carry_their_type_and_are_tidy(units):
    for unit in units:
        name = unit["unit_name"]
        assert name.startswith(unit["unit_type"] + " ")
        assert name == unicodedata.normalize("NFC", " ".join(name.split()))
        assert unit["unit_name_ascii"].isascii() and len(unit["unit_name_ascii"]) == len(name)


def test_rows_are_sorted_and_lines_end_in_lf(units):
    order = [(TIERS.index(unit["tier"]), unit["unit_code"], unit["valid_from"]) for unit in units]
    assert order == sorted(order)
    assert all(b"\r" not in (SEEDS / name).read_bytes() for name in ("units.csv", "unit_succession.csv"))


def test_no_code_means_two_units_on_one_day(units):
    periods = defaultdict(list)
    for unit in units:
        periods[unit["unit_code"]].append((unit["valid_from"], unit["valid_to"] or FOREVER))
    for code, spans in periods.items():
        spans.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans)), code


def test_a_parent_is_valid_as_long_as_its_children(units):
    periods = defaultdict(list)
    for unit in units:
        periods[unit["unit_code"]].append((unit["valid_from"], unit["valid_to"] or FOREVER))
    for unit in units:
        if unit["tier"] == "province":
            assert unit["parent_code"] == "" and unit["province_code"] == unit["unit_code"]
            continue
        for parent in {unit["parent_code"], unit["province_code"]}:
            day, until = unit["valid_from"], unit["valid_to"] or FOREVER
            while day < until:
                ends = [end for start, end in periods[parent] if start <= day < end]
                assert ends, f"{unit['unit_key']}: its parent {parent} is not valid on {day or 'the first day'}"
                day = ends[0]


def test_a_commune_stands_under_a_district_until_the_reform_and_under_its_province_since(units):
    tier = {unit["unit_code"]: unit["tier"] for unit in units}
    for unit in units:
        if unit["tier"] == "commune":
            since_reform = unit["valid_from"] >= REFORM
            assert tier[unit["parent_code"]] == ("province" if since_reform else "district"), unit["unit_key"]
            assert (unit["parent_code"] == unit["province_code"]) is since_reform


# --- the content ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [("2021-02-01", 63, 705, 10_603), ("2025-06-30", 63, 696, 10_035), (REFORM, 34, 0, 3_321)],
)
def test_the_country_has_the_known_number_of_units(units, day, provinces, districts, communes):
    counts = Counter(unit["tier"] for unit in valid_on(units, day).values())
    assert (counts["province"], counts["district"], counts["commune"]) == (provinces, districts, communes)


THAI_BINH = ["336", "338", "339", "340", "341", "342", "343", "344"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-12-31", [19, 37, 35, 38, 36, 32, 33, 30]),  # the denominators of the decision's summary
        ("2024-10-31", [19, 37, 35, 38, 36, 32, 33, 30]),
        ("2024-12-31", [19, 35, 33, 32, 36, 28, 29, 30]),
    ],
)
def test_thai_binhs_districts_have_the_communes_of_their_time(units, day, expected):
    counts = Counter(unit["parent_code"] for unit in valid_on(units, day, tier="commune", province_code="34").values())
    assert [counts[district] for district in THAI_BINH] == expected


def test_thai_binh_had_286_communes_before_the_mergers_of_2020(units):
    assert len(valid_on(units, "2020-02-29", tier="commune", province_code="34")) == 286


def test_thai_binhs_communes_went_into_65_of_the_new_hung_yen(units, succession):
    of_thai_binh = {u["unit_key"] for u in valid_on(units, "2025-06-30", tier="commune", province_code="34").values()}
    successors = {step["successor_key"] for step in succession if step["predecessor_key"] in of_thai_binh}
    provinces = Counter(unit["province_code"] for unit in units if unit["unit_key"] in successors)
    assert provinces == {"33": 65}


def test_every_name_of_the_decision_of_2020_has_its_unit(units, decision_names):
    then = valid_on(units, "2020-12-31")
    assert len({row["code"] for row in decision_names}) == 43
    for row in decision_names:
        unit = then[row["code"]]
        assert unit["unit_name"] == row["official_2020"]
        if unit["tier"] == "commune":
            assert unit["parent_code"] == row["district_code"]


def test_the_communes_of_the_decision_are_what_they_had_become_by_2025(units, decision_names):
    then, early, reform = (valid_on(units, day) for day in ("2020-12-31", "2025-03-01", REFORM))
    changed = set()
    for row in decision_names:
        if not row["code_2025_07"]:
            continue
        assert reform[row["code_2025_07"]]["unit_name"] == row["unit_2025_07"]
        if early.get(row["code"]) != then[row["code"]]:
            changed.add(row["official_2020"])
    assert changed == {"Xã Quỳnh Bảo", "Xã Tây Tiến", "Xã Đông Quí", "Xã An Châu", "Xã Nam Thanh"}
    assert (early["12700"]["unit_name"], early["13057"]["unit_name"]) == ("Xã Liên An Đô", "Xã Nam Tiến")


def test_a_code_alone_identifies_nothing(units):
    then, reform = valid_on(units, "2020-12-31"), valid_on(units, REFORM)
    assert (then["12610"]["unit_name"], reform["12583"]["unit_name"]) == ("Xã Tân Tiến", "Xã Tân Tiến")
    assert then["12583"]["unit_name"] == "Xã Đồng Tiến" and "12610" not in reform
    assert (then["12970"]["unit_name"], reform["12970"]["unit_name"]) == ("Thị trấn Tiền Hải", "Xã Tiền Hải")


def test_another_spelling_is_not_another_unit(units):
    """One list writes 'Sủng Tráng', the next 'Sủng Cháng'; no resolution stands between them."""
    for variant in rows_of(REFERENCE / "spellings.csv"):
        here = [unit for unit in units if unit["unit_code"] == variant["code"] and unit["valid_from"] < REFORM]
        assert {unit["unit_name"] for unit in here} == {variant["name_2021"]}


def test_a_day_that_is_not_known_is_said_so(units):
    for unit in units:
        is_boundary = "2024-11-01" in (unit["valid_from"], unit["valid_to"])
        is_doubtful = is_boundary and unit["province_code"] != "34"
        assert ("the exact day is not known" in unit["source"]) is is_doubtful, unit["unit_key"]


# --- what followed what ---------------------------------------------------------------------------------------------


def test_a_step_leads_from_a_unit_that_ends_to_one_that_begins_that_day(units, succession):
    by_key = {unit["unit_key"]: unit for unit in units}
    for step in succession:
        old, new = by_key[step["predecessor_key"]], by_key[step["successor_key"]]
        assert (old["unit_code"], new["unit_code"]) == (step["predecessor_code"], step["successor_code"])
        assert old["valid_to"] == new["valid_from"] == step["effective_on"]
        assert step["tier"] == new["tier"] and step["source"]
    pairs = Counter((step["predecessor_key"], step["successor_key"]) for step in succession)
    assert max(pairs.values()) == 1


def test_the_kind_says_how_many_came_and_went(units, succession, names):
    by_key = {unit["unit_key"]: unit for unit in units}
    went = Counter(step["predecessor_key"] for step in succession)
    came = Counter(step["successor_key"] for step in succession)
    for step in succession:
        old, new = by_key[step["predecessor_key"]], by_key[step["successor_key"]]
        same = names.spelling_key(old["unit_name"]) == names.spelling_key(new["unit_name"])
        if went[old["unit_key"]] > 1:
            expected = "split"
        elif came[new["unit_key"]] > 1:
            expected = "merge"
        else:
            expected = "keep" if same else "rename"
        assert step["kind"] == expected, step


def test_no_unit_is_lost_without_a_word(units, succession):
    """All that ended has a successor, but for the districts that the reform abolished and the few units between the
    lists of 2021 and early 2025 of which nothing tells where they went (docs/units.md names them)."""
    followed = {step["predecessor_key"] for step in succession}
    lost = [unit for unit in units if unit["valid_to"] and unit["unit_key"] not in followed]
    districts = [unit for unit in lost if (unit["tier"], unit["valid_to"]) == ("district", REFORM)]
    islands_without_communes = 5
    assert len(districts) == len(valid_on(units, "2025-06-30", tier="district")) - islands_without_communes
    others = {unit["unit_name"] for unit in lost if unit["valid_to"] != REFORM}
    guide = (ROOT / "docs" / "units.md").read_text(encoding="utf-8")
    assert len(lost) - len(districts) == 11
    assert all(name in guide for name in others)


def test_what_is_on_record_has_its_resolution(units, succession):
    of_thai_binh = {unit["unit_key"] for unit in units if unit["province_code"] == "34"}
    for step in succession:
        if step["effective_on"] != "2024-11-01" or step["predecessor_key"] in of_thai_binh:
            assert "/" in step["legal_basis"], step
        else:
            assert step["legal_basis"] == "", step


def test_a_unit_that_took_others_in_is_followed_as_merged(succession):
    """Diêm Điền kept its code, name and type in 2020: only its new key tells that two communes joined it."""
    came = {s["predecessor_key"] for s in succession if s["successor_key"] == "12826@2020-03-01"}
    assert came == {"12826@start", "12886@start", "12895@start"}


def test_a_gone_commune_is_followed_in_two_steps(succession):
    following = defaultdict(set)
    for step in succession:
        following[step["predecessor_key"]].add((step["kind"], step["successor_key"]))
    assert following["12982@start"] == {("merge", "12997@2024-11-01")}
    assert following["12997@2024-11-01"] == {("merge", "12988@2025-07-01")}


def test_homonyms_of_the_conversion_table_are_dropped(succession):
    disputed = rows_of(REFERENCE / "mapping_2025_disputed.csv")
    dropped = {(row["old_code"], row["new_code"]) for row in disputed if row["verdict"] == "drop"}
    kept = {(row["old_code"], row["new_code"]) for row in disputed if row["verdict"] == "keep"}
    reform = {(s["predecessor_code"], s["successor_code"]) for s in succession if s["effective_on"] == REFORM}
    assert len(dropped) == 33 and not dropped & reform
    assert len(kept) == 3 and kept <= reform


def test_provinces_merge_too(succession):
    came = {s["predecessor_key"] for s in succession if s["successor_key"] == "33@2025-07-01"}
    assert came == {"33@start", "34@start"}
    merged = {s["successor_key"] for s in succession if s["tier"] == "province" and s["effective_on"] == REFORM}
    assert len(merged) == 23


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"), [("Hòa Bình", "Hoà Bình"), ("Đông Quí", "Đông Quý"), ("Phường 05", "Phường 5")]
)
def test_spellings_of_one_name_are_one(names, one, other):
    assert names.spelling_key(one) == names.spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Tiến Đức", "Tiên Đức"), ("Hưng Hà", "Hung Hà"), ("Phường 15", "Phường 5")]
)
def test_a_missing_mark_is_another_name(names, one, other):
    assert names.spelling_key(one) != names.spelling_key(other)


@given(st.sampled_from([row["unit_name"] for row in rows_of(SEEDS / "units.csv")]))
def test_a_names_form_does_not_matter(name):
    spec = importlib.util.spec_from_file_location("unit_names", REFERENCE / "names.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    damaged = "  ".join(unicodedata.normalize("NFD", name.upper()).split())
    assert module.spelling_key(damaged) == module.spelling_key(name)


# --- the next change ------------------------------------------------------------------------------------------------

LATER = "2099-01-01"


def built_with(tmp_path: Path, *changes: str) -> subprocess.CompletedProcess:
    """Builds both registries in tmp_path, as if these lines had been added to changes.csv."""
    copy = tmp_path / "units"
    shutil.copytree(REFERENCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "changes.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{change}\n" for change in changes)
    return subprocess.run(
        [sys.executable, "-X", "utf8", copy / "build.py", "--out", tmp_path],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_a_redrawn_map_is_lines_in_a_file(tmp_path):
    """Invented changes: 12454 takes in 12466, 12817 is divided, 12523 becomes a phường."""
    built = built_with(
        tmp_path,
        f"{LATER},12466,12454,Phường Trần Lãm,,0/TEST,test",
        f"{LATER},12454,12454,Phường Trần Lãm,,0/TEST,test",
        f"{LATER},12817,12817,Phường Trà Lý,,0/TEST,test",
        f"{LATER},12817,99999,Xã Thử Nghiệm,,0/TEST,test",
        f"{LATER},12523,12523,Phường Phụ Dực,,0/TEST,test",
    )
    assert built.returncode == 0, built.stderr
    steps = [step for step in rows_of(tmp_path / "unit_succession.csv") if step["effective_on"] == LATER]
    assert {(step["predecessor_code"], step["successor_code"], step["kind"]) for step in steps} == {
        ("12466", "12454", "merge"),
        ("12454", "12454", "merge"),
        ("12817", "12817", "split"),
        ("12817", "99999", "split"),
        ("12523", "12523", "rename"),
    }
    now = valid_on(rows_of(tmp_path / "units.csv"), LATER, province_code="33")
    assert "12466" not in now and now["99999"]["parent_code"] == "33"
    assert now["12454"]["unit_key"] == f"12454@{LATER}" and now["12523"]["unit_type"] == "Phường"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (f"{LATER},12610,12610,Xã Tân Tiến,,0/TEST,test", "no unit then had the code 12610"),
        ("2020-01-01,12454,12454,Xã Trần Lãm,,0/TEST,test", "2020-01-01 is not after 2025-07-01"),
        (f"{LATER},12454,12454,Xã Trần Lãm,34,0/TEST,test", "the parent of 12454, 34, is no unit from that day on"),
        (f"{LATER},12454,12454,Xã Trần Lãm,34", "changes.csv, line 27: 7 columns were expected"),
        (f"{LATER},12454,12454,Trần Lãm,,0/TEST,test", "'Trần Lãm' does not begin with a type of unit"),
    ],
)
def test_a_wrong_line_stops_the_build_with_a_sentence(tmp_path, change, complaint):
    built = built_with(tmp_path, change)
    assert built.returncode == 1
    assert complaint in built.stderr and "Traceback" not in built.stderr
