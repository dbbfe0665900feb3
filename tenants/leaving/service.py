"""The verbs of leaving. Each is for those who may end the tenant's use of the product."""

import logging
from collections.abc import Mapping, Sequence
from graphlib import CycleError
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import SQLAlchemyError

from core.access import addressees
from core.access import service as access
from core.access.approvals import service as approvals
from core.access.approvals.actions import action
from core.kernel import jobs
from core.kernel.errors import Conflict, Invalid
from core.kernel.tenant_rows import RowsLeftError
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.wording import Wording
from core.tenancy import closing, exports
from core.tenancy.service import current_tenant
from tenants.leaving import archive, mails

CLOSE = "tenant:close"
CLOSING = "tenants.close"
MAKE = "tenants.make_archive"
DELETE = "tenants.delete_those_who_left"
log = logging.getLogger(__name__)


class DeletingFailedError(RuntimeError):
    """Some tenants whose waiting period is over could not be deleted; the job is tried again."""


def require() -> access.Member:
    """The signed-in member, when allowed to end the tenant's use. Raises NotFound or Refused."""
    return access.require(CLOSE)


def archives() -> Sequence[exports.KeptExport]:
    """The archives that were asked for."""
    require()
    return exports.newest()


def ask_for_archive() -> None:
    """Let a job make an archive of everything. Raises Conflict while another is being made."""
    member = require()
    with unit_of_work():
        _begin_archive(member.account_id)
        mails.tell(addressees.those_who_may(CLOSE, "privacy:manage"), mails.export_asked(member.name))


def fetch(export_id: UUID) -> tuple[str, IO[bytes]]:
    """A finished archive with the name under which it is saved. Raises NotFound."""
    require()
    with unit_of_work():
        whole = exports.content(export_id)
    return f"{current_tenant().slug}.zip", whole


def ask_to_close(typed_name: str, reason: str) -> bool:
    """Let everything be deleted after the waiting period, and make an archive first.

    Where a colleague may approve, one has to; gives whether that is waited for. Who is alone begins at once:
    the waiting period is there to think again.
    Raises Invalid when the name is not the tenant's, Conflict when it was asked for already.
    """
    member, tenant = require(), current_tenant()
    if typed_name.casefold().split() != tenant.name.casefold().split():
        wrong = _("Write the name exactly: %(name)s", name=tenant.name)
        raise Invalid("closing.wrong_name", wrong, {"name": wrong})
    if approvals.somebody_can_decide():
        by = {"account": str(member.account_id)}
        approvals.ask(CLOSING, "tenant", tenant.id, reason=reason, arguments=by)
        return True
    close(member.account_id, member.name)
    return False


@action(
    CLOSING,
    Wording(
        nb="Virksomheten slutter å bruke Fotfeste. Alt slettes etter 30 dager.",
        da="Organisationen holder op med at bruge Fotfeste. Alt slettes efter 30 dage.",
        en="The organisation stops using Fotfeste. Everything is deleted after 30 days.",
    ),
)
def _close_as_approved(_tenant_id: UUID, arguments: Mapping[str, str], _reason: str) -> None:
    account_id = UUID(arguments["account"])
    close(account_id, access.names_of([account_id]).get(account_id, ""))


def close(account_id: UUID, name: str) -> None:
    """Begin the waiting period of the tenant in scope on behalf of an account, whose name its people read."""
    with unit_of_work():
        closing.ask(account_id)
        try:
            _begin_archive(account_id)
        except Conflict as problem:
            if problem.code != "export.waiting":
                raise
        day = current_tenant().closes_on
        if day is not None:
            mails.tell(addressees.every_member(), mails.closing_asked(name, day))


def take_back() -> None:
    """Stay after all. Raises Conflict when nobody asked to leave."""
    member = require()
    with unit_of_work():
        closing.take_back()
        mails.tell(addressees.every_member(), mails.closing_taken_back(member.name))


def _begin_archive(account_id: UUID) -> None:
    export_id = exports.ask(account_id)
    jobs.defer(MAKE, export_id=str(export_id))


@jobs.job(MAKE)
def make_archive(export_id: str) -> None:
    """Make an archive that was asked for, unless it is there."""
    if exports.is_ready(UUID(export_id)):
        return
    with TemporaryFile() as made:
        archive.write(made)
        with unit_of_work():
            exports.keep(UUID(export_id), made)


@jobs.job(DELETE, cron="30 2 * * *")
def delete_those_who_left() -> None:
    """Each night: remove old archives, and delete the tenants whose waiting period is over, one by one.

    Raises DeletingFailedError, after the others, when one could not be deleted.
    """
    exports.drop_old()
    failed = [tenant_id for tenant_id in closing.due() if not _deleted(tenant_id)]
    if failed:
        raise DeletingFailedError(f"{len(failed)} tenants could not be deleted")


def _deleted(tenant_id: UUID) -> bool:
    """Whether nothing stopped the deletion; what did is in the log, by the tenant's id."""
    try:
        closing.delete(tenant_id)
    except (SQLAlchemyError, RowsLeftError, CycleError):
        log.exception("the tenant %s could not be deleted", tenant_id)
        return False
    return True
