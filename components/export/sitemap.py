"""sitemap.xml: the pages worth an index, for crawlers (sitemaps.org)."""

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from components.catalog.catalog import Catalog

SITEMAP: Final = "sitemap.xml"
"""Its name, from the root of a server or a site."""
NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_of(catalog: Catalog, addresses: Iterable[str]) -> bytes:
    """Return the sitemap of some pages of ``catalog``, by their whole addresses; one that comes twice stands once."""
    root = ET.Element("urlset", {"xmlns": NAMESPACE})
    checked = catalog.dataset.checked
    for address in dict.fromkeys(addresses):
        page = ET.SubElement(root, "url")
        ET.SubElement(page, "loc").text = address
        if checked:
            ET.SubElement(page, "lastmod").text = checked.isoformat()
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
