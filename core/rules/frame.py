"""What the engine itself says: messages and flags that every rule set has."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from core.rules.declared import Record, read_text
from core.rules.texts import Flag, Text

FILE = Path(__file__).with_name("frame.yaml")
NEEDS_DECISION, RULE_FAILED = "NEEDS_CASEWORKER_DECISION", "RULE_FAILED"


class Frame(NamedTuple):
    """Messages by status or reason, and flags in plain words."""

    messages: Mapping[str, Text]
    flags: Mapping[str, Flag]


@lru_cache(maxsize=1)
def frame() -> Frame:
    """The engine's own texts."""
    record = Record.of_file(FILE)
    return Frame(read_texts(record, "messages"), read_flags(record))


def read_texts(record: Record, field: str) -> dict[str, Text]:
    """The named texts below a field; none when it is missing."""
    if record.take(field, None) is None:
        return {}
    below = record.record(field)
    return {name: below.wording(name) for name in below.values}


def read_flags(record: Record) -> dict[str, Flag]:
    """The flags that a file explains below ``flags``: each with a title, and what a person has to do."""
    return {code: _flag(one) for code, one in record.records("flags")}


def _flag(record: Record) -> Flag:
    title = record.wording("title", Text("", ""))
    text = read_text(record)
    return Flag(text.nb, text.en, text.da, title)
