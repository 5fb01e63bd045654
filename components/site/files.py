"""Files of a static site that its scripts ask for: a page on a disk may fetch nothing, so each lies in a script.

map/assets/data/files.js runs the script and reads what it holds.
"""

import base64
import gzip
import json
from typing import Any, Final

SCRIPT: Final = "script:"
"""Before the address of a script that holds a file."""


def held(name: str) -> str:
    """Return the address of the file that the script ``name`` holds."""
    return f"{SCRIPT}{name}"


def holder(name: str, body: bytes) -> bytes:
    """Return the script ``name``, which holds a file of ``body``, gzipped."""
    text = base64.b64encode(gzip.compress(body, mtime=0)).decode()
    return f'(window.laydownFiles ??= {{}})["{name}"] = "data:application/gzip;base64,{text}";\n'.encode()


def json_bytes(content: Any) -> bytes:
    """Return ``content`` as JSON in as few bytes as it takes."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
