"""Trends in the browser: of events without sites it opens, it follows the window by documents, and a row filters."""

import re
from pathlib import Path

from playwright.sync_api import expect

HERE = {"lat": "34", "lon": "38"}
DAYS = ["2026-01-05", "2026-01-20", "2026-02-10", "2026-02-11", "2026-02-12", "2026-03-20"]


def test_without_sites_trends_opens_follows_the_window_and_each_row_filters(folder, open_dashboard):
    incidents = [
        {"id": f"i{n}", "start": day, "kind": "ied" if n % 2 else "attack", "place": "Town", **HERE}
        for n, day in enumerate(DAYS)
    ]
    data: Path = folder(incidents=incidents)
    dashboard = open_dashboard(data).open()
    page = dashboard.page
    tabs = page.get_by_role("radiogroup", name="Panel")
    expect(tabs.get_by_role("radio")).to_have_text(["Trends", "What happened", "Table"])
    panel = page.locator(".st-key-trends")
    expect(panel).to_contain_text("6 incidents in these dates.")
    page.get_by_label("From").fill("2026-02-01")
    page.get_by_label("From").press("Enter")
    dashboard.wait_query(from_="2026-02-01")
    expect(panel).to_contain_text("4 incidents in these dates")
    bars = panel.locator(".trend").filter(has_text="Bomb").locator(".plot path")
    assert bars.bounding_box()["width"] > 0
    expect(dashboard.frame.locator(".timeline")).not_to_contain_text("movement")  # the data have none
    panel.get_by_role("button", name="Bomb").click()
    dashboard.wait_query(kind="ied")
    expect(panel).to_contain_text("2 incidents in these dates")
    expect(panel.get_by_role("button", name="Bomb")).to_have_attribute("aria-pressed", "true")
    panel.get_by_role("button", name="Town").click()
    dashboard.wait_query(q="Town")
    panel.get_by_role("button", name="Month").click()
    dashboard.wait_query(per="month")
    expect(panel.locator(".trend")).to_contain_text(re.compile("most in "))
