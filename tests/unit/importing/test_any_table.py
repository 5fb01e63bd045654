"""Whatever a table holds: it is refused with a sentence, or becomes a folder in which no row is refused."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.catalog import load
from components.importing.importing import Plan, carry_out, interpret, plan
from components.importing.limits import RefusedError

from .acled_rows import AFTER, CLASH
from .test_ucdp import EVENT

ODD = st.sampled_from(
    [
        *("", "-1", "0", "1", "2", "7", "3.0", "3-8", "20+", "9" * 20, "1e308", "nan", "inf", "180", "-90", "34, 38"),
        *("2026-02-11", "31/12/2026", "2026", "0000-00-00", "9999-12-31", "99 Smarch 2026", "POINT (38 34)"),
        *("=1+1", "-", ";", "; ;", "a; b;", "https://example.org/x", "http://", "Unidentified", "عربي", "Ünïcode Ñame"),
        *("a\nb", "a\rb", "\x00", "\ufeff", "\u202e", "x" * 12_000),
    ]
)
CELL = ODD | st.text(max_size=8)


def written(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")


def planned_or_refused(content: bytes, into: Path) -> tuple[Plan | None, str]:
    try:
        return plan(interpret([("file.csv", content)]), into), ""
    except RefusedError as error:
        return None, str(error)


def check(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "mine"
        for _ in range(2):
            planned, refusal = planned_or_refused(content, into)
            if planned is None:
                assert refusal.startswith("file.csv")
                return
            carry_out(planned)
            refused = [problem for problem in load(into).problems if not problem.kept]
            assert not refused, refused[0]
            assert [p for p in load(into).problems if "could not be located" not in p.what] == []
        assert not [change for change in planned.changes if change.added or change.changed or change.vanished]


@pytest.mark.e2e
@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(AFTER)), CELL, max_size=6), min_size=1, max_size=4))
def test_an_acled_export_with_any_cells(changes: list[dict[str, str]]) -> None:
    rows = [
        dict.fromkeys(AFTER, "") | CLASH | {"event_id_cnty": f"SYR{n}"} | change for n, change in enumerate(changes)
    ]
    check(written(rows))


@pytest.mark.e2e
@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(EVENT)), CELL, max_size=6), min_size=1, max_size=4))
def test_a_ucdp_release_with_any_cells(changes: list[dict[str, str]]) -> None:
    check(written([EVENT | {"id": str(n)} | change for n, change in enumerate(changes)]))


NAMES = [
    "Date",
    "End",
    "Title",
    "Lat",
    "Lon",
    "Country",
    "Place",
    "Type",
    "Actor",
    "Killed",
    "Civilians killed",
    "Wounded",
]
NAMES += ["Source", "Link", "Notes", "Confidence", "Precision", "ID", "Coordinates", "Own", "", "Own"]


@pytest.mark.e2e
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_table(data: st.DataObject) -> None:
    header = ["Date", *data.draw(st.lists(st.sampled_from(NAMES) | st.text(max_size=4), max_size=9))]
    rows = data.draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=5))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    check(text.getvalue().encode("utf-8", errors="replace"))


@pytest.mark.e2e
@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", errors="replace")))
def test_any_bytes(content: bytes) -> None:
    check(content)
