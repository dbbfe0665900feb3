"""The verbs of an administrator: fill in the access to a service, and choose where agreements are signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.agreements.signing.providers.access import callback_url, service_row
from core.agreements.signing.providers.catalogue import BUILT_IN, providers_here
from core.agreements.signing.providers.models import SigningService
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.errors import Invalid, NotFound
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.plugin_host.signing import SigningProvider

MANAGE = "tenant:manage"


@dataclass(frozen=True)
class Offer:
    """A provider that the tenant can use. ``filled`` are the keys of settings that have a value."""

    provider: SigningProvider
    is_chosen: bool
    filled: frozenset[str]
    shown: Mapping[str, str]
    callback_url: str

    @property
    def is_ours(self) -> bool:
        """Whether it is our own personal link, which needs no access."""
        return self.provider.key == BUILT_IN

    @property
    def is_ready(self) -> bool:
        """Whether everything is filled in that it needs."""
        return {one.key for one in self.provider.settings} <= self.filled


@dataclass(frozen=True)
class Offers:
    """What there is to choose from; ``lost`` is the key of a chosen service that is switched off, or ""."""

    offers: tuple[Offer, ...]
    lost: str


def offers() -> Offers:
    """The providers of the tenant's active plugins, ours first."""
    access.require(MANAGE)
    rows = {row.provider: row for row in db.session.scalars(select(SigningService))}
    here = providers_here()
    chosen = next((row.provider for row in rows.values() if row.is_chosen), BUILT_IN)
    found = tuple(_offer(one, rows.get(key), is_chosen=key == chosen) for key, one in here.items())
    return Offers(found, "" if chosen in here else chosen)


def _offer(provider: SigningProvider, row: SigningService | None, *, is_chosen: bool) -> Offer:
    values: dict[str, str] = json.loads(row.secret_settings) if row else {}
    secret = {one.key for one in provider.settings if one.secret}
    return Offer(
        provider=provider,
        is_chosen=is_chosen,
        filled=frozenset(key for key, value in values.items() if value),
        shown={key: value for key, value in values.items() if key not in secret},
        callback_url=callback_url(provider.key),
    )


def fill_in(key: str, typed: Mapping[str, str]) -> None:
    """Keep the access to a service; a secret that is left empty stays as it is.

    Raises NotFound for a service that is not on offer, Invalid with what is missing.
    """
    member = access.require(MANAGE)
    provider = _foreign(key)
    with unit_of_work():
        row = service_row(key)
        values: dict[str, str] = json.loads(row.secret_settings) if row else {}
        kept = {
            one.key: typed.get(one.key, "") or _kept(one.secret, values, one.key) for one in provider.settings
        }
        if lacking := [name for name, value in kept.items() if not value]:
            wrong = _("Fill in this field.")
            raise Invalid("signing_provider.incomplete", wrong, dict.fromkeys(lacking, wrong))
        if row is None:
            row = SigningService(id=new_id(), provider=key)
            db.session.add(row)
        row.secret_settings, row.set_by, row.set_at = json.dumps(kept), member.account_id, clock.now()
        audit.record("signing_service.filled_in", "signing_service", row.id, fields=["secret_settings"])


def _kept(is_secret: bool, values: Mapping[str, str], key: str) -> str:  # noqa: FBT001
    return values.get(key, "") if is_secret else ""


def _foreign(key: str) -> SigningProvider:
    found = providers_here().get(key)
    if found is None or key == BUILT_IN:
        raise NotFound("signing_provider.not_found", _("We cannot find this service."))
    return found


def choose(key: str) -> None:
    """Let agreements that are sent from now on be signed at a service, or here.

    What has been sent stays where it is. Raises NotFound, or Invalid while its access is not filled in.
    """
    member = access.require(MANAGE)
    if key != BUILT_IN:
        _foreign(key)
    with unit_of_work():
        rows = {row.provider: row for row in db.session.scalars(select(SigningService))}
        if key != BUILT_IN and key not in rows:
            wrong = _("Fill in the access to this service first.")
            raise Invalid("signing_provider.no_access", wrong, {"provider": wrong})
        for row in rows.values():
            if row.is_chosen and row.provider != key:
                row.is_chosen = False
                audit.record("signing_service.left", "signing_service", row.id, fields=["is_chosen"])
        db.session.flush()
        if key != BUILT_IN and not rows[key].is_chosen:
            rows[key].is_chosen, rows[key].set_by = True, member.account_id
            audit.record("signing_service.chosen", "signing_service", rows[key].id, fields=["is_chosen"])
