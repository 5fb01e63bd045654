"""A page that stays open while its session is lost: the server is started anew, or has let the session go."""

import json
import re
import socket
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator

from components.view.selection import select
from components.view.view import read_view
from tests.curated import CATALOG

SOCKETS = """
window.sockets = [];
window.returns = 0;
addEventListener("laydown:return", () => returns += 1);
const { dispatchEvent } = window;
let unheard = 0; // a page asks for a run when it is back: the first time Streamlit does not hear
window.dispatchEvent = (event) => (event.type === "popstate" && !unheard++) || dispatchEvent.call(window, event);
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    sockets.push(this);
  }
};
"""
EXPIRE = """() => {
    returns = 0;
    const lose = () => {
        if (returns) return;
        sockets.at(-1).close();
        setTimeout(lose, 5000);
    };
    lose();
}"""
"""Loses the session: again where the page was back before the server had let it go, and so got it again."""
AWAY = "document.querySelector('.stApp').dataset.testConnectionState !== 'CONNECTED'"
SAID = """[...document.querySelectorAll(".st-key-panel *")]
  .map((one) => one.shadowRoot?.querySelector(".laydown")?.innerHTML ?? "").join("")"""
"""What the panel says."""
LOST = re.compile(
    r"WebSocket|net::ERR_(CONNECTION|EMPTY)|[Hh]ealth|host-config|when disconnected from server|"
    r"Is Streamlit still running"
)
"""What the console says of a server that is away."""


def option(dashboard, label: str) -> Locator:
    force = dashboard.page.get_by_role("group", name="Force", exact=True)
    found: Locator = force.get_by_role("button", name=re.compile(f"^{label}"))
    return found


def chip(dashboard) -> None:
    option(dashboard, "Syrian government").click()


def tab(dashboard) -> None:
    away = dashboard.query().get("tab") == ["posture"]
    dashboard.page.get_by_role("radio", name="Strength" if away else "Posture", exact=True).click()


def search(dashboard) -> None:
    box = dashboard.page.get_by_role("combobox", name="Search")
    box.fill("Palmyra" if "q" in dashboard.query() else "Al-Tanf")
    box.press("Enter")


def timeline(dashboard) -> None:
    dashboard.frame.get_by_role("slider", name="Window end").press("PageDown")


PRESSES = {chip: "force", tab: "tab", search: "q", timeline: "to"}
CAUSES = {"restart": PRESSES, "expired": (chip, timeline)}
"""What loses the session, and what is pressed after it. All but the timeline are parts of the same page to it."""


def shown(query: dict[str, list[str]]) -> dict[str, int]:
    view, faults = read_view(query, CATALOG)
    assert not faults
    selection = select(CATALOG, view)
    return {name: len(getattr(selection, name)) for name in ("sites", "incidents", "movements")}


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def test_the_first_press_after_the_session_was_lost_changes_map_link_and_panel_alike(
    open_dashboard: Callable[..., Any], server: Callable[..., Any], port: int
) -> None:
    # A session that has no connection is let go at once (.streamlit/config.toml).
    settings = ["--server.port", str(port)]
    dashboards = {press: open_dashboard() for press in PRESSES}
    with server(more=settings) as first:
        for dashboard in dashboards.values():
            dashboard.page.set_default_timeout(60_000)
            dashboard.address = first.address
            dashboard.prepare(SOCKETS)
            dashboard.open()
    for dashboard in dashboards.values():
        dashboard.page.wait_for_function(AWAY)
    option(dashboards[chip], "United States").click()
    dashboards[chip].wait(f"state.shown.incidents === {shown({'force': ['us']})['incidents']}")
    with server(more=settings):
        for cause, presses in CAUSES.items():
            for press in presses:
                dashboard = dashboards[press]
                if cause == "expired":
                    dashboard.page.evaluate(EXPIRE)
                dashboard.page.wait_for_function(f"!({AWAY}) && returns > 0")
                dashboard.settle()
                if cause == "restart" and press is chip:
                    dashboard.wait_query(force="us")  # pressed while there was no server
                before, link = dashboard.page.evaluate(SAID), dashboard.page.url
                press(dashboard)
                dashboard.page.wait_for_function(
                    "([key, link]) => String(new URL(location).searchParams.getAll(key)) !== "
                    "String(new URL(link).searchParams.getAll(key))",
                    arg=[PRESSES[press], link],
                )
                dashboard.settle()
                expected = json.dumps(shown(dashboard.query()), separators=(",", ":"))
                dashboard.wait(f"JSON.stringify(state.shown) === '{expected}'")
                dashboard.page.wait_for_function(f"before => {SAID} !== before", arg=before)
        for dashboard in dashboards.values():
            dashboard.page.close()  # or it goes on asking for a server that is gone
    for dashboard in dashboards.values():
        dashboard.errors[:] = [error for error in dashboard.errors if not LOST.search(error)]
