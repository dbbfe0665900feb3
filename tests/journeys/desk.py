"""A tenant with people and a draft, made through the services, for journeys that begin in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Page

from core.agreements.drafts import service as drafts
from core.kernel.scope import tenant_scope
from core.testing.drafts import acting, complete_draft
from core.testing.factories import PASSWORD, MadeTenant, make_member, make_tenant
from tests.journeys import steps
from tests.journeys.site import Site

INTENTION = "no_work_training.intention_agreement"
PARTNERSHIP = "dk_company_centre.partnership"


@dataclass(frozen=True)
class Desk:
    """Where an agreement is written: a tenant, and the addresses of its people."""

    site: Site
    tenant: MadeTenant
    adviser: str
    colleague: str

    @property
    def home(self) -> str:
        """The first page of the tenant."""
        return f"/t/{self.tenant.slug}/"

    def agreement(self, agreement_id: UUID) -> str:
        """The page of an agreement."""
        return f"{self.home}agreements/{agreement_id}"

    @contextmanager
    def as_adviser(self) -> Iterator[None]:
        """Act through the services, as the adviser."""
        with acting(self.site.app, self.tenant, self.adviser):
            yield

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Look into the tenant's rows."""
        with self.site.app.app_context(), tenant_scope(self.tenant.id):
            yield

    def begun(self, title: str = "Begynt avtale", type_key: str = INTENTION) -> UUID:
        """A draft in which nothing is filled yet."""
        with self.as_adviser():
            return drafts.begin(drafts.Beginning(type_key, title, {}))

    def complete(self, title: str = "Ferdig avtale", type_key: str = INTENTION) -> UUID:
        """A draft that lacks nothing."""
        with self.as_adviser():
            return complete_draft(title, type_key=type_key)


def new_desk(site: Site, kind: str = "norway.municipality") -> Desk:
    """A confirmed tenant with an administrator and two advisers."""
    with site.app.app_context():
        tenant = make_tenant(kind)
        adviser = make_member(tenant, "access.adviser", "Vera Skriver")
        return Desk(site, tenant, adviser, make_member(tenant, "access.adviser", "Kai Kollega"))


def arrive(page: Page, email: str, path: str) -> Page:
    """Sign in and open a page."""
    page.goto("/sign-in")
    steps.sign_in(page, email, PASSWORD)
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(path)
    return page
