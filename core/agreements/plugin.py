"""What agreements add through the hooks: pages, doors in the menu, the signed PDF and its mails."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint

from core.agreements import promises  # noqa: F401  registers itself by being imported
from core.agreements.amending.link_views import revision
from core.agreements.amending.views import amending
from core.agreements.drafts.saving import drafts
from core.agreements.finding import keeping  # noqa: F401  listens by being imported
from core.agreements.history import HISTORY
from core.agreements.life import horizon, renewing  # noqa: F401  its job is declared by being imported
from core.agreements.life.views import life
from core.agreements.overview.handing_over import hand_over
from core.agreements.overview.list_views import lists
from core.agreements.overview.matters import matters_of
from core.agreements.overview.views import overview
from core.agreements.personal import views
from core.agreements.personal.declared import declared
from core.agreements.personal.erasing import erase, expired
from core.agreements.personal.reading import export, people
from core.agreements.signing import completion, reminders  # noqa: F401  its jobs are declared by being imported
from core.agreements.signing.link_views import link
from core.agreements.signing.views import signing
from core.agreements.verification.views import verification
from core.agreements.wheel import personal as wheel_personal
from core.agreements.wheel.history import HISTORY as WHEEL
from core.agreements.wheel.views import wheel
from core.obligations import reminders as _reminders  # noqa: F401  its jobs are declared by being imported
from core.obligations.feeds.history import HISTORY as FEEDS
from core.obligations.feeds.views import feeds
from core.obligations.history import HISTORY as OBLIGATIONS
from core.obligations.meeting_views import meetings
from core.obligations.views import obligations
from core.plugin_host.declarations import ActionText, HandedOver, Matter, MenuEntry, SubjectText
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Erasure, PersonalData, PersonFound, PersonKey, PersonRecord
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="agreements",
    title=Wording(nb="Avtaler", da="Aftaler", en="Agreements"),
    summary=Wording(
        nb="Skrive, signere og følge opp avtaler.",
        da="Skrive, underskrive og følge op på aftaler.",
        en="Write, sign and follow up agreements.",
    ),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """The pages of agreements, of what is due, of meetings, and of the year."""
    about = [overview, lists, drafts, signing, link, life, amending, revision, verification]
    return [*about, obligations, meetings, feeds, wheel]


@hook
def register_menu() -> list[MenuEntry]:
    """The list of agreements, the list of what is due, and the year."""
    agreements = Wording(nb="Avtaler", da="Aftaler", en="Agreements")
    deadlines = Wording(nb="Frister", da="Frister", en="Deadlines")
    year = Wording(nb="Årshjul", da="Årshjul", en="Annual wheel")
    return [
        MenuEntry("agreements", agreements, "agreements_overview.agreements", "agreement:read", weight=20),
        MenuEntry("obligations", deadlines, "agreements_obligations.due_list", "agreement:read", weight=30),
        MenuEntry("agreements.wheel", year, "agreements_wheel.page", "agreement:read", weight=35),
    ]


@hook
def register_personal_data() -> list[PersonalData]:
    """People, texts, signatures, deadlines and meetings of agreements, and the annual wheel."""
    return [*declared(), wheel_personal.declared()]


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """Agreements, requests to sign, promises with dates, calendar links and the annual wheel."""
    return [*HISTORY, *OBLIGATIONS, *FEEDS, *WHEEL]


@hook
def provide_matters(email: str) -> list[Matter]:
    """Agreements that were sent and name the address."""
    return matters_of(email)


@hook
def hand_over_work(from_account: UUID, to_account: UUID, dry_run: bool) -> list[HandedOver]:  # noqa: FBT001
    """An adviser's agreements."""
    return hand_over(from_account, to_account, dry_run=dry_run)


@hook
def provide_people(text: str) -> list[PersonFound]:
    """Contact persons and signatories."""
    return people(text)


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """What agreements, saved views and the annual wheel say about a person."""
    return [*export(who), *views.export(who), *wheel_personal.export(who)]


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """Take a person out of agreements that are no evidence any more, of saved views and of the wheel."""
    return [
        *erase(who, dry_run=dry_run),
        *views.erase(who, dry_run=dry_run),
        *wheel_personal.erase(who, dry_run=dry_run),
    ]


@hook
def erase_expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Agreements that ended long ago, and views of those who have left."""
    return [*expired(now, held, keys), *views.expired(now, held, keys)]


@hook
def on_agreement_activated(agreement_id: UUID) -> None:
    """Keep the signed PDF and tell everybody, once; tell the agreement that this one renews."""
    completion.complete(agreement_id)
    renewing.tell_predecessor(agreement_id)
