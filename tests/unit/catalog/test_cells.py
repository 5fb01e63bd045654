import csv
import io
import os
import stat

import pytest

from components.catalog.cells import require_column, set_cell

HEAD = "id,title,archived,note\n"
ADDRESS = "https://web.archive.org/web/20261124120000/https://example.org/1"


@pytest.mark.parametrize(
    ("text", "row", "value", "changed"),
    [
        (HEAD + "a,One,,x\nb,Two,,y\n", "b", ADDRESS, HEAD + f"a,One,,x\nb,Two,{ADDRESS},y\n"),
        (HEAD + "a,One,,x\r\nb,Two,,y", "b", ADDRESS, HEAD + f"a,One,,x\r\nb,Two,{ADDRESS},y"),
        ("\ufeff" + HEAD + "a,One,,x\n", "a", ADDRESS, "\ufeff" + HEAD + f"a,One,{ADDRESS},x\n"),
        (
            HEAD + '"a","On, ""e""\nin two lines","",x\n',
            "a",
            ADDRESS,
            HEAD + f'"a","On, ""e""\nin two lines",{ADDRESS},x\n',
        ),
        (HEAD + "\n\na , One,  ,x\n\n", "a", ADDRESS, HEAD + f"\n\na , One,{ADDRESS},x\n\n"),
        (HEAD + "a,One,,\n", "a", "https://x.org/?a=1,2", HEAD + 'a,One,"https://x.org/?a=1,2",\n'),
        (HEAD + "short,row\na,التنف,,x\n", "a", ADDRESS, HEAD + f"short,row\na,التنف,{ADDRESS},x\n"),
        ("archived,id\n,a\n,b\n", "b", ADDRESS, f"archived,id\n,a\n{ADDRESS},b\n"),
        ("id,archived\na,\nb,", "b", ADDRESS, f"id,archived\na,\nb,{ADDRESS}"),
    ],
)
def test_one_cell_is_written_and_every_other_byte_stays(tmp_path, text, row, value, changed) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(text.encode())
    path.chmod(0o640)
    assert set_cell(path, row, "archived", value)
    assert path.read_bytes().decode() == changed
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["sources.csv"], "nothing is left beside it"
    assert value in [cell for cells in csv.reader(io.StringIO(changed, newline="")) for cell in cells]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (HEAD + "a,One,,x\n", "gone"),
        (HEAD + "a,One,https://example.org/by-hand,x\n", "a"),
        (HEAD + "a,One,,x,one too many\n", "a"),
    ],
)
def test_a_row_that_has_gone_and_a_cell_that_is_filled_are_left_alone(tmp_path, text, row) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(text.encode())
    assert not set_cell(path, row, "archived", ADDRESS)
    assert path.read_bytes().decode() == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("id,title\na,One\n", "has no column archived"),
        ("title,archived\nOne,\n", "has no column archived"),
        ("", "has no column archived"),
        (HEAD + 'a,"One,,x\n', "a quote is not closed"),
        (HEAD + 'a,"One"two,,x\n', "after a closing quote"),
        (HEAD + 'a,One,,x\nb,"Two,,y\n', "not valid CSV"),
    ],
)
def test_a_file_that_cannot_be_edited_is_left_as_it_is(tmp_path, text, why) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(text.encode())
    with pytest.raises(ValueError, match=why):
        set_cell(path, "a", "archived", ADDRESS)
    assert path.read_bytes().decode() == text


def test_bytes_that_are_no_utf8_come_back_as_they_were(tmp_path) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(HEAD.encode() + b"a,caf\xe9,,x\n")
    assert set_cell(path, "a", "archived", ADDRESS)
    assert path.read_bytes() == HEAD.encode() + b"a,caf\xe9," + ADDRESS.encode() + b",x\n"


def test_a_link_to_the_file_stays_a_link(tmp_path) -> None:
    file, path = tmp_path / "file.csv", tmp_path / "sources.csv"
    file.write_text(HEAD + "a,One,,x\n", encoding="utf-8")
    path.symlink_to(file)
    assert set_cell(path, "a", "archived", ADDRESS)
    assert path.is_symlink()
    assert ADDRESS in file.read_text(encoding="utf-8")


def test_the_column_is_looked_for_before_anything_is_asked(tmp_path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(HEAD, encoding="utf-8")
    require_column(path, "archived")
    with pytest.raises(ValueError, match="has no column nosuch"):
        require_column(path, "nosuch")


def test_the_committed_sources_are_changed_in_one_cell_only(real, tmp_path) -> None:
    before = (real / "sources.csv").read_bytes()
    path = tmp_path / "sources.csv"
    path.write_bytes(before)
    rows = list(csv.DictReader(io.StringIO(before.decode(), newline="")))
    wanted = next(row["id"] for row in reversed(rows) if not row["archived"])
    assert set_cell(path, wanted, "archived", ADDRESS)
    assert path.read_bytes().replace(ADDRESS.encode(), b"", 1) == before
