"""The JavaScript and CSS that is served: a folder a room, under an address that changes with its content."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDERS: Final = {name: Path(__file__).parent / name / "assets" for name in ("map", "ui")}


@lru_cache(maxsize=len(FOLDERS))
def address(room: str) -> str:
    """Return where the assets of a room of FOLDERS are, from this server's root: ``assets/map-<hash>``."""
    digest = hashlib.sha256()
    for path in sorted(FOLDERS[room].iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return f"assets/{room}-{digest.hexdigest()[:12]}"
