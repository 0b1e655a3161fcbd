"""What was sent: the files as they came, and the ledger that says who sent them, when and as what.

Here: the submissions folder and `submissions.csv` in it. Not here: what the files hold (`reading`), where it is stored
(`warehouse`).
"""

from __future__ import annotations

from .adding import Added, TakenBack, add, undo
from .folder import Arrivals, LeftOut, Problem, Submission, arrivals
from .ledger import KIND_NAMES, KINDS

__all__ = [
    "KINDS",
    "KIND_NAMES",
    "Added",
    "Arrivals",
    "LeftOut",
    "Problem",
    "Submission",
    "TakenBack",
    "add",
    "arrivals",
    "undo",
]
