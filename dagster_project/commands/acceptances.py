"""Acceptances that let nothing stand: lines of the registry that fit no finding of the last build.

Here: the words for each. Not here: what an acceptance does (`fct_finding`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..registries import rows
from ..root import Root
from ..terminal import Line, one_line


def without_effect(root: Root, stated: Mapping[str, str | None]) -> Iterator[Line]:
    """A line for each. stated: of the last build's findings, by their ids, what they state."""
    for row in rows(root, "acceptances"):
        finding, accepted = row["finding_id"], row["stated"] or None
        if finding not in stated:
            yield _line(finding, "không có phát hiện nào mang mã này", "no finding has this id")
        elif stated[finding] != accepted:
            now = stated[finding] or "–"
            yield _line(
                finding,
                f"hồ sơ nay ghi “{now}”, không còn là “{accepted or '–'}”",
                f"the file now states '{now}' and no longer '{accepted or '–'}'",
            )


def _line(finding: str, vietnamese: str, english: str) -> Line:
    return Line(
        one_line(f"✗ acceptances.csv, {finding}: không có hiệu lực, {vietnamese} / without effect: {english}"),
        "warning",
    )
