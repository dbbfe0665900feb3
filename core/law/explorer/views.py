"""The pages of the rule explorer: the rule sets, a question with its answer, and the answer for programs."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.kernel import clock
from core.law import wording
from core.law.asking_for_tenant import Terms, terms_of
from core.law.changes import days_of_change
from core.law.explorer.answer import Answer, in_words
from core.law.explorer.asked import SWITCH, Asked, answer_to, as_json, different_facts, read_question
from core.law.explorer.asking import form_of
from core.law.explorer.moving import moved
from core.law.sets import plugin_of, readable_rule_set, readable_rule_sets
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.tenancy.service import current_tenant

INVALID = 422

explorer = Blueprint("law_explorer", __name__, url_prefix="/t/<slug>/rules")


@explorer.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared."""
    return dict(wording.FOR_TEMPLATES)


@explorer.get("")
def page() -> str:
    """Every rule set, and what it is about."""
    return render_template("law/sets.html", rule_sets=readable_rule_sets())


@explorer.get("/<key>")
def explore(key: str) -> ResponseReturnValue:
    """A question and its answer; what cannot be read is named, and the rest is kept."""
    rule_set, terms = readable_rule_set(key), terms_of(plugin_of(key))
    asked = _asked(rule_set, terms)
    results = _results(rule_set, asked)
    answers = [in_words(rule_set, one, _tried(asked)) for one in results] if asked.is_good else []
    days = days_of_change(rule_set, terms.switches)
    text = render_template(
        "law/explorer.html",
        key=key,
        rule_set=rule_set,
        asked=asked,
        form=form_of(rule_set, asked, results),
        answers=answers,
        pairs=_pairs(answers),
        different=different_facts(rule_set, asked),
        switches=terms.switches,
        decided=terms.practice.settings(rule_set, asked.first.as_of or _today()),
        days=[(one, moved(rule_set, asked, one)) for one in days],
        link=url_for("law_explorer.explore", key=key, _external=True) + "?" + asked.address(),
        unknown_names=asked.unknown_names(request.args),
    )
    return text, 200 if asked.is_good else INVALID


@explorer.get("/<key>/answer.json")
def answer(key: str) -> ResponseReturnValue:
    """The answer for programs, with the question."""
    rule_set = readable_rule_set(key)
    asked = _asked(rule_set, terms_of(plugin_of(key)))
    if not asked.is_good:
        errors = {name: [str(one) for one in said] for name, said in asked.typed.errors.items()}
        return _download({"ruleSet": key, "errors": errors}, key), INVALID
    questions = [one for one in (asked.first, asked.second) if one is not None]
    results = zip(questions, _results(rule_set, asked), strict=True)
    told = [
        {"question": as_json(question), "answer": {**result.to_json(), "ruleSet": key}}
        for question, result in results
    ]
    return _download({**told[0], **({"second": told[1]} if told[1:] else {})}, key)


def _asked(rule_set: RuleSet, terms: Terms) -> Asked:
    return read_question(rule_set, request.args, _today(), terms)


def _today() -> date:
    return clock.today(current_tenant().timezone)


def _results(rule_set: RuleSet, asked: Asked) -> list[Result]:
    questions = [one for one in (asked.first, asked.second) if one is not None]
    return [answer_to(rule_set, one) for one in questions]


def _tried(asked: Asked) -> set[str]:
    return {name.removeprefix(SWITCH) for name in asked.typed.taken if name.startswith(SWITCH)}


def _pairs(answers: list[Answer]) -> list[tuple[object, object, bool]]:
    """Each finding beside that of the second scenario, and whether they differ."""
    if len(answers) == 1:
        return [(one, None, False) for one in answers[0].findings]
    if not answers:
        return []
    first, second = answers
    both = zip(first.findings, second.findings, strict=True)
    return [(one, other, one.says() != other.says()) for one, other in both]


def _download(content: Mapping[str, object], key: str) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    name = f'attachment; filename="{key}.json"'
    return Response(text, mimetype="application/json", headers={"Content-Disposition": name})
