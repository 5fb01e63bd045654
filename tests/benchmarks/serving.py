"""A server in a process of its own, and what it costs."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread, Timer
from typing import IO
from urllib.parse import urlsplit

from .relay import Relay

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
"""What takes longer to say where it listens is cut off."""
STREAMLIT = ("-m", "streamlit", "run", "--server.port", "0", "--server.headless", "true")


class Server:
    """``python <arguments>``, which says ``URL: <address>`` once it listens."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def __enter__(self) -> "Server":
        assert self._process.stdout is not None
        cut = Timer(START_SECONDS, self._process.kill)
        cut.start()
        for line in self._process.stdout:  # blocks until the server says where it is
            self.said.append(line)
            if "URL:" in line:
                cut.cancel()
                port = urlsplit(line.split("URL:")[1].strip()).port
                assert port is not None
                self.direct = f"http://localhost:{port}"
                self._relay = Relay(port)
                self.address = f"http://localhost:{self._relay.port}"
                Thread(target=self._listen, args=[self._process.stdout], daemon=True).start()
                return self
        late = not cut.is_alive()
        cut.cancel()
        why = f"Timeout: no address after {START_SECONDS} s" if late else "The server did not start"
        raise RuntimeError(f"{why}\n{''.join(self.said)}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _listen(self, output: IO[str]) -> None:
        self.said.extend(output)

    @property
    def wire(self) -> int:
        """The bytes that have gone to and from it so far."""
        return self._relay.bytes

    def cpu_ms(self) -> float:
        """Return the processor time it has used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        utime, stime = int(fields[11]), int(fields[12])
        return (utime + stime) * 1000 / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """Return the most memory it has held so far."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6

    def rss_mb(self) -> float:
        """Return the memory it holds."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
