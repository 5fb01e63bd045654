"""Problems: what is wrong in the data, row by row, and how to mend it."""

from collections.abc import Sequence
from typing import Final

from components.catalog.problems import Problem, alike
from components.catalog.served import refused
from components.panels.elements import Document, Node, el
from components.view.on_view import OnView
from components.view.wording import capital, count_text

MAX_PROBLEMS: Final = 1_000
"""Problems, or kinds of them, that the panel lists; `laydown check` prints all."""
NOT_TAKEN: Final = "Newer data is not shown"
LAST_GOOD: Final = "What lies in the data folder has lost something. Until it is mended, the last good data is shown."


def problems(on_view: OnView) -> Document:
    """List what is wrong in the data, whatever is on view; before it, why newer data are not shown, if so."""
    found, newer = on_view.catalog.problems, refused(on_view.catalog)
    told = found or not newer
    return Document(
        [
            *([el("h2", {}, NOT_TAKEN), el("p", {}, LAST_GOOD), *listed_problems(newer)] if newer else []),
            *(
                [el("h2", {}, count_text(len(found), "problem") + " in the data"), *listed_problems(found)]
                if told
                else []
            ),
        ]
    )


def listed_problems(found: Sequence[Problem], most: int = MAX_PROBLEMS) -> list[Node]:
    """List problems, those that are alike as one, up to ``most``."""
    told = alike(found)
    items = [
        el(
            "li",
            {"class": "problem"},
            el("strong", {}, ":".join(str(part) for part in (problem.file, problem.line) if part is not None)),
            f" {problem.column or ''} ",
            el("p", {}, problem.what),
            el("p", {"class": "small"}, capital(one.more)) if one.others else None,
            el("p", {"class": "quiet small"}, problem.mend),
        )
        for one in told[:most]
        for problem in [one.first]
    ]
    more = len(told) - len(items)
    return [
        el("ul", {}, *items),
        *([el("p", {"class": "quiet"}, f"and {more:,} more: run `laydown check`")] if more else []),
    ]
