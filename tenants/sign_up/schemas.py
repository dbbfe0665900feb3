"""What the sign-up form asks for: the organisation, and whoever signs it up unless they are signed in."""

import logging
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import ValidationError, fields, validates_schema

from core.access.passwords import password_complaints
from core.access.schemas import LONGEST_NAME, Secret
from core.plugin_host.declarations import (
    NumberCheck,
    TenantKind,
)
from core.web.fields import Choice, Email, Line, Tick
from core.web.forms import FormSchema

log = logging.getLogger(__name__)


class OrganisationNumber(Line):
    """A number that its country's check accepts, in compact form."""

    def __init__(self, check: NumberCheck) -> None:
        super().__init__(required=True, max=40)
        self.check = check

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        compact = self._checked(super()._deserialize(value, attr, data, **kwargs))
        if compact is None:
            raise ValidationError(str(_("This number does not exist. Check the digits.")))
        return compact

    def _checked(self, text: str) -> str | None:
        try:
            return self.check.normalise(text)
        except Exception:  # a check that fails has not accepted anything
            log.exception("the check of organisation numbers failed")
            return None


class District(Line):
    """A name with letters in it: it becomes part of the tenant's address."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not any(letter.isalpha() for letter in text):
            raise ValidationError(str(_("Write the name with letters.")))
        return text


class OrganisationForm(FormSchema):
    """The organisation; its fields depend on the kind."""


class SignUpForm(OrganisationForm):
    """The organisation and its first administrator."""

    name = Line(required=True, max=LONGEST_NAME)
    email = Email(required=True)
    password = Secret(required=True)

    @validates_schema(skip_on_field_errors=False)
    def password_is_good(self, data: dict[str, Any], **_rest: object) -> None:
        """A password that is long enough and not made of what everybody knows about the person."""
        if "password" not in data:
            return
        personal = tuple(str(data[name]) for name in ("name", "email", "district") if data.get(name))
        complaints = password_complaints(data["password"], personal)
        if complaints:
            raise ValidationError({"password": complaints})


def sign_up_form(kind: TenantKind, *, has_account: bool) -> FormSchema:
    """The form for a kind of tenant."""
    base = OrganisationForm if has_account else SignUpForm
    asked: dict[str, fields.Field[Any]] = {
        "place_code": Choice([place.code for place in kind.places], required=True),
        "number": OrganisationNumber(kind.number),
        "speaks_for": Tick(must=True),
    }
    if kind.district is not None:
        asked["district"] = District(required=True, max=80)
    if kind.office_word is not None:
        asked["office_word"] = Line(required=True, max=60)
    form: FormSchema = base.from_dict(asked)()  # type: ignore[assignment]
    return form
