"""The compared map: its divide is dragged and moved by keys, its halves tell their days, its address keeps it."""

from playwright.sync_api import expect

AL_TANF = (33.5058, 38.6178)
WINDOW = {"from": "2025-11-10", "to": "2026-09-30", "map": "7/33.5/38.6"}


def test_the_divide_moves_and_each_side_tells_its_day(the_map) -> None:
    page = the_map.open(**WINDOW, compare="20").page
    divide, tip = page.get_by_role("slider", name="Divide between the two days"), page.locator(".tip")
    expect(divide).to_have_attribute("aria-valuenow", "20")
    page.mouse.move(*the_map.point(*AL_TANF))
    expect(tip).to_contain_text("30 Sep 2026: handed over")
    # By mouse: the map follows at once, the address when it is let go.
    box, size = divide.bounding_box(), page.locator(".leaflet-container").bounding_box()
    assert box
    assert size
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(size["x"] + size["width"] * 0.8, y)
    the_map.wait("state.compare === 80")
    assert "compare=20" in page.url
    page.mouse.up()
    the_map.wait_query(compare="80")
    page.mouse.move(*the_map.point(*AL_TANF))
    expect(tip).to_contain_text("10 Nov 2025: held: United States")
    # By keys, which do not pan the map.
    camera = the_map.state()["camera"]
    divide.press("Home")
    the_map.wait_query(compare="0")
    divide.press("ArrowRight")
    the_map.wait_query(compare="2")
    divide.press("End")
    divide.press("PageDown")
    the_map.wait_query(compare="90")
    assert the_map.state()["camera"] == camera
    page.get_by_role("button", name="Stop comparing").click()
    the_map.wait_query(compare=None)
    expect(divide).to_be_hidden()
