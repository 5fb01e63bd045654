"""The page, run without a browser."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.bidi_component.state import ComponentResult
from streamlit.testing.v1 import AppTest

from components.ui import mount as mounting

ADDRESS = "https://map.example.org/"
PAGE = Path(__file__).parents[2] / "components/page.py"


class Page:
    """The page as a visitor of a link sees it."""

    def __init__(self, texts_of: Callable[[list[Any]], list[str]], link: dict[str, Any]) -> None:
        self.app = AppTest.from_file(PAGE, default_timeout=30)
        for key, value in link.items():
            self.app.query_params[key] = value
        self._texts_of = texts_of
        self.run()

    def run(self) -> None:
        """Run the script again, which must not fail."""
        self.app.run()
        self.sound()

    def sound(self) -> None:
        assert not self.app.exception, self.app.exception

    @property
    def frame(self) -> Any:
        """The map's frame, as the browser is told of it."""
        [component] = self.app.get("component_instance")
        return component.proto

    @property
    def sent(self) -> dict[str, Any]:
        """What the map's frame is sent."""
        return dict(json.loads(self.frame.json_args))

    @property
    def command(self) -> dict[str, Any]:
        """What the map is told to show."""
        [line] = [line for line in self.sent["feature_group"].splitlines() if "laydown.show(" in line]
        return dict(json.loads(line[line.index("(") + 1 : line.rindex(")")]))

    @property
    def parts(self) -> dict[str, list[str]]:
        """The texts of each part of the page that is built by elements.js, by its key."""
        found = {}
        for component in self.app.get("bidi_component"):
            key = component.proto.id.rpartition("-")[2]
            found[key] = self._texts_of(json.loads(component.proto.json)["nodes"])
        return found

    @property
    def days(self) -> dict[str, str]:
        """The days in the sidebar's fields."""
        [component] = [one for one in self.app.get("bidi_component") if one.proto.id.endswith("-dates")]
        return dict(json.loads(component.proto.json)["days"])

    @property
    def search(self) -> str:
        """What stands in the search field."""
        [component] = [one for one in self.app.get("bidi_component") if one.proto.id.endswith("-search")]
        return str(json.loads(component.proto.json)["search"])

    @property
    def limits(self) -> dict[str, tuple[str, str]]:
        """The first and last day that each of those fields takes."""
        [component] = [one for one in self.app.get("bidi_component") if one.proto.id.endswith("-dates")]
        inputs = r'"type": "date", "name": "(\w+)", "min": "([\d-]+)", "max": "([\d-]+)"'
        return {name: (first, last) for name, first, last in re.findall(inputs, component.proto.json)}

    @property
    def text(self) -> str:
        """All of those texts."""
        return "\n".join("".join(texts) for texts in self.parts.values())

    @property
    def query(self) -> dict[str, list[str]]:
        """The link, as it stands now."""
        params = self.app.query_params
        return {key: params[key] if isinstance(params[key], list) else [params[key]] for key in params}


@pytest.fixture(scope="session", autouse=True)
def _packages_are_scanned_once() -> Iterator[None]:
    """Let Streamlit look for components among the installed packages once: it does so again for each AppTest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def visit(texts_of: Callable[[list[Any]], list[str]]) -> Callable[..., Page]:
    """Open a link: its values by key."""
    return lambda **link: Page(texts_of, link)


@pytest.fixture
def visit_folder(visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """Open a link of the dashboard of another data folder."""

    def open_link(folder: Path, **link: Any) -> Page:
        monkeypatch.setenv("LAYDOWN_DATA", str(folder))
        return visit(**link)

    return open_link


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Press what a part of the page offers, as its browser side would report it, with the address the page is at."""
    pressed: dict[str, list[str]] = {}
    heard: dict[str, list[str]] = {}
    mount = mounting._component

    def mounted(**options: Any) -> Any:
        key = options["key"]
        act = heard.pop(key, None)
        if key in pressed:
            # AppTest has no component to press, so the callback runs where its rerun would begin.
            heard[key] = pressed.pop(key)
            st.session_state[key] = {"act": heard[key]}
            options["on_act_change"]()
            del st.session_state[key]
        mount(**options)
        return ComponentResult({}, {"act": act})

    monkeypatch.setattr(mounting, "_component", mounted)

    def act(page: Page, key: str, verb: str, value: str, address: str = "") -> None:
        query = urlencode(page.query, doseq=True)
        pressed[key] = [verb, value, address or f"{ADDRESS}?{query}", ""]
        page.run()
        page.run()

    return act
