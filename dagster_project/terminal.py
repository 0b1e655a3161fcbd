"""Lines for people: coloured on a terminal, plain in a file or a pipe, harmless in both.

Here: how a line looks, and what of a file's text may reach a screen. Not here: what the lines say.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LONGEST = 300
MOST_NAMES = 12  # of a list; since 2025 a province has over a hundred submitters
_STYLES = {
    "heading": "bold",
    "quiet": "dim",
    "good": "green",
    "error": "bold red",
    "warning": "bold yellow",
    "notice": "bold cyan",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. style: a name of `_STYLES`, or '' for none. indent: in steps of two spaces."""

    text: str
    style: str = ""
    indent: int = 0


def show(lines: Iterable[Line]) -> None:
    """Prints lines; on a terminal wrapped to its width, with their indent kept, and in colour."""
    if not sys.stdout.isatty():
        for line in lines:
            print("  " * line.indent + line.text)
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        # As Text, so that a name with brackets in it is no markup.
        console.print(Padding(Text(line.text, _STYLES.get(line.style, "")), (0, 0, 0, 2 * line.indent)))


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table of a text and figures: the first column to the left, all others to the right."""
    if not sys.stdout.isatty():
        widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
        for row in (headings, *rows):
            first, *figures = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            print("  ".join([first, *(figure.strip().rjust(len(figure)) for figure in figures)]).rstrip())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)


def one_line(text: str) -> str:
    """A text from a file as it may stand on a screen: one line, not too long, without control or direction marks."""
    kept = "".join(" " if letter in "\t\r\n" else letter for letter in text[: 4 * _LONGEST] if is_seen(letter))
    kept = " ".join(kept.split())
    return kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]}…"


def listed(names: Sequence[str]) -> str:
    """Names in one line; of many the first ones, and how many there are besides."""
    rest = len(names) - MOST_NAMES
    shown = "; ".join(map(one_line, names[:MOST_NAMES]))
    return f"{shown}; và {rest} đơn vị khác / and {rest} more" if rest > 0 else shown


def counted(number: int, word: str) -> str:
    """So many of something, in English: '1 file', '2 files'."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def is_seen(letter: str) -> bool:
    """Whether a character shows, or sets others apart: no control or direction mark, no half of a character
    and none that there is not."""
    return letter in "\t\r\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cn", "Cs", "Co", "Zl", "Zp")
