"""Which of the pages written beforehand is nearest to a window."""

import pytest

from tests.node import answer

PERIODS = [
    {"name": name, "page": f"{name}.html", "start": start, "end": end}
    for name, start, end in (("year", 0, 364), ("week", 100, 106), ("late", 500, 509))
]


@pytest.mark.parametrize(
    ("window", "name", "same"),
    [
        ((100, 106), "week", True),
        ((0, 364), "year", True),
        ((101, 105), "week", False),
        ((50, 300), "year", False),
        ((600, 601), "late", False),
        ((400, 410), "year", False),
    ],
)
def test_the_nearest_shares_most_of_the_days_or_is_least_far_off(
    window: tuple[int, int], name: str, same: bool
) -> None:
    [found] = answer("site_answers.js", {"ask": "nearest", "periods": PERIODS, "windows": [window]})
    assert (found["name"], found["same"]) == (name, same)
