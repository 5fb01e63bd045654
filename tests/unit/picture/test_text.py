import pytest

from components.picture import text as lettering
from components.picture.text import TextStyle, balanced, fitted, joined, shown, width, wrapped

STYLE = TextStyle(14, "#000000")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Al-Tanf garrison", "Al-Tanf garrison"),
        ("Al-Ṭanf – ≠ ±5 km · “Qamışlı”", "Al-Ṭanf – ≠ ±5 km · “Qamışlı”"),
        ("a\nb\tc\u2028d\u00a0e", "a b c d e"),
        ("\u202eturned\u202c\u200f", "turned"),
        ("e\u0301", "é"),
        ("Base 🛰 Alpha", "Base … Alpha"),
        ("🛰 🛰 🛰", "…"),
        ("\u200d\u0301\u0302 base", "base"),
        ("", ""),
    ],
)
def test_what_no_font_has_is_left_out_and_never_an_empty_box(text: str, line: str) -> None:
    assert shown(text)[0] == line


def test_arabic_is_set_in_a_font_that_has_it_or_left_out(monkeypatch) -> None:
    line, family = shown("قاعدة التنف")
    assert line in ("قاعدة التنف", "…")
    if line != "…":
        assert family in lettering.SYSTEM
        assert all(lettering._has(family, letter) for letter in line)
    monkeypatch.setattr(lettering, "SYSTEM", ())
    shown.cache_clear()
    try:
        assert shown("Base قاعدة التنف here")[0] == "Base … here"
    finally:
        shown.cache_clear()


@pytest.mark.parametrize(
    "text", ["short", "a longer text of several words", "W" * 900, "https://example.org/?" + "a=1&" * 200]
)
@pytest.mark.parametrize("room", [20, 80, 300])
def test_a_text_never_runs_over_its_room(text: str, room: float) -> None:
    lines = [[fitted(text, room, STYLE)], wrapped(text, room, STYLE, 3), balanced(text, room, STYLE, 3)]
    lines.append(joined([text, text, text], room, STYLE, 2))
    for found, most in zip(lines, (1, 3, 3, 2), strict=True):
        assert 0 < len(found) <= most
        assert all(width(line, STYLE) <= room for line in found)


def test_a_text_that_fits_is_left_as_it_is_and_one_that_does_not_says_so() -> None:
    assert fitted("Al-Tanf", 200, STYLE) == "Al-Tanf"
    assert fitted("Al-Tanf garrison and more", 80, STYLE).endswith("…")
    assert " ".join(wrapped("one two three four five six", 60, STYLE, 9)) == "one two three four five six"
    assert wrapped("one two three four five six", 60, STYLE, 2)[-1].endswith("…")
    assert wrapped("", 60, STYLE, 2) == []


def test_no_word_of_a_title_stands_alone() -> None:
    title = "US posture in Syria, Jordan and Iraq"
    room = width("US posture in Syria, Jordan and", STYLE)
    assert wrapped(title, room, STYLE, 4)[-1] == "Iraq"
    first, last = balanced(title, room, STYLE, 4)
    assert f"{first} {last}" == title
    assert width(last, STYLE) > width(first, STYLE) / 2
