"""How plugins go, told by every process, and what the tenants of a kind may use."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.kernel import jobs
from core.kernel.database import db
from core.kernel.health import PluginHealth
from core.kernel.scope import tenant_scope
from core.platform import counting
from core.plugin_host.host import Health, Host
from core.tenancy import service as tenancy
from core.tenancy.kinds import kind_of
from core.tenancy.models import TenantPlugin
from core.testing.factories import MadeTenant, make_tenant, signed_in
from core.testing.pages import page_of

KIND = "norway.municipality"
KEY = ("norway", "provide_holidays")


def told(app: Flask) -> PluginHealth:
    db.session.expire_all()
    query = select(PluginHealth).where(PluginHealth.plugin == KEY[0], PluginHealth.hook == KEY[1])
    return db.session.scalars(query).one()


def test_what_each_process_tells_is_added_up_and_told_once(app: Flask) -> None:
    host: Host = app.extensions["fotfeste_host"]
    app.extensions[counting.EXTENSION] = counting.Told(health=dict(host.health))
    host.health[KEY] = Health(calls=3, seconds=0.5, errors=1, last_error="ValueError: Kari Nordmann")
    app.extensions[counting.EXTENSION].health[KEY] = Health()
    jobs.run(counting.COUNT, {})
    jobs.run(counting.COUNT, {})
    assert (told(app).calls, told(app).errors, told(app).last_error) == (3, 1, "ValueError")
    host.health[KEY] = Health(calls=5, seconds=0.75, errors=1, last_error="ValueError: Kari Nordmann")
    jobs.run(counting.COUNT, {})
    assert (told(app).calls, told(app).seconds, told(app).last_error) == (5, 0.75, "ValueError")


def test_the_page_names_every_plugin_and_what_went_wrong(app: Flask, operator: FlaskClient) -> None:
    host: Host = app.extensions["fotfeste_host"]
    host.health[KEY] = Health(calls=4, seconds=0.5, errors=1, last_error="ValueError: Kari Nordmann")
    host.unavailable["broken_plugin"] = "it requires coffee, not available"
    app.extensions[counting.EXTENSION] = counting.Told()
    try:
        counting.tell()
        text = page_of(operator.get("/platform/plugins")).text
    finally:
        del host.unavailable["broken_plugin"]
    for name in host.manifests:
        assert name in text
    assert "it requires coffee" in text
    assert "ValueError" in text
    assert "Kari Nordmann" not in text


def offered(tenant: MadeTenant) -> list[str]:
    with tenant_scope(tenant.id):
        return tenancy.plugins_on_offer()


def on(app: Flask, tenant: MadeTenant) -> set[str]:
    with app.app_context(), tenant_scope(tenant.id):
        return tenancy.plugins_switched_on()


def test_what_is_withheld_from_a_kind_hides_and_comes_back_as_it_was(
    app: Flask, operator: FlaskClient
) -> None:
    tenant, other = make_tenant(KIND), make_tenant("norway.county")
    kind = kind_of(KIND)
    assert kind is not None
    plugin = kind.suggested_plugins[0]
    rest = [name for name in offered(tenant) if name != plugin]
    assert plugin in on(app, tenant)
    assert operator.post(f"/platform/plugins/{KIND}", data={"plugins": rest}).status_code == 303
    assert offered(tenant) == rest
    assert plugin not in on(app, tenant)
    assert plugin not in on(app, make_tenant(KIND))
    assert plugin in offered(other)
    administrator = signed_in(app, tenant.admin_email)
    settings = f"/t/{tenant.slug}/settings"
    assert administrator.post(f"{settings}/modules", data={"modules": [plugin]}).status_code == 422
    assert administrator.post(f"{settings}/modules", data={"modules": rest}).status_code == 303
    with tenant_scope(tenant.id):
        query = select(TenantPlugin).where(TenantPlugin.plugin == plugin, TenantPlugin.on_until.is_(None))
        assert db.session.scalars(query).one()
    operator.post(f"/platform/plugins/{KIND}", data={"plugins": [plugin, *rest]})
    assert plugin in on(app, tenant)


def test_an_unknown_kind_or_module_is_refused(app: Flask, operator: FlaskClient) -> None:
    assert operator.get("/platform/plugins/nowhere.village").status_code == 404
    assert operator.post("/platform/plugins/nowhere.village").status_code == 404
    assert operator.post(f"/platform/plugins/{KIND}", data={"plugins": ["coffee"]}).status_code == 422
