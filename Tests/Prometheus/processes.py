"""The processes beside the hub: a stock Prometheus, and targets to scrape."""

import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

START_SECONDS_MAXIMUM = 20
FOLDER = pathlib.Path(__file__).parent


class Exporter:
    """A target that steps with each scrape; see `exporter.py`."""

    def __init__(self, prefix, seed):
        self.process = subprocess.Popen(
            [sys.executable, FOLDER / "exporter.py", "--prefix", prefix, "--seed", str(seed)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Prometheus:
    """Debian's `prometheus`: scrapes one target each second and writes all of it to the hub."""

    def __init__(self, target_port, hub_port):
        self.folder = tempfile.mkdtemp(prefix="martlet-prometheus-")
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            self.port = place.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        configuration = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "900ms"},
            "scrape_configs": [{
                "job_name": "app",
                "static_configs": [{"targets": [f"127.0.0.1:{target_port}"]}],
            }],
            # Small requests, so that some are under way whenever the hub is killed.
            "remote_write": [{
                "url": f"http://127.0.0.1:{hub_port}/api/v1/write",
                "queue_config": {
                    "max_shards": 4, "max_samples_per_send": 20, "capacity": 200,
                    "batch_send_deadline": "200ms", "min_backoff": "30ms", "max_backoff": "500ms",
                },
                "metadata_config": {"send": True, "send_interval": "2s"},
            }],
        }
        # JSON is YAML.
        path = pathlib.Path(self.folder) / "prometheus.yml"
        path.write_text(json.dumps(configuration))
        self.log = open(pathlib.Path(self.folder) / "log", "w+b")
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={path}", f"--storage.tsdb.path={self.folder}/data",
             f"--web.listen-address=127.0.0.1:{self.port}"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.wait_until_ready()

    def wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS_MAXIMUM
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/-/ready", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        errors = self.errors()
        self.close()
        raise SystemExit(f"prometheus did not start:\n{errors}")

    def errors(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()[-4096:].decode(errors="replace")

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
