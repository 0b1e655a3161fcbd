"""Figures, changes, days and names in one language of a page.

Here: what a template calls; the sentences stand in the templates, both languages beside each other: `t("một", "one")`.
Not here: the sentences, and what codes are called (`dim_term`, `dim_pillar`, …).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..quality.gathering import Row


@dataclass(frozen=True, slots=True)
class Language:
    """A language: `vi` or `en`; other: the one that a page links to."""

    code: str
    other: str
    other_name: str

    def t(self, vi: Any, en: Any) -> Any:
        """Whichever of the two is of this language."""
        return vi if self.code == "vi" else en

    def name(self, row: Row | None) -> str:
        """The name of a row that has one in both languages; nothing where there is no row."""
        return row[f"name_{self.code}"] or "" if row else ""

    def message(self, row: Row) -> str:
        """The sentence of a finding."""
        return row[f"message_{self.code}"] or ""

    def figure(self, text: str | None) -> str:
        """An exact decimal as people write it: 45,13 and 45.13."""
        if text is None:
            return ""
        return text.replace("-", "−").replace(".", ",") if self.code == "vi" else text.replace("-", "−")

    def signed(self, text: Any) -> str:
        """A change with its sign."""
        if text is None:
            return ""
        text = str(text)
        return self.figure(text) if text.startswith("-") or not text.strip("0.") else f"+{self.figure(text)}"

    def short(self, value: Any, beside: Any, is_change: bool = False) -> str:
        """A mean, rounded for the eye: to two places, or to four where what it stands beside is itself that small."""
        if value is None:
            return ""
        places = "0.01" if abs(Decimal(beside)) > 2 else "0.0001"
        text = _plain(Decimal(value).quantize(Decimal(places)))
        return self.signed(text) if is_change else self.figure(text)

    def plain(self, value: Decimal | None) -> str:
        """An exact decimal of a registry, without the zeros behind it."""
        return "" if value is None else self.figure(_plain(value))

    def day(self, value: date | None) -> str:
        """A day: 05/04/2021, in English 5 April 2021."""
        if value is None:
            return ""
        return f"{value:%d/%m/%Y}" if self.code == "vi" else f"{value.day} {value:%B %Y}"

    def listed(self, texts: Iterable[str]) -> str:
        """Texts in a row, 'and' before the last."""
        *first, last = list(texts) or [""]
        return f"{', '.join(first)} {self.t('và', 'and')} {last}" if first else last

    def lower(self, text: str) -> str:
        """A name inside a sentence: its first letter small, unless the whole word is capitals."""
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


LANGUAGES = (Language("vi", "en", "English"), Language("en", "vi", "Tiếng Việt"))
