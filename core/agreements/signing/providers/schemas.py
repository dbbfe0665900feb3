"""The forms of choosing a provider."""

from collections.abc import Iterable
from typing import Any

from core.plugin_host.signing import ServiceSetting
from core.web.fields import Choice, Line
from core.web.forms import FormSchema

LONGEST_SETTING = 4000


def choice_form(keys: Iterable[str]) -> FormSchema:
    """Which of the providers."""
    return _form({"provider": Choice(keys, required=True)})


def access_form(settings: Iterable[ServiceSetting]) -> FormSchema:
    """What a service asks for; the verb says what is missing, for a secret that is kept may be left empty."""
    return _form({one.key: Line(max=LONGEST_SETTING, load_default="") for one in settings})


def _form(fields: dict[str, Any]) -> FormSchema:
    form: FormSchema = FormSchema.from_dict(fields)()  # type: ignore[assignment]
    return form
