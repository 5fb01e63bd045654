import pytest
import streamlit

from components.map.symbols import SHAPES
from components.panels.elements import el, symbol
from components.static import FOLDERS
from components.ui import mount as mounting
from components.ui.mount import render


@pytest.fixture
def mounted(monkeypatch):
    """Render nodes and return how the component was mounted, and the page's state."""
    state: dict = {}
    kept: dict = {}
    monkeypatch.setattr(streamlit, "session_state", state)
    monkeypatch.setattr(mounting, "_component", lambda **given: kept.update(given))

    def mount(*nodes, **options):
        render("facets", *nodes, **options)
        return kept, state

    return mount


@pytest.mark.parametrize(
    ("element", "node"),
    [
        (el("p"), ["p", {}]),
        (el("p", None, "text"), ["p", {}, "text"]),
        (el("p", {"class": "quiet"}, "a", "b"), ["p", {"class": "quiet"}, "a", "b"]),
        (el("p", {}, None, "text", None), ["p", {}, "text"]),
        (el("p", {}, ""), ["p", {}, ""]),
        (el("ul", {}, el("li", {}, "one"), el("li")), ["ul", {}, ["li", {}, "one"], ["li", {}]]),
        (symbol("M0 0Z", "#123456"), ["symbol", {"d": "M0 0Z", "colour": "#123456"}]),
    ],
)
def test_an_element_is_its_tag_its_attributes_and_its_children(element, node) -> None:
    assert element == node


def test_an_element_keeps_its_attributes_whatever_becomes_of_the_callers() -> None:
    attributes = {"class": "quiet"}
    element = el("p", attributes)
    attributes["class"] = "loud"
    assert element == ["p", {"class": "quiet"}]


@pytest.mark.parametrize("text", ["<b>bold</b>", "</script>", "&amp;", "${x}`"])
def test_text_is_data(mounted, text: str) -> None:
    given, _ = mounted(el("p", {}, text), text)
    assert given["data"]["nodes"] == [["p", {}, text], text]


def test_what_is_not_there_is_left_out(mounted) -> None:
    given, _ = mounted(None, el("p"), None)
    assert given["key"] == "facets"
    assert given["data"]["nodes"] == [["p", {}]]


def test_a_press_is_passed_on_as_verb_and_object(mounted) -> None:
    acts: list[tuple[str, str]] = []
    given, state = mounted(el("button"), on_act=lambda press: acts.append(press[:2]))
    state["facets"] = {"act": ["kind", "attack", "https://map.example.org/", ""]}
    given["on_act_change"]()
    assert acts == [("kind", "attack")]


@pytest.mark.parametrize(
    "act",
    [None, "kind", [], ["kind"], ["a", "b"], ["a", "b", 7], ["a", "b", ""], ["a", "b", "", 7], {"0": "a", "1": "b"}, 7],
)
def test_a_malformed_press_is_left_alone(mounted, act) -> None:
    def refuse(press: object) -> None:
        raise AssertionError(press)

    given, state = mounted(on_act=refuse)
    state["facets"] = {"act": act}
    given["on_act_change"]()


def test_a_press_on_what_does_nothing_does_nothing(mounted) -> None:
    given, state = mounted()
    state["facets"] = {"act": ["kind", "attack", "", ""]}
    given["on_act_change"]()


def test_the_browser_builds_elements_without_html() -> None:
    script = (FOLDERS["panels"] / "elements.js").read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert way not in script


@pytest.mark.parametrize(
    ("nodes", "fault"),
    [
        ([el("script", {}, "x")], "script"),
        ([el("p", {"onclick": "x"})], "attributes"),
        ([el("a", {"href": "javascript:x"})], "javascript"),
        ([el("p", {}, el("img"))], "img"),
        ([7], "neither"),
    ],
)
def test_these_tests_can_tell_markup_that_the_browser_refuses(texts_of, nodes, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        texts_of(nodes)


def test_these_tests_know_what_the_browser_knows(texts_of) -> None:
    nodes = [
        el("p", {"class": "quiet"}, "a", el("a", {"href": "https://example.org"}, "b"), symbol(SHAPES["square"], ""))
    ]
    assert texts_of(nodes) == ["a", "b"]
