"""Files put in place whole, and what a file is by its bytes. Not here: whose files they are."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from .errors import NOT_A_FILE

# More than reading takes (reading/formats/limits.py): a file that is cut here is refused there for its size.
_MOST_BYTES = 128 << 20


def write_atomically(path: Path, content: bytes) -> None:
    """Puts content under a name at once: a reader sees the old file or the new one, and a kill leaves either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        flush(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Returns once a file's bytes, or a folder's names, are on the disk. Windows has no such call for folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear(path: Path) -> None:
    """Removes a file or a folder with all in it, as far as other programs let go of it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(PermissionError):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path, wait: float, held: Callable[[], Exception]) -> Iterator[None]:
    """Keeps a file of its own for this process, as often as it asks; the system releases it with the process. held:
    what is raised where another process has it for longer than `wait` seconds."""
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        clear(path)
    lock = FileLock(path, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise held() from None
    try:
        yield
    finally:
        lock.release()


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises OSError where it cannot be opened, and where it is no file: a device or a pipe may
    never end."""
    _refuse_what_is_no_file(path)
    return path.read_bytes()


def content_of(path: Path) -> tuple[bytes, str]:
    """The bytes of a file, or the beginning of one that is too large to read, and the SHA-256 of it all. Raises as
    `bytes_of`."""
    _refuse_what_is_no_file(path)
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES)
        digest = hashlib.sha256(content)
        while piece := file.read(_MOST_BYTES):
            digest.update(piece)
    return content, digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_what_is_no_file(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, NOT_A_FILE, str(path))
