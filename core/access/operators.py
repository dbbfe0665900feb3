"""Operators: the accounts that may open the pages of those who run the product. No tenant makes one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_security import current_user
from sqlalchemy import exists, select

from core.access.models import Account, Operator
from core.access.service import account_by_email
from core.kernel import clock, security_log
from core.kernel.database import db
from core.kernel.errors import Conflict, NotFound
from core.kernel.ids import new_id
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work


@dataclass(frozen=True)
class OperatorLine:
    """An operator as the list shows one; ``ended_at`` is None for those who are."""

    name: str
    email: str
    since: datetime
    named_by: str
    ended_at: datetime | None


def is_operator(account_id: UUID) -> bool:
    """Whether an account is an operator now."""
    query = exists().where(Operator.account_id == account_id, Operator.ended_at.is_(None))
    return bool(db.session.scalar(select(query)))


def require() -> Account:
    """The signed-in operator. Raises NotFound for everybody else: nobody learns that there is such a page."""
    if not current_user.is_authenticated or not is_operator(current_user.id):
        raise NotFound("platform.not_an_operator", _("We cannot find this page."))
    account: Account = current_user._get_current_object()  # noqa: SLF001  Flask's own way
    return account


def add(email: str, named_by: str) -> None:
    """Make an account an operator. Raises NotFound for an unknown address, Conflict when it is one."""
    with platform_scope("name an operator"), unit_of_work():
        account = _account(email)
        if is_operator(account.id):
            raise Conflict("operator.already", _("This account is an operator already."))
        db.session.add(Operator(id=new_id(), account_id=account.id, named_by=named_by))
        security_log.note(security_log.OPERATOR_NAMED, account=account.id)


def end(email: str) -> None:
    """Let an account be an operator no longer. Raises NotFound when it is none."""
    with platform_scope("end an operator's access"), unit_of_work():
        account = _account(email)
        query = select(Operator).where(Operator.account_id == account.id, Operator.ended_at.is_(None))
        found = db.session.scalar(query.with_for_update())
        if found is None:
            raise NotFound("operator.not_found", _("This account is not an operator."))
        found.ended_at = clock.now()
        security_log.note(security_log.OPERATOR_ENDED, account=account.id)


def every_operator() -> list[OperatorLine]:
    """Operators of today and of earlier, the newest first."""
    with platform_scope("list the operators"):
        query = (
            select(Operator, Account.name, Account.email)
            .join(Account, Account.id == Operator.account_id)
            .order_by(Operator.since.desc())
        )
        return [
            OperatorLine(name, email, row.since, row.named_by, row.ended_at)
            for row, name, email in db.session.execute(query)
        ]


def _account(email: str) -> Account:
    account = account_by_email(email)
    if account is None:
        raise NotFound("operator.no_account", _("No account has this e-mail address."))
    return account
