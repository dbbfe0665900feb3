"""Plan, contract and declaration on their whole way: composed, checked, sent, signed and promised."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from core.agreements import parts as agreement_parts
from core.agreements.catalogue import types_in_force, types_on_offer
from core.agreements.content import resolve
from core.agreements.copies import service as copies
from core.agreements.drafts import clauses
from core.agreements.drafts import service as drafts
from core.agreements.drafts.completeness import findings, missing_in
from core.agreements.library import earlier
from core.agreements.models import Agreement
from core.agreements.personal.erasing import erase
from core.agreements.personal.reading import export
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.gathering import service as gatherings
from core.agreements.signing.reminders import remind_in_tenant
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict, Invalid
from core.kernel.ids import new_id
from core.kernel.mail import OutgoingMail
from core.kernel.scope import platform_scope
from core.kernel.unit_of_work import unit_of_work
from core.law import pending
from core.obligations import service as obligations
from core.plugin_host.privacy import PersonKey
from core.tenancy.kinds import host
from tests.plugins.no_introduction.conftest import CONTRACT, DECLARATION, PLAN, whole

TOGETHER = (
    "For a person to judge: Made together with the participant (integreringsloven § 15 andre ledd, "
    "NO-PLN-03). This cannot be read from the draft: the plan is made with the participant."
)
SUPERVISION = "(IMDis veileder for tilsyn 2026–2028, NO-REV-04)"

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def declaration_in_force(inside: None) -> None:
    switch = "no_introduction.DECLARATION_IN_FORCE"
    pending.put_in_force(host(), switch, date(2027, 1, 1), "Oppdiktet vedtak")


def status(agreement_id: UUID) -> Status:
    agreement = db.session.get_one(Agreement, (agreement_parts.find(agreement_id).tenant_id, agreement_id))
    return status_of(agreement, clock.today("Europe/Oslo"))


def sign_together(agreement_id: UUID) -> None:
    case = open_case(agreement_id)
    table = gatherings.begin(agreement_id, "Introduksjonssenteret")
    for one in case.requests:
        gatherings.sign_at(table, one.id, name=one.name, role=one.role_title, sha256=case.version.sha256)


def offered() -> set[str]:
    return {kind.key for kind in types_on_offer()}


def mailed_to() -> list[str]:
    with platform_scope("read the mails of a test"):
        return list(db.session.scalars(select(OutgoingMail.recipient)))


def test_a_plan_goes_from_draft_to_signed_and_promises_its_reviews() -> None:
    agreement_id = whole(PLAN)
    content = resolve(agreement_id)
    signing.send(agreement_id)
    sign_together(agreement_id)

    assert status(agreement_id) is Status.ACTIVE
    assert [one["name"] for one in content["parties"]][1] == "Yonas Øvelse"
    assert content["parties"][1]["number"] == ""
    reviews = [one.due_on for one in obligations.for_subject(agreement_id) if one.kind == "meeting"]
    assert reviews[:2] == [date(2027, 5, 3), date(2027, 8, 2)]


def test_sending_a_plan_that_lacks_something_is_refused_with_the_paragraph() -> None:
    agreement_id = whole(PLAN)
    drafts.save_value(agreement_id, "long_term_goal", "")

    with pytest.raises(Invalid) as refused:
        signing.send(agreement_id)

    assert "Missing: long-term goal (integreringsloven § 15 tredje ledd, NO-PLN-01)" in {
        str(said) for said in refused.value.fields.values()
    }


def test_what_is_missing_is_said_once_with_its_paragraph_and_leads_to_its_place() -> None:
    agreement_id = whole(PLAN)
    drafts.save_value(agreement_id, "final_goal", "")
    drafts.save_duration(agreement_id, None, date(2028, 1, 31))
    clauses.include(agreement_id, "norwegian.social_studies", included=False)

    lacks = missing_in(agreement_parts.load(agreement_id))

    assert [(one.step, one.anchor) for one in lacks] == [
        ("goals", "value-final_goal"),
        ("norwegian", "clause-norwegian-social_studies"),
        ("programme", "duration"),
    ]
    assert all(one.message.startswith("Missing: ") for one in lacks)
    assert all(one.message.endswith(" (integreringsloven § 15 tredje ledd, NO-PLN-01)") for one in lacks)


def test_what_is_no_stop_and_what_a_person_has_to_judge_stand_beside() -> None:
    agreement_id = whole(PLAN)
    clauses.include(agreement_id, "view.conversation", included=False)
    parts = agreement_parts.load(agreement_id)

    assert missing_in(parts) == []
    assert [(one.status, one.message, one.anchor) for one in findings(parts)[1]] == [
        (
            "unknown",
            TOGETHER,
            "findings",
        ),
        ("not_met", f"Missing: language {SUPERVISION}", "clause-view-conversation"),
        ("not_met", f"Missing: interpreter {SUPERVISION}", "clause-view-conversation"),
    ]


def test_a_plan_is_checked_by_the_rules_of_its_own_day() -> None:
    agreement_id = whole(PLAN)
    drafts.save_value(agreement_id, "long_term_goal", "")
    drafts.save_value(agreement_id, "mapping_on", "2025-12-01")
    asked = []
    for day in ("2025-12-31", "2026-01-01"):
        drafts.save_value(agreement_id, "drawn_up_on", day)
        lacks = missing_in(agreement_parts.load(agreement_id))
        asked.append([one.message for one in lacks if one.anchor == "value-long_term_goal"])

    # The text of the type itself asks for the goal, whatever the rules of the day say.
    assert asked == [
        ["Fill in: Langsiktig mål."],
        ["Missing: long-term goal (integreringsloven § 15 tredje ledd, NO-PLN-01)"],
    ]


def test_a_contract_has_exactly_the_municipality_and_the_participant_who_both_sign() -> None:
    agreement_id = whole(CONTRACT)
    signing.send(agreement_id)
    requests = open_case(agreement_id).requests

    assert [party["key"] for party in resolve(agreement_id)["parties"]] == [
        "municipality",
        "programme_participant",
    ]
    assert {one.party_key for one in requests} == {"municipality", "programme_participant"}
    assert {one.part for one in requests} == {"signs"}


def test_a_participant_without_an_address_is_mailed_nothing_and_signs_in_a_meeting() -> None:
    agreement_id = whole(CONTRACT, email="")
    signing.send(agreement_id)
    (participant,) = [
        one for one in open_case(agreement_id).requests if one.party_key == "programme_participant"
    ]

    with pytest.raises(Conflict):
        signing.remind(agreement_id, participant.id)
    with clock.frozen(datetime(2027, 1, 25, 9, tzinfo=UTC)):
        remind_in_tenant()
    assert set(mailed_to()) == {"municipality@example.org"}
    assert participant.reminded_at is None
    sign_together(agreement_id)
    assert agreement_parts.find(agreement_id).activated_at is not None


def test_the_participant_s_name_is_typed_once_and_their_position_is_the_party_s_title() -> None:
    parts = agreement_parts.load(whole(PLAN))

    assert parts.parties["programme_participant"].name == "Yonas Øvelse"
    assert parts.contacts["participant"].role_title == "Deltaker"


def test_a_registered_participant_without_an_address_is_found_in_the_plan_by_name() -> None:
    agreement_id = whole(PLAN, email="")
    who = PersonKey(person_id=new_id(), words=frozenset({"Yonas Øvelse"}))
    found = {record.subject_kind for record in export(who)}

    assert {"party", "contact"} <= found
    with unit_of_work():
        erase(who, dry_run=False)
    parts = agreement_parts.load(agreement_id)
    assert (
        "Yonas" not in f"{parts.parties['programme_participant'].name} {parts.contacts['participant'].name}"
    )


def test_a_copy_for_another_participant_has_nothing_of_the_first() -> None:
    first = whole(PLAN)
    clauses.save_text(first, "view.participant", "Yonas sier dette:\n\n- {participant_view}", 0)
    clauses.include(first, "view.disagreement", included=True)

    other = agreement_parts.load(copies.copy(first, "Plan for en annen", with_others=False))
    again = agreement_parts.load(copies.copy(first, "Samme deltaker", with_others=True))

    assert {one.value for one in other.values.values()} == {""}
    assert "Yonas" not in "".join(one.text for one in other.clauses.values())
    assert not other.clauses["view.disagreement"].included
    assert other.parties["programme_participant"].name == ""
    assert again.values["final_goal"].value == "verdi for final_goal"
    assert "Yonas" in again.clauses["view.participant"].text


def test_what_was_written_for_a_participant_is_no_text_of_the_library() -> None:
    first = whole(PLAN)
    clauses.save_text(first, "follow_up.tell", "Yonas ringer programrådgiveren.", 0)
    signing.send(first)
    sign_together(first)

    found = earlier.find(agreement_parts.load(whole(PLAN)), "follow_up.tell", "Yonas", 1)

    assert found.entries == []


def test_a_plan_can_be_written_in_english_and_a_cooperation_agreement_cannot() -> None:
    plan = drafts.begin(drafts.Beginning(PLAN, "Plan", {}, "en"))

    assert agreement_parts.load(plan).text.title == "Integration plan"
    with pytest.raises(Invalid):
        drafts.begin(drafts.Beginning("no_introduction.nav_cooperation", "Samarbeid", {}, "en"))


def test_the_declaration_is_not_on_offer_until_the_law_is_in_force() -> None:
    assert CONTRACT in offered()
    assert DECLARATION not in offered()
    assert CONTRACT in types_in_force("nb")
    assert DECLARATION not in types_in_force("nb")


@pytest.mark.usefixtures("declaration_in_force")
def test_from_its_first_day_the_declaration_stands_in_place_of_the_contract() -> None:
    with clock.frozen(datetime(2026, 12, 31, 9, tzinfo=UTC)):
        assert (CONTRACT in offered(), DECLARATION in offered()) == (True, False)
    with clock.frozen(datetime(2027, 1, 1, 9, tzinfo=UTC)):
        assert (CONTRACT in offered(), DECLARATION in offered()) == (False, True)


@pytest.mark.usefixtures("declaration_in_force")
def test_the_declaration_is_signed_by_the_participant_alone() -> None:
    agreement_id = whole(DECLARATION)
    signing.send(agreement_id)

    assert [one.party_key for one in open_case(agreement_id).requests] == ["programme_participant"]
    sign_together(agreement_id)
    assert agreement_parts.find(agreement_id).activated_at is not None
