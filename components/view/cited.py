"""The sources of all that is on view: its rows, who holds sites and areas, what changed, counts and claims."""

from itertools import chain

from components.view.brief import brief
from components.view.claims import claims_on_view
from components.view.on_view import OnView
from components.view.posture import posture
from components.view.public import public_of
from components.view.strength import strengths_on_view
from components.view.totals import totals_on_view


def cited_on_view(on_view: OnView) -> list[str]:
    """Return the ids of the sources, in the order of their file; as known on a day, those that were public."""
    catalog, selection = on_view.catalog, on_view.selection
    happened = (one.table.iloc[one.numbers] for one in (selection.incidents, selection.movements))
    frames = (
        selection.sites,
        catalog.areas.loc[list(selection.areas)],
        *happened,
        strengths_on_view(on_view),
        totals_on_view(on_view),
        claims_on_view(on_view),
    )
    cited = set(chain.from_iterable(chain.from_iterable(frame["sources"] for frame in frames)))
    held_by = posture(catalog, on_view.end, on_view.known)
    cited.update(source for site in selection.states for held in held_by[site] for source in held.sources)
    cited.update(source for line in brief(on_view).changed for source in line.change.sources)
    public = set(public_of(cited, catalog, on_view.known))
    return [id_ for id_ in catalog.sources["id"] if id_ in public]
