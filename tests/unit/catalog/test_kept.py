"""What is kept of a large folder between starts: the same catalog as was read, or none."""

import logging
import os
import threading
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog import catalog as catalogs
from components.catalog import kept
from components.catalog.catalog import Catalog, load, load_kept
from components.catalog.kept import Kept
from components.catalog.tables import TABLES
from components.settings import cache_folder
from tests.fuzz.folders import mutated
from tests.unit.catalog.test_by_columns import CELLS, assert_same


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    """A cache folder that is not there yet, of folders of any size."""
    monkeypatch.setattr(catalogs, "LEAST_BYTES", 0)
    monkeypatch.setattr(catalogs, "KEPT_AFTER_SECONDS", 0.0)
    monkeypatch.setenv("LAYDOWN_CACHE", str(tmp_path / "caches" / "laydown"))
    return tmp_path / "caches" / "laydown"


def loaded(folder: Path) -> Catalog:
    """The catalog as a server reads it, once it has kept what it will."""
    catalog = load_kept(folder)
    for thread in threading.enumerate():
        if thread.name == "keep":
            thread.join()
    return catalog


def refuse(*_: object) -> object:
    raise AssertionError("a table was read")


def files(cache: Path) -> list[str]:
    return sorted(os.listdir(cache)) if cache.exists() else []


def test_the_curated_data_are_the_same_from_the_cache_and_their_tables_are_not_read(real, cache, monkeypatch) -> None:
    read = load(real)
    assert_same(loaded(real), read)
    assert len(files(cache)) == 1
    monkeypatch.setattr(catalogs, "read_table", refuse)
    assert_same(loaded(real), read)


def test_only_large_folders_are_kept(folder, cache, monkeypatch) -> None:
    monkeypatch.setattr(catalogs, "LEAST_BYTES", 1_000_000)
    loaded(folder.path)
    assert files(cache) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_folder_with_faults_of_any_kind_is_the_same_from_the_cache(real, tmp_path, cache, seed: int) -> None:
    mutated(Random(seed), real, tmp_path / "data")
    loaded(tmp_path / "data")
    assert len(files(cache)) == 1
    assert_same(loaded(tmp_path / "data"), load(tmp_path / "data"))


@pytest.mark.e2e
@settings(deadline=None, max_examples=25)
@given(st.data())
def test_any_cells_in_any_rows_are_the_same_from_the_cache(scratch, data: st.DataObject) -> None:
    scratch.mend()
    for table in data.draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=3, unique=True)):
        change = st.dictionaries(st.sampled_from(list(table.row.model_fields)), CELLS, max_size=4)
        changes = data.draw(st.lists(change, max_size=6))
        scratch.rows(table.name, *({table.key: f"new-{number}", **cells} for number, cells in enumerate(changes)))
    validated = catalogs.validated_of(scratch.path)
    written = kept.packed(validated)
    assert written is not None
    read = kept.unpacked(written)
    assert (read.queries, read.problems) == (validated.queries, validated.problems)
    content = catalogs._content_hash(scratch.path)
    assert_same(catalogs._catalog(scratch.path, read, content), load(scratch.path))


def test_other_data_take_the_place_of_those_before_and_leave_other_folders_alone(folder, cache, tmp_path) -> None:
    other = type(folder)(tmp_path / "other")
    loaded(other.path)
    loaded(folder.path)
    [before] = set(files(cache)) - {
        name for name in files(cache) if name.startswith(kept._hash(str(other.path).encode()))
    }
    folder.rows("incidents", {"id": "new"})
    assert "new" in loaded(folder.path).incidents.index
    assert len(files(cache)) == 2
    assert before not in files(cache)


def test_another_version_of_the_program_reads_nothing_of_this_one(folder, cache, monkeypatch) -> None:
    loaded(folder.path)
    [before] = files(cache)
    monkeypatch.setattr(kept, "_program", lambda: ("another",))
    assert Kept(cache, folder.path).read(catalogs._content_hash(folder.path)) is None
    loaded(folder.path)
    [after] = files(cache)
    assert after != before


@pytest.mark.parametrize("damage", ["half", "empty", "flipped", "folder", "other"])
def test_a_damaged_file_is_not_read_but_told_and_replaced(folder, cache, caplog, damage: str) -> None:
    loaded(folder.path)
    [name] = files(cache)
    path = cache / name
    content = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    elif damage == "other":  # whole, and no file of ours
        path.unlink()
        path = cache / f"{name.rpartition('-')[0]}-{kept._hash(b'other')}.arrow"
        path.write_bytes(b"other")
    else:
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        path.write_bytes({"half": content[:middle], "empty": b"", "flipped": flipped}[damage])
    with caplog.at_level(logging.WARNING):
        assert_same(loaded(folder.path), load(folder.path))
    assert str(path) in caplog.text
    if damage != "folder":
        assert (cache / name).read_bytes() == content


def test_a_cache_that_is_deleted_is_made_anew(folder, cache) -> None:
    loaded(folder.path)
    for name in files(cache):
        (cache / name).unlink()
    cache.rmdir()
    loaded(folder.path)
    assert len(files(cache)) == 1


def test_where_nothing_can_be_written_a_line_is_logged_and_all_goes_on(folder, cache, caplog) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the folder should be", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert_same(loaded(folder.path), load(folder.path))
    [line] = caplog.messages
    assert line.startswith(f"nothing is kept between starts: {cache} cannot be written: ")


def test_what_another_process_left_half_written_is_removed_once_it_is_old(folder, cache) -> None:
    cache.mkdir(parents=True)
    name = kept._hash(str(folder.path.resolve()).encode())
    old, new = (cache / f"{name}-{number}.part" for number in (1, 2))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    loaded(folder.path)
    assert not old.exists()
    assert new.exists()


def test_files_that_change_while_they_are_read_are_not_kept(folder, cache, monkeypatch) -> None:
    def changing(path: Path) -> object:
        folder.rows("incidents", {"id": "new"})
        return validated(path)

    validated = catalogs.validated_of
    monkeypatch.setattr(catalogs, "validated_of", changing)
    loaded(folder.path)
    assert files(cache) == []


def test_a_value_of_a_type_that_cannot_be_kept_keeps_nothing(folder, cache) -> None:
    validated = catalogs.validated_of(folder.path)
    sites = validated.tables["sites"].assign(odd=pd.Series([object(), "text"], dtype=object).to_numpy())
    Kept(cache, folder.path).write("0", validated._replace(tables={**validated.tables, "sites": sites}))
    assert files(cache) == []


@pytest.mark.skipif(os.name == "nt", reason="of Linux and macOS")
@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/home/one/.cache/laydown"),
        ("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/laydown"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/one/.cache/laydown"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, None),
        ("darwin", {}, "/home/one/Library/Caches/laydown"),
        ("linux", {"LAYDOWN_CACHE": "/named"}, "/named"),
        ("linux", {"LAYDOWN_CACHE": ""}, None),
        ("linux", {"LAYDOWN_CACHE": " "}, None),
    ],
)
def test_the_cache_is_where_the_system_has_such_files_unless_it_is_named(
    monkeypatch, platform: str, environment: dict[str, str], folder: str | None
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    for name in ("LAYDOWN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/one", **environment}.items():
        monkeypatch.setenv(name, value)
    found = cache_folder()
    assert (found and str(found)) == folder
