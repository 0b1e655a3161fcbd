"""What the columns of one table are, by the words above them.

Here: one stack of header texts (group above name) to a role, then the columns of a table beside each other. Not here:
which lines are a header, and how its cells come to stand above each other (`headers.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from .labels import Vocabulary
from .numbers import decimal_of
from .texts import key, one_line
from .years import taken_out

UNKNOWN = "unknown"
FIGURES = frozenset({"component", "total", "rank", "percentage"})
# What is of a year, and may be of an earlier one than the columns beside it.
OF_A_YEAR = FIGURES | {"level", "rank_total", "total_rank"}
# Labels of a rank and a total that share a cell, the one outside of the brackets first.
_PAIRS = {"rank_total": ("rank", "total"), "total_rank": ("total", "rank")}
_COLUMN_ROLES = frozenset(
    {"number", "unit", "parent", "level", "summary", "level_count", "count", "ignored", *FIGURES, *_PAIRS}
)
# What a label of another kind heads where nothing stands below it: a pillar its total, a level the number of its units,
# a maximum what the index says and no unit's figure.
_HEADED_BY = {"pillar": "total", "level_name": "level_count", "maximum": "ignored"}
_LONGEST_HEADER = 200
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_SEPARATOR = re.compile(r"\s+-\s+|\s*[:/|>]\s*")
_AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?![0-9.,]*\s*%)")
# 'a) ', '1. ', 'II - ', '1.2 '; a letter with a hyphen and no space is a word such as 'E-Government'.
_ENUMERATION = re.compile(
    r"^(?:(?:[ivxlc]+|[a-zđ]|[0-9]+)(?:\s*[.):]|\s*-(?=\s))|[0-9]+\s*-|[0-9]+(?:\.[0-9]+)+)\s*(?=[^\W\d])"
)
_DIGIT_BEFORE_LETTER = re.compile(r"([0-9])(?=[^\W\d_])")
_AMOUNT_AT_END = re.compile(r"[\s-]*[0-9]+(?:[.,][0-9]+)?\s*$")


@dataclass(frozen=True, slots=True, eq=False)  # a key of rows: itself, not what it says
class HeaderColumn:
    """One column under a header.

    width: how many columns of the file its name is merged over. header: its texts from the top, joined by ' / '.
    group: the pillar of the texts above its name, or of the component. alternatives: roles that its label has besides.
    is_hidden: the program does not show it; repeats: it does show another of the same name. part: of a column whose
    cells hold two figures, '01 (0,727)', which of them is meant, 0 or 1. has_two_numbers: of a rank, '3/8' and '17-18'
    are ranks in this column (`ranks.py`). year: that its header names ('Tổng điểm năm 2020').
    """

    column: int
    header: str
    role: str
    target: str | None = None
    group: str | None = None
    stated_max: Decimal | None = None
    width: int = 1
    alternatives: tuple[str, ...] = ()
    is_hidden: bool = False
    repeats: bool = False
    part: int | None = None
    has_two_numbers: bool = False
    year: int | None = None

    @property
    def is_percentage(self) -> bool:
        """Whether its header says that its figures are percentages."""
        return self.role == "percentage" or "%" in self.header

    @property
    def identity(self) -> tuple[str, str | None, str]:
        """What makes it the same column on the next page."""
        return self.role, self.target, str(self.year or "") if self.role != UNKNOWN else key(self.header)


def column_of(number: int, width: int, texts: list[str], vocabulary: Vocabulary) -> HeaderColumn:
    """A column by the texts of its header, the outermost group first."""
    dated = [(text, None) if _column_roles(text, vocabulary) else taken_out(text) for text in texts]
    parts = [_split(text, vocabulary) for text, _ in dated]
    stack = [bare for bare, _ in parts if bare]
    roles, groups = _roles_of(stack, vocabulary)
    groups = [*(aside for _, asides in parts for aside in asides), *groups]
    pillar = next((found for text in reversed(groups) if (found := _pillar(text, vocabulary))), None)
    role, target = roles[0] if roles else (UNKNOWN, None)
    if role == "component" and target:
        pillar = vocabulary.pillar_of.get(target, pillar)
    maxima = [_stated_max(asides, vocabulary) for _, asides in parts]
    stated = [maximum for maximum in (maxima if role == "total" else maxima[-1:]) if maximum is not None]
    return HeaderColumn(
        number,
        width=width,
        header=" / ".join(one_line(text) for text in texts),
        role=role,
        target=target,
        group=pillar,
        stated_max=stated[-1] if stated else None,
        alternatives=tuple(other for other, _ in roles[1:]),
        year=next((year for _, year in reversed(dated) if year), None),
    )


def settle(columns: list[HeaderColumn], vocabulary: Vocabulary) -> tuple[list[HeaderColumn], list[HeaderColumn]]:
    """The columns of a table, each role decided in view of the others; and apart from them those of earlier years
    ('Tổng điểm năm 2020' beside 'Tổng điểm năm 2021'), which are decided among the columns of their year."""
    dated = [column for column in columns if column.year and column.role in OF_A_YEAR]
    claimed = {(column.role, column.target) for column in dated}
    undated = [column for column in columns if column.year is None]
    is_own_undated = any((column.role, column.target) in claimed for column in undated)
    years = sorted({column.year for column in dated if column.year})
    earlier: list[HeaderColumn] = []
    for year in years if is_own_undated else years[:-1]:
        beside = [column for column in columns if column.year == year or column in undated]
        beside = [one for one in beside if one.year == year or (one.role, one.target) not in claimed]
        earlier += [one for one in _settled(beside, vocabulary) if one.year == year and one.role in OF_A_YEAR]
    apart = {column.column for column in earlier}
    return _settled([column for column in columns if column.column not in apart], vocabulary), earlier


def _settled(columns: list[HeaderColumn], vocabulary: Vocabulary) -> list[HeaderColumn]:
    """The columns of one year: which of two is the unit and which its parent, whose total a total is, and that two
    columns that claim the same figure are both unknown."""
    columns = _with_pillars(_with_one_unit(_without_hidden(_parted(columns))), vocabulary)
    if any(column.role in ("component", "total") for column in columns):
        columns = _without_summary(columns)
    claims: dict[tuple[str, str | None], list[HeaderColumn]] = {}
    for column in columns:
        claims.setdefault((column.role, column.target), []).append(column)
    return [column if _wins(column, claims[column.role, column.target]) else _unknown(column) for column in columns]


def is_header_word(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text can stand in a header: a label of a column or a group, alone or behind its group."""
    return len(text) <= _LONGEST_HEADER and any(map(str.isalpha, text)) and _is_header_word(text, vocabulary)


