"""Open your own data: what is said before, what files were taken for, and the way to their map."""

from collections.abc import Sequence
from typing import Final

from components.catalog.opened import Opened
from components.catalog.sets import SET
from components.importing.report import Report, Taken
from components.importing.roles import ROLES
from components.panels.elements import Document, Node, el, present
from components.panels.problems import listed_problems
from components.view.wording import capital, count_text, listed

MAX_BYTES: Final = 50_000_000
"""Of all files that are opened together."""
MAX_ROWS: Final = 200_000
MAX_FILES: Final = 20
LISTED: Final = 20
"""Problems that are listed here; the map's page lists more."""
TITLE: Final = "Open your own data"
TOO_LARGE: Final = f"The files have more than {MAX_BYTES // 1_000_000} MB together. Open fewer, or a part of them."
FORMATS: Final = (
    "CSV, Excel, GeoJSON, KML, KMZ or GPX: what happened when and where, or who held which place when. Exports of "
    "ACLED, UCDP, HXL and Insecurity Insight are recognised."
)
PRIVACY: Final = (
    f"Up to {MAX_BYTES // 1_000_000} MB and {MAX_ROWS:,} rows. This server reads them for you alone, in its memory: "
    "they are not written to a disk, not logged, not passed on, and gone soon after you leave the page."
)
KEPT: Final = "kept in the card"


def opening() -> list[Node]:
    """Return what is said before files are chosen."""
    return [
        el("p", {}, FORMATS),
        el("p", {"class": "quiet small"}, PRIVACY),
    ]


def opened_document(opened: Opened, reports: Sequence[Report]) -> Document:
    """Return what files were taken for, and the way to their map; the columns of a table can be corrected."""
    adjustable = len(reports) == 1 and reports[0].adjustable
    problems = opened.catalog.problems
    unlocated = [problem for problem in problems if problem.line is not None]
    rows = [(len(opened.catalog.tables[name]), name.removesuffix("s")) for name in ("sites", "incidents", "movements")]
    counts = listed([count_text(number, noun) for number, noun in rows if number])
    return Document(
        present(
            el("p", {}, el("a", {"class": "go", "page": f"?{SET}={opened.name}"}, "Show on the map"), f" {counts}"),
            *(_report(report, adjustable) for report in reports),
            el("h3", {}, count_text(len(unlocated), "problem") + " in the rows") if unlocated else None,
            *(listed_problems(unlocated, LISTED) if unlocated else []),
        )
    )


def unclear_document(question: str, taken: Sequence[Taken]) -> Document:
    """Return the question that a table leaves open, and its columns to answer it with."""
    return Document(
        [
            el("p", {"class": "wrong", "role": "alert"}, question),
            el("p", {}, "Say which column it is:"),
            _columns(taken, True),
        ]
    )


def _report(report: Report, adjustable: bool) -> Node:
    reasons = [
        el("li", {}, f"{one.count:,} × {why} ", el("span", {"class": "quiet small"}, _lines(one.lines, one.count)))
        for why, one in report.reasons.items()
    ]
    said = [*reasons, *(el("li", {}, sentence) for sentence in report.said)]
    return el(
        "section",
        {"class": "taken"},
        el("h3", {}, report.file),
        el("p", {}, f"{capital(report.format)}: {count_text(report.rows, 'row')}."),
        el("ul", {}, *said) if said else None,
        el(
            "details",
            {"keep": report.file, **({"open": ""} if adjustable else {})},
            el("summary", {}, "What its columns were taken for"),
            _columns(report.taken, adjustable),
        ),
    )


def _lines(lines: Sequence[str], count: int) -> str:
    return f"({', '.join(lines)}{', …' if count > len(lines) else ''})"


def _columns(taken: Sequence[Taken], adjustable: bool) -> Node:
    rows = [
        el(
            "li",
            {"class": "row"},
            el("span", {}, one.column),
            _choice(one) if adjustable else el("span", {}, one.taken_for),
        )
        for one in taken
    ]
    return el("ul", {"class": "columns"}, *rows)


def _choice(taken: Taken) -> Node:
    """Return the roles that a column may have, with the one that it was given."""
    options = [("", KEPT), *((role.key, role.label) for role in ROLES)]
    return el(
        "select",
        {"name": taken.column, "aria-label": f"What {taken.column} is"},
        *(
            el("option", {"value": key, **({"selected": ""} if key == taken.role else {})}, label)
            for key, label in options
        ),
    )


def own_notice(folder_name: str) -> Node:
    """Return what is said over a map of data that a visitor opened for themselves."""
    query = f"?{SET}={folder_name}"
    return el(
        "p",
        {"class": "notice mine"},
        "Your own data: you alone see this map, in this browser, until you leave the page. ",
        "Links to it work for nobody else. ",
        el("a", {"page": f"export/data.zip{query}"}, "Save as a data folder"),
        " · ",
        el("a", {"page": f"export/view.html{query}"}, "Save as one file"),
    )
