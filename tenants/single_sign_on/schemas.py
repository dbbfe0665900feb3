"""What the settings of single sign-on ask for."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, post_load, validates_schema

from core.access.sso.provider import ProviderCard
from core.web.fields import Choice, Line, Paragraphs
from core.web.forms import FormSchema

EMPTY_ROWS: Final = 3
MOST_ROWS: Final = 60
PARAMETER: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]{0,60})\s*=\s*(\S.{0,200})")
RESERVED: Final = frozenset(
    {
        "acr_values",
        "client_id",
        "client_secret",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "request",
        "request_uri",
        "response_mode",
        "response_type",
        "scope",
        "state",
    }
)
"""Parameters that we set ourselves, or that would change how the answer comes."""


class ProviderForm(FormSchema):
    """What an administrator says about the provider, without the rows for roles."""

    issuer = Line(required=True, max=500)
    client_id = Line(required=True, max=255)
    client_secret = Line(max=500, load_default="")
    button_text = Line(required=True, max=80)
    scopes = Line(required=True, max=300)
    subject_claim = Line(required=True, max=80)
    email_claim = Line(required=True, max=80)
    name_claim = Line(required=True, max=80)
    roles_claim = Line(max=200, load_default="")
    levels = Line(max=300, load_default="")
    parameters = Paragraphs(max=2000, load_default="")

    @validates_schema
    def check_scopes(self, data: Mapping[str, Any], **_rest: Any) -> None:
        """Without ``openid`` there is no identity token."""
        if "openid" not in data.get("scopes", "openid").split():
            raise ValidationError(_("Begin with openid; without it nobody says who signs in."), "scopes")

    @post_load
    def gather(self, data: dict[str, Any], **_rest: Any) -> dict[str, Any]:
        """Lines as parameters, and rows as pairs of a value and a role."""
        data["parameters"] = read_parameters(data["parameters"])
        rows = [(data.pop(f"value_{row}", ""), data.pop(f"role_{row}", "")) for row in range(MOST_ROWS)]
        data["role_map"] = [[value, role] for value, role in rows if value and role]
        return data


def provider_form(roles: Iterable[str], rows: int) -> Schema:
    """The form with a choice of roles and a number of rows."""
    keys = list(roles)
    more: dict[str, Any] = {"default_role": Choice(keys, load_default="")}
    for row in range(rows):
        more[f"value_{row}"] = Line(max=200, load_default="")
        more[f"role_{row}"] = Choice(keys, load_default="")
    return ProviderForm.from_dict(more)()


def read_parameters(text: str) -> dict[str, str]:
    """The lines ``name=value`` of a text. Raises ValidationError for others and for names that are ours."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = PARAMETER.fullmatch(line)
        if match is None:
            raise ValidationError(_("Write one on each line, as name=value."), "parameters")
        if match[1].lower() in RESERVED:
            message = _("Leave out %(name)s: Fotfeste sets it itself.", name=match[1])
            raise ValidationError(message, "parameters")
        found[match[1]] = match[2].strip()
    return found


def values_of(provider: ProviderCard | None) -> dict[str, Any]:
    """What stands in the form: what was said, or what most services use."""
    if provider is None:
        return {
            "button_text": _("Sign in with your work account"),
            "scopes": "openid email profile",
            "subject_claim": "sub",
            "email_claim": "email",
            "name_claim": "name",
        }
    names = ("issuer", "client_id", "button_text", "scopes", "subject_claim", "email_claim", "name_claim")
    values = {name: getattr(provider, name) for name in (*names, "roles_claim", "default_role")}
    values["levels"] = " ".join(provider.levels)
    values["parameters"] = "\n".join(f"{name}={value}" for name, value in provider.parameters.items())
    for row, (value, role) in enumerate(provider.role_map):
        values |= {f"value_{row}": value, f"role_{row}": role}
    return values


def rows_for(provider: ProviderCard | None) -> int:
    """How many rows the form has: those that are filled, and a few to fill."""
    return min(MOST_ROWS, (len(provider.role_map) if provider else 0) + EMPTY_ROWS)
