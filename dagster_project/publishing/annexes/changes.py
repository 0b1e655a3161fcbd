"""The page beside the annexes of what differs from the figures as stated, and why.

Here: rendering it. Not here: what it says (`gathering.py`), and what changed since the publication before.
"""

from __future__ import annotations

from pathlib import Path

from .. import pages
from .content import Annexes


def write_changes_page(annexes: Annexes, path: Path) -> None:
    """Writes the page."""
    made = pages.environment(Path(__file__).parent / "templates")
    made.globals["home"] = "../" * (2 + annexes.folder.count("/")) + "index.html"
    pages.write(path, made, "annex_changes.html", annexes=annexes)
