"""What `test_beside.py` has done beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from dagster_project import beside


class Strange(Exception):
    def __reduce__(self) -> str:
        raise TypeError("it cannot be pickled")


def work(tell: Callable[[Any], None], what: str, *of: Any) -> Any:
    match what:
        case "count":
            for number in range(of[0]):
                tell(number)
            return f"counted to {of[0]}"
        case "fail":
            raise of[0]
        case "fail_strangely":
            raise Strange("cannot be pickled")
        case "end":
            os._exit(of[0])
        case "print":
            print(of[0], flush=True)
            return "printed"
        case "who":
            return os.getpid()
        case "go_on":
            while True:
                tell(os.getpid())
                time.sleep(0.05)


if __name__ == "__main__":
    beside.serve(work)
