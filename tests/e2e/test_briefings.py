"""A briefing drives the map; its steps are gone through by mouse and by keyboard, and each has its link."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, expect

from components.catalog.briefings import Briefing
from components.catalog.catalog import Catalog
from tests.curated import FROM, TO
from tests.e2e.conftest import JOINED


@pytest.fixture
def tour(curated: Catalog) -> Briefing:
    return next(briefing for briefing in curated.briefings if briefing.id == "al-tanf-withdrawal")


def card(page: Page) -> Locator:
    return page.get_by_role("article", name="Briefing")


def in_list(page: Page, tour: Briefing) -> Locator:
    """The briefing's button under the lede."""
    return page.locator(".briefings").get_by_role("button", name=tour.title)


def wait_for_step(dashboard, tour: Briefing, number: int) -> None:
    """Wait until the card, the link and the map are all at a step."""
    asked = {key: value for key, [value] in parse_qs(tour.steps[number - 1].query).items()}
    expect(card(dashboard.page).get_by_role("heading", level=2)).to_have_text(tour.steps[number - 1].heading)
    expect(card(dashboard.page).get_by_text(f"{number} of {len(tour.steps)}")).to_be_visible()
    dashboard.wait_query(step=f"{tour.id}/{number}")
    zoom, lat, lon = (float(part) for part in asked["map"].split("/"))
    dashboard.wait(
        f"state.window.from === '{asked['from']}' && state.window.to === '{asked['to']}'"
        f" && state.selected === '{asked.get('sel', '')}' && state.camera.zoom === {zoom}"
        f" && Math.abs(state.camera.lat - {lat}) < 0.02 && Math.abs(state.camera.lon - {lon}) < 0.02"
    )


def test_a_briefing_is_followed_by_mouse_and_closed(dashboard, tour: Briefing) -> None:
    page = dashboard.open(q="drone", kind="attack", map="8/34.0000/39.0000").page
    in_list(page, tour).click()
    wait_for_step(dashboard, tour, 1)
    assert "q" not in dashboard.query()
    assert "kind" not in dashboard.query()
    following, previous = (card(page).get_by_role("button", name=name) for name in ("Next", "Previous"))
    expect(previous).to_be_disabled()
    following.click()
    wait_for_step(dashboard, tour, 2)
    previous.click()
    wait_for_step(dashboard, tour, 1)
    card(page).get_by_role("button", name=f"Step {len(tour.steps)}:").click()
    wait_for_step(dashboard, tour, len(tour.steps))
    expect(card(page).get_by_role("button", name="Next", exact=True)).to_have_count(0)
    # Whatever comes between, the way leads back to where it was entered: to the next briefing, and a reload.
    card(page).get_by_role("button", name="Next briefing:").click()
    dashboard.wait_query(step="north-east-winter-2025-26/1")
    page.reload()
    page.wait_for_function(JOINED)
    card(page).get_by_role("button", name="Close the briefing").click()
    expect(card(page)).to_have_count(0)
    dashboard.wait_query(step=None, show=None, q="drone", kind="attack", map="8/34.0000/39.0000")
    assert dashboard.state()["window"] == {"from": FROM, "to": TO}
    dashboard.wait("state.camera.zoom === 8 && Math.abs(state.camera.lat - 34) < 0.02")


def test_a_briefing_is_followed_by_keyboard(dashboard, tour: Briefing) -> None:
    page = dashboard.open().page
    in_list(page, tour).press("Enter")
    wait_for_step(dashboard, tour, 1)
    following, previous = (card(page).get_by_role("button", name=name) for name in ("Next", "Previous"))
    following.press("Enter")
    wait_for_step(dashboard, tour, 2)
    expect(following).to_be_focused()
    page.keyboard.press("ArrowRight")
    wait_for_step(dashboard, tour, 3)
    # From anywhere in the card, such as a source's link.
    card(page).get_by_role("link").first.focus()
    page.keyboard.press("ArrowRight")
    wait_for_step(dashboard, tour, 4)
    page.keyboard.press("ArrowLeft")
    wait_for_step(dashboard, tour, 3)
    expect(previous).to_be_focused()
    for number in (2, 1):
        page.keyboard.press("ArrowLeft")
        wait_for_step(dashboard, tour, number)
    # At the first step the focus stays where it was, and the other way is open.
    expect(previous).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    wait_for_step(dashboard, tour, 2)


def test_an_arrow_outside_the_step_is_not_its_own(dashboard, tour: Briefing) -> None:
    page = dashboard.open(step=f"{tour.id}/2").page
    wait_for_step(dashboard, tour, 2)
    page.get_by_role("combobox", name="Search").focus()
    page.keyboard.press("ArrowRight")
    dashboard.frame.get_by_role("slider", name="Window end").press("ArrowRight")
    dashboard.wait_query(to="2024-02-06", step=f"{tour.id}/2")
    expect(card(page).get_by_text(f"2 of {len(tour.steps)}")).to_be_visible()


