"""The curated data as a static site's folder, built once for all tests; its pictures are one small picture."""

import fcntl
import os
from pathlib import Path

import pytest

from components.catalog.catalog import load
from components.settings import data_folder
from components.site import build
from components.site.folder import MARKER, write_folder
from components.view.on_view import on_view
from components.view.view import default_view

URL = "https://example.org/map/"


def curated_site(temporary: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, at URL; the first worker that asks builds it, the others wait."""
    base = temporary.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # each worker has a folder of its own in it
    folder = shared / "curated-site" / "site"
    with (shared / "curated-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / MARKER).is_file():
            catalog = load(data_folder())
            picture = build.thumbnail(on_view(catalog, default_view(catalog)), build.SITE_WIDTH)
            with pytest.MonkeyPatch.context() as patched:
                # Drawing takes most of the time, and is the picture room's to test.
                patched.setattr(build, "thumbnail", lambda *_: picture)
                write_folder(folder, build.site_files(catalog, URL))
    return folder
