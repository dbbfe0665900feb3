"""What agreements add through the hooks: pages, doors in the menu, the signed PDF and its mails."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint

from core.agreements import promises  # noqa: F401  registers itself by being imported
from core.agreements.amending.link_views import revision
from core.agreements.amending.views import amending
from core.agreements.annexes.views import annexes
from core.agreements.by_law.views import by_law
from core.agreements.comments import personal as comments_personal
from core.agreements.comments.history import HISTORY as COMMENTS
from core.agreements.comparing.views import comparing
from core.agreements.contacts import asking, bounces  # noqa: F401  their jobs are declared by being imported
from core.agreements.contacts.history import HISTORY as CONTACTS
from core.agreements.contacts.link_views import contact_links
from core.agreements.contacts.views import contacts
from core.agreements.copies.views import copies
from core.agreements.discussion.views import discussion
from core.agreements.drafts.saving import drafts
from core.agreements.evaluating import next_draft
from core.agreements.evaluating import personal as evaluating_personal
from core.agreements.evaluating.history import HISTORY as EVALUATING
from core.agreements.evaluating.link_views import assessing
from core.agreements.evaluating.views import evaluating
from core.agreements.finding import keeping  # noqa: F401  listens by being imported
from core.agreements.history import HISTORY
from core.agreements.library.views import library
from core.agreements.life import horizon, renewing  # noqa: F401  its job is declared by being imported
from core.agreements.life.views import life
from core.agreements.measuring import keeping as _keeping  # noqa: F401  its jobs are declared by being imported
from core.agreements.measuring import measures
from core.agreements.measuring import personal as goals_personal
from core.agreements.measuring.history import HISTORY as GOALS
from core.agreements.measuring.views import goals
from core.agreements.overview.handing_over import hand_over
from core.agreements.overview.list_views import lists
from core.agreements.overview.matters import matters_of
from core.agreements.overview.views import overview
from core.agreements.personal import answers, views
from core.agreements.personal.declared import declared
from core.agreements.personal.erasing import erase, expired
from core.agreements.personal.reading import export, people
from core.agreements.preview.views import preview
from core.agreements.reports.history import HISTORY as REPORTS
from core.agreements.reports.link_views import report_links
from core.agreements.reports.views import reports
from core.agreements.signing import completion, reminders  # noqa: F401  its jobs are declared by being imported
from core.agreements.signing.behalf_views import behalf
from core.agreements.signing.elsewhere import collecting, handing_over  # noqa: F401  their jobs, by being imported
from core.agreements.signing.elsewhere.callbacks import callbacks
from core.agreements.signing.elsewhere.views import at_service
from core.agreements.signing.gathering.views import gathering
from core.agreements.signing.link_views import link
from core.agreements.signing.order_views import order
from core.agreements.signing.paper.views import paper
from core.agreements.signing.providers.built_in import PERSONAL_LINK
from core.agreements.signing.providers.history import HISTORY as PROVIDERS
from core.agreements.signing.providers.views import signing_settings
from core.agreements.signing.views import signing
from core.agreements.variants import comparing_views, editing_views  # noqa: F401  their pages join by import
from core.agreements.variants import personal as variants_personal
from core.agreements.variants.history import HISTORY as VARIANTS
from core.agreements.variants.views import variants
from core.agreements.verification.views import verification
from core.agreements.wheel import personal as wheel_personal
from core.agreements.wheel.history import HISTORY as WHEEL
from core.agreements.wheel.views import wheel
from core.agreements.word import personal as word_personal
from core.agreements.word.views import word
from core.obligations import reminders as _reminders  # noqa: F401  its jobs are declared by being imported
from core.obligations.feeds.history import HISTORY as FEEDS
from core.obligations.feeds.views import feeds
from core.obligations.history import HISTORY as OBLIGATIONS
from core.obligations.meeting_views import meetings
from core.obligations.views import obligations
from core.plugin_host.declarations import (
    ActionText,
    GoalMeasure,
    HandedOver,
    Matter,
    Measured,
    MeasureQuestion,
    MenuEntry,
    SubjectText,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Erasure, PersonalData, PersonFound, PersonKey, PersonRecord
from core.plugin_host.signing import SigningProvider
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

_ROOMS = (
    evaluating_personal,
    goals_personal,
    comments_personal,
    wheel_personal,
    word_personal,
    variants_personal,
)
"""Rooms of agreements that hold something about people of their own."""


@hook
def register_blueprints() -> list[Blueprint]:
    """The pages of agreements, of what is due, of meetings, and of the year."""
    about = [overview, by_law, lists, drafts, signing, link, life, goals, verification, variants]
    writing = [copies, preview, comparing, library, discussion, annexes, word]
    ways_to_sign = [order, behalf, gathering, paper, at_service, callbacks, signing_settings]
    kept = [obligations, meetings, feeds, wheel, evaluating, assessing]
    told = [reports, report_links, contacts, contact_links]
    return [*about, *writing, *ways_to_sign, *kept, *told, amending, revision]


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
    return [*declared(), answers.declared(), *(room.declared() for room in _ROOMS)]


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """Agreements, requests to sign, promises with dates, calendar links and the annual wheel."""
    return [
        *HISTORY,
        *OBLIGATIONS,
        *FEEDS,
        *EVALUATING,
        *GOALS,
        *WHEEL,
        *REPORTS,
        *CONTACTS,
        *COMMENTS,
        *VARIANTS,
        *PROVIDERS,
    ]


@hook
def register_goal_measures() -> list[GoalMeasure]:
    """What came of meetings, promises and decisions."""
    return measures.MEASURES


@hook
def register_signing_providers() -> list[SigningProvider]:
    """Our own personal link."""
    return [PERSONAL_LINK]


@hook
def provide_measured(wanted: list[MeasureQuestion]) -> list[Measured]:
    """The values of these measures."""
    return measures.answers_to(wanted)


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
    own = [*export(who), *answers.export(who), *views.export(who)]
    return [*own, *(record for room in _ROOMS for record in room.export(who))]


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """Take a person out of agreements that are no evidence any more, of goals, saved views and the wheel."""
    erased = [*erase(who, dry_run=dry_run), *views.erase(who, dry_run=dry_run)]
    return [*erased, *(one for room in _ROOMS for one in room.erase(who, dry_run=dry_run))]


@hook
def erase_expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Agreements and goals that ended long ago, and views of those who have left."""
    rooms = (evaluating_personal, goals_personal, word_personal, comments_personal)
    found = [*expired(now, held, keys), *views.expired(now, held, keys)]
    return [*found, *(one for room in rooms for one in room.expired(now, held, keys))]


@hook
def on_agreement_activated(agreement_id: UUID) -> None:
    """Keep the signed PDF and tell everybody, once; tell what this one renews and what it came from."""
    completion.complete(agreement_id)
    renewing.tell_predecessor(agreement_id)
    next_draft.note_taken(agreement_id)
