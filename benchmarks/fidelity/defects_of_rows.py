"""Defects of rows, names, numbering, the summary and the notes.

Here: one function per kind, each altering one thing, with the findings that show it. Not here: defects of figures and
levels (`defects.py`), and changes that are no defects (`neutral.py`).
"""

from __future__ import annotations

import re
from copy import deepcopy
from decimal import Decimal

from defects import COMPONENTS
from oracle import bare, official_units, plain, registered, summary_position, thresholds_of
from original import Line, column_number, true_rows
from planting import Cells, Draft, Expected, Planted, cell_text, of_summary, total_of

_COUNT = re.compile(r"(\d+)(?:/(\d+))?(?= (?:xã|phường|thị trấn))")


def row_repeated(draft: Draft) -> Planted | None:
    """The same row twice, beside the first or elsewhere in its annex; sometimes with all numbers made anew."""
    annex, place = draft.unit()
    return _repeated(draft, "row repeated", annex, place, deepcopy(draft.copy.row(annex, place)))


def row_repeated_otherwise(draft: Draft) -> Planted | None:
    """A unit twice with different figures, each row right in itself."""
    annex, place, column = draft.figure(COMPONENTS)
    second = deepcopy(draft.copy.row(annex, place))
    for each in (column, total_of(column)):
        number = column_number(annex, each)
        second.fields[number] = plain(Decimal(second.fields[number]) - 1)
    return _repeated(draft, "row repeated with other figures", annex, place, second)


def row_lost(draft: Draft) -> Planted | None:
    """A row that is gone: the numbers show it, or the summary. (Where neither can, see `unseen.py`.)"""
    annex, place = draft.unit()
    rows = draft.copy.rows(annex)
    is_numbered_anew = draft.chance.random() < 0.4
    if annex == "01" and (is_numbered_anew or place == len(rows)):
        return None
    level = draft.oracles[annex].levels[place]
    draft.copy.lines.remove(rows[place - 1])
    touched: set[Cells] = {(annex, place, None), (annex, None, "tt"), *of_summary(annex, place)}
    expected = []
    if is_numbered_anew:
        _number_anew(draft, annex)
    elif place < len(rows):
        expected += [
            draft.expect(
                "numbering_broken", annex, place + 1, "tt", stated=str(place + 1), figure=str(place), materiality="none"
            )
        ]
    if annex == "03":
        row = summary_position(official_units()[annex, place].parent)
        expected += [draft.expect("summary_name_differs", "02", row, "text", stated=level)]
    anew = ", the rest numbered anew" if is_numbered_anew else ""
    return Planted(
        "row lost", draft.copy, f"annex {annex}, row {place} lost{anew}", tuple(expected), frozenset(touched)
    )


def summary_count(draft: Draft) -> Planted | None:
    row, text, found, level = _statement(draft)
    count = int(found[1])
    said = max(0, count + draft.chance.choice((-3, -2, -1, 1, 2, 3, 10)))
    if said == count:
        return None
    draft.copy.set("02", row, "text", f"{text[: found.start(1)]}{said:02}{text[found.end(1) :]}")
    expected = draft.expect(
        "summary_count_differs", "02", row, "text", stated=str(said), figure=str(count), materiality="none"
    )
    return _of_summary_row(draft, "summary: count", row, f"{count} at {level} made {said}", expected)


def summary_denominator(draft: Draft) -> Planted | None:
    row, text, found, level = _statement(draft)
    if not found[2]:
        return None
    said = int(found[2]) + draft.chance.choice((-5, -2, -1, 1, 2, 9))
    draft.copy.set("02", row, "text", text[: found.start(2)] + str(said) + text[found.end(2) :])
    expected = draft.expect(
        "summary_denominator_differs", "02", row, "text", stated=str(said), figure=found[2], materiality="none"
    )
    return _of_summary_row(draft, "summary: denominator", row, f"{found[2]} (of {level}) made {said}", expected)


