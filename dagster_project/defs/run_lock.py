"""The lock of a root as a resource of Dagster's: a run holds it from its first step to its last (`lock.py`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from ..root import Root
from .lock import one_at_a_time, sign

# Nobody watches a run that the sensor started: it waits for the one before it, which takes minutes at most.
LOCK_WAIT_SECONDS = 1800


class RunLock(dg.ConfigurableResource):
    """Every asset asks for it."""

    root: str

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["RunLock"]:
        with one_at_a_time(Root(Path(self.root)), wait=LOCK_WAIT_SECONDS):
            sign(Root(Path(self.root)))
            yield self
