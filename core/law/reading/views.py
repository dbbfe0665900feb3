"""The page of the law as we read it."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from core.kernel import clock
from core.law import wording
from core.law.asking_for_tenant import terms_of
from core.law.changes import days_of_change
from core.law.files import files_mark
from core.law.reading.page import law_of
from core.law.reading.shown import ON, only, read_shown
from core.law.sets import plugin_of, readable_rule_set, readable_rule_sets
from core.law.timeline import LEFT, RIGHT, WIDTH, timeline_of
from core.tenancy.service import current_tenant

INVALID = 422

reading = Blueprint("law_reading", __name__, url_prefix="/t/<slug>/rules")


@reading.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared."""
    return dict(wording.FOR_TEMPLATES)


@reading.get("/<key>/law")
def page(key: str) -> ResponseReturnValue:
    """Every rule with its reference and validity, every value with its date, and the cases; or a part."""
    rule_set, terms = readable_rule_set(key), terms_of(plugin_of(key))
    today = clock.today(current_tenant().timezone)
    shown = read_shown(request.args, today)
    days = shown.changes(days_of_change(rule_set, terms.switches))
    text = render_template(
        "law/law.html",
        key=key,
        rule_set=rule_set,
        law=only(law_of(rule_set, today, shown.day if shown.way == ON else today), shown),
        shown=shown,
        switches=terms.switches,
        decided=terms.practice.settings(rule_set, today),
        days=days,
        timeline=timeline_of(days, today),
        size={"width": WIDTH, "left": LEFT, "right": RIGHT},
        today=today,
        mark=files_mark(rule_set),
        elsewhere={one: name for name, other in readable_rule_sets().items() for one in other.own_rules},
    )
    return text, 200 if shown.is_good else INVALID
