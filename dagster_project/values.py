"""Values of the database as people and programs outside of it read them. Not here: formats of whole files."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal


def plain(value: object) -> object:
    """A value as JSON has it: an exact decimal as text without trailing zeros, a date as 2021-04-05, no number at all
    for one that JSON has no word for (not a number, without end)."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
