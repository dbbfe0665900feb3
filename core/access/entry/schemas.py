"""What the pages of signing in ask for."""

from core.access.schemas import Secret
from core.web.forms import FormSchema


class SignInForm(FormSchema):
    """An address and a password; whatever is wrong with either is said in the same words."""

    email = Secret(load_default="")
    password = Secret(load_default="")


class PasswordForm(FormSchema):
    """A password, by somebody whom the page knows."""

    password = Secret(required=True)
