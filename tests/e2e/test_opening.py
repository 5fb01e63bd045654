"""Open your own data: a visitor's files, dropped on the page, become a map for them alone, and can be saved."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.cli import main

ROWS = """Quand,lat,lon,Titre
2026-02-11,33.505,38.617,<img src=x onerror=alert(1)>
2026-02-12,34.55,38.27,"=HYPERLINK(""http://evil.example"")"
,34.55,38.27,Sans date
"""
READ = 60_000
"""Milliseconds in which files are read, by a process that is started for it."""
DROP = """([target, name, text]) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name, { type: "text/csv" }));
    for (const type of ["dragenter", "dragover", "drop"]) {
        const event = new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true });
        eval(target).dispatchEvent(event);
    }
}"""


def dialog(page: Page):
    return page.get_by_role("dialog", name="Open your own data")


def test_files_dropped_on_the_page_become_a_map_and_a_folder(fresh, tmp_path: Path) -> None:
    fresh.open()
    page = fresh.page
    page.evaluate(DROP, ["window", "evenements.csv", ROWS])
    expect(dialog(page)).to_contain_text("left out: no date", timeout=READ)
    expect(dialog(page)).to_contain_text("(evenements.csv:4)")
    column = dialog(page).get_by_role("combobox", name="What Titre is")
    expect(column).to_have_value("title")
    column.select_option("Place")
    expect(dialog(page).get_by_role("combobox", name="What Titre is")).to_have_value("place", timeout=READ)
    dialog(page).get_by_role("combobox", name="What Titre is").select_option("Title")
    with page.expect_navigation(url="**/?set=own-*"):
        dialog(page).get_by_role("link", name="Show on the map").click()
    fresh.wait("state.shown?.incidents === 2")
    fresh.settle()
    expect(page.locator(".notice.mine")).to_contain_text("you alone see this map")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a data folder").click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        archive.extractall(tmp_path / "mine")
    assert main(["check", "--data", str(tmp_path / "mine")]) == 0
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as one file").click()
    assert saved.value.suggested_filename.endswith(".html")
    assert "Content-Security-Policy" in Path(saved.value.path()).read_text(encoding="utf-8")
    # Loaded anew it is there still; for another browser it is not.
    page.reload(wait_until="domcontentloaded")
    fresh.wait("state.shown?.incidents === 2")
    fresh.settle()
    address = page.url
    other = page.context.browser.new_page()
    other.goto(address)
    expect(other.get_by_text("data that somebody opened for themselves")).to_be_visible()
    assert "HYPERLINK" not in other.content()
    other.context.close()


def test_the_dialog_opens_by_its_button_and_over_the_map_and_refuses_in_words(fresh, tmp_path: Path) -> None:
    fresh.open()
    page = fresh.page
    page.get_by_role("button", name="Open your own data…").click()
    expect(dialog(page)).to_contain_text("50 MB and 200,000 rows")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    fresh.in_map(
        """(frame) => {
        const files = new frame.DataTransfer();
        files.items.add(new frame.File(["x"], "x.csv"));
        frame.dispatchEvent(new frame.DragEvent("dragenter", { dataTransfer: files, cancelable: true }));
    }""",
        None,
    )
    expect(dialog(page)).to_be_visible()
    (tmp_path / "odd.csv").write_text("A,B\n1,2\n", encoding="utf-8")
    dialog(page).locator("input[type=file]").set_input_files(tmp_path / "odd.csv")
    expect(dialog(page).get_by_role("alert")).to_contain_text("no column was taken for dates", timeout=READ)
    (tmp_path / "odd.bin").write_bytes(b"\0\1\2")
    dialog(page).locator("input[type=file]").set_input_files(tmp_path / "odd.bin")
    expect(dialog(page).locator(".said")).to_contain_text("odd.bin", timeout=READ)
    dialog(page).get_by_role("button", name="Close").click()
    expect(dialog(page)).to_be_hidden()
    fresh.errors[:] = [error for error in fresh.errors if "422" not in error]  # the browser notes each refusal


@pytest.mark.parametrize("width", [390])
def test_the_dialog_fits_a_phone(open_dashboard, width: int) -> None:
    phone = open_dashboard(width=width, height=844).open()
    phone.page.evaluate("window.dispatchEvent(new CustomEvent('laydown:open'))")
    expect(dialog(phone.page)).to_be_visible()
    box = dialog(phone.page).bounding_box()
    assert box
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
