"""Runs a command with a Spark of its own: a Spark Connect server on this machine, which ends with the command.

    with_spark.py COMMAND …     needs pyspark, not its client alone, in the Python that runs this, and Java 17 or later

The command finds the server in SPARK_REMOTE, and in EGOV_PARQUET a folder that both see. SPARK_MEMORY: what Java may
take, 3g where it is not said. Prints at the end what the server took at most. Not here: what is run (`tests/parity`,
`run.py`), and how a cluster is reached, which needs nothing of this (`docs/scaling-out.md`).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
PATIENCE = 120  # seconds until it answers


def main() -> int:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        print("Skipped: Spark needs Java 17 or later, and there is no java here.")
        return 0
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": f"{folder}/warehouse",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": str(port),
        }
        command = [str(home / "bin" / "spark-submit"), "--class", SERVER, "--master", "local[2]"]
        command += ["--driver-memory", os.environ.get("SPARK_MEMORY", "3g")]
        command += [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        log = Path(folder, "log")
        with log.open("wb") as out:
            environment = {**os.environ, "SPARK_HOME": str(home)}
            server = subprocess.Popen(
                [*command, "spark-internal"],
                cwd=folder,
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            if not _answers(server, port):
                print(log.read_text("utf-8", "replace")[-2000:], file=sys.stderr)
                return 1
            given = {"SPARK_REMOTE": f"sc://127.0.0.1:{port}", "EGOV_PARQUET": f"{folder}/parquet"}
            done = subprocess.run(sys.argv[1:], env={**os.environ, **given}, check=False)
            print(f"Spark took {_peak(server.pid)} MB of memory at most.")
            return done.returncode
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.5)
    return False


def _peak(pid: int) -> int:
    """What a process has taken at most, in MB; spark-submit becomes Java itself."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    sys.exit(main())
