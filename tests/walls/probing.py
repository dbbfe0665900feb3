"""What asks an address as somebody: the rows of the permission table, sent as each visitor and each role."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.persons import visits
from core.testing.drafts import acting
from core.testing.factories import make_member, signed_in
from tests.walls.furnishing import FORM, VISIT, Inside, Probed, outside
from tests.walls.permission_table import Row, read_table
from tests.walls.product import product

TABLE = read_table()
Form = Mapping[str, str]
BELOW = "/t/<slug>/"
INSIDE = [row for row in TABLE if row.path.startswith(BELOW)]
OUTSIDE = [row for row in TABLE if row not in INSIDE]
NOBODY, MEMBER, STRANGER, COLLEAGUE, OPERATOR = "nobody", "member", "stranger", "colleague", "operator"
EXTERNAL = "external"
OPEN = frozenset({"public", "personal link"})
REFUSALS = {401, 403, 404, 405}
HIDDEN, UNREADABLE, SERVER_ERROR = 404, 400, 500
NOT_READY = 503
"""What the product says of itself where no worker runs; whoever asks gets this answer."""

CHANGE_ROLE = (
    "UPDATE access_membership SET roles = jsonb_build_array(CAST(:role AS text)) WHERE tenant_id = :tenant"
)

CHANGE_KIND = "UPDATE tenancy_tenant SET kind = :kind WHERE id = :tenant"
KINDS_OF_ROLES = {
    role.value.key: role.value.tenant_kinds
    for role in product().extensions["fotfeste_host"].declared("register_roles")
}


def named(row: Row) -> str:
    return f"{row.method} {row.path}"


def each(rows: list[Row]) -> Any:
    return pytest.mark.parametrize("row", rows, ids=named)


@dataclass(frozen=True)
class Probe:
    """The furnished tenant, and the cookie by which each visitor is known."""

    probed: Probed
    here: Inside
    visitors: Mapping[str, str]

    def browser(self, visitor: str) -> FlaskClient:
        """A browser of its own where somebody is signed in: signing out in it ends nobody else's visit."""
        browser = self.probed.app.test_client()
        if visitor == EXTERNAL:
            browser.set_cookie(visits.COOKIE, self.visitors[visitor], path=f"/t/{self.here.tenant.slug}/")
        elif cookie := self.visitors[visitor]:
            browser.set_cookie("session", cookie)
        return browser

    def ask_as(
        self,
        role: str,
        row: Row,
        *,
        visitor: str = MEMBER,
        method: str = "",
        form: Form = FORM,
        fragment: bool = False,
    ) -> TestResponse:
        """What an address answers to a member with a role, where a tenant may have it; all is undone."""
        with self.probed.undone():
            self.probed.as_administrator(CHANGE_ROLE, role=role, tenant=self.here.tenant.id)
            for kind in KINDS_OF_ROLES.get(role, ())[:1]:
                self.probed.as_administrator(CHANGE_KIND, kind=kind, tenant=self.here.tenant.id)
            return self.send(self.browser(visitor), row, method=method, form=form, fragment=fragment)

    def send(
        self,
        browser: FlaskClient,
        row: Row,
        *,
        method: str = "",
        form: Form = FORM,
        fragment: bool = False,
    ) -> TestResponse:
        """Send the request of a row, unless told with a form that says something for every field."""
        method = method or row.method
        return browser.open(
            self.here.url(row.path),
            method=method,
            data=form if method == "POST" else None,
            headers={"HX-Request": "true"} if fragment else None,
        )


def probe_of(probed: Probed) -> Probe:
    """A probe of the first tenant, with everybody signed in."""
    mine = probed.mine
    with acting(probed.app, mine.tenant):
        examples = mine.examples | outside(mine.tenant)
    visitors = {
        NOBODY: "",
        MEMBER: cookie_of(mine.insider),
        STRANGER: cookie_of(probed.stranger),
        COLLEAGUE: cookie_of(signed_in(probed.app, make_member(mine.tenant, "access.reader"))),
        OPERATOR: cookie_of(probed.operator),
        EXTERNAL: examples[VISIT],
    }
    return Probe(probed, replace(mine, examples=examples), visitors)


def cookie_of(browser: FlaskClient) -> str:
    """What shows who is signed in."""
    cookie = browser.get_cookie("session")
    assert cookie is not None
    return cookie.value


def came_in(answer: TestResponse) -> bool:
    """Whether the address answered as to somebody who may: perhaps with a complaint about the form."""
    status = answer.status_code
    if (answer.location or answer.headers.get("HX-Redirect", "")).startswith("/sign-in?"):
        return False
    return (status < SERVER_ERROR or status == NOT_READY) and status not in REFUSALS
