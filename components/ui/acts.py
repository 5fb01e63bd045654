"""What a press in any part of the page does: one table, from the verb of an element's ``act`` to what it changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import parse_qs

from components.catalog.catalog import Catalog
from components.map.protocol import NO_OTHER_FILTER
from components.panels.elements import EXPLAIN, FIND, SEARCH, SELECT
from components.ui import link
from components.ui.mount import Act, Press
from components.view.briefings import find_step, next_briefing, step_view
from components.view.facets import FACETS
from components.view.view import MAX_SEARCH, NO_CHOICE, ORDERS, read_view


def acts(catalog: Catalog) -> Act:
    """Return what a press does on the page of ``catalog``: the verb's callback of ACTS, nothing for an unknown verb.

    First the link takes over what the browser has written into the address by itself.
    """

    def act(press: Press) -> None:
        link.hear(catalog, press.address, ahead=press.ahead)
        if press.verb in ACTS:
            ACTS[press.verb](catalog, press.value)

    return act


def _show(catalog: Catalog, name: str) -> None:
    link.change(catalog, show=name, compare=None)


def _compare(catalog: Catalog, percent: str) -> None:
    """Divide the map there, where it is not divided yet."""
    asked, faults = read_view({"compare": [percent]}, catalog)
    view, _ = link.current(catalog)
    if not faults and view.compare is None:
        link.change(catalog, compare=asked.compare)


def _order(catalog: Catalog, order: str) -> None:
    if order in ORDERS:
        link.change(catalog, order=order)


def _told_by(field: str, catalog: Catalog, value: str) -> None:
    """Have Trends count something else, by something else, or in other bars; the same again where it is none."""
    asked, faults = read_view({field: [value]}, catalog)
    if not faults:
        link.change(catalog, **{field: getattr(asked, field)})


def _deselect(catalog: Catalog, _: str) -> None:
    link.deselect(catalog)


def _search(catalog: Catalog, text: str) -> None:
    link.change(catalog, search=text.strip()[:MAX_SEARCH])


def _choose(catalog: Catalog, chosen: str) -> None:
    """Choose a value of a facet that was searched for, such as ``force:army``, in place of the search."""
    key, _, value = chosen.partition(":")
    facet = next((one for one in FACETS if one.key == key), None)
    if facet and value in [option.value for option in facet.options(catalog)]:
        view, _ = link.current(catalog)
        link.go(catalog, replace(view.choosing(facet, (value,)), search="", cited=""))


def _explain(_: Catalog, section: str) -> None:
    link.explain(section)


def _box(catalog: Catalog, asked: str) -> None:
    """Keep no longer to what is in view. What is, only the map knows: it reports it when the switch is pressed."""
    if asked == "off":
        link.change(catalog, box=None)


def _clear(catalog: Catalog, _: str) -> None:
    link.change(catalog, **NO_OTHER_FILTER, **NO_CHOICE)


def _toggle(facet: str, catalog: Catalog, value: str) -> None:
    link.toggle(catalog, facet, value)


def _step(catalog: Catalog, name: str) -> None:
    """Go to a step of a briefing, such as ``tanf/2``; what is none is left alone."""
    if find_step(catalog, name):
        link.go(catalog, step_view(catalog, name))


def _turn(catalog: Catalog, way: str) -> None:
    """Go to the next or the previous step; from a briefing's last one the next is the next briefing's first."""
    view, _ = link.current(catalog)
    found = find_step(catalog, view.step)
    if found is None:
        return
    briefing, number = found
    if way == "next" and number == len(briefing.steps):
        following = next_briefing(catalog, briefing)
        _step(catalog, f"{following.id}/1" if following else "")
    else:
        _step(catalog, f"{briefing.id}/{number + (1 if way == 'next' else -1)}")


def _leave(catalog: Catalog, query: str) -> None:
    """Go where the visitor was before the briefing: the browser kept its query; "" is the opening view."""
    # It comes from the browser, so it is read like any link; what it no longer names is left out.
    view, _ = read_view(parse_qs(query.removeprefix("?")), catalog)
    link.go(catalog, replace(view, step=""))


ACTS: Final[Mapping[str, Callable[[Catalog, str], None]]] = {
    SELECT: link.select,
    FIND: link.find,
    SEARCH: _search,
    "choose": _choose,
    "deselect": _deselect,
    EXPLAIN: _explain,
    "tab": link.open_tab,
    "show": _show,
    "compare": _compare,
    "order": _order,
    **{field: partial(_told_by, field) for field in ("measure", "by", "per")},
    "window": link.move_window,
    "known": link.know,
    "clear": _clear,
    "box": _box,
    "step": _step,
    "turn": _turn,
    "leave": _leave,
    **{facet.key: partial(_toggle, facet.key) for facet in FACETS},
}
"""By verb, what it does with the object of the act: it writes the link. For callbacks."""
