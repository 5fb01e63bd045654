"""What is made of a catalog is kept with that catalog, and let go with it, however many catalogs there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from components.catalog.catalog import Catalog

_P = ParamSpec("_P")
_T = TypeVar("_T")


def derived(
    size: int = 1,
) -> Callable[[Callable[Concatenate[Catalog, _P], _T]], Callable[Concatenate[Catalog, _P], _T]]:
    """Keep up to ``size`` results of a function of a catalog, by its further arguments, for each catalog.

    As ``lru_cache``, whose bound would be shared by all the data sets of a server: each would push out what is kept of
    the others, and keep catalogs alive that are no longer served.
    """

    def decorate(make: Callable[Concatenate[Catalog, _P], _T]) -> Callable[Concatenate[Catalog, _P], _T]:
        @wraps(make)
        def kept(catalog: Catalog, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
            of: Any = catalog.derived.get(make)
            if of is None:  # of two threads at once both get the same
                of = catalog.derived.setdefault(make, lru_cache(maxsize=size)(partial(make, catalog)))
            return of(*args, **kwargs)  # type: ignore[no-any-return]

        return kept

    return decorate
