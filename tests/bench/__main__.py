"""What pages, PDFs and rules cost beside a floor that does the same barely: ``python -m tests.bench``.

Pages against bare Flask and hand-written SQL, PDFs against bare Typst, seals against a bare signature, rules
of law against bare formulas; both sides in turn, in the same run. All of it takes about three minutes on an
idle machine. The rules alone, also at OpenFisca and about more people: ``python -m tests.bench.law``.

Nothing here fails for being slow: the exit code is 1 only when a page is broken or unlike the floor's.
"""

import argparse
import sys
from collections.abc import Iterable
from typing import Final

import click

from core.agreements.overview import listing
from core.testing.database import TestServer
from core.testing.drafts import acting
from core.testing.statements import counted
from core.web.languages import in_language
from tests.agreements.test_query_counts import FRAME
from tests.bench.floor import LANGUAGE, Asked, make_floor
from tests.bench.floor_list import LISTS
from tests.bench.law import ASKED, PEOPLE, lines_about_law
from tests.bench.measuring import DifferentPagesError, Measured, Timed, refuse_different, take_turns
from tests.bench.papers import measure_papers
from tests.bench.place import Place, Size, settle, signed_in_at
from tests.bench.walls import BOUND, Cost, cost_of_walls

LINE: Final = "{:<14} {:>10} {:>10} {:>7} {:>9} {:>14}"
PAPER_HEAD: Final = "{} agreements printed in one process, and the first one of a process that has just begun"
MOST_OF_A_LIST: Final = 8
"""How often a list may ask the database."""
HEAD: Final = ("page", "product", "floor", "ratio", "queries", "floor's queries")


def main(arguments: list[str]) -> int:
    """Measure, and print small tables."""
    asked_for = _parser().parse_args(arguments)
    size = Size(asked_for.agreements, asked_for.others)
    server = TestServer.start()
    try:
        place = settle(server, size)
        click.echo(_said(size, asked_for.rounds))
        click.echo(LINE.format(*HEAD))
        pages = list(_shown(measure(place, asked_for.rounds)))
        click.echo(_said_of_lists(pages))
        click.echo(PAPER_HEAD.format(asked_for.papers))
        for paper in measure_papers(place, asked_for.papers, asked_for.processes):
            click.echo(LINE.format(*_times(paper), "", "").rstrip())
        click.echo(_said_of_walls(cost_of_walls(server, place, asked_for.rounds)))
        for line in lines_about_law(asked_for.asked, asked_for.people, openfisca=asked_for.openfisca):
            click.echo(line)
    except DifferentPagesError as broken:
        click.echo(broken, err=True)
        return 1
    finally:
        server.stop()
    return 0


def _shown(pages: Iterable[Measured]) -> Iterable[Measured]:
    for one in pages:
        click.echo(LINE.format(*_times(one), one.queries, one.floor_queries))
        yield one


def _times(one: Timed) -> tuple[str, ...]:
    return one.name, f"{one.product:.1f} ms", f"{one.floor:.1f} ms", f"{one.ratio:.1f} x"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="What a page costs.")
    parser.add_argument("--rounds", type=int, default=50, help="requests of each page")
    parser.add_argument("--agreements", type=int, default=Size.agreements, help="of the reader's tenant")
    parser.add_argument("--papers", type=int, default=100, help="agreements that are printed and sealed")
    parser.add_argument("--processes", type=int, default=3, help="that print their first PDF")
    parser.add_argument("--others", type=int, default=Size.others, help="other tenants")
    parser.add_argument(
        "--asked", type=int, default=ASKED, help="participants that a rule set is asked about"
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="participants of a night")
    parser.add_argument("--without-openfisca", dest="openfisca", action="store_false", help="do not bring it")
    return parser


def _said(size: Size, rounds: int) -> str:
    return (
        f"{size.agreements} agreements in the tenant, {size.others * size.each} in {size.others} others; "
        f"medians of {rounds} requests in turn"
    )


def measure(place: Place, rounds: int) -> Iterable[Measured]:
    """Home, an agreement in force, one with 60 promises, and the list, as an administrator sees them."""
    asked = Asked(place.owner_url)
    with acting(place.app, place.tenant), in_language(LANGUAGE):
        known = listing.choices()
    floor = make_floor(place.app, asked, known).test_client()
    product = signed_in_at(place.app, place)
    with floor.session_transaction() as session:
        session["account"] = str(place.tenant.admin_id)
    home = f"/t/{place.tenant.slug}/"
    paths = {"home": home, "agreement": f"{home}agreements/{place.agreement_id}"}
    paths["60 promises"] = f"{home}agreements/{place.busy_id}"
    paths |= {name: f"{home}agreements{address}" for name, address in LISTS.items()}
    for page, path in paths.items():
        refuse_different(product, floor, path)
        before = asked.count
        with counted() as sent:
            product.get(path)
        floor.get(path)
        floor_queries = asked.count - before
        yield Measured(page, *take_turns(product, floor, path, rounds), len(sent), floor_queries)
    asked.close()


def _said_of_lists(pages: Iterable[Measured]) -> str:
    own = max(one.queries for one in pages if one.name in LISTS) - FRAME
    verdict = "within" if own <= MOST_OF_A_LIST else "ABOVE"
    return f"a list asks {own} times beside the {FRAME} of every page, {verdict} {MOST_OF_A_LIST}"


def _said_of_walls(cost: Cost) -> str:
    verdict = "within" if cost.share < BOUND else "ABOVE"
    return (
        f"access decision, guard and row-level security: {cost.share:.1%} of home's time "
        f"({cost.walled:.1f} ms with them, {cost.bare:.1f} ms without), {verdict} {BOUND:.0%}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
