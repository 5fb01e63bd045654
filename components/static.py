"""Static assets, content-addressed: the JavaScript and CSS of all rooms, under one address with a hash of them all.

Such an address can be cached for ever, as any change makes another (cache busting). Under it are the same folders as in
components/, so that a module of one room imports from another by one relative path, on the disk as in the browser:
``assets/<hash>/map/assets/time/days.js``.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
FOLDERS: Final[Mapping[str, Path]] = {name: HERE / name / "assets" for name in ("map", "panels", "ui")}
"""By room, the folder of its assets."""
SERVED: Final = (".js", ".css", ".svg", ".png")


def assets() -> dict[str, Path]:
    """Return the files of all rooms by their path in components/.

    >>> assets()["map/assets/boot.js"].name
    'boot.js'
    """
    files = [path for folder in FOLDERS.values() for path in sorted(folder.rglob("*")) if path.suffix in SERVED]
    return {path.relative_to(HERE).as_posix(): path for path in files}


@lru_cache(maxsize=1)
def root() -> str:
    """Return where the assets of all rooms are, from this server's root: ``assets/<hash>``."""
    digest = hashlib.sha256()
    for name, path in assets().items():
        digest.update(name.encode() + path.read_bytes())
    return f"assets/{digest.hexdigest()[:12]}"


def address(room: str) -> str:
    """Return where the assets of a room of FOLDERS are, from this server's root.

    >>> address("map")
    'assets/.../map/assets'
    """
    return f"{root()}/{room}/assets"
