"""Files → a data folder, all in memory, in a process of its own: what they do to it harms nobody else.

``python -m components.importing.worker`` reads a ``Message`` whose parts are the files, and answers with one whose
parts are the folder as a ZIP file and its tables as ``packed``. It never writes a file.
"""

import gc
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from components.catalog.catalog import validated_of
from components.catalog.files import folder_in
from components.catalog.kept import Validated, packed
from components.catalog.locating import FILE as PLACES
from components.catalog.locating import locate, places_csv, world_gazetteer
from components.importing.folder import archive
from components.importing.importing import interpret, plan
from components.importing.limits import RefusedError, UnclearError
from components.importing.message import Message

MEMORY: Final = 4_000_000_000
"""Bytes of addresses that the process may use."""
SECONDS: Final = 120
"""Processor time that it may take."""
_NOWHERE: Final = Path("(nowhere)")
"""The folder into which is imported: there is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to do with files."""

    names: tuple[str, ...]
    chosen: Mapping[str, Sequence[str]]
    """Columns by their role; for {} they are taken by their names."""
    most_rows: int


def answer(asked: Asked, files: Sequence[bytes]) -> Message:
    """Import files; return ``reports`` with the folder and its tables, or why they were ``refused``."""
    try:
        planned = plan(interpret(zip(asked.names, files, strict=True), chosen=asked.chosen), _NOWHERE)
        rows = sum(len(change.rows) for change in planned.changes)
        if rows > asked.most_rows:
            raise RefusedError(f"There are {rows:,} rows; {asked.most_rows:,} can be opened here. {IMPORT}")
    except UnclearError as error:
        return Message({"refused": error.question, "taken": [tuple(one) for one in error.taken]}, [])
    except RefusedError as error:
        return Message({"refused": str(error)}, [])
    folder = archive(planned.changes, planned.origin, planned.documents)
    validated = validated_of(folder_in(folder))
    if places := _located(validated):
        folder = archive(planned.changes, planned.origin, {**planned.documents, PLACES: places})
        validated = validated_of(folder_in(folder))
    tables = packed(validated)
    if tables is None:
        raise TypeError("a value of no known type")
    return Message({"reports": [asdict(report) for report in planned.reports]}, [folder, tables])


def _located(validated: Validated) -> str:
    """Return places.csv of places that the towns of all the world tell, where that gazetteer is installed; else ""."""
    if not validated.queries:
        return ""
    try:
        chain = [world_gazetteer()]
    except ModuleNotFoundError:
        return ""
    rows, _ = locate(validated.queries, chain, validated.tables["places"], datetime.now(UTC).date())
    return places_csv(rows) if rows else ""


IMPORT: Final = "Open fewer, or import them on a machine of your own: uv run laydown import."


def main() -> None:
    """Answer one message, from standard input to standard output."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    gc.disable()  # it ends soon
    message = Message.of(sys.stdin.buffer.read())
    asked = Asked(tuple(message.head["names"]), message.head["chosen"], message.head["most_rows"])
    written: IO[bytes] = sys.stdout.buffer
    written.write(answer(asked, message.parts).written())
    written.flush()


if __name__ == "__main__":
    main()
