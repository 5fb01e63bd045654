"""A change of the window without a run of Streamlit's script: documents answer it, and Python hears later."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

from components.view.facets import FACETS
from components.view.on_view import on_view
from components.view.title import page_title
from components.view.view import read_view
from tests.curated import CATALOG
from tests.e2e.conftest import COUNT_RUNS, Dashboard

KIND = next(facet for facet in FACETS if facet.key == "kind")
WINTER = {"from_": "2025-12-01", "to": "2026-03-12"}
COUNTED = """() => {
    const { shadowRoot } = [...document.querySelectorAll(".st-key-facets *")].find((one) => one.shadowRoot);
    const [kinds] = shadowRoot.querySelectorAll("fieldset");
    return [...kinds.querySelectorAll("button span:last-child")].map((one) => Number(one.textContent.replace(",", "")));
}"""


def end(dashboard: Dashboard) -> Any:
    return dashboard.frame.get_by_role("slider", name="Window end")


def shows(dashboard: Dashboard) -> None:
    """Check that all of the page is of its address: map, panel, counts, dates and title."""
    view, _ = read_view(dashboard.query(), CATALOG)
    shown = on_view(CATALOG, view)
    dashboard.page.wait_for_function("(title) => document.title === title", arg=page_title(CATALOG, view))
    dashboard.wait(f"state.window.from === '{view.start}' && state.window.to === '{view.end}'")
    dashboard.wait(f"state.shown.incidents === {len(shown.selection.incidents)}")
    field = dashboard.page.locator(".st-key-dates input")
    expect(field.nth(0)).to_have_value(view.start.isoformat())
    expect(field.nth(1)).to_have_value(view.end.isoformat())
    promised = shown.selection.counts["kind"]
    counts = [promised.get(option.value, 0) for option in KIND.options(CATALOG)]
    dashboard.page.wait_for_function(f"(counts) => String(({COUNTED})()) === String(counts)", arg=counts)
    day = f"{view.end.day} {view.end:%B %Y}"
    if view.tab in ("changes", "posture"):
        expect(dashboard.page.get_by_role("heading", level=2, name=day)).to_be_visible()


@contextmanager
def no_run(dashboard: Dashboard) -> Iterator[None]:
    dashboard.settle()
    dashboard.page.evaluate(COUNT_RUNS)
    yield
    dashboard.settle()
    assert dashboard.page.evaluate("runs") == 0


@pytest.mark.parametrize(
    "link",
    [
        {},
        {**WINTER, "tab": "posture", "kind": ["attack"]},
        {**WINTER, "sel": "site:al-tanf", "tab": "selected", "back": "posture"},
        {**WINTER, "known": "2026-02-20"},
        {**WINTER, "tab": "trends", "measure": "killed", "by": "force"},
        {"step": "al-tanf/2"},
    ],
)
def test_a_window_that_is_let_go_shows_in_all_parts_without_a_run(dashboard, link: dict) -> None:
    if "step" in link:
        briefing = CATALOG.briefings[0]
        link = {"step": f"{briefing.id}/2"}
    dashboard.open(**link)
    before = dashboard.page.url
    steps = dashboard.page.evaluate("history.length")
    with no_run(dashboard):
        end(dashboard).press("PageDown")
        dashboard.page.wait_for_function("(url) => location.href !== url", arg=before)
        dashboard.settle()
        shows(dashboard)
    query = dashboard.query()
    for key, value in link.items():
        if key not in ("from_", "to"):
            assert query[key] == (value if isinstance(value, list) else [value])
    assert dashboard.page.evaluate("history.length") == steps + 1, "one step in the history"
    if "kind" in link or "step" in link:
        dashboard.page.reload()
        dashboard.page.wait_for_function("mapFrame()?.contentWindow.laydown?.state().ready")
        dashboard.settle()
        shows(dashboard)
        assert dashboard.query() == query


def test_back_and_forward_restore_what_python_has_not_heard_of(dashboard) -> None:
    dashboard.open(**WINTER)
    links = [dashboard.page.url]
    for _ in range(2):
        end(dashboard).press("PageDown")
        dashboard.page.wait_for_function("(url) => location.href !== url", arg=links[-1])
        dashboard.settle()
        links.append(dashboard.page.url)
    for at in (1, 0, 1, 2, 1, 0):
        way = "go_back" if dashboard.page.url in links[at + 1 :] else "go_forward"
        getattr(dashboard.page, way)()
        dashboard.page.wait_for_function("(url) => location.href === url", arg=links[at])
        dashboard.settle()
        dashboard.wait(f"state.window.to === '{dashboard.query()['to'][0]}'")
        shows(dashboard)


def test_one_step_there_and_back_restores_what_python_had_shown(dashboard) -> None:
    dashboard.open(**WINTER)
    end(dashboard).press("PageDown")
    dashboard.wait_query(to="2026-02-12")
    shows(dashboard)
    dashboard.page.go_back()
    dashboard.wait_query(to="2026-03-12")
    dashboard.wait("state.window.to === '2026-03-12'")
    shows(dashboard)


LATE = """() => {
    const { fetch } = window;
    window.fetch = async (...asked) => {
        window.fetch = fetch;
        await new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
        return fetch(...asked);
    };
}"""
"""Lets the next that is fetched come after the next step in the history."""


def test_a_document_that_comes_after_back_is_not_shown(dashboard) -> None:
    dashboard.open(**WINTER)
    dashboard.page.evaluate(LATE)
    end(dashboard).press("PageDown")
    dashboard.page.wait_for_url("**to=2026-02-12*")
    dashboard.page.go_back()
    dashboard.wait("state.window.to === '2026-03-12'")
    dashboard.settle()
    dashboard.wait_query(to="2026-03-12")
    shows(dashboard)


def test_what_is_pressed_next_keeps_the_window_and_is_one_step(dashboard) -> None:
    dashboard.open(**WINTER)
    end(dashboard).press("PageDown")
    dashboard.wait_query(to="2026-02-12")
    steps = dashboard.page.evaluate("history.length")
    dashboard.page.locator(".st-key-facets").get_by_role("button", name="Attack").click()
    dashboard.wait_query(kind="attack", to="2026-02-12")
    shows(dashboard)
    dashboard.page.get_by_role("radio", name="Posture").click()
    dashboard.wait_query(tab="posture", to="2026-02-12", kind="attack")
    shows(dashboard)
    assert dashboard.page.evaluate("history.length") == steps + 2
    with no_run(dashboard):
        end(dashboard).press("PageDown")
        dashboard.wait_query(to="2026-01-12", kind="attack", tab="posture")
        shows(dashboard)


UNSEEN = """
const { setAttribute } = Element.prototype;
Element.prototype.setAttribute = function (name, value) {
    if (name === "data-test-script-state" && (value === "running" || value === this.getAttribute(name))) return;
    setAttribute.call(this, name, value);
};
"""
"""No run is seen, as where one begins and ends between two paints of the browser."""


def test_what_is_pressed_next_keeps_the_window_where_no_run_is_seen(fresh) -> None:
    fresh.prepare(UNSEEN)
    fresh.open(**WINTER)
    end(fresh).press("PageDown")
    fresh.wait_query(to="2026-02-12")
    fresh.page.locator(".st-key-facets").get_by_role("button", name="Attack").click()
    fresh.wait_query(kind="attack", to="2026-02-12")
    shows(fresh)
    end(fresh).press("PageDown")
    fresh.wait_query(to="2026-01-12", kind="attack")
    shows(fresh)
    for kind, to in (("attack", "02-12"), (None, "02-12"), (None, "03-12")):
        fresh.page.go_back()
        fresh.wait_query(kind=kind, to=f"2026-{to}")
        shows(fresh)


READY = """() => {
    const { fetch } = window;
    window.fetch = async (...asked) => {
        window.fetch = fetch;
        const step = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
        const answer = await fetch(...asked);
        const page = await answer.json();
        await step;
        return { ok: true, json: async () => page };
    };
}"""
"""Lets the next that is fetched come with the next step in the history, before a run can begin."""


def test_a_document_that_comes_with_back_is_not_shown_where_no_run_is_seen(fresh) -> None:
    fresh.prepare(UNSEEN)
    fresh.open(**WINTER)
    fresh.page.evaluate(READY)
    with fresh.page.expect_response("**/panel/page.json*"):
        end(fresh).press("PageDown")
    fresh.page.go_back()
    fresh.wait("state.window.to === '2026-03-12'")
    fresh.wait_query(to="2026-03-12")
    shows(fresh)
    fresh.page.go_forward()
    fresh.wait_query(to="2026-02-12")
    shows(fresh)


def test_days_that_are_typed_need_no_run_either(dashboard) -> None:
    dashboard.open(**WINTER)
    with no_run(dashboard):
        field = dashboard.page.locator(".st-key-dates input").nth(1)
        field.fill("2026-01-15")
        field.press("Enter")
        dashboard.wait_query(to="2026-01-15")
        dashboard.wait("state.window.to === '2026-01-15'")
        shows(dashboard)


def test_share_gives_the_window_on_view(dashboard) -> None:
    dashboard.open(**WINTER)
    end(dashboard).press("PageDown")
    dashboard.wait_query(to="2026-02-12")
    dashboard.page.get_by_role("button", name="Share").click()
    dialog = dashboard.page.get_by_role("dialog")
    expect(dialog).to_contain_text("to=2026-02-12")
    dashboard.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    shows(dashboard)


def test_where_the_documents_cannot_be_had_a_run_shows_the_window(fresh) -> None:
    fresh.open(**WINTER)
    fresh.page.route("**/panel/page.json*", lambda route: route.fulfill(status=404, body="gone"))
    end(fresh).press("PageDown")
    fresh.wait_query(to="2026-02-12")
    shows(fresh)
    fresh.errors.clear()  # the browser's own word on the 404


def test_the_table_which_is_streamlits_own_is_shown_by_a_run(dashboard) -> None:
    dashboard.open(**WINTER, tab="table")
    dashboard.settle()
    dashboard.page.evaluate(COUNT_RUNS)
    end(dashboard).press("PageDown")
    dashboard.wait_query(to="2026-02-12")
    dashboard.page.wait_for_function("runs > 0")
    dashboard.settle()
    shows(dashboard)
