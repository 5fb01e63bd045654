"""The areas as a resource: those held on the window's last day."""

from typing import Any, Final

from components.catalog.tables import BY_NAME
from components.export.fields import Field, own_fields
from components.export.named import named_fields
from components.export.rows import Listing, Row, listed_rows
from components.view.as_known import unpublished_of_area
from components.view.on_view import OnView
from components.view.posture import CERTAIN, KNOWN, POSSIBLE

FIELDS: Final = (
    *own_fields(BY_NAME["areas"]),
    Field("certainty", "how surely it is held on that day", words=(CERTAIN, KNOWN, POSSIBLE)),
    *named_fields("areas"),
    Field("cited", "its sources in words: publisher, title, date, address, archived copy", "texts"),
)


def listed_areas(on_view: OnView) -> Listing:
    """Return the areas held on the window's last day; what was not public yet by the View's day is left out."""
    certainties, catalog, known = on_view.selection.areas, on_view.catalog, on_view.known

    def derived(row: Any) -> Row:
        values: Row = {"certainty": certainties[row.id]}
        return values if known is None else {**values, **unpublished_of_area(row, catalog, known)}

    return listed_rows(on_view, "areas", catalog.areas.loc[list(certainties)], derived)
