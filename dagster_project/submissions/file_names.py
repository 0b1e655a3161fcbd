"""Names that files may be kept under, whatever they were called when they came.

Here: making a name harmless on every system. Not here: the folder that it goes to (`adding.py`).
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST_BYTES = 200
_LONGEST_EXTENSION = 12
_NO_NAME = "submission"
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")}
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_name(name: str) -> str:
    """A plain file name in NFC of at most 200 bytes: no path, no control or direction marks, none that Windows keeps
    for itself, none that a program could take for an option, a hidden file or a lock file."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(_harmless(letter) for letter in name)
    name = _FORBIDDEN.sub("_", name)
    name = " ".join(name.split()).lstrip(".-~$ ").rstrip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        stem, extension = name, ""
    if stem.casefold().partition(".")[0].strip() in _RESERVED:
        stem = f"_{stem}"
    ending = f".{extension}" if extension else ""
    return _shortened(stem or _NO_NAME, _LONGEST_BYTES - len(ending.encode())) + ending


def numbered(name: str, number: int) -> str:
    """The same name told apart from others of the kind: 'a.xlsx' becomes 'a-2.xlsx'."""
    stem, dot, extension = name.rpartition(".")
    return f"{stem}-{number}.{extension}" if dot and stem else f"{name}-{number}"


def _harmless(letter: str) -> str:
    """The letter, a space for a break, or nothing for what is not seen."""
    category = unicodedata.category(letter)
    if letter in "\t\n\r\v\f" or category in ("Zl", "Zp", "Zs"):
        return " "
    return "" if category.startswith("C") else letter


def _shortened(stem: str, most_bytes: int) -> str:
    """At most so many bytes, never half a letter."""
    return stem.encode()[:most_bytes].decode(errors="ignore").rstrip()
