"""One measurement: copies planted by a seed, checked by all tools, and scored.

Here: which kinds how often, and the order of things. Not here: the command and its tables (`run.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import defects
import defects_of_names
import defects_of_rows
import neutral
from baselines import Given, Tool, tables_of
from egov_check import Checker, Finding
from original import FORMS, Copy, decision
from planting import Planted, plant
from tally import Outcome, of_findings, of_flags

DEFECTS = (*defects.KINDS, *defects_of_names.KINDS, *defects_of_rows.KINDS)
_NEUTRAL_IN_TEN = 3
_AT_ONCE = 50


def planted(count: int, seed: int) -> Iterator[tuple[str, Planted]]:
    """Copies, each with the name of what it is a copy of. Seven in ten have a defect of the decision, each kind in its
    turn; the others are neutral changes of the decision or of it without its own findings."""
    chance = Random(seed)
    originals = sources()
    for i in range(count):
        turn, place = divmod(i, 10)
        if place < _NEUTRAL_IN_TEN:
            kind = neutral.KINDS[(turn * _NEUTRAL_IN_TEN + place) % len(neutral.KINDS)]
            source = chance.choice(list(originals))
        else:
            kind = DEFECTS[(turn * (10 - _NEUTRAL_IN_TEN) + place - _NEUTRAL_IN_TEN) % len(DEFECTS)]
            source = "decision"
        copy = plant(kind, chance, originals[source])
        form = chance.choice(FORMS)
        yield source, copy if copy.form == "xlsx" else replace(copy, form=form)


def sources() -> dict[str, Copy]:
    return {"decision": decision(), "mended": neutral.clean()}


def measure(
    copies: Iterable[tuple[str, Planted]], tools: list[Tool], progress: Callable[[int], None] = lambda done: None
) -> Iterator[Outcome]:
    """The outcomes of all tools on all copies; `progress` is told how many copies are done."""
    checker = Checker()
    originals = sources()

    @cache
    def found_before(source: str, form: str) -> list[Finding]:
        return _in_file(checker.findings(originals[source], form))

    before = {
        tool.name: dict(zip(originals, tool.flags([*map(tables_of, originals.values())]), strict=True))
        for tool in tools
    }
    done = 0
    copies = iter(copies)
    while batch := list(islice(copies, _AT_ONCE)):
        given: list[Given] = [tables_of(each.copy) for _, each in batch]
        for tool in tools:
            for (source, each), flags in zip(batch, tool.flags(given), strict=True):
                yield of_flags(tool.name, each, before[tool.name][source], flags)
        for source, each in batch:
            after = _in_file(checker.findings(each.copy, each.form))
            yield of_findings(each, found_before(source, each.form), after)
            done += 1
            progress(done)


def clean_documents() -> Iterator[tuple[str, int]]:
    """The decision without its own findings in each form, and how many findings it has."""
    checker = Checker()
    for form in FORMS:
        yield form, len(_in_file(checker.findings(neutral.clean(), form)))


def _in_file(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.scope == "file"]
