"""Memory is returned to the system: of large answers when they have been sent, of readers when they have left (glibc)."""

import ctypes
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
    """Return free memory to the system every ``seconds``, until cancelled; on a system that cannot do so, nothing.

    glibc returns it by itself only from a heap's end: what three hundred readers used together, 18 MB of it, stayed for
    as long as one piece above it was in use.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library
        return
    while True:
        await anyio.sleep(seconds)
        await to_thread.run_sync(trim, 0)  # without the interpreter's lock


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
