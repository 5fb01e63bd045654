"""Rate limiting of the log: a client that provokes errors cannot fill it with tracebacks."""

import logging
import time
from collections.abc import Callable
from typing import Final

LOGGERS: Final = (
    "streamlit.runtime.app_session",
    "streamlit.runtime.runtime",
    "streamlit.web.server.starlette.starlette_websocket",
    "uvicorn.error",
)
"""Those that log a whole traceback for what a client sends."""
MOST: Final = 5
"""Tracebacks of one message that are logged within PERIOD."""
PERIOD: Final = 60.0
"""Seconds."""


class TracebackLimit(logging.Filter):
    """A logging filter: MOST tracebacks of a message pass within PERIOD; of those after, their number is logged."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._counts: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is logged."""
        if not record.exc_info:
            return True
        # The message as the program has it, of which there are few: not with what a client sent in it.
        name, now = str(record.msg), self._clock()
        since, count = self._counts.get(name, (now, 0))
        if now - since >= PERIOD:
            if count > MOST:
                record.msg = f"{record.msg.rstrip()} ({count - MOST} more in the time before)"
            since, count = now, 0
        self._counts[name] = since, count + 1
        return count < MOST


def limit() -> None:
    """Add a TracebackLimit to each of LOGGERS; once, however often it is called."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, TracebackLimit) for found in logger.filters):
            logger.addFilter(TracebackLimit())
