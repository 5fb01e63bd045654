"""Problems: what is wrong in the data, row by row, and how to mend it."""

from typing import Final

from components.panels.elements import Document, el
from components.view.on_view import OnView
from components.view.wording import count_text

MAX_PROBLEMS: Final = 1_000
"""Problems that the panel lists; `laydown check` prints all."""


def problems(on_view: OnView) -> Document:
    """List what is wrong in the data, whatever is on view."""
    found = on_view.catalog.problems
    items = [
        el(
            "li",
            {"class": "problem"},
            el("strong", {}, ":".join(str(part) for part in (problem.file, problem.line) if part is not None)),
            f" {problem.column or ''} ",
            el("p", {}, problem.what),
            el("p", {"class": "quiet small"}, problem.mend),
        )
        for problem in found[:MAX_PROBLEMS]
    ]
    more = len(found) - len(items)
    return Document(
        [
            el("h2", {}, count_text(len(found), "problem") + " in the data"),
            el("ul", {}, *items),
            *([el("p", {"class": "quiet"}, f"and {more:,} more: run `laydown check`")] if more else []),
        ]
    )
