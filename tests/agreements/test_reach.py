"""Which agreements somebody reaches, by the scope of the permission."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements.drafts import service as drafts
from core.agreements.overview import listing
from core.agreements.overview import service as overview
from core.agreements.overview.filters import Filters
from core.agreements.signing import service as signing
from core.kernel.errors import Invalid, NotFound, Refused
from core.obligations import service as obligations
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.pages import page_of
from core.testing.roles import make_member_with, make_unit, put_in_units
from core.testing.statements import counted

TYPE = "no_work_training.intention_agreement"
READ = ("own", "related", "unit", "all")
ALL_VERBS = ("agreement:read", "agreement:write", "agreement:send", "obligation:do")


def grants(scope: str, *permissions: str) -> list[str]:
    return [f"{scope}:{permission}" for permission in permissions or ALL_VERBS]


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def unit(app: Flask, tenant: MadeTenant) -> UUID:
    return make_unit(app, tenant)


def draft(app: Flask, tenant: MadeTenant, title: str, email: str = "") -> UUID:
    with acting(app, tenant, email):
        return complete_draft(title, type_key=TYPE)


def in_force(app: Flask, tenant: MadeTenant, title: str) -> UUID:
    agreement_id = draft(app, tenant, title)
    with acting(app, tenant):
        for link in signing.send(agreement_id):
            key = signing.key_of_link(link.token)
            case, request = signing.look(key)
            signing.sign(key, name=request.name, role=request.role_title, sha256=case.version.sha256)
    return agreement_id


@pytest.fixture
def members(app: Flask, tenant: MadeTenant, unit: UUID) -> dict[str, str]:
    """Somebody for each scope, each in the unit and each with an agreement of their own."""
    found = {scope: make_member_with(app, tenant, *grants(scope), units=(unit,)) for scope in READ}
    with acting(app, tenant):
        complete_draft("Ingen av dem", type_key=TYPE)
        in_unit = complete_draft("I enheten", type_key=TYPE)
        overview.put_in_unit(in_unit, unit)
        for scope in READ:
            named = complete_draft(f"Nevner {scope}", type_key=TYPE)
            key = next(iter(drafts.open_draft(named).contacts))
            values = {"name": "Kari", "role_title": "leder", "phone": "", "authority": True}
            drafts.save_contact(named, key, values | {"email": found[scope].upper()})
    return found


@pytest.mark.parametrize("scope", READ)
def test_a_list_shows_exactly_what_the_scope_reaches(
    app: Flask, tenant: MadeTenant, members: dict[str, str], scope: str
) -> None:
    draft(app, tenant, "Min", members[scope])
    others = {f"Nevner {one}" for one in READ if one != scope}
    reached = {
        "own": {"Min"},
        "related": {"Min", f"Nevner {scope}"},
        "unit": {"Min", f"Nevner {scope}", "I enheten"},
        "all": {"Min", f"Nevner {scope}", "I enheten", "Ingen av dem", *others},
    }
    with acting(app, tenant, members[scope]):
        listed = {row.title: row.id for row in listing.find(Filters(), listing.choices()).rows}
        assert set(listed) == reached[scope]
        assert {overview.read(found).agreement.title for found in listed.values()} == set(listed)
    with acting(app, tenant):
        everything = {row.title: row.id for row in listing.find(Filters(), listing.choices()).rows}
    with acting(app, tenant, members[scope]):
        for title in set(everything) - reached[scope]:
            with pytest.raises(NotFound):
                overview.read(everything[title])


@pytest.fixture
def only_own(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, make_member_with(app, tenant, *grants("own")))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/signing"),
        ("GET", "/agreement.pdf"),
        ("GET", "/compose/parties"),
        ("GET", "/clauses/purpose/history"),
        ("POST", "/title"),
        ("POST", "/clauses/purpose"),
        ("POST", "/discard"),
        ("POST", "/unit"),
        ("POST", "/signing/send"),
        ("POST", "/signing/cancel"),
        ("POST", "/signing/withdraw"),
    ],
)
def test_an_agreement_out_of_reach_answers_as_if_it_were_not_there(
    app: Flask, tenant: MadeTenant, only_own: FlaskClient, method: str, path: str
) -> None:
    agreement_id = draft(app, tenant, "Andres")
    form = {"title": "Ny", "reason": "Fordi.", "text": "Tekst", "revision": "0"} if method == "POST" else None
    answer = only_own.open(f"/t/{tenant.slug}/agreements/{agreement_id}{path}", method=method, data=form)
    assert answer.status_code == 404


def test_a_verb_that_reaches_less_than_reading_is_refused_with_a_sentence(
    app: Flask, tenant: MadeTenant
) -> None:
    email = make_member_with(app, tenant, "all:agreement:read", *grants("own", *ALL_VERBS[1:]))
    others = draft(app, tenant, "Andres")
    with acting(app, tenant, email):
        assert not overview.read(others).may_write
        for verb in (
            lambda: drafts.rename(others, "Min"),
            lambda: signing.send(others),
            lambda: signing.cancel(others, "Fordi."),
        ):
            with pytest.raises(Refused) as refused:
                verb()
            assert "belongs to others" in str(refused.value.message)
        mine = complete_draft("Min", type_key=TYPE)
        drafts.rename(mine, "Fortsatt min")
    page = page_of(signed_in(app, email).get(f"/t/{tenant.slug}/agreements/{others}"))
    assert "Continue writing" not in page.text


def test_promises_follow_their_agreement(app: Flask, tenant: MadeTenant) -> None:
    narrow = make_member_with(app, tenant, *grants("own"))
    wide = make_member_with(app, tenant, "all:agreement:read", "own:obligation:do")
    agreement_id = in_force(app, tenant, "Andres")
    with acting(app, tenant):
        promise = obligations.for_subject(agreement_id)[0].id
    with acting(app, tenant, narrow):
        assert obligations.page(1).count == 0
        assert obligations.for_subject(agreement_id) == []
        assert obligations.overview(10, within_days=700).next == ()
        with pytest.raises(NotFound):
            obligations.mark_done(promise)
    with acting(app, tenant, wide):
        assert obligations.page(1).count > 0
        with pytest.raises(Refused, match="not_this_one"):
            obligations.mark_done(promise)


def test_home_shows_nothing_out_of_reach(app: Flask, tenant: MadeTenant, only_own: FlaskClient) -> None:
    in_force(app, tenant, "Andres avtale")
    refused = draft(app, tenant, "Andres avslag")
    with acting(app, tenant):
        signing.refuse(signing.key_of_link(signing.send(refused)[0].token), "Ikke nå")
    assert "Andres" not in page_of(only_own.get(f"/t/{tenant.slug}/")).text


def test_what_somebody_of_one_unit_begins_belongs_to_it(app: Flask, tenant: MadeTenant, unit: UUID) -> None:
    colleague = make_member_with(app, tenant, *grants("unit"), units=(unit,))
    elsewhere = make_member_with(app, tenant, *grants("unit"), units=(make_unit(app, tenant),))
    begun = draft(app, tenant, "Begynt", make_member_with(app, tenant, *grants("unit"), units=(unit,)))
    with acting(app, tenant, colleague):
        assert overview.read(begun).agreement.unit_id == unit
        drafts.rename(begun, "Av en kollega")
    with acting(app, tenant, elsewhere), pytest.raises(NotFound):
        overview.read(begun)


def test_the_unit_is_chosen_on_the_page_of_the_agreement(app: Flask, tenant: MadeTenant, unit: UUID) -> None:
    agreement_id = draft(app, tenant, "Avtale")
    browser = signed_in(app, tenant.admin_email)
    url = f"/t/{tenant.slug}/agreements/{agreement_id}"
    assert browser.post(f"{url}/unit", data={"unit_id": str(unit)}).status_code == 303
    chosen = page_of(browser.get(url)).root.first("select", name="unit_id").all("option", selected="")
    assert [one.attributes["value"] for one in chosen] == [str(unit)]
    assert browser.post(f"{url}/unit", data={"unit_id": "nonsense"}).status_code == 422
    assert browser.post(f"{url}/unit", data={"unit_id": ""}).status_code == 303
    with acting(app, tenant):
        assert overview.read(agreement_id).agreement.unit_id is None


def test_a_unit_of_another_tenant_is_no_unit(app: Flask, tenant: MadeTenant) -> None:
    foreign = make_unit(app, make_tenant("norway.municipality"))
    agreement_id = draft(app, tenant, "Avtale")
    with acting(app, tenant), pytest.raises(Invalid):
        overview.put_in_unit(agreement_id, foreign)


def test_somebody_who_leaves_a_unit_no_longer_reaches_it(app: Flask, tenant: MadeTenant, unit: UUID) -> None:
    email = make_member_with(app, tenant, *grants("unit"), units=(unit,))
    agreement_id = draft(app, tenant, "I enheten")
    with acting(app, tenant):
        overview.put_in_unit(agreement_id, unit)
    with acting(app, tenant, email):
        assert overview.read(agreement_id)
    put_in_units(app, tenant, email, make_unit(app, tenant))
    with acting(app, tenant, email), pytest.raises(NotFound):
        overview.read(agreement_id)


def test_a_narrow_scope_asks_no_more_often_when_there_is_more(app: Flask, tenant: MadeTenant) -> None:
    email = make_member_with(app, tenant, *grants("related"))
    asked = []
    for _ in range(2):
        draft(app, tenant, "Min", email)
        with acting(app, tenant, email), counted() as sent:
            listing.find(Filters(), listing.choices())
        asked.append(len(sent))
    assert asked[0] == asked[1]
