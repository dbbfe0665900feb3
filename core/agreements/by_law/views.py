"""The page of what the rules of law answered about an agreement, kept as it was."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from core.agreements.by_law import service
from core.agreements.by_law.models import Occasion
from core.law import wording
from core.plugin_host.wording import Wording
from core.web.languages import current_language

by_law = Blueprint("agreements_by_law", __name__, url_prefix="/t/<slug>/agreements")

OCCASIONS = {
    Occasion.SENT: Wording(
        nb="Da den ble sendt til signering", da="Da den blev sendt til underskrift", en="When it was sent"
    ),
    Occasion.IN_FORCE: Wording(
        nb="Da alle hadde signert", da="Da alle havde underskrevet", en="When all had signed"
    ),
    Occasion.NOTICE: Wording(
        nb="Da endringen ble meldt", da="Da ændringen blev meldt", en="When the change was told"
    ),
}


@by_law.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared."""
    return dict(wording.FOR_TEMPLATES)


@by_law.get("/<uuid:agreement_id>/rules")
def page(agreement_id: UUID) -> str:
    """The newest answer of each rule set, with its reasons, and the earlier ones below."""
    occasions = {one: words.in_language(current_language()) for one, words in OCCASIONS.items()}
    return render_template(
        "agreements/by_law/page.html", kept=service.answers(agreement_id), occasions=occasions
    )
