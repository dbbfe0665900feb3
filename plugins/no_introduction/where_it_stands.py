"""Where an agreement says what the rules of law ask about, from `where_it_stands.yaml`. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from core.sdk import AgreementFacts

FILE = Path(__file__).with_suffix(".yaml")
DURATION = "duration"


@dataclass(frozen=True)
class Content:
    """One thing that an agreement says: by a clause that is in, by filled fields, by its days."""

    clause: str = ""
    values: tuple[str, ...] = ()
    dates: bool = False

    def lacks(self, facts: AgreementFacts) -> str:
        """Where an agreement does not say it: the clause that is out, the days or the empty field; or ""."""
        if self.clause and self.clause not in facts.clauses:
            return self.clause
        if self.dates and (facts.starts_on is None or facts.ends_on is None):
            return DURATION
        return next((key for key in self.values if not facts.values.get(key)), "")


Contents = Mapping[str, Content]


@cache
def contents() -> Mapping[str, Mapping[str, Contents]]:
    """Everything of the file, by the type of agreement and by fact."""
    read = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return {
        kind: {fact: {code: _content(one) for code, one in below.items()} for fact, below in facts.items()}
        for kind, facts in read.items()
    }


def _content(one: Mapping[str, Any]) -> Content:
    return Content(one.get("clause", ""), tuple(one.get("values", ())), one.get("dates", False))


def said(kind: str, fact: str, facts: AgreementFacts) -> list[str]:
    """The contents of a fact that an agreement of a type says."""
    return [code for code, one in contents()[kind][fact].items() if not one.lacks(facts)]


def places(kind: str, fact: str, facts: AgreementFacts) -> dict[str, str]:
    """Where each content that is not said would be said."""
    found = {code: one.lacks(facts) for code, one in contents()[kind][fact].items()}
    return {code: place for code, place in found.items() if place}
