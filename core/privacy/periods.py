"""Letting go of what is due: by itself where a category says so, else when somebody says so."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.access.personal.accounts import erase_account, unused_since
from core.kernel import audit, clock, jobs, mail, sms
from core.kernel.errors import Conflict, Invalid
from core.kernel.scope import current_tenant_id, platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.privacy import PersonalData, Retention
from core.privacy import asking, holds
from core.privacy.declared import all_personal_data
from core.privacy.inquiries import MANAGE
from core.tenancy.service import every_tenant

CATEGORY = "privacy.let_go_of_category"
EVERYWHERE, IN_TENANT, ON_PLATFORM = (
    "privacy.let_go_everywhere",
    "privacy.let_go",
    "privacy.let_go_on_platform",
)
ACCOUNTS, MAILS = "access.accounts", "privacy.mails"


@dataclass(frozen=True)
class Due:
    """How much of a category is due today."""

    data: PersonalData
    count: int


def due() -> list[Due]:
    """What waits for somebody's click: categories that do not go by themselves, with the number of rows."""
    access.require(MANAGE)
    declared = {one.key: one for one in all_personal_data()}
    counts = {one.data: one.count for one in asking.expired(clock.now(), holds.held_people(), [])}
    return [
        Due(declared[key], counts[key])
        for key in sorted(counts)
        if key in declared and not declared[key].automatic
    ]


def let_go(key: str) -> int:
    """Have what is due in one category erased by a job; gives the count. Raises Invalid or Conflict."""
    access.require(MANAGE)
    if key not in {one.key for one in all_personal_data()}:
        raise Invalid("privacy.no_category", _("Choose one of the categories on the page."))
    count = sum(one.count for one in due() if one.data.key == key)
    if not count:
        raise Conflict("privacy.nothing_due", _("Nothing is due in this category any more."))
    with unit_of_work():
        audit.record("privacy.let_go_asked", "tenant", current_tenant_id(), fields=[key])
        jobs.defer(CATEGORY, once=key, key=key)
    return count


@jobs.job(CATEGORY)
def let_go_of_category(key: str) -> None:
    """Erase what is due in one category; a second run finds nothing."""
    _let_go([key])


@jobs.job(EVERYWHERE, cron="40 2 * * *")
def let_go_everywhere() -> None:
    """Each night: one job for each tenant, and one for what belongs to none."""
    tenants = every_tenant("let go of personal data whose time is over")
    with unit_of_work():
        for tenant in tenants:
            jobs.defer(IN_TENANT, once="night", tenant_id=str(tenant.id))
        jobs.defer(ON_PLATFORM)


@jobs.job(IN_TENANT)
def let_go_in_tenant() -> None:
    """Erase what is due in the categories that go by themselves; a second run finds nothing."""
    _let_go([one.key for one in all_personal_data() if one.automatic])


def _let_go(keys: list[str]) -> None:
    with unit_of_work():
        done = asking.expired(clock.now(), holds.held_people(), keys)
        gone = sorted({one.data for one in done} & set(keys))
        if gone:
            audit.record("privacy.let_go", "tenant", current_tenant_id(), fields=gone)


@jobs.job(ON_PLATFORM, platform=True)
def let_go_on_platform() -> None:
    """Delete old messages, and empty accounts that nobody has used for the period of accounts."""
    with platform_scope("let go of messages and accounts whose time is over"), unit_of_work():
        before = _period(MAILS).cut_off(clock.now())
        mail.delete_before(before)
        sms.delete_before(before)
        for account_id in unused_since(_period(ACCOUNTS).cut_off(clock.now())):
            erase_account(account_id)


def _period(key: str) -> Retention:
    return next(one.retention for one in all_personal_data() if one.key == key)
