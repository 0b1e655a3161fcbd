"""What was sent: the files as they came, and the ledger that says who sent them, when and as what.

Here: the submissions folder and `submissions.csv` in it. Not here: what the files hold (`reading`), where it is stored
(`warehouse`). What adds files (`adding`) is imported by the one command that does.
"""

from __future__ import annotations

from .folder import Arrivals, LeftOut, Problem, Submission, arrivals
from .ledger import KIND_NAMES, KINDS

__all__ = [
    "KINDS",
    "KIND_NAMES",
    "Arrivals",
    "LeftOut",
    "Problem",
    "Submission",
    "arrivals",
]
