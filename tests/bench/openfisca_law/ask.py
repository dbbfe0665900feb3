"""Ask OpenFisca about people: ``python ask.py PEOPLE.jsonl MONTH SOME``, in an environment that has it.

The facts of a person stand on each line. Prints JSON: the answers to everybody; the seconds of a processor
for all at once; and those for the first SOME one by one, without and with OpenFisca's trace. What is given is
made into columns before the clock starts.
"""

import json
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from formulas import GOALS, GROUPS, INPUTS, PERMITS, make_system
from openfisca_core.simulations import Simulation, SimulationBuilder

KINDS = {date: "datetime64[D]", int: "int32", float: "float32", bool: "bool"}
CODES = {"permit_type": PERMITS, "goal": GOALS}
Columns = dict[str, Any]


def main(people: str, month: str, some: str) -> None:
    """Print the answers and the seconds."""
    system = make_system()
    lines = [json.loads(line) for line in Path(people).read_text().splitlines()]
    columns = {name: column(lines, name) for name in INPUTS}
    ask(system, rows(columns, 0, 1), month)
    at_once, answers = timed(system, columns, month)
    alone = [rows(columns, index, index + 1) for index in range(int(some))]
    printed = {
        "version": version("openfisca-core"),
        "people": len(lines),
        "at_once": at_once,
        "alone": sum(timed(system, one, month)[0] for one in alone),
        "traced": sum(timed(system, one, month, trace=True)[0] for one in alone),
        "answers": [list(one) for one in zip(*answers, strict=True)],
    }
    print(json.dumps(printed))  # noqa: T201  how it answers who has started it


def column(lines: list[dict[str, Any]], name: str) -> Any:
    """One thing that is known of everybody."""
    first, *others = name.split("_")
    values = [line[first + "".join(map(str.capitalize, others))] for line in lines]
    codes = CODES.get(name)
    return np.array([codes.index(one) for one in values] if codes else values, dtype=KINDS[INPUTS[name]])


def rows(columns: Columns, first: int, end: int) -> Columns:
    """Some of the people."""
    return {name: one[first:end] for name, one in columns.items()}


def timed(system: Any, columns: Columns, month: str, *, trace: bool = False) -> tuple[float, list[Any]]:
    """The seconds from a new simulation to its answers, and the answers."""
    began = process_time()
    found = ask(system, columns, month, trace=trace)
    return process_time() - began, [
        [GROUPS[one] for one in found[0]],
        *(one.astype(int).tolist() for one in found[1:3]),
        found[3].astype(str).tolist(),
        found[4].astype(float).tolist(),
    ]


def ask(system: Any, columns: Columns, month: str, *, trace: bool = False) -> list[Any]:
    """The answers to the three questions, a column each; the length of the programme has three."""
    count = len(columns["birth_date"])
    simulation: Simulation = SimulationBuilder().build_default_simulation(system, count)
    simulation.trace = trace
    for name, values in columns.items():
        simulation.set_input(name, "ETERNITY", values)
    year = month[:4]
    yearly = ("target_group", "max_months", "extension_months", "max_last_day")
    return [*(simulation.calculate(name, year) for name in yearly), simulation.calculate("benefit", month)]


if __name__ == "__main__":
    main(*sys.argv[1:])
