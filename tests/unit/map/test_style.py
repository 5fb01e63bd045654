import json
import re
from dataclasses import fields
from itertools import pairwise
from typing import get_args

import pytest

from components.catalog.tables import Moved
from components.map.key import LINES, SIGNS, WIDTHS, Line, width_text
from components.map.palettes import LIGHT, NEUTRAL, PALETTES, Palette
from components.map.style import (
    STYLE,
    AreaStyle,
    BasemapStyle,
    Font,
    IncidentStyle,
    LabelStyle,
    MovementStyle,
    Outline,
    RegionStyle,
    SiteStyle,
    Style,
    drawn_style,
)
from components.picture.palette import contrast, rgb


def test_whatever_moves_has_a_line_of_its_own() -> None:
    assert tuple(LINES) == get_args(Moved)
    assert len({line.dash for line in LINES.values()}) == len(LINES), "told apart without colour"


def test_troops_alone_wear_a_force_s_colour_and_a_solid_line_and_weigh_most() -> None:
    troops, *others = LINES.values()
    assert (troops.colour, troops.dash, troops.weight) == ("", (), 1)
    for line in others:
        assert line.colour == NEUTRAL
        assert len(line.dash) % 2 == 0
        assert line.weight < 1


def test_the_neutral_colour_stands_out_on_paper_and_is_no_force_s(curated) -> None:
    assert contrast(NEUTRAL, LIGHT.land) > 4.5
    assert NEUTRAL not in set(curated.forces["colour"])


def test_each_step_of_the_widths_says_its_numbers() -> None:
    assert all(more > less and wide > thin for (more, wide), (less, thin) in pairwise(WIDTHS))
    assert [width_text(step) for step in range(3)] == ["1,000 or more", "100 or more", "under 100, or unknown"]


@pytest.mark.parametrize("sign", [*LINES, *(f"width {n}" for n in range(3)), "range", "vague", "bead", "count"])
def test_the_key_explains_it(sign: str) -> None:
    texts = [text for group in SIGNS.values() for name, text in group.items() if name == sign]
    assert len(texts) == 1
    assert texts[0]


def test_style_sheets_begin_with_the_palettes_colours(root) -> None:
    """map.css repeats what is needed before any data has come: it cannot read the style."""
    sheet = (root / "components/map/assets/map.css").read_text(encoding="utf-8")
    names = {"paper": "paper", "text": "strong", "quiet": "quiet", "line": "line", "accent": "accent"}
    for selector, palette in ((":root", PALETTES["light"]), ('[data-theme="dark"]', PALETTES["dark"])):
        block = sheet[sheet.index(f"{selector} {{") :].split("}")[0]
        found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        assert found == {name: getattr(palette, field) for name, field in names.items()}
        channels = " ".join(str(channel) for channel in rgb(palette.accent))
        assert f"--window: rgb({channels} /" in block


def test_the_style_s_types_in_the_browser_name_only_what_is_sent(root) -> None:
    """JavaScript's types of the style are held to it: a field that is renamed here must be renamed there."""
    module = (root / "components/map/assets/draw/style.js").read_text(encoding="utf-8").split("*/")[0]
    types = {
        found[0]: set(re.findall(r"@property \{.*?\}+ (\w+)", found[1]))
        for found in re.findall(r"@typedef \{object\} (\w+)(.*?)(?=@typedef|$)", module, re.DOTALL)
    }
    groups = (SiteStyle, AreaStyle, MovementStyle, IncidentStyle, RegionStyle, LabelStyle, BasemapStyle)
    for type_ in (Style, *groups, Palette, Outline, Font, Line):
        assert types[type_.__name__] <= {field.name for field in fields(type_)}
        assert types[type_.__name__]


def test_the_style_is_small_and_fit_for_json() -> None:
    assert len(json.dumps(drawn_style(), separators=(",", ":"), allow_nan=False)) < 6_500


def test_every_layer_is_drawn_once() -> None:
    assert len(set(STYLE.layers)) == len(STYLE.layers) == 11
