"""How files are sent to be read, from the browser to the server and on to the process that reads them, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

MAX_HEAD: Final = 1_000_000
"""Bytes of a message's first line."""


class Message(NamedTuple):
    """A line of JSON, and parts of bytes one after another, whose sizes stand in it as ``sizes``."""

    head: Mapping[str, Any]
    parts: Sequence[bytes]

    def written(self) -> bytes:
        """Return it as bytes."""
        head = {**self.head, "sizes": [len(part) for part in self.parts]}
        return b"".join([json.dumps(head).encode(), b"\n", *self.parts])

    @classmethod
    def of(cls, content: bytes) -> "Message":
        """Return the message that ``content`` is; ValueError where it is none."""
        line, _, rest = content.partition(b"\n")
        if len(line) > MAX_HEAD:
            raise ValueError("the first line is too long")
        head = json.loads(line)
        sizes = head.pop("sizes", None) if isinstance(head, dict) else None
        if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
            raise ValueError("the first line names no sizes")
        if sum(sizes) != len(rest):
            raise ValueError("the parts are not as long as the first line says")
        parts, at = [], 0
        for size in sizes:
            parts.append(rest[at : at + size])
            at += size
        return cls(head, parts)
