"""A rule sees its context and nothing else; whatever reaches around it is found in its code."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.rules.context import Context
from core.rules.findings import Outcome, met
from core.rules.reads import reaches_around, reads_of

SEEN: list[str] = []
NAMES = ("hours", "goal")


def clean(ctx: Context) -> Outcome:
    return helped(ctx, ctx.fact("applied_on"))


def helped(ctx: Context, day: date) -> Outcome:
    hours, _ = ctx.facts(*NAMES)
    return met(day if ctx.fact_or("place") else hours * ctx.parameter("limit"))


def remembers(ctx: Context) -> Outcome:
    SEEN.append(ctx.fact("name"))
    return met(len(SEEN))


def looks_outside(_: Context) -> Outcome:
    return met(os.environ.get("LAW"))


def asks_the_clock(_: Context) -> Outcome:
    return met(date.today())  # noqa: DTZ011  what the guard must find


def asks_by_a_computed_name(ctx: Context) -> Outcome:
    return met(ctx.fact("ho" + "urs"))


def imports(_: Context) -> Outcome:
    from random import random  # noqa: PLC0415  what the guard must find

    return met(random())  # noqa: S311


def reaches_inside(ctx: Context) -> Outcome:
    return met(ctx._matter.facts["hours"].value)


def by_a_helper(ctx: Context) -> Outcome:
    return remembers(ctx)


def closing() -> Callable[[Context], Outcome]:
    count = [0]
    return lambda _: met(count[0])


def test_what_a_rule_and_its_helpers_read_is_found() -> None:
    reads = reads_of(clean)
    assert list(reads.facts) == ["applied_on", "hours", "goal", "place"]
    assert list(reads.needed) == ["applied_on", "hours", "goal"]
    assert list(reads.parameters) == ["limit"]
    assert reaches_around(clean) == []


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (remembers, "remembers reads SEEN, which can change or looks outside"),
        (looks_outside, "looks_outside reads os, which can change or looks outside"),
        (asks_the_clock, "asks_the_clock asks for today"),
        (asks_by_a_computed_name, "asks_by_a_computed_name computes a name that it asks for: write it out"),
        (imports, "imports imports or names a global inside"),
        (reaches_inside, "reaches_inside reaches inside by _matter"),
        (by_a_helper, "remembers reads SEEN, which can change or looks outside"),
        (closing(), "closing.<locals>.<lambda> closes over count"),
    ],
)
def test_a_rule_that_reaches_around_its_context_is_found(function: Any, told: str) -> None:
    assert told in reaches_around(function)
