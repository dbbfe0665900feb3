"""Every page asks the database a fixed number of times, however much there is to show."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.agreements.signing import service as signing
from core.kernel import clock
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.statements import counted

FEW, MORE = 1, 3
FRAME = 6
"""What every page below a tenant's address asks: the tenant, the account, the membership, the modules, and
twice whose rows these are."""

Path = Callable[[UUID], str]
PAGES: dict[str, tuple[Path, int]] = {
    "home": (lambda _id: "/", FRAME + 11),
    "agreements": (lambda _id: "/agreements", FRAME + 8),
    "agreements by words": (lambda _id: "/agreements?q=samarbeid&status=active", FRAME + 8),
    "an agreement in force": (lambda in_force: f"/agreements/{in_force}", FRAME + 20),
    "its signing": (lambda in_force: f"/agreements/{in_force}/signing", FRAME + 7),
    "deadlines": (lambda _id: "/obligations", FRAME + 4),
    "people": (lambda _id: "/people", FRAME + 6),
}
STEPS = ("parties", "purpose", "check")


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def reader(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def _draft(app: Flask, tenant: MadeTenant) -> UUID:
    with acting(app, tenant):
        return complete_draft(type_key="no_work_training.intention_agreement")


def _agreements(app: Flask, tenant: MadeTenant, count: int) -> UUID:
    """As many drafts, refused, waiting and signed agreements; gives the last one in force."""
    now = clock.now()
    for _ in range(count):
        _draft(app, tenant)
        waiting, refused, in_force = (_draft(app, tenant) for _ in range(3))
        with acting(app, tenant), clock.frozen(now - timedelta(days=40)):
            signing.refuse(signing.key_of_link(signing.send(refused)[0].token), "Ikke nå")
            _sign(signing.send(waiting)[:1])
            _sign(signing.send(in_force))
    return in_force


def _sign(links: list[signing.IssuedLink]) -> None:
    for link in links:
        key = signing.key_of_link(link.token)
        case, request = signing.look(key)
        signing.sign(key, name=request.name, role=request.role_title, sha256=case.version.sha256)


def _statements(reader: FlaskClient, path: str) -> list[str]:
    """What the second look asks: the first one also writes down that somebody looked."""
    reader.get(path)
    with counted() as sent:
        answer = reader.get(path)
    assert answer.status_code == 200
    return sent


@pytest.fixture
def counts(app: Flask, tenant: MadeTenant, reader: FlaskClient) -> dict[str, tuple[int, int]]:
    """How often each page asks, with few agreements and with more."""
    found: dict[str, list[int]] = {name: [] for name in PAGES}
    for count in (FEW, MORE):
        in_force = _agreements(app, tenant, count)
        for name, (path, _most) in PAGES.items():
            found[name].append(len(_statements(reader, f"/t/{tenant.slug}{path(in_force)}")))
    return {name: (few, more) for name, (few, more) in found.items()}


def test_pages_ask_seldom_and_no_more_often_when_there_is_more(counts: dict[str, tuple[int, int]]) -> None:
    grown = {name: pair for name, pair in counts.items() if pair[0] != pair[1]}
    too_often = {name: few for name, (few, _more) in counts.items() if few > PAGES[name][1]}
    assert (grown, too_often) == ({}, {})


@pytest.mark.parametrize("step", STEPS)
def test_a_page_of_the_composer_asks_once_for_each_kind_of_part(
    app: Flask, tenant: MadeTenant, reader: FlaskClient, step: str
) -> None:
    agreement_id = _draft(app, tenant)
    sent = _statements(reader, f"/t/{tenant.slug}/agreements/{agreement_id}/compose/{step}")
    assert len(sent) <= FRAME + 9


def test_sending_and_signing_ask_once_for_each_kind_of_part(app: Flask, tenant: MadeTenant) -> None:
    agreement_id = _draft(app, tenant)
    with acting(app, tenant), counted() as sent:
        signing.send(agreement_id)
    assert sum("FROM agreements_clause" in one for one in sent) == 1
