"""What the forms about roles ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.access.permissions import PERMISSIONS, scopes_of
from core.web.fields import Choice, Line
from core.web.forms import FormSchema

LONGEST_TITLE = 80
NO = "no"


class TitleForm(FormSchema):
    """What a role is called."""

    title = Line(required=True, max=LONGEST_TITLE)


def field_of(permission: str) -> str:
    """The name of the field that asks about a permission."""
    return permission.replace(":", "-")


def role_form() -> FormSchema:
    """A title, and for each permission how far it reaches, or no."""
    asked: dict[str, Any] = {
        field_of(one): Choice((NO, *scopes_of(one)), load_default=NO) for one in PERMISSIONS
    }
    form: FormSchema = TitleForm.from_dict(asked)()  # type: ignore[assignment]
    return form


def grants_in(loaded: Mapping[str, Any]) -> list[str]:
    """What the form grants (``scope:resource:action``)."""
    chosen = {one: loaded[field_of(one)] for one in PERMISSIONS}
    return [f"{scope}:{permission}" for permission, scope in chosen.items() if scope not in {NO, ""}]


def answers(grants: Mapping[str, str]) -> dict[str, str]:
    """The fields of a role that grants this."""
    return {field_of(one): grants.get(one, NO) for one in PERMISSIONS}


def words_form(role_keys: Iterable[str]) -> FormSchema:
    """A word for each role; empty for the declared one."""
    asked: dict[str, Any] = {word_field(key): Line(max=LONGEST_TITLE, load_default="") for key in role_keys}
    form: FormSchema = FormSchema.from_dict(asked)()  # type: ignore[assignment]
    return form


def word_field(role_key: str) -> str:
    """The name of the field that asks for the word of a role."""
    return role_key.replace(".", "-")
