"""How far long work is: whoever does it tells, and a line on a terminal shows it, where somebody has asked for one."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from shutil import get_terminal_size
from typing import Final, NamedTuple, TextIO

SHORT: Final = 1.0
"""Seconds of work of which nothing is shown."""
_AGAIN: Final = 0.2
"""Seconds from one look at how far it is to the next."""
_BAR: Final = 30
"""Characters."""


class Step(NamedTuple):
    """What is being done, and how much of it is done: bytes, rows or columns. ``of`` is 0 where that is not known."""

    what: str
    done: int = 0
    of: int = 0

    def text(self, width: int) -> str:
        """Return it as a line of at most so many characters.

        >>> Step("Writing rows", 1, 4).text(60)
        'Writing rows [#######-----------------------]  25 %'
        >>> Step("Reading a.csv").text(60), Step("Writing rows", 1, 4).text(20)
        ('Reading a.csv…', 'Writing rows  25 %')
        """
        if not self.of:
            return f"{self.what}…"[:width]
        filled = _BAR * self.done // self.of
        share = f"{100 * self.done // self.of:3} %"
        whole = f"{self.what} [{'#' * filled}{'-' * (_BAR - filled)}] {share}"
        return whole if len(whole) <= width else f"{self.what[: max(0, width - len(share) - 1)]} {share}"


_listener: ContextVar[Callable[[Step], None] | None] = ContextVar("listener", default=None)


def tell(what: str, done: int = 0, of: int = 0) -> None:
    """Say what is being done, and how much of it is."""
    if listener := _listener.get():
        listener(Step(what, done, of))


class Line:
    """The one line on which a terminal shows the newest step."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._newest: Step | None = None
        self._shown = ""
        self._lock = threading.Lock()

    def tell(self, step: Step) -> None:
        """Take a step to be shown at the next look."""
        self._newest = step

    def show(self) -> None:
        """Show the newest step."""
        with self._lock:
            if step := self._newest:
                self._write(step.text(get_terminal_size().columns - 1))

    def clear(self) -> None:
        """Take the line away, so that something else can be printed; the next step is shown again."""
        with self._lock:
            self._newest = None
            self._write("")

    def _write(self, text: str) -> None:
        if text != self._shown:
            # What is left of a longer line is overwritten by blanks, which every terminal can do.
            self._stream.write("\r" + text.ljust(len(self._shown)) + ("" if text else "\r"))
            self._stream.flush()
            self._shown = text


@contextmanager
def shown(stream: TextIO, after: float = SHORT) -> Iterator[Line]:
    """Show on a terminal what is told within, once it has taken ``after`` seconds; on anything else nothing."""
    line, done = Line(stream), threading.Event()
    if not stream.isatty():
        yield line
        return

    def look() -> None:
        wait = after
        while not done.wait(wait):
            line.show()
            wait = _AGAIN

    thread = threading.Thread(target=look, daemon=True)
    token = _listener.set(line.tell)
    thread.start()
    try:
        yield line
    finally:
        _listener.reset(token)
        done.set()
        thread.join()
        line.clear()
