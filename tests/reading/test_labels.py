"""Which spellings are the same word, and what a level's wording means."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import LABELS, ROOT

from dagster_project.reading.labels import Labels
from dagster_project.reading.texts import key, plain, squeezed

WORDS = LABELS.vocabularies[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tên cơ quan", "TÊN  CƠ\u00a0QUAN:"),
        ("Tên cơ quan", unicodedata.normalize("NFD", "tên cơ\nquan")),
        ("Hòa Bình", "Hoà Bình"),
        ("Thụy Dân", "Thuỵ Dân"),
        ("Ủy ban", "Uỷ ban"),
        ("Khỏe", "Khoẻ"),
        ("Điểm – số", "Điểm - số"),
        ("Xã Đông Mỹ", "Xã Đông Mỹ\u200b"),
        ("<p>Kết quả</p>", "Kết quả"),
    ],
)
def test_the_same_words(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Tiên", "Tiến"), ("Hưng", "Hung"), ("Đông", "Dông"), ("Mức I", "Mức II")])
def test_other_words(one, other):
    assert key(one) != key(other)


def test_letters_one_below_the_other():
    assert squeezed("H\nạ\nt\nầ\nn\ng") == squeezed("Hạ tầng")


def test_marks_of_other_programs():
    assert plain(r"$\geq 84,25$; x >= 5; y => 6; z <= 7") == "≥ 84,25; x ≥ 5; y ≥ 6; z ≤ 7"
    assert plain("5 $ and 6 $ stay") == "5  and 6  stay" or "$" in plain("costs 5 $")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Mức độ II", "II"),
        ("Mức IV", "IV"),
        ("MỨC 3", "III"),
        ("Đạt mức độ I", "I"),
        ("Mức độ: II", "II"),
        ("Mức độ: 2", "II"),
        ("Mức độ II (đạt)", "II"),
        ("II", "II"),
        ("Ⅱ", "II"),
        ("Không xếp hạng", "unranked"),
        ("không đủ điều kiện xếp hạng", "unranked"),
        ("Không đạt mức IV", None),
        ("Chưa đạt mức độ III", None),
        ("Mức I-II", None),
        ("Mức V", None),
        ("Tốt", None),
        ("", None),
    ],
)
def test_what_a_level_is_called(text, level):
    assert WORDS.level(text) == level


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Xã An Khê", "xã"),
        ("TT Đông Hưng", "thị trấn"),
        ("TT. Đông Hưng", "thị trấn"),
        ("UBND huyện Vũ Thư", "huyện"),
        ("Uỷ ban nhân dân thành phố Thái Bình", "thành phố"),
        ("Thị xã", "thị xã"),
        ("Hung Hà", None),
        ("TT", None),
    ],
)
def test_the_type_of_a_name(name, kind):
    assert WORDS.type_of(name) == kind


def test_which_types_have_others_below_them():
    assert WORDS.parent_types == {"huyện", "quận", "thị xã", "thành phố"}


def test_the_fingerprint_tells_registries_apart(tmp_path):
    for name in ("labels.csv", "components.csv", "pillars.csv"):
        (tmp_path / name).write_bytes((ROOT / "dbt_project/seeds" / name).read_bytes())
    assert Labels.load(tmp_path).fingerprint == LABELS.fingerprint
    with (tmp_path / "labels.csv").open("a", encoding="utf-8") as file:
        file.write(",Tên gọi,unit,\n")
    assert Labels.load(tmp_path).fingerprint != LABELS.fingerprint


def test_labels_of_one_index_hold_for_it_alone(tmp_path):
    (tmp_path / "labels.csv").write_text(
        "index_code,label,role,target\n,Unit,unit,\na,Alpha,component,alpha\nb,Beta,component,beta\n", encoding="utf-8"
    )
    (tmp_path / "components.csv").write_text("index_code,component,pillar\na,alpha,one\nb,beta,two\n", encoding="utf-8")
    pillars = "index_code,pillar,parent_pillar\na,one,\nb,two,whole\nb,three,whole\nb,whole,\nc,four,\nc,five,\n"
    (tmp_path / "pillars.csv").write_text(pillars, encoding="utf-8")
    first, second = Labels.load(tmp_path).vocabularies
    assert (first.index_code, second.index_code) == ("a", "b")
    assert first.has("unit", "unit") and second.has("unit", "UNIT")
    assert first.has("component", "Alpha") and not second.has("component", "Alpha")
    assert (first.pillar_of, second.pillar_of) == ({"alpha": "one"}, {"beta": "two"})
    assert (first.whole, second.whole) == ("one", "whole")


@given(st.text(max_size=50))
def test_the_key_is_one_of_itself(text):
    assert key(key(text)) == key(text)
