"""Pages: the log of a tenant, its download, and what is logged about oneself."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import login_required
from flask_security import current_user

from core.access import service as access
from core.access.history import everybody_ever
from core.history import service
from core.history.paging import before, older_url
from core.history.texts import all_actions, all_subjects
from core.kernel.scope import tenant_scope
from core.kernel.sorting import nordic_sort_key
from core.tenancy.service import TenantCard
from core.web.forms import FormState
from core.web.languages import current_language
from tenants.audit.asked import wanted_from
from tenants.audit.table import as_table

log = Blueprint("tenants_audit", __name__, url_prefix="/t/<slug>")
mine = Blueprint("tenants_my_log", __name__)


@log.get("/audit")
def page() -> str:
    """Search in the log."""
    found = service.search(wanted_from(request.args))
    language = current_language()
    kinds = [(kind, text.title.in_language(language)) for kind, text in all_subjects().items()]
    actions = [(action, text.in_language(language)) for action, text in all_actions().items()]
    return render_template(
        "tenants/audit/page.html",
        history=found,
        older_url=older_url(found),
        form=FormState(request.args.to_dict()),
        people=_by_text((str(one), name) for one, name in everybody_ever().items()),
        kinds=_by_text(kinds),
        actions=_by_text(actions),
        download_url=url_for("tenants_audit.download", **_arguments()),
    )


@log.get("/audit.csv")
def download() -> Response:
    """The lines that are searched for, as a table."""
    lines = service.download(wanted_from(request.args))
    headers = {"Content-Disposition": 'attachment; filename="log.csv"', "Cache-Control": "no-store"}
    return Response(as_table(lines), content_type="text/csv; charset=utf-8", headers=headers)


@mine.get("/account/logged")
@login_required
def about_me() -> str:
    """What is logged about the signed-in person, one workplace at a time."""
    cards = [card for card, *_roles in access.my_tenants(current_user.id)]
    chosen = next(
        (card for card in cards if card.slug == request.args.get("at")), cards[0] if cards else None
    )
    found = _logged_at(chosen) if chosen else None
    return render_template(
        "tenants/audit/mine.html",
        places=[
            (card.name, url_for("tenants_my_log.about_me", at=card.slug), card == chosen) for card in cards
        ],
        here=chosen.name if chosen else "",
        history=found,
        older_url=older_url(found) if found else "",
    )


def _logged_at(card: TenantCard) -> service.Page:
    with tenant_scope(card.id):
        return service.about_account(current_user.id, before=before())


def _arguments() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name != "before" and value}


def _by_text(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(options, key=lambda option: nordic_sort_key(option[1], current_language()))
