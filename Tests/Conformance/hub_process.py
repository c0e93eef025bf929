"""Starts the real binary on a free port, with its data in a temporary folder, and ends it."""

import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time

START_SECONDS_MAXIMUM = 30
STOP_SECONDS_MAXIMUM = 30


class HubProcess:
    """One `martlet serve` process; `port` is the one that it printed."""

    def __init__(self, binary, flags=(), settings=None):
        """`settings` are those that a command line must not show: they go by the environment."""
        if not pathlib.Path(binary).exists():
            raise SystemExit(f"{binary} does not exist: build it first")
        self.data = tempfile.mkdtemp(prefix="martlet-data-")
        self.log = open(pathlib.Path(self.data) / "stderr.log", "w+b")
        self.command = [binary, "serve", "--data", f"{self.data}/hub", *flags]
        self.environment = os.environ | (settings or {})
        self.port = 0
        self.start()

    def start(self):
        """Starts it, again on the same port when it ran before."""
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, bufsize=0,
        )
        self.port = self._read_port()

    def kill(self):
        """As a power failure would: nothing is finished."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def _read_port(self):
        """Reads standard output up to the line that says where the hub serves."""
        seen = b""
        deadline = time.monotonic() + START_SECONDS_MAXIMUM
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.2)
            if ready:
                seen += (chunk := self.process.stdout.read(4096) or b"")
                served = re.search(rb"serves on https?://\S*?:(\d+)[^\n]*\n", seen)
                if served:
                    return int(served.group(1))
                if not chunk:
                    break
        errors = self.errors()
        self.stop()
        raise SystemExit(f"the hub did not start: {seen.decode(errors='replace')}\n{errors}")

    def websocket_url(self, path):
        return f"ws://127.0.0.1:{self.port}{path}"

    def is_running(self):
        return self.process.poll() is None

    def errors(self):
        """What the hub wrote to its log so far, the last 4 KB of it."""
        self.log.flush()
        self.log.seek(0)
        return self.log.read()[-4096:].decode(errors="replace")

    def stop(self):
        """Asks the hub to drain, kills it if it doesn't, and returns its exit status."""
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS_MAXIMUM)
            except subprocess.TimeoutExpired:
                self.process.kill()
        status = self.process.wait()
        self.process.stdout.close()
        self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)
        return status
