"""`laydown build`: a data folder as a static site, for GitHub Pages, a static Space, S3 or a memory stick."""

from collections.abc import Mapping

from components.catalog.catalog import Catalog
from components.export.open_graph import link_preview
from components.site.files import json_bytes
from components.site.folder import MARKER
from components.site.map_page import map_files
from components.site.periods import periods
from components.view.view import default_view


def site_files(catalog: Catalog, url: str = "") -> Mapping[str, bytes]:
    """Return all files of the site by their paths; ``url`` is its public address, "" where that is not known."""
    card = link_preview(catalog, default_view(catalog), url)
    return {
        **map_files(catalog, periods(catalog), card.meta(), card.title),
        MARKER: json_bytes({"data": catalog.version}),
    }
