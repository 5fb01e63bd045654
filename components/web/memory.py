"""Memory is given back to the system: of large answers once they are sent, of readers once they have left (glibc)."""

import ctypes
import gc
from contextlib import suppress
from typing import Final

import anyio
from anyio import to_thread

LARGE: Final = 1 << 20
"""Bytes: larger pieces are returned as soon as they are freed."""
_MMAP_THRESHOLD: Final = -3
"""M_MMAP_THRESHOLD of glibc's mallopt(3)."""


TRIM_SECONDS: Final = 30
"""How often what lies free between pieces in use is returned."""


async def keep_trimmed(seconds: float = TRIM_SECONDS) -> None:
    """Collect what readers have left, and return its memory to the system, every ``seconds`` until cancelled.

    What is left of a connection refers to itself, so that it is garbage until somebody looks for it, and Python looks
    only as more is made. glibc returns free memory by itself only from a heap's end. Of three hundred readers 18 MB
    stayed. To look takes milliseconds, at a million rows too, as texts and numbers are not looked at.
    """
    while True:
        await anyio.sleep(seconds)
        await to_thread.run_sync(gc.collect)
        await to_thread.run_sync(_trim)


def _trim() -> None:
    with suppress(AttributeError, OSError, TypeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def release_freed_memory() -> bool:
    """Have large allocations returned to the system when they are freed; return whether this system can do so.

    By itself glibc keeps pieces of up to 32 MB for later once one has been freed, in each thread: a few pictures for
    print, and the server holds hundreds of megabytes that nobody uses.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return False
    return bool(mallopt(_MMAP_THRESHOLD, LARGE))
