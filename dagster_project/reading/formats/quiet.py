"""What a library in another language writes to the terminal when it gives up, kept from the user.

Here: the one way to silence it. Not here: what its giving up means (`workbook.py`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def quiet_errors() -> Iterator[None]:
    """While the block runs, the process's standard error goes nowhere. The library prints a page about its own source
    files before it raises, past everything in Python; the exception says the same to whoever can use it."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # a process without a standard error has nothing to silence
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
