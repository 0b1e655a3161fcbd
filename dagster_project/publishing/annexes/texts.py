"""The wording of one decision: the registry's texts of its index, province and year, with their names in braces filled.

Here: which text counts, and filling it. Not here: any wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ...terminal import is_seen

_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Texts:
    """lines: by part its lines, as the registry has them. values: what stands for the names in braces."""

    lines: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]

    def with_values(self, **values: str | int) -> Texts:
        """The same texts, with more names that stand for something."""
        return replace(self, values={**self.values, **{name: str(one) for name, one in values.items()}})

    def all(self, part: str, **values: str | int) -> tuple[str, ...]:
        """The lines of a part. What is put in is never looked at again, so braces in a name do no harm."""
        known = self.with_values(**values).values

        def filled(line: str) -> str:
            return " ".join(_NAME.sub(lambda name: known.get(name[1], name[0]), line).split())

        return tuple(seen(filled(line)) for line in self.lines.get(part, ()))

    def one(self, part: str, **values: str | int) -> str:
        """The first line of a part; nothing where the registry has none."""
        return next(iter(self.all(part, **values)), "")


def seen(text: str) -> str:
    """A text in which marks that nobody sees have become one that everybody does."""
    return "".join(letter if is_seen(letter) else "\ufffd" for letter in text)


def lower_first(text: str) -> str:
    """A name within a sentence: 'xã An Khê' of 'Xã An Khê'."""
    return text[:1].lower() + text[1:]


def day(value: date | None) -> str:
    """A day as decisions are dated; dots to be filled in where there is none."""
    return f"ngày {value:%d} tháng {value:%m} năm {value:%Y}" if value else "ngày …… tháng …… năm ………"


def short_day(value: date | None) -> str:
    """A day as an annex cites it."""
    return f"{value:%d/%m/%Y}" if value else "……/……/………"
