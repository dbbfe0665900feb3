"""The page of the law as we read it."""

from typing import Any

from flask import Blueprint, render_template

from core.kernel import clock
from core.law import wording
from core.law.asking_for_tenant import terms_of
from core.law.changes import days_of_change
from core.law.reading.page import law_of
from core.law.sets import plugin_of, readable_rule_set
from core.law.timeline import LEFT, RIGHT, WIDTH, timeline_of
from core.tenancy.service import current_tenant

reading = Blueprint("law_reading", __name__, url_prefix="/t/<slug>/rules")


@reading.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared."""
    return dict(wording.FOR_TEMPLATES)


@reading.get("/<key>/law")
def page(key: str) -> str:
    """Every rule with its reference and validity, every value with its date, and the cases."""
    rule_set, terms = readable_rule_set(key), terms_of(plugin_of(key))
    today = clock.today(current_tenant().timezone)
    days = days_of_change(rule_set, terms.switches)
    return render_template(
        "law/law.html",
        key=key,
        rule_set=rule_set,
        law=law_of(rule_set, today),
        switches=terms.switches,
        decided=terms.practice.settings(rule_set, today),
        days=days,
        timeline=timeline_of(days, today),
        size={"width": WIDTH, "left": LEFT, "right": RIGHT},
        today=today,
    )
