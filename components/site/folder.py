"""The folder of a static site: written beside and put in place whole, and never over what is not one."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MARKER: Final = "laydown-site.json"
"""The file by which a folder is known as a static site of Laydown's."""


class NotOurFolderError(Exception):
    """The folder holds something else than a static site; the message says so."""


def check_folder(folder: Path) -> None:
    """Raise NotOurFolderError where a site cannot be written to ``folder`` without losing what is not one."""
    if folder.is_dir():
        if any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise NotOurFolderError(
                f"{folder} holds files that are no static site of Laydown's (there is no {MARKER}). "
                "Name another folder, or empty this one."
            )
    elif folder.exists() or folder.is_symlink():
        raise NotOurFolderError(f"{folder} is no folder. Name another.")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files``, by their paths, as the folder's whole content; raise as ``check_folder`` does.

    They are written into a folder beside it, which then takes its place: whoever looks meanwhile sees the old or the
    new site, and a run that fails leaves the old one.
    """
    check_folder(folder)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, body in files.items():
            path = made / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        if folder.exists():
            folder.rename(made / "old")
        (made / "new").rename(folder)
    finally:
        shutil.rmtree(made)
