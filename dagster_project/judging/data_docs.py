"""Data Docs that open anywhere: where they are built, and with their scripts and styles beside them.

Great Expectations' pages load scripts and styles from seven hosts, and without a network the index stays blank. Here:
putting the copies in `static/` in their place, taking out what else asks the network, and saying on each page what a
red cross means. Not here: what the pages say (`expectations/suites.py`).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

SITE = "egov"  # the name that the index page shows

STATIC = Path(__file__).parent / "static"
NOTE = Path(__file__).parent / "red_cross.html"

# In the order in which they need each other.
STYLES = ("bootstrap.min.css", "bootstrap-table.min.css", "data_docs.css")
SCRIPTS = ("jquery.min.js", "bootstrap.bundle.min.js", "bootstrap-table.min.js")

_SHOWN = ("favicon.ico",)
_ELSEWHERE = re.compile(r'<script[^>]*\ssrc="https://[^>]*></script>|<link[^>]*\shref="https://[^>]*>')
# A logo, also as a background, and a footer that advertises.
_ASKING = re.compile(
    r"<img[^>]*\ssrc=\"https://[^>]*>|\s*background: url\('https://[^;]*;|<footer>.*?</footer>", re.DOTALL
)
_BESIDE = re.compile(r'"(?:\.\.?/)*static/')  # what lies beside them they look for one folder short


def site(folder: Path) -> dict[str, Any]:
    """The configuration of a Data Docs site in that folder."""
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }


def take_offline(folder: Path) -> None:
    """Makes the pages in the folder load nothing but what lies beside them."""
    vendor = folder / "static" / "vendor"
    shutil.copytree(STATIC, vendor)
    note = NOTE.read_text(encoding="utf-8")
    for page in folder.rglob("*.html"):
        to_root = "../" * (len(page.relative_to(folder).parts) - 1)
        text = page.read_text(encoding="utf-8")
        text = _BESIDE.sub(f'"{to_root}static/', _ASKING.sub("", _ELSEWHERE.sub("", text)))
        text = text.replace("</head>", _own(f"{to_root}static/vendor/") + "</head>", 1).replace(
            "<body>", f"<body>{note}", 1
        )
        page.write_text(text, encoding="utf-8")
    for style in (folder / "static" / "styles").glob("*.css"):
        style.write_text(_ASKING.sub("", style.read_text(encoding="utf-8")), encoding="utf-8")
    for picture in (folder / "static" / "images").iterdir():
        if picture.name not in _SHOWN:
            picture.unlink()  # of a tour through Great Expectations that is not offered here


def _own(vendor: str) -> str:
    styles = (f'<link rel="stylesheet" href="{vendor}{name}">\n' for name in STYLES)
    scripts = (f'<script src="{vendor}{name}"></script>\n' for name in SCRIPTS)
    return "".join((*styles, *scripts))
