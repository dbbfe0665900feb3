"""One tenant in which every kind of page has something to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from flask_security.recoverable import generate_reset_password_token

from core.access import directory, invitations, operators, own_roles
from core.access import service as access
from core.access.approvals import service as approvals
from core.access.own.service import token_for
from core.agreements import parts
from core.agreements.drafts import service as drafts
from core.agreements.life import service as life
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.service import IssuedLink
from core.kernel import clock
from core.obligations import service as obligations
from core.obligations.meetings.actions import Action, add_action
from core.obligations.meetings.holding import Record, hold
from core.obligations.meetings.planning import Plan, plan, proposal
from core.obligations.states import MEETINGS
from core.privacy import erasures, exports, holds, inquiries
from core.tenancy import served, units
from core.tenancy import service as tenancy
from core.tenancy.kinds import unit_kinds
from core.testing.drafts import NUMBER, acting
from core.testing.factories import make_member
from core.testing.letters import letters_to
from tests.journeys.desk import Desk, new_desk
from tests.journeys.evaluations import Evaluations, evaluations_of
from tests.journeys.site import Site

GUEST = "gjest@example.org"
COLLEAGUE = "kommer@example.org"


@dataclass(frozen=True)
class Scene:
    """A desk with agreements in every state, and the tokens of links of every kind."""

    desk: Desk
    agreements: Mapping[str, UUID]
    tokens: Mapping[str, str]
    membership: UUID
    clause: str
    unit: UUID
    role: UUID
    served: UUID
    inquiry: UUID
    erasure: UUID
    held: UUID
    promised: UUID
    evaluations: Evaluations

    @property
    def administrator(self) -> str:
        """The address of whoever may see every page."""
        return self.desk.tenant.admin_email


def new_scene(site: Site) -> Scene:
    """Make it all through the services."""
    desk = new_desk(site)
    _found_another(desk)
    agreements = {"draft": desk.begun("Begynt avtale om arbeid på kjøkkenet")}
    agreements |= {
        name: desk.complete(f"Avtale ({name})") for name in ("sent", "active", "paused", "refused", "expired")
    }
    with desk.as_adviser():
        _ask_the_administrator(desk, agreements["sent"])
        tokens = _send_all(agreements)
    with acting(site.app, desk.tenant):
        tokens |= _people(desk)
        membership = directory.search(words=desk.colleague).people[0].membership_id
        clause = next(iter(parts.load(agreements["draft"]).clauses))
        unit = units.open_unit(unit_kinds()[0].key, "Flyktningtjenesten i sentrum").id
        role = own_roles.make_role("Markedskonsulent", ["all:agreement:read", "unit:person:read"]).id
        kind = served.servable_kinds()[0]
        served.serve(kind.key, kind.places[0].code, clock.today("UTC"))
        place = served.served_places()[0].id
    with desk.as_adviser():
        held, promised = _meetings_of(agreements["active"])
        evaluations = evaluations_of(agreements["active"], agreements["paused"])
    with site.app.app_context():
        officer = make_member(desk.tenant, "access.privacy_officer", "Odd Ombud")
    with acting(site.app, desk.tenant, officer):
        inquiry, invited = _look_and_ask_to_erase(desk)
    with acting(site.app, desk.tenant):
        _approve_all()
    with acting(site.app, desk.tenant, officer):
        erasure = erasures.of_inquiry(invited)[0].id
    return Scene(
        desk,
        agreements,
        tokens | {"assess": evaluations.token},
        membership,
        clause,
        unit,
        role,
        place,
        inquiry,
        erasure,
        held,
        promised,
        evaluations,
    )


def _meetings_of(agreement_id: UUID) -> tuple[UUID, UUID]:
    """A meeting that was held today and decided on something, and one that is only promised."""
    held, promised = [one.id for one in obligations.for_subject(agreement_id) if one.kind in MEETINGS][:2]
    today = clock.today("UTC")
    plan(held, Plan(today, time(10), 60, "Rådhuset", contacts=proposal(held).chosen))
    hold(held, Record(minutes="Vi er *enige*.", decisions="Vi fortsetter", others="Uventet Gjest"))
    add_action(held, Action("Skrive plan", today + timedelta(days=9)))
    return held, promised


def _look_and_ask_to_erase(desk: Desk) -> tuple[UUID, UUID]:
    """What the officer has looked at, with everything a page about it can show."""
    inquiry = inquiries.open_inquiry(inquiries.search(desk.colleague)[0].who)
    holds.place(inquiry, "Klagen er ikke avgjort.", None)
    exports.ask(inquiry, "nb")
    invited = inquiries.open_inquiry(inquiries.search(GUEST)[0].who)
    erasures.ask(invited, "Kom aldri.")
    return inquiry, invited


def _approve_all() -> None:
    """Let whoever is signed in say yes to what waits."""
    for one in approvals.asked_for("nb"):
        approvals.decide(one.id, approve=True, answer="")


def _found_another(desk: Desk) -> None:
    """Let the administrator have two workplaces, and run the product: then every page opens."""
    with desk.site.app.app_context():
        operators.add(desk.tenant.admin_email, named_by="the scene")
        access.found(tenancy.NewTenant("norway.county", "15", "", NUMBER), desk.tenant.admin_id)


def _ask_the_administrator(desk: Desk, agreement_id: UUID) -> None:
    """Let the administrator be one of those who sign, because that page is theirs alone."""
    loaded = parts.load(agreement_id)
    key = next(loaded.parties[party.key].signatory_key for party in loaded.kind.parties if party.is_tenant)
    person = {"name": "Admin", "role_title": "leder", "email": desk.tenant.admin_email, "phone": ""}
    drafts.save_contact(agreement_id, key, person | {"authority": True})


def _send_all(agreements: Mapping[str, UUID]) -> dict[str, str]:
    _member, waiting = signing.send(agreements["sent"])
    active = _sign_all(agreements["active"])
    _sign_all(agreements["paused"])
    life.pause(agreements["paused"], clock.today("UTC"), None, "Bedriften bygger om.")
    refused = signing.send(agreements["refused"])[0]
    signing.refuse(signing.key_of_link(refused.token), "Vi har ikke plass til flere i år.")
    with clock.frozen(clock.now() - timedelta(days=40)):
        expired = signing.send(agreements["expired"])[0]
    links = {"waiting": waiting, "signed": active[0], "refused": refused, "expired": expired}
    return {name: link.token for name, link in links.items()}


def _sign_all(agreement_id: UUID) -> list[IssuedLink]:
    links = signing.send(agreement_id)
    for link in links:
        _sign(agreement_id, link)
    return links


def _sign(agreement_id: UUID, link: IssuedLink) -> None:
    sha256 = open_case(agreement_id).version.sha256
    signing.sign(signing.key_of_link(link.token), name="Kim Signerer", role="leder", sha256=sha256)


def _people(desk: Desk) -> dict[str, str]:
    tokens: dict[str, str] = {}
    for name, email in (("join", COLLEAGUE), ("joined", GUEST)):
        invitations.invite(
            email, "Ola Inviteres", "access.adviser", lambda token: f"http://localhost/{token}"
        )
        tokens[name] = letters_to(email)[-1].path.removeprefix("/")
    account = access.account_by_email(desk.colleague)
    address = token_for(account, "ny.adresse@example.org")
    return tokens | {"reset": generate_reset_password_token(account), "address": address}