def summary_name(draft: Draft) -> Planted | None:
    """A name that is no longer listed, or another of the district's communes in its place."""
    row = draft.chance.choice(true_rows("02"))
    said = draft.chance.choice([each for each in row["statements"] if each["names"]])
    name = draft.chance.choice(said["names_as_printed"])
    text = draft.copy.get("02", row["position"], "text")
    if draft.chance.random() < 0.5:
        told = f"{name} left out"
        changed = next((text.replace(gone, "") for gone in (f", {name}", f"{name}, ") if gone in text), None)
    else:
        district = official_units()["02", row["position"]].code
        listed = {bare(each) for statement in row["statements"] for each in statement["names"]}
        detailed = {bare(unit.name) for (annex, _), unit in official_units().items() if annex == "03"}
        others = [each for each in registered(district) if bare(each) not in listed | detailed]
        other = draft.chance.choice(sorted(others))
        told, changed = f"{name} made {other}", text.replace(name, f"Ủy ban nhân dân {other}")
    if changed is None:
        return None
    draft.copy.set("02", row["position"], "text", changed)
    expected = draft.expect(
        "summary_name_differs", "02", row["position"], "text", figure=said["level"], materiality="none"
    )
    return _of_summary_row(draft, "summary: name", row["position"], told, expected)


def threshold_altered(draft: Draft) -> Planted | None:
    annex = draft.chance.choice(("01", "03"))
    level, rule = draft.chance.choice(list(thresholds_of(annex).items()))
    pillar = draft.chance.choice(("attainment", "readiness"))
    step = Decimal(draft.chance.choice(("0.05", "0.1", "0.5", "1", "2", "5", "10")))
    said = rule[pillar] + step * draft.chance.choice((1, -1))
    if said <= 0:
        return None
    text = draft.copy.get(annex, level, "note")
    numbers = list(re.finditer(r"\d+(?:,\d+)?", text))
    number = numbers[0 if pillar == "attainment" else 1]
    draft.copy.set(annex, level, "note", text[: number.start()] + plain(said).replace(".", ",") + text[number.end() :])
    expected = draft.expect(
        "threshold_differs",
        annex,
        level,
        "note",
        stated=plain(said),
        figure=plain(rule[pillar]),
        materiality=draft.oracles[annex].materiality_of_threshold(level, pillar, said),
    )
    told = f"annex {annex}, note on {level}: {pillar} {plain(rule[pillar])} made {plain(said)}"
    return Planted("threshold altered", draft.copy, told, (expected,), frozenset({(annex, level, "note")}))


def number_broken(draft: Draft) -> Planted | None:
    """A printed number that is not the row's."""
    annex, place = draft.unit()
    said = draft.chance.choice([number for number in range(1, 60) if number != place])
    draft.copy.set(annex, place, "tt", str(said))
    expected = draft.expect(
        "numbering_broken", annex, place, "tt", stated=str(said), figure=str(place), materiality="none"
    )
    told = f"annex {annex}, row {place}: numbered {said}"
    return Planted("numbering broken", draft.copy, told, (expected,), frozenset({(annex, None, "tt")}))


KINDS = (
    row_repeated,
    row_repeated_otherwise,
    row_lost,
    summary_count,
    summary_denominator,
    summary_name,
    threshold_altered,
    number_broken,
)


def _repeated(draft: Draft, kind: str, annex: str, place: int, second: Line) -> Planted:
    lines = draft.copy.lines
    after = draft.copy.row(
        annex, draft.chance.choice((place, draft.chance.randint(place, len(draft.copy.rows(annex)))))
    )
    lines.insert(next(i for i, line in enumerate(lines) if line is after) + 1, second)
    is_numbered_anew = draft.chance.random() < 0.5
    if is_numbered_anew:
        _number_anew(draft, annex)
    told = f"annex {annex}, row {place} again" + (", all numbered anew" if is_numbered_anew else "")
    touched = {(annex, place, None), (annex, None, "tt"), *of_summary(annex, place)}
    expected = Expected("unit_duplicated", second, "unit", stated=cell_text(second, annex, "unit"))
    return Planted(kind, draft.copy, told, (expected,), frozenset(touched))


def _number_anew(draft: Draft, annex: str) -> None:
    for number, line in enumerate(draft.copy.rows(annex), 1):
        line.fields[0] = str(number)


def _statement(draft: Draft) -> tuple[int, str, re.Match[str], str]:
    """A statement of the summary: its row, the row's text, where in it the count stands, and the level."""
    row = draft.chance.choice(true_rows("02"))
    text = draft.copy.get("02", row["position"], "text")
    found = list(_COUNT.finditer(text))
    assert len(found) == len(row["statements"])
    i = draft.chance.randrange(len(found))
    return row["position"], text, found[i], row["statements"][i]["level"]


def _of_summary_row(draft: Draft, kind: str, row: int, told: str, expected: Expected) -> Planted:
    return Planted(kind, draft.copy, f"annex 02, row {row}: {told}", (expected,), frozenset({("02", row, None)}))
