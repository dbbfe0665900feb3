"""Who the contacts of an agreement are today, on which side they stand, and whom to write to instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.access.service import Person
from core.access.standing_in.service import covered_now
from core.agreements.contacts.models import ContactDeputy
from core.agreements.models import Contact
from core.agreements.signing.case import newest_version, today
from core.kernel.database import db


@dataclass(frozen=True)
class Deputy:
    """Who stands in for somebody."""

    name: str
    role_title: str
    email: str
    phone: str


@dataclass(frozen=True)
class Listed:
    """A contact as it is today. ``title`` is what the agreement calls it; ``is_ours``: the tenant's side."""

    row: Contact
    title: str
    party: str
    is_ours: bool
    deputy: Deputy | None = None
    absent_from: date | None = None
    absent_until: date | None = None

    @property
    def is_absent(self) -> bool:
        """Whether the contact is absent today."""
        return covers(self.absent_from, self.absent_until, today())

    @property
    def reached_now(self) -> Deputy:
        """Whom to turn to today: the deputy of somebody who is absent, else the contact."""
        if self.is_absent and self.deputy is not None:
            return self.deputy
        return Deputy(self.row.name, self.row.role_title, self.row.email, self.row.phone)


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Whether a day lies in a period; one without a last day goes on."""
    return first is not None and first <= day and (last is None or day <= last)


def listed(agreement_id: UUID) -> list[Listed]:
    """The contacts that the signed text names, in its order, as they are today, by four queries.

    A member of ours who has set a stand-in for today is absent, and the stand-in is the deputy where no other
    one is named.
    """
    version = newest_version(agreement_id)
    if version is None:
        return []
    query = select(Contact).where(Contact.agreement_id == agreement_id, Contact.name != "")
    rows = {row.key: row for row in db.session.scalars(query)}
    deputies = _deputies(agreement_id)
    found = [_with_deputy(one, deputies.get(one.row.id), rows) for one in _named(version.content, rows)]
    stand_ins = covered_now()
    return [_stood_in_for(one, stand_ins.get(one.row.email.casefold())) for one in found]


def _stood_in_for(one: Listed, cover: tuple[Person, date] | None) -> Listed:
    if cover is None or not one.is_ours or one.is_absent:
        return one
    person, last_day = cover
    deputy = one.deputy or Deputy(person.name, "", person.email, "")
    return replace(one, deputy=deputy, absent_from=today(), absent_until=last_day)


def cover_of(contact_id: UUID) -> ContactDeputy | None:
    """Who stands in for a contact, and when, if anything was written down."""
    return db.session.scalar(select(ContactDeputy).where(ContactDeputy.contact_id == contact_id))


def _named(content: Mapping[str, Any], rows: Mapping[str, Contact]) -> Iterable[Listed]:
    ours = {one["name"] for one in content["parties"] if one["is_tenant"]}
    for section in content["sections"]:
        for one in section["contacts"]:
            if one["key"] in rows:
                yield Listed(rows[one["key"]], one["title"], one["party"], one["party"] in ours)


def _deputies(agreement_id: UUID) -> dict[UUID, ContactDeputy]:
    query = select(ContactDeputy).where(ContactDeputy.agreement_id == agreement_id)
    return {row.contact_id: row for row in db.session.scalars(query)}


def _with_deputy(one: Listed, found: ContactDeputy | None, rows: Mapping[str, Contact]) -> Listed:
    if found is None:
        return one
    other = rows.get(found.deputy_key)
    deputy = None
    if other is not None:
        deputy = Deputy(other.name, other.role_title, other.email, other.phone)
    elif found.name:
        deputy = Deputy(found.name, "", found.email, found.phone)
    return replace(one, deputy=deputy, absent_from=found.absent_from, absent_until=found.absent_until)


def others(people: Iterable[Listed], keys: Iterable[str]) -> list[Listed]:
    """The other parties' contacts whom mail can reach: those that a promise names, or all where none fits."""
    wanted = set(keys)
    reachable = [one for one in people if not one.is_ours and one.reached_now.email]
    return [one for one in reachable if one.row.key in wanted] or reachable