@pytest.mark.parametrize("number", [1, 3])
def test_the_link_of_a_step_opens_it_elsewhere(open_dashboard: Callable, tour: Briefing, number: int) -> None:
    first = open_dashboard().open()
    in_list(first.page, tour).click()
    wait_for_step(first, tour, 1)
    if number > 1:
        card(first.page).get_by_role("button", name=f"Step {number}:").click()
        wait_for_step(first, tour, number)
    second = open_dashboard()
    second.page.goto(first.page.url)
    second.page.wait_for_function(JOINED)
    wait_for_step(second, tour, number)
    if number == 3:
        assert second.page.evaluate("sessionStorage.length") == 0, "a link has nothing before it"
    seen, sent = second.state(), first.state()
    # Leaflet rounds to whole pixels, and the first map came from elsewhere.
    assert seen.pop("camera") == pytest.approx(sent.pop("camera"), abs=0.01)
    assert seen == sent
    assert second.query() == first.query()


def test_a_link_that_only_names_its_step_opens_it_and_is_left_at_that(dashboard, tour: Briefing) -> None:
    dashboard.open(step=f"{tour.id}/5")
    wait_for_step(dashboard, tour, 5)
    # The frame writes where it looks into the link; that does not make it another view.
    dashboard.page.wait_for_function("new URL(location.href).searchParams.has('map')")
    card(dashboard.page).get_by_role("button", name="Previous").click()
    wait_for_step(dashboard, tour, 4)


def test_a_visitor_who_looks_around_goes_on_from_where_the_briefing_is(dashboard, tour: Briefing) -> None:
    page = dashboard.open(step=f"{tour.id}/2").page
    wait_for_step(dashboard, tour, 2)
    page.get_by_role("combobox", name="Search").fill("palmyra")
    page.get_by_role("combobox", name="Search").press("Enter")
    dashboard.wait_query(q="palmyra", step=f"{tour.id}/2")
    card(page).get_by_role("button", name="Next").click()
    wait_for_step(dashboard, tour, 3)
    dashboard.wait_query(q=None)


def test_the_end_leads_back_or_who_came_by_a_link_to_the_opening_view(dashboard, tour: Briefing) -> None:
    last = f"{tour.id}/{len(tour.steps)}"
    page = dashboard.open(step=last).page
    wait_for_step(dashboard, tour, len(tour.steps))
    card(page).get_by_role("button", name="To the opening view").click()
    dashboard.wait_query(step=None, show=None, tab=None, from_=None, to=None)
    dashboard.wait(f"state.window.from === '{FROM}' && state.window.to === '{TO}'")
    expect(card(page)).to_have_count(0)
    # By the keyboard alone: the focus stays in the briefing when Next is gone.
    in_list(page, tour).press("Enter")
    for number in range(1, len(tour.steps)):
        wait_for_step(dashboard, tour, number)
        card(page).get_by_role("button", name="Next", exact=True).press("Enter")
    wait_for_step(dashboard, tour, len(tour.steps))
    expect(card(page).get_by_role("button", name="Next briefing:")).to_be_focused()
    card(page).get_by_role("button", name="Back to where I was").press("Enter")
    dashboard.wait_query(step=None, show=None, from_=None)
    dashboard.wait(f"state.window.from === '{FROM}'")


def test_back_goes_a_step_back(dashboard, tour: Briefing) -> None:
    page = dashboard.open(step=f"{tour.id}/1").page
    wait_for_step(dashboard, tour, 1)
    for number in (2, 3):
        card(page).get_by_role("button", name="Next").click()
        wait_for_step(dashboard, tour, number)
    page.go_back()
    wait_for_step(dashboard, tour, 2)


def test_sources_are_numbered_links_that_open_elsewhere(dashboard, tour: Briefing) -> None:
    page = dashboard.open(step=f"{tour.id}/1").page
    marks = card(page).get_by_role("link", name=re.compile(r"^Source 1: .+ \(\w+\)$"))
    expect(marks.first).to_have_text("1")
    expect(marks.first).to_have_attribute("href", re.compile("^https?://"))
    expect(marks.first).to_have_attribute("target", "_blank")


def test_hostile_text_of_a_briefing_stays_text(open_dashboard: Callable, folder: Callable[..., Path]) -> None:
    path = folder(sites=[{"id": "base"}], incidents=[{"id": "one", "site": "base"}])
    (path / "briefings").mkdir()
    hostile = "${alert(1)} {{ 7*7 }} <img src=x onerror=alert(1)> \u202eabc"
    text = f"# Tour {hostile}\n\nSummary {hostile}\n\n## Step {hostile}\n\n`?sel=site:base`\n\nText {hostile} [wire].\n"
    (path / "briefings/tour.md").write_text(text, encoding="utf-8")
    dashboard = open_dashboard(path).open(step="tour/1")
    expect(card(dashboard.page).get_by_role("heading", level=2)).to_contain_text("Step ${alert(1)} {{ 7*7 }} <img")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_step_fits_its_column(open_dashboard: Callable, tour: Briefing, width: int) -> None:
    dashboard = open_dashboard(width=width).open(step=f"{tour.id}/5")
    box = card(dashboard.page).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert not card(dashboard.page).evaluate("element => element.scrollWidth > element.clientWidth")
    for button in card(dashboard.page).get_by_role("button").all():
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 24
