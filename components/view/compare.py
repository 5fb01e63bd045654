"""Compare: the map in two halves, left as of the window's first day, right as of its last.

Each half tells how the sites stand on its day, and nothing else. What happened between the days, incidents and
movements, is of neither of them, so no half has any. Right is what the map says of sites anyway; left is what it would
say on a window of the first day alone, but that a site bears the mark of what the window did to it on both sides, so
that it can be followed from one to the other. Both have the same sites, those on view in the window.

The browser does the same while the divide is dragged (map/assets/compare/halves.js); tests hold the two together.
"""

from dataclasses import replace

import numpy as np

from components.view.on_view import OnView
from components.view.states import site_states


def halves(asked: OnView) -> tuple[OnView, OnView]:
    """Return what the left and the right half of a compared map show."""
    selection = asked.selection
    nothing = {
        name: replace(rows, mask=np.zeros_like(rows.mask))
        for name, rows in (("incidents", selection.incidents), ("movements", selection.movements))
    }
    first = dict(
        zip(asked.catalog.sites["id"], site_states(asked.catalog, asked.start, asked.start, asked.known), strict=True)
    )
    states = {id_: replace(first[id_], change=state.change) for id_, state in selection.states.items()}
    last = replace(selection, **nothing)  # type: ignore[arg-type]
    return replace(asked, selection=replace(last, states=states)), replace(asked, selection=last)
