"""A table three ways → what becomes of it: what is new, what stands in the folder, and what was imported last.

Cell by cell: what a person changed since the last import is kept, what its publisher changed is taken over. It goes by
columns and lets go of each when it is merged, as three tables of many rows and what comes of them are not to be there
at once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.tables import BY_NAME
from components.importing.progress import tell

_Places = npt.NDArray[np.intp]
"""Of each row its number in another table, -1 where it is not there."""
_Mask = npt.NDArray[np.bool_]
_TEXT: Final = pd.StringDtype(na_value=np.nan)
"""The type of texts; by its name pandas looks for it anew each time."""
_BLANK: Final = pd.Series([], dtype=_TEXT)
"""A column without cells."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a table."""

    table: str
    rows: pd.DataFrame
    """All of it, as it is to be written."""
    imported: pd.DataFrame
    """What is remembered as imported, in the order of the rows; the same object where both are alike."""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    """Rows that were imported before and are not in the file: kept, unless they are to be dropped."""
    by_hand: tuple[str, ...] = ()
    """Rows of which a cell was changed by hand, that is kept."""
    taken_out: tuple[str, ...] = ()
    """Rows that somebody has taken out of the table: they stay out."""


class Beside:
    """A table that was read beside the new rows: of its cells only those are kept that are otherwise there."""

    def __init__(self, parts: Iterable[pd.DataFrame], new: pd.DataFrame, key: str) -> None:
        """Read a table by its parts; ``new`` has each id once."""
        new_ids = _ids(new, key)
        ids: list[pd.Index[str]] = []
        other: dict[str, list[pd.Series[str]]] = {}
        places: dict[str, list[_Places]] = {}
        counts: Counter[str] = Counter()
        for part in parts:
            ids.append(_ids(part, key))
            found = new_ids.get_indexer(ids[-1])
            for column in map(str, part):
                same = found >= 0
                if column in new:
                    same &= (part[column] == _at(new[column], found)).to_numpy(dtype=bool)
                own = np.flatnonzero(~same) if column in new else np.arange(len(part))
                at = found.copy()
                at[own] = len(new) + counts[column] + np.arange(len(own))
                counts[column] += len(own)
                other.setdefault(column, []).append(_at(part[column], own))
                places.setdefault(column, []).append(at)
        self.ids = _ids(pd.DataFrame(), key).append(ids)
        """Of each row."""
        self.in_new: _Places = new_ids.get_indexer(self.ids)
        """Of each row its number among the new ones."""
        self.columns = tuple(other)
        self._other = {column: pd.concat(texts, ignore_index=True) for column, texts in other.items()}
        self._places = {column: np.concatenate(numbers) for column, numbers in places.items()}

    def other(self, column: str) -> "pd.Series[str]":
        """Return the cells of a column that are otherwise than those of the new rows."""
        return self._other.get(column, _BLANK)

    def places(self, column: str, theirs: "pd.Series[str]") -> _Places:
        """Return of each cell its number among those of the new rows, ``theirs``, and after them the ``other``."""
        if column in self._places:
            return self._places[column]
        blank = np.append((theirs == "").to_numpy(dtype=bool), [False])
        return np.where(blank[self.in_new], self.in_new, -1)

    def own(self, column: str, rows: _Places, new: int) -> "pd.Series[str]":
        """Return the cells of rows that are none of the ``new``, so many."""
        places = self._places[column][rows] - new if column in self._places else np.full(len(rows), -1)
        return _at(self.other(column), places)


