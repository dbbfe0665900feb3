"""The verbs about a person: register, change, end, show the number, and one person as the page shows them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import new_id
from core.kernel.scope import current_tenant_id
from core.kernel.secrets import blind_index, blind_indexes
from core.kernel.sorting import nordic_sort_key
from core.kernel.unit_of_work import unit_of_work
from core.persons.models import NATIONAL_ID, Link, Person, Visit
from core.persons.reaching import SHIELDED, WRITE, find, find_open, may, reach_of
from core.plugin_host.declarations import NumberCheck
from core.tenancy.kinds import kind_of
from core.tenancy.service import current_tenant
from core.tenancy.units import unit_by_id

REVEAL = "national_id:reveal"
CONTACT = ("email", "phone", "address")
"""What is hidden of a shielded person."""


@dataclass(frozen=True)
class Entry:
    """What is written about a person. ``national_id`` is compact; None leaves the number as it is."""

    kind: str
    name: str
    language: str
    email: str = ""
    phone: str = ""
    born_on: date | None = None
    national_id: str | None = None
    address: str = ""
    shield: str = ""
    adviser_id: UUID | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Shown:
    """A person as the page shows them. The number is masked unless it was just asked for.

    ``hides_contact`` tells that address, phone and e-mail are there, but not for this reader.
    """

    id: UUID
    kind: str
    name: str
    language: str
    email: str
    phone: str
    address: str
    born_on: date | None
    number: str
    shield: str
    adviser: str
    unit: str
    created_at: datetime
    ended_at: datetime | None
    hides_contact: bool
    number_is_masked: bool


def person_number() -> NumberCheck | None:
    """How the country of the tenant in scope numbers its people."""
    kind = kind_of(current_tenant().kind)
    return kind.person_number if kind else None


def register(entry: Entry) -> UUID:
    """Write down somebody new. Raises Invalid when the number is known, or the member could not see them."""
    access.require(WRITE)
    person = Person(id=new_id())
    fields = _fill(person, entry)
    _must_stay_in_reach(person)
    with _one_number_once(), unit_of_work():
        _refuse_known_number(entry.national_id, person.id)
        db.session.add(person)
        audit.record("person.registered", "person", person.id, fields=fields)
    return person.id


def change(person_id: UUID, entry: Entry) -> None:
    """Change what is written about a person. Raises Conflict for somebody who is no longer here."""
    with _one_number_once(), unit_of_work():
        person = find_open(person_id, WRITE, lock=True)
        _refuse_ended(person)
        _refuse_known_number(entry.national_id, person.id)
        fields = _fill(person, entry)
        _must_stay_in_reach(person)
        if fields:
            audit.record("person.changed", "person", person.id, fields=fields)


def end(person_id: UUID) -> None:
    """Say that the organisation works with somebody no longer; their links and visits stop working."""
    with unit_of_work():
        person = find(person_id, WRITE, lock=True)
        if person.ended_at is not None:
            return
        person.ended_at = now = clock.now()
        for table, column in ((Link, "revoked_at"), (Visit, "ended_at")):
            still_open = getattr(table, column).is_(None)
            query = update(table).where(table.person_id == person.id, still_open).values({column: now})
            db.session.execute(query)
        audit.record("person.ended", "person", person.id)


def take_up_again(person_id: UUID) -> None:
    """Work with somebody again. They need a new link to come in."""
    with unit_of_work():
        person = find(person_id, WRITE, lock=True)
        if person.ended_at is not None:
            person.ended_at = None
            audit.record("person.taken_up_again", "person", person.id)


def show(person_id: UUID) -> Shown:
    """One person, which is written down as looked at."""
    shown = _shown(find(person_id))
    audit.looked_at("person", shown.id, fields=_filled(shown))
    return shown


def reveal_number(person_id: UUID) -> Shown:
    """One person with the whole number, once; each time is written down."""
    person = find(person_id, REVEAL)
    shown = _shown(person, number=person.national_id or "")
    with unit_of_work():
        audit.record("person.number_shown", "person", person.id, fields=["national_id"])
    return shown


def stored(person_id: UUID) -> Person:
    """A person whose data the member may change, with everything that the form shows."""
    person = find_open(person_id, WRITE)
    _refuse_ended(person)
    audit.looked_at("person", person.id, fields=("name", "born_on", *CONTACT))
    return person


def _shown(person: Person, *, number: str | None = None) -> Shown:
    hides = bool(person.shield) and not may(SHIELDED, person)
    names = access.names_of([person.adviser_id] if person.adviser_id else [])
    contact = {name: "" if hides else getattr(person, name) for name in CONTACT}
    return Shown(
        id=person.id,
        kind=person.kind,
        name=person.name,
        language=person.language,
        **contact,
        born_on=person.born_on,
        number=masked(person) if number is None else number,
        shield=person.shield,
        adviser=names.get(person.adviser_id, "") if person.adviser_id else "",
        unit=unit_by_id(person.unit_id).name if person.unit_id else "",
        created_at=person.created_at,
        ended_at=person.ended_at,
        hides_contact=hides,
        number_is_masked=number is None,
    )


def masked(person: Person) -> str:
    """A person's number with what is secret of it hidden; empty when there is none."""
    check, number = person_number(), person.national_id
    if not number:
        return ""
    return check.masked(number) if check else "*" * len(number)


def _filled(shown: Shown) -> list[str]:
    return [name for name in ("name", "born_on", *CONTACT) if getattr(shown, name)]


def _fill(person: Person, entry: Entry) -> list[str]:
    """Write an entry into a row; gives the names of what changed."""
    values = {
        name: getattr(entry, name)
        for name in ("kind", "name", "language", "phone", "born_on", "address", "shield")
    }
    values |= {"email": entry.email.casefold(), "adviser_id": entry.adviser_id, "unit_id": entry.unit_id}
    values["sort_key"] = nordic_sort_key(entry.name, current_tenant().language)[:200]
    if entry.national_id is not None:
        values["national_id"] = number = entry.national_id or None
        values["national_id_index"] = number and blind_index(NATIONAL_ID, number, current_tenant_id())
    changed = [name for name, value in values.items() if (getattr(person, name) or None) != (value or None)]
    for name in changed:
        setattr(person, name, values[name])
    return [name for name in changed if name not in {"sort_key", "national_id_index"}]


def _must_stay_in_reach(person: Person) -> None:
    if not access.decide(WRITE, of=reach_of(person)).allowed:
        sentence = _("Choose yourself, or one of your units, or you could not see this person any more.")
        raise Invalid("person.out_of_reach", sentence, {"adviser": sentence})


def _refuse_ended(person: Person) -> None:
    if person.ended_at is not None:
        raise Conflict("person.ended", _("This person is no longer here. Take the work up again first."))


def has_number(numbers: Iterable[str]) -> UUID | None:
    """The id of whoever has one of the blind indexes."""
    return db.session.scalar(select(Person.id).where(Person.national_id_index.in_(list(numbers))))


def _refuse_known_number(number: str | None, person_id: UUID) -> None:
    if not number:
        return
    known = has_number(blind_indexes(NATIONAL_ID, number, current_tenant_id()))
    if known not in {None, person_id}:
        raise _known_number()


def _known_number() -> Invalid:
    sentence = _("Somebody is registered with this number already. Find them by the number instead.")
    return Invalid("person.known_number", sentence, {"national_id": sentence})


@contextmanager
def _one_number_once() -> Iterator[None]:
    """Tell what two who register the same number at the same moment both did as what it is."""
    try:
        yield
    except IntegrityError as error:
        if "national_id_index" in str(error.orig):
            raise _known_number() from error
        raise
