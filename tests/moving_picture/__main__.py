"""Make README's moving picture of Watch it, by a server and a browser: `uv run python -m tests.moving_picture`."""

import io
import time
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.serving import ROOT, STREAMLIT, Server
from tests.e2e.conftest import FLAGS, find_chromium

SIZE: Final = (960, 720)
FRAME_MS: Final = 125
LAST_MS: Final = 3000
"""How long the last frame, with the ways on, stands before it begins again."""
MOST_BYTES: Final = 2_000_000
QUALITY: Final = 60
PICTURE: Final = ROOT / ".github/watch.webp"


def frames(page: Page) -> list[tuple[float, Image.Image]]:
    """Watch it; return what was seen, each with its second."""
    page.get_by_role("button", name="Watch it").click()
    again = page.get_by_role("button", name="Watch again")
    seen = []
    begin = time.monotonic()
    while True:
        over = again.is_visible()
        seen.append((time.monotonic() - begin, Image.open(io.BytesIO(page.screenshot())).convert("RGB")))
        if over:
            return seen


def write(seen: list[tuple[float, Image.Image]], path: Path) -> None:
    """Write frames as an animated WebP, none for less than FRAME_MS."""
    kept = seen[:1]
    for second, image in seen[1:-1]:
        if (second - kept[-1][0]) * 1000 >= FRAME_MS:
            kept.append((second, image))
    kept.append(seen[-1])
    durations = [round((after - before) * 1000) for (before, _), (after, _) in pairwise(kept)]
    first, *others = (image for _, image in kept)
    durations.append(LAST_MS)
    first.save(path, save_all=True, append_images=others, duration=durations, loop=0, quality=QUALITY, method=6)


def main() -> None:
    """Serve, watch, and write PICTURE."""
    with Server((*STREAMLIT, "dashboard.py"), {}) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=FLAGS)
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.goto(f"{server.direct}/embed")
        page.wait_for_function("() => window.laydown?.state().ready")
        seen = frames(page)
        browser.close()
    write(seen, PICTURE)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {len(seen)} frames, {size:,} bytes")
    if size > MOST_BYTES:
        raise SystemExit(f"more than {MOST_BYTES:,} bytes: lower QUALITY or SIZE")


if __name__ == "__main__":
    main()
