"""What the forms of access ask for."""

from typing import Any

from core.web.fields import Choice, Line, Spoken
from core.web.forms import FormSchema
from core.web.languages import LANGUAGES

LONGEST_NAME = 160


class Secret(Spoken):
    """A password as it was typed: nothing is trimmed, and whether it is good is another question."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ARG002
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if self.required and not value:
            raise self.make_error("required")
        return value


class AccountForm(FormSchema):
    """What somebody decides about their own account."""

    name = Line(required=True, max=LONGEST_NAME)
    language = Choice(LANGUAGES, load_default="")
