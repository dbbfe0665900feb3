"""What the tenant in scope has filled in for a service, and which one it has chosen."""

import json

from flask import current_app
from sqlalchemy import select

from core.agreements.signing.providers.models import SigningService
from core.kernel.database import db
from core.kernel.settings import Settings
from core.plugin_host.signing import ServiceAccess
from core.tenancy.service import current_tenant


def service_row(provider: str) -> SigningService | None:
    """What is stored of a service."""
    return db.session.scalar(select(SigningService).where(SigningService.provider == provider))


def chosen() -> str:
    """The key of the service that was chosen; "" for our own personal link."""
    query = select(SigningService.provider).where(SigningService.is_chosen)
    return db.session.scalar(query) or ""


def access_to(provider: str) -> ServiceAccess:
    """The settings of a service and where it may tell news; without settings where nothing is stored."""
    row = service_row(provider)
    return ServiceAccess(json.loads(row.secret_settings) if row else {}, callback_url(provider))


def callback_url(provider: str) -> str:
    """Where a service may tell news of this tenant."""
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/t/{current_tenant().slug}/signing-callbacks/{provider}"
