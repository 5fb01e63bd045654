"""A step of a briefing, a guided tour: its text with its sources, and the ways on from it."""

from collections.abc import Sequence
from typing import Any, Final

from components.catalog.briefings import Briefing, pieces
from components.catalog.catalog import Catalog
from components.panels.elements import Node, el
from components.panels.sources import archived_copy, source_link, source_tags
from components.view.briefings import next_briefing
from components.view.sourcing import named, source_rows
from components.view.view import View
from components.view.wording import date_text

BRIEFINGS: Final = "Follow a briefing"


def briefing_list(catalog: Catalog, view: View) -> Node | None:
    """Return the briefings to choose from, each with what it tells; folded while a step of one is on view.

    None where there are none.
    """
    if not catalog.briefings:
        return None
    current, _, _ = view.step.partition("/")
    items = [
        el(
            "li",
            {},
            el(
                "button",
                {
                    "class": "offer",
                    "act": ["step", f"{briefing.id}/1"],
                    "enter": "",
                    "aria-current": "true" if briefing.id == current else "false",
                    "title": briefing.summary,
                },
                el("strong", {}, briefing.title),
                el("span", {"class": "quiet small"}, briefing.summary),
            ),
        )
        for briefing in catalog.briefings
    ]
    if view.step:
        return el("details", {"class": "briefings"}, el("summary", {}, BRIEFINGS), el("ul", {}, *items))
    return el("section", {"class": "briefings"}, el("h2", {}, BRIEFINGS), el("ul", {}, *items))


def step_card(catalog: Catalog, briefing: Briefing, number: int) -> Node:
    """Return the card of a step, by its number from 1."""
    step = briefing.steps[number - 1]
    last = len(briefing.steps)
    cited = [[*pieces(paragraph)] for paragraph in step.paragraphs]
    order = list(
        dict.fromkeys(id_ for paragraph in cited for piece in paragraph if isinstance(piece, tuple) for id_ in piece)
    )
    every = source_rows(catalog)
    sources: dict[str, Any] = {id_: every[id_] for id_ in order}
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
        *(_paragraph(paragraph, sources, numbers) for paragraph in cited),
        el("h3", {}, "Source" if len(order) == 1 else "Sources"),
        el("ol", {"class": "cited"}, *(_source(sources[id_], numbers[id_]) for id_ in order)),
    )


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


def _paragraph(parts: Sequence[str | tuple[str, ...]], sources: dict[str, Any], numbers: dict[str, str]) -> Node:
    nodes: list[Node] = []
    for piece in parts:
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