def merged(table: str, new: pd.DataFrame, mine: Beside, base: Beside, drop: bool) -> Change:
    """Merge what is new into what stands in the folder, by what was imported last; ``new`` is emptied.

    ``drop``: rows that are no longer in ``new`` are taken out, unless somebody has changed them.
    """
    key = BY_NAME[table].key
    if not len(mine.ids) and not len(base.ids):
        return Change(table, new, new, added=tuple(new[key]))
    ids, new_ids, in_new = mine.ids, _ids(new, key), mine.in_new
    in_base = np.arange(len(ids)) if base is mine else _places_of(ids, base.ids)
    there, was = _places_of(new_ids, ids) >= 0, _places_of(new_ids, base.ids) >= 0
    both, gone = in_new >= 0, (in_base >= 0) & (in_new < 0)
    added, taken_out = np.flatnonzero(~there & ~was), np.flatnonzero(~there & was)
    touched = _touched(mine, base, in_base, gone, len(new_ids)) & drop
    stays = np.flatnonzero(~gone | touched) if drop else np.arange(len(ids))
    known = np.flatnonzero(both if drop else both | gone)
    changed, kept = np.zeros(len(ids), dtype=bool), touched
    rows: dict[str, pd.Series[str]] = {}
    imported: dict[str, pd.Series[str]] = {}
    columns = dict.fromkeys((*mine.columns, *new.columns, *base.columns))
    for number, column in enumerate(columns):
        tell(f"Merging the columns of {table}", number, len(columns))
        is_new = column in new
        theirs = new.pop(column) if is_new else _at(_BLANK, np.full(len(new_ids), -1))
        cells = pd.concat([theirs, mine.other(column), base.other(column)], ignore_index=True)
        ours = before = mine.places(column, theirs)
        if base is not mine:
            before = base.places(column, theirs)
            before = np.where(before < len(new_ids), before, before + len(mine.other(column)))
            before = np.where(in_base < 0, -1, np.append(before, [-1])[in_base])
        unsure = np.flatnonzero((ours != before) & (in_base >= 0))
        alike = unsure[(_at(cells, ours[unsure]) == _at(cells, before[unsure])).to_numpy(dtype=bool)]
        before[alike] = ours[alike]
        differs = both & (ours != in_new) & is_new
        # A row of the same id that no import wrote is somebody's own.
        hand = differs & ((before != ours) | (in_base < 0))
        takes = differs & ~hand
        changed |= takes
        kept = kept | hand
        to_write = np.append(np.where(takes, in_new, ours)[stays], added)
        to_keep = np.concatenate([np.where(both, in_new, before)[known], added, taken_out])
        if column in (key, *mine.columns) or len(added) or differs.any():
            rows[column] = _at(cells, to_write)
        if is_new or (gone.any() and column in base.columns):
            again = column in rows and np.array_equal(to_write, to_keep)
            imported[column] = rows[column] if again else _at(cells, to_keep)
    same = rows.keys() == imported.keys() and all(rows[name] is imported[name] for name in rows)
    written = pd.DataFrame(rows)
    return Change(
        table,
        written,
        written if same else pd.DataFrame(imported),
        tuple(new_ids[added]),
        tuple(ids[changed]),
        tuple(ids[gone]),
        tuple(ids[kept]),
        tuple(new_ids[taken_out]),
    )


def _touched(mine: Beside, base: Beside, in_base: _Places, gone: _Mask, new: int) -> _Mask:
    """Return which of the rows that are ``gone`` somebody has changed; none of their cells is among the new."""
    touched, rows = np.zeros(len(gone), dtype=bool), np.flatnonzero(gone)
    for column in base.columns if base is not mine else ():
        now, then = mine.own(column, rows, new), base.own(column, in_base[rows], new)
        touched[rows] |= (now != then).to_numpy(dtype=bool)
    return touched


def _places_of(ids: "pd.Index[str]", among: "pd.Index[str]") -> _Places:
    """Return where each id first stands among others, -1 where it does not."""
    first = np.flatnonzero(~among.duplicated())
    found = among[first].get_indexer(ids)
    return np.where(found < 0, -1, first[found]) if len(first) else found


def _ids(rows: pd.DataFrame, key: str) -> "pd.Index[str]":
    return pd.Index(rows.get(key, []), dtype=_TEXT)


def _at(texts: "pd.Series[str]", places: _Places) -> "pd.Series[str]":
    """Return the texts of some rows, "" for -1."""
    if len(places) == len(texts) and np.array_equal(places, np.arange(len(texts))):
        return texts.reset_index(drop=True)  # no copy of a large column
    return pd.Series(pd.api.extensions.take(texts.array, places, allow_fill=True, fill_value=""), dtype=_TEXT)
