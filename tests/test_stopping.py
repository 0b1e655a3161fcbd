"""A stop that comes while DuckDB's bindings load themselves: they end the process where Python raises anything then."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Sends itself the signal when the library, on its way in, first makes an enumeration in Python.
STOPPED_THEN = """
import os, signal, sys, time
from importlib.machinery import ExtensionFileLoader
from dagster_project import stopping

loading = (ExtensionFileLoader.create_module.__code__, ExtensionFileLoader.exec_module.__code__)
sent = []

def look(frame, event, given):
    at = frame if frame.f_code.co_filename.endswith("enum.py") and not sent else None
    while at is not None and at.f_code not in loading:
        at = at.f_back
    if at is not None:
        sent.append(True)
        os.kill(os.getpid(), signal.SIGTERM)

signal.signal(signal.SIGTERM, signal.SIG_DFL)
stopping.listen()
sys.setprofile(look)
try:
    import duckdb
    sys.setprofile(None)
    time.sleep(10)
except KeyboardInterrupt:
    print("stopped" if sent and stopping.is_asked() else "not by the signal")
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_stop_waits_until_a_library_is_loaded():
    ended = subprocess.run([sys.executable, "-c", STOPPED_THEN], capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "stopped", "")
