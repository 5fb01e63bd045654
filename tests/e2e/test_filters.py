"""What is shown: each filter, alone and together, on the map and in its counts."""

import re
from datetime import date

from playwright.sync_api import expect

from components.view.selection import select
from components.view.view import read_view
from tests.curated import CATALOG, FIRST, LAST, TO, shifted


def shown(**query):
    view, notices = read_view({key.rstrip("_"): [value] for key, value in query.items()}, CATALOG)
    assert not notices
    selection = select(CATALOG, view)
    return {name: len(getattr(selection, name)) for name in ("sites", "incidents", "movements")}


OPTIONS = [
    ("Attack", "kind", "attack"),
    ("Syrian government", "force", "syria"),
    ("Jordan", "force", "jordan"),
    ("Iraq", "country", "Iraq"),
    ("Medium", "confidence", "medium"),
]


def test_a_filter_narrows_the_map_and_enters_the_link(dashboard, subtests):
    dashboard.open()
    for label, key, value in OPTIONS:
        with subtests.test(label=label):
            group = dashboard.page.get_by_role("group", name={"kind": "Incidents"}.get(key, key.capitalize()))
            option = group.get_by_role("button", name=re.compile(f"^{label}"))
            expected = shown(**{key: value})
            # The count beside an option is what choosing it shows.
            expect(option).to_have_text(re.compile(rf"\D{expected['incidents']}$"))
            option.click()
            dashboard.wait_query(**{key: value})
            dashboard.wait(f"state.shown.incidents === {expected['incidents']}")
            assert dashboard.state()["shown"] == expected
            expect(option).to_have_attribute("aria-pressed", "true")
            option.click()
            dashboard.wait_query(**{key: None})


def test_of_many_values_the_others_are_folded_and_found_by_a_search_that_stays(dashboard):
    dashboard.open()
    group = dashboard.page.get_by_role("group", name="Force")
    germany = group.get_by_role("button", name=re.compile("^Germany"))
    expect(germany).to_be_hidden()
    group.get_by_text(re.compile(r"^\d+ more$")).click()
    field = group.get_by_role("searchbox", name="Search in force")
    field.fill("zz")
    expect(group.get_by_role("status")).to_have_text("None is called that.")
    field.fill("germ")
    expect(group.get_by_role("button", name=re.compile("^Italy"))).to_be_hidden()
    germany.click()
    dashboard.wait_query(force="germany")
    expect(germany).to_have_attribute("aria-pressed", "true")
    expect(field).to_have_value("germ")
    # What is chosen is in sight, whatever is folded.
    group.get_by_text(re.compile(r"^\d+ more$")).click()
    expect(germany).to_be_visible()


def test_a_search_finds_a_name_however_it_is_written(dashboard):
    dashboard.open()
    box = dashboard.page.get_by_role("combobox", name="Search")
    for text in ("At Tanf", "Palmyra", "al tanf", "AL-TANF", "التنف", "تنف"):
        box.fill(text)
        box.press("Enter")
        dashboard.wait_query(q=text)
        expected = shown(q=text)
        dashboard.wait(f"state.shown.sites === {expected['sites']}")
        assert dashboard.state()["shown"] == expected
        assert expected["incidents"] >= 2


def test_a_search_shows_on_the_map_while_it_is_typed(dashboard):
    dashboard.open()
    box = dashboard.page.get_by_role("combobox", name="Search")
    box.press_sequentially("Al-Ta")
    expected = shown(q="Al-Ta")
    dashboard.wait(f"state.shown.sites === {expected['sites']}")
    assert dashboard.state()["shown"] == expected
    assert "q=" not in dashboard.page.url, "Python has not heard of it"
    box.press_sequentially("nf")
    box.press("Enter")
    dashboard.wait_query(q="Al-Tanf")
    dashboard.wait(f"state.shown.sites === {shown(q='Al-Tanf')['sites']}")
    assert dashboard.state()["shown"] == shown(q="Al-Tanf")


def test_a_search_suggests_by_the_keyboard_and_steps_to_the_place(dashboard):
    dashboard.open()
    page = dashboard.page
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("Ain Ass")
    option = page.get_by_role("option", name="Ain al-Asad air base")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Escape")
    expect(option).to_be_hidden()
    box.press("ArrowDown")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    dashboard.wait_query(sel="site:ain-al-asad", q=None)
    expect(box).to_have_value("")
    expect(page.get_by_role("heading", name="Ain al-Asad air base")).to_be_visible()


AT_ONCE = """button => {
    button.click();
    const { laydown, document: map } = mapFrame().contentWindow;
    return [laydown.state().shown, map.querySelector(".legend").textContent];
}"""
"""Press, and return what the map and its key show in that very moment, before any answer can have come."""


