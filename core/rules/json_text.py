"""Reading a text that should be JSON: what is wrong with it is said with its place."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from core.rules.facts import AN_OBJECT, WrongFactsError


def read_json(text: str) -> Any:
    """What the text says, numbers exactly. Raises WrongFactsError, whose sentence begins with “is”."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise WrongFactsError(("is not text in UTF-8: save it with that encoding",)) from error
    if not text.strip():
        raise WrongFactsError((f"is empty: expected {AN_OBJECT}",))
    try:
        return json.loads(
            text.removeprefix("\ufeff").rstrip(),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_each_once,
        )
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        told = f"is not JSON, {line}column {error.colno}: {error.msg}"
        raise WrongFactsError((f"{told}; expected {AN_OBJECT}",)) from error
    except RecursionError as error:
        raise WrongFactsError((f"has too many objects inside each other: expected {AN_OBJECT}",)) from error
    except ValueError as error:
        raise WrongFactsError((f"is not JSON that can be used: {error}",)) from error


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"the name {name} stands twice in one object")
        made[name] = value
    return made
