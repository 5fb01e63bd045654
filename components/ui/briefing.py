"""Briefings as a guided tour: a list to choose from, and the step on view."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from components.catalog.briefings import Briefing, pieces
from components.catalog.catalog import Catalog
from components.ui import link
from components.ui.markup import Node, el, render
from components.ui.sources import archived_copy, source_link, source_tags
from components.view.briefings import find_step, step_view
from components.view.sourcing import named
from components.view.view import View, read_view
from components.view.wording import count_text, date_text


def briefing_list(catalog: Catalog, view: View) -> None:
    """Draw the briefings to choose from, where there are any. For the sidebar."""
    if not catalog.briefings:
        return
    current, _, _ = view.step.partition("/")
    items: list[Node] = [
        el(
            "li",
            {},
            el(
                "button",
                {
                    "class": "row",
                    "act": ["step", f"{briefing.id}/1"],
                    "enter": "",
                    "aria-current": "true" if briefing.id == current else "false",
                    "title": briefing.summary,
                },
                el("span", {}, briefing.title),
            ),
        )
        for briefing in catalog.briefings
    ]
    heading = el("summary", {}, count_text(len(items), "briefing"))
    folded = el("details", {"class": "briefings", **({"open": ""} if view.step else {})}, heading, el("ul", {}, *items))
    render("briefings", folded, on_act=lambda _, name: _go(catalog, name))


def briefing_step(catalog: Catalog, view: View) -> None:
    """Draw the step on view, where there is one, above the panels."""
    found = find_step(catalog, view.step)
    if found is None:
        return
    briefing, number = found

    def act(verb: str, value: str) -> None:
        if verb == "leave":
            _leave(catalog, value)
        elif verb == "turn" and value == "next" and number == len(briefing.steps):
            following = next_briefing(catalog, briefing)
            _go(catalog, f"{following.id}/1" if following else "")
        elif verb == "turn":
            _go(catalog, f"{briefing.id}/{number + (1 if value == 'next' else -1)}")
        else:
            _go(catalog, value)

    render("briefing", step_card(catalog, briefing, number), on_act=act)


def next_briefing(catalog: Catalog, briefing: Briefing) -> Briefing | None:
    """Return the briefing after another; None: it is the last."""
    order = list(catalog.briefings)
    return next(iter(order[order.index(briefing) + 1 :]), None)


def _leave(catalog: Catalog, query: str) -> None:
    """Go where the visitor was before the briefing: the browser kept its query; "" is the opening view."""
    # It comes from the browser, so it is read like any link; what it no longer names is left out.
    view, _ = read_view(parse_qs(query.removeprefix("?")), catalog)
    link.go(catalog, replace(view, step=""))


def step_card(catalog: Catalog, briefing: Briefing, number: int) -> Node:
    """Return the card of a step, by its number from 1."""
    step = briefing.steps[number - 1]
    last = len(briefing.steps)
    cited = [[*pieces(paragraph)] for paragraph in step.paragraphs]
    order = list(dict.fromkeys(id_ for told in cited for piece in told if isinstance(piece, tuple) for id_ in piece))
    rows: Any = catalog.sources.loc[order].itertuples(index=False)
    sources: dict[str, Any] = {row.id: row for row in rows}
    numbers = {id_: str(position) for position, id_ in enumerate(order, start=1)}
    # What is pressed again and again stands first, where no length of text moves it.
    return el(
        "article",
        {"class": "briefing", "aria-label": "Briefing", "begin": f"{briefing.id}/{number}"},
        el(
            "div",
            {"class": "head"},
            el("span", {"class": "quiet small"}, briefing.title),
            el("button", {"class": "small", "leave": "Close", "aria-label": "Close the briefing"}, "Close"),
        ),
        el(
            "div",
            {"class": "turn"},
            _turn("Previous", "previous", "ArrowLeft", possible=number > 1),
            el("span", {"class": "quiet"}, f"{number} of {last}"),
            _turn("Next", "next", "ArrowRight") if number < last else el("span", {}),
        ),
        el("ol", {"class": "progress"}, *(_mark(briefing, other, number) for other in range(1, last + 1))),
        _end(catalog, briefing) if number == last else None,
        el("h2", {}, step.heading),
        *(_paragraph(told, sources, numbers) for told in cited),
        el("h3", {}, "Source" if len(order) == 1 else "Sources"),
        el("ol", {"class": "cited"}, *(_source(sources[id_], numbers[id_]) for id_ in order)),
    )


def _go(catalog: Catalog, name: str) -> None:
    if find_step(catalog, name):
        link.go(catalog, step_view(catalog, name))


def _end(catalog: Catalog, briefing: Briefing) -> Node:
    """Return the ways on from a briefing's last step."""
    following = next_briefing(catalog, briefing)
    return el(
        "div",
        {"class": "end"},
        _turn(f"Next briefing: {following.title}", "next", "ArrowRight") if following else None,
        el("button", {"leave": "Back to where I was"}, "To the opening view"),
    )


def _turn(label: str, value: str, key: str, *, possible: bool = True) -> Node:
    # Not disabled but said to be: a disabled button would lose the focus, and the other arrow key with it.
    blocked = {} if possible else {"aria-disabled": "true"}
    return el("button", {"act": ["turn", value], "aria-keyshortcuts": key, **blocked}, label)


def _mark(briefing: Briefing, other: int, number: int) -> Node:
    """Return a step's part of the progress bar; pressing it goes there."""
    heading = briefing.steps[other - 1].heading
    return el(
        "li",
        {"class": "done"} if other <= number else {},
        el(
            "button",
            {
                "act": ["step", f"{briefing.id}/{other}"],
                "title": heading,
                "aria-label": f"Step {other}: {heading}",
                "aria-current": "true" if other == number else "false",
            },
        ),
    )


def _paragraph(told: Sequence[str | tuple[str, ...]], sources: dict[str, Any], numbers: dict[str, str]) -> Node:
    nodes: list[Node] = []
    for piece in told:
        if isinstance(piece, str):
            nodes.append(piece)
            continue
        marks: list[Node] = []
        for id_ in piece:
            row = sources[id_]
            attributes = {"title": named(row), "aria-label": f"Source {numbers[id_]}: {named(row)}"}
            marks += [*([" "] if marks else []), source_link(row, numbers[id_], **attributes)]
        nodes.append(el("span", {"class": "cite"}, *marks))
    return el("p", {}, *nodes)


def _source(row: Any, number: str) -> Node:
    published = date_text(row.published) if row.published else ""
    return el(
        "li",
        {},
        el("span", {"class": "number"}, number),
        el(
            "span",
            {},
            source_link(row, row.title),
            *archived_copy(row),
            el("span", {"class": "quiet"}, f" {', '.join(part for part in (row.publisher, published) if part)} "),
            *source_tags(row),
        ),
    )
