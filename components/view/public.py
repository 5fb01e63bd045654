"""When a row became public.

On the first day by which one of its sources was certainly out (a source of 2026-02 on 28 February), and not before it
happened. A source without a date hides nothing.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.catalog.catalog import EVER, NEVER, Catalog
from components.catalog.columns import Column
from components.catalog.derived import derived


@derived()
def out_by(catalog: Catalog) -> Mapping[str, int]:
    """Return by source id the day by which it was certainly published, NEVER (before all days) without a date."""
    dated = zip(catalog.sources["id"], catalog.sources["published"], strict=True)
    return {id_: published.last if published else NEVER for id_, published in dated}


def public_days(frame: pd.DataFrame, catalog: Catalog) -> npt.NDArray[np.int64]:
    """Return per row of ``frame`` the first day on which it was public.

    Of a row in time only the sources count that may have been written after it began: what was out before, and is
    cited for something else, has not told of it.
    """
    out = out_by(catalog)
    began = frame["start_first"].to_numpy(np.int64) if "start_first" in frame else np.full(len(frame), NEVER)
    cited = Column.of(frame["sources"])
    out_on = [[out[source] for source in sources] for sources in cited.values]
    first = np.full(len(frame), EVER)
    for nth in range(max(map(len, out_on), default=0)):
        days = np.array([days[nth] if nth < len(days) else EVER for days in out_on], dtype=np.int64)[cited.codes]
        first = np.minimum(first, np.where((days == NEVER) | (days >= began), days, EVER))
    # A source without a date, or none that may have told of it, hides nothing.
    return np.where((first == NEVER) | (first == EVER), began, first)


def public_of(cited: Iterable[str], catalog: Catalog, known: int | None) -> tuple[str, ...]:
    """Return those of the sources ``cited`` that were out by day ``known`` (None: all), each once."""
    if known is None:
        return tuple(dict.fromkeys(cited))
    out = out_by(catalog)
    return tuple(source for source in dict.fromkeys(cited) if out[source] <= known)
