"""What the forms of an evaluation ask for; the aims and goals of each make their own fields."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from core.agreements.evaluating.deciding import Decision
from core.agreements.evaluating.ratings import WORDS
from core.agreements.evaluating.states import Outcome
from core.web.fields import Choice, Day, Line, Paragraphs
from core.web.forms import FormSchema

LONGEST_TEXT, LONGEST_WORDS, LONGEST_REACHED = 10_000, 2000, 60
AIM, REACHED, ABOUT = "aim-", "reached-", "about-"
NUMBERS = frozenset(str(number) for number in WORDS)


def ours_form(aims: Iterable[Mapping[str, Any]], goals: Iterable[Mapping[str, Any]]) -> FormSchema:
    """What the tenant says; everything may wait."""
    asked: dict[str, Any] = {AIM + aim["key"]: Choice(NUMBERS, load_default="") for aim in aims}
    for goal in goals:
        asked[REACHED + goal["key"]] = Line(max=LONGEST_REACHED, load_default="")
        asked[ABOUT + goal["key"]] = Paragraphs(max=LONGEST_WORDS, load_default="")
    return _form(**asked, **_words("experience", "practice", "participants"))


def theirs_form(aims: Iterable[Mapping[str, Any]]) -> FormSchema:
    """What another party says; each aim is answered, if only by "cannot say"."""
    asked = {AIM + aim["key"]: Choice(NUMBERS, required=True) for aim in aims}
    return _form(**asked, **_words("experience", "practice", "proposals"))


def point_form(party_keys: Collection[str]) -> FormSchema:
    """A new point, and which party proposes it."""
    return _form(party=Choice(party_keys, required=True), text=Line(max=1000, required=True))


def ask_form(party_keys: Collection[str]) -> FormSchema:
    """Which party is asked, and by whom it answers."""
    return _form(party=Choice(party_keys, required=True), contact=Line(max=80, required=True))


def decision_form(account_ids: Iterable[str]) -> FormSchema:
    """What comes of a point."""
    return _form(
        outcome=Choice([one.value for one in Outcome], required=True),
        clause_key=Line(max=80, load_default=""),
        wish=Paragraphs(max=LONGEST_TEXT, load_default=""),
        title=Line(max=200, load_default=""),
        due_on=Day(load_default=None),
        owner_id=Choice(account_ids, load_default=""),
        owner_name=Line(max=200, load_default=""),
        reason=Paragraphs(max=1000, load_default=""),
    )


def taken_form(versions: Iterable[int]) -> FormSchema:
    """Which version took a change into the text."""
    return _form(version=Choice([str(one) for one in versions], required=True))


def decision_of(given: Mapping[str, Any]) -> Decision:
    """A loaded form as a decision."""
    owner_id = UUID(given["owner_id"]) if given["owner_id"] else None
    return Decision(**{**given, "outcome": Outcome(given["outcome"]), "owner_id": owner_id})


def ratings_in(given: Mapping[str, Any]) -> dict[str, int]:
    """The ratings of a loaded form by the key of the aim; what was left open is left out."""
    return {name.removeprefix(AIM): int(one) for name, one in given.items() if name.startswith(AIM) and one}


def attained_in(given: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What a loaded form says of goals, by their key."""
    keys = [name.removeprefix(REACHED) for name in given if name.startswith(REACHED)]
    return {key: {"reached": given[REACHED + key], "words": given[ABOUT + key]} for key in keys}


def _words(*names: str) -> dict[str, Any]:
    return {name: Paragraphs(max=LONGEST_TEXT, load_default="") for name in names}


def _form(**asked: Any) -> FormSchema:
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form
