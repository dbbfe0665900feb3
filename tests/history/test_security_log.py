"""What whoever watches over security is told: ids and codes, never names or what was typed."""

import json
from typing import Any

import pytest
from flask import Flask

from core.kernel import rotation
from core.testing.factories import PASSWORD, MadeTenant, make_member, make_tenant, signed_in


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


def test_signing_in_and_failing_to_are_told_without_a_name(app: Flask, tenant: MadeTenant, told: Any) -> None:
    signed_in(app, tenant.admin_email)
    (event,) = told("sign_in.succeeded")
    assert event["account"] == str(tenant.admin_id)
    assert event["ways"] == "password"
    app.test_client().post("/sign-in", data={"email": tenant.admin_email, "password": "wrong wrong"})
    (failed,) = told("sign_in.failed")
    assert failed["failures"] == 1
    assert tenant.admin_email not in json.dumps([event, failed])


def test_a_refusal_is_told_with_who_and_where(app: Flask, tenant: MadeTenant, told: Any) -> None:
    client = signed_in(app, make_member(tenant, "access.reader"))
    assert client.get(f"/t/{tenant.slug}/audit").status_code == 403
    (event,) = told("access.refused")
    assert (event["code"], event["endpoint"]) == ("access.not_in_role", "tenants_audit.page")
    assert event["tenant"] == str(tenant.id)
    assert event["actor"]


def test_a_member_at_the_door_of_another_tenant_is_told(app: Flask, tenant: MadeTenant, told: Any) -> None:
    other = make_tenant("norway.municipality")
    client = signed_in(app, tenant.admin_email)
    assert client.get(f"/t/{other.slug}/").status_code == 404
    (event,) = told("access.hidden")
    assert (event["tenant"], event["actor"]) == (str(other.id), str(tenant.admin_id))


def test_an_address_that_never_was_is_no_event(app: Flask, told: Any) -> None:
    assert app.test_client().get("/t/nowhere/").status_code == 404
    assert told("access.hidden") == []


def test_a_rotation_of_keys_is_told(app: Flask, told: Any) -> None:
    rotation.rotate()
    assert [event["count"] for event in told("secrets.rotated")] == [0]


def test_no_event_ever_holds_a_password(app: Flask, tenant: MadeTenant, caplog: Any, told: Any) -> None:
    signed_in(app, tenant.admin_email)
    assert PASSWORD not in caplog.text
