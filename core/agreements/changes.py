"""What differs between two contents of an agreement, and whether it needs new signatures. Pure functions.

Contacts who do not sign and logos are told by notice; everything else is what the parties have signed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from core.agreements.annexes.labels import annex_titles
from core.agreements.difference import Piece, marked
from core.agreements.printing.labels import Labels
from core.agreements.printing.reading import Reading, ReadSection, reading_of
from core.documents.blocks import to_plain

Content = Mapping[str, Any]
Place = tuple[str, ...]
TABLES = ("goals", "meetings", "contacts")


@dataclass(frozen=True)
class Change:
    """One thing that differs: where it stands, what it is called, the words that went and came."""

    place: str
    what: str
    before: str
    after: str
    needs_signatures: bool

    @property
    def pieces(self) -> list[Piece]:
        """The words in the order of reading."""
        return marked(self.before, self.after)

    @property
    def heading(self) -> str:
        """Where it stands and what it is called."""
        return " · ".join(part for part in (self.place, self.what) if part)


@dataclass(frozen=True)
class Changes:
    """Everything that differs, in the order of the agreement; `language` is that of its text."""

    all: tuple[Change, ...]
    language: str
    needs_signatures: bool

    @property
    def to_sign(self) -> tuple[Change, ...]:
        """What the parties must sign."""
        return tuple(one for one in self.all if one.needs_signatures)

    @property
    def to_tell(self) -> tuple[Change, ...]:
        """What the parties need only be told."""
        return tuple(one for one in self.all if not one.needs_signatures)

    @property
    def headings(self) -> tuple[str, ...]:
        """Where something differs, each place once."""
        return tuple(dict.fromkeys(one.heading for one in self.all))


@dataclass(frozen=True)
class _Line:
    place: str
    what: str
    text: str
    is_signed: bool = True


def changes_between(before: Content, after: Content, labels: Labels) -> Changes:
    """The changes from one content to another; `labels` are in the language of the agreement."""
    old, new = dict(_lines(before, labels)), dict(_lines(after, labels))
    found = [_change(old.get(place), new.get(place)) for place in {**new, **old}]
    changes = [one for one in found if one is not None]
    needs_signatures = _signed_part(before) != _signed_part(after)
    if needs_signatures and not any(one.needs_signatures for one in changes):
        other = _("Other terms")
        changes.append(Change(other, "", "", other, needs_signatures=True))
    return Changes(tuple(changes), after["language"], needs_signatures)


def _change(old: _Line | None, new: _Line | None) -> Change | None:
    before, after, named = old.text if old else "", new.text if new else "", new or old
    if named is None or before == after:
        return None
    is_signed = any(one is not None and one.is_signed for one in (old, new))
    return Change(named.place, named.what, before, after, is_signed)


def _signed_part(content: Content) -> Content:
    """The content without what needs only notice: whatever a later edition adds needs signatures."""
    signing = _signing(content)
    return {
        **{name: value for name, value in content.items() if name != "amends"},
        "parties": [{**one, "logo": ""} for one in content["parties"]],
        "sections": [
            {**section, "contacts": [one for one in section["contacts"] if _person(one) in signing]}
            for section in content["sections"]
        ],
    }


def _signing(content: Content) -> set[tuple[str, str]]:
    return {_person(one) for one in content["signatories"]}


def _person(one: Mapping[str, str]) -> tuple[str, str]:
    return one["name"], one["email"].casefold()


def _lines(content: Content, labels: Labels) -> Iterator[tuple[Place, _Line]]:
    reading = reading_of(content, labels)
    yield ("title",), _Line(_("Title"), "", content["title"])
    yield from _parties(content, reading)
    for one in content["signatories"]:
        words = ", ".join(part for part in (one["name"], one["role_title"], one["email"]) if part)
        yield ("signatory", one["party_key"]), _Line(_("Who signs"), one["party_name"], words)
    for section, read in zip(content["sections"], reading.sections, strict=True):
        yield from _clauses(section, read)
        yield from _rows(section, read, _signing(content))
    yield ("duration",), _Line(labels.period, "", reading.facts[-1][1])
    for annex in content.get("annexes", ()):
        words = "\n".join(one["title"] for one in annex.get("activities", ())) or _("included")
        yield ("annex", annex["key"]), _Line(_("Annexes"), annex_titles()[annex["key"]], words)


def _parties(content: Content, reading: Reading) -> Iterator[tuple[Place, _Line]]:
    sectors = {"private": _("Private"), "public": _("Public")}
    for party, (title, words) in zip(content["parties"], reading.facts, strict=False):
        sector = sectors.get(party["sector"], "")
        yield (
            ("party", party["key"]),
            _Line(_("Parties"), title, ", ".join(part for part in (words, sector) if part)),
        )
        logo = _("Logo number %(number)s", number=party["logo"][:8]) if party["logo"] else ""
        yield ("logo", party["key"]), _Line(_("Logo"), title, logo, is_signed=False)


def _clauses(section: Mapping[str, Any], read: ReadSection) -> Iterator[tuple[Place, _Line]]:
    for number, (clause, shown) in enumerate(zip(section["clauses"], read.clauses, strict=True), start=1):
        what = _("clause %(number)s", number=number) if len(read.clauses) > 1 else ""
        yield ("clause", section["key"], clause["key"]), _Line(read.title, what, to_plain(shown.blocks))


def _rows(
    section: Mapping[str, Any], read: ReadSection, signing: set[tuple[str, str]]
) -> Iterator[tuple[Place, _Line]]:
    tables = iter(read.tables)
    for kind in TABLES:
        table = next(tables) if section[kind] else None
        for one, row in zip(section[kind], table.rows if table else (), strict=True):
            is_signed = kind != "contacts" or _person(one) in signing
            yield (
                (kind, one["key"]),
                _Line(read.title, row[0], "\n".join(cell for cell in row[1:] if cell), is_signed),
            )
