"""A draft that goes to a party in Word and comes back, as its adviser sees it."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.agreements import parts
from core.agreements.word.models import WordAnswer, WordFinding
from core.agreements.word.personal import WORD, expired
from core.kernel import clock
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.plugin_host.privacy import PersonKey
from core.testing.drafts import acting
from core.testing.factories import make_tenant, signed_in
from core.testing.statements import counted
from tests.agreements.drafts.conftest import Draft
from tests.documents.word import made

CLAUSE, TEXT = "purpose.together", "Vi samarbeider om {participants_per_year} plasser."
"""A clause of the type, and what its adviser writes there."""


class Answered:
    """A draft with one clause written anew, fetched for Word, and the answer that came back."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        assert draft.post(f"clauses/{CLAUSE}", text=TEXT, revision=0) == 303
        self.sent = draft.writer.post(f"{draft.url}/word/draft.docx").data
        changed = (" plasser.", f" {made.added('gode ')}plasser.")
        self.content = made.edited(self.sent, changed)
        self.answer = self.hand_in(self.content).location
        with tenant_scope(draft.tenant.id):
            self.finding = db.session.scalars(select(WordFinding)).one()

    def hand_in(self, content: bytes, name: str = "svar.docx") -> TestResponse:
        data = {"file": (BytesIO(content), name)}
        return self.draft.writer.post(f"{self.draft.url}/word", data=data, content_type="multipart/form-data")

    def decide(self, **form: object) -> TestResponse:
        url = f"{self.answer}/findings/{self.finding.id}"
        return self.draft.writer.post(url, data={"revision": 1, "reason": "", **form})

    @property
    def clause(self) -> str:
        with tenant_scope(self.draft.tenant.id):
            db.session.expire_all()
            return parts.load(self.draft.id).clauses[CLAUSE].text

    @property
    def decided(self) -> tuple[bool | None, str]:
        with tenant_scope(self.draft.tenant.id):
            row = db.session.scalars(select(WordFinding).execution_options(populate_existing=True)).one()
            return row.taken, row.reason


@pytest.fixture
def answered(draft: Draft) -> Answered:
    return Answered(draft)


def test_what_a_party_proposes_stands_beside_its_clause(answered: Answered) -> None:
    page = answered.draft.writer.get(answered.answer).text
    assert "Ola Oppdiktet" in page
    assert "gode </ins>" in page
    assert answered.finding.clause_key == CLAUSE


def test_what_is_taken_becomes_text_of_the_clause_and_its_fields_stay(answered: Answered) -> None:
    assert answered.decide(action="take").status_code == 303
    assert answered.clause == "Vi samarbeider om {participants_per_year} gode plasser."
    assert answered.decided == (True, "")
    assert answered.decide(action="leave").status_code == 409


def test_what_is_left_changes_nothing_and_keeps_the_word_on_it(answered: Answered) -> None:
    assert answered.decide(action="leave", reason="Ikke nå").status_code == 303
    assert (answered.clause, answered.decided) == (TEXT, (False, "Ikke nå"))


def test_a_clause_that_a_colleague_has_changed_is_not_overwritten(answered: Answered) -> None:
    data = {"text": f"{TEXT} Mer.", "revision": 1}
    answered.draft.colleague.post(f"{answered.draft.url}/clauses/{CLAUSE}", data=data)
    refused = answered.decide(action="take", reason="Bra forslag")
    assert refused.status_code == 409
    assert "Bra forslag" in refused.text
    assert (answered.clause, answered.decided) == (f"{TEXT} Mer.", (None, ""))
    assert answered.decide(action="take", revision=2).status_code == 303
    assert answered.clause == "Vi samarbeider om {participants_per_year} gode plasser. Mer."


def test_the_same_file_is_read_once_and_a_file_of_another_draft_not_at_all(answered: Answered) -> None:
    assert answered.hand_in(answered.content).status_code == 422
    assert answered.hand_in(made.draft()).status_code == 422
    assert answered.hand_in(b"nothing").status_code == 422


def test_an_unchanged_file_asks_for_nothing(answered: Answered) -> None:
    page = answered.draft.writer.get(answered.hand_in(answered.sent).location)
    assert page.status_code == 200
    assert 'class="finding"' not in page.text


def test_the_page_of_an_answer_asks_a_fixed_number_of_times(answered: Answered) -> None:
    with counted() as one:
        answered.draft.writer.get(answered.answer)
    more = made.edited(
        answered.sent, *[(" plasser.", f" {made.added('flere gode ')}plasser."), (">1  ", ">1 X ")]
    )
    url = answered.hand_in(more).location
    with counted() as several:
        answered.draft.writer.get(url)
    assert len(several) == len(one)


def test_nobody_reads_an_answer_of_another_tenant(app: Flask, answered: Answered) -> None:
    stranger = make_tenant("norway.municipality")
    url = answered.answer.replace(answered.draft.tenant.slug, stranger.slug)
    assert signed_in(app, stranger.admin_email).get(url).status_code == 404


def test_answers_are_erased_a_year_after_they_came(app: Flask, answered: Answered) -> None:
    with acting(app, answered.draft.tenant):
        now = clock.now()
        assert expired(now, [], [WORD]) == []
        later = now.replace(year=now.year + 1, month=12, day=31)
        held = PersonKey(emails=frozenset(), words=frozenset({"Ola Oppdiktet"}))
        assert expired(later, [held], [WORD]) == []
        assert expired(later, [], [WORD])
        assert db.session.scalars(select(WordAnswer)).all() == []
