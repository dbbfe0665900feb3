"""What the forms about people ask for."""

from collections.abc import Iterable
from typing import Any

from marshmallow import fields

from core.access.schemas import LONGEST_NAME, Secret
from core.web.fields import Choice, Email, Line, Paragraphs
from core.web.forms import FormSchema

LONGEST_REASON = 500


class InvitationForm(FormSchema):
    """Whom to invite, and as what."""

    name = Line(required=True, max=LONGEST_NAME)
    email = Email(required=True)


class AppointmentForm(FormSchema):
    """Why somebody gets other roles or units."""

    reason = Paragraphs(required=True, max=LONGEST_REASON)


class JoinForm(FormSchema):
    """The password of a new or a known account; none from somebody who is signed in."""

    password = Secret(load_default="")


def invitation_form(roles: Iterable[str], units: Iterable[str]) -> FormSchema:
    """The form with the roles one may give and the units there are."""
    asked: dict[str, Any] = {"role": Choice(roles, required=True), "units": _several(units)}
    form: FormSchema = InvitationForm.from_dict(asked)()  # type: ignore[assignment]
    return form


def appointment_form(roles: Iterable[str], units: Iterable[str]) -> FormSchema:
    """The form with the roles one may give and the units there are."""
    asked: dict[str, Any] = {"roles": _several(roles), "units": _several(units)}
    form: FormSchema = AppointmentForm.from_dict(asked)()  # type: ignore[assignment]
    return form


def _several(options: Iterable[str]) -> fields.List:
    return fields.List(Choice(options), load_default=list)
