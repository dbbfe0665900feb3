"""Reading the form that says in which round who signs, and who approves or only sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from core.agreements.declaration_schema import MOST_ROUNDS
from core.agreements.parts import Parts
from core.agreements.signing.plan import Onlooker, Plan, declared_plan
from core.agreements.signing.schemas import OnlookerForm, SendForm
from core.agreements.ways import Part
from core.web.fields import WholeNumber
from core.web.forms import FormSchema, FormState, read_form

MOST_PEOPLE: Final = 10
FIELDS: Final = ("name", "role", "email", "part", "turn")


@dataclass(frozen=True)
class OrderForm:
    """What was typed: the plan or None when something is wrong, the form, and its room for people."""

    plan: Plan | None
    state: FormState
    people: int


class _TurnForm(FormSchema):
    turn = WholeNumber(min=1, max=MOST_ROUNDS, required=True)


def proposed(parts: Parts) -> OrderForm:
    """The form as the type proposes it."""
    plan = declared_plan(parts, with_code=True)
    values: dict[str, Any] = {f"round-{key}": str(turn) for key, turn in plan.turns.items()}
    for place, one in enumerate(plan.onlookers):
        said = (one.name, one.role, one.email, one.part.value, str(one.turn))
        values |= {f"{field}-{place}": text for field, text in zip(FIELDS, said, strict=True)}
    return OrderForm(plan, FormState(values | {"with_code": "on"}), len(plan.onlookers))


def read_order(form: MultiDict[str, str], party_keys: Iterable[str]) -> OrderForm:
    """Read what was typed. A person without any text counts as none."""
    sending, _state = read_form(SendForm(), form)
    turns, wrong_turns = _turns(form, party_keys)
    people, wrong_people = _people(form)
    state = FormState(form.to_dict(), {**wrong_turns, **wrong_people})
    with_code = bool(sending and sending["with_code"])
    plan = None if state.errors else Plan(turns, tuple(people), with_code=with_code)
    return OrderForm(plan, state, places_in(form))


def places_in(form: Mapping[str, str]) -> int:
    """How many people a form has room for."""
    return sum(f"name-{place}" in form for place in range(MOST_PEOPLE))


def with_room(form: OrderForm) -> OrderForm:
    """The same form with room for one more person, and without complaints about what is not typed yet."""
    return replace(form, state=replace(form.state, errors={}), people=min(form.people + 1, MOST_PEOPLE))


def _turns(form: Mapping[str, str], party_keys: Iterable[str]) -> tuple[dict[str, int], dict[str, Any]]:
    turns: dict[str, int] = {}
    wrong: dict[str, Any] = {}
    for key in party_keys:
        values, state = read_form(_TurnForm(), MultiDict({"turn": form.get(f"round-{key}", "1")}))
        if values is None:
            wrong[f"round-{key}"] = state.errors["turn"]
        else:
            turns[key] = values["turn"]
    return turns, wrong


def _people(form: Mapping[str, str]) -> tuple[list[Onlooker], dict[str, Any]]:
    found: list[Onlooker] = []
    wrong: dict[str, Any] = {}
    for place in range(places_in(form)):
        typed = {field: form.get(f"{field}-{place}", "") for field in FIELDS}
        if not (typed["name"].strip() or typed["email"].strip()):
            continue
        values, state = read_form(OnlookerForm(), MultiDict(typed))
        if values is None:
            wrong |= {f"{name}-{place}": said for name, said in state.errors.items()}
        else:
            found.append(
                Onlooker(
                    values["name"], values["email"], Part(values["part"]), values["turn"] or 1, values["role"]
                )
            )
    return found, wrong


def as_planned(plan: Plan) -> Any:
    """What `service.send` asks for: the plan, whatever the agreement's type proposes."""
    return partial(_the, plan)


def _the(plan: Plan, _parts: Parts) -> Plan:
    return plan
