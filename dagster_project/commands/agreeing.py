"""What a command does between showing what it would write and writing it: it asks.

Here: the answer, and what is said where it is no, or where there is none. Not here: how a person is asked (`cli.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..errors import TooLittleSaid
from ..terminal import Line


def agreed(agree: Callable[[], bool | None], show: Callable[[Iterator[Line]], None]) -> bool:
    """Whether the person agrees; a no is answered here. agree: None where nobody can be asked. Raises TooLittleSaid
    there."""
    answer = agree()
    if answer is None:
        raise TooLittleSaid("Nothing was written. Give --yes to write it.", "Chưa ghi gì. Thêm --yes để ghi.")
    if not answer:
        show(iter([Line("Chưa ghi gì. / Nothing was written.")]))
    return answer
