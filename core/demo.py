"""Demo data: fictional tenants, people inside and outside, and agreements, made through the services."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import click
from flask import current_app, g
from flask.cli import AppGroup
from flask_security import login_user, logout_user

from core.access import operators
from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.amending import service as amending
from core.agreements.contacts import demo as demo_contacts
from core.agreements.discussion import service as discussion
from core.agreements.discussion.service import NewComment
from core.agreements.drafts import service as drafts
from core.agreements.evaluating import demo as demo_evaluations
from core.agreements.life import renewing
from core.agreements.life import service as life
from core.agreements.measuring import demo as demo_goals
from core.agreements.overview import saved
from core.agreements.reports import demo as demo_reports
from core.agreements.signing import demo as demo_signing
from core.agreements.signing import service as signing
from core.agreements.signing.keys import key_of_link
from core.agreements.signing.signatures import look, refuse, sign
from core.agreements.variants import demo as demo_variants
from core.agreements.wheel import service as wheel
from core.agreements.word.demo import answer_in_word
from core.kernel import clock
from core.kernel.scope import platform_scope, tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.law.choices import demo as demo_choices
from core.obligations import demo as demo_meetings
from core.obligations import service as obligations
from core.obligations.cadence import add_months
from core.persons import demo as demo_persons
from core.plugin_host.demo import (
    DemoAgreement,
    DemoChoice,
    DemoPerson,
    DemoTenant,
    DemoVariant,
)
from core.plugin_host.wording import Wording
from core.tenancy import service as tenancy
from core.tenancy.kinds import host, kind_of
from core.tenancy.service import NewTenant, TenantCard

PASSWORD = "gule fjell synger stille"  # noqa: S105  printed in the README; demo accounts only
ADVISER, LEADER = "access.adviser", "access.leader"
OPERATOR = ("Driftsvakt Prøve", "drift@fotfeste.example")
"""Name and address of the one who runs the demo; works in no tenant."""
SIGNATURES = {"asked": 0, "sent": 1}
"""How many of the parties have signed; all of them in any other state."""
LEFT_OPEN = timedelta(days=25)
VIEWS = {
    Wording(nb="Mine til signering", da="Mine til underskrift", en="Mine out for signing"): {
        "status": ["sent"],
        "adviser": ["me"],
    },
    Wording(nb="Går ut innen et år", da="Udløber inden for et år", en="Ends within a year"): {
        "status": ["active"],
        "ends_within": ["365"],
        "columns": ["status", "parties", "ends"],
        "sort": ["ends"],
    },
}
"""Names and filters of the saved views of every adviser of the demo."""
demo = AppGroup("demo", help="Fictional data to look around in.")


@demo.command("load")
def load_command() -> None:
    """Make the demo's tenants and agreements; what is there already is left alone."""
    if not current_app.config["FOTFESTE"].development and os.environ.get("FOTFESTE_DEMO") != "yes":
        raise click.ClickException(
            "demo accounts have a public password: set FOTFESTE_DEMO=yes to make them here"
        )
    made = load()
    click.echo(f"demo tenants made: {made}" if made else "the demo is there already")


def load() -> int:
    """Make every declared demo tenant that is not there, with what belongs to it; gives how many."""
    declared = [one.value for one in host().declared("register_demo")]
    agreements = [one for one in declared if isinstance(one, DemoAgreement)]
    outside = [one for one in declared if isinstance(one, DemoPerson)]
    made = 0
    for tenant in (one for one in declared if isinstance(one, DemoTenant)):
        mine = [one for one in agreements if tenant.key in one.tenants]
        if _make(tenant, mine, [one for one in outside if tenant.key in one.tenants]):
            made += 1
            _as_founder(tenant, [one for one in declared if isinstance(one, DemoVariant | DemoChoice)])
    _name_operator()
    return made


def _name_operator() -> None:
    name, email = OPERATOR
    if access.account_by_email(email) is None:
        with platform_scope("accounts of the demo"), unit_of_work():
            access.new_account(email, name, PASSWORD, confirmed=True)
        operators.add(email, named_by="the demo")


