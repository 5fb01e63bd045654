"""Changes: what the window did to the sites, as a brief to read and to copy."""

import re
from typing import Any, Final

from components.catalog.method import ON_CONFIDENCE
from components.panels.briefing import briefing_list
from components.panels.elements import SELECT, Document, Node, el, present
from components.panels.method import how
from components.view.brief import Brief, Group, Line, brief
from components.view.lede import lede
from components.view.on_view import OnView
from components.view.parts import PART_OF_ABOVE, nested, whole_title
from components.view.sentences import Name
from components.view.sourcing import named, sourcing
from components.view.view import SHOWN, View
from components.view.wording import DISAGREE, UNSAID, count_text, day_text, listed, sentence, span_text

MAX_LINES: Final = 100
"""Changes of one country that are told; there is a place for more in the copied brief."""
MAX_EXPLAINED: Final = 8
"""Incidents at a site that are listed with its change: the newest."""
BETWEEN: Final = "Corners mark what changed. Incidents and movements, which lie between the two days, are not drawn."
BRIEF: Final = "brief"
"""Where the server answers with the brief of a link, as .md and .txt, and -short.txt (web/server.py)."""


def changes(on_view: OnView) -> Document:
    """Tell what changed between the window's two dates, at the sites on view: the lede, the briefings, line by line."""
    found = brief(on_view)
    nodes: list[Node | None] = [
        opening(on_view),
        briefing_list(on_view.catalog, on_view.view),
        el("h2", {}, found.title),
        _tools(on_view.view),
        _compared(on_view.view),
        el("p", {"class": "quiet"}, found.nothing) if found.nothing else None,
        *(_group(on_view, group) for group in found.groups),
        el("section", {}, el("h3", {}, "Continuing"), _listed(on_view, found.continuing)) if found.continuing else None,
        _unsaid(on_view, found),
    ]
    return Document(present(*nodes))


def opening(on_view: OnView) -> Node | None:
    """Return the lede, whose places select; below a briefing's step it is not the news. None: there is none."""
    sentences = lede(on_view).sentences
    if not sentences:
        return None
    pieces: list[Node] = []
    for told in sentences:
        # The space stands between the sentences, which light their places one by one.
        pieces += [" "] if pieces else []
        pieces.append(el("span", {"lights": " ".join(told.rows)}, *map(_piece, told.pieces)))
    return el("p", {"class": "lede second" if on_view.view.step else "lede"}, *pieces)


def _piece(piece: str | Name) -> Node:
    """Return a piece of a sentence; a day stays with its month."""
    if isinstance(piece, str):
        return re.sub(r"\b(\d{1,2}) (?=[A-Z])", "\\1\N{NO-BREAK SPACE}", piece)
    return el("button", {"class": "name", "act": [SELECT, piece.row], "lights": piece.row}, piece.text)


def _unsaid(on_view: OnView, found: Brief) -> Node | None:
    """Return, folded, what may have changed, of whom no later report was found, and how old the record is."""
    if not (found.doubts or found.record):
        return None
    lists = [
        node
        for title, lines in (("May have changed", found.uncertain), ("No later report", found.silent))
        if lines
        for node in (el("h3", {}, title), _listed(on_view, lines))
    ]
    record = [el("p", {"class": "quiet small"}, found.record)] if found.record else []
    count = f" ({len(found.doubts):,})" if found.doubts else ""
    return el("details", {"class": "unsaid"}, el("summary", {}, f"{UNSAID}{count}"), *lists, *record)


def map_tools(view: View) -> Node:
    """Return the buttons for what the sites on the map say."""
    labels = {"status": "Status", "changes": "Changes"}
    comparing = view.compare is not None

    def choice(name: str) -> Node:
        chosen = "true" if view.show == name and not comparing else "false"
        return el("button", {"class": "chip", "act": ["show", name], "aria-pressed": chosen}, labels[name])

    attributes = {
        "class": "chip",
        "act": ["compare", "50"],
        "aria-pressed": "true" if comparing else "false",
        "title": "First day beside last day",
    }
    return _tool_group("On the map", *map(choice, SHOWN), el("button", attributes, "Compare"))


def _tool_group(label: str, *buttons: Node) -> Node:
    name = el("span", {"class": "quiet"}, label)
    return el("div", {"class": "group", "role": "group", "aria-label": label}, name, *buttons)


def _tools(view: View) -> Node:
    def copy(name: str, label: str, what: str) -> Node:
        return el("button", {"class": "chip", "copy": name, "title": f"Copy the brief {what}"}, label)

    return el(
        "div",
        {"class": "tools"},
        map_tools(view),
        _tool_group(
            "Copy",
            copy(f"{BRIEF}-short.txt", "Short", "in a few lines, with the link"),
            copy(f"{BRIEF}.md", "Markdown", "as Markdown, with its sources"),
            copy(f"{BRIEF}.txt", "Text", "as plain text, with its sources"),
        ),
    )


def _compared(view: View) -> Node | None:
    """Return what a compared map shows, and what it leaves out."""
    if view.compare is None:
        return None
    days = f"Left of the divide sites stand as of {day_text(view.start)}, right of it as of {day_text(view.end)}"
    return el("p", {"class": "quiet small"}, f"{days}. {BETWEEN}")


def _group(on_view: OnView, group: Group) -> Node:
    more = len(group.lines) - MAX_LINES
    return el(
        "section",
        {},
        el("h3", {}, group.title),
        el("p", {"class": "quiet small"}, group.total),
        _listed(on_view, group.lines),
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
        {"class": "change", "lights": row},
        el(
            "div",
            {"class": "standing"},
            el("button", {"class": "row", "act": [SELECT, row], "aria-current": current}, el("strong", {}, line.name)),
            el("span", {"class": "end"}, line.where),
        ),
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
