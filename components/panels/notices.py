"""What a reader must know of the whole page: whose data it is, what of the link is ignored, and what is missing."""

from collections.abc import Sequence

from components.catalog.catalog import Catalog
from components.catalog.opened import is_opened
from components.catalog.served import refused
from components.panels.elements import Document, Node, el
from components.panels.opening import own_notice
from components.panels.problems import NOT_TAKEN
from components.view.absence import absence
from components.view.record import beyond_text
from components.view.view import View
from components.view.wording import IN_VIEW, PUBLIC_BY, capital, count_text, day_text, listed


def notices(catalog: Catalog, view: View, warnings: Sequence[str]) -> Document:
    """Say what of the link is ignored, that the window ends after the record, and that rows are missing, if so."""
    broken = {(problem.file, problem.line) for problem in catalog.problems if not problem.kept}
    files = [file for file, line in broken if line is None]
    rows = len(broken) - len(files)
    nodes: list[Node] = [el("p", {"class": "notice", "role": "alert"}, text) for text in warnings]
    if is_opened(catalog.folder):
        nodes.append(own_notice(catalog.folder.name))
    see_why = el("button", {"act": ["tab", "problems"]}, "See why")
    if refused(catalog):
        nodes.append(el("p", {"class": "notice", "role": "alert"}, f"{NOT_TAKEN}: it is broken. ", see_why))
    if nothing := absence(catalog):
        why = el("strong", {}, nothing.why)
        nodes.append(
            el("p", {"class": "notice", "role": "alert"}, why, f" {nothing.mend} ", see_why if broken else None)
        )
    elif broken:
        lost = [count_text(number, noun) for number, noun in ((len(files), "file"), (rows, "row")) if number]
        nodes.append(el("p", {"class": "notice"}, f"{listed(lost)} not shown. ", see_why))
    if beyond := beyond_text(catalog, view):
        nodes.append(el("p", {"class": "beyond quiet small"}, beyond))
    if view.box:
        way_out = el("button", {"act": ["box", "off"]}, "Show all")
        text = f"Only sites, incidents and movements {IN_VIEW}. "
        nodes.append(el("p", {"class": "notice known"}, text, way_out))
    return Document(nodes)


def public_by(view: View) -> Document:
    """Say that only what was public on a day is shown, if so, and offer all."""
    if not view.known:
        return Document([])
    text = f"{capital(PUBLIC_BY)} {day_text(view.known)}. "
    way_out = el("button", {"act": ["known", ""]}, "Show all")
    return Document([el("p", {"class": "notice known"}, text, way_out)])
