"""One-time codes: six digits that the person gets by another way than the link, where there is one."""

import hmac
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from core.kernel import clock, security_log
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid, Problem
from core.kernel.ids import new_id
from core.kernel.tokens import token_hash
from core.kernel.unit_of_work import unit_of_work
from core.persons import letters
from core.persons.admission import link_of, ways_to
from core.persons.models import Code, Link, Person

LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5
PER_HOUR: Final = 5
DIGITS: Final = 6


class TooManyCodes(Problem):
    """So many codes were asked for that somebody may be trying."""

    status = 429


def send_code(token: str) -> None:
    """Send a new code to whom a link belongs; an earlier one stops working.

    Raises TooManyCodes after five in an hour, counted in the database for the person, not for the caller.
    """
    with unit_of_work():
        link, person = link_of(token, lock=True)
        _refuse_too_many(person.id)
        ways = ways_to(person)
        if not ways:
            raise Conflict(
                "person.no_way", _("We cannot send you a code. Ask whoever gave you the link to help you.")
            )
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        row = Code(
            id=new_id(),
            person_id=person.id,
            link_id=link.id,
            code_hash=_hash(token, code),
            sent_at=clock.now(),
            expires_at=clock.now() + LASTS,
        )
        db.session.add(row)
        letters.send_code(person, _other_way(link.way, ways), code)


def _other_way(link_way: str, ways: list[str]) -> str:
    """The way that the link did not take, so that one stolen mailbox or phone is not enough."""
    return next((way for way in ways if way != link_way), ways[0])


def _refuse_too_many(person_id: UUID) -> None:
    an_hour_ago = clock.now() - timedelta(hours=1)
    query = select(func.count(Code.id)).where(Code.person_id == person_id, Code.sent_at > an_hour_ago)
    if (db.session.scalar(query) or 0) >= PER_HOUR:
        security_log.note(security_log.LIMITED, code="person.too_many_codes", person=person_id)
        raise TooManyCodes(
            "person.too_many_codes", _("You have asked for many codes. Wait an hour before you try again.")
        )


def is_sent(token: str) -> bool:
    """Whether a code that can still be used has been sent for a link."""
    link, _person = link_of(token)
    row = _newest(link.id)
    return row is not None and _counts(row)


def check(token: str, code: str) -> tuple[Link, Person]:
    """Use up a code; gives the link and its person. Each wrong try counts, whatever happens afterwards.

    Raises Invalid, with the same words for a wrong, an old and a used code.
    """
    digits = "".join(one for one in code if one.isdigit())
    with unit_of_work():
        link, person = link_of(token, lock=True)
        row = _newest(link.id, lock=True)
        is_right = (
            row is not None and _counts(row) and hmac.compare_digest(row.code_hash, _hash(token, digits))
        )
        if row is not None:
            row.tries += 1
            row.used_at = clock.now() if is_right else row.used_at
    if not is_right:
        security_log.note(security_log.CODE_FAILED, person=person.id, tries=row.tries if row else 0)
        wrong = _("This code is wrong or no longer works. Check it, or ask for a new one.")
        raise Invalid("person.wrong_code", wrong, {"code": wrong})
    return link, person


def _counts(row: Code) -> bool:
    return row.used_at is None and row.tries < TRIES and row.expires_at > clock.now()


def _newest(link_id: UUID, *, lock: bool = False) -> Code | None:
    query = select(Code).where(Code.link_id == link_id).order_by(Code.sent_at.desc(), Code.id.desc()).limit(1)
    return db.session.scalar(query.with_for_update() if lock else query)


def _hash(token: str, code: str) -> str:
    return token_hash(f"{token}:{code}")