@lru_cache(maxsize=8192)
def _is_header_word(text: str, vocabulary: Vocabulary) -> bool:
    bare, asides = _split(text if _column_roles(text, vocabulary) else taken_out(text)[0], vocabulary)
    if not bare:
        return any(vocabulary.find(role, aside) for role in ("maximum", "score") for aside in asides)
    roles = [role for role, _ in _roles_of([bare], vocabulary)[0]]
    return any(role != "level_count" for role in roles) or vocabulary.has("score", bare)


def _roles_of(stack: list[str], vocabulary: Vocabulary) -> tuple[list[tuple[str, str | None]], list[str]]:
    """The roles that a stack of texts may have, and those of its texts that can be the group of the column."""
    for start in range(len(stack)):  # with its groups first, then the name alone
        if roles := _column_roles(" ".join(stack[start:]), vocabulary):
            return roles, stack[:start]
    if len(stack) > 1 and vocabulary.has("score", stack[-1]):
        roles, groups = _roles_of(stack[:-1], vocabulary)
        return [(role, target) for role, target in roles if role in FIGURES], groups
    return (_roles_within(stack[-1], vocabulary) if stack else []), stack


def _column_roles(text: str, vocabulary: Vocabulary) -> list[tuple[str, str | None]]:
    """The roles that a text as a whole has as the header of a column."""
    found = [(_HEADED_BY.get(role, role), target) for role, target in vocabulary.meanings(text)]
    return [(role, target) for role, target in found if role in _COLUMN_ROLES]


def _roles_within(text: str, vocabulary: Vocabulary) -> list[tuple[str, str | None]]:
    """The roles of a text that is a label with its group or a word such as 'Điểm' before or after it."""
    candidates = [vocabulary.opens("pillar", text), *reversed(_SEPARATOR.split(text)), vocabulary.opens("score", text)]
    for candidate in candidates:
        if candidate and candidate != text and (roles := _column_roles(candidate, vocabulary)):
            return roles
    rest = vocabulary.opens("total", text)
    pillar = _pillar(rest, vocabulary) if rest else None
    return [("total", pillar)] if pillar else []


def _pillar(text: str, vocabulary: Vocabulary) -> str | None:
    """The one pillar that a text names."""
    found = {vocabulary.keys("pillar")[match[0]] for match in vocabulary.find("pillar", text)}
    return found.pop() if len(found) == 1 else None


