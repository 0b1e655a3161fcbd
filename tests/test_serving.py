"""`egov dev` ends all that it has started, however slowly that ends by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dagster_project.commands import serving

# Starts a process of its own, names it, and listens to no Ctrl-C.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def is_there(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="groups of processes, as Linux tells them")
def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "_STOP_WAIT", 0.2)
    named = tmp_path / "child"
    process = subprocess.Popen([sys.executable, "-c", STUBBORN, str(named)], start_new_session=True)
    while not (named.exists() and named.read_text()):
        assert process.poll() is None
        time.sleep(0.05)
    child = int(named.read_text())
    assert is_there(child) and os.getpgid(child) == process.pid
    serving._end(process)
    until = time.monotonic() + 10
    while is_there(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(child) and process.wait(10) is not None
