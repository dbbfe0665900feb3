"""Sessions of people from outside: apart from accounts, with a cookie of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Final
from uuid import UUID

from flask import current_app, g, request
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, select
from werkzeug.wrappers import Response

from core.access.roles import outside_roles
from core.access.scopes import widest
from core.access.security import external
from core.kernel import audit, clock, security_log
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.ids import new_id
from core.kernel.settings import Settings
from core.kernel.tokens import new_token, token_hash
from core.kernel.unit_of_work import unit_of_work
from core.persons.models import Link, Person, Visit
from core.tenancy.service import current_tenant
from core.web.cookies import cookie_name

COOKIE: Final = "visit"
IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=8)
NOTED_EVERY: Final = timedelta(minutes=1)
View = Callable[..., Any]


@dataclass(frozen=True)
class Visitor:
    """Somebody from outside who has come in; ``permissions`` are those of what the person is here."""

    person: Person
    visit_id: UUID
    permissions: frozenset[str]


def begin(link: Link, person: Person) -> str:
    """Let somebody in whose code was right; gives the secret for the browser."""
    secret = new_token()
    with unit_of_work(), audit.acting_as(audit.Actor("person", person.id)):
        db.session.add(
            Visit(id=new_id(), person_id=person.id, link_id=link.id, token_hash=token_hash(secret))
        )
        audit.record("person.came_in", "person", person.id)
        security_log.note(security_log.CAME_IN, person=person.id)
    return secret


def keep(response: Response, secret: str) -> Response:
    """Hand the secret to the browser; it sends it below this tenant's address only."""
    settings: Settings = current_app.config["FOTFESTE"]
    secure = not settings.development
    response.set_cookie(_cookie(), secret, path=_path(), httponly=True, samesite="Lax", secure=secure)
    return response


def leave(visitor: Visitor, response: Response) -> Response:
    """End a visit."""
    with unit_of_work():
        db.session.get_one(Visit, (current_tenant().id, visitor.visit_id)).ended_at = clock.now()
        audit.record("person.left", "person", visitor.person.id)
    response.delete_cookie(_cookie(), path=_path())
    return response


def visitors_only(view: View) -> View:
    """A page for people from outside who have come in; the view takes the visitor as its first argument.

    Everybody else gets 404, members too. A visit opens no other page of the tenant.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        visitor = current_visitor()
        if visitor is None:
            raise NotFound(
                "visit.over", _("To come in, open your personal link once more. We then send you a new code.")
            )
        audit.name_actor(audit.Actor("person", visitor.person.id))
        g.visitor = visitor
        return view(visitor, *args, **kwargs)

    return external(guarded)


def current_visitor() -> Visitor | None:
    """Who from outside is here, by the cookie of this tenant; None when nobody is, or for too long."""
    secret = request.cookies.get(_cookie(), "")
    if not secret:
        return None
    query = (
        select(Visit, Person)
        .join(Person, and_(Person.id == Visit.person_id, Person.tenant_id == Visit.tenant_id))
        .join(Link, and_(Link.id == Visit.link_id, Link.tenant_id == Visit.tenant_id))
        .where(
            Visit.token_hash == token_hash(secret),
            Visit.ended_at.is_(None),
            Visit.seen_at > clock.now() - IDLE,
            Visit.begun_at > clock.now() - LONGEST,
            Link.revoked_at.is_(None),
            Person.ended_at.is_(None),
        )
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    visit, person = found
    _note_presence(visit)
    granted = [role.permissions for role in outside_roles() if role.key == person.kind]
    return Visitor(person, visit.id, frozenset(widest(one for role in granted for one in role)))


def _note_presence(visit: Visit) -> None:
    if clock.now() - visit.seen_at >= NOTED_EVERY:
        with unit_of_work():
            visit.seen_at = clock.now()


def _cookie() -> str:
    return cookie_name(COOKIE, path=_path())


def _path() -> str:
    return f"/t/{current_tenant().slug}/"
