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
FOLDERS: Final[Mapping[str, Path]] = {name: HERE / name / "assets" for name in ("map", "panels", "ui", "site")}
"""By room, the folder of its assets."""
SERVED: Final = (".js", ".css", ".svg", ".png")
SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "map/assets/bundle.css": (
        "map/assets/map.css",
        "map/assets/timeline/timeline.css",
        "map/assets/timeline/track.css",
        "map/assets/timeline/watch.css",
        "map/assets/timeline/layouts.css",
        "map/assets/controls/controls.css",
        "map/assets/controls/legend.css",
        "map/assets/controls/touch.css",
        "map/assets/controls/empty.css",
        "map/assets/compare/compare.css",
    ),
    "panels/assets/bundle.css": tuple(
        f"panels/assets/{name}.css"
        for name in ("elements", "card", "panels", "trends", "briefing", "sidebar", "opening")
    ),
}
"""The style sheets that are served as one, so that a page waits for one; each overrides those before it."""


def assets() -> dict[str, Path]:
    """Return the files of all rooms by their path in components/.

    >>> assets()["map/assets/boot.js"].name
    'boot.js'
    """
    files = [path for folder in FOLDERS.values() for path in sorted(folder.rglob("*")) if path.suffix in SERVED]
    return {path.relative_to(HERE).as_posix(): path for path in files}


@lru_cache(maxsize=1)
def sheets() -> Mapping[str, bytes]:
    """Return the bundled style sheets by their path, as those of ``assets``."""
    return {name: b"\n".join((HERE / part).read_bytes() for part in parts) for name, parts in SHEETS.items()}


@lru_cache(maxsize=1)
def root() -> str:
    """Return where the assets of all rooms are, from this server's root: ``assets/<hash>``."""
    digest = hashlib.sha256(repr(SHEETS).encode())
    for name, path in assets().items():
        digest.update(name.encode() + path.read_bytes())
    return f"assets/{digest.hexdigest()[:12]}"


def address(room: str) -> str:
    """Return where the assets of a room of FOLDERS are, from this server's root.

    >>> address("map")
    'assets/.../map/assets'
    """
    return f"{root()}/{room}/assets"
