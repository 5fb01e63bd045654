"""Newer data are served once they are whole and sound; until then what was good is."""

import logging
import os
import threading

import pytest

from components.catalog.catalog import live, load
from components.catalog.live import FORMER, losses
from components.catalog.problems import Problem
from components.catalog.served import open_catalog, refused

from .conftest import SOUND, csv_text

NEEDED = ("dataset.toml", "sources.csv", "forces.csv", "kinds.csv", "sites.csv", "incidents.csv")


def served(folder):
    """Return the catalog that is served now, and whether it is of what lies in the folder."""
    serving = live(folder.path).read()
    return serving.catalog, not serving.refused


def test_an_open_catalog_is_read_anew_only_when_a_file_has_changed(folder) -> None:
    catalog = open_catalog(folder.path)
    assert open_catalog(folder.path) is catalog
    os.utime(folder.path / "sites.csv", (0, 0))
    assert open_catalog(folder.path) is catalog
    folder.rows("sites", {"id": "new"})
    changed = open_catalog(folder.path)
    assert changed is not catalog
    assert "new" in set(changed.sites["id"])


@pytest.mark.parametrize("name", [*NEEDED, "claims.csv", "movements.csv"])
def test_while_a_file_that_was_there_is_gone_the_last_catalog_is_kept(folder, name: str) -> None:
    catalog, current = served(folder)
    assert current
    (folder.path / name).rename(folder.path / "away")
    assert served(folder) == (catalog, False)
    assert [(why.file, why.what) for why in refused(catalog)] == [(name, "has gone")]
    (folder.path / "away").rename(folder.path / name)
    assert served(folder) == (catalog, True)
    folder.rows("sites", {"id": "new"})
    changed, current = served(folder)
    assert current
    assert "new" in changed.sites.index


def test_while_the_whole_folder_is_gone_the_last_catalog_is_kept(folder) -> None:
    catalog = open_catalog(folder.path)
    folder.path.rename(folder.path.with_name("away"))
    assert served(folder) == (catalog, False)


def test_a_folder_that_never_was_whole_is_shown_as_it_is_and_followed(folder) -> None:
    folder.remove("sites")
    catalog, current = served(folder)
    assert current
    assert ("sites.csv", "is missing") in {(problem.file, problem.what) for problem in catalog.problems}
    folder.remove("incidents")
    assert served(folder)[0] is not catalog
    folder.mend()
    assert served(folder)[0].problems == ()


def header(table: str) -> str:
    return csv_text(table, [])


