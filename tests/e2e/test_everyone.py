"""Accessibility: axe-core finds nothing, by day, by night and on a phone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import axe_playwright_python
import pytest
from playwright.sync_api import Frame, expect

from components.export.standalone import standalone
from components.view.on_view import on_view
from components.view.provenance import provenance
from components.view.view import default_view
from tests.e2e.conftest import FRAME

AXE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
STREAMLITS: Final = {
    '[data-testid="stSkipToContent"]': "Streamlit's own skip link, which it puts outside every landmark",
}
"""What is Streamlit's own and nobody can change from here, with what axe says of it."""
ASK: Final = """async ([theirs, part, rules]) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run({ exclude: theirs.map((one) => [one]), ...(part && { include: [[part]] }) }, {
        runOnly: rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags },
        iframes: false, // the map's frame is asked for itself, as a document
        resultTypes: ["violations"],
        rules: rules.length ? {} : { "label-content-name-mismatch": { enabled: true } },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id}: ${JSON.stringify(target)}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""
PHONE: Final = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
BY_THEME: Final = {"light": (), "dark": ("color-contrast", "link-in-text-block")}
"""What can differ by the theme is asked for in both; () are all rules."""
PANEL: Final = ".stColumn:has(.st-key-panel)"
PANELS: Final = (
    ({"sel": "site:al-tanf", "tab": "selected"}, "Al-Tanf garrison"),
    ({"tab": "happened"}, "first"),
    ({"tab": "trends"}, "in these dates"),
    ({"tab": "posture"}, "Posture on"),
    ({"tab": "strength"}, "Reported strength"),
    ({"tab": "table"}, "Date"),
    ({"tab": "disputes"}, "on view"),
    ({"step": "palmyra-attack/2"}, "Palmyra"),
    ({"method": "confidence"}, "How we know"),
)
"""Views that are gone through in one page, besides the opening one, and what each is known by."""


def faults(frame: Frame, part: str = "", rules: Sequence[str] = ()) -> list[str]:
    """Return what axe finds in a document, or in a part of it, by its selector; by all rules or by these."""
    if frame.evaluate("typeof axe") == "undefined":
        frame.evaluate(f"() => {{ {AXE} }}")  # a function, which a CSP does not keep from being run
    found: list[str] = frame.evaluate(ASK, [list(STREAMLITS), part, list(rules)])
    return found


def test_axe_finds_nothing_in_the_page_and_the_maps_frame_by_day_and_by_night(open_dashboard):
    dashboard = open_dashboard().open()
    page = dashboard.page
    found = {"/": faults(page.main_frame)}
    found["the map"] = faults(page.query_selector(FRAME).content_frame())
    theme = "light"
    for view, known_by in ({}, ""), *PANELS:
        if view:
            dashboard.go(**view)
            expect(page.locator(PANEL)).to_contain_text(known_by, timeout=20_000)
            found[str(view)] = faults(page.main_frame, PANEL, BY_THEME[theme])
        theme = "dark" if theme == "light" else "light"
        page.emulate_media(color_scheme=theme)
        dashboard.frame.locator(f"html[data-theme={theme}]").wait_for(state="attached")
        found[f"{view}, {theme}"] = faults(page.main_frame, (view and PANEL) or "", BY_THEME[theme])
    assert {where: what for where, what in found.items() if what} == {}


def test_axe_finds_nothing_on_a_phone(open_dashboard):
    dashboard = open_dashboard(**PHONE).open()
    page = dashboard.page
    found = {"/": faults(page.main_frame)}
    found["the map"] = faults(page.query_selector(FRAME).content_frame())
    for view, known_by in PANELS:
        dashboard.go(**view)
        expect(page.locator(PANEL)).to_contain_text(known_by, timeout=20_000)
        found[str(view)] = faults(page.main_frame, PANEL)
    assert {where: what for where, what in found.items() if what} == {}


def test_axe_finds_nothing_in_share(open_dashboard):
    dashboard = open_dashboard().open()
    page = dashboard.page
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this view")
    for tab in ("Link", "Embed", "Files", "Cite"):
        dialog.get_by_role("tab", name=tab).click()
        expect(dialog.get_by_role("tabpanel", name=tab)).to_be_visible()
        dashboard.settle()
        assert faults(page.main_frame, '[role="dialog"]') == [], tab


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_an_embed_by_day_and_by_night(open_map, screen):
    embed = open_map(**screen).open(sel="site:al-tanf")
    page, found = embed.page, {}
    expect(page.get_by_role("heading", name="Al-Tanf garrison")).to_be_visible()
    for part in ("card", "sources"):
        if part == "sources":
            page.get_by_role("button", name="Sources", exact=True).click()
            expect(page.locator(".sheet h2").first).not_to_have_text("Al-Tanf garrison")
        for theme, rules in BY_THEME.items():
            page.emulate_media(color_scheme=theme)
            page.locator(f"html[data-theme={theme}]").wait_for(state="attached")
            found[part, theme] = faults(page.main_frame, rules=rules)
        page.emulate_media(color_scheme="light")
    assert {where: what for where, what in found.items() if what} == {}


def test_axe_finds_nothing_in_a_file(browser, curated, tmp_path):
    view = default_view(curated)
    path = tmp_path / "map.html"
    path.write_bytes(standalone(on_view(curated, view), provenance(curated, view, "https://map.example.org/")))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("() => window.laydown?.state().ready")
    assert faults(page.main_frame) == []
    page.close()


def test_squares_bear_letters_by_a_switch_and_where_colours_are_forced(open_map):
    def drawn(embed) -> str:
        return embed.page.evaluate(
            "[...document.querySelectorAll('.leaflet-map-pane canvas')].map((one) => one.toDataURL()).join()"
        )

    forced = open_map(forced_colors="active").open()
    forced.page.get_by_role("button", name="Base map").click()
    assert forced.page.get_by_label("Letters on squares").is_checked()
    embed = open_map().open()
    page = embed.page
    page.get_by_role("button", name="Base map").click()
    switch = page.get_by_label("Letters on squares")
    assert not switch.is_checked()
    before = drawn(embed)
    switch.check()
    expect(page.locator(".letter-key")).to_contain_text("SG Syrian government")
    assert drawn(embed) != before
    embed.open()
    page.get_by_role("button", name="Base map").click()
    assert switch.is_checked(), "this browser keeps it"


@pytest.mark.parametrize("opener", ["open_dashboard", "open_map"])
def test_four_times_as_large_nothing_is_to_be_scrolled_sideways(request, opener):
    """1280 pixels at 400 % are 320."""
    dashboard = request.getfixturevalue(opener)(width=320, height=640).open(sel="site:al-tanf", tab="selected")
    expect(dashboard.page.get_by_role("heading", name="Al-Tanf garrison")).to_be_attached()
    assert dashboard.page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = """() => [...document.querySelectorAll(".st-key-panel, .sheet-scroller")]
        .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)"""
    assert dashboard.page.evaluate(wide) == []
