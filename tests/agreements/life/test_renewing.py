"""A renewal begins as a copy, and the agreement before knows when all have signed it."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.agreements import parts as agreement_parts
from core.agreements.content import resolve
from core.agreements.drafts import service as drafts
from core.agreements.life import renewing
from core.agreements.life.recording import events_of
from core.agreements.life.story import story
from core.agreements.models import Agreement
from core.agreements.signing import service as signing
from core.agreements.states import Status, status_of
from core.kernel import clock
from core.kernel.errors import Conflict
from core.obligations.models import Obligation
from tests.agreements.life.steps import ENDS, noon, sign_all

Read = Callable[[], Agreement]


def test_the_draft_has_the_text_and_people_and_begins_the_day_after(agreement_id: UUID) -> None:
    new_id = renewing.renew(agreement_id)
    old, new = resolve(agreement_id), resolve(new_id)
    assert {**old, "duration": None} == {**new, "duration": None}
    draft = agreement_parts.find(new_id)
    assert (draft.starts_on, status_of(draft, ENDS)) == (ENDS + timedelta(days=1), Status.DRAFT)


def test_changing_the_draft_leaves_the_agreement_before_alone(agreement_id: UUID) -> None:
    new_id = renewing.renew(agreement_id)
    drafts.rename(new_id, "Ny tittel")
    assert agreement_parts.find(agreement_id).title != "Ny tittel"


def test_each_shows_the_other(agreement_id: UUID) -> None:
    new_id = renewing.renew(agreement_id)
    before, after = story(agreement_id).renewed_by, story(new_id).renews
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == (new_id, agreement_id)


def test_an_agreement_has_one_successor_unless_it_is_given_up(agreement_id: UUID) -> None:
    new_id = renewing.renew(agreement_id)
    with pytest.raises(Conflict, match=r"agreement\.renewed_already"):
        renewing.renew(agreement_id)
    drafts.discard(new_id, "Ikke nå.")
    assert renewing.renew(agreement_id) != new_id


def test_when_all_have_signed_the_agreement_before_is_renewed_at_its_end(
    agreement_id: UUID, agreement: Read, promises: Callable[[], list[Obligation]]
) -> None:
    new_id = renewing.renew(agreement_id)
    sign_all(signing.send(new_id), new_id)
    renewing.tell_predecessor(new_id)
    renewing.tell_predecessor(new_id)
    assert [one.kind for one in events_of(agreement_id)] == ["renewed"]
    assert status_of(agreement(), ENDS) is Status.ACTIVE
    assert status_of(agreement(), ENDS + timedelta(days=1)) is Status.RENEWED
    assert all(one.dropped_at for one in promises() if one.kind == "expiry")


def test_what_has_expired_is_renewed_from_the_day_of_the_last_signature(agreement_id: UUID) -> None:
    with clock.frozen(noon(date(2029, 3, 1))):
        draft = agreement_parts.find(renewing.renew(agreement_id))
    assert draft.starts_on is None
    assert draft.ends_on is not None
    assert draft.ends_on > date(2029, 3, 1)
