"""Bounds on a library that has none: how long reading a PDF may take, and how far its streams may grow.

Here: two guards around pdfminer, which is all Python and unpacks whatever it is given. Not here: reading (`pdf.py`).
"""

from __future__ import annotations

import ctypes
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from . import refusals
from .limits import MAX_PDF_STREAM_BYTES, MEGABYTE

_RUN_LENGTH_RATIO = 64


class TooLong(BaseException):
    """Raised inside the reader when its time is over; no `Exception`, so that no library takes it for its own."""


class TooLarge(BaseException):
    """Raised inside the reader when the streams of the file have grown too far; no `Exception` for the same reason."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TooLong in this thread when the block takes longer. Works for code in Python, on any system and thread."""
    thread, lock, is_running = ctypes.c_ulong(threading.get_ident()), threading.Lock(), True

    def interrupt() -> None:
        with lock:
            if is_running:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            is_running = False
        timer.cancel()  # what was raised in the last moment arrives here, at the call of a function in Python


@contextmanager
def size_limit(total_bytes: int = MAX_PDF_STREAM_BYTES) -> Iterator[None]:
    """Raises TooLarge when the streams that pdfminer unpacks in this block grow beyond the limit together.

    pdfminer calls its decoders by the names in its module; there they are replaced while the block runs.
    """
    from pdfminer import pdftypes

    budget = _Budget(total_bytes)
    names = {"zlib": _Zlib(budget), "lzwdecode": budget.lzw, "rldecode": budget.run_length}
    before = {name: getattr(pdftypes, name) for name in names}
    for name, bounded in names.items():
        setattr(pdftypes, name, bounded)
    try:
        yield
    finally:
        for name, original in before.items():
            setattr(pdftypes, name, original)


def refusal(error: TooLong | TooLarge) -> Exception:
    """What the sender is told of either."""
    if isinstance(error, TooLong):
        return refusals.expands_too_much("takes too long to read", "mất quá nhiều thời gian để đọc")
    size = MAX_PDF_STREAM_BYTES // MEGABYTE
    return refusals.expands_too_much("grows beyond {} MB when unpacked", "phình ra hơn {} MB khi giải nén", size)


class _Budget:
    """How many bytes may still come out of the decoders."""

    def __init__(self, total_bytes: int) -> None:
        self._left = total_bytes

    def take(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise TooLarge
        return piece

    def inflate(self, decompressor, data: bytes) -> bytes:
        piece = self.take(decompressor.decompress(data, self._left + 1))
        if decompressor.unconsumed_tail:
            raise TooLarge
        return piece

    def lzw(self, data: bytes) -> bytes:
        import io

        from pdfminer.lzw import LZWDecoder

        return b"".join(self.take(piece) for piece in LZWDecoder(io.BytesIO(data)).run())

    def run_length(self, data: bytes) -> bytes:
        from pdfminer.runlength import rldecode

        if len(data) * _RUN_LENGTH_RATIO > MAX_PDF_STREAM_BYTES:
            raise TooLarge
        return self.take(rldecode(data))


class _Zlib:
    """As much of the module zlib as pdfminer uses, within a budget."""

    error = zlib.error

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget

    def decompress(self, data: bytes) -> bytes:
        decompressor = zlib.decompressobj()
        whole = self._budget.inflate(decompressor, data)
        if not decompressor.eof:
            raise zlib.error("incomplete stream")
        return whole

    def decompressobj(self) -> _Decompressor:
        return _Decompressor(self._budget)


class _Decompressor:
    """A zlib decompressor within a budget."""

    def __init__(self, budget: _Budget) -> None:
        self._budget, self._decompressor = budget, zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        return self._budget.inflate(self._decompressor, data)
