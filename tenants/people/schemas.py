"""What the forms about people ask for."""

from collections.abc import Iterable

from core.access.schemas import LONGEST_NAME, Secret
from core.web.fields import Choice, Email, Line
from core.web.forms import FormSchema


class InvitationForm(FormSchema):
    """Whom to invite, and as what."""

    name = Line(required=True, max=LONGEST_NAME)
    email = Email(required=True)


class JoinForm(FormSchema):
    """The password of a new or a known account; none from somebody who is signed in."""

    password = Secret(load_default="")


def invitation_form(roles: Iterable[str]) -> FormSchema:
    """The form with the roles one may give."""
    form: FormSchema = InvitationForm.from_dict({"role": Choice(roles, required=True)})()  # type: ignore[assignment]
    return form
