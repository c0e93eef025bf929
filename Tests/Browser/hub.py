"""The hub under test: one that runs already, or a process of ours that can be killed."""

import os
import re
import shutil
import subprocess
import tempfile
import threading

LINE = re.compile(r"martlet serves on (http://[0-9.]+:(\d+))")


class RunningHub:
    """Somebody else started it."""

    can_restart = False

    def __init__(self, url):
        self.url = url.rstrip("/")

    def close(self):
        pass


class OwnHub:
    """`martlet serve` on a free port with data that is thrown away."""

    can_restart = True

    def __init__(self, binary, settings=None):
        """`settings` go by the environment: `{"MARTLET_PAGES_MODULES": ""}`."""
        self.binary = binary
        self.environment = os.environ | (settings or {})
        self.folder = tempfile.mkdtemp(prefix="martlet-hub-")
        self.port = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", str(self.port), "--data", self.folder],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        watchdog = threading.Timer(20, self.process.kill)
        watchdog.start()
        for line in self.process.stdout:
            match = LINE.search(line)
            if match:
                break
        else:
            raise SystemExit("The hub did not say where it serves.")
        watchdog.cancel()
        self.url, self.port = match[1], int(match[2])
        # Nobody reads what comes after: it must not fill the pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def close(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
