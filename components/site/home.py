"""What is told beside a static site's map where nothing is selected: what there is, and what there is not."""

from collections.abc import Mapping, Sequence
from typing import Final

from components.catalog.catalog import Catalog
from components.panels.briefing import briefing_list
from components.panels.changes import map_tools, opening
from components.panels.elements import Node, el, present
from components.site.periods import Period
from components.view.on_view import on_view
from components.view.title import window_text
from components.view.view import default_view

NEAREST: Final = {
    "same": "What changed in these dates, who held what, and its files: {page}.",
    "other": "What changed is written beforehand for some dates. Nearest to those on view: {page}.",
}
"""Which page tells of the dates on view."""
NEAREST_TRENDS: Final = {
    "same": "What these dates add up to, and its files: {page}.",
    "other": "What dates add up to is written beforehand for some. Nearest to those on view: {page}.",
}
"""The same where there are no sites."""
OWN_PAGE: Final = "Its page: history, changes, sources"
"""What leads from a site's card to its page."""
ABSENT: Final = (
    "This site is made of files, without a server. It tells {told} for the dates above, not for any. It "
    "has not: only what was public by a day, {without}the lists of disputes and of all rows, files of any "
    "dates, other spellings in a search, online maps, an API."
)
"""What a static site has not beside the served page."""


def home(catalog: Catalog, periods: Sequence[Period]) -> list[Node]:
    """Return the first thing told beside the map."""
    dataset, view = catalog.dataset, default_view(catalog)
    told = opening(on_view(catalog, view))
    return present(
        el("h2", {}, dataset.title),
        el("p", {"class": "quiet"}, dataset.subtitle) if dataset.subtitle else None,
        el("h3", {}, window_text(view)) if told else None,
        told,
        el("div", {"class": "tools"}, map_tools(view)) if len(catalog.sites) else None,
        briefing_list(catalog, view),
        el("h2", {}, "Written beforehand"),
        el("ul", {"class": "pages"}, *(el("li", {}, _line(one)) for one in periods)),
        el("p", {}, el("a", {"page": "contents.html"}, "Contents: all sites, and the files")),
        el("p", {"class": "quiet small"}, absent(catalog)),
    )


def nearest(catalog: Catalog) -> Mapping[str, str]:
    """Return templates of which page tells of the dates on view."""
    return NEAREST if len(catalog.sites) else NEAREST_TRENDS


def absent(catalog: Catalog) -> str:
    """Return what a static site of ``catalog`` has not beside the served page."""
    if len(catalog.sites):
        return ABSENT.format(told="what changed and who holds what", without="strength, trends, ")
    return ABSENT.format(told="trends", without="")


def _line(period: Period) -> Node:
    days = window_text(period.view)
    return el("span", {}, el("a", {"page": period.page}, period.name), el("span", {"class": "quiet small"}, f" {days}"))
