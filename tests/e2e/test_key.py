"""The key of the map: what it tells, what its rows filter, and that it fits."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from components.map.style import SIGNS
from tests.curated import TO, brief, shifted

RARE = ("crowd", "density", "held-area", "possible-area")
EXPLAINED = [text for group in SIGNS.values() for name, text in group.items() if name not in RARE]
"""What the key tells of: of marks that few data have only where there are such."""


def open_key(dashboard) -> Locator:
    key = dashboard.frame.locator(".legend")
    key.locator("summary").click()
    expect(key.get_by_role("heading", name="How to read the symbols")).to_be_visible()
    return key


def test_the_key_counts_the_incidents_on_view(the_map):
    the_map.open()
    rows = open_key(the_map).locator(".kinds").get_by_role("button")
    counts = [int(re.search(r"(\d+)$", text)[1]) for text in rows.all_inner_texts()]
    assert sum(counts) == the_map.state()["shown"]["incidents"]
    assert all(counts)


def test_in_an_embed_a_kind_of_the_key_filters_the_map_and_the_link(the_map):
    the_map.open()
    rows = open_key(the_map).locator(".kinds")
    attack = rows.get_by_role("button", name=re.compile("^Attack"))
    promised = int(re.search(r"(\d+)$", attack.inner_text())[1])
    listed = rows.get_by_role("button").count()
    attack.click()
    the_map.wait_query(kind="attack")
    the_map.wait(f"state.shown.incidents === {promised}")
    expect(attack).to_have_attribute("aria-pressed", "true")
    expect(rows.get_by_role("button")).to_have_count(listed)  # what is hidden can be chosen too
    strike = rows.get_by_role("button", name=re.compile("^Air strike"))
    strike.press("Enter")
    the_map.wait(f"state.shown.incidents > {promised}")
    expect(strike).to_be_focused()
    attack.click()
    the_map.wait_query(kind="air-strike")
    expect(attack).to_have_attribute("aria-pressed", "false")


def test_a_link_with_a_kind_leaves_the_others_to_choose_in_the_key(the_map):
    the_map.open(kind="attack")
    before = the_map.state()["shown"]["incidents"]
    open_key(the_map).get_by_role("button", name=re.compile("^Battle")).click()
    the_map.wait(f"state.shown.incidents > {before}")


def test_a_force_of_the_key_filters_and_counts_the_sites_it_holds(the_map):
    the_map.open()
    group = open_key(the_map).locator(".forces")
    expect(group.get_by_role("heading")).to_have_text(f"Sites on {brief(TO)}")
    force = group.get_by_role("button", name=re.compile("^United States"))
    expect(force).to_have_text(re.compile(r"[1-9]\d*$"))
    before = the_map.state()["shown"]["sites"]
    force.click()
    the_map.wait_query(force="us")
    the_map.wait(f"state.shown.sites < {before}")
    force.click()
    the_map.wait_query(force=None)


def test_the_key_explains_and_is_closed_by_its_cross_escape_or_a_press_outside(dashboard):
    page = dashboard.open(sel="site:al-tanf").page
    key = open_key(dashboard)
    words = key.inner_text()
    assert all(text in words for text in ("Attack", "Battle, raid", "United States"))
    assert all(text in words for text in EXPLAINED)
    expect(key.get_by_role("button")).to_have_count(1)  # the cross: the sidebar filters
    key.get_by_role("button", name="Close the key").click()
    expect(key.get_by_role("heading").first).to_be_hidden()
    expect(key.locator("summary")).to_be_focused()
    open_key(dashboard)
    page.keyboard.press("Escape")
    expect(key.get_by_role("heading").first).to_be_hidden()
    assert dashboard.state()["selected"] == "site:al-tanf", "Escape closes one thing at a time"
    open_key(dashboard)
    dashboard.frame.locator(".timeline .window-summary").click()
    expect(key.get_by_role("heading").first).to_be_hidden()


def test_the_keys_rows_stay_while_the_window_is_dragged(the_map):
    dashboard = the_map.open()
    rows = dashboard.frame.locator(".legend .kinds button")
    listed = rows.count()
    band = dashboard.frame.get_by_role("slider", name="Window start")
    box = band.bounding_box()
    end = dashboard.frame.get_by_role("slider", name="Window end").bounding_box()
    mouse = dashboard.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 20)
    mouse.down()
    mouse.move(end["x"] - 4, box["y"] + 20, steps=6)
    dashboard.wait(f"state.window.from > '{shifted(TO, -30)}'")
    assert rows.count() == listed
    mouse.up()
    dashboard.page.wait_for_function("new URL(location.href).searchParams.has('from')")
    dashboard.settle()
    expect(rows.filter(has_text=re.compile(r"\D0$"))).to_have_count(0)


FITS = """key => {
    const box = key.getBoundingClientRect();
    const map = document.querySelector(".leaflet-container").getBoundingClientRect();
    const signs = [...key.querySelectorAll(".signs li")];
    const inside = signs.every((sign) => [...sign.children].every((part) => {
        const { left, right } = part.getBoundingClientRect();
        return left >= box.left && right <= box.right;
    }));
    signs.at(-1).scrollIntoView({ block: "nearest" });
    const last = signs.at(-1).getBoundingClientRect();
    return {
        inside,
        narrow: key.scrollWidth <= key.clientWidth,
        within: box.left >= map.left && box.top >= map.top && box.right <= map.right && box.bottom <= map.bottom,
        reached: last.bottom <= box.bottom && last.top >= box.top,
    };
}"""


def test_the_key_s_signs_lie_within_it_at_every_size(open_dashboard: Callable):
    dashboard = open_dashboard().open()
    key = dashboard.frame.locator(".legend")
    texts = EXPLAINED
    for width, height in ((1440, 900), (900, 600), (390, 844)):
        dashboard.page.set_viewport_size({"width": width, "height": height})
        key.evaluate("key => { key.open = true; }")
        signs = key.locator(".signs")
        for letters in ("", "24px"):
            key.evaluate("(key, letters) => { key.style.fontSize = letters; }", letters)
            assert set(key.evaluate(FITS).values()) == {True}, (width, letters, key.evaluate(FITS))
        assert signs.locator("li > span").all_inner_texts() == texts
        key.evaluate("key => { key.style.fontSize = ''; }")
    # Whatever the theme, a line's sample stands out on the paper, and the one of troops wears a colour.
    worn = {}
    for scheme in ("light", "dark"):
        dashboard.page.emulate_media(color_scheme=scheme)
        dashboard.frame.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        samples = key.locator("svg.arrow:not(.square)")
        worn[scheme] = samples.evaluate_all("all => all.slice(0, 2).map((one) => getComputedStyle(one).color)")
        troops, detainees = worn[scheme]
        assert troops != detainees
    assert worn["light"][1] != worn["dark"][1]
