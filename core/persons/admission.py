"""Letting somebody from outside in: a personal link, sent by mail or text, which alone opens nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, select, update

from core.access import service as access
from core.kernel import audit, clock, sms
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.persons import letters
from core.persons.models import Link, Person, Visit
from core.persons.reaching import ADMIT, find, find_open
from core.tenancy.service import current_tenant

LASTS: Final = timedelta(days=30)


@dataclass(frozen=True)
class OpenLink:
    """A link that still works, as the person's page shows it."""

    id: UUID
    way: str
    given_by: str
    given_at: datetime
    expires_at: datetime


def ways_to(person: Person) -> list[str]:
    """How something can be sent to a person: ``email``, ``sms``."""
    by_phone = bool(person.phone) and sms.is_offered()
    return [way for way, there in (("email", bool(person.email)), ("sms", by_phone)) if there]


def give_link(person_id: UUID, way: str, address: Callable[[str], str]) -> None:
    """Send a personal link that works for 30 days; an earlier one stops working.

    ``address`` gives the full address of the page for a token. Raises Conflict for somebody who is no longer
    here and for a tenant that is not confirmed, Invalid when there is no such way to the person.
    """
    member = access.require(ADMIT)
    with unit_of_work():
        person = find_open(person_id, ADMIT, lock=True)
        _refuse_unready(person, way)
        _stop(Link.person_id == person.id)
        token = new_token()
        link = Link(
            id=new_id(),
            person_id=person.id,
            way=way,
            token_hash=token_hash(token),
            given_by=member.account_id,
            expires_at=clock.now() + LASTS,
        )
        db.session.add(link)
        audit.record("person.link_given", "person", person.id)
        letters.send_link(person, way, address(token))


def _refuse_unready(person: Person, way: str) -> None:
    if not current_tenant().confirmed:
        raise Conflict(
            "tenant.not_confirmed",
            _("Nothing is sent to people outside until your organisation is confirmed."),
        )
    if person.ended_at is not None:
        raise Conflict("person.ended", _("This person is no longer here. Take the work up again first."))
    if way not in ways_to(person):
        missing = _("Write down an e-mail address or a mobile phone first.")
        raise Invalid("person.no_way", missing, {"way": missing})


def revoke_link(person_id: UUID, link_id: UUID) -> None:
    """Take a link back; whoever has come in by it is out. Raises NotFound."""
    with unit_of_work():
        person = find(person_id, ADMIT)
        known = select(Link.id).where(Link.id == link_id, Link.person_id == person.id)
        if db.session.scalar(known) is None:
            raise NotFound("person.no_link", _("We cannot find this link."))
        _stop(Link.id == link_id)
        audit.record("person.link_revoked", "person", person.id)


def _stop(chosen: ColumnElement[bool]) -> None:
    now = clock.now()
    links = select(Link.id).where(chosen, Link.revoked_at.is_(None))
    visits = update(Visit).where(Visit.link_id.in_(links), Visit.ended_at.is_(None)).values(ended_at=now)
    db.session.execute(visits.execution_options(synchronize_session=False))
    stopped = update(Link).where(chosen, Link.revoked_at.is_(None)).values(revoked_at=now)
    db.session.execute(stopped.execution_options(synchronize_session=False))


def open_links(person_id: UUID) -> list[OpenLink]:
    """Links of a person that still work, newest first."""
    query = select(Link).where(Link.person_id == person_id, _works()).order_by(Link.given_at.desc()).limit(5)
    rows = list(db.session.scalars(query))
    names = access.names_of(row.given_by for row in rows)
    return [
        OpenLink(row.id, row.way, names.get(row.given_by, ""), row.given_at, row.expires_at) for row in rows
    ]


def link_of(token: str, *, lock: bool = False) -> tuple[Link, Person]:
    """The link that a token stands for, with its person.

    Raises NotFound for a link that nobody was given, Gone for one that no longer works.
    """
    query = (
        select(Link, Person)
        .join(Person, and_(Person.id == Link.person_id, Person.tenant_id == Link.tenant_id))
        .where(Link.token_hash == token_hash(token))
    )
    found = db.session.execute(query.with_for_update(of=Person) if lock else query).one_or_none()
    if found is None:
        raise NotFound("person.unknown_link", _("This link is not valid. Check that you copied all of it."))
    link, person = found
    if link.revoked_at or link.expires_at <= clock.now() or person.ended_at:
        raise Gone("person.link_gone", _("This link can no longer be used. Ask for a new one."))
    return link, person


def _works() -> ColumnElement[bool]:
    return and_(Link.revoked_at.is_(None), Link.expires_at > clock.now())
