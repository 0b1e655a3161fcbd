"""The process that draws the large charts: charts in, pictures out, until its input ends.

Here: what runs on the far side of the pipes; it is started as a module by `charts.py`, because the engine holds Python
as long as it draws, and the pages are written meanwhile. A request is a function of `charts.py` with its arguments,
pickled; an answer is what it gives. Not here: how a chart is drawn.
"""

from __future__ import annotations

import os
import pickle
import sys


def main() -> None:
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no answer
    while True:
        try:
            what, arguments = pickle.load(requests)
        except EOFError:
            return
        pickle.dump(what(*arguments), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
