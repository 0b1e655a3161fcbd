"""`egov dev`: Dagster's pages, with the home in which `egov run` records its runs.

Here: starting them as a process of their own. Not here: what they show (`definitions.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

from .errors import UserError
from .root import REPOSITORY, Root
from .warehouse import build


def serve(root: Root, port: int) -> int:
    """Serves the pages until they are stopped. Raises UserError where the web server is not installed."""
    if find_spec("dagster_webserver") is None:
        raise UserError("Dagster's web server is not installed. Install it: pip install -r requirements.lock")
    build.manifest(root)
    from .defs.history import prepare_home

    prepare_home(root)
    environment = {**os.environ, **build.environment(root), "DAGSTER_HOME": str(root.dagster_home)}
    environment["EGOV_ROOT"] = str(root.path)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "dagster_project.definitions", "-p", str(port)]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode
