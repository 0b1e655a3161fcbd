"""What a part of the publication takes over from the one that stands: files that would be made again as they are.

Here: linking to them, and the marks of the pieces that a part is made in. Not here: what a mark is a hash of
(`made_of.py`, `site/unchanged.py`), and which pieces there are (the `writing.py` of each part).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..files import bytes_of
from .publication import File, Publication

MADE_OF = "made_of.json"


class Before:
    """A part of the publication that stands, beside the folder in which it is made anew; of nothing where none stands.

    publication: the one that stands. part: the part's name. folder: where the new one is made.
    """

    def __init__(self, publication: Publication | None, part: str, folder: Path) -> None:
        self._publication, self._part, self._folder = publication, part, folder
        self._folders: set[Path] = set()
        self._marks = _read(self.whole(MADE_OF))

    def stamp(self, name: str) -> File | None:
        """What was published under that name of the part; None where nothing was."""
        return self._publication.files.get(f"{self._part}/{name}") if self._publication else None

    def whole(self, name: str) -> Path | None:
        """Where the file of that name lies, if its bytes are those that were published."""
        return self._publication.whole(f"{self._part}/{name}") if self._publication else None

    def below(self, folder: str) -> list[str]:
        """The names of all files of a folder of the part."""
        start = f"{self._part}/{folder}/"
        found = self._publication.files if self._publication else ()
        return [name.removeprefix(f"{self._part}/") for name in found if name.startswith(start)]

    def is_made_of(self, piece: str, mark: str) -> bool:
        """Whether a piece was made of what has that mark."""
        return self._marks.get(piece) == mark

    def place(self, name: str) -> Path:
        """Where the new file of that name goes; its folder is there, and nothing lies in its place."""
        place = self._folder / name
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        place.unlink(missing_ok=True)  # a link to what stands, which nobody may write into
        return place

    def links(self, names: Iterable[str]) -> bool:
        """Whether all files of these names could be taken over, untouched since they were published; else none is."""
        done: list[str] = []
        for name in names:
            if not self._links(name):
                for one in done:
                    self.place(one)
                return False
            done.append(name)
        return bool(done)

    def _links(self, name: str) -> bool:
        stamp = self.stamp(name)
        if self._publication is None or stamp is None:
            return False
        path = self._publication.folder / self._part / name
        try:
            found = path.stat()
            if (found.st_size, found.st_mtime_ns) != (stamp.size, stamp.mtime_ns):
                return False
            os.link(path, self.place(name))
        except OSError:
            return False
        return True


def content(marks: Mapping[str, str]) -> bytes:
    """The marks of all pieces, as a part keeps them for the next publication."""
    return json.dumps(marks, indent=0, sort_keys=True).encode()


def _read(path: Path | None) -> dict[str, str]:
    try:
        found = json.loads(bytes_of(path)) if path else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
