"""Days as people write them, everywhere alike: in registries, ledger, replies and on the command line.

Here: '22/10/2021', '5-4-2021', '2021-10-22' to a day, and which day it is. Not here: dates of decisions in running
text (`reading/head.py`).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from .errors import UserError

_VIETNAM = timezone(timedelta(hours=7))
_YEARS = range(1900, 3000)
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})\s*[-/.]\s*(?P<month>[0-9]{1,2})\s*[-/.]\s*(?P<day>[0-9]{1,2})(?![0-9])")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})\s*[-/.]\s*(?P<month>[0-9]{1,2})\s*[-/.]\s*(?P<year>[0-9]{4})(?![0-9])")
_MIDNIGHT = re.compile(r"(?:[ T]0?0:00(?::00)?(?:\.0+)?)?")


def day_of(text: str) -> date | None:
    """The day that a text is: ISO, or day first as Vietnam writes it, with or without midnight behind it. None where it
    is none; what cannot be day first is not turned around."""
    day, rest = _begun(text.strip())
    return day if _MIDNIGHT.fullmatch(rest) else None


def day_at_start(text: str) -> date | None:
    """The day that a text begins with; None where it begins with none."""
    return _begun(text.strip())[0]


def today() -> date:
    """The day it is in Vietnam, whatever the machine's clock is set to."""
    return datetime.now(_VIETNAM).date()


def refuse_to_come(day: date) -> None:
    """Raises UserError where a day is still to come, of which nothing can be asked."""
    if day > today():
        raise UserError(
            f"{day} is still to come; today is {today()}. Give a day that has been.",
            f"Ngày {day} còn ở phía trước; hôm nay là {today()}. Hãy ghi một ngày đã qua.",
        )


def _begun(text: str) -> tuple[date | None, str]:
    """The day that a text begins with, and the rest of it."""
    found = _YEAR_FIRST.match(text) or _DAY_FIRST.match(text)
    if found is None or int(found["year"]) not in _YEARS:
        return None, text
    try:
        return date(*(int(found[part]) for part in ("year", "month", "day"))), text[found.end() :]
    except ValueError:
        return None, text
