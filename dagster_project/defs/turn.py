"""The lock of a root as a resource of Dagster's: a run holds it from its first step to its last (`lock.py`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from ..root import Root
from .lock import one_at_a_time, sign

# Nobody watches a run that the sensor started: it waits for the one before it, which takes minutes at most.
PATIENCE = 1800


class Turn(dg.ConfigurableResource):
    """Every asset asks for it."""

    root: str

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Turn"]:
        with one_at_a_time(Root(Path(self.root)), wait=PATIENCE):
            sign(Root(Path(self.root)))
            yield self
