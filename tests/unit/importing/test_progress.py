"""A line on a terminal tells how far an import is; on anything else, and of short work, nothing."""

import io
import threading

import pytest

from components.cli import main
from components.importing import progress
from components.importing.progress import Step, shown, tell

from .acled_rows import AFTER, CLASH, PROTEST


class Stream(io.StringIO):
    """What is written, and whether a terminal reads it; it is waited for."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        number = super().write(text)
        self.written.set()
        return number


@pytest.mark.parametrize(
    ("step", "width", "text"),
    [
        (Step("Writing", 0, 10), 80, "Writing [------------------------------]   0 %"),
        (Step("Writing", 5, 10), 80, "Writing [###############---------------]  50 %"),
        (Step("Writing", 10, 10), 80, "Writing [##############################] 100 %"),
        (Step("Writing", 5, 10), 20, "Writing  50 %"),
        (Step("Writing", 5, 10), 10, "Writ  50 %"),
        (Step("Reading"), 80, "Reading…"),
        (Step("Reading"), 4, "Read"),
    ],
)
def test_a_step_is_a_line_that_fits(step: Step, width: int, text: str) -> None:
    assert step.text(width) == text
    assert len(text) <= width


def test_on_a_terminal_the_newest_step_is_shown_and_taken_away_at_the_end() -> None:
    stream = Stream(terminal=True)
    with shown(stream, after=0):
        tell("Writing 10 rows", 5, 10)
        assert stream.written.wait(10)
        assert "Writing 10 rows" in stream.getvalue()
    lines = stream.getvalue().split("\r")
    assert lines[-2].strip() == lines[-1] == ""
    assert len(lines[-2]) == len(lines[-3])


def test_a_line_is_taken_away_before_something_else_is_printed_and_does_not_come_back() -> None:
    stream = Stream(terminal=True)
    with shown(stream, after=0) as line:
        tell("Reading a.csv")
        assert stream.written.wait(10)
        line.clear()
        before = stream.getvalue()
        line.show()
        assert stream.getvalue() == before
        assert before.endswith("\r")


@pytest.mark.parametrize(("terminal", "after"), [(False, 0.0), (True, 60.0)])
def test_nothing_is_written_where_no_terminal_is_or_the_work_is_short(terminal: bool, after: float) -> None:
    stream = Stream(terminal)
    with shown(stream, after) as line:
        tell("Writing 10 rows", 5, 10)
        line.clear()
    assert stream.getvalue() == ""


def test_an_import_tells_of_all_its_work_in_order(tmp_path, csv_of, monkeypatch) -> None:
    path, into = tmp_path / "acled.csv", tmp_path / "mine"
    path.write_bytes(csv_of([CLASH, PROTEST], AFTER))
    for _ in range(2):
        steps: list[Step] = []
        monkeypatch.setattr(progress.Line, "tell", lambda _, step, steps=steps: steps.append(step))
        monkeypatch.setattr("sys.stderr", Stream(terminal=True))
        assert main(["import", str(path), "--into", str(into)]) == 0
    told = list(dict.fromkeys(step.what for step in steps if "incidents" in step.what or "csv" not in step.what))
    assert [steps[0].what, *told] == [
        "Reading acled.csv",
        "Making rows of the events",
        "Comparing with mine/incidents.csv",
        "Merging the columns of incidents",
        *(what for what in told if what.startswith("Writing")),
    ]
    assert "Writing 2 rows" in told
    assert all(0 <= step.done <= step.of for step in steps)
    assert any(step.what == "Taking the columns of acled.csv" and step.done for step in steps)


def test_what_nobody_listens_to_is_told_to_nobody() -> None:
    tell("Writing 10 rows", 5, 10)
