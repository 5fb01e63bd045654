"""What a picture says of itself in words: what it shows, of when, through which filters, from how many sources."""

from itertools import chain

import numpy as np

from components.catalog.catalog import Catalog
from components.view.as_known import as_public
from components.view.on_view import OnView
from components.view.public import public_of
from components.view.selection import Selection
from components.view.sourcing import sourcing
from components.view.title import view_title
from components.view.view import View, default_view
from components.view.wording import PUBLIC_BY, count_text, day_text


def headline(catalog: Catalog, view: View) -> str:
    """Return what a view is of: its title without its dates, which the picture says in words."""
    default = default_view(catalog)
    return view_title(catalog, View(default.start, default.end, selected=view.selected))


def window_lines(view: View) -> list[str]:
    """Return "10 November 2025 –" and "12 March 2026", or the one day."""
    return [day_text(view.end)] if view.start == view.end else [f"{day_text(view.start)} –", day_text(view.end)]


def known_text(view: View) -> str:
    """Return "only what was public by 10 February 2026", "" where all that is known is shown."""
    return f"{PUBLIC_BY} {day_text(view.known)}" if view.known else ""


def counts(selection: Selection, view: View) -> list[str]:
    """Return "70 incidents", "21 movements", "48 sites"; of a compared map only the sites: no more is drawn."""
    if view.compare is not None:
        return [f"{count_text(len(selection.sites), 'site')} as of each day"]
    shown = ((selection.incidents, "incident"), (selection.movements, "movement"), (selection.sites, "site"))
    return [count_text(len(rows), noun) for rows, noun in shown]


def sources_on_view(on_view: OnView) -> int:
    """Return how many sources, public by the as-known day, stand behind the rows on view and who held its sites."""
    catalog, selection, known = on_view.catalog, on_view.selection, on_view.known
    presence = catalog.presence
    of_window = (presence["start_first"] <= on_view.end) & (presence["end_last"] >= on_view.start)
    stays = as_public(presence[of_window & presence["site"].isin(selection.sites["id"])], catalog, known)
    cited: set[str] = set()
    for rows in (selection.incidents, selection.movements):
        cited.update(chain.from_iterable(set(rows.table["sources"].to_numpy()[np.asarray(rows.numbers)].tolist())))
    cited.update(chain.from_iterable(selection.sites["sources"]), chain.from_iterable(stays["sources"]))
    return len(sourcing(catalog, public_of(cited, catalog, known)).sources)
