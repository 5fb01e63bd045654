"""The curator's commands: `laydown check`, `laydown locate`, `laydown tables` and `laydown link`."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from geopy.exc import GeopyError

from components.catalog.catalog import load
from components.catalog.gazetteer import read_gazetteer
from components.catalog.locating import FILE, KnownPlaces, Step, locate, service, write_places
from components.catalog.problems import Problem
from components.catalog.reference import tables_markdown
from components.catalog.review import review, rules_markdown
from components.settings import data_folder
from components.view.absence import absence
from components.view.briefings import check_briefings
from components.view.reference import link_markdown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is well and 1 when there are problems, which are printed."""
    parser = argparse.ArgumentParser(prog="laydown", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    check_parser = commands.add_parser("check", help="tell every problem in the data")
    check_parser.set_defaults(run=check)
    locate_parser = commands.add_parser("locate", help=f"ask where the rows' places are and write {FILE}")
    locate_parser.set_defaults(run=locate_places)
    tables_parser = commands.add_parser("tables", help="print the tables' columns as Markdown, for README")
    tables_parser.set_defaults(run=print_tables)
    link_parser = commands.add_parser("link", help="print the link's keys as Markdown, for README")
    link_parser.set_defaults(run=print_link)
    rules_parser = commands.add_parser("rules", help="print the rules of check's warnings as Markdown, for README")
    rules_parser.set_defaults(run=print_rules)
    environment = os.environ
    locate_parser.add_argument(
        "--geocoder",
        default=environment.get("LAYDOWN_GEOCODER"),
        help="also ask this geopy service, such as nominatim or photon (default: none, no network)",
    )
    locate_parser.add_argument(
        "--user-agent",
        default=environment.get("LAYDOWN_USER_AGENT"),
        help="who asks: services want a name and a contact",
    )
    locate_parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of the service, such as domain=nominatim.example.org",
    )
    for command in (check_parser, locate_parser):
        command.add_argument("--data", type=Path, default=data_folder(), help="data folder (%(default)s)")
    options = parser.parse_args(arguments)
    return int(options.run(options))


def check(options: argparse.Namespace) -> int:
    """Print every problem of the data folder, and every warning that dataset.toml does not answer.

    Only problems make it fail: a warning is for the curator to weigh.
    """
    catalog = load(options.data)
    _, gazetteer_problems = read_gazetteer(options.data, catalog.sites)
    problems = [*catalog.problems, *check_briefings(catalog), *gazetteer_problems]
    _print_problems(problems)
    reviewed = review(catalog)
    for warning in reviewed.warnings:
        print(warning)
    if reviewed.warnings or reviewed.answered:
        count = len(reviewed.warnings)
        print(f"{count} warning{'' if count == 1 else 's'} to answer, {reviewed.answered} answered in dataset.toml.")
    if nothing := absence(catalog):
        print(f"{options.data}: {nothing.why}")
    rows = ", ".join(f"{len(frame)} {name}" for name, frame in catalog.tables.items())
    print(f"{rows}, {len(catalog.briefings)} briefings. Version {catalog.version}.")
    return 1 if problems else 0


def locate_places(options: argparse.Namespace) -> int:
    """Locate every place the rows name, and write places.csv."""
    catalog = load(options.data)
    broken = [problem for problem in catalog.problems if problem.file == FILE]
    gazetteer, gazetteer_problems = read_gazetteer(options.data, catalog.sites)
    if broken or gazetteer_problems:
        # Writing now would lose the rows that could not be read.
        _print_problems([*broken, *gazetteer_problems])
        print("Nothing was written: mend these first.")
        return 1
    chain = [Step("places", KnownPlaces(catalog.places).geocode), Step("gazetteer", gazetteer.geocode)]
    if options.geocoder:
        if not options.user_agent:
            print("Name who asks with --user-agent: the services refuse strangers.")
            return 1
        try:
            settings = dict(option.split("=", 1) for option in options.option)
            chain.append(service(options.geocoder, options.user_agent, settings))
        except (GeopyError, TypeError, ValueError) as error:
            print(f"No geocoder '{options.geocoder}' with these options: {error}")
            return 1
    before = len(catalog.places)
    rows, problems = locate(catalog.queries, chain, catalog.places, datetime.now(UTC).date())
    if len(rows) != before:
        write_places(options.data, rows)
    _print_problems(problems)
    print(f"{len(rows) - before} located, {len(rows)} in {FILE}, {len(problems)} not found.")
    return 1 if problems else 0


def print_tables(_: argparse.Namespace) -> int:
    """Print the documentation of the tables."""
    print(tables_markdown())
    return 0


def print_rules(_: argparse.Namespace) -> int:
    """Print the documentation of the rules."""
    print(rules_markdown())
    return 0


def print_link(_: argparse.Namespace) -> int:
    """Print the documentation of the link."""
    print(link_markdown())
    return 0


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)


if __name__ == "__main__":
    sys.exit(main())
