"""Runs of the page's script take turns, so that each is over soon.

They all need the one interpreter (its GIL): run side by side, each passes it on every few milliseconds and all end
late (a lock convoy). One after the other the first is done while the last has waited no longer.
"""

from functools import lru_cache
from threading import Semaphore


@lru_cache(maxsize=1)
def one_run() -> Semaphore:
    """Return what a run holds while it lasts, by ``with``: one that fails or is called off lets go of it, too."""
    return Semaphore()
