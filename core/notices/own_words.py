"""The tenant's own words in mail, and the mails in which they can stand."""

from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from core.access import service as access
from core.kernel import audit
from core.kernel.database import db
from core.kernel.errors import NotFound
from core.kernel.unit_of_work import unit_of_work
from core.notices.kinds import Kind, every_kind, kind_named, register
from core.notices.letters import own_text
from core.notices.models import OwnText
from core.plugin_host.wording import Wording
from core.tenancy.service import current_tenant
from core.web.languages import LANGUAGES

MANAGE: Final = "tenant:manage"
GATHERED: Final = register(
    Kind(
        "gathered",
        Wording(nb="Samlet e-post", da="Samlet e-mail", en="Gathered mail"),
        Wording(
            nb="Om morgenen, til dem som har valgt å få varsler samlet",
            da="Om morgenen, til dem der har valgt at få beskeder samlet",
            en="In the morning, to those who have chosen to get notices gathered",
        ),
        to_colleagues=False,
    )
)


@dataclass(frozen=True)
class MailCard:
    """A kind of mail as the page lists it; ``languages`` are those with words of the tenant's own."""

    kind: Kind
    languages: tuple[str, ...]


def mails() -> list[MailCard]:
    """Every kind of mail, for who manages the tenant."""
    access.require(MANAGE)
    changed: dict[str, list[str]] = {}
    query = select(OwnText.kind, OwnText.language).where((OwnText.opening != "") | (OwnText.closing != ""))
    for kind, language in db.session.execute(query.order_by(OwnText.language)):
        changed.setdefault(kind, []).append(language)
    return [MailCard(kind, tuple(changed.get(kind.key, ()))) for kind in every_kind()]


def open_text(key: str, language: str) -> tuple[Kind, OwnText | None]:
    """One kind of mail with the tenant's words in a language. Raises NotFound."""
    access.require(MANAGE)
    kind = kind_named(key)
    if kind is None or language not in LANGUAGES:
        raise NotFound("notices.no_kind", _("We cannot find this mail."))
    return kind, own_text(key, language)


def save_text(key: str, language: str, *, opening: str, closing: str) -> None:
    """Say one kind of mail in the tenant's own words; "" leaves the product's."""
    kind, row = open_text(key, language)
    with unit_of_work():
        if row is None:
            row = OwnText(kind=kind.key, language=language)
            db.session.add(row)
        row.opening, row.closing = opening, closing
        audit.record("notices.worded", "tenant", current_tenant().id)
