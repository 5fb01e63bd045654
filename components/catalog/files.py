"""Where the files of a data folder lie: in a folder, or in a ZIP file in memory."""

import io
import zipfile
from pathlib import Path

Folder = Path | zipfile.Path


def folder_in(archive: bytes) -> zipfile.Path:
    """Return the folder that is packed as a ZIP file."""
    return zipfile.Path(zipfile.ZipFile(io.BytesIO(archive)))
