"""The formats that are known, in the order in which a file is tried; how to add one: .github/CONTRIBUTING.md."""

from typing import Final

from components.importing.acled import ACLED
from components.importing.format import Format
from components.importing.insecurity_insight import INSECURITY_INSIGHT
from components.importing.limits import RefusedError
from components.importing.roles import Chosen
from components.importing.sheet import Sheet
from components.importing.table import TABLE, table_format
from components.importing.ucdp import UCDP

FORMATS: Final = (ACLED, UCDP, INSECURITY_INSIGHT, TABLE)
BY_KEY: Final = {one.key: one for one in FORMATS}


def recognised(sheet: Sheet, key: str = "", chosen: Chosen | None = None) -> tuple[Format, Sheet]:
    """Return the format of a sheet, and the sheet with that format's names of columns.

    ``key`` names the format; ``chosen``, columns by what they are about, makes it any table. Raise RefusedError where
    it is not the one that is named.
    """
    if chosen:
        return table_format(chosen), sheet
    for one in (BY_KEY[key],) if key else FORMATS:
        named = one.named(sheet)
        if named is not None:
            return one, named
    missing = ", ".join(sorted(BY_KEY[key].needs))
    raise RefusedError(f"{sheet.file} is not {BY_KEY[key].label}: that has the columns {missing}")
