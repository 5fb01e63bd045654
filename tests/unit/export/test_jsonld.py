"""The data set as search engines read it, and its licence."""

import json
import re

import pytest

from components.export.jsonld import dataset_node, dataset_script
from components.export.licences import licence_of

BASE = "https://map.example.org/laydown/"


def test_the_data_set_is_told_in_full(curated) -> None:
    node = dataset_node(curated, BASE)
    dataset = curated.dataset
    assert (node["@type"], node["name"], node["url"]) == ("Dataset", dataset.title, BASE)
    assert 50 <= len(node["description"]) <= 5000, "what search engines take"
    assert node["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert node["creator"]["name"]
    assert node["dateModified"] == dataset.checked.isoformat()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", node["temporalCoverage"])
    assert {"Iraq", "Jordan", "Syria"} <= {place["name"] for place in node["spatialCoverage"]}
    files = {one["contentUrl"]: one["encodingFormat"] for one in node["distribution"]}
    assert files[f"{BASE}datapackage.json"] == "application/json"
    assert files[f"{BASE}export/data.zip"] == "application/zip"
    assert files[f"{BASE}data/sites.csv"] == "text/csv"


def test_what_a_folder_does_not_say_is_left_out(catalog_of) -> None:
    node = dataset_node(catalog_of(), BASE)
    assert not {"license", "creditText", "dateModified", "spatialCoverage"} & set(node)


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!-- <script>", "a & b \u2028 c", "قاعدة التنف"]
)
def test_no_text_of_the_data_ends_the_element(catalog_of, title: str) -> None:
    catalog = catalog_of(toml=f"title = {json.dumps(title)}\n")
    script = str(dataset_script(catalog, BASE))
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search(r"[<>&\u2028\u2029]", inside)
    assert json.loads(inside)["name"] == title


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-sa-3.0", "CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC BY-NC-ND 4.0", "CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC0 1.0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Ask the authors", "Ask-the-authors", ""),
        ("©", "other", ""),
    ],
)
def test_a_licence_is_known_by_name_and_address(text: str, name: str, address: str) -> None:
    licence = licence_of(text)
    assert licence is not None
    assert (licence.name, licence.address) == (name, address)


def test_no_licence_is_none() -> None:
    assert licence_of("  ") is None
