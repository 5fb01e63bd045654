"""Licences as machines know them: by an identifier and an address."""

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
    """Return what a data set's licence, such as "CC BY 4.0", is known by; None where it states none."""
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