BROKEN = {
    "half a line": lambda folder: folder.text("presence", folder.read("presence")[:-30]),
    "an empty file": lambda folder: folder.text("incidents", ""),
    "no rows where there must be some": lambda folder: [folder.text(name, header(name)) for name in SOUND],
    "a column lost": lambda folder: folder.text("movements", folder.read("movements").replace("force", "farce", 1)),
    "bytes of something else": lambda folder: folder.text("sites", bytes(range(256))),
    "a row that others name": lambda folder: folder.text("sources", header("sources")),
    "a word misspelt in the only row": lambda folder: folder.text(
        "presence", folder.read("presence").replace(",high,", ",hgih,")
    ),
    "a broken dataset.toml": lambda folder: (folder.path / "dataset.toml").write_text("title = ", encoding="utf-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_data_is_not_taken_and_the_log_says_why(folder, caplog, name: str) -> None:
    catalog = open_catalog(folder.path)
    caplog.clear()
    BROKEN[name](folder)
    with caplog.at_level(logging.WARNING):
        assert served(folder) == (catalog, False)
        assert served(folder) == (catalog, False)
    assert refused(catalog)
    assert len(caplog.records) == 1, "said once, however often it is looked at"
    assert catalog.version in caplog.text
    assert str(refused(catalog)[0]) in caplog.text
    folder.mend()
    assert served(folder) == (catalog, True)
    assert refused(catalog) == ()


FINE = {
    "rows taken away": lambda folder: folder.text("claims", header("claims")),
    "a new row that is wrong": lambda folder: folder.rows("presence", {"id": "new", "confidence": "sure"}),
    "a column that is not known": lambda folder: folder.text("kinds", folder.read("kinds").replace("\n", ",\n", 9)),
    "a row in place of another": lambda folder: folder.text("counts", folder.read("counts").replace("13", "14")),
}


@pytest.mark.parametrize("name", FINE)
def test_data_that_has_lost_nothing_by_a_fault_is_taken(folder, name: str) -> None:
    catalog = open_catalog(folder.path)
    FINE[name](folder)
    changed, current = served(folder)
    assert current
    assert changed.version != catalog.version


def test_a_fault_that_was_there_before_keeps_nothing_back(folder) -> None:
    folder.rows("presence", {"id": "wrong", "confidence": "sure"}, {"id": "more"})
    catalog = open_catalog(folder.path)
    assert len(catalog.problems) == 1
    folder.rows("presence", {"id": "wrong", "confidence": "sure"})
    changed, current = served(folder)
    assert current
    assert len(changed.presence) == len(catalog.presence) - 1
    assert list(losses(catalog, changed)) == []


def test_what_changes_while_it_is_read_is_read_again_or_not_taken(folder, monkeypatch) -> None:
    catalog = open_catalog(folder.path)
    changes = iter(range(100))
    left = 1

    def changing(path):
        nonlocal left
        found = load(path)
        if left:
            left -= 1
            folder.rows("sites", {"id": f"new-{next(changes)}"})
        return found

    monkeypatch.setattr("components.catalog.catalog.load", changing)
    folder.rows("sites", {"id": "first"})
    read, current = served(folder)
    assert current
    assert "new-0" in read.sites.index
    left = 100  # it does not stop: what was read last without a change still is
    folder.rows("sites", {"id": "second"})
    assert served(folder) == (read, False)
    assert read is not catalog
    left = 0
    assert served(folder)[1]


@pytest.mark.parametrize("name", ["sites.csv", "claims.csv"])
def test_a_file_that_was_away_while_it_was_read_is_read_again(folder, monkeypatch, name: str) -> None:
    open_catalog(folder.path)
    path, away = folder.path / name, folder.path / "away"
    left = 1

    def renaming(folder_path):
        nonlocal left
        if not left:
            return load(folder_path)
        left -= 1
        path.rename(away)
        found = load(folder_path)
        away.rename(path)
        return found

    monkeypatch.setattr("components.catalog.catalog.load", renaming)
    folder.rows("forces", {"id": "new"})
    catalog, current = served(folder)
    assert current
    assert "new" in catalog.forces.index
    assert len(catalog.sites) > 0
    assert len(catalog.claims) > 0


def test_a_reader_of_newer_data_that_fails_leaves_the_last_good_and_a_first_one_is_told(folder, monkeypatch) -> None:
    catalog = open_catalog(folder.path)

    def failing(_):
        raise MemoryError("too large")

    monkeypatch.setattr("components.catalog.catalog.load", failing)
    folder.rows("sites", {"id": "new"})
    assert served(folder) == (catalog, False)
    assert refused(catalog)[0].what == "could not be read: too large"
    with pytest.raises(MemoryError):
        open_catalog(folder.path / "other")


def test_what_was_served_before_is_kept_for_a_while_and_taken_again_as_it_was(folder) -> None:
    seen = [open_catalog(folder.path)]
    for number in range(FORMER + 1):
        folder.rows("sites", {"id": f"new-{number}"})
        seen.append(open_catalog(folder.path))
    assert live(folder.path).read().former == tuple(seen[-2 : -2 - FORMER : -1])
    folder.rows("sites", {"id": f"new-{FORMER - 1}"})
    assert open_catalog(folder.path) is seen[-2]
    assert seen[-2] not in live(folder.path).read().former


def test_nobody_waits_while_newer_data_is_read(folder, monkeypatch) -> None:
    """A watched folder is read beside those who are answered, and once, however many look."""
    data = live(folder.path)
    catalog = data.check().catalog
    data.watch(True)
    reading, go_on = threading.Event(), threading.Event()
    read = []

    def slow(path):
        read.append(path)
        reading.set()
        assert go_on.wait(10)
        return load(path)

    monkeypatch.setattr("components.catalog.catalog.load", slow)
    folder.rows("sites", {"id": "new"})
    prepared = []
    threads = [threading.Thread(target=data.check, args=(prepared.append,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert reading.wait(10)
    assert data.read().catalog is catalog
    assert open_catalog(folder.path) is catalog
    go_on.set()
    for thread in threads:
        thread.join()
    assert "new" in open_catalog(folder.path).sites.index
    assert len(read) == 1
    assert prepared == [open_catalog(folder.path)]
    folder.rows("sites")
    assert open_catalog(folder.path) is prepared[0], "who watches looks, not who reads"
    assert data.changed() is not None
    data.watch(False)
    assert open_catalog(folder.path) is not prepared[0]
    assert data.changed() is None


def test_why_data_is_not_taken_is_told_of_what_is_served_only(folder) -> None:
    catalog = open_catalog(folder.path)
    folder.remove("sites")
    assert served(folder) == (catalog, False)
    assert refused(catalog) == (
        Problem("sites.csv", None, None, "", "has gone", "put it back; a table without rows has its header alone"),
    )
    assert refused(folder.load()) == ()
