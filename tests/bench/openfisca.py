"""The three formulas at OpenFisca, beside the product's rules and the floor, about the same people.

OpenFisca is a tool in an environment of its own, made in a temporary folder: no part of the product, of its
locks or of its tests. What is known of the people is read before the clock starts, on every side. Where the
environment cannot be made, that is said, and nothing is compared.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from core.rules.evaluate import evaluate
from core.rules.facts import Facts
from tests.bench.floor_law import FORMULAS, in_short
from tests.bench.measuring import busy
from tests.bench.participant import all_sets, facts_for, refuse_other_answers
from tests.bench.people import AS_OF, person

WANTED: Final = "openfisca-core>=46,<47"
ASK: Final = Path(__file__).with_name("openfisca_law") / "ask.py"
SOME: Final = 100
"""How many are asked about one by one."""
NEARLY: Final = 0.01
"""An øre: OpenFisca counts money in numbers of 32 bits."""
NAMES: Final = tuple(FORMULAS)


class NoOpenFiscaError(Exception):
    """OpenFisca cannot be had here; the message says why."""


def said_of_openfisca(people: int) -> Iterator[str]:
    """How many people each of them gets done, or why there is no comparison."""
    try:
        told = ask_openfisca(people)
    except NoOpenFiscaError as error:
        yield f"OpenFisca is not compared: {error}"
        return
    product, floor, answers = ask_here(people)
    for number, (here, there) in enumerate(zip(answers, told["answers"], strict=True)):
        refuse_unlike_answers(number, here, there)
    some = min(SOME, people)
    yield f"{', '.join(NAMES).replace('_', ' ')}: the same answers about {people} people"
    yield "  people for each second of a processor"
    yield _line("rules, one by one, with trail", people / product)
    yield _line(f"OpenFisca {told['version']}, one by one, with trace", some / told["traced"])
    yield _line("OpenFisca, one by one", some / told["alone"])
    yield _line(f"OpenFisca, {people} at once", people / told["at_once"])
    yield _line("plain Python, one by one", people / floor)


def _line(who: str, speed: float) -> str:
    return f"  {who:<42} {speed:>10,.0f}"


def ask_here(people: int) -> tuple[float, float, list[tuple[Any, ...]]]:
    """Seconds of a processor for the rules and for the formulas, and the answers of the rules."""
    facts = [{name: facts_for(name, person(number)) for name in NAMES} for number in range(people)]
    plain = [
        {key: one.value for key, one in chain.from_iterable(given.items() for given in each.values())}
        for each in facts
    ]
    product, answers = busy(lambda: [_answered(each) for each in facts])
    floor, _ = busy(lambda: [[FORMULAS[name](each, AS_OF) for name in NAMES] for each in plain])
    return product, floor, answers


def _answered(facts: dict[str, Facts]) -> tuple[Any, ...]:
    return tuple(in_short(name, evaluate(all_sets()[name], facts[name], AS_OF).value) for name in NAMES)


def refuse_unlike_answers(number: int, here: tuple[Any, ...], there: list[Any]) -> None:
    """Raise DifferentPagesError unless both answer the same; OpenFisca has 0 for what is not to be had."""
    group, most, extension, last_day, benefit = there
    length = (most, extension, last_day) if most else None
    own = here[1] and (*here[1][:2], here[1][2].isoformat())
    refuse_other_answers(f"person {number}", (here[0], own), (group, length))
    if abs(float(here[2] or 0) - benefit) >= NEARLY:
        refuse_other_answers(f"person {number}", float(here[2] or 0), benefit)


def ask_openfisca(people: int) -> dict[str, Any]:
    """What `ask.py` prints. Raises NoOpenFiscaError."""
    with TemporaryDirectory(prefix="openfisca-") as folder:
        python = make_environment(Path(folder), WANTED)
        lines = Path(folder) / "people.jsonl"
        lines.write_text("".join(json.dumps(person(number)) + "\n" for number in range(people)))
        month, some = f"{AS_OF:%Y-%m}", str(min(SOME, people))
        told: dict[str, Any] = json.loads(_run(str(python), str(ASK), str(lines), month, some))
        return told


def make_environment(folder: Path, wanted: str) -> Path:
    """The Python of a new environment that has a package. Raises NoOpenFiscaError."""
    _run(sys.executable, "-m", "venv", str(folder / "env"))
    python = folder / "env" / "bin" / "python"
    _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries=1", wanted)
    return python


def _run(*command: str) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip() or "no reason was given").splitlines()[-1]
        raise NoOpenFiscaError(last)
    return done.stdout
