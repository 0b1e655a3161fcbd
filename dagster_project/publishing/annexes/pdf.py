"""The annexes as PDF/A: tagged, with text that can be selected, fonts embedded.

Here: handing the content to typst. Not here: the layout (`annexes.typ`). Texts go in as data, so no letter of a name
is markup; Liberation Serif stands in for Times New Roman, whose widths it has (`fonts/LICENSE`).
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .content import Annex, Annexes, figure

_HERE = Path(__file__).parent
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # the same in every file, for equal bytes
_STANDARDS = ["a-2a", "ua-1"]
# Letters, signs and dashes that the fonts have: PDF/A takes no text that cannot be shown.
_NOT_IN_THE_FONTS = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u036f\u0400-\u0513\u1ea0-\u1ef9\u2010\u2012-\u2022\u2026\u2030\u2032-\u2034\u2039\u203a"
    "\u20a0-\u20b5\u2190-\u2195\u2211\u2212\u2248\u2260\u2264\u2265\u25a0\u25a1\u25cf]"
)
_BOX = "\u25a1"


def write_pdf(annexes: Annexes, path: Path) -> None:
    """Writes the annexes as PDF; the same annexes give the same bytes."""
    import typst

    content = json.dumps(_content(annexes), ensure_ascii=False)
    typst.compile(
        str(_HERE / "annexes.typ"),
        output=str(path),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"content": _NOT_IN_THE_FONTS.sub(_BOX, content)},
        pdf_standards=_STANDARDS,
        timestamp=_MADE,
    )


def _content(annexes: Annexes) -> dict[str, Any]:
    decision = annexes.decision
    return {
        "title": annexes.title,
        "draft": annexes.draft,
        "decision": {name: getattr(decision, name) for name in decision.__dataclass_fields__ if name != "articles"}
        | {"articles": [{"label": one.label, "text": one.text} for one in decision.articles]},
        "annexes": [_annex(annex) for annex in annexes.annexes],
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "title": annex.title,
        "is_wide": annex.is_wide,
        "groups": annex.groups,
        "columns": [{"name": one.name, "width": one.width, "is_text": one.is_text} for one in annex.columns],
        "rows": [[figure(cell) for cell in row] for row in annex.rows],
        "notes": annex.notes,
    }
