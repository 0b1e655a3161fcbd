"""What cannot be done, said to the person who asked for it.

Here: the one exception that every command turns into a sentence. Not here: what is wrong with submitted data (findings)
and files that cannot be read (`reading.Unreadable`); neither of them stops anything.
"""

from __future__ import annotations


class UserError(Exception):
    """Raised with a sentence: what is wrong and what to do. `vietnamese` says the same, where a clerk may meet it.
    exit_code: what the command then ends with."""

    exit_code = 1

    def __init__(self, english: str, vietnamese: str | None = None) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese


class TooLittleSaid(UserError):
    """The command needs something that only the person knows, such as the year."""

    exit_code = 2
