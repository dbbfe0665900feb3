"""An answer that was kept reads like the answer itself, for every rule set."""

import json

import pytest
from flask import Flask

from core.law.explorer.answer import Found, in_words
from core.law.kept import kept_in_words
from core.rules.cases import answer_to, cases_of
from core.rules.rule_set import RuleSet
from core.rules.stored import read_stored, stored
from plugins.no_introduction import law

SOME = 6


def facts_and_values(found: Found) -> list[str]:
    """What was read, but for other rules, which the explorer calls by the title of their first version."""
    return [one.name for one in found.because if not one.anchor]


@pytest.mark.parametrize("rule_set", law.rule_sets(), ids=lambda one: one.key)
def test_the_kept_answer_says_what_the_explorer_says(app: Flask, rule_set: RuleSet) -> None:
    for case in cases_of(rule_set)[:SOME]:
        result = answer_to(case, rule_set)
        kept = json.loads(json.dumps(stored(rule_set, result, f"no_introduction.{rule_set.key}")))
        with app.test_request_context("/", headers={"Cookie": "language=nb"}):
            told = in_words(rule_set, result, ())
            read = kept_in_words(read_stored(kept))

        assert (read.as_of, str(read.conclusion.message)) == (told.as_of, str(told.conclusion.message))
        assert read.flags == told.flags
        own = {one.id: one for one in told.findings}
        for one in read.findings:
            if one.id in own:
                before = own[one.id]
                assert (one.title, one.status, one.sign, one.message) == (
                    before.title,
                    before.status,
                    before.sign,
                    before.message,
                )
                assert facts_and_values(one) == facts_and_values(before)
                assert (one.on, one.valid_from, one.reference) == (
                    before.on,
                    before.valid_from,
                    before.reference,
                )
