"""Memory of large answers is returned to the system when they have been sent (glibc's mallopt)."""

import ctypes
from typing import Final

LARGE: Final = 1 << 20
"""Bytes: larger pieces are returned as soon as they are freed."""
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
