"""`egov dev`: Dagster's pages, with the home in which `egov run` records its runs; `egov serve`: our own.

Here: starting and ending them. Not here: what they show (`definitions.py`, `..local_pages`).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

from ..errors import UserError, why_refused
from ..root import REPOSITORY, Root
from ..warehouse import build

_STOP_WAIT = 20  # seconds
_PR_SET_PDEATHSIG = 1


def serve(root: Root, port: int) -> int:
    """Serves the pages until they are stopped, and ends all that serves them. Raises UserError where the web server is
    not installed, or another program has the port."""
    if find_spec("dagster_webserver") is None:
        raise UserError(
            "Dagster's web server is not installed. Install it: pip install -r requirements.lock",
            "Chưa cài máy chủ trang của Dagster. Hãy cài: pip install -r requirements.lock",
        )
    _refuse_taken(port)
    build.manifest(root)
    from ..defs.history import prepare_home

    prepare_home(root)
    environment = {**os.environ, **build.environment(root), "DAGSTER_HOME": str(root.dagster_home)}
    environment["EGOV_ROOT"] = str(root.path)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "dagster_project.definitions", "-p", str(port)]
    # In a group of its own, so that all that it starts can be ended with it.
    process = subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, preexec_fn=_end_with_parent(), start_new_session=os.name != "nt"
    )
    try:
        return process.wait()
    finally:
        _end(process)


def serve_pages(root: Root, port: int, say: Callable[[str], None]) -> None:
    """Serves our own pages to this machine until it is stopped. Raises UserError where another program has the port."""
    _refuse_taken(port)
    import uvicorn

    from ..local_pages.app import application

    say(f"http://127.0.0.1:{port} · Ctrl-C để dừng / ends it")
    uvicorn.run(application(root), host="127.0.0.1", port=port, log_level="warning", server_header=False)


def _refuse_taken(port: int) -> None:
    with socket.socket() as trial:
        if os.name != "nt":  # there it would let two programs have one port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise UserError(
                f"The pages cannot be served on port {port}: {error.strerror}. Give another port with --port.",
                f"Không mở được trang ở cổng {port}: {why_refused(error)}. Hãy chọn cổng khác bằng --port.",
            ) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks Dagster to end, which ends the processes that it has started; it needs some seconds for that. What is left
    of them after that, or where somebody does not want to wait, is killed."""
    try:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
            process.wait(_STOP_WAIT)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
    finally:
        if os.name != "nt":
            with contextlib.suppress(ProcessLookupError):  # none is left
                os.killpg(process.pid, signal.SIGKILL)


def _end_with_parent() -> Callable[[], object] | None:
    """What asks Linux to send Dagster the signal of Ctrl-C where this process is killed; other systems cannot."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
