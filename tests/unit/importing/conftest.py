"""Files as their publishers write them, made by hand: few rows, odd ones."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from components.catalog.catalog import Catalog, load
from components.importing.importing import Plan, carry_out, interpret, plan

Row = dict[str, str]


@pytest.fixture(scope="session")
def csv_of() -> Callable[..., bytes]:
    """A CSV file of rows, with the columns given or those of the rows."""

    def build(rows: Sequence[Row], columns: Sequence[str] = (), separator: str = ",", encoding: str = "utf-8") -> bytes:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(
            text, columns or list(dict.fromkeys(key for row in rows for key in row)), restval="", delimiter=separator
        )
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().encode(encoding)

    return build


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., tuple[Plan, Catalog]]:
    """Import one file into a folder, new unless it is named; return what was planned, and the folder as it loads."""

    def run(content: bytes, name: str = "file.csv", folder: Path | None = None, **options: Any) -> tuple[Plan, Catalog]:
        into = folder or tmp_path / "imported"
        drop = options.pop("drop", False)
        planned = plan(interpret([(name, content)], **options), into, drop)
        carry_out(planned)
        return planned, load(into)

    return run


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Path], pd.DataFrame]:
    """A table of a folder as its texts, by id."""

    def read(path: Path) -> pd.DataFrame:
        return pd.read_csv(path, dtype=str, keep_default_na=False).set_index("id", drop=False)

    return read
