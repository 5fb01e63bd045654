"""The histogram's counts, certain and possible, against a count row by row."""

import calendar
import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from components.catalog.catalog import load
from components.catalog.dates import day_number, day_of
from components.settings import data_folder
from components.view.index import SPAN, index
from tests.node import answer


def in_browser(columns: dict[str, list[int]], kinds: int, passes: list[list[int]], first: int, last: int) -> Any:
    return answer(
        "answers.js",
        {"ask": "histogram", "columns": columns, "kinds": kinds, "passes": passes, "first": first, "last": last},
    )


def curated() -> tuple[dict[str, list[int]], int]:
    catalog = load(data_folder())
    kinds = list(catalog.kinds["id"])
    columns = {name: index(catalog).incidents.span[name].tolist() for name in SPAN}
    return {**columns, "kind": [kinds.index(kind) for kind in catalog.incidents["kind"]]}, len(kinds)


def drawn(number: int) -> tuple[dict[str, list[int]], int]:
    """Return rows dated by day, month or year, some of them with an end; the same ones every time."""
    chance = random.Random(20260212)

    def bounds(day: date) -> tuple[date, date]:
        written = chance.choice(["day", "day", "month", "year"])
        if written == "day":
            return day, day
        if written == "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])

    rows = []
    for _ in range(number):
        day = date(1968, 1, 1) + timedelta(days=chance.randrange(2500))
        start = bounds(day)
        end = bounds(day + timedelta(days=chance.randrange(400))) if chance.random() < 0.3 else start
        end = (max(start[0], end[0]), max(start[1], end[1]))
        rows.append([*(day_number(bound) for bound in (*start, *end)), chance.randrange(5)])
    rows.sort()
    return dict(zip((*SPAN, "kind"), map(list, zip(*rows, strict=True)), strict=True)), 5


def counted(columns: dict[str, list[int]], kinds: int, passing: list[int], edges: list[int]) -> tuple[list[int], ...]:
    certain, possible = ([0] * (kinds * (len(edges) - 1)) for _ in range(2))
    rows = list(zip(*(columns[name] for name in (*SPAN, "kind")), passing, strict=True))
    for bin_, (first, after) in enumerate(pairwise(edges)):
        for start_first, start_last, end_first, end_last, kind, passes in rows:
            if not passes:
                continue
            possible[bin_ * kinds + kind] += start_first < after and end_last >= first
            certain[bin_ * kinds + kind] += start_last < after and end_first >= first
    return certain, possible


@pytest.mark.parametrize("rows", [curated, lambda: drawn(400)], ids=["curated", "drawn"])
def test_the_bins_hold_what_a_count_row_by_row_finds(rows: Any) -> None:
    columns, kinds = rows()
    number = len(columns["kind"])
    chance = random.Random(3)
    passes = [[1] * number, [chance.randrange(2) for _ in range(number)], [0] * number]
    # Beyond the data at the left, and short of its end at the right.
    first, last = min(columns["start_first"]) - 40, max(columns["end_last"]) - 30
    # Day by day it is long to count otherwise: a part of the days stands for all.
    answers = in_browser(columns, kinds, passes, first, last)
    for passing, sizes in zip(passes, answers, strict=True):
        for size in sizes:
            edges, part = size["edges"], slice(0, kinds * 300)
            expected = counted(columns, kinds, passing, edges[:301])
            assert (size["certain"][part], size["possible"][part]) == expected, size["name"]


def test_bins_begin_where_the_calendar_does() -> None:
    first, last = day_number(date(1969, 11, 5)), day_number(date(1972, 5, 6))
    empty = {name: [first] for name in (*SPAN, "kind")} | {"kind": [0]}
    (sizes,) = in_browser(empty, 1, [[1]], first, last)
    begins = {size["name"]: [day_of(edge) for edge in size["edges"]] for size in sizes}
    assert begins["Day"][0] == date(1969, 11, 5)
    assert {day.weekday() for day in begins["Week"]} == {0}
    assert begins["Month"][:3] == [date(1969, 11, 1), date(1969, 12, 1), date(1970, 1, 1)]
    assert begins["Quarter"][:2] == [date(1969, 10, 1), date(1970, 1, 1)]
    assert begins["Year"] == [date(year, 1, 1) for year in range(1969, 1974)]
    assert begins["Decade"] == [date(year, 1, 1) for year in (1960, 1970, 1980)]
    for days in begins.values():
        assert days[0] <= date(1969, 11, 5)
        assert days[-1] > date(1972, 5, 6)
