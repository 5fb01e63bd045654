"""The map's levels: which rows on view are told in full, and which step back.

In full is the dataset's subject (view/subject.py), wherever it is, and what the window changed, whoever did. All else
is context: drawn paler and smaller. map/assets/data/levels.js has the same rule, for the drag.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from components.view.as_known import presence
from components.view.index import Mask, index
from components.view.on_view import OnView
from components.view.selection import Numbers
from components.view.subject import subject

ASKED_FOR: Final = ("force", "disputed")
"""The filters that leave nothing to step back: what they let through is what was asked for."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Which rows are told in full."""

    sites: Mapping[str, bool]
    """By id, of the sites on view."""
    own: frozenset[str]
    """Of the sites those at which the subject was within the window, at least possibly: they are named first."""
    movements: Callable[[Numbers], Mask]
    """Movements by their numbers → whether each is."""
    incidents: Callable[[Numbers], Mask]


def _all(numbers: Numbers) -> Mask:
    return np.ones(len(numbers), dtype=bool)


def levels(on_view: OnView) -> Levels:
    """Return what is told in full of a view.

    That is everything where the View asks for it (``alike``), where a force, a text or disagreements are filtered by,
    and where a dataset has no subject. Else it is the sites that the subject holds, at least possibly, and those that
    the window changed; the subject's movements; and the incidents of the subject or at a site that is told in full.
    """
    catalog, view, states = on_view.catalog, on_view.view, on_view.selection.states
    force = subject(catalog)
    if view.alike or view.search or not force or any(getattr(view, name) for name in ASKED_FOR):
        return Levels(dict.fromkeys(states, True), _own(on_view, force), _all, _all)
    sites = {
        id_: bool(state.change) or any(holder.force == force for holder in state.holders)
        for id_, state in states.items()
    }
    where = catalog.incidents["site"].to_numpy()
    forces = index(catalog).incidents.facets["force"]
    involved = np.fromiter((force in combo for combo in forces.combos), bool, len(forces.combos))
    movers: npt.NDArray[np.object_] = catalog.movements["force"].to_numpy()

    def incidents(numbers: Numbers) -> Mask:
        at = np.fromiter((sites.get(site, False) for site in where[numbers]), bool, len(numbers))
        return at | involved[forces.codes[numbers]] if len(numbers) else at

    def movements(numbers: Numbers) -> Mask:
        return np.asarray(movers[numbers] == force, dtype=bool)

    return Levels(sites, _own(on_view, force), movements, incidents)


def _own(on_view: OnView, force: str) -> frozenset[str]:
    catalog = on_view.catalog
    if not force:
        return frozenset()
    spans, columns = presence(catalog, on_view.known), index(catalog)
    there = spans.real & (spans.start_first <= on_view.end) & (spans.end_last >= on_view.start)
    there &= columns.presence_force == catalog.forces.index.get_loc(force)
    return frozenset(columns.sites.ids[number] for number in set(columns.presence_site[there].tolist()))
