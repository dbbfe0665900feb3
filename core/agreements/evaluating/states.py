"""How the parts of an evaluation stand, derived from their dates. Pure functions."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.plugin_host.wording import Wording


class Answer(StrEnum):
    """How far a party has come with its assessment."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    EXPIRED = "expired"
    ANSWERED = "answered"


class Outcome(StrEnum):
    """What can come of a point."""

    CLAUSE = "clause"
    ACTION = "action"
    NONE = "none"


OUTCOMES = {
    Outcome.CLAUSE: Wording(nb="Avtaleteksten endres", da="Aftaleteksten ændres", en="The text is changed"),
    Outcome.ACTION: Wording(nb="En oppgave", da="En opgave", en="An action"),
    Outcome.NONE: Wording(nb="Ingen endring", da="Ingen ændring", en="No action"),
}


def answer_of(assessment: Any, now: datetime) -> Answer:
    """How far a party has come. Takes anything with the dates of `Assessment`."""
    if assessment.answered_at is not None:
        return Answer.ANSWERED
    if assessment.asked_at is None:
        return Answer.NOT_ASKED
    over = assessment.expires_at is not None and assessment.expires_at <= now
    return Answer.EXPIRED if over else Answer.ASKED


def undecided(points: Iterable[Any], live_actions: Iterable[UUID]) -> list[Any]:
    """The points of which nothing has come yet; an action that was removed again is nothing."""
    live = set(live_actions)
    return [one for one in points if not one.outcome or _has_lost_its_action(one, live)]


def _has_lost_its_action(point: Any, live: set[UUID]) -> bool:
    return point.outcome == Outcome.ACTION and point.action_id not in live
