"""Runs of the page's script take turns, and none keeps the turn that fails or is called off."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from components.ui.turns import one_run


def free() -> bool:
    """Return whether another run could begin now."""
    taken = one_run().acquire(blocking=False)
    if taken:
        one_run().release()
    return taken


def test_one_run_lasts_at_a_time_and_all_have_their_turn() -> None:
    running, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(8)

    def run(_: int) -> None:
        nonlocal running, most
        together.wait(10)
        with one_run():
            with lock:
                running += 1
                most = max(most, running)
            with lock:
                running -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    assert most == 1
    assert free()


@pytest.mark.parametrize("error", [ValueError("broken"), StopException(), RerunException(RerunData())])
def test_a_run_that_fails_is_called_off_or_begun_anew_lets_go(error: BaseException) -> None:
    def run() -> None:
        with one_run():
            assert not free()
            raise error

    with pytest.raises(type(error)):
        run()
    assert free()
