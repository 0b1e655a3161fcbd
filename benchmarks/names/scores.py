"""How well names were resolved: the units that were found set beside those that are meant, by kind of damage.

Here: counting, from the tables that the models have made. Not here: making them (`resolution.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Written
from resolution import Resolver


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind of damage. homonyms: names that the damage has made exactly another unit's of the same parent:
    counted apart, since nobody who reads the row alone could know better. wrong: the other names that were answered
    with another unit than is meant, with that unit's key."""

    kind: str
    names: int
    right: int
    homonyms: int
    wrong: tuple[tuple[str, str], ...]

    @property
    def recall(self) -> float:
        return self.right / self.names


def score(resolver: Resolver, names: list[Written]) -> list[Score]:
    """Sets the units that were found beside those that are meant."""
    found = dict(resolver.connection.execute("SELECT row_order, unit_key FROM intermediate.int_row").fetchall())
    homonyms = _homonyms(resolver, names)
    scores = []
    for kind in dict.fromkeys(name.kind for name in names):
        rows = [(number, name) for number, name in enumerate(names) if name.kind == kind]
        right = sum(found[number] == name.unit_key for number, name in rows)
        wrong = [
            (name.text, found[number])
            for number, name in rows
            if found[number] not in (None, name.unit_key) and number not in homonyms
        ]
        scores.append(Score(kind, len(rows), right, sum(number in homonyms for number, _ in rows), tuple(wrong)))
    return scores


def _homonyms(resolver: Resolver, names: list[Written]) -> set[int]:
    """The numbers of the rows whose text is the name, with its type, of another unit of the same parent."""
    rows = resolver.connection.execute(
        """
        WITH meant AS (SELECT unnest($1) AS row_order, unnest($2) AS unit_key)
        SELECT meant.row_order
        FROM meant
        JOIN intermediate.int_row AS written USING (row_order)
        JOIN intermediate.int_mention AS mention
            ON written.written_unit = mention.written_name
            AND written.year = mention.year
            AND written.province_code = mention.province_code
            AND mention.used_as = 'unit'
        JOIN intermediate.int_unit_year AS own ON own.unit_key = meant.unit_key AND own.year = written.year
        JOIN intermediate.int_unit_year AS other
            ON other.year = own.year
            AND other.parent_code = own.parent_code
            AND other.unit_key <> own.unit_key
            AND other.bare_key = mention.bare_key
            AND other.type_key = mention.type_key
        """,
        [list(range(len(names))), [name.unit_key for name in names]],
    ).fetchall()
    return {number for (number,) in rows}
