"""The forces' colours on the curated data: told apart by those who see colours differently, by day and by night."""

from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pytest

from components.map.palettes import PALETTES
from components.picture import palette
from components.picture.palette import contrast

Array = npt.NDArray[np.float64]

MAIN = ("us", "syria", "sdf", "is", "iraq", "russia", "iran", "turkey", "jordan")
"""Who holds the sites that the record is about: each in a colour of its own."""
SIDES = (
    ("coalition", "france", "uk", "germany", "italy", "nato", "israel", "saudi-arabia"),
    ("sfa", "peshmerga", "civilians", "al-qaeda"),
    ("assad",),
)
"""The others share a grey: states beside the US, those who are no state, the former government of Syria."""

APART = 9.0
"""CIEDE2000 between two of the main colours in each simulation: nine colours in four simulations on two grounds leave
room for little more, as those of the US, of Syria, of the SDF and of IS are given (the first two are 9.2 apart)."""
APART_TO_MOST = 15.0
"""The same to those who see all colours."""
GREYS_APART = 8.0
"""From a grey to another, and to any of the main colours."""
KINDS_APART = 7.0
"""From a force to a kind of incident, to those who see all colours: no kind is a square, so their shapes differ too."""

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009,
# doi:10.1109/TVCG.2009.113: severity 1, upon linear RGB.
SIMULATIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
THEMES = ("light", "dark")
SEEN = list(product(THEMES, SIMULATIONS))


def ground(theme: str, name: str) -> str:
    """A colour of the map in a theme."""
    return str(getattr(PALETTES[theme], name))


def linear(colour: str) -> Array:
    channels = np.array(palette.rgb(colour)) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def drawn(colour: str, theme: str) -> str:
    """The colour as it is made to stand out on the theme's land."""
    return palette.legible(colour, ground(theme, "land"))


def lab(colour: str, simulation: str) -> Array:
    """CIELAB, D65, of a colour as it is seen."""
    seen = np.clip(SIMULATIONS[simulation] @ linear(colour), 0, 1)
    ratio = (TO_XYZ @ seen) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one: Array, other: Array) -> float:
    """The colour difference after Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(c7 / (c7 + 25.0**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2

    def cosine(degrees: float) -> float:
        return float(np.cos(np.radians(degrees)))

    weight = (
        1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.2 * cosine(4 * hue - 63)
    )
    in_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    in_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    in_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    rotation = (
        -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )
    return float(np.sqrt(in_light**2 + in_chroma**2 + in_hue**2 + rotation * in_chroma * in_hue))


def apart(one: str, other: str, theme: str, simulation: str) -> float:
    """How far apart two colours are as they are drawn in a theme and seen."""
    return ciede2000(lab(drawn(one, theme), simulation), lab(drawn(other, theme), simulation))


@pytest.fixture(scope="module")
def colours(curated) -> dict[str, str]:
    return dict(zip(curated.forces["id"], curated.forces["colour"], strict=True))


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [  # from the table of Sharma, Wu and Dalal
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_the_difference_is_the_published_one(one, other, difference: float) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize(
    ("simulation", "one", "other"),
    [
        ("protanopia", "#a03020", "#575700"),
        ("deuteranopia", "#c04040", "#7a7a3c"),
        ("tritanopia", "#1f6fb2", "#0f7a7a"),
    ],
)
def test_a_simulation_brings_colours_together_that_others_tell_apart(simulation: str, one: str, other: str) -> None:
    told = ciede2000(lab(one, "normal"), lab(other, "normal"))
    assert ciede2000(lab(one, simulation), lab(other, simulation)) < told / 2


def test_each_force_has_a_main_colour_its_parents_or_the_grey_of_its_side(curated, colours) -> None:
    sides = [{colours[force] for force in side} for side in SIDES]
    assert all(len(side) == 1 for side in sides)
    assert len({colours[force] for force in MAIN}) == len(MAIN)
    told = {*MAIN, *(force for side in SIDES for force in side)}
    for force in curated.forces.itertuples():
        assert force.id in told or colours[force.id] == colours[force.parent], f"{force.id}: say whose colour it wears"


@pytest.mark.parametrize(("theme", "simulation"), SEEN)
def test_those_who_hold_sites_are_told_apart(colours, theme: str, simulation: str) -> None:
    least = APART_TO_MOST if simulation == "normal" else APART
    near = {
        pair: difference
        for pair in combinations(MAIN, 2)
        if (difference := apart(*(colours[force] for force in pair), theme, simulation)) < least
    }
    assert near == {}


@pytest.mark.parametrize(("theme", "simulation"), SEEN)
def test_the_greys_are_told_from_one_another_and_from_the_main_colours(colours, theme: str, simulation: str) -> None:
    greys = [side[0] for side in SIDES]
    pairs = [*combinations(greys, 2), *product(MAIN, greys)]
    near = {
        pair: difference
        for pair in pairs
        if (difference := apart(*(colours[force] for force in pair), theme, simulation)) < GREYS_APART
    }
    assert near == {}


@pytest.mark.parametrize("theme", THEMES)
def test_no_force_looks_like_a_kind_of_incident(curated, colours, theme: str) -> None:
    kinds = dict(zip(curated.kinds["id"], curated.kinds["colour"], strict=True))
    near = {
        (force, kind): difference
        for (force, colour), (kind, other) in product(colours.items(), kinds.items())
        if (difference := apart(colour, other, theme, "normal")) < KINDS_APART
    }
    assert near == {}


@pytest.mark.parametrize("theme", THEMES)
def test_each_colour_stands_out_on_land_and_water_in_each_simulation(colours, theme: str) -> None:
    for force, colour in colours.items():
        shown = drawn(colour, theme)
        assert contrast(shown, ground(theme, "land")) >= 3, force
        assert contrast(shown, ground(theme, "water")) >= 2.5, force
        for simulation, name in product(SIMULATIONS, ("land", "water")):
            assert ciede2000(lab(shown, simulation), lab(ground(theme, name), simulation)) > 20, (force, simulation)


@pytest.mark.parametrize("force", ["us", "syria", "iraq", "russia", "iran", "turkey", "jordan"])
def test_by_day_the_map_draws_the_colour_that_cards_and_filters_show(colours, force: str) -> None:
    assert drawn(colours[force], "light") == colours[force]
