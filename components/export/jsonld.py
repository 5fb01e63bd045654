"""Structured data for search engines: the data set as a schema.org Dataset, in JSON-LD in the page's head."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

from markupsafe import Markup

import components
from components.catalog.catalog import Catalog
from components.export.datapackage import NAME, present
from components.export.licences import licence_of
from components.view.citation import data_date
from components.view.extent import extent
from components.view.wording import count_text, day_text

_UNSAFE: Final = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
"""Characters that could end the script element or begin a comment in it, as JSON escapes."""


def dataset_node(catalog: Catalog, base: str, files: Sequence[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the data set as a schema.org Dataset; ``base`` is the page's address, with a slash at its end.

    Without an address ("") there is none in it. ``files`` are those to be had, each a ``download``; None: the server's.
    """
    dataset, days = catalog.dataset, extent(catalog)
    licence, checked = licence_of(dataset.licence), dataset.checked or data_date(catalog)
    countries = sorted(set(chain.from_iterable(catalog.sites["country"])))
    node: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": base,
        "url": base,
        "name": dataset.title,
        "description": _description(catalog),
        "license": (licence.address or licence.title) if licence else None,
        "creator": {"@type": "Organization", "name": dataset.title},
        "creditText": "; ".join(dataset.credits),
        "dateModified": checked.isoformat() if checked else None,
        "version": catalog.version,
        "temporalCoverage": f"{days.first.isoformat()}/{days.last.isoformat()}",
        "spatialCoverage": [{"@type": "Place", "name": name} for name in countries],
        "isAccessibleForFree": True,
        "distribution": _served(catalog, base) if files is None else list(files),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "Laydown", "version": components.__version__},
    }
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _served(catalog: Catalog, base: str) -> list[dict[str, str]]:
    return [
        download(f"{base}{NAME}", "application/json", "Description of the files (Data Package)"),
        download(f"{base}export/data.zip", "application/zip", "All files of the data"),
        *(download(f"{base}data/{table.file}", "text/csv", table.doc) for table in present(catalog.folder)),
    ]


def download(address: str, form: str, name: str) -> dict[str, str]:
    """Return a file as a schema.org DataDownload: its address, its media type and what it is."""
    return {"@type": "DataDownload", "contentUrl": address, "encodingFormat": form, "name": name}


def _description(catalog: Catalog) -> str:
    """Return what is in the data and how far it reaches."""
    dataset, days = catalog.dataset, extent(catalog)
    tables = ((catalog.sites, "site"), (catalog.incidents, "incident"), (catalog.movements, "movement"))
    held = ", ".join(count_text(len(frame), noun) for frame, noun in tables)
    sentences = [
        dataset.subtitle,
        f"{held}, each with its sources, from {day_text(days.first)} to {day_text(days.last)}",
        f"Checked to {day_text(dataset.checked)}" if dataset.checked else "",
    ]
    return " ".join(f"{text.rstrip('.')}." for text in sentences if text)


def dataset_script(catalog: Catalog, base: str) -> Markup:
    """Return the data set as a script element."""
    return script_of(dataset_node(catalog, base))


def script_of(node: Mapping[str, Any]) -> Markup:
    """Return a node as a script element of type ld+json: data, which a Content-Security-Policy need not allow."""
    text = json.dumps(node, ensure_ascii=False)
    for mark, written in _UNSAFE.items():
        text = text.replace(mark, written)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704  # as above
