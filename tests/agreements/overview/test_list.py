"""The list of agreements: searched, filtered, ordered, paged and downloaded, as far as one may read."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from core.agreements.drafts import service as drafts
from core.agreements.finding.models import Word
from core.agreements.models import Agreement, Contact, Party
from core.agreements.overview import exporting, listing
from core.agreements.overview.filters import Filters, read_filters
from core.agreements.signing import service as signing
from core.agreements.states import Status
from core.kernel import clock
from core.kernel.audit import AuditEntry
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.scope import tenant_scope
from core.kernel.unit_of_work import unit_of_work
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.roles import make_member_with
from core.testing.statements import counted

TYPE = "no_work_training.intention_agreement"
EMPLOYER = {"name": "Brødrene Ågård AS", "number": "", "sector": "private", "signatory_key": ""}


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def client(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def rows(tenant: MadeTenant, *titles: str, **more: Any) -> None:
    """Agreements with nothing but a title and what is said of them."""
    with tenant_scope(tenant.id), unit_of_work():
        for title in titles:
            values = {"type_key": TYPE, "edition": "2026-1", "language": "nb", "adviser_id": tenant.admin_id}
            db.session.add(Agreement(id=new_id(), title=title, **values | more))


def found(app: Flask, tenant: MadeTenant, email: str = "", page: int = 1, **asked: Any) -> list[str]:
    with acting(app, tenant, email):
        return [row.title for row in listing.find(Filters(**asked), listing.choices(), page=page).rows]


@pytest.mark.parametrize(
    "typed", ["aagaard", "ÅGÅRD", "br", "broedr aag", "kari ågård", "987 654 325", "KARI proe", "aerlige"]
)
def test_words_are_found_in_title_parties_numbers_and_contacts(
    app: Flask, tenant: MadeTenant, typed: str
) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft("Ærlige dager", type_key=TYPE)
    with tenant_scope(tenant.id), unit_of_work():
        party = db.session.scalars(select(Party).where(Party.key == "employer")).one()
        party.name, party.number = "Brødrene Ågård AS", "987654325"
        contact = db.session.scalars(select(Contact).where(Contact.agreement_id == agreement_id)).first()
        assert contact
        contact.name = "Kari Prøve"
    rows(tenant, "Noe helt annet")
    assert found(app, tenant, q=typed) == ["Ærlige dager"]


def test_all_words_are_needed_and_signs_alone_find_nothing(app: Flask, tenant: MadeTenant) -> None:
    rows(tenant, "Rød bil", "Rød båt")
    assert found(app, tenant, q="rød bå") == ["Rød båt"]
    assert found(app, tenant, q="rød fly") == found(app, tenant, q="%") == []


def test_words_follow_what_is_changed_whoever_changes_it(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft("Gammel")
        drafts.rename(agreement_id, "Ny")
    assert found(app, tenant, q="gammel") == []
    assert found(app, tenant, q="ny") == ["Ny"]


def test_words_of_another_tenant_find_nothing(app: Flask, tenant: MadeTenant) -> None:
    rows(make_tenant("norway.municipality"), "Felles ord")
    assert found(app, tenant, q="felles") == []
    with tenant_scope(tenant.id):
        assert list(db.session.scalars(select(Word))) == []


def test_filters_are_combined(app: Flask, tenant: MadeTenant) -> None:
    now, today = clock.now(), clock.today("Europe/Oslo")
    rows(tenant, "Gjelder lenge", activated_at=now, starts_on=today, ends_on=today + timedelta(days=400))
    rows(tenant, "Gjelder kort", activated_at=now, starts_on=today, ends_on=today + timedelta(days=30))
    rows(tenant, "Utkast kort", ends_on=today + timedelta(days=30))
    assert found(app, tenant, status=("active",), ends_within=30) == ["Gjelder kort"]
    assert found(app, tenant, status=("active",), ends_from=today + timedelta(days=31)) == ["Gjelder lenge"]
    assert found(app, tenant, status=("active", "draft"), ends_within=29) == []
    assert set(found(app, tenant, q="kort", type=TYPE, adviser="me")) == {"Gjelder kort", "Utkast kort"}
    assert found(app, tenant, begins_to=today, ends_to=today + timedelta(days=31)) == ["Gjelder kort"]
    assert found(app, tenant, adviser=str(new_id())) == []


def test_a_sector_is_that_of_a_party(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        drafts.save_party(complete_draft("Privat", type_key=TYPE), "employer", EMPLOYER)
    rows(tenant, "Uten")
    assert found(app, tenant, sector="private") == ["Privat"]
    assert found(app, tenant, sector="public") == []


def test_titles_stand_in_nordic_order(app: Flask, tenant: MadeTenant) -> None:
    rows(tenant, "Ås", "Zoo", "Ærlig", "Øst", "apal")
    assert found(app, tenant, sort="title") == ["apal", "Zoo", "Ærlig", "Øst", "Ås"]


def test_what_has_no_end_stands_last(app: Flask, tenant: MadeTenant) -> None:
    rows(tenant, "Uten slutt")
    rows(tenant, "Sist", ends_on=date(2030, 1, 1))
    rows(tenant, "Først", ends_on=date(2029, 1, 1))
    assert found(app, tenant, sort="ends") == ["Først", "Sist", "Uten slutt"]


@pytest.mark.parametrize("sort", ["changed", "title", "party", "status", "ends"])
def test_every_agreement_stands_on_exactly_one_page(app: Flask, tenant: MadeTenant, sort: str) -> None:
    with clock.frozen(clock.now()):
        rows(tenant, *["Lik"] * 60)
    with acting(app, tenant):
        pages = [listing.find(Filters(sort=sort), listing.choices(), page=page) for page in (1, 2, 3)]
    ids = [row.id for page in pages for row in page.rows]
    assert (len(ids), len(set(ids)), pages[0].pages) == (60, 60, 3)


def test_counting_stops_where_nobody_pages_any_more(
    app: Flask, tenant: MadeTenant, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 30)
    rows(tenant, *["Lik"] * 40)
    page = client.get(f"/t/{tenant.slug}/agreements?page=9")
    assert "Flere enn 30 avtaler" in page.text or "More than 30 agreements" in page.text


def test_an_address_reads_back_as_what_it_was_made_of(app: Flask, tenant: MadeTenant) -> None:
    wanted = Filters(
        q="å & =", status=("active", "sent"), ends_to=date(2027, 1, 1), columns=("ends",), sort="title"
    )
    with acting(app, tenant):
        read, form = read_filters(
            MultiDict((name, one) for name, several in wanted.asked.items() for one in several),
            listing.choices(),
        )
    assert (read, dict(form.errors)) == (wanted, {})


def test_what_cannot_be_read_is_left_out_and_said(tenant: MadeTenant, client: FlaskClient) -> None:
    rows(tenant, "Blir stående")
    page = client.get(
        f"/t/{tenant.slug}/agreements",
        query_string={"ends_from": "i går", "type": "gone.type", "status": ["draft", "nonsense"]},
    )
    assert page.status_code == 200
    assert "Blir stående" in page.text
    assert 'value="i går"' in page.text, "nothing typed is lost"
    assert "year-month-day" in page.text or "år-måned-dag" in page.text


def test_every_filter_in_use_can_be_removed(tenant: MadeTenant, client: FlaskClient) -> None:
    page = client.get(f"/t/{tenant.slug}/agreements?q=bil&status=draft&status=sent").text
    assert f'href="/t/{tenant.slug}/agreements?q=bil&amp;status=sent"' in page
    assert f'href="/t/{tenant.slug}/agreements?status=draft&amp;status=sent"' in page


def test_htmx_gets_the_list_alone_with_its_short_address(tenant: MadeTenant, client: FlaskClient) -> None:
    url = f"/t/{tenant.slug}/agreements"
    answer = client.get(f"{url}?q=bil&type=&sector=", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert answer.headers["HX-Push-Url"] == f"{url}?q=bil"


def _narrow(app: Flask, tenant: MadeTenant) -> str:
    email = make_member_with(app, tenant, "own:agreement:read", "own:agreement:write")
    with acting(app, tenant, email):
        complete_draft("Min egen")
    rows(tenant, "En annens")
    return email


def test_list_count_and_file_reach_no_further_than_the_reader(app: Flask, tenant: MadeTenant) -> None:
    email = _narrow(app, tenant)
    with acting(app, tenant, email):
        page = listing.find(Filters(), listing.choices())
    assert ([row.title for row in page.rows], page.total) == (["Min egen"], 1)
    assert found(app, tenant, email, q="annens") == []
    text = signed_in(app, email).get(f"/t/{tenant.slug}/agreements/export.csv").text
    assert "Min egen" in text
    assert "En annens" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_the_rows_of_the_filters(tenant: MadeTenant, client: FlaskClient, kind: str) -> None:
    rows(tenant, "=1+1", ends_on=date(2027, 1, 1))
    rows(tenant, "Utenfor")
    answer = client.get(f"/t/{tenant.slug}/agreements/export.{kind}?ends_to=2027-06-01")
    assert answer.headers["Content-Disposition"].endswith(f"{clock.today('Europe/Oslo')}.{kind}")
    if kind == "csv":
        table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
        assert [row[0] for row in table[1:]] == ["'=1+1"]
    else:
        [_head, row] = load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows()
        assert (row[0].value, row[0].data_type) == ("=1+1", "s")


def test_a_file_that_is_cut_off_says_so(
    tenant: MadeTenant, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    rows(tenant, "En", "To", "Tre")
    text = client.get(f"/t/{tenant.slug}/agreements/export.csv").data.decode("utf-8-sig")
    assert len(text.splitlines()) == 4
    assert "2" in text.splitlines()[-1]


def test_the_log_says_who_downloaded_by_which_filters_but_no_values(
    tenant: MadeTenant, client: FlaskClient
) -> None:
    client.get(f"/t/{tenant.slug}/agreements/export.csv?q=hemmelig&status=draft")
    with tenant_scope(tenant.id):
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "agreements.exported")).one()
    assert (entry.actor_id, entry.fields, entry.reason) == (tenant.admin_id, ["q", "status"], "")


def test_a_file_asks_no_more_often_when_there_is_more(tenant: MadeTenant, client: FlaskClient) -> None:
    asked = []
    for _ in range(2):
        rows(tenant, "En", "To")
        with counted() as sent:
            client.get(f"/t/{tenant.slug}/agreements/export.csv")
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_every_status_can_be_asked_for(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        signing.send(complete_draft("Sendt"))
        asked = {
            one.value: listing.find(Filters(status=(one.value,)), listing.choices()).rows for one in Status
        }
    assert {status for status, rows_ in asked.items() if rows_} == {"sent"}


def test_words_of_a_new_agreement_are_there_at_once(app: Flask, tenant: MadeTenant) -> None:
    rows(tenant, "Øyeblikkelig")
    with tenant_scope(tenant.id):
        words: list[tuple[str, UUID]] = [
            (one.word, one.agreement_id) for one in db.session.scalars(select(Word))
        ]
    assert [word for word, _id in words] == ["oeyeblikkelig"]
