"""The permission table: who may do what at which address, one line for each, written by hand.

``permission_table.csv`` has four columns. ``path`` and ``method`` are those of the address. ``who`` is one of
the `WORDS`, or a permission such as ``agreement:read``; several that are all needed are joined by `` and ``,
several of which one is enough by `` or ``. ``note`` says in words what the table cannot; when it says "of the
whole tenant", "only who was asked" or "only who saved it", the reach of a permission makes no difference.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from werkzeug.routing import Rule

from core.access.permissions import PERMISSIONS

FILE = Path(__file__).with_name("permission_table.csv")
COLUMNS = ["path", "method", "who", "note"]
WORDS = {
    "public": "everybody, signed in or not",
    "signed-in": "everybody who has signed in, in a tenant or not",
    "member": "every member of the tenant, whatever the role",
    "personal link": "whoever holds the secret that is part of the address",
    "single sign-on": "everybody, but only where the tenant offers single sign-on: there nobody is known yet",
    "signing service": "a service that signs what it sends with the secret that it shares with the tenant",
    "external": "somebody from outside who has come in by a link and a code",
    "operator": "who runs the product, and belongs to no tenant",
}
PLACE = f"tests/walls/{FILE.name}"
HOW_TO = (
    f"Put it where the alphabet says, with WHO replaced by one of {', '.join(WORDS)} "
    "or by the permission that its verb requires, such as agreement:read. "
    "For public and signed-in, say why behind the last comma."
)


@dataclass(frozen=True)
class Row:
    """Who may use one address in one way."""

    path: str
    method: str
    who: str
    note: str = ""

    @property
    def ways(self) -> list[list[str]]:
        """Each way in, as the words and permissions that it takes together."""
        return [way.split(" and ") for way in self.who.split(" or ")]

    def allows(self, has: Iterable[str]) -> bool:
        """Whether somebody of whom these words and permissions are true may come in."""
        mine = set(has)
        return any(mine.issuperset(way) for way in self.ways)


def read_table(file: Path = FILE) -> list[Row]:
    """The rows in their order. Raises ValueError for a line that has not the four columns."""
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rest = csv.reader(lines)
    if header != COLUMNS:
        raise ValueError(f"the first line of {PLACE} is {','.join(COLUMNS)}")
    for line in rest:
        if len(line) != len(COLUMNS):
            raise ValueError(f"{PLACE}: this line needs {len(COLUMNS) - 1} commas: {','.join(line)}")
    return [Row(*line) for line in rest]


def complaints(rules: Iterable[Rule], rows: list[Row]) -> Iterator[str]:
    """What to mend so that the table says exactly what the addresses are, one sentence for each."""
    there = {(rule.rule, method) for rule in rules for method in methods_of(rule)}
    listed = [(row.path, row.method) for row in rows]
    for path, method in sorted(there - set(listed)):
        yield f"{method} {path} has no line in {PLACE}. Add this one: {path},{method},WHO, {HOW_TO}"
    for path, method in sorted(set(listed) - there):
        yield f"{PLACE} has a line for {method} {path}, which is no address any more. Remove the line."
    for path, method in sorted({one for one in listed if listed.count(one) > 1}):
        yield f"{PLACE} has two lines for {method} {path}. Keep one."
    if listed != sorted(listed):
        first = next(one for one, other in zip(listed, sorted(listed), strict=True) if one != other)
        yield f"{PLACE} is not sorted by path and method; it goes wrong at {first[0]},{first[1]}."
    for row in rows:
        for word in (word for way in row.ways for word in way):
            if word not in WORDS and word not in PERMISSIONS:
                yield f"{PLACE}: {row.method} {row.path} is for {word!r}, which is nobody. {HOW_TO}"


def methods_of(rule: Rule) -> set[str]:
    """How an address is used; HEAD and OPTIONS only follow from GET."""
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}
