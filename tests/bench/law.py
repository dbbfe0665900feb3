"""What the rules of the Norwegian introduction programme cost: ``python -m tests.bench.law``.

Three rule sets beside the same formulas in plain Python, which answer the same and give no reasons; one
participant asked by every rule set, with the trail; the people of a night on two processes; and the three
formulas at OpenFisca, in an environment of its own, unless ``--without-openfisca``. ``make bench`` does all.

Nothing here fails for being slow: the exit code is 1 only when two do not answer the same.
"""

import argparse
import sys
from collections.abc import Iterator
from statistics import median
from typing import Final

import click

from tests.bench.measuring import DifferentPagesError, busy
from tests.bench.night import Night, through_the_night
from tests.bench.openfisca import said_of_openfisca
from tests.bench.participant import all_sets, answers, facts_for, measure_participants, readings_of
from tests.bench.people import person

ASKED: Final = 200
"""People for the times of one participant."""
PEOPLE: Final = 1000
"""People of a night that is measured; a real one has `NIGHTLY`."""
NIGHTLY: Final = 30_000
PROCESSES: Final = 2
LINE: Final = "{:<14} {:>10} {:>10} {:>7} {:>9}"
HEAD: Final = ("rule set", "product", "formula", "ratio", "readings")


def main(arguments: list[str]) -> int:
    """Measure, and print a small table."""
    asked_for = _parser().parse_args(arguments)
    try:
        for line in lines_about_law(asked_for.asked, asked_for.people, openfisca=asked_for.openfisca):
            click.echo(line)
    except DifferentPagesError as broken:
        click.echo(broken, err=True)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.law", description="What rules cost.")
    parser.add_argument("--asked", type=int, default=ASKED, help="people for the times of one participant")
    parser.add_argument("--people", type=int, default=PEOPLE, help="people of the night")
    parser.add_argument("--without-openfisca", dest="openfisca", action="store_false", help="do not bring it")
    return parser


def lines_about_law(asked: int, people: int, *, openfisca: bool) -> Iterator[str]:
    """The table, the night, and what OpenFisca makes of it, line by line."""
    yield LINE.format(*HEAD)
    for one in measure_participants(asked):
        product, floor = f"{one.product:.3f} ms", f"{one.floor:.3f} ms"
        yield LINE.format(one.name, product, floor, f"{one.ratio:.0f} x", one.readings)
    yield said_of_one(asked)
    yield from said_of_night(through_the_night(people, PROCESSES))
    if openfisca:
        yield from said_of_openfisca(people)


def said_of_one(people: int) -> str:
    """What one participant costs, asked by every set."""
    times, readings = [], []
    for number in range(people):
        facts = {key: facts_for(key, person(number)) for key in all_sets()}
        seconds, results = busy(lambda facts=facts: answers(facts))
        times.append(seconds * 1000)
        readings.append(sum(readings_of(one) for one in results.values()))
    return (
        f"one participant, {len(all_sets())} rule sets, with trail: {median(times):.2f} ms of a processor, "
        f"{median(readings):.0f} readings (medians of {people})"
    )


def said_of_night(night: Night) -> Iterator[str]:
    """How many people a second, how long everybody would take, and what it takes of the machine."""
    unknown, size = (sum(getattr(one, of) for one in night.shares) for of in ("unknown", "characters"))
    memory, each = max(one.memory for one in night.shares), size / night.people / 1000
    shown = unknown / sum(one.answers for one in night.shares)
    yield (
        f"a night of {night.people} people on {len(night.shares)} processes, from JSON to JSON: "
        f"{night.people / night.seconds:.0f} people a second, "
        f"{night.minutes_for(NIGHTLY):.1f} minutes for {NIGHTLY:,}"
    )
    free = night.busy * NIGHTLY / len(night.shares) / 60_000
    yield (
        f"  {night.busy:.1f} ms of a processor each ({free:.1f} minutes for {NIGHTLY:,} when nothing else "
        f"keeps the processors busy), {each:.0f} kB of answers each, "
        f"{shown:.0%} of them unknown; at most {memory} MB a process"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
