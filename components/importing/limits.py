"""What a file may hold, so that none, a hostile one included, fills memory; and how it is refused."""

from collections.abc import Sequence
from typing import Final

from components.importing.report import Taken

MAX_BYTES: Final = 1_000_000_000
"""Of a file."""
MAX_UNPACKED: Final = 500_000_000
"""Of all that a compressed one unpacks to."""
MAX_RATIO: Final = 200
"""How many times its own size a compressed file may unpack to, once that is more than SMALL."""
SMALL: Final = 20_000_000
MAX_MEMBERS: Final = 5_000
"""Files in a compressed one."""
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 1_000
MAX_DEPTH: Final = 100
"""Elements of XML within elements."""


class RefusedError(ValueError):
    """A file that is not read: the message says why, and what to do."""


class UnclearError(RefusedError):
    """A table of which something needed is told by no column that was recognised: people can say by which."""

    def __init__(self, message: str, question: str, taken: Sequence[Taken]) -> None:
        super().__init__(message)
        self.question = question
        """The message without how to answer it."""
        self.taken = taken
        """Its columns, and what each was taken for."""


class NotUnderstoodError(ValueError):
    """A cell that says nothing here: the message is the reason, the same for all cells of which it is true."""