def _split(text: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """The key of a header's words, and the asides to them: what stands in brackets, and 'tối đa 30 điểm' at the end."""
    if _column_roles(text, vocabulary):  # a label as it stands in the registry is what it says
        return key(text), []
    text = _DIGIT_BEFORE_LETTER.sub(r"\1 ", _ENUMERATION.sub("", key(text)))
    asides = [found[1] for found in _BRACKETS.finditer(text)]
    bare = vocabulary.marked(_BRACKETS.sub(" ", text))
    for maximum in vocabulary.find("maximum", bare)[:1]:
        if _AMOUNT.search(bare, maximum.end()):
            asides.append(bare[maximum.start() :])
            bare = key(bare[: maximum.start()])
    for score in vocabulary.find("score", bare)[-1:]:
        amount = _AMOUNT_AT_END.search(bare, 0, score.start())
        if amount and score.end() == len(bare):
            asides.append(bare[amount.start() :])
            bare = bare[: amount.start()]
    return key(bare.rstrip(" -:")), asides


def _stated_max(asides: list[str], vocabulary: Vocabulary) -> Decimal | None:
    """The maximum that a header states: '(tối đa 30)', '(30 điểm)'; a bare '(3)' is the number of a column."""
    for aside in asides:
        if vocabulary.find("maximum", aside) or vocabulary.find("score", aside):
            amounts = [decimal_of(amount[0]) for amount in _AMOUNT.finditer(aside)]
            if len(amounts) == 1:
                return amounts[0]
    return None


def _parted(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """The columns, with one for each figure of a cell that holds two."""
    parted: list[HeaderColumn] = []
    for column in columns:
        for at, role in enumerate(_PAIRS.get(column.role, ())):
            parted.append(replace(column, role=role, part=at, target=column.target if role == "total" else None))
        if column.role not in _PAIRS:
            parted.append(column)
    return parted


def _without_hidden(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """The columns without those that are hidden and repeat one that is shown, which is the one that counts."""
    shown = {_names(column) for column in columns if not column.is_hidden and column.role != UNKNOWN}
    return [
        replace(column, role="ignored", target=None, alternatives=(), repeats=True)
        if column.is_hidden and _names(column) in shown
        else column
        for column in columns
    ]


def _names(column: HeaderColumn) -> tuple[str, str | None, str | None]:
    return column.role, column.target, column.group


def _without_summary(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """The columns of a table of scores: what would head the statements of a summary heads the level here, unless
    another column does, and counts of units have no place."""
    has_level = any(column.role == "level" for column in columns)
    return [
        replace(column, role="level")
        if column.role == "summary" and not has_level
        else _unknown(column)
        if column.role in ("summary", "level_count", "count")
        else column
        for column in columns
    ]


def _with_one_unit(columns: list[HeaderColumn]) -> list[HeaderColumn]:
    """Of the columns that may be the unit one is, the others that may be are its parent."""
    units = [column for column in columns if column.role == "unit" or "unit" in column.alternatives]
    parents = [column for column in columns if column.role == "parent" or "parent" in column.alternatives]
    sure = [column for column in units if column not in parents]
    unit = next(iter(sure or units or parents), None)
    return [
        replace(column, role="unit", target=None)
        if column is unit
        else replace(column, role="parent", target=None)
        if column in parents
        else column
        for column in columns
    ]


def _with_pillars(columns: list[HeaderColumn], vocabulary: Vocabulary) -> list[HeaderColumn]:
    """Totals without a pillar take that of their group, else that of the components to their left since the last total;
    where those are of several pillars, or the pillar has its total, that of the whole where the index has one; else it
    is a total of something else."""
    settled: list[HeaderColumn] = []
    taken = {column.target or column.group for column in columns if column.role == "total"}
    run: set[str | None] = set()
    for column in columns:
        if column.role == "component":
            run.add(column.group)
        elif column.role == "total":
            left = next(iter(run)) if len(run) == 1 and not run <= taken else None
            whole = vocabulary.whole if vocabulary.whole not in taken else None
            pillar = column.target or column.group or left or whole
            column = replace(column, target=pillar) if pillar else _unknown(column)
            taken.add(pillar)
            run = set()
        settled.append(column)
    return settled


def _wins(column: HeaderColumn, rivals: list[HeaderColumn]) -> bool:
    """Whether a column keeps a role that several claim: figures go to none of them, since a choice would be a guess;
    a level or a rank belongs to the unit where it stands outside the groups."""
    if len(rivals) == 1 or column.role in (UNKNOWN, "ignored", "percentage"):
        return True
    if column.role in ("number", "unit", "parent"):
        return column is rivals[0]
    outermost = [rival for rival in rivals if rival.group is None]
    return column.role in ("level", "rank") and outermost == [column]


def _unknown(column: HeaderColumn) -> HeaderColumn:
    return replace(column, role=UNKNOWN, target=None)
