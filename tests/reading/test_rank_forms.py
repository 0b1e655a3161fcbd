"""How ranks, and what stands beside them, are printed: one law for all forms, and what a whole column decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import LABELS, units

from dagster_project.reading import Document, read

HEADER = "TT\tTên cơ quan\tHạ tầng\tNhân lực\tMôi trường\tTổng số điểm\t{}"
FORMS = [
    "{rank}",
    "{rank:02}",
    "Hạng {rank}",
    "Thứ hạng: {rank}",
    "{rank}/{units}",
    "Hạng {rank}/{units}",
    "{rank}-{last}",
    "{rank} – {last}",
    "{rank}=",
    "{rank} =",
    "={rank}",
]


def document(*ranks: str, header: str = "Xếp hạng") -> Document:
    rows = [f"{at}\tHuyện {'ABCDE'[at - 1]}\t1\t2\t3\t6\t{rank}" for at, rank in enumerate(ranks, 1)]
    return read("\n".join([HEADER.format(header), *rows]).encode(), "a.txt", LABELS)[1]


def cells(found: Document, role: str) -> list[Decimal | str | None]:
    """The numbers of a role, or what is wrong with them."""
    return [cell.number if cell.flaw is None else cell.flaw for cell in found.cells if cell.role == role]


@given(st.sampled_from(FORMS), st.integers(1, 900), st.integers(1, 90))
def test_a_rank_is_read_in_every_form_that_people_print(form, rank, more):
    printed = form.format(rank=rank, units=rank + more, last=rank + more)
    assert cells(document(printed), "rank") == [rank]


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from("/-"))
def test_a_column_is_of_ranks_as_a_whole(first, second, mark):
    """'15/8' is no rank, and so '3/8' beside it is none either: both may be days."""
    rightly = first < second or (first == second and mark == "/")
    assert cells(document("3/8", f"{first}{mark}{second}"), "rank") == ([3, first] if rightly else ["not_a_number"] * 2)


@pytest.mark.parametrize("printed", ["3 hoặc 4", "ba", "Hạng", "3*", "1/2/3", "3.8/9", "Hạng 3 (khá)"])
def test_what_is_no_rank_is_told(printed):
    assert cells(document(printed), "rank") == ["not_a_number"]


def test_a_shared_place_that_is_printed_once_leaves_the_second_empty():
    found = document("1", "2", "", "4")
    assert cells(found, "rank") == [1, 2, None, 4] and not found.doubts


@pytest.mark.parametrize(
    ("header", "printed", "rank", "total"),
    [
        ("Thứ hạng và điểm", "01 (6,5)", 1, "6.5"),
        ("Xếp hạng (điểm)", "Hạng 3/8 (0,727)", 3, "0.727"),
        ("XẾP HẠNG (TỔNG ĐIỂM)", "17-18 (70)", 17, "70"),
        ("Điểm (xếp hạng)", "6,5 (01)", 1, "6.5"),
        ("Tổng điểm và thứ hạng", "0,727 ( 17 = )", 17, "0.727"),
    ],
)
def test_a_rank_and_a_total_in_one_cell_are_two_figures_of_one_place(header, printed, rank, total):
    text = f"TT\tTên cơ quan\tHạ tầng\tNhân lực\tMôi trường\t{header}\n1\tHuyện A\t1\t2\t3\t{printed}"
    found = read(text.encode(), "a.txt", LABELS)[1]
    (unit,) = units(found)
    assert (unit["rank"], unit["total readiness"]) == (rank, Decimal(total))
    both = [cell for cell in found.cells if cell.role in ("rank", "total")]
    assert [cell.raw_text for cell in both] == [printed] * 2 and both[0].place == both[1].place


def test_a_cell_that_lacks_one_of_the_two_figures_gives_neither():
    text = "TT\tTên cơ quan\tHạ tầng\tXếp hạng (điểm)\n1\tHuyện A\t1\t01 (6)\n2\tHuyện B\t1\t2\n3\tHuyện C\t1\t"
    found = read(text.encode(), "a.txt", LABELS)[1]
    assert cells(found, "rank") == [1, "not_a_number", None]
    assert cells(found, "total") == [6, "not_a_number", None]


def test_a_header_of_two_figures_over_one_is_what_stands_outside_its_brackets():
    assert cells(document("1", "2", header="Xếp hạng (điểm)"), "rank") == [1, 2]


def test_two_figures_in_another_order_than_the_header_says_are_not_guessed():
    text = "TT\tTên cơ quan\tHạ tầng\tXếp hạng (điểm)\n1\tHuyện A\t1\t0,727 (1)\n2\tHuyện B\t1\t2 (3)"
    found = read(text.encode(), "a.txt", LABELS)[1]
    assert [column.role for column in found.columns] == ["number", "unit", "component", "unknown"]


@pytest.mark.parametrize("header", ["Tỷ lệ %", "Tỉ lệ (%)", "% so với điểm tối đa", "TỶ LỆ"])
def test_a_share_of_the_maximum_beside_the_points_is_known_and_no_score(header):
    found = document("85,5%", "90%", header=header)
    assert cells(found, "percentage") == [Decimal("85.5"), 90]
    assert not [column for column in found.columns if column.role == "unknown"]
    assert sum(cell.role in ("component", "total") for cell in found.cells) == 8


def test_each_group_may_have_its_share():
    group = "\t{}\tTổng số điểm\tTỷ lệ %"
    header = f"TT\tTên cơ quan{group.format('Hạ tầng')}{group.format('Hiện diện')}"
    text = f"{header}\n1\tHuyện A\t1\t1\t2%\t5\t5\t9%"
    found = read(text.encode(), "a.txt", LABELS)[1]
    assert cells(found, "percentage") == [2, 9] and cells(found, "total") == [1, 5]
