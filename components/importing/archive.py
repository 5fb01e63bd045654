"""What is in a compressed file, looked through before it is read: zip bombs and XML that defines entities."""

import io
import zipfile
from typing import Final

from components.importing.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, SMALL, RefusedError

_HARMFUL: Final = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64


def check_archive(content: bytes, name: str) -> frozenset[str]:
    """Return the names of what is in a ZIP file; RefusedError for what would fill memory, or defines entities.

    Sizes are counted while it is unpacked: what the file says of itself may be untrue.
    """
    allowed = min(MAX_UNPACKED, max(SMALL, len(content) * MAX_RATIO))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise RefusedError(f"{name} holds {len(members):,} files, as no workbook or map does")
            if sum(member.file_size for member in members) > allowed:
                raise RefusedError(_too_large(name))
            unpacked = 0
            for member in members:
                if not member.filename.lower().endswith((".xml", ".rels", ".kml")):
                    continue
                before = b""
                with archive.open(member) as file:
                    while chunk := file.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > allowed:
                            raise RefusedError(_too_large(name))
                        if any(mark in before + chunk for mark in _HARMFUL):
                            raise RefusedError(f"{name} holds XML that defines entities, and is not read")
                        before = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise RefusedError(f"{name} cannot be unpacked ({error}): save it again") from None
    return frozenset(member.filename for member in members)


def _too_large(name: str) -> str:
    return f"{name} unpacks to far more than its own size, and is not read: save the table as CSV"
