"""Mutations of the decision of 2020, through reading, SQL and reports: whatever is typed, a check ends in a report."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.checking.text import lines_of
from dagster_project.root import Root

DECISION = (Path(__file__).parents[1] / "data" / "inputs" / "01_decision.txt").read_text(encoding="utf-8")
ODD = ["", "-", "-5", "99999999", "1e5", "Mức độ V", "#REF!", "x" * 3000, "'; drop table x; --", "{{ref('x')}}"]
ODD += ["1.234.567,8", "12/08", "Ủy ban nhân dân", "Huyện", "\u202e", "năm 9999", "37/0 xã, phường đạt mức độ IV"]
ODD += ["0/0", "Phụ lục 01", "PHỤ LỤC 99", "II III", "≥ 99999999", "$\\geq 0$", "NULL", "nan", "inf"]


def mutated(seed: int) -> str:
    """The decision with some cells replaced, moved or added, and some lines gone or twice."""
    chance = random.Random(seed)
    lines = DECISION.split("\n")
    for _ in range(chance.choice([1, 3, 10, 40])):
        at = chance.randrange(len(lines))
        fields = lines[at].split("\t")
        match chance.randrange(10):
            case 0:
                del lines[at]
                continue
            case 1:
                lines.insert(chance.randrange(len(lines)), lines[at])
                continue
            case 2:
                chance.shuffle(fields)
            case 3:
                fields.append(chance.choice(ODD))
            case _:
                fields[chance.randrange(len(fields))] = chance.choice(ODD)
        lines[at] = "\t".join(fields)
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_typed_a_check_ends_in_a_report(tmp_path, seed):
    path = tmp_path / "mutated.txt"
    path.write_text(mutated(seed), encoding="utf-8")
    with checking.run(Root(), [path], (2020, 1900, 2999)[seed % 3]) as checked:
        reports = checking.reports_of(checked)
    assert [line.text for line in lines_of(reports)] and json.dumps(reports)
    assert checking.exit_code(reports) in (1, 2)
