"""Licences by their SPDX identifiers and addresses."""

import re
from typing import Final, NamedTuple

_CREATIVE: Final = re.compile(
    r"CC(?:[ -](?P<kind>BY(?:-NC)?(?:-SA|-ND)?)|0)[ -](?P<version>\d\.\d)", re.IGNORECASE | re.ASCII
)


class Licence(NamedTuple):
    """A licence."""

    name: str
    """Its SPDX identifier where it is known, else its own words as a name."""
    title: str
    """As the data set calls it."""
    address: str
    """Where it can be read; "" where that is not known."""


def licence_of(text: str) -> Licence | None:
    """Return identifier, title and address of a data set's licence; None where it states none.

    >>> licence_of("CC BY 4.0").name
    'CC-BY-4.0'
    """
    title = " ".join(text.split())
    if not title:
        return None
    found = _CREATIVE.fullmatch(title)
    if not found:
        return Licence(re.sub(r"[^A-Za-z0-9._]+", "-", title).strip("-") or "other", title, "")
    kind, version = (found["kind"] or "").upper(), found["version"]
    where = f"licenses/{kind.lower()}" if kind else "publicdomain/zero"
    name = f"CC-{kind}-{version}" if kind else f"CC0-{version}"
    return Licence(name, title, f"https://creativecommons.org/{where}/{version}/")
