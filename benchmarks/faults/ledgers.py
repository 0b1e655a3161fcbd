"""Ledgers as hands and programs leave them, at random: each is read, or refused with a sentence that names the line.

Here: making them and the verdict. What is never to happen: another error, no end, or a line that is lost in silence.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from random import Random

from dagster_project.errors import UserError
from dagster_project.root import Root
from dagster_project.submissions import arrivals, ledger

_FIELDS = {
    "file": ["2020/a.xlsx", ".", "..", "/", "C:", "2020\\b.xlsx", "", " ", "2020/ệ.xlsx", "\x00", '"', "a\nb"],
    "sha256": ["", "ab" * 32, "AB" * 32, "zz", '"'],
    "year": ["2020", "2021", "20", "", "二〇二〇", "2020.0", "-1"],
    "kind": ["published", "", "final", "PUBLISHED"],
    "received_on": ["2021-04-05", "", "5/4/2021", "2021-13-01", "99999-01-01"],
    "sender": ["Sở TTTT", "", '"Sở', "=cmd()", "a,b"],
    "note": ["", 'an "open', "two\nlines", '"', "x" * 200_000, "\ufeff"],
}


@dataclass(slots=True)
class Count:
    """What became of the ledgers: read with all their lines, refused with a sentence, and all else."""

    read: int = 0
    refused: int = 0
    wrong: int = 0


def tried(root: Root, number: int, seed: int) -> Count:
    """So many ledgers; the same again for the same seed."""
    random, count = Random(seed), Count()
    root.submissions.mkdir(parents=True, exist_ok=True)
    for _ in range(number):
        lines, content = _ledger(random)
        root.ledger.write_bytes(content)
        try:
            arrivals(root)
            if lines is None or len(ledger.read(root.ledger)) == lines:
                count.read += 1
            else:
                count.wrong += 1
        except UserError as error:
            if error.vietnamese and "submissions.csv" in str(error):
                count.refused += 1
            else:
                count.wrong += 1
        except Exception:
            count.wrong += 1
    return count


def _ledger(random: Random) -> tuple[int | None, bytes]:
    """A ledger as it lies on the disk, and how many lines it has; None where nobody can say."""
    is_wild = random.random() < 0.7
    rows = [
        [random.choice(values) if is_wild else values[0] for values in _FIELDS.values()]
        for _ in range(random.randint(0, 4))
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=random.choice(["\n", "\r\n"]))
    writer.writerow(_FIELDS)
    for row in rows:
        if random.random() < 0.3 and is_wild:
            text.write(",".join(row) + "\n")  # as somebody types it, with no thought for quotation marks
        else:
            writer.writerow(row)
    content = text.getvalue().encode("utf-8-sig" if random.random() < 0.3 else "utf-8")
    if is_wild and random.random() < 0.2:
        content = content[: random.randint(0, len(content))]
    if is_wild and random.random() < 0.1:
        content = content.decode().encode("utf-16")
    return (None if is_wild else len(rows)), content
