"""Pages that stand alone: one look for all that we publish, its style in the page, nothing loaded from anywhere.

Here: the frame of a page, its style, the two languages beside each other (`templates/`), and what of a text from a file
may reach a page. Not here: what a page says; each part brings its own templates.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...terminal import is_seen

LONGEST = 400  # of a text from a file; a name that is longer is none

_SHARED = Path(__file__).parent / "templates"


def environment(templates: Path = _SHARED) -> Environment:
    """What renders the templates of a folder in the common frame."""
    made = Environment(
        loader=FileSystemLoader([templates, _SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=readable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": _day, "lower_first": lambda text: text[:1].lower() + text[1:]}
    return made


def write(path: Path, made: Environment, template: str, **content: Any) -> None:
    """Writes one page."""
    path.write_text(made.get_template(template).render(content), encoding="utf-8", newline="\n")


def _day(value: date | None) -> str:
    """A day as 05/04/2021; nothing where there is none."""
    return "" if value is None else f"{value:%d/%m/%Y}"


def readable(value: Any) -> Any:
    """A text as a page may show it: marks that nobody sees become one that everybody does, and it comes to an end."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return "" if value is None else value
    cut = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    if cut.isprintable():  # all of it is seen; nearly every text is
        return cut
    return "".join(letter if is_seen(letter) else "\ufffd" for letter in cut)
