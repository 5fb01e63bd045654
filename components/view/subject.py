"""The subject: the force that a dataset is about, of which the opening tells first and the map in full."""

from collections import Counter

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.view.ticks import ticks
from components.view.view import default_view


@derived()
def subject(catalog: Catalog) -> str:
    """Return the subject's id: as dataset.toml says, else the force that changed hands most in the first window.

    Where no site changed hands in that window, in all the data; "" where none ever did. It does not depend on what a
    visitor chose, so the map tells the same force in full at every window.

    >>> subject(catalog) == catalog.dataset.subject
    True
    """
    if catalog.dataset.subject in catalog.forces.index:
        return catalog.dataset.subject
    first, last, _ = default_view(catalog).day_numbers
    found = ticks(catalog)
    within = [tick for tick in found if tick.first <= last and tick.last >= first] or found
    counted = Counter(force for tick in within for force in (tick.force, tick.previous) if force >= 0)
    # The most changes first; of as many, in the order of forces.csv.
    order = sorted(counted, key=lambda force: (-counted[force], force))
    return str(catalog.forces.index[order[0]]) if order else ""
