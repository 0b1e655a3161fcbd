"""Documents spoiled at random through the reader and `egov check`: `python benchmarks/faults/fuzz.py --minutes 30`.

Here: handed documents with bytes changed, cells of text exchanged and parts of archives spoiled; what each ended in,
and that its figures add up. Not here: grids at random (tests/reading) and breaking of whole runs (`run.py`).

Each case runs in a process of its own, forked from one that has all libraries loaded: what a case breaks ends with it.
Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import random
import resource
import signal
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from pathlib import Path

from dagster_project import checking
from dagster_project.reading import Labels, Unreadable, read
from dagster_project.root import REPOSITORY, Root

INPUTS = REPOSITORY / "tests" / "data" / "inputs"
SECONDS = 60  # of computing: a case that takes more hangs
WAITING = 1200  # of the clock, for what waits and computes nothing
SLOWEST = 5  # cases that are named
CHECKED = 20  # each so-many-th case goes through `egov check` as well
_WORDS = [
    "",
    "-",
    "27,31",
    "12/08",
    "1e9",
    "#REF!",
    "Tổng cộng",
    "Hải Châu I",
    "Mức II",
    "Phụ lục 09",
    "\u202e",
    "=1+1",
]
_HELD, _REFUSED, _LOST, _TRACEBACK = 0, 1, 2, 3
_ENDS = {_HELD: "read, all figures counted", _REFUSED: "refused", _LOST: "figures lost", _TRACEBACK: "traceback"}


def main() -> int:
    """Prints how many cases ended how, and each that did not hold; exit 1 where one did not."""
    arguments = argparse.ArgumentParser(description="Spoils documents at random and counts what becomes of them.")
    arguments.add_argument("--minutes", type=float, default=30, help="of computing, however busy the machine is")
    arguments.add_argument("--seed", type=int, default=7)
    chosen = arguments.parse_args()
    files = [path for path in sorted(INPUTS.iterdir()) if path.suffix not in (".md", ".json")]
    labels = Labels.load(REPOSITORY / "dbt_project" / "seeds")
    for path in files:
        with contextlib.suppress(Unreadable):
            read(path.read_bytes(), path.name, labels)  # loads what its format needs
    ends: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    worst = computed = 0.0
    case = 0
    while computed < chosen.minutes * 60:
        case += 1
        path = files[case % len(files)]
        is_checked = (case + case // len(files)) % CHECKED == 0  # each file comes to it
        end, memory, seconds = _in_a_process(path, f"{chosen.seed} {case}", labels, is_checked)
        worst, computed = max(worst, memory), computed + seconds
        ends[end] += 1
        told = f"seed {chosen.seed} case {case} {path.name}{' through egov check' * is_checked}"
        slowest = sorted([*slowest, (seconds, told)], reverse=True)[:SLOWEST]
        if end not in ("read, all figures counted", "refused"):
            print(f"    {told}: {end}", flush=True)
    print(f"cases {case}, computed {computed / 60:.1f} minutes, worst memory {worst:.0f} MB; the slowest:")
    for seconds, told in slowest:
        print(f"    {seconds:.1f} s: {told}")
    for end, number in ends.most_common():
        print(f"{end:<40}{number:>8}")
    return 0 if ends.keys() <= {"read, all figures counted", "refused"} else 1


def _in_a_process(path: Path, seed: str, labels: Labels, is_checked: bool) -> tuple[str, float, float]:
    """How a case ended, the most memory that its process had, in MB, and the seconds that it computed."""
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.alarm(WAITING)
        os._exit(_case(path, seed, labels, is_checked))
    _, status, used = os.wait4(child, 0)
    memory, seconds = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        told = {signal.SIGPROF: "computes without end", signal.SIGALRM: "waits without end"}
        return told.get(number, f"killed by {signal.Signals(number).name}"), memory, seconds
    return _ENDS.get(os.WEXITSTATUS(status), "ended otherwise"), memory, seconds


def _case(path: Path, seed: str, labels: Labels, is_checked: bool) -> int:
    content = spoiled(path.read_bytes(), random.Random(seed))
    try:
        if is_checked:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / path.name).write_bytes(content)
                with checking.run(Root(), [Path(folder) / path.name], 2020) as checked:
                    checking.reports_of(checked)
        _, document = read(content, path.name, labels, 2020)
    except Unreadable:
        return _REFUSED
    except BaseException:
        traceback.print_exc()
        return _TRACEBACK
    records = (document.cells, document.statements, document.replies, document.unusable_rows, document.left_out)
    ended = sum(record.figures for kind in records for record in kind)
    return _HELD if ended == document.head.figures_seen else _LOST


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """A document with something changed: of an archive one of its parts, of a text its fields, else its bytes."""
    if content[:2] == b"PK" and chance.random() < 0.8:
        return _archive_spoiled(content, chance)
    if chance.random() < 0.7:
        for codec in ("utf-8-sig", "utf-16"):
            try:
                return _text_spoiled(content.decode(codec), chance).encode(codec)
            except UnicodeError:
                continue
    return _bytes_spoiled(content, chance)


def _archive_spoiled(content: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            parts = {name: given.read(name) for name in given.namelist()}
            chosen = chance.choice([name for name in parts if name.endswith(".xml")] or list(parts))
            for name, part in parts.items():
                is_text = chance.random() < 0.8
                changed = _markup_spoiled(part, chance) if is_text else _bytes_spoiled(part, chance)
                made.writestr(name, changed if name == chosen else part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return _bytes_spoiled(content, chance)
    return packed.getvalue()


def _markup_spoiled(part: bytes, chance: random.Random) -> bytes:
    """Texts between tags exchanged, so that the markup stays whole."""
    pieces = part.split(b">")
    for _ in range(chance.choice([1, 5, 30])):
        at = chance.randrange(len(pieces))
        text, sign, tag = pieces[at].partition(b"<")
        if sign and text.strip():
            pieces[at] = chance.choice(_WORDS).encode() + sign + tag
        elif chance.random() < 0.2:
            pieces[at] = pieces[chance.randrange(len(pieces))]
    return b">".join(pieces)


def _text_spoiled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    mark = max("\t;,", key=text.count)
    for _ in range(chance.choice([1, 4, 20, 80])):
        at = chance.randrange(len(lines))
        fields = lines[at].split(mark)
        match chance.randrange(6):
            case 0:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 1:
                lines[at] = ""
            case 2:
                chance.shuffle(fields)
            case 3:
                fields.insert(chance.randrange(len(fields) + 1), chance.choice(_WORDS))
            case _:
                fields[chance.randrange(len(fields))] = chance.choice(_WORDS)
        lines[at] = mark.join(fields)
    return "\n".join(lines)


def _bytes_spoiled(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content or b"x")
    for _ in range(chance.choice([1, 8, 60])):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at : at + chance.randrange(40)] = b""
                changed = changed or bytearray(b"x")
            case 2:
                changed[at:at] = changed[at : at + chance.randrange(200)]
            case _:
                changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # what libraries say of spoiled files
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
