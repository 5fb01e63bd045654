from itertools import pairwise
from typing import get_args

import pytest

from components.catalog.tables import Moved
from components.map.key import LINES, SIGNS, WIDTHS, width_text
from components.map.palettes import LIGHT, NEUTRAL
from components.picture.palette import contrast


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