def _make(declared: DemoTenant, agreements: list[DemoAgreement], outside: list[DemoPerson]) -> bool:
    kind = kind_of(declared.kind)
    word = kind.office_word.in_language(kind.language) if kind and kind.office_word else ""
    place, district = declared.place_code, declared.district
    new = NewTenant(declared.kind, place, district, declared.number, office_word=word, name=declared.name)
    if kind is None or tenancy.find_taken(new) is not None:
        return False
    _role, name, email = declared.people[0]
    tenant_id, _account = access.sign_up(new, email=email, name=name, password=PASSWORD, confirmed=True)
    card = tenancy.confirm(tenancy.by_ids([tenant_id])[tenant_id].slug)
    for person in declared.people[1:]:
        _add(card, *person)
    for agreement in agreements:
        _write(card, declared, agreement)
    if any(role == ADVISER for role, _name, _email in declared.people):
        with _as_adviser(card, declared):
            _save_views(card.language)
    for somebody in outside:
        with _as_adviser(card, declared):
            demo_persons.make(somebody)
    if any(role == ADVISER for role, _name, _email in declared.people):
        with _as_adviser(card, declared):
            wheel.take_in_sample()
    return True


def _add(card: TenantCard, role: str, name: str, email: str) -> None:
    with platform_scope("accounts of the demo"), unit_of_work():
        account_id = access.new_account(email, name, PASSWORD, confirmed=True).id
    with tenant_scope(card.id), unit_of_work():
        access.add_member(account_id, role)


def _as_founder(declared: DemoTenant, wanted: list[DemoVariant | DemoChoice]) -> None:
    mine = [one for one in wanted if declared.key in one.tenants]
    account = access.account_by_email(declared.people[0][2])
    for card, _roles in access.my_tenants(account.id) if account and mine else ():
        with _as_one(card, declared, access.ADMINISTRATOR):
            for one in mine:
                demo_variants.make(one) if isinstance(one, DemoVariant) else demo_choices.make(one)


@contextmanager
def _as_adviser(card: TenantCard, declared: DemoTenant) -> Iterator[None]:
    """Work in a tenant as one of its advisers, the way a request does."""
    with _as_one(card, declared, ADVISER):
        yield


@contextmanager
def _as_one(card: TenantCard, declared: DemoTenant, wanted: str) -> Iterator[None]:
    email = next(email for role, _name, email in declared.people if role == wanted)
    with current_app.app_context(), current_app.test_request_context(f"/t/{card.slug}/"):
        account = access.account_by_email(email)
        with tenant_scope(card.id):
            if account is not None:
                login_user(account)
            g.pop("member", None)  # who was somebody else until now
            yield
            logout_user()
            g.pop("member", None)


def _write(card: TenantCard, declared: DemoTenant, agreement: DemoAgreement) -> None:
    sent = clock.now() - timedelta(days=agreement.days_ago)
    with _as_adviser(card, declared):
        # Begun today, because the edition of the type may be younger than what the demo tells.
        agreement_id = drafts.begin(drafts.Beginning(agreement.type_key, agreement.title, {}))
        with clock.frozen(sent):
            _bring_on(agreement_id, agreement, card)
        if agreement.meeting:
            before = (clock.now() - LEFT_OPEN).date()
            demo_meetings.hold_meetings(agreement_id, agreement.meeting, before, clock.today(card.timezone))
        if agreement.report:
            demo_reports.tell(agreement_id, agreement.report)
        _keep_promises(agreement_id)
        if agreement.evaluation:
            demo_evaluations.evaluate(agreement_id, agreement.evaluation, clock.today(card.timezone))
        if agreement.state == "active":
            demo_contacts.look_after(agreement_id, with_troubles=agreement.meeting is not None)
        if follower := renewing.renewal_of(agreement_id):
            _keep_promises(follower.id)
        demo_goals.note_on_goals(agreement_id, agreement.noted)
    if agreement.comments:
        with _as_one(card, declared, LEADER):
            for said in agreement.comments:
                discussion.comment(agreement_id, NewComment(said.clause, said.text, said.proposal))