def test_filters_add_up_and_are_cleared_at_once(dashboard):
    query = {"kind": "attack", "country": "Iraq", "q": "erbil", "known": "2026-02-10"}
    dashboard.open(**query)
    assert dashboard.state()["shown"] == shown(**query)
    at_once, key = dashboard.page.get_by_role("button", name="Clear filters").evaluate(AT_ONCE)
    assert at_once == shown()
    dashboard.wait_query(**dict.fromkeys(query))
    assert dashboard.state()["shown"] == at_once
    assert dashboard.frame.locator(".legend").text_content() == key, "the posture is today's at once, too"


def test_the_map_does_not_wait_for_the_server_to_filter(dashboard):
    dashboard.open()
    option = dashboard.page.get_by_role("group", name="Incidents").get_by_role("button", name=re.compile("^Attack"))
    at_once, key = option.evaluate(AT_ONCE)
    assert at_once == shown(kind="attack")
    dashboard.wait_query(kind="attack")
    assert dashboard.state()["shown"] == at_once
    assert dashboard.frame.locator(".legend").text_content() == key


def test_a_day_is_typed_or_picked_and_sent_when_it_is_whole(dashboard) -> None:
    page = dashboard.open(kind="attack").page
    start, end, known = (page.get_by_label(label, exact=True) for label in ("From", "To", "Only what was public by"))
    wrong = page.locator(".wrong:not(:empty)")
    typed = page.keyboard.type
    # Typed, half-typed days are nobody's business; Enter sends them. The browser's language is American here.
    steps = page.evaluate("history.length")
    start.focus()
    typed("01152026")
    assert page.evaluate("history.length") == steps
    assert "from" not in dashboard.query()
    page.keyboard.press("Enter")
    dashboard.wait_query(from_="2026-01-15", kind="attack")
    dashboard.wait("state.window.from === '2026-01-15'")
    expect(start).to_be_focused()
    # Past the other edge it takes that along, when the field is left.
    end.focus()
    start.focus()
    past = shifted(TO, 20)
    typed(f"{date.fromisoformat(past):%m%d%Y}")
    page.get_by_role("combobox", name="Search").focus()
    dashboard.wait_query(from_=past, to=past)
    expect(end).to_have_value(past)
    # Picked, it is sent at once; what the timeline does is followed.
    start.fill("2026-01-27")
    dashboard.wait_query(from_="2026-01-27")
    dashboard.frame.get_by_role("slider", name="Window end").press("PageDown")
    month_before = shifted(past, months=-1)
    expect(end).to_have_value(month_before)
    dashboard.wait_query(to=month_before)
    # What is no day is told, and stays while the page goes on; Escape gives it up.
    start.focus()
    typed("02312026")
    page.keyboard.press("Enter")
    expect(wrong).to_have_text("This is no whole day of the calendar. Give year, month and day.")
    page.get_by_role("button", name="Attack").first.click()
    dashboard.wait_query(kind=None)
    assert start.evaluate("input => input.validity.badInput")
    expect(wrong).to_be_visible()
    start.press("Escape")
    expect(start).to_have_value("2026-01-27")
    expect(wrong).to_have_count(0)
    start.fill("1200-01-01")
    expect(wrong).to_have_text(f"Give a day from {shifted(FIRST, -31)} to {shifted(LAST, 31)}.")
    start.fill("")
    expect(wrong).to_have_text("Give a day: both dates are needed.")
    start.press("Escape")
    # The as-known day may be none.
    known.fill("2026-02-10")
    dashboard.wait_query(known="2026-02-10")
    page.get_by_role("button", name="Clear “only what was public by”").click()
    dashboard.wait_query(known=None, from_="2026-01-27", to=month_before)
    expect(known).to_have_value("")
    expect(page.get_by_role("button", name="Clear “only what was public by”")).to_be_hidden()
    for field in (start, end, known):
        assert field.evaluate("input => input.scrollWidth <= input.clientWidth"), "a day fits its field"


def test_the_key_folds_away_what_is_over_twelve(open_map, open_dashboard, folder):
    kinds = [{"id": f"k{n}", "label": f"Kind {n}"} for n in range(15)]
    rows = [{"id": f"i{n}", "kind": f"k{n}", "lat": "34", "lon": "38"} for n in range(15)]
    data = folder(kinds=kinds, incidents=rows)
    embed = open_map(data).open()
    embed.page.get_by_text("Key", exact=True).click()
    options = embed.page.locator(".kinds li")
    expect(options).to_have_count(12)
    embed.page.get_by_role("button", name="3 more").click()
    expect(options).to_have_count(15)
    expect(embed.page.get_by_role("button", name="Kind 12")).to_be_focused()
    embed.page.keyboard.press("Enter")
    embed.wait("state.shown.incidents === 1")
    embed.open(kind="k14")
    embed.page.get_by_text("Key", exact=True).click()
    expect(embed.page.get_by_role("button", name="Kind 14")).to_have_attribute("aria-pressed", "true")
    expect(options).to_have_count(13)

    page = open_dashboard(data).open()
    page.frame.get_by_text("Key", exact=True).click()
    page.frame.get_by_role("button", name="3 more").press("Enter")
    expect(page.frame.locator(".kinds .value").nth(12)).to_be_focused()
