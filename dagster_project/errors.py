"""What cannot be done, said to the person who asked for it.

Here: the one exception that every command turns into a sentence, and the sentences for what the system refuses: a full
disk, a file that another program holds. Not here: what is wrong with submitted data (findings) and files that cannot be
read (`reading.Unreadable`); neither of them stops anything.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# As the system, SQLite and DuckDB say it.
_FULL = ("No space left on device", "database or disk is full", "not enough space on the disk", "Disk quota exceeded")
_FULL_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
# The system tells why in English; what people meet is said in Vietnamese, too.
_WHY = {
    errno.ENOENT: "không có",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không được phép",
    errno.EISDIR: "là thư mục",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.ELOOP: "liên kết dẫn vòng về chính nó",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "ổ đĩa bị lỗi",
    errno.EADDRINUSE: "chương trình khác đang dùng",
}
NOT_A_FILE = "not a file"
_HELD = ("Could not set lock", "being used by another process")


class UserError(Exception):
    """Raised with a sentence: what is wrong and what to do; `vietnamese` says the same. docs/messages.md lists all.
    exit_code: what the command then ends with."""

    exit_code = 1

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese

    def __reduce__(self) -> tuple[Any, ...]:
        """As it is handed from one process to another: `Exception` itself would leave out the second sentence."""
        return _again, (type(self), *self.args), self.__dict__


def _again(kind: type[UserError], *arguments: Any) -> UserError:
    return kind.__new__(kind, *arguments)


class TooLittleSaid(UserError):
    """The command needs something that only the person knows, such as the year."""

    exit_code = 2


class AllAtOnce:
    """Keeps what is wrong with several things, so that all of it is told at once and not after the first is mended."""

    def __init__(self) -> None:
        self._kept: list[UserError] = []

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Keeps a UserError that is raised inside."""
        try:
            yield
        except UserError as error:
            self._kept.append(error)

    def tell(self) -> None:
        """Raises all that was kept as one UserError, with the gravest exit code; returns where nothing was."""
        if self._kept:
            vietnamese = "\n".join(error.vietnamese for error in self._kept)
            together = UserError("\n".join(map(str, self._kept)), vietnamese)
            gravest = max(self._kept, key=lambda error: error.exit_code)
            if isinstance(gravest, TooLittleSaid):
                together = TooLittleSaid(*together.args, vietnamese)
            raise together from gravest


def is_disk_full(error: BaseException) -> bool:
    """Whether an error, or what it was made of, is that there is no room on the disk."""
    return any(
        (isinstance(one, OSError) and one.errno in _FULL_NUMBERS) or any(words in str(one) for words in _FULL)
        for one in _chain(error)
    )


def why_refused(error: OSError) -> str:
    """Why the system refused, in Vietnamese as far as we have it."""
    return "không phải là tệp" if error.strerror == NOT_A_FILE else _WHY.get(error.errno or 0, str(error.strerror))


def held_by_other(error: BaseException) -> UserError | None:
    """The sentence where another program has a database open, and DuckDB says which; None for any other error."""
    for one in _chain(error):
        if any(words in str(one) for words in _HELD):
            path = re.search(r'file "([^"]+)"', str(one))
            process = re.search(r"\(PID (\d+)\)", str(one))
            what = path[1] if path else "The database"
            by_en, by_vi = (f" (process {process[1]})", f" (tiến trình {process[1]})") if process else ("", "")
            return UserError(
                f"{what} cannot be opened, because another program has it open{by_en}. Close that program, try again.",
                f"Không mở được {what} vì chương trình khác đang mở{by_vi}. Hãy đóng chương trình đó rồi thử lại.",
            )
    return None


def refused_by_system(error: BaseException) -> UserError | None:
    """The sentence for what the system refused to do with a file; None where the error is of another kind."""
    refused = _refused(error)
    if refused is None:
        return None
    return UserError(
        f"{refused.filename}: {refused.strerror}. Look at that file or folder and its permissions, then try again.",
        f"{refused.filename}: {why_refused(refused)}. Hãy kiểm tra tệp hoặc thư mục này và quyền truy cập rồi thử lại.",
    )


def refused_path(error: BaseException) -> Path | None:
    """The file or folder with which the system refused to do something; None where the error is of another kind."""
    refused = _refused(error)
    return None if refused is None else Path(refused.filename)


def _refused(error: BaseException) -> OSError | None:
    for one in _chain(error):
        if isinstance(one, OSError) and isinstance(one.filename, str) and one.strerror:
            return one
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
