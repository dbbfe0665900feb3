"""What the pages of the ways to sign in ask for."""

from core.access.schemas import Secret
from core.web.fields import Line
from core.web.forms import FormSchema


class AppForm(FormSchema):
    """The first code of an authenticator app."""

    code = Line(required=True, max=20)


class PasskeyForm(FormSchema):
    """A new passkey, with a name by which its owner knows it."""

    name = Line(required=True, max=80)
    answer = Secret(load_default="")
