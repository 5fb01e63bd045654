"""Changes: what the window did to the sites, as a brief to read and to copy."""

from typing import Any, Final

from components.catalog.method import ON_CONFIDENCE
from components.panels.elements import SELECT, Document, Node, el
from components.panels.method import how
from components.view.brief import Brief, Line, brief
from components.view.on_view import OnView
from components.view.parts import PART_OF_ABOVE, nested, whole_title
from components.view.sourcing import named, sourcing
from components.view.view import SHOWN, View
from components.view.wording import DISAGREE, count_text, listed, sentence, span_text

MAX_LINES: Final = 100
"""Changes of one country that are told; there is a place for more in the copied brief."""
MAX_EXPLAINED: Final = 8
"""Incidents at a site that are listed with its change: the newest."""
BRIEF: Final = "brief"
"""Where the server answers with the brief of a link, as .md and .txt (web/server.py)."""


def changes(on_view: OnView) -> Document:
    """Tell what changed between the window's two edges, at the sites on view."""
    view = on_view.view
    found = brief(on_view)
    nodes: list[Node] = [el("h2", {}, found.title), _tools(view)]
    if found.nothing:
        nodes.append(el("p", {"class": "quiet"}, found.nothing))
    nodes += [_country(on_view, found, country, lines) for country, lines in found.countries.items()]
    if found.continuing:
        nodes.append(el("section", {}, el("h3", {}, "Continuing"), _listed(on_view, found.continuing)))
    if found.record:
        nodes.append(el("p", {"class": "quiet small"}, found.record))
    return Document(nodes)


def _tools(view: View) -> Node:
    labels = {"status": "Status", "changes": "Changes"}

    def group(label: str, *buttons: Node) -> Node:
        name = el("span", {"class": "quiet"}, label)
        return el("div", {"class": "group", "role": "group", "aria-label": label}, name, *buttons)

    def choice(name: str) -> Node:
        chosen = "true" if view.show == name else "false"
        return el("button", {"class": "chip", "act": ["show", name], "aria-pressed": chosen}, labels[name])

    def copy(ending: str, label: str, what: str) -> Node:
        return el("button", {"class": "chip", "copy": f"{BRIEF}.{ending}", "title": f"Copy the brief as {what}"}, label)

    return el(
        "div",
        {"class": "tools"},
        group("On the map", *map(choice, SHOWN)),
        group("Copy", copy("md", "Markdown", "Markdown"), copy("txt", "Text", "plain text")),
    )


def _country(on_view: OnView, found: Brief, country: str, lines: tuple[Line, ...]) -> Node:
    more = len(lines) - MAX_LINES
    return el(
        "section",
        {},
        el("h3", {}, country),
        el("p", {"class": "quiet small"}, found.totals[country]),
        _listed(on_view, lines),
        el("p", {"class": "quiet small"}, f"and {more:,} more, in the copied brief") if more > 0 else None,
    )


def _listed(on_view: OnView, lines: tuple[Line, ...]) -> Node:
    return el("ul", {}, *(_line(on_view, line) for line in lines[:MAX_LINES]))


def _line(on_view: OnView, line: Line) -> Node:
    catalog, view, change = on_view.catalog, on_view.view, line.change
    row = f"site:{change.site}"
    marks = [sourcing(catalog, change.sources).counted]
    if change.disputed:
        marks.append(DISAGREE)
    current = "true" if view.selected == row else "false"
    return el(
        "li",
        {"class": "change"},
        el("button", {"class": "row", "act": [SELECT, row], "aria-current": current}, el("strong", {}, line.name)),
        el("p", {}, sentence(line.text)),
        # Beside what folds, not in it: a press of it must not fold.
        el("p", {"class": "sure quiet small"}, how(catalog, ON_CONFIDENCE, f"{change.confidence} confidence")),
        el("details", {}, el("summary", {"class": "quiet small"}, ", ".join(marks)), *_evidence(on_view, line)),
    )


def _evidence(on_view: OnView, line: Line) -> list[Node]:
    """Return what explains a change, and who says so."""
    catalog, change = on_view.catalog, line.change
    explained: list[tuple[str, Any, str, str]] = []
    for kind, name, ids in (
        ("movement", "movements", change.movements),
        ("incident", "incidents", change.incidents[-MAX_EXPLAINED:]),
    ):
        for id_, depth in nested(catalog, name, ids):
            whole = PART_OF_ABOVE if depth else whole_title(catalog, name, id_, on_view.known)
            explained.append((kind, catalog.tables[name], id_, whole if depth or not whole else f"part of: {whole}"))
    # By cell: a row of a table as one object takes longer than all that is done with it here.
    rows: list[Node] = [
        el(
            "li",
            {"class": "part"} if part == PART_OF_ABOVE else {},
            el(
                "button",
                {"class": "row", "act": [SELECT, f"{kind}:{id_}"]},
                el("span", {}, str(frame.at[id_, "title"]), el("span", {"class": "under"}, part) if part else None),
                el("span", {"class": "end"}, span_text(frame.at[id_, "start"], frame.at[id_, "end"])),
            ),
        )
        for kind, frame, id_, part in explained
    ]
    more = len(change.incidents) - MAX_EXPLAINED
    sourced = sourcing(catalog, change.sources)
    said = list(dict.fromkeys(map(named, sourced.sources)))
    by = [f"Told by {listed(said)}."] if said else []
    by += [sentence(caveat) for caveat in sourced.caveats]
    return [
        *([el("ul", {}, *rows)] if rows else []),
        *([el("p", {"class": "quiet small"}, f"and {count_text(more, 'earlier incident')}")] if more > 0 else []),
        el("p", {"class": "quiet small"}, " ".join(by)),
    ]
