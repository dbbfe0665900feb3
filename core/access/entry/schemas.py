"""What the pages of signing in ask for."""

from core.access.schemas import Secret
from core.web.fields import Line
from core.web.forms import FormSchema

LONGEST_CODE = 60


class SignInForm(FormSchema):
    """An address and a password; whatever is wrong with either is said in the same words."""

    email = Secret(load_default="")
    password = Secret(load_default="")


class AgainForm(FormSchema):
    """A password, a code or a passkey, by somebody whom the page knows."""

    password = Secret(load_default="")
    code = Line(max=LONGEST_CODE, load_default="")
    answer = Secret(load_default="")


class SecondForm(FormSchema):
    """A code of an authenticator app or a recovery code, or what a passkey answers."""

    code = Line(max=LONGEST_CODE, load_default="")
    answer = Secret(load_default="")
