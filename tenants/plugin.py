"""Tenants' own pages, through the same hooks as a plugin that is always on."""

from flask import Blueprint

from core.history.texts import HISTORY as LOG
from core.plugin_host.declarations import (
    ActionText,
    MenuEntry,
    SubjectText,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording
from core.tenancy.history import HISTORY
from tenants.audit.views import log, mine
from tenants.home.views import home
from tenants.leaving.views import leaving
from tenants.people.member import people
from tenants.privacy.record_views import record
from tenants.privacy.views import privacy
from tenants.roles.words import roles
from tenants.settings.views import settings
from tenants.sign_up.views import sign_up
from tenants.single_sign_on.views import sign_in
from tenants.units.places import units
from tenants.visits.views import visits
from tenants.word_layout.views import word_layout

MANIFEST = Manifest(
    name="tenants",
    title=Wording(nb="Virksomheten", da="Organisationen", en="The organisation"),
    summary=Wording(
        nb="Registrering, innstillinger og folk.",
        da="Tilmelding, indstillinger og personer.",
        en="Sign-up, settings and people.",
    ),
    version="1",
    personal_data=("name", "e-mail address"),
)


@hook
def register_blueprints() -> list[Blueprint]:
    """Home, entering, settings, layout, leaving, visits, people, units, roles, privacy and the log."""
    return [
        home,
        sign_in,
        sign_up,
        settings,
        word_layout,
        leaving,
        visits,
        people,
        units,
        roles,
        privacy,
        record,
        log,
        mine,
    ]


@hook
def register_menu() -> list[MenuEntry]:
    """Home for everybody, people for those who may see them, settings for administrators."""
    return [
        MenuEntry(
            "tenants.home",
            Wording(nb="Hjem", da="Hjem", en="Home"),
            "tenants_home.home",
            "",
            weight=10,
        ),
        MenuEntry(
            "tenants.people",
            Wording(nb="Personer", da="Personer", en="People"),
            "tenants_people.page",
            "people:read",
            weight=80,
        ),
        MenuEntry(
            "tenants.audit",
            Wording(nb="Logg", da="Log", en="Log"),
            "tenants_audit.page",
            "audit:read",
            weight=85,
        ),
        MenuEntry(
            "tenants.privacy",
            Wording(nb="Personvern", da="Databeskyttelse", en="Privacy"),
            "tenants_privacy.page",
            "privacy:manage",
            weight=86,
        ),
        MenuEntry(
            "tenants.settings",
            Wording(nb="Innstillinger", da="Indstillinger", en="Settings"),
            "tenants_settings.page",
            "tenant:manage",
            weight=90,
        ),
    ]


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """The tenant itself, and the log."""
    return [*HISTORY, *LOG]
