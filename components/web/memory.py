"""Memory that is no longer used is returned to the system: of large answers, and of readers who have left (glibc)."""

import ctypes
import gc
from typing import Final

import anyio
from anyio import to_thread

LARGE: Final = 1 << 20
"""Bytes: larger pieces are returned as soon as they are freed."""
TRIM_SECONDS: Final = 30.0
"""Between two times that memory is returned."""
_MMAP_THRESHOLD: Final = -3
"""M_MMAP_THRESHOLD of glibc's mallopt(3)."""


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


async def keep_trimmed() -> None:
    """Return what readers who have left held, from time to time, until cancelled.

    A session of Streamlit's is a cycle of objects, which only the garbage collector frees; what it frees lies between
    what is still used, in as many heaps as there were threads, and glibc returns it only when it is asked to.
    """
    while True:
        await anyio.sleep(TRIM_SECONDS)
        await to_thread.run_sync(_trim)


def _trim() -> None:
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library
        return
