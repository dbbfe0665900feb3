"""The clause library: found by words, put into a clause, within reach."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import literal, select

from core.agreements import parts
from core.agreements.catalogue import types_on_offer
from core.agreements.drafts import clauses
from core.agreements.finding import words
from core.agreements.library import earlier, service
from core.agreements.models import Agreement
from core.kernel import clock
from core.kernel.database import db
from core.kernel.errors import Conflict
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from core.testing.statements import counted

TYPE = "no_work_training.intention_agreement"
OTHER = "no_introduction.cooperation_agreement"
KEY = "purpose.together"
WRITTEN = "Ærlighet på verkstedet: vi møtes og røyker ikke. {employer_name}"


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def draft(app: Flask, tenant: MadeTenant) -> Iterator[UUID]:
    """A draft, and an agreement in force with a clause of its own; inside the tenant."""
    with acting(app, tenant):
        in_force = complete_draft("Avtale med Verkstedet", type_key=TYPE)
        clauses.save_text(in_force, "purpose.goals", WRITTEN, 0)
        with unit_of_work():
            db.session.get(Agreement, (tenant.id, in_force)).activated_at = clock.now()
        yield complete_draft("Ny avtale", type_key=TYPE)


def found(draft: UUID, source: str, typed: str, page: int = 1) -> list[str]:
    opened = service.open_clause(draft, KEY)
    return [one.text for one in service.search(opened, KEY, source, typed, page).entries]


@pytest.mark.parametrize("typed", ["aerlighet", "ÆRLIGHET", "verksted mØtes", "roeyker", "møt ærlig"])
def test_a_signed_clause_is_found_by_the_beginnings_of_its_words(draft: UUID, typed: str) -> None:
    assert found(draft, service.SIGNED, typed) == [WRITTEN]


@pytest.mark.parametrize("typed", ["sted", "møtes i morgen", "' OR 1=1"])
def test_other_words_find_no_signed_clause(draft: UUID, typed: str) -> None:
    assert found(draft, service.SIGNED, typed) == []


def test_texts_of_the_template_are_no_texts_of_ones_own(draft: UUID) -> None:
    assert found(draft, service.SIGNED, "") == [WRITTEN]


def test_the_database_folds_letters_as_words_are_folded(app: Flask) -> None:
    text = "Æ ä Ø ö Å Œ é Ü ñ ð Đ ł ß þ"
    assert db.session.scalar(select(earlier.folded(literal(text)))) == words.folded(text)


def test_template_texts_of_every_type_on_offer_are_found_and_paged(draft: UUID) -> None:
    opened = service.open_clause(draft, KEY)
    first = service.search(opened, KEY, service.TEMPLATES, "", 1)
    assert first.pages > 1
    assert len(first.entries) == 10
    last = service.search(opened, KEY, service.TEMPLATES, "", 10**6)
    assert last.page == last.pages
    titles = {one.title.in_language("en") for one in types_on_offer()}
    every = [
        one
        for page in range(1, first.pages + 1)
        for one in service.search(opened, KEY, service.TEMPLATES, "", page).entries
    ]
    assert {one.source for one in every} == titles
    assert len({one.id for one in every}) == first.total


def test_a_text_goes_below_or_in_place_and_names_the_fields_that_are_missing(draft: UUID) -> None:
    stood = parts.load(draft).clauses[KEY].text
    opened = service.open_clause(draft, KEY)
    foreign = next(
        one
        for page in range(1, 40)
        for one in service.search(opened, KEY, service.TEMPLATES, "", page).entries
        if one.unknown
    )
    added = service.insert(draft, KEY, service.Chosen(service.TEMPLATES, foreign.id, 0, in_place=False))
    assert added == service.Inserted(met=False, unknown=foreign.unknown)
    assert parts.load(draft).clauses[KEY].text == f"{stood}\n\n{foreign.text}"
    signed = earlier.find(parts.load(draft), KEY, "", 1).entries[0]
    service.insert(draft, KEY, service.Chosen(service.SIGNED, signed.id, 1, in_place=True))
    assert parts.load(draft).clauses[KEY].text == WRITTEN


def test_over_a_colleagues_newer_text_nothing_is_put(draft: UUID) -> None:
    clauses.save_text(draft, KEY, "Nyere.", 0)
    signed = earlier.find(parts.load(draft), KEY, "", 1).entries[0]
    met = service.insert(draft, KEY, service.Chosen(service.SIGNED, signed.id, 0, in_place=True))
    assert met.met
    assert parts.load(draft).clauses[KEY].text == "Nyere."
    assert WRITTEN in [one.text for one in clauses.history(draft, KEY)]


def test_what_one_may_not_read_is_neither_found_nor_put_in(
    app: Flask, tenant: MadeTenant, draft: UUID
) -> None:
    signed = earlier.find(parts.load(draft), KEY, "", 1).entries[0]
    other = make_tenant("norway.municipality")
    with acting(app, other):
        theirs = complete_draft(type_key=TYPE)
        assert found(theirs, service.SIGNED, "") == []
        with pytest.raises(Conflict):
            service.insert(theirs, KEY, service.Chosen(service.SIGNED, signed.id, 0, in_place=True))


def test_the_search_asks_as_often_for_many_texts_of_one_agreement(draft: UUID) -> None:
    opened = service.open_clause(draft, KEY)
    earlier.find(opened, KEY, "", 1)
    with counted() as sent:
        earlier.find(opened, KEY, "", 1)
    assert len(sent) <= 5


def test_the_pages(app: Flask, tenant: MadeTenant, draft: UUID) -> None:
    browser = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/agreements/{draft}/clauses/{KEY}/library"
    page = browser.get(f"{url}?source=signed&q=verksted").text
    assert "Ærlighet på verkstedet" in page
    entry = page.partition('name="entry" value="')[2].partition('"')[0]
    form = {"source": "signed", "entry": entry, "revision": "0", "how": "append"}
    assert browser.post(url, data=form).status_code == 303
    assert browser.post(url, data=form | {"how": "x"}).status_code == 422
    assert browser.post(url, data=form | {"entry": "x"}).status_code == 404
    assert browser.get(url.replace(KEY, "no.such")).status_code == 404
    reader = signed_in(app, make_member(tenant, "access.reader"))
    assert reader.get(url).status_code == 403
