"""Kinds that touch whole rows and lists of the summary annex, of which some are not seen yet.

Here: one function per kind, and how many of a few copies of each are seen. They are told apart from the others so that
nobody takes 100 % for all there is. Not here: kinds that one
document cannot show at all (`unseen.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from random import Random

from egov_check import Checker
from original import decision, true_rows
from planting import Draft, Planted, plant


def row_lost(draft: Draft) -> Planted:
    row = draft.chance.choice(draft.copy.rows("02"))
    draft.copy.lines.remove(row)
    return _planted(draft, "summary: a district's row lost")


def row_repeated(draft: Draft) -> Planted:
    lines, row = draft.copy.lines, draft.chance.choice(draft.copy.rows("02"))
    at = next(i for i, line in enumerate(lines) if line is row)
    lines.insert(at, deepcopy(row))
    return _planted(draft, "summary: a district's row repeated")


def number_broken(draft: Draft) -> Planted:
    row = draft.chance.choice(draft.copy.rows("02"))
    row.fields[0] = str(int(row.fields[0]) + draft.chance.randint(1, 9))
    return _planted(draft, "summary: numbering broken")


def list_lost(draft: Draft) -> Planted:
    """The only list of names of a statement, with its brackets."""
    position = draft.chance.choice([row["position"] for row in true_rows("02") if row["position"] > 2])
    text = draft.copy.get("02", position, "text")
    draft.copy.set("02", position, "text", re.sub(r" \([^()]*\)", "", text, count=1))
    return _planted(draft, "summary: a list of names lost")


def name_repeated(draft: Draft) -> Planted:
    position = draft.chance.choice([row["position"] for row in true_rows("02")])
    text = draft.copy.get("02", position, "text")
    name = re.search(r"\(([^(),]*)", text)
    assert name
    draft.copy.set("02", position, "text", text.replace(name[1], f"{name[1]}, {name[1]}", 1))
    return _planted(draft, "summary: a name listed twice")


KINDS = (row_lost, row_repeated, number_broken, list_lost, name_repeated)


def seen_yet(seed: int, copies: int = 6) -> Iterator[tuple[str, int, int]]:
    """Each kind: how many copies, and in how many of them a check of scope `file` says anything new."""
    checker, chance, original = Checker(), Random(seed), decision()
    before = {one.says for one in checker.findings(original, "txt")}
    for kind in KINDS:
        planted = [plant(kind, chance, original) for _ in range(copies)]
        found = [checker.findings(each.copy, "txt") for each in planted]
        seen = [any(one.scope == "file" and one.says not in before for one in findings) for findings in found]
        yield planted[0].kind, copies, sum(seen)


def _planted(draft: Draft, kind: str) -> Planted:
    return Planted(kind, draft.copy, "annex 02", touched=frozenset({("02", None, None)}))
