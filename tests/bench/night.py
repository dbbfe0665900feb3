"""Many people asked by every rule set: a line of JSON for each person in, a line for each answer out.

What ``flask rules evaluate --lines`` does, without the command about it. A line is read, answered, written
and forgotten, so that memory does not grow with the people.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from os import devnull
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final, TextIO

from core.rules.question import Question, answer, question_from_json
from tests.bench.measuring import took
from tests.bench.participant import all_sets, names_known
from tests.bench.people import NIGHT, person

STATUS: Final = Path("/proc/self/status")


@dataclass(frozen=True)
class Share:
    """What one process has answered.

    ``busy`` are the seconds in which it had a processor, ``memory`` is the most it ever had, in megabytes.
    """

    people: int
    answers: int
    unknown: int
    characters: int
    busy: float
    memory: int


@dataclass(frozen=True)
class Night:
    """What all processes have answered, and the seconds from the first line read to the last one written."""

    shares: tuple[Share, ...]
    seconds: float

    @property
    def people(self) -> int:
        """How many were asked about."""
        return sum(one.people for one in self.shares)

    @property
    def busy(self) -> float:
        """Milliseconds of a processor for each person, whatever else the machine does."""
        return sum(one.busy for one in self.shares) * 1000 / self.people

    def minutes_for(self, people: int) -> float:
        """How long as many people would take."""
        return people / self.people * self.seconds / 60


def through_the_night(people: int, processes: int) -> Night:
    """Ask about ``people`` on ``processes``, which have been started and have read the law before."""
    spawn = get_context("spawn")
    started = (spawn.Barrier(processes),)
    with (
        TemporaryDirectory(prefix="night-") as folder,
        ProcessPoolExecutor(processes, spawn, initializer=_begin, initargs=started) as pool,
    ):
        files = [Path(folder) / f"{index}.jsonl" for index in range(processes)]
        list(pool.map(partial(_write_people, people, processes), files))
        taken, shares = took(lambda: list(pool.map(answer_people, files)))
    return Night(tuple(shares), taken / 1000)


def _begin(together: Barrier) -> None:
    """Read the law, and whatever else is read once and kept, and wait until all have."""
    with Path(devnull).open("w") as out:
        _answers_to(person(0), out)
    together.wait()


def _write_people(people: int, processes: int, file: Path) -> None:
    with file.open("w") as lines:
        for number in range(int(file.stem), people, processes):
            lines.write(json.dumps(person(number)) + "\n")


def answer_people(file: Path) -> Share:
    """Every question about every person of a file."""
    done = answered = unknown = size = 0
    began = process_time()
    with file.open() as lines, Path(devnull).open("w") as out:
        for done, line in enumerate(lines, start=1):  # noqa: B007  how many there were
            for status, length in _answers_to(json.loads(line, parse_float=Decimal), out):
                answered, unknown, size = answered + 1, unknown + (status == "unknown"), size + length
    return Share(done, answered, unknown, size, process_time() - began, most_memory())


def most_memory() -> int:
    """The most memory this process ever had, in megabytes; `getrusage` counts that of its parent, too."""
    if not STATUS.is_file():
        return getrusage(RUSAGE_SELF).ru_maxrss // 1024
    status = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(status["VmHWM"].split()[0]) // 1024


def _answers_to(whole: dict[str, Any], out: TextIO) -> list[tuple[str, int]]:
    return [_answered(key, whole, out) for key in all_sets()]


def _answered(key: str, whole: dict[str, Any], out: TextIO) -> tuple[str, int]:
    known = {name: value for name, value in whole.items() if name in names_known(key)}
    asked = {"facts": known, "asOf": NIGHT}
    rule_set = all_sets()[key]
    result = answer(rule_set, question_from_json(rule_set, asked, "night", Question()))
    written = out.write(json.dumps(result.to_json(), ensure_ascii=False) + "\n")
    return result.status, written
