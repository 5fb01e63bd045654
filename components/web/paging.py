"""The page of a listing that a query asks for."""

import re
from dataclasses import dataclass
from typing import Final

from components.view.view import Fault, Params


@dataclass(frozen=True, slots=True)
class Count:
    """A key whose value is a whole number from 1, in ASCII digits: the API's own, beside the View's."""

    key: str
    doc: str
    default: int
    most: int

    @property
    def form(self) -> str:
        """What its values look like."""
        return f"a whole number from 1 to {self.most:,}"

    def read(self, params: Params) -> int:
        """Return its value in a query; raise ValueError for any but one number in its plainest form."""
        text = params.get(self.key, (str(self.default),))[-1]
        if not re.fullmatch(r"[1-9][0-9]{0,9}", text) or int(text) > self.most:
            raise ValueError(f"is not {self.form}")
        return int(text)


PAGE_NUMBER: Final = Count("page", "page of the listing, from 1; one beyond the last has no rows", 1, 1_000_000_000)
PAGE_SIZE: Final = Count("size", "rows a page", 100, 1_000)
PAGING: Final = (PAGE_NUMBER, PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a listing."""

    number: int = PAGE_NUMBER.default
    """From 1."""
    size: int = PAGE_SIZE.default
    """Rows on it, the last page's apart."""

    @property
    def start(self) -> int:
        """The number of its first row, from 0."""
        return (self.number - 1) * self.size


def page_of(params: Params) -> tuple[Page, list[Fault]]:
    """Return the page that a query asks for, and what in it cannot be read."""
    numbers: list[int] = []
    faults = []
    for count in PAGING:
        try:
            numbers.append(count.read(params))
        except ValueError as error:
            faults.append(Fault(count.key, params[count.key][-1], str(error), form=count.form))
    return (Page() if faults else Page(*numbers)), faults
