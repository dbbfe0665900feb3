"""The pages of the rule explorer: the rule sets, a question with its answer, and the answer for programs."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.kernel import clock
from core.law import wording
from core.law.asking_for_tenant import Terms, terms_of
from core.law.changes import days_of_change
from core.law.explorer.answer import Answer, in_words
from core.law.explorer.asked import (
    SWITCH,
    Asked,
    answer_to,
    as_json,
    different_facts,
    given_facts,
    read_question,
)
from core.law.explorer.asking import form_of
from core.law.explorer.beginning import example_of
from core.law.explorer.grouping import grouped
from core.law.explorer.moving import moved
from core.law.explorer.standing import Standing, standing
from core.law.files import files_mark
from core.law.sets import plugin_of, readable_rule_set, readable_rule_sets
from core.rules.facts import Given
from core.rules.question import Question
from core.rules.result import Result
from core.rules.rule_set import RuleSet
from core.tenancy.service import current_tenant
from core.web.htmx import htmx

INVALID = 422

explorer = Blueprint("law_explorer", __name__, url_prefix="/t/<slug>/rules")


@explorer.context_processor
def words() -> dict[str, Any]:
    """How templates write what is declared."""
    return dict(wording.FOR_TEMPLATES)


@explorer.get("")
def page() -> str:
    """Every rule set by its title, and what it is about."""
    titled = [(wording.label(one.title).casefold(), key, one) for key, one in readable_rule_sets().items()]
    return render_template("law/sets.html", rule_sets={key: one for _title, key, one in sorted(titled)})


@explorer.get("/<key>")
def explore(key: str) -> ResponseReturnValue:
    """A question and its answer; what cannot be read is named, and the rest is kept."""
    rule_set, terms = readable_rule_set(key), terms_of(plugin_of(key))
    asked, today = _asked(rule_set, terms), _today()
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
        groups=grouped(answers),
        different=different_facts(rule_set, asked),
        given=given_facts(rule_set, asked.first),
        example=example_of(rule_set) if asked.is_empty else None,
        standing=_standing(rule_set, asked, answers[0], terms) if answers else None,
        switches=terms.switches,
        decided=terms.practice.settings(rule_set, asked.first.as_of or today),
        days=[(one, moved(rule_set, asked, one)) for one in days],
        link=url_for("law_explorer.explore", key=key, _external=True) + "?" + asked.address(),
        unknown_names=asked.unknown_names(request.args),
        today=today,
        mark=files_mark(rule_set),
    )
    answer = Response(text, 200 if asked.is_good else INVALID)
    if htmx:
        answer.headers["HX-Push-Url"] = url_for("law_explorer.explore", key=key) + "?" + asked.address()
    return answer


def _standing(rule_set: RuleSet, asked: Asked, answer: Answer, terms: Terms) -> Standing | None:
    tried, today = _tried(asked), _today()

    def ask(question: Question) -> Answer:
        typed = {key: one for key, one in question.settings.items() if not isinstance(one, Given)}
        settings = {**terms.practice.settings(rule_set, today), **typed}
        return in_words(rule_set, answer_to(rule_set, replace(question, settings=settings)), tried)

    return standing(asked, answer, ask, today)


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


def _download(content: Mapping[str, object], key: str) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    name = f'attachment; filename="{key}.json"'
    return Response(text, mimetype="application/json", headers={"Content-Disposition": name})