def _save_views(language: str) -> None:
    """Two views of the list for the adviser: what waits for others, and what ends within the year."""
    for name, asked in VIEWS.items():
        saved.save(name.in_language(language), asked, shared=False)


def _keep_promises(agreement_id: UUID) -> None:
    """Somebody has seen to what was due long ago, each thing on its day; only the last weeks are late."""
    long_ago = clock.now() - LEFT_OPEN
    for promise in obligations.for_subject(agreement_id):
        due = datetime.combine(promise.due_on, time(12), UTC)
        if promise.is_open and due < long_ago:
            with clock.frozen(due):
                obligations.mark_done(promise.id)


def _bring_on(agreement_id: UUID, agreement: DemoAgreement, card: TenantCard) -> None:
    _fill(agreement_id, agreement)
    months = agreement_parts.load(agreement_id).kind.duration.months
    today = clock.today(card.timezone)
    begins = today if agreement_parts.load(agreement_id).kind.is_with_a_person else None
    drafts.save_duration(agreement_id, begins, add_months(today, months))
    if agreement.state == "draft":
        answer_in_word(agreement_id, card.language)
    elif agreement.state in demo_signing.STATES:
        demo_signing.bring_on(agreement_id, agreement.state)
    else:
        links = signing.send(agreement_id)
        if agreement.state == "cancelled":
            signing.cancel(agreement_id, agreement.reason)
        elif agreement.state == "refused":
            refuse(key_of_link(links[-1].token), agreement.reason)
        else:
            _sign(links[: SIGNATURES.get(agreement.state, len(links))])
            _live(agreement_id, agreement, clock.today(card.timezone))


def _live(agreement_id: UUID, agreement: DemoAgreement, today: date) -> None:
    """What happens to an agreement after all have signed it."""
    match agreement.state:
        case "paused":
            life.pause(agreement_id, today, None, agreement.reason)
        case "ending":
            life.end(agreement_id, today + timedelta(days=90), agreement.reason, agreed=False)
        case "ended":
            life.end(agreement_id, today + timedelta(days=60), agreement.reason, agreed=True)
        case "amended" | "amending":
            _amend(agreement_id, finish=agreement.state == "amended", reason=agreement.reason)
        case "renewed":
            new_id = renewing.renew(agreement_id)
            _sign(signing.send(new_id))
            renewing.tell_predecessor(new_id)


def _amend(agreement_id: UUID, *, finish: bool, reason: str) -> None:
    """Another rhythm of the first meeting, signed by all or still a draft."""
    draft_id = amending.begin(agreement_id, reason)
    key, row = next(
        (key, row) for key, row in agreement_parts.load(draft_id).meetings.items() if row.included
    )
    months = row.every_months + 1
    drafts.save_meeting(
        draft_id, key, {"included": True, "every_months": months, "first_after_months": months}
    )
    if finish:
        _sign(signing.send(draft_id))


def _fill(agreement_id: UUID, agreement: DemoAgreement) -> None:
    if agreement.state == "draft":
        parties, people, values = agreement.parties, {}, dict(list(agreement.values.items())[:2])
    else:
        parties, people, values = agreement.parties, agreement.people, agreement.values
    for key, (name, number, sector) in parties.items():
        signatory = agreement_parts.load(agreement_id).parties[key].signatory_key
        row = {"name": name, "number": number, "sector": sector, "signatory_key": signatory}
        drafts.save_party(agreement_id, key, row)
    for key, (name, position, email, phone) in people.items():
        contact = {"name": name, "role_title": position, "email": email, "phone": phone, "authority": True}
        drafts.save_contact(agreement_id, key, contact)
    for key, value in values.items():
        drafts.save_value(agreement_id, key, value)


def _sign(links: list[signing.IssuedLink]) -> None:
    for link in links:
        key = key_of_link(link.token)
        case, request = look(key)
        sign(key, name=request.name, role=request.role_title, sha256=case.version.sha256)
