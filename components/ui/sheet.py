"""The sheet of a small screen: what is the column beside the map on a large one, below it, drawn up by a handle."""

from components.panels.elements import el
from components.ui.mount import render


def sheet_handle() -> None:
    """Draw the handle; page.css shows it only where the screen is small, assets/sheet.js does what it does."""
    render("sheet", el("button", {"class": "handle"}, el("span")), script="ui/assets/sheet.js")
