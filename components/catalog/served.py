"""The catalog that is served of a folder: as its files change, or as a visitor opened it."""

from pathlib import Path

from components.catalog.catalog import Catalog, live
from components.catalog.opened import is_opened, opened_data
from components.catalog.problems import Problem


class GoneError(LookupError):
    """What a visitor opened is looked at no more."""


def open_catalog(folder: Path) -> Catalog:
    """Return the catalog that is served of ``folder``; see ``live`` and ``OpenedData``."""
    if not is_opened(folder):
        return live(folder).read().catalog
    opened = opened_data().of(folder)
    if opened is None:
        raise GoneError(folder.name)
    return opened.catalog


def refused(catalog: Catalog) -> tuple[Problem, ...]:
    """Return why newer data in the folder of ``catalog`` are not served in its place; () where there are none."""
    if is_opened(catalog.folder):
        return ()
    serving = live(catalog.folder).serving
    return serving.refused if serving and serving.catalog is catalog else ()
