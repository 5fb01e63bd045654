"""The replicas and nginx before them, with the configuration of .deploy, on free ports of this machine."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from string import Template
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

ROOT: Final = Path(__file__).parents[2]
TEMPLATE: Final = ROOT / ".deploy/nginx/laydown.conf.template"
PATIENCE: Final = 90.0
"""Seconds after which what does not start has failed."""
MAIN: Final = Template(
    "${user}daemon off; error_log $folder/log warn; pid $folder/pid; worker_processes 1; worker_rlimit_nofile 4096;\n"
    "events { worker_connections 1024; }\n"
    "http {\n"
    "  access_log off; server_names_hash_bucket_size 64;\n"
    "  client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi;\n"
    "  uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;\n"
    "  include $folder/laydown.conf;\n"
    "}\n"
)
"""What the image's own nginx.conf has around the configuration, in short."""


class MissingError(Exception):
    """A program is not here; the message says how to get it."""


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def wait(url: str, alive: subprocess.Popen[bytes], wanted: str = "") -> None:
    """Wait until ``url`` is answered with 200, and with ``wanted`` in it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if alive.poll() is not None:
            raise RuntimeError(f"{alive.args!r} ended with {alive.returncode}")
        with suppress(URLError, OSError), urlopen(url, timeout=5) as answer:
            if wanted in answer.read().decode():
                return
        time.sleep(0.05)
    raise TimeoutError(url)


class Replica:
    """A server of a data folder; ``public`` is where readers reach it."""

    def __init__(self, port: int, public: str) -> None:
        self.address = f"127.0.0.1:{port}"
        self._port = port
        self._public = public
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self, data: Path) -> None:
        """Start the server, without waiting for it."""
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1"]
        command += ["--server.port", str(self._port)]
        free = {name: value for name, value in os.environ.items() if not name.startswith(("LAYDOWN_", "STREAMLIT_"))}
        settings = {"LAYDOWN_DATA": str(data), "LAYDOWN_URL": self._public, "LAYDOWN_TRUSTED_PROXIES": "127.0.0.1"}
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=ROOT, env={**free, **settings}, stdout=quiet, stderr=quiet)

    def wait(self) -> str:
        """Wait until it has data to show; return their version."""
        assert self.process
        wait(f"http://{self.address}/readyz", self.process)
        with urlopen(f"http://{self.address}/readyz", timeout=5) as answer:
            return str(json.load(answer)["dataset"])

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process
        self.process.send_signal(number)

    def ended(self) -> int:
        """Wait until it has ended; return its exit code."""
        assert self.process
        code = self.process.wait(timeout=PATIENCE)
        self.process = None
        return code

    def stop(self) -> None:
        """End it, however it is."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def nginx(folder: Path, port: int, replicas: list[Replica]) -> Iterator[str]:
    """Run nginx before two replicas; yield its address. Raise MissingError where there is none."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise MissingError("nginx is not here; on Debian and Ubuntu: sudo apt-get install nginx-light")
    filled = {
        "LISTEN": f"127.0.0.1:{port}",
        "REPLICA_1": replicas[0].address,
        "REPLICA_2": replicas[1].address,
        "CACHE": str(folder / "cache"),
        "FRONT": "127.0.0.2/32",
        "UNLIMITED": "127.0.0.0/8",
    }
    # As envsubst does: nginx' own variables, whose names are small, stay as they are.
    text = Template(TEMPLATE.read_text(encoding="utf-8")).safe_substitute(filled)
    (folder / "laydown.conf").write_text(text, encoding="utf-8")
    user = "user root; " if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.substitute(user=user, folder=folder), encoding="utf-8")
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    if (tried := subprocess.run([*command, "-t", "-q"], stderr=subprocess.PIPE, text=True, check=False)).returncode:
        raise RuntimeError(tried.stderr)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait(f"http://127.0.0.1:{port}/healthz", process)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
