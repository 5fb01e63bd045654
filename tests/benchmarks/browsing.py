"""The browser: pages, what goes over the wire, and a hand on a slider."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright

from tests.e2e.conftest import FLAGS, find_chromium

VIEWPORT = {"width": 1440, "height": 900}
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
DRAG_SECONDS = 2.0
LOW, HIGH = 0.55, 0.9
"""The shares of the track between which the handle is moved."""


@contextmanager
def chromium(webgl: bool = False) -> Iterator[Browser]:
    """Start a browser; with WebGL drawn in software where it is asked for."""
    flags = [flag for flag in FLAGS if not (webgl and flag == "--disable-gpu")] + (WEBGL if webgl else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=flags)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Traffic:
    """The bytes a page has received and sent: over HTTP as on the wire, over websockets before compression."""

    cdp: CDPSession
    bytes: int = 0
    files: dict[str, int] = field(default_factory=dict)
    """Bytes of HTTP by path."""

    def __post_init__(self) -> None:
        self._paths: dict[str, str] = {}
        self.cdp.on("Network.webSocketFrameReceived", self._framed)
        self.cdp.on("Network.webSocketFrameSent", self._framed)
        self.cdp.on("Network.requestWillBeSent", self._asked)
        self.cdp.on("Network.loadingFinished", self._loaded)
        self.cdp.send("Network.enable")

    def _framed(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        self.bytes += len(base64.b64decode(data) if frame["opcode"] == 2 else data.encode())

    def _asked(self, event: dict[str, Any]) -> None:
        self._paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def _loaded(self, event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        path = self._paths.get(event["requestId"], "")
        self.bytes += size
        self.files[path] = self.files.get(path, 0) + size


@dataclass(frozen=True)
class Target:
    """How a map is asked, in JavaScript: probe.js says what. ``live``: it follows while the slider is dragged."""

    value: str
    drawn: str
    linked: str = "null"
    host: str = "window"
    live: bool = True


@dataclass(frozen=True)
class Drag:
    """What a drag showed."""

    intervals: Sequence[float]
    """Milliseconds between frames."""
    work: Sequence[float]
    """Milliseconds of main thread from a frame's first callback until it is painted."""
    updates: int
    """How many times the map showed another number of incidents."""
    block: float
    """The longest task of the main thread; 0: none was longer than 50 ms."""


def install(page: Page, target: Target, counts: Sequence[int]) -> None:
    """Put probe.js into ``page``."""
    page.evaluate(
        f"({PROBE})({{ host: {target.host}, value: {target.value}, drawn: {target.drawn}, "
        f"linked: {target.linked}, counts: {json.dumps(counts)}, live: {json.dumps(target.live)} }})"
    )


@dataclass
class Slider:
    """The handle of the window's last day."""

    page: Page
    handle: Locator | None
    """None: the slider is one element, whose handle is where it was left."""
    left: float
    right: float
    """Where the handle is at the track's ends, in pixels of the page."""
    y: float = 0
    share: float = 0

    def _x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)

    def _move(self, share: float) -> None:
        self.share = share
        self.page.mouse.move(self._x(share), self.y)

    def _grab(self) -> None:
        at = self._x(self.share)
        if self.handle:
            at, self.y = centre(self.handle)
        self.page.mouse.move(at, self.y)
        self.page.mouse.down()

    def change(self, share: float, live: bool, timeout: float) -> float:
        """Move the handle to a share of the track; return the milliseconds until the map shows that window."""
        self._grab()
        self.page.evaluate("benchmark.arm()")
        self._move(share)
        if live:
            changed = self._wait("benchmark.state.changed", timeout)
            self.page.mouse.up()
        else:
            self.page.mouse.up()
            changed = self._wait("benchmark.state.changed", timeout)
        return changed

    def settled(self, timeout: float) -> float:
        """Return the milliseconds from the release of the handle until the page was settled."""
        return self._wait("benchmark.state.settled", timeout)

    def drag(self, low: float, high: float) -> Drag:
        """Hold the handle for some seconds, back and forth between two shares of the track."""
        self._grab()
        self._move(high)
        self.page.evaluate("benchmark.record()")
        begun = monotonic()
        while (elapsed := monotonic() - begun) < DRAG_SECONDS:
            # There and back once: as the hand of one who looks for something.
            self._move(low + (high - low) * abs(1 - 2 * elapsed / DRAG_SECONDS))
        recorded = self.page.evaluate("benchmark.recorded()")
        self.page.mouse.up()
        displayed, work, drawn = zip(*recorded["frames"], strict=True)
        return Drag(
            intervals=[after - before for before, after in pairwise(displayed)],
            work=work,
            updates=sum(before != after for before, after in pairwise(drawn)),
            block=max(recorded["blocks"], default=0),
        )

    def _wait(self, expression: str, timeout: float) -> float:
        found: float = self.page.wait_for_function(expression, timeout=timeout * 1000).json_value()
        return found


def centre(element: Locator) -> tuple[float, float]:
    """Return the middle of an element, in pixels of the page."""
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def middle(values: Sequence[float]) -> float:
    """Return the median, or NaN of nothing."""
    return median(values) if values else float("nan")


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 in 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)] if values else float("nan")
